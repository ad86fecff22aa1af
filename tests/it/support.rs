//! What the tests share: reading a scenario from text, running one replication, and telling its
//! event log in lines that a person can write by hand.
//!
//! People are named a, b, c in the order in which the log first mentions them (a' is a referred
//! again), posts W1, W2 in the order of the file. A line reads: time, person, what happened, post,
//! people waiting | cases open afterwards.

use splw_sim::engine::observations::Observations;
use splw_sim::engine::{Activity, Entry, Plan, ReplicationKey, Simulation};
use splw_sim::measure::{Curves, Frame, Scope, all_measures, columns, measure};
use splw_sim::model::Model;
use splw_sim::model::time::SECONDS_PER_DAY;
use splw_sim::scenario::{self, Files, Override, Scenario};

/// The file `observed.csv` of random services.
pub const OBSERVED: &[u8] = b"observed\n0\n1\n2\n2.5\n7\n12\n";

/// One person at Elm surgery and one link worker, all constants, no chance anywhere: the tests
/// change single keys of it.
pub const ORDINARY: &str = r#"
schema = 1
title = "One person, one link worker, every figure a constant"

[period]
days = 60
calendar = "always-open"

[demand]
referrals_per_1000_a_year = 0

[first_contact]
attempts = 3
attempt_minutes = 10
answered_share = 1
days_between_attempts = 3
days_to_first_appointment = 2

[[case_types]]
name = "full"
contacts = 3
first_appointment_minutes = 45
follow_up_minutes = 20
days_between_contacts = 7
dna_share = 0

[[practices]]
name = "Elm"
list_size = 1000

[[posts]]
name = "Link worker 1"
wte = 1
caseload_cap = 1

[[start.waiting]]
practice = "Elm"
waited_days = [0]
"#;

/// [`ORDINARY`] on England's calendar from Monday 5 October 2026: 7.5 h x 0.6 = 4.5 h of client
/// time a day, from 09:00 to 13:30, and nobody is ever away.
pub const IN_ENGLAND: &[&str] = &[
    "period.calendar=england",
    "period.start=2026-10-05",
    "posts.*.client_share=0.6",
    "posts.*.annual_leave_days=0",
    "posts.*.training_days=0",
    "posts.*.sickness_share=0",
];

/// The one file beside a scenario of the tests: observed values.
pub struct Observed;

impl Files for Observed {
    fn read(&self, name: &str) -> Result<Vec<u8>, String> {
        match name {
            "observed.csv" => Ok(OBSERVED.to_vec()),
            _ => Err("there is only observed.csv".to_owned()),
        }
    }
}

/// Reads a scenario with overrides `key.path=value`; a problem fails the test.
pub fn read(text: &str, overrides: &[&str]) -> Scenario {
    let overrides: Vec<Override> = overrides
        .iter()
        .map(|it| Override::parse(it).expect("an override is key=value"))
        .collect();
    let targets: Vec<&str> = all_measures().iter().map(|it| it.name).collect();
    match scenario::read(
        text.as_bytes(),
        "test.toml",
        &overrides,
        &Observed,
        &targets,
    ) {
        Ok(scenario) => scenario,
        Err(problems) => panic!("{problems}\n{text}"),
    }
}

/// One replication: the model, what was seen, and the log.
pub struct Told {
    pub model: Model,
    pub seen: Observations,
    pub log: Vec<Entry>,
}

/// Replication 0 of [`ORDINARY`] with overrides.
pub fn tell(overrides: &[&str]) -> Told {
    tell_of(ORDINARY, overrides, 1)
}

/// Replication 0 of a scenario.
pub fn tell_of(text: &str, overrides: &[&str], seed: u64) -> Told {
    tell_model(read(text, overrides).model, seed, 0)
}

/// One replication of a model.
pub fn tell_model(model: Model, seed: u64, replication: u64) -> Told {
    let (seen, log) = {
        let plan = Plan::new(&model);
        let mut simulation = Simulation::new(&plan, Vec::<Entry>::new());
        let seen = simulation.run(ReplicationKey { seed, replication }).clone();
        let log = std::mem::take(simulation.observer());
        (seen, log)
    };
    Told { model, seen, log }
}

impl Told {
    /// The rows about people, but for work falling due.
    pub fn people(&self) -> Vec<String> {
        self.told(|row| row.referral.is_some() && row.activity != Activity::FallsDue)
    }

    /// The rows about people, work falling due included.
    pub fn people_and_due(&self) -> Vec<String> {
        self.told(|row| row.referral.is_some())
    }

    /// The rows about people in which one of these things happened.
    pub fn only(&self, activities: &[Activity]) -> Vec<String> {
        self.told(|row| row.referral.is_some() && activities.contains(&row.activity))
    }

    /// The rows about posts.
    pub fn posts(&self) -> Vec<String> {
        self.told(|row| row.referral.is_none())
    }

    /// The rows wanted, in words; letters go by the whole log.
    pub fn told(&self, wanted: impl Fn(&Entry) -> bool) -> Vec<String> {
        let rows = lines(&self.log).into_iter().zip(&self.log);
        rows.filter(|(_, row)| wanted(row))
            .map(|(line, _)| line)
            .collect()
    }

    /// The value of a measure; `None` where it is undefined.
    pub fn value(&self, scope: Scope, entity: usize, name: &str) -> Option<f64> {
        let frame = Frame::new(&self.model);
        let column = columns(&frame)
            .iter()
            .position(|it| it.scope == scope && it.entity == entity && it.measure.name == name)
            .expect("the measure exists");
        measure(&frame, &self.seen, &mut Curves::default())[column].defined()
    }

    /// The value of a measure of the PCN, which must be defined.
    pub fn of_pcn(&self, name: &str) -> f64 {
        self.value(Scope::Pcn, 0, name).expect("it is defined")
    }
}

/// Rows in words. Falling due is told without a post.
fn lines(log: &[Entry]) -> Vec<String> {
    let mut met: Vec<(u32, u64)> = Vec::new();
    log.iter()
        .map(|row| {
            let person = row
                .referral
                .map_or(String::new(), |(practice, ordinal, generation)| {
                    let who = (practice.0, ordinal);
                    let index = met.iter().position(|it| *it == who).unwrap_or_else(|| {
                        met.push(who);
                        met.len() - 1
                    });
                    let letter = (b'a' + u8::try_from(index % 26).expect("below 26")) as char;
                    let again = "'".repeat(usize::try_from(generation).expect("a few times"));
                    format!("{letter}{again} ")
                });
            let post = match row.post {
                Some(post) if row.activity != Activity::FallsDue => format!("W{}", post.0 + 1),
                _ => "-".to_owned(),
            };
            let time = clock(row.time.seconds());
            let (what, waiting, open) = (row.activity, row.waiting, row.open);
            format!("{time} {person}{what:?} {post} {waiting}|{open}")
        })
        .collect()
}

/// Seconds as days, hours, minutes (and seconds where there are any).
pub fn clock(seconds: u64) -> String {
    let (day, rest) = (seconds / SECONDS_PER_DAY, seconds % SECONDS_PER_DAY);
    let (hours, minutes, rest) = (rest / 3_600, rest % 3_600 / 60, rest % 60);
    match rest {
        0 => format!("{day}d {hours:02}:{minutes:02}"),
        _ => format!("{day}d {hours:02}:{minutes:02}:{rest:02}"),
    }
}

/// Fails unless the lines are those expected; spaces and empty lines do not matter.
#[track_caller]
pub fn assert_lines(told: &[String], expected: &str) {
    let expected: Vec<String> = expected
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|line| !line.is_empty())
        .collect();
    assert!(
        told == expected,
        "expected:\n  {}\nbut was told:\n  {}",
        expected.join("\n  "),
        told.join("\n  ")
    );
}

/// Fails unless two numbers are the same but for rounding.
#[track_caller]
pub fn assert_close(value: f64, expected: f64, what: &str) {
    let error = (value - expected).abs();
    assert!(
        error <= 1e-9 * expected.abs().max(1.0),
        "{what}: {value} and not {expected}"
    );
}
