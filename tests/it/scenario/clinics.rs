//! Booked clinics: what they mean, and how mistakes are told.

use super::{refusal, refused_for, scenario, small_and, small_with};
use splw_sim::model::clinic::free_time;
use splw_sim::model::{Clinic, PracticeId, SimDuration};

fn minutes(minutes: f64) -> SimDuration {
    SimDuration::from_minutes(minutes)
}

/// A clinic with slots for everybody, and others.
fn with(clinics: &str) -> String {
    small_and(&format!(
        "clinics = [{{ weekday = \"friday\", slots_minutes = [45] }}, {clinics}]"
    ))
}

#[test]
fn a_clinic_opens_as_the_one_before_it_ends() {
    let scenario = scenario(&with(
        "{ weekday = \"monday\", slots_minutes = [45, 20] }, \
         { practice = \"A10001\", weekday = \"monday\", slots_minutes = [30], overbooked = 1 }, \
         { weekday = \"monday\", opens = \"14:15\", slots_minutes = [0.5], places = 6 }",
    ));
    let clinics = &scenario.model.posts[0].clinics;
    let opens: Vec<SimDuration> = clinics.iter().map(|clinic| clinic.opens).collect();
    let expected = [540.0, 540.0, 605.0, 855.0].map(minutes);
    assert_eq!(opens, expected);
    assert_eq!(clinics[2].practice, Some(PracticeId(0)));
    assert_eq!((clinics[2].overbooked, clinics[2].room_in(0)), (1, 2));
    assert_eq!((clinics[3].weekday, clinics[3].room_in(0)), (0, 6));
    assert!(clinics[3].is_group() && !clinics[2].is_group());
    assert_eq!(clinics[1].length(), minutes(65.0));
    assert_eq!(
        scenario.notes,
        ["Clinics with several places in a slot stay empty: `first_contact.group_share` is 0."]
    );
}

/// 4.5 h from 09:00 around clinics: none; before noon; in the afternoon; before the window; the whole.
#[test]
fn free_time_is_what_clinics_leave() {
    let clinic = |opens: f64, length: f64| Clinic {
        practice: None,
        weekday: 0,
        opens: minutes(opens * 60.0),
        slots: vec![minutes(length * 60.0)],
        overbooked: 0,
        places: 1,
    };
    let free = |clinics: &[Clinic]| -> Vec<(f64, f64)> {
        let free = free_time(minutes(540.0), minutes(270.0), clinics.iter());
        free.iter()
            .map(|(from, to)| (from.hours(), to.hours()))
            .collect()
    };
    assert_eq!(free(&[]), [(9.0, 13.5)]);
    assert_eq!(free(&[clinic(10.0, 2.0)]), [(9.0, 10.0), (12.0, 13.5)]);
    assert_eq!(free(&[clinic(14.0, 2.0)]), [(9.0, 11.5)]);
    assert_eq!(free(&[clinic(7.0, 1.0)]), [(9.0, 12.5)]);
    assert_eq!(free(&[clinic(8.0, 2.0)]), [(10.0, 12.5)]);
    assert_eq!(free(&[clinic(9.0, 1.0), clinic(10.0, 1.0)]), [(11.0, 13.5)]);
    assert_eq!(free(&[clinic(9.0, 4.5)]), []);
}

#[test]
fn mistakes_in_a_clinic_are_told() {
    let refused = |clinic: &str, key: &str, words: &str| {
        refused_for(&with(clinic), &format!("posts.0.clinics.1{key}"), words);
    };
    let monday = "weekday = \"monday\", slots_minutes";
    refused(
        "{ weekday = \"someday\", slots_minutes = [45] }",
        ".weekday",
        "is none of the allowed words",
    );
    refused(
        "{ weekday = \"sunday\", slots_minutes = [45] }",
        ".weekday",
        "is a day on which Link worker has no client time",
    );
    refused(
        &format!("{{ {monday} = [] }}"),
        ".slots_minutes",
        "has no slots",
    );
    refused(
        &format!("{{ {monday} = [0] }}"),
        ".slots_minutes.0",
        "is out of range",
    );
    refused(
        &format!("{{ {monday} = [45], overbooked = 2 }}"),
        ".overbooked",
        "is more than there are slots",
    );
    refused(
        &format!("{{ {monday} = [45], overbooked = 1, places = 2 }}"),
        ".overbooked",
        "cannot stand together with `places` above 1",
    );
    refused(
        &format!("{{ {monday} = [45], practice = \"Mil Lane\" }}"),
        ".practice",
        "is no practice of this file",
    );
    refused(
        &format!("{{ {monday} = [240, 31] }}"),
        "",
        "makes clinics longer than the client time of Link worker",
    );
    refused(
        &format!("{{ {monday} = [60], opens = \"23:30\" }}"),
        "",
        "reaches past midnight",
    );
    refused_for(
        &with(&format!(
            "{{ {monday} = [60], opens = \"10:00\" }}, {{ {monday} = [60], opens = \"10:59\" }}"
        )),
        "posts.0.clinics.2",
        "overlaps with another clinic of the day",
    );
}

#[test]
fn a_clinic_is_for_people_whom_the_post_serves() {
    refused_for(
        &small_and(
            "serves = [\"High Street\"]\nclinics = [{ weekday = \"monday\", slots_minutes = [45], practice = \"Mill Lane\" }]",
        ),
        "posts.0.clinics.0.practice",
        "is a practice that Link worker does not serve",
    );
}

#[test]
fn everybody_must_fit_into_a_slot() {
    let refused = |clinics: &str, words: &str| {
        refused_for(
            &small_and(&format!("clinics = [{clinics}]")),
            "posts.0.clinics",
            words,
        );
    };
    refused(
        "{ weekday = \"monday\", slots_minutes = [44] }",
        "have no slot of Link worker that is long enough for a contact of 45 minutes (case type full)",
    );
    refused(
        "{ weekday = \"monday\", slots_minutes = [45], practice = \"Mill Lane\" }",
        "have no slot for people of High Street, whom Link worker serves",
    );
    refused(
        "{ weekday = \"monday\", slots_minutes = [45], places = 2 }",
        "have no slot for people of Mill Lane, whom Link worker serves",
    );
}

#[test]
fn clinics_are_of_one_worker_without_a_rota() {
    let clinics = "clinics = [{ weekday = \"monday\", slots_minutes = [45] }]";
    refused_for(
        &small_with("[period]", "continuity = \"any-worker\"\n[period]")
            .replace("wte = 1.0", &format!("wte = 1.0\n{clinics}")),
        "posts.0.clinics",
        "cannot stand together with `continuity = \"any-worker\"`",
    );
    let both = small_and(&format!("{clinics}\nrota = {{ monday = [\"Mill Lane\"] }}"));
    let told = refusal(&both).to_string();
    assert!(told.contains("cannot stand together with `rota`"), "{told}");
}

#[test]
fn what_has_no_effect_is_noted() {
    let groups = small_and("[first_contact]\ngroup_share = 0.3");
    assert_eq!(
        scenario(&groups).notes,
        ["`first_contact.group_share` has no effect: no clinic has several places in a slot."]
    );
    let full = small_and(
        "hours = { monday = 37.5 }\nclient_share = 0.02\nclinics = [{ weekday = \"monday\", slots_minutes = [45] }]",
    );
    let full = full.replace("hours = { monday = 37.5 }", "hours = { monday = 7.5 }");
    let full = full
        .replace("wte = 1.0", "wte = 0.2")
        .replace("0.02", "0.1");
    assert_eq!(
        scenario(&full).notes,
        ["The clinics of Link worker take all of its client time: it never makes a call."]
    );
}
