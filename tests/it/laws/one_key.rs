//! Law 8 on random services: changing one key of the file changes what is drawn for what the key is
//! about, and nothing else of anybody. The people are compared by what the log tells of each
//! (`facts.rs`), the posts by their time.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::facts::{Fact, Facts, facts};
use super::random::{Random, on_services};
use crate::support::{Told, tell_of};

/// A family of facts: what a key may be about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum About {
    Arrival,
    Source,
    Triage,
    Patience,
    Answer,
    Call,
    Gap,
    FirstAppointment,
    Contacts,
    Interval,
    AfterMissed,
    Length,
    Missed,
    MissedLength,
    DropOut,
    Onward,
    OnwardWait,
    Handover,
}
use About::*;

/// What a fact is about: the draws that decide it.
fn about(fact: Fact) -> &'static [About] {
    match fact {
        Fact::Arrival => &[Arrival],
        Fact::Inappropriate => &[Source],
        Fact::Triage => &[Triage],
        Fact::Patience => &[Patience],
        Fact::Answered(_) => &[Answer],
        Fact::CallLength(_) => &[Call],
        Fact::Gap(_) => &[Gap],
        Fact::ToAppointment(_) => &[Call, FirstAppointment],
        Fact::Interval(_) => &[Interval],
        Fact::AfterMissed(..) => &[AfterMissed],
        Fact::Length(_) => &[Length],
        Fact::Missed(..) => &[Missed],
        Fact::MissedLength(..) => &[MissedLength],
        Fact::DropsOut(_) => &[DropOut],
        Fact::Contacts => &[Contacts],
        Fact::Onward => &[Onward],
        Fact::OnwardWait => &[OnwardWait],
        Fact::Lost(_) => &[Handover],
    }
}

/// What depends on which case type somebody is.
const CASE_TYPE: &[About] = &[
    FirstAppointment,
    Contacts,
    Interval,
    AfterMissed,
    Length,
    Missed,
    MissedLength,
    DropOut,
    Onward,
    OnwardWait,
];

/// Keys with values to set them to, and what they are about: nothing that the log tells of a
/// person, where the list is empty.
const KEYS: &[(&str, &[&str], &[About])] = &[
    ("assignment", &["longest-idle", "own-practice-first"], &[]),
    ("order_of_work", &["new-first", "oldest-due-first"], &[]),
    ("continuity", &["any-worker", "same-worker"], &[]),
    ("period.days", &["7", "64"], &[]),
    (
        "demand.referrals_per_1000_a_year",
        &["120", "700"],
        &[Arrival],
    ),
    ("demand.growth_a_year", &["0.5", "-0.3"], &[Arrival]),
    ("demand.dispersion", &["1", "3"], &[Arrival]),
    (
        "demand.opening_hours",
        &["[\"09:00\", \"13:00\"]"],
        &[Arrival],
    ),
    ("demand.inappropriate_share", &["0", "0.4"], &[Source]),
    (
        "demand.triage_minutes",
        &["7", "{ exponential = { mean = 30 } }"],
        &[Triage],
    ),
    ("demand.re_referral_share", &["0", "0.9"], &[]),
    ("demand.re_referral_delay_days", &["2"], &[]),
    (
        "waiting_list.patience_days",
        &["4", "{ exponential = { mean = 9 } }"],
        &[Patience],
    ),
    ("waiting_list.gp_reversion_share", &["0", "1"], &[]),
    (
        "waiting_list.lapse_until",
        &["assignment", "first-contact"],
        &[],
    ),
    ("first_contact.attempts", &["1", "6"], &[]),
    (
        "first_contact.attempt_minutes",
        &["4", "{ exponential = { mean = 20 } }"],
        &[Call],
    ),
    ("first_contact.answered_share", &["0.3", "0.9"], &[Answer]),
    ("first_contact.days_between_attempts", &["1"], &[Gap]),
    (
        "first_contact.days_to_first_appointment",
        &["3"],
        &[FirstAppointment],
    ),
    (
        "case_types.*.contacts",
        &["3", "{ poisson = { mean = 4 } }"],
        &[Contacts],
    ),
    (
        "case_types.*.first_appointment_minutes",
        &["25"],
        &[Length, MissedLength],
    ),
    (
        "case_types.*.follow_up_minutes",
        &["35"],
        &[Length, MissedLength],
    ),
    (
        "case_types.*.days_between_contacts",
        &["2"],
        &[Interval, AfterMissed, FirstAppointment],
    ),
    ("case_types.*.dna_share", &["0", "0.5"], &[Missed]),
    ("case_types.*.dna_minutes", &["3"], &[MissedLength]),
    ("case_types.*.days_after_dna", &["2"], &[AfterMissed]),
    ("case_types.*.dna_limit", &["1", "6", "none"], &[]),
    ("case_types.*.drop_out_share", &["0", "0.4"], &[DropOut]),
    ("case_types.*.onward_wait_share", &["0", "0.7"], &[Onward]),
    ("case_types.*.onward_wait_days", &["2"], &[OnwardWait]),
    (
        "practices.*.referrals_per_1000_a_year",
        &["150", "600"],
        &[Arrival],
    ),
    ("practices.*.list_size", &["400", "1900"], &[Arrival]),
    (
        "practices.*.opening_hours",
        &["[\"11:00\", \"12:30\"]"],
        &[Arrival],
    ),
    (
        "practices.*.case_type_tilt",
        &["{ full = 0.3 }", "{ T0 = 0.3 }"],
        CASE_TYPE,
    ),
    ("posts.*.wte", &["0.6", "1"], &[]),
    ("posts.*.client_share", &["0.3", "1"], &[]),
    ("posts.*.caseload_cap", &["2", "12", "none"], &[]),
    ("posts.0.annual_leave_days", &["0", "40"], &[]),
    ("posts.0.training_days", &["0", "15"], &[]),
    ("posts.0.sickness_share", &["0", "0.2"], &[]),
    ("posts.*.lost_at_handover_share", &["0", "1"], &[Handover]),
];

/// Everything known of both services is the same, but for what is about the key; adds up how much.
fn compare(base: &Facts, other: &Facts, except: &[About], change: &str) -> u64 {
    let mut same = 0;
    for ((who, fact), value) in base {
        if about(*fact).iter().any(|it| except.contains(it)) {
            continue;
        }
        if let Some(then) = other.get(&(who.clone(), *fact)) {
            assert_eq!(value, then, "{change}: {who:?} {fact:?}");
            same += 1;
        }
    }
    same
}

/// Referrals of both services arrive at the same times, and nobody else does.
fn compare_arrivals(base: &Facts, other: &Facts, practices: &str) {
    let arrivals = |facts: &Facts| -> Vec<((String, u64), u64)> {
        let old = facts.iter().filter(|((who, fact), _)| {
            *fact == Fact::Arrival && practices.contains(&format!("name = \"{}\"\n", who.0))
        });
        old.map(|((who, _), value)| ((who.0.clone(), who.1), *value))
            .collect()
    };
    assert_eq!(arrivals(base), arrivals(other));
}

/// Days of sickness by post, and seconds of client time, which are nominal: they tell its days off,
/// whatever it did on the others.
fn time(told: &Told) -> BTreeMap<&str, (u64, u64)> {
    let posts = told.model.posts.iter().zip(&told.seen.posts);
    posts
        .map(|(post, seen)| (&*post.name, (seen.sickness_days, seen.available_seconds)))
        .collect()
}

/// The service without anybody there at the start, whose numbers arriving people have as well.
fn empty_at_start(service: &Random) -> String {
    let (text, _) = service
        .text
        .split_once("[start]\n")
        .unwrap_or((&service.text, ""));
    text.to_owned()
}

/// A key that the service can be given, and a value.
fn change(service: &mut Random, text: &str) -> Option<(usize, String)> {
    let index = service.chance.below(KEYS.len() as u64) as usize;
    let (key, values, _) = KEYS[index];
    let value = service.chance.pick(values);
    let has_preset = text.starts_with("pathway");
    let possible = match key.split('.').next() {
        // A post that gives its hours has its WTE by them.
        Some("posts") if key == "posts.*.wte" => {
            let is_given = text.contains("\nhours = ") || text.contains("\nclinics = ");
            text.contains("[[posts]]") && !is_given
        }
        // Clinics need their time.
        Some("posts") if key == "posts.*.client_share" && text.contains("\nclinics = ") => false,
        Some("posts") => text.contains("[[posts]]"),
        // A shock outside the simulated time is left out of the model, and with dispersion the
        // expected count of its month with it.
        Some("period") => !(text.contains("\ndispersion") && text.contains("[[demand.shocks]]")),
        Some("case_types") => !has_preset,
        // Rotas and clinics are of one worker.
        Some("continuity") => !text.contains("\nrota = ") && !text.contains("\nclinics = "),
        _ if value.starts_with("{ full") => has_preset,
        _ if value.starts_with("{ T0") => !has_preset,
        _ => true,
    };
    possible.then(|| (index, format!("{key}={value}")))
}

/// Keys without which people's fates depend on who holds their case: how many contacts they get under
/// strain, and whether they are lost when a holder leaves.
fn same_for_all(text: &str) -> &'static [&'static str] {
    match text.contains("[[posts]]") {
        true => &[
            "strain.light_touch_share=0",
            "posts.*.lost_at_handover_share=0.5",
        ],
        false => &[],
    }
}

/// Whether hours depend on work: under strain people leave and fall ill more often.
fn strain_has_effects(told: &Told) -> bool {
    told.model.strain.feedback.is_some()
}

#[test]
fn one_key_of_any_service_changes_nothing_that_it_is_not_about() {
    let same = RefCell::new(vec![0; KEYS.len()]);
    on_services(5_000, |service| {
        let text = empty_at_start(service);
        let Some((index, set)) = change(service, &text) else {
            return;
        };
        let (key, _, except) = KEYS[index];
        let always = same_for_all(&text);
        let [base, other] = [always.to_vec(), [always, &[&*set]].concat()]
            .map(|set| tell_of(&text, &set, service.seed));
        let (old, new) = (facts(&base), facts(&other));
        let compared = compare(&old, &new, except, &set);
        same.borrow_mut()[index] += compared;
        let is_about_time = ["posts.", "period."].iter().any(|it| key.starts_with(it));
        if !is_about_time && !strain_has_effects(&base) {
            assert_eq!(time(&base), time(&other), "{set}");
        }
        if !except.contains(&Arrival) && key != "period.days" {
            compare_arrivals(&old, &new, &text);
        }
    });
    for ((key, ..), same) in KEYS.iter().zip(same.into_inner()) {
        assert!(same > 1_000, "{key}: only {same} facts were compared");
    }
}

#[test]
fn another_practice_or_post_changes_nobody() {
    let same = RefCell::new(0);
    on_services(2_500, |service| {
        let text = empty_at_start(service);
        let practice = "[[practices]]\nname = \"Ash\"\nlist_size = 2000\n";
        let post = "[[posts]]\nname = \"Another\"\nwte = 1\n";
        let added = service.chance.pick(&[practice, post]);
        let before = service.chance.pick(&["", "[[practices]]"]);
        // The rule about leave at the same time makes those who stand later yield to others of
        // their practices: it is there for a post at the end alone, who changes nobody's leave.
        let set = match (added == post, before) {
            (true, "") => vec![],
            _ => vec!["absence.on_leave_together_share=1"],
        };
        let other = match before {
            "" => format!("{text}{added}"),
            _ => text.replacen(before, &format!("{added}{before}"), 1),
        };
        let [base, other] = [&text, &other].map(|text| {
            let set = [same_for_all(text), &set].concat();
            tell_of(text, &set, service.seed)
        });
        let (old, new) = (facts(&base), facts(&other));
        *same.borrow_mut() += compare(&old, &new, &[], added);
        compare_arrivals(&old, &new, &text);
        if strain_has_effects(&base) {
            return;
        }
        let now = time(&other);
        for (name, time) in time(&base) {
            assert_eq!(time, now[&name], "{name}");
        }
    });
    assert!(*same.borrow() > 500_000, "{same:?}");
}
