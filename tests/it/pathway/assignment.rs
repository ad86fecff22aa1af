//! Assignment: which of several workers with room takes a new referral.

use splw_sim::engine::Activity::Assigned;

use crate::support::{ORDINARY, Told, assert_lines, tell_of};

/// W1 serves Oak alone, W2 Elm and Oak. Two people of Elm with long cases fill W2 with two; one of
/// Oak with a call as the whole case comes back 10 days after it (re-referral), so that somebody
/// arrives at a known time.
fn service(assignment: &str, extra: &[&str]) -> Vec<String> {
    told(assignment, extra).only(&[Assigned])
}

fn told(assignment: &str, extra: &[&str]) -> Told {
    let text = ORDINARY
        .replace("[[posts]]", "[[practices]]\nname = \"Oak\"\nlist_size = 1000\n\n[[posts]]\nname = \"Oak alone\"\nwte = 1\ncaseload_cap = 9\nserves = [\"Oak\"]\n\n[[posts]]")
        .replace("caseload_cap = 1\n", "caseload_cap = 9\n")
        .replace("[[practices]]\nname = \"Elm\"", "[[case_types]]\nname = \"call\"\nshare = 0\ncontacts = 0\n\n[[practices]]\nname = \"Elm\"");
    let rule = format!("assignment={assignment}");
    let overrides = [
        &[
            rule.as_str(),
            "case_types.0.share=1",
            "first_contact.days_to_first_appointment=50",
            "demand.re_referral_share=1",
            "demand.re_referral_delay_days=10",
            "period.days=11",
            "start.waiting=[{ practice = \"Elm\", waited_days = [3, 2], case_type = \"full\" }, \
             { practice = \"Oak\", waited_days = [1], case_type = \"call\" }]",
        ],
        extra,
    ]
    .concat();
    tell_of(&text, &overrides, 1)
}

/// W2 has two open cases, W1 none: W1 takes c, and c again.
#[test]
fn the_least_loaded_takes_it() {
    assert_lines(
        &service("least-loaded", &[]),
        "0d 00:00 a Assigned W2 2|1
         0d 00:00 b Assigned W2 1|2
         0d 00:00 c Assigned W1 0|3
         10d 00:10 c' Assigned W1 0|3",
    );
}

/// Fewest open cases per WTE: W1 of 0.25 WTE holds one (4 a WTE), W2 of 1 WTE two or three. Four
/// of Oak wait: the first goes to W1 (0 against 2), the second to W2 (4 against 2), the third to W2
/// (4 against 3). Now both have 4 a WTE, and neither has ever freed a place: the first of the file.
#[test]
fn load_is_counted_per_wte() {
    let people = "start.waiting=[{ practice = \"Elm\", waited_days = [9, 8], case_type = \"full\" }, \
         { practice = \"Oak\", waited_days = [7, 6, 5, 4], case_type = \"full\" }]";
    assert_lines(
        &service("least-loaded", &[people, "posts.0.wte=0.25"]),
        "0d 00:00 a Assigned W2 5|1
         0d 00:00 b Assigned W2 4|2
         0d 00:00 c Assigned W1 3|3
         0d 00:00 d Assigned W2 2|4
         0d 00:00 e Assigned W2 1|5
         0d 00:00 f Assigned W1 0|6",
    );
}

/// Neither has an open case when the person comes back: W2, who never freed a place, takes the case.
#[test]
fn of_those_loaded_alike_the_longest_idle_takes_it() {
    let people = "start.waiting=[{ practice = \"Oak\", waited_days = [1], case_type = \"call\" }]";
    assert_lines(
        &service("least-loaded", &[people]),
        "0d 00:00 a Assigned W1 0|1
         10d 00:10 a' Assigned W2 0|1",
    );
}

/// W1 has no open case when its post ends on day 5, or when its holder comes on day 5 who was not there
/// before: c comes back to W2, who has two, and to W1, who has none.
#[test]
fn a_post_takes_cases_while_somebody_holds_it() {
    assert_lines(
        &service("least-loaded", &["posts.0.ends=2000-01-08"]),
        "0d 00:00 a Assigned W2 2|1
         0d 00:00 b Assigned W2 1|2
         0d 00:00 c Assigned W1 0|3
         10d 00:10 c' Assigned W2 0|3",
    );
    assert_lines(
        &service("least-loaded", &["posts.0.starts=2000-01-08"]),
        "0d 00:00 a Assigned W2 2|1
         0d 00:00 b Assigned W2 1|2
         0d 00:00 c Assigned W2 0|3
         10d 00:30 c' Assigned W1 0|3",
    );
}

/// Neither has freed a place when c is first assigned: the first of the file. W1 then freed one at
/// 00:10, W2 never: W2 is idle longest, whatever its load.
#[test]
fn the_longest_idle_takes_it() {
    assert_lines(
        &service("longest-idle", &[]),
        "0d 00:00 a Assigned W2 2|1
         0d 00:00 b Assigned W2 1|2
         0d 00:00 c Assigned W1 0|3
         10d 00:10 c' Assigned W2 0|3",
    );
}

/// W1 serves one practice only and takes all of Oak until its two places are taken, whatever its
/// load; the least loaded would have been W2 for the second.
#[test]
fn the_own_worker_takes_it_first() {
    let people =
        "start.waiting=[{ practice = \"Oak\", waited_days = [7, 6, 5], case_type = \"full\" }]";
    let two_places = "posts.0.caseload_cap=2";
    assert_lines(
        &service("own-practice-first", &[people, two_places]),
        "0d 00:00 a Assigned W1 2|1
         0d 00:00 b Assigned W1 1|2
         0d 00:00 c Assigned W2 0|3",
    );
    assert_lines(
        &service("least-loaded", &[people, two_places]),
        "0d 00:00 a Assigned W1 2|1
         0d 00:00 b Assigned W2 1|2
         0d 00:00 c Assigned W1 0|3",
    );
}

/// A freed place takes the longest-waiting referral that its worker serves: W1 (Oak alone, one
/// place) frees its place at 00:10; b of Elm has waited longer than c of Oak but is not served by
/// W1, whose place c takes. W2's place stays taken by a.
#[test]
fn a_freed_place_takes_whom_its_worker_serves() {
    let people = "start.waiting=[{ practice = \"Elm\", waited_days = [9, 8], case_type = \"full\" }, \
         { practice = \"Oak\", waited_days = [8.5, 7], case_type = \"call\" }]";
    let told = service(
        "least-loaded",
        &[
            people,
            "posts.*.caseload_cap=1",
            "demand.re_referral_share=0",
        ],
    );
    // In order of receipt: a of Elm, b of Oak (8.5 days), c of Elm (8 days), d of Oak; c never.
    assert_lines(
        &told,
        "0d 00:00 a Assigned W2 3|1
         0d 00:00 b Assigned W1 2|2
         0d 00:10 c Assigned W1 1|2",
    );
}

/// A freed place takes whoever has waited longest of all the practices that its worker serves,
/// whichever posts serve them besides: W2's place is freed at 00:10 by a, and c has waited longer
/// than d, whether c is of Oak (which W1 serves as well) or of Elm.
#[test]
fn a_freed_place_takes_the_longest_waiting_of_all_its_practices() {
    for (index, (c, d)) in [("Elm", "Oak"), ("Oak", "Elm")].into_iter().enumerate() {
        let people = format!(
            "start.waiting=[{{ practice = \"Elm\", waited_days = [9], case_type = \"call\" }}, \
             {{ practice = \"Oak\", waited_days = [8.5], case_type = \"full\" }}, \
             {{ practice = \"{c}\", waited_days = [8], case_type = \"full\" }}, \
             {{ practice = \"{d}\", waited_days = [7], case_type = \"full\" }}]"
        );
        let keys = [
            &people,
            "posts.*.caseload_cap=1",
            "demand.re_referral_share=0",
        ];
        let told = told("least-loaded", &keys);
        assert_lines(
            &told.only(&[Assigned]),
            "0d 00:00 a Assigned W2 3|1
             0d 00:00 b Assigned W1 2|2
             0d 00:10 c Assigned W2 1|2",
        );
        let rows = told.log.iter().filter(|row| row.activity == Assigned);
        let practices: Vec<_> = rows
            .filter_map(|row| row.referral.map(|it| it.0.index()))
            .collect();
        assert_eq!(practices, [0, 1, index], "Elm, Oak, {c}");
    }
}
