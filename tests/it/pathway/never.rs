//! Those who gave up count as never contacted: with nobody left waiting at the end, the share ever
//! contacted is the plain fraction, and the percentiles are of everyone accepted.
//!
//! Patience is drawn on purpose. Were it the same for all, everybody would leave at the same wait,
//! after every contact, and it would not show whether they count as never contacted or as not
//! observed any longer.

use splw_sim::engine::{Plan, ReplicationKey, Simulation, Unobserved};
use splw_sim::measure::{Curves, Frame, Scope, columns, measure};
use splw_sim::scenario::{NoFiles, read};

/// One server that is overloaded for 58 days, then nobody arrives; people wait 3 days on average.
///
/// About 1,000 / 365.25 x 58 = 159 people arrive. A call takes a day, so that some 60 can be reached,
/// 4 in 10, and some 100 give up. Whoever waits when the last has arrived has 42 days left; one in
/// a million, exp(-42 / 3), is as patient. Taken for censored, those who give up would be supposed
/// to be reached as often as those who stay, and nearly everybody to be reached in the end.
const TEXT: &str = r#"schema = 1
title = "Overloaded, then quiet"
[period]
days = 100
calendar = "always-open"
[demand]
[[demand.shocks]]
factor = 0
starts = 2000-03-01
ends = 2000-12-31
[waiting_list]
patience_days = { exponential = { mean = 3 } }
[first_contact]
attempts = 1
answered_share = 1
attempt_minutes = { exponential = { mean = 1440 } }
[[case_types]]
name = "call"
contacts = 0
[[practices]]
name = "Practice"
list_size = 1000
referrals_per_1000_a_year = 1000
[[posts]]
name = "Post"
wte = 1
caseload_cap = 1
"#;

#[test]
fn who_gave_up_is_never_contacted() {
    let scenario = read(TEXT.as_bytes(), "text", &[], &NoFiles, &[]).expect("a right scenario");
    let plan = Plan::new(&scenario.model);
    let frame = Frame::new(&scenario.model);
    let names = columns(&frame);
    let mut simulation = Simulation::new(&plan, Unobserved);
    for replication in 0..5 {
        let key = ReplicationKey {
            seed: 7,
            replication,
        };
        let values = measure(&frame, simulation.run(key), &mut Curves::default());
        let of_pcn = |name: &str| {
            let at = names
                .iter()
                .position(|it| it.scope == Scope::Pcn && it.measure.name == name);
            values[at.expect("a measure")].defined()
        };
        let told = |name: &str| of_pcn(name).expect("defined");
        assert!(
            told("still_waiting_at_end") + told("open_at_end") < 0.5,
            "all is over"
        );
        let fraction = told("first_contacts") / told("referrals_accepted");
        assert!(
            told("lapsed") > 20.0 && fraction < 0.9,
            "many give up: {fraction}"
        );
        assert!(
            (told("share_contacted_ever") - fraction).abs() < 1e-9,
            "{fraction}"
        );
        assert_eq!(
            of_pcn("wait_to_first_contact_days_p90"),
            None,
            "fewer than 90% ever are"
        );
    }
}
