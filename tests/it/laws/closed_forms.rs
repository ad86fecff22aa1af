//! Theory reproduced through the front door: M/M/c and M/M/c+M as scenario files.
//!
//! The textbook server is a post with a cap of 1 and no contacts, whose first-contact call is the
//! service, always answered (theory, sections C1 and C2). The unit is the day: 4 referrals a day
//! are 1,461 a year of 365.25 days; a rate of 5 a day is a call of 288 minutes. The interval is
//! Student's, over replications; it must cover the exact value and be narrow, so that a noisy pass
//! is not a pass.

use std::sync::atomic::AtomicBool;

use splw_sim::experiment::{Experiment, Stopping, run};
use splw_sim::measure::Scope;

use crate::support::read;

/// alpha = 0.001 / 3 for each of three cases: the quantile 1 - 0.001 / 6 of Student's t for 79
/// degrees of freedom is 3.758.
const REPLICATIONS: u64 = 80;
const T: f64 = 3.758;

fn queue(arrivals_a_year: u32, servers: usize, patience: &str, days: u32) -> String {
    let posts: String = (0..servers)
        .map(|index| format!("[[posts]]\nname = \"Server {index}\"\nwte = 1\ncaseload_cap = 1\n"))
        .collect();
    format!(
        "schema = 1\ntitle = \"A textbook queue\"\n\
         [period]\ndays = {days}\nwarm_up_days = 100\ncalendar = \"always-open\"\n\
         [demand]\nreferrals_per_1000_a_year = {arrivals_a_year}\n\
         [waiting_list]\npatience_days = {patience}\nlapse_until = \"assignment\"\n\
         [first_contact]\nattempts = 1\nanswered_share = 1\n\
         attempt_minutes = {{ exponential = {{ mean = 288 }} }}\n\
         [[case_types]]\nname = \"customer\"\ncontacts = 0\n\
         [[practices]]\nname = \"Source\"\nlist_size = 1000\n{posts}"
    )
}

/// Means of the PCN over replications with their half-widths.
fn means(text: &str, names: &[&str]) -> Vec<(f64, f64)> {
    let model = read(text, &[]).model;
    let experiment = Experiment {
        seed: 20_261_005,
        stopping: Stopping::Range(0..REPLICATIONS),
        threads: 2,
    };
    let all = run(&model, &experiment, &AtomicBool::new(false), &|_, _| {}).expect("it runs");
    let mean = |name: &&str| {
        let column = all
            .columns
            .iter()
            .position(|it| it.scope == Scope::Pcn && it.measure.name == *name)
            .expect("the measure exists");
        let values: Vec<f64> = all
            .column(column)
            .map(|it| it.defined().expect("defined"))
            .collect();
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
        (mean, T * (squares / (n - 1.0) / n).sqrt())
    };
    names.iter().map(mean).collect()
}

#[track_caller]
fn assert_covers((mean, half_width): (f64, f64), exact: f64, narrow: f64, what: &str) {
    assert!(
        half_width < narrow * exact,
        "{what}: {mean} +- {half_width} is too wide"
    );
    assert!(
        (mean - exact).abs() < half_width,
        "{what}: {mean} +- {half_width} misses {exact}"
    );
}

/// Erlang C: the mean wait, the share who wait, and the mean list by Little's law.
fn check_erlang_c(servers: usize, days: u32, wait: f64, waits: f64) {
    let rate = 4.0 * servers as f64;
    let text = queue(1_461 * servers as u32, servers, "\"none\"", days);
    let names = [
        "wait_on_list_days_mean",
        "waited_share",
        "waiting_list_mean",
        "utilisation",
        "referrals_received",
    ];
    let told = means(&text, &names);
    assert_covers(told[0], wait, 0.02, "mean wait");
    assert_covers(told[1], waits, 0.02, "share who wait");
    assert_covers(told[2], rate * wait, 0.025, "mean list");
    assert_covers(told[3], 0.8, 0.01, "utilisation");
    assert_covers(told[4], rate * f64::from(days), 0.01, "referrals");
}

#[test]
fn one_server_is_m_m_1() {
    check_erlang_c(1, 18_000, 0.800_000, 0.800_000);
}

#[test]
fn two_servers_are_m_m_2() {
    check_erlang_c(2, 12_000, 0.355_556, 0.711_111);
}

#[test]
fn five_servers_are_m_m_5() {
    check_erlang_c(5, 7_500, 0.110_823, 0.554_113);
}

/// Erlang A with one server, 4 a day, 5 a day served, patience of 4 days (theory C2, first row).
#[test]
fn impatience_is_erlang_a() {
    let patience = "{ exponential = { mean = 4 } }";
    let names = [
        "waiting_list_mean",
        "lapsed",
        "referrals_accepted",
        "utilisation",
        "waited_share",
    ];
    let told = means(&queue(1_461, 1, patience, 6_000), &names);
    assert_covers(told[0], 1.425_900, 0.02, "mean list");
    assert_covers(told[1], 0.089_119 * 4.0 * 6_000.0, 0.02, "lapsed");
    assert_covers(told[2], 4.0 * 6_000.0, 0.01, "accepted");
    assert_covers(told[3], 0.728_705, 0.01, "utilisation");
    assert_covers(told[4], 0.728_705, 0.01, "share who wait");
}
