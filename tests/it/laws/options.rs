//! Law 8 for options of one file: each meets the same people as the base, but for what it is about.
//! The people are compared by what the log tells of each (`facts.rs`).

use super::facts::{Fact, Facts, facts};
use crate::support::{read, tell_model};

/// Two practices, two posts, calls, missed appointments and people who come again; leaving workers
/// lose the same share of their cases everywhere.
const SERVICE: &str = r#"
schema = 1
title = "Options meet the same people"

[period]
start = 2026-10-05
weeks = 40

[demand]
referrals_per_1000_a_year = 40
re_referral_share = 0.3
re_referral_delay_days = { gamma = { mean = 40, cv = 0.5 } }
inappropriate_share = 0.1

[waiting_list]
patience_days = { exponential = { mean = 60 } }

[strain]
light_touch_share = 0

[[case_types]]
name = "light"
share = 0.6
contacts = 2
dna_share = 0.1

[[case_types]]
name = "full"
share = 0.4
contacts = { triangular = { min = 6, mode = 8, max = 12 } }
dna_share = 0.1

[[practices]]
name = "Elm"
list_size = 6000

[[practices]]
name = "Oak"
list_size = 4000

[[posts]]
name = "First"
wte = 1
lost_at_handover_share = 0.2

[[posts]]
name = "Second"
like = "First"
wte = 0.5
caseload_cap = 20

[[options]]
name = "Third post before the others"
add.posts = [{ name = "Another", like = "First", starts = 2027-01-04 }]

[[options]]
name = "Without the first"
remove = ["posts.First"]

[[options]]
name = "Another practice"
add.practices = [{ name = "Ash", list_size = 3000 }]

[[options]]
name = "Half missed"
scale."case_types.*.dna_share" = 0.5

[[options]]
name = "Twice as patient"
scale."waiting_list.patience_days" = 2

[[options]]
name = "All"
combine = ["Third post before the others", "Without the first", "Another practice", "Half missed", "Twice as patient"]
"#;

/// Whether a fact is what an option is about.
type IsAbout = fn(Fact) -> bool;

/// Facts of both that are the same, but for these; and whether each arrival of the base is one of
/// the option.
fn compare(base: &Facts, other: &Facts, except: &[IsAbout], option: &str) -> u64 {
    let mut same = 0;
    for ((who, fact), value) in base {
        match other.get(&(who.clone(), *fact)) {
            Some(_) if except.iter().any(|is_about| is_about(*fact)) => {}
            Some(then) => {
                assert_eq!(value, then, "{option}: {who:?} {fact:?}");
                same += 1;
            }
            None => assert!(*fact != Fact::Arrival || who.2 > 0, "{option}: {who:?}"),
        }
    }
    same
}

#[test]
fn every_option_meets_the_same_people() {
    let missed: IsAbout = |fact| matches!(fact, Fact::Missed(..));
    let patience: IsAbout = |fact| fact == Fact::Patience;
    let scenario = read(SERVICE, &[]);
    let of = |model: &splw_sim::model::Model| facts(&tell_model(model.clone(), 20_261_005, 0));
    let base = of(&scenario.model);
    let excepted: [&[IsAbout]; 6] = [&[], &[], &[], &[missed], &[patience], &[missed, patience]];
    assert_eq!(scenario.options.len(), excepted.len());
    for (option, except) in scenario.options.iter().zip(excepted) {
        let other = of(&option.scenario.model);
        let same = compare(&base, &other, except, &option.name);
        assert!(same > 2_000, "{}: only {same} facts", option.name);
        assert_ne!(base, other, "{} changes something", option.name);
    }
    // Somebody who came to the appointment at all may miss it no longer, and nobody the other way.
    let fewer = of(&scenario.options[3].scenario.model);
    let mut kept = 0;
    for (who, value) in base.iter().filter(|((_, fact), _)| missed(*fact)) {
        if let Some(then) = fewer.get(who) {
            assert!(then <= value, "{who:?}");
            kept += value - then;
        }
    }
    assert!(kept > 10, "only {kept} more appointments were kept");
}
