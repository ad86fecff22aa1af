//! Law 8: adding a practice, a post or an option changes no other practice's referrals; and changing
//! one key leaves every draw that it is not about as it was, person by person.

use std::collections::BTreeMap;

use splw_sim::engine::Activity::WindowOpens;

use super::facts::{Fact, Facts, facts};
use crate::support::tell_of;

/// Whether a fact is about what was changed.
type IsAbout = fn(&Fact) -> bool;

const BASE: &str = r#"
schema = 1
title = "The same people"

[period]
start = 2026-10-05
days = 250
warm_up_days = 30
calendar = "england"

[demand]
referrals_per_1000_a_year = 50
dispersion = 2
inappropriate_share = 0.1
re_referral_share = 0.3
re_referral_delay_days = { gamma = { mean = 30, cv = 0.5 } }
month_factors = [1.2, 1, 1, 1, 1, 1, 1, 0.8, 1, 1, 1, 1]
weekday_factors = [0.9, 1.1, 1, 1, 0.8]
triage_minutes = { exponential = { mean = 8 } }

[waiting_list]
patience_days = { exponential = { mean = 40 } }

[first_contact]
attempts = 3
attempt_minutes = { exponential = { mean = 10 } }
answered_share = 0.6
days_between_attempts = { exponential = { mean = 3 } }
days_to_first_appointment = { exponential = { mean = 9 } }

[[case_types]]
name = "light"
share = 0.6
contacts = { poisson = { mean = 2 } }
dna_share = 0.2
drop_out_share = 0.05
onward_wait_share = 0.2
onward_wait_days = { exponential = { mean = 20 } }
first_appointment_minutes = { exponential = { mean = 30 } }
follow_up_minutes = { exponential = { mean = 15 } }

[[case_types]]
name = "full"
share = 0.4
contacts = { triangular = { min = 3, mode = 6, max = 9 } }
dna_share = 0.2

[[practices]]
name = "Elm"
list_size = 6000

[[practices]]
name = "Oak"
ods_code = "F81061"
list_size = 4000

[[posts]]
name = "Link worker 1"
wte = 1
caseload_cap = 40

[[posts]]
name = "Link worker 2"
wte = 0.8
caseload_cap = 30
serves = ["Oak"]
"#;

/// Every fact known of both services is the same, but for those of `except`; returns how many.
#[track_caller]
fn compare(base: &Facts, other: &Facts, except: &[IsAbout], name: &str) -> usize {
    let mut same = 0;
    for ((who, fact), value) in base {
        if except.iter().any(|is| is(fact)) {
            continue;
        }
        if let Some(then) = other.get(&(who.clone(), *fact)) {
            assert_eq!(value, then, "{name}: {who:?} {fact:?}");
            same += 1;
        }
    }
    same
}

#[test]
fn one_key_changes_nothing_that_it_is_not_about() {
    use Fact::{
        AfterMissed, Contacts, Interval, Length, MissedLength, Onward, OnwardWait, Patience,
        ToAppointment,
    };
    let arrival: IsAbout = |it| matches!(it, Fact::Arrival);
    let missed: IsAbout = |it| matches!(it, Fact::Missed(..));
    let inappropriate: IsAbout = |it| matches!(it, Fact::Inappropriate);
    let answered: IsAbout = |it| matches!(it, Fact::Answered(_));
    let gaps: IsAbout = |it| matches!(it, Fact::Gap(_));
    let length: IsAbout = |it| matches!(it, Length(_) | MissedLength(..));
    let patience: IsAbout = |it| matches!(it, Patience);
    let call: IsAbout = |it| matches!(it, Fact::CallLength(_) | ToAppointment(_));
    let triage: IsAbout = |it| matches!(it, Fact::Triage);
    let drops_out: IsAbout = |it| matches!(it, Fact::DropsOut(_));
    let missed_length: IsAbout = |it| matches!(it, MissedLength(..));
    let interval: IsAbout = |it| matches!(it, Interval(_) | AfterMissed(..) | ToAppointment(_));
    let contacts: IsAbout = |it| matches!(it, Contacts);
    let onward: IsAbout = |it| matches!(it, Onward | OnwardWait);
    let nothing: Vec<IsAbout> = vec![];
    let changes: Vec<(&str, Vec<IsAbout>)> = vec![
        ("posts.0.wte=0.5", nothing.clone()),
        ("posts.0.caseload_cap=\"none\"", nothing.clone()),
        ("posts.0.client_share=0.9", nothing.clone()),
        ("posts.0.sickness_share=0.3", nothing.clone()),
        ("posts.0.annual_leave_days=50", nothing.clone()),
        ("posts.1.serves=\"all\"", nothing.clone()),
        ("posts.1.ends=2027-01-04", nothing.clone()),
        ("assignment=longest-idle", nothing.clone()),
        ("order_of_work=new-first", nothing.clone()),
        ("continuity=any-worker", nothing.clone()),
        ("waiting_list.patience_days=100", vec![patience]),
        ("waiting_list.lapse_until=assignment", nothing.clone()),
        ("first_contact.attempts=5", nothing.clone()),
        ("first_contact.attempt_minutes=25", vec![call]),
        ("demand.triage_minutes=5", vec![triage]),
        ("demand.re_referral_share=0.6", nothing.clone()),
        ("demand.re_referral_delay_days=3", nothing.clone()),
        ("case_types.*.drop_out_share=0.3", vec![drops_out]),
        ("case_types.*.dna_limit=1", nothing.clone()),
        ("case_types.*.dna_share=0.05", vec![missed]),
        ("case_types.*.dna_minutes=1", vec![missed_length]),
        ("case_types.*.days_between_contacts=3", vec![interval]),
        ("case_types.*.follow_up_minutes=60", vec![length]),
        ("case_types.0.contacts=4", vec![contacts, drops_out]),
        ("case_types.*.onward_wait_share=0.9", vec![onward]),
        ("case_types.*.onward_wait_days=2", vec![onward]),
        ("first_contact.answered_share=0.2", vec![answered]),
        ("first_contact.days_between_attempts=1", vec![gaps]),
        ("demand.inappropriate_share=0.4", vec![inappropriate]),
        ("demand.referrals_per_1000_a_year=80", vec![arrival]),
        ("demand.weekday_factors=[1, 1, 1, 1, 1]", vec![arrival]),
        ("demand.growth_a_year=0.3", vec![arrival]),
        ("demand.dispersion=1", vec![arrival]),
        ("demand.opening_hours=[\"09:00\", \"12:00\"]", vec![arrival]),
        ("period.days=200", nothing.clone()),
    ];
    let base = facts(&tell_of(BASE, &[], 1));
    for (change, except) in changes {
        let other = facts(&tell_of(BASE, &[change], 1));
        let same = compare(&base, &other, &except, change);
        assert!(same > 1_000, "{change}: {same} facts of {}", base.len());
    }
}

#[test]
fn others_arrive_and_nobody_notices() {
    let base = facts(&tell_of(BASE, &[], 1));
    let practice = "[[practices]]\nname = \"Ash\"\nlist_size = 9000\n";
    let post = "[[posts]]\nname = \"Link worker 3\"\nwte = 1\n";
    let at_the_head =
        |what: &str, before: &str| BASE.replacen(before, &format!("{what}\n{before}"), 1);
    for (name, text) in [
        ("a practice at the end", format!("{BASE}{practice}")),
        (
            "a practice at the head",
            at_the_head(practice, "[[practices]]"),
        ),
        ("a post at the end", format!("{BASE}{post}")),
        ("a post at the head", at_the_head(post, "[[posts]]")),
    ] {
        let other = facts(&tell_of(&text, &[], 1));
        let same = compare(&base, &other, &[], name);
        assert!(same > 1_000, "{name}: {same}");
        let arrivals = |facts: &Facts| -> Facts {
            let old = facts
                .iter()
                .filter(|((who, fact), _)| *fact == Fact::Arrival && who.0 != "Ash");
            old.map(|(key, value)| (key.clone(), *value)).collect()
        };
        assert!(
            arrivals(&base) == arrivals(&other),
            "{name}: everybody of before, and nobody else"
        );
    }
    // A practice is known by its ODS code, else its name.
    let renamed = BASE
        .replace("name = \"Oak\"", "name = \"Old Oak\"")
        .replace("[\"Oak\"]", "[\"Old Oak\"]");
    let seconds = |facts: &Facts, name: &str| -> Vec<u64> {
        let of = facts
            .iter()
            .filter(|((who, fact), _)| who.0 == name && *fact == Fact::Arrival);
        of.map(|(_, value)| *value).collect()
    };
    let other = facts(&tell_of(&renamed, &[], 1));
    assert_eq!(seconds(&base, "Oak"), seconds(&other, "Old Oak"));
    assert_ne!(seconds(&base, "Oak"), seconds(&base, "Elm"));
}

/// The days on which a post is at work depend on its name alone: not on what the service does, nor
/// on who else is there.
#[test]
fn absences_are_the_same_whatever_happens() {
    let days = |text: &str, change: &[&str]| {
        let told = tell_of(text, change, 1);
        let mut days: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for row in told.log.iter().filter(|row| row.activity == WindowOpens) {
            let post = row.post.expect("a window is a post's").index();
            let name = told.model.posts[post].name.clone();
            days.entry(name).or_default().push(row.time.day().0);
        }
        days
    };
    let base = days(BASE, &[]);
    let others = format!(
        "{BASE}[[practices]]\nname = \"Ash\"\nlist_size = 9000\n[[posts]]\nname = \"Link worker 0\"\nwte = 1\n"
    );
    for (text, change) in [
        (BASE, "demand.referrals_per_1000_a_year=10"),
        (BASE, "posts.0.caseload_cap=3"),
        (BASE, "case_types.*.dna_share=0.5"),
        (BASE, "posts.0.client_share=0.9"),
        (&others, "posts.2.sickness_share=0.2"),
    ] {
        let other = days(text, &[change]);
        for name in ["Link worker 1", "Link worker 2"] {
            assert_eq!(base[name], other[name], "{change}: {name}");
        }
    }
    assert_ne!(base["Link worker 1"], base["Link worker 2"]);
    assert!(base["Link worker 1"].len() > 120);
}
