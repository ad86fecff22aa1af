//! Missed contacts by days ahead, and reminders: what is accepted and how mistakes are told.

use super::{refusal, refused_for, scenario, small_with};
use splw_sim::model::SimDuration;

fn with(keys: &str) -> String {
    small_with("pathway = \"guidance\"\n", "")
        + "\n[[case_types]]\nname = \"full\"\ncontacts = 8\n"
        + keys
}

#[test]
fn shares_are_steps_of_the_days_ahead_times_the_reminder() {
    let scenario = scenario(&with(
        "dna_by_days_ahead = [{ days = 0, share = 0.06 }, { days = 8, share = 0.114 }]\nreminder_factor = 0.5",
    ));
    let missed = &scenario.model.case_types[0].missed_share;
    for (days, share) in [(0.0, 0.03), (7.99, 0.03), (8.0, 0.057), (400.0, 0.057)] {
        assert!((missed.at(SimDuration::from_days(days)) - share).abs() < 1e-15);
    }
    // The share of 8% that stands otherwise was not used.
    let mut defaults = scenario.defaults.iter();
    assert!(!defaults.any(|row| row.key.contains("dna_share")));
}

#[test]
fn one_share_holds_however_long_ahead() {
    let scenario = scenario(&with("dna_share = 0.1\nreminder_factor = 0.8"));
    let missed = &scenario.model.case_types[0].missed_share;
    for days in [0.0, 100.0] {
        assert!((missed.at_days(days) - 0.08).abs() < 1e-15);
    }
}

#[test]
fn steps_begin_at_zero_and_rise() {
    let key = |steps: &str| with(&format!("dna_by_days_ahead = [{steps}]"));
    refused_for(&key(""), "case_types.0.dna_by_days_ahead", "has no steps");
    refused_for(
        &key("{ days = 1, share = 0.1 }"),
        "case_types.0.dna_by_days_ahead.0.days",
        "leaves out contacts booked less far ahead",
    );
    for second in ["0", "3"] {
        refused_for(
            &key(&format!(
                "{{ days = 0, share = 0.1 }}, {{ days = 3, share = 0.2 }}, {{ days = {second}, share = 0.3 }}"
            )),
            "case_types.0.dna_by_days_ahead.2.days",
            "is not above that of the step before",
        );
    }
    refused_for(
        &key("{ days = 0, share = 1 }"),
        "case_types.0.dna_by_days_ahead.0.share",
        "is out of range",
    );
    refused_for(
        &key("{ days = 0 }"),
        "case_types.0.dna_by_days_ahead.0.share",
        "is missing",
    );
}

#[test]
fn steps_and_one_share_do_not_stand_together() {
    refused_for(
        &with("dna_share = 0.1\ndna_by_days_ahead = [{ days = 0, share = 0.06 }]"),
        "case_types.0.dna_by_days_ahead",
        "cannot stand together with `dna_share`",
    );
    let told = refusal(&with("reminder_factor = 1.1")).to_string();
    assert!(told.contains("allowed: a number from 0 to 1"), "{told}");
}
