//! Pathways that one word stands for (evidence, section B.1).

use super::{SMALL, scenario, small_with};

#[test]
fn guidance_is_one_type_of_eight_contacts() {
    let scenario = scenario(SMALL);
    let [full] = scenario.model.case_types.as_slice() else {
        panic!("one case type");
    };
    assert_eq!(full.contacts.is_constant(), Some(8.0));
    assert_eq!(full.share, 1.0);
    assert_eq!(full.first_appointment_minutes.is_constant(), Some(45.0));
}

#[test]
fn the_observed_mix_takes_the_hours_of_the_evidence() {
    let scenario = scenario(&small_with("guidance", "observed-mix"));
    let types = &scenario.model.case_types;
    let names: Vec<&str> = types.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["signposted", "light", "full"]);
    let shares: Vec<f64> = types.iter().map(|it| it.share).collect();
    assert_eq!(shares, [0.10, 0.52, 0.38]);
    // The hours per referral of section B.1, calls left out: 45 minutes and 20 for each further
    // contact. (Its 1.91 h add the missed slots and calls.)
    let hours: f64 = types
        .iter()
        .map(|it| {
            let contacts = it.contacts.mean();
            let minutes = if contacts > 0.0 {
                45.0 + 20.0 * (contacts - 1.0)
            } else {
                0.0
            };
            it.share * minutes / 60.0
        })
        .sum();
    assert!((hours - 1.735).abs() < 1e-9, "{hours}");
}

#[test]
fn what_a_pathway_takes_for_granted_is_listed_with_its_grade() {
    let scenario = scenario(&small_with("guidance", "observed-mix"));
    let graded = |key: &str| {
        scenario
            .defaults
            .iter()
            .find(|it| it.key == key)
            .map(|it| it.grade)
    };
    assert_eq!(graded("case_types.light.contacts"), Some('D'));
    assert_eq!(graded("case_types.full.share"), Some('A'));
    assert_eq!(graded("case_types.full.contacts"), Some('B'));
    assert_eq!(graded("case_types.*.follow_up_minutes"), Some('C'));
}
