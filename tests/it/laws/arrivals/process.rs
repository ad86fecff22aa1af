//! The arrival process by itself: its instants, and that a simulation has the same.

use std::ops::Range;

use splw_sim::engine::Activity::Accepted;
use splw_sim::engine::ReplicationKey;
use splw_sim::engine::arrivals::{Arrivals, Intensity};
use splw_sim::model::{Model, PracticeId, SimTime};

use crate::goodness::SEED;
use crate::support::{read, tell_model};

/// A service of which only the demand matters. Practices are tables of keys.
pub fn service(period: &str, demand: &str, practices: &str) -> Model {
    let text = format!(
        "schema = 1\ntitle = \"Referrals\"\n[period]\n{period}\n[demand]\n{demand}\n\
         [[case_types]]\nname = \"full\"\ncontacts = 0\n{practices}\n"
    );
    read(&text, &[]).model
}

/// A practice of 1,000 people on the always-open calendar, where 365.25 referrals a year are one a
/// day.
pub fn open_practice(name: &str, a_day: f64) -> String {
    let rate = a_day * 365.25;
    format!(
        "[[practices]]\nname = \"{name}\"\nlist_size = 1000\nreferrals_per_1000_a_year = {rate}\n"
    )
}

/// Every arrival at a practice in one replication, in order.
pub fn instants(model: &Model, practice: u32, replication: u64) -> Vec<SimTime> {
    let mut all = replications(model, practice, replication..replication + 1);
    all.next().expect("one replication")
}

/// The same for several.
pub fn replications(
    model: &Model,
    practice: u32,
    numbers: Range<u64>,
) -> impl Iterator<Item = Vec<SimTime>> {
    let intensity = Intensity::new(model);
    numbers.map(move |replication| {
        let key = ReplicationKey {
            seed: SEED,
            replication,
        };
        let mut arrivals = Arrivals::new(model, &intensity, PracticeId(practice), key);
        std::iter::from_fn(|| arrivals.next(model, &intensity)).collect()
    })
}

/// Arrivals of each simulated day.
pub fn by_day(model: &Model, practice: u32, replication: u64) -> Vec<f64> {
    let mut counts = vec![0.0; model.days() as usize];
    for time in instants(model, practice, replication) {
        counts[time.day().index()] += 1.0;
    }
    counts
}

/// What the simulation accepts, practice by practice and second by second, is what the process
/// gives.
#[test]
fn a_simulation_receives_what_the_process_gives() {
    let practices = "[[practices]]\nname = \"Elm\"\nlist_size = 4000\n\
        [[practices]]\nname = \"Oak\"\nlist_size = 7000\nopening_hours = [\"09:00\", \"12:30\"]\n";
    let model = service(
        "start = 2027-02-10\ndays = 300\nwarm_up_days = 45",
        "referrals_per_1000_a_year = 150\ndispersion = 2",
        practices,
    );
    for replication in 0..3 {
        let told = tell_model(model.clone(), SEED, replication);
        for practice in 0..2 {
            let rows = told.log.iter().filter(|row| row.activity == Accepted);
            let of = rows.filter(|row| row.referral.is_some_and(|(it, ..)| it.0 == practice));
            let accepted: Vec<SimTime> = of.map(|row| row.time).collect();
            assert_eq!(accepted, instants(&model, practice, replication));
            assert!(accepted.len() > 300, "{}", accepted.len());
        }
    }
}
