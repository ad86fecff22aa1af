//! Holders who resign, leave and are replaced; fixed terms. How long a holder stays is chance, so these
//! tests read it from one run and work out from it what must follow, or what another run must show.

use splw_sim::engine::Activity::{
    self, Assigned, ContactBegins, ContractRenewed, HolderLeaves, HolderResigns, LostAtHandover,
    PostEnds, PostFilled, ReturnedToList, WindowOpens,
};
use splw_sim::model::Day;
use splw_sim::model::time::SECONDS_PER_DAY;

use crate::goodness::assert_follows;
use crate::support::{IN_ENGLAND, Told, assert_lines, tell};

const WEEK: u64 = 7 * SECONDS_PER_DAY;
/// A resignation every other year, six weeks of notice, fourteen to hire.
const LEAVING: [&str; 4] = [
    "posts.0.leaving_rate_a_year=0.5",
    "posts.0.notice_weeks=6",
    "posts.0.time_to_hire_weeks=14",
    "period.days=36000",
];

/// Seconds at which something happened.
fn times(told: &Told, what: Activity) -> Vec<u64> {
    let rows = told.log.iter().filter(|row| row.activity == what);
    rows.map(|row| row.time.seconds()).collect()
}

/// The post is advertised at resignation: 6 weeks of notice are the first of the 14 to hire, so that
/// it is vacant for 8.
#[test]
fn notice_overlaps_the_time_to_hire() {
    let told = tell(&LEAVING);
    let (resigned, left, filled) = (
        times(&told, HolderResigns),
        times(&told, HolderLeaves),
        times(&told, PostFilled),
    );
    assert!(left.len() > 20, "{} holders left", left.len());
    for ((resigned, left), filled) in resigned.iter().zip(&left).zip(&filled) {
        assert_eq!((left - resigned, filled - resigned), (6 * WEEK, 14 * WEEK));
    }
    let vacancies = told.of_pcn("vacancy_weeks");
    assert!((vacancies - 8.0 * filled.len() as f64).abs() < 8.1);
    assert!((told.of_pcn("leavers") - left.len() as f64).abs() < 1e-9);
}

/// Somebody found within the notice starts the moment the last holder has gone.
#[test]
fn nobody_starts_before_the_last_holder_has_gone() {
    let told = tell(&[&LEAVING[..], &["posts.0.time_to_hire_weeks=4"]].concat());
    assert_eq!(times(&told, HolderLeaves), times(&told, PostFilled));
    assert!(told.of_pcn("vacancy_weeks").abs() < 1e-12);
    assert!((told.of_pcn("posts_filled_mean") - 1.0).abs() < 1e-12);
}

/// Twice the rate halves the time that the first holder stays, to the second but for rounding: the
/// same draw decides.
#[test]
fn a_rate_twice_as_high_halves_the_stay() {
    let first = |rate: &str| times(&tell(&[&LEAVING[..], &[rate]].concat()), HolderResigns)[0];
    let (slow, fast) = (
        first("posts.0.leaving_rate_a_year=0.5"),
        first("posts.0.leaving_rate_a_year=1"),
    );
    assert!(slow.abs_diff(2 * fast) <= 1, "{slow} and {fast}");
}

/// Stays are exponential with the mean that the rate says: a fiftieth of a year (Kolmogorov and Smirnov, at the
/// level of 0.001).
#[test]
fn stays_are_exponential() {
    let told = tell(&[
        "posts.0.leaving_rate_a_year=50",
        "posts.0.notice_weeks=0",
        "posts.0.time_to_hire_weeks=1",
        "period.days=36000",
    ]);
    let mut began = vec![0];
    began.extend(times(&told, PostFilled));
    let mut stays: Vec<f64> = times(&told, HolderResigns)
        .iter()
        .zip(began)
        .map(|(resigned, began)| (resigned - began) as f64 / SECONDS_PER_DAY as f64 / 365.25)
        .collect();
    assert!(stays.len() > 2_000, "{} stays", stays.len());
    stays.sort_by(f64::total_cmp);
    assert_follows(&stays, |years| 1.0 - (-50.0 * years).exp(), "stays");
}

/// In England people leave at the end of a day and start at the beginning of one.
#[test]
fn people_leave_and_start_at_midnight() {
    let told = tell(
        &[
            IN_ENGLAND,
            &LEAVING,
            &["posts.0.ramp_weeks=12"],
            &["period.days=9000"],
        ]
        .concat(),
    );
    let left = times(&told, HolderLeaves);
    assert!(left.len() > 3, "{} holders left", left.len());
    for time in left.iter().chain(&times(&told, PostFilled)) {
        assert_eq!(time % SECONDS_PER_DAY, 0);
    }
}

/// A new holder has half of the client time on the first day, all of it after 12 weeks: on the day
/// that is d days after the first, 0.5 + 0.5 d' / 84, d' counted to the opening of the window at
/// 09:00.
#[test]
fn a_new_holder_works_up_to_full_speed() {
    let text = &[
        IN_ENGLAND,
        &LEAVING,
        &[
            "posts.0.ramp_weeks=12",
            "posts.0.ramp_from_share=0.5",
            "period.days=3000",
        ],
    ]
    .concat();
    let told = tell(text);
    let filled = times(&told, PostFilled)[0];
    let day = 16_200.0;
    let windows = told.log.iter().filter(|row| row.time.seconds() >= filled);
    let mut seen = 0;
    let mut opened = None;
    for row in windows {
        match row.activity {
            WindowOpens => opened = Some(row.time.seconds()),
            Activity::WindowCloses => {
                let opened: u64 = opened.take().expect("it opened before");
                let passed = (opened - filled) as f64 / (84.0 * SECONDS_PER_DAY as f64);
                let share = (0.5 + 0.5 * passed).min(1.0);
                let length = (row.time.seconds() - opened) as f64;
                assert!((length - day * share).abs() <= 0.5, "{length} at {passed}");
                seen += 1;
            }
            HolderLeaves => break,
            _ => {}
        }
    }
    assert!(seen > 30, "{seen} windows");
    assert!(told.seen.posts[0].year.ramp > 0);
}

/// Whoever leaves while a case is open: it is lost or goes back, like at the end of a post; here it
/// goes to the next holder, who is called for nothing anew and takes one contact more.
#[test]
fn open_cases_go_back_when_the_holder_leaves() {
    let keep = [
        "posts.0.leaving_rate_a_year=20",
        "posts.0.notice_weeks=0",
        "posts.0.time_to_hire_weeks=1",
        "posts.0.lost_at_handover_share=0",
        "case_types.0.days_between_contacts=30",
        "first_contact.days_to_first_appointment=30",
        "period.days=365",
    ];
    let told = tell(&keep);
    let handed = told.only(&[ReturnedToList]).len();
    assert!(handed > 0, "somebody leaves while the case is open");
    assert_eq!(told.only(&[Assigned]).len(), handed + 1);
    let held = told.only(&[ContactBegins]).len();
    assert_eq!(held, 3 + handed, "one contact more at each handover");
    let lost = tell(&[&keep[..], &["posts.0.lost_at_handover_share=1"]].concat());
    assert_eq!(lost.only(&[LostAtHandover]).len(), 1);
}

/// The next holder has come while the last one's call was in hand. The case is lost when that ends, and
/// its place goes to whoever waits in that instant.
#[test]
fn a_place_that_is_freed_under_the_next_holder_is_filled() {
    let told = tell(&[
        "posts.0.leaving_rate_a_year=0.5",
        "posts.0.notice_weeks=6",
        "posts.0.time_to_hire_weeks=4",
        "posts.0.lost_at_handover_share=1",
        "first_contact.answered_share=0",
        "first_contact.attempts=100",
        "first_contact.attempt_minutes=100000",
        "first_contact.days_between_attempts=0",
        "start.waiting.0.waited_days=[1, 0]",
        "period.days=9000",
    ]);
    let lost = times(&told, LostAtHandover)[0];
    let filled = times(&told, PostFilled)[0];
    assert!(filled < lost, "the call outlasts the change of holders");
    assert_eq!(times(&told, Assigned), [0, lost]);
}

/// Terms that are always renewed end every so many weeks, and nobody leaves; one that never is ends
/// the post, which is a holder who left and no vacancy.
#[test]
fn a_fixed_term_is_renewed_or_ends_the_post() {
    let contract = [
        "posts.0.contract_ends=2000-01-17",
        "posts.0.renewed_weeks=1",
    ];
    let told = tell(&[&contract[..], &["posts.0.renewal_share=1"]].concat());
    let renewed = told.told(|row| row.activity == ContractRenewed);
    assert_eq!(renewed.len(), 7, "days 14, 21 to 56");
    assert!((told.of_pcn("posts_filled_mean") - 1.0).abs() < 1e-12);
    let told = tell(&[&contract[..], &["posts.0.renewal_share=0"]].concat());
    assert_lines(
        &told.told(|row| matches!(row.activity, ContractRenewed | PostEnds)),
        "14d 00:00 PostEnds W1 0|1",
    );
    assert!((told.of_pcn("leavers") - 1.0).abs() < 1e-12);
    assert!(told.of_pcn("vacancy_weeks").abs() < 1e-12);
}

/// Whether a term is renewed is drawn anew at each end: at a share of a half a quarter of services are
/// renewed once and no more, and so is one of 20 at least (but for a chance of 0.3%).
#[test]
fn each_term_has_a_draw_of_its_own() {
    let renewed = |seed: u64| {
        let keys = [
            "posts.0.contract_ends=2000-01-17",
            "posts.0.renewed_weeks=1",
            "posts.0.renewal_share=0.5",
        ];
        let told = crate::support::tell_of(crate::support::ORDINARY, &keys, seed);
        times(&told, ContractRenewed).len()
    };
    assert!((1..=20).any(|seed| renewed(seed) == 1));
}

/// A time to hire that is drawn: the post starts within its bounds, and not on the same day in every
/// replication.
#[test]
fn the_time_to_hire_may_be_drawn() {
    let starts = |seed: u64| {
        let told = crate::support::tell_of(
            crate::support::ORDINARY,
            &[
                "posts.0.advertised=2000-01-03",
                "posts.0.time_to_hire_weeks={ uniform = { min = 1, max = 4 } }",
            ],
            seed,
        );
        times(&told, Activity::PostStarts)[0]
    };
    let starts: std::collections::BTreeSet<u64> = (1..20).map(starts).collect();
    assert!(starts.len() > 10);
    assert!(starts.iter().all(|at| (WEEK..=4 * WEEK).contains(at)));
}

/// A post that ends during the notice, or while it is vacant, has ended: nobody leaves and nobody comes
/// afterwards.
#[test]
fn nothing_happens_to_a_post_that_has_ended() {
    let told_until = |ends: Option<&str>| {
        let keys = [
            &LEAVING[..],
            &["posts.0.leaving_rate_a_year=4", "period.days=700"],
        ];
        let mut keys = keys.concat();
        keys.extend(ends);
        tell(&keys)
    };
    let usual = told_until(None);
    for (before, never) in [(HolderResigns, HolderLeaves), (HolderLeaves, PostFilled)] {
        let day = Day((times(&usual, before)[0] / SECONDS_PER_DAY) as u32 + 7);
        let ends = format!("posts.0.ends={}", usual.model.calendar.date(day));
        let told = told_until(Some(&ends));
        assert_eq!(times(&told, before), times(&usual, before)[..1]);
        assert_eq!(times(&told, PostEnds).len(), 1);
        assert!(times(&told, never).is_empty(), "{never:?}");
        let post = &told.seen.posts[0];
        assert_eq!((post.held.value, post.vacant.value), (0, 0));
    }
}
