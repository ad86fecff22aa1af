//! Strain, week by week, worked out by hand, and what it does where it has effects.
//!
//! One case of 8 contacts, 50 days apart, is one full-case equivalent; with a reference of half a case
//! per WTE it is a load of 2 in every week that ends with it open. With a memory of 8 weeks strain is
//! then 2 (1 - (7/8)^n) after n weeks: above 1 from the end of week 6 on, and at risk from week 9.

use splw_sim::engine::Activity::{
    ContactHeld, HolderLeaves, HolderResigns, PostFilled, WindowOpens,
};
use splw_sim::measure::Scope;
use splw_sim::model::time::{SECONDS_PER_DAY, SECONDS_PER_WEEK};

use crate::support::{IN_ENGLAND, ORDINARY, Told, tell, tell_of};

const LOADED: [&str; 4] = [
    "case_types.0.contacts=8",
    "case_types.0.days_between_contacts=50",
    "strain.reference_caseload_per_wte=0.5",
    "period.days=147",
];

fn loaded(more: &[&str]) -> Told {
    tell(&[&LOADED[..], more].concat())
}

fn strain_after(weeks: i32) -> f64 {
    2.0 * (1.0 - 0.875_f64.powi(weeks))
}

#[test]
fn strain_follows_the_load_week_by_week() {
    let told = loaded(&[]);
    // Scopes of a week: the PCN, one practice, one post.
    for (week, rows) in told.seen.weeks.chunks(3).enumerate() {
        for row in [&rows[0], &rows[2]] {
            let strain = row.strain.expect("somebody holds the post");
            assert!((strain - strain_after(week as i32 + 1)).abs() < 1e-12);
            assert!((row.load.expect("as above") - 2.0).abs() < 1e-12);
        }
        assert_eq!(rows[1].strain, None, "a practice has no strain");
    }
    let mean = (1..=21).map(strain_after).sum::<f64>() / 21.0;
    for scope in [Scope::Pcn, Scope::Post] {
        let told = told.value(scope, 0, "strain_mean");
        assert!((told.expect("there were weeks") - mean).abs() < 1e-12);
    }
}

/// 21 weeks: at risk from the end of week 9 to the end of week 21, 13 in all; one week fewer is not
/// more than twelve.
#[test]
fn a_post_is_at_risk_after_four_weeks_above_one() {
    let told = loaded(&[]);
    assert!((told.of_pcn("weeks_at_risk") - 13.0).abs() < 1e-12);
    assert!((told.of_pcn("longest_spell_at_risk_weeks") - 13.0).abs() < 1e-12);
    assert!((told.of_pcn("any_post_at_risk_over_12_weeks") - 1.0).abs() < 1e-12);
    // One post for 147 days: 13 weeks at risk in 147 / 365.25 of a year.
    let a_year = 13.0 / (147.0 / 365.25);
    assert!((told.of_pcn("weeks_at_risk_a_post_year") - a_year).abs() < 1e-12);
    let shorter = loaded(&["period.days=140"]);
    assert!((shorter.of_pcn("weeks_at_risk") - 12.0).abs() < 1e-12);
    assert!(shorter.of_pcn("any_post_at_risk_over_12_weeks").abs() < 1e-12);
}

/// Weeks of the warm-up build up strain and are not counted: after 10 of them the first week of the
/// period is at risk. The case is open from the start of the warm-up, by a shock of one day.
#[test]
fn the_warm_up_builds_up_strain_and_is_not_counted() {
    let told = loaded(&["period.days=35"]);
    let later = loaded(&["period.days=70"]);
    let counted = |told: &Told| told.seen.posts[0].strain.weeks;
    assert_eq!((counted(&told), counted(&later)), (5, 10));
}

/// Hours: a week of 7 x 24 h with one call of 10 minutes; nothing else is due. The load is the larger
/// of 10 / 10,080 and 0.
#[test]
fn hours_booked_are_those_worked() {
    let told = tell(&[
        "case_types.0.contacts=0",
        "strain.reference_caseload_per_wte=100000",
        "period.days=7",
    ]);
    let load = told.seen.weeks[2].load.expect("hours were available");
    assert!((load - 10.0 / 10_080.0).abs() < 1e-12);
}

/// Fourteen calls of 1,000 minutes, one after the other: a week of 10,080 ends within the eleventh, of
/// which the second week has the 920 minutes that are left.
#[test]
fn work_across_the_end_of_a_week_is_booked_in_both() {
    let told = tell(&[
        "case_types.0.contacts=0",
        "first_contact.attempt_minutes=1000",
        "first_contact.answered_share=0",
        "first_contact.attempts=14",
        "first_contact.days_between_attempts=0",
        "waiting_list.patience_days=none",
        "strain.reference_caseload_per_wte=100000",
        "period.days=14",
    ]);
    let load = |week: usize| told.seen.weeks[3 * week + 2].load.expect("hours");
    assert!((load(0) - 1.0).abs() < 1e-12, "{}", load(0));
    assert!((load(1) - 3_920.0 / 10_080.0).abs() < 1e-12, "{}", load(1));
}

/// Call after call, each of a week less 80 minutes, also as one holder follows another within a week: of
/// the week what was worked since then is booked, and as much time was available.
#[test]
fn what_a_holder_worked_is_not_booked_for_the_next() {
    let told = tell(&[
        "case_types.0.contacts=0",
        "first_contact.attempt_minutes=10000",
        "first_contact.answered_share=0",
        "first_contact.attempts=100",
        "first_contact.days_between_attempts=0",
        "waiting_list.patience_days=none",
        "strain.reference_caseload_per_wte=100000",
        "posts.0.leaving_rate_a_year=3",
        "posts.0.notice_weeks=0",
        "posts.0.time_to_hire_weeks=0",
        "posts.0.lost_at_handover_share=0",
        "period.days=700",
    ]);
    let filled = told.log.iter().find(|row| row.activity == PostFilled);
    let filled = filled.expect("somebody follows").time.seconds();
    let (week, into) = (filled / SECONDS_PER_WEEK, filled % SECONDS_PER_WEEK);
    assert!(into > SECONDS_PER_WEEK / 100, "{into} seconds into a week");
    let load = told.seen.weeks[3 * week as usize + 2].load.expect("hours");
    assert!((load - 1.0).abs() < 1e-12, "{load}");
}

/// The first appointment falls due on Saturday, five days after the call, and is still undone when the
/// week ends: its mean length of 45 minutes is booked beside the call of 10.
#[test]
fn what_is_due_and_undone_is_booked() {
    let keys = [
        "first_contact.days_to_first_appointment=5",
        "strain.reference_caseload_per_wte=100000",
        "period.days=7",
    ];
    let told = tell(&[IN_ENGLAND, &keys].concat());
    let load = told.seen.weeks[2].load.expect("hours were available");
    assert!((load - 55.0 / (5.0 * 270.0)).abs() < 1e-12, "{load}");
}

/// A load of 1 and a memory of one week: strain is 1, which is not above 1, in every week.
#[test]
fn strain_of_exactly_one_is_no_risk() {
    let told = loaded(&[
        "strain.reference_caseload_per_wte=1",
        "strain.memory_weeks=1",
    ]);
    assert!((told.of_pcn("strain_mean") - 1.0).abs() < 1e-12);
    assert!(told.of_pcn("weeks_at_risk").abs() < 1e-12);
}

/// After a warm-up of 10 days weeks end on day 3, which is a part of one and is not weighed, on day 10,
/// when the period opens, and every 7 days from then on: the first row is of the second whole week. The
/// case is referred as the warm-up begins.
#[test]
fn weeks_are_counted_backwards_through_the_warm_up() {
    let nobody = ORDINARY.replace(
        "[[start.waiting]]\npractice = \"Elm\"\nwaited_days = [0]\n",
        "",
    );
    let more = [
        "demand.batches=[{ date = 1999-12-24, referrals = 1 }]",
        "period.warm_up_days=10",
        "period.days=35",
    ];
    let told = tell_of(&nobody, &[&LOADED[..], &more].concat(), 1);
    let rows: Vec<_> = told.seen.weeks.chunks(3).map(|rows| rows[2]).collect();
    assert_eq!(rows.len(), 5);
    for (week, row) in rows.iter().enumerate() {
        let strain = row.strain.expect("somebody holds the post");
        assert!((strain - strain_after(week as i32 + 2)).abs() < 1e-12);
    }
}

/// Of the PCN, load and strain are means over the posts that are held: one with a load of 2, one
/// with nothing to do. Where nobody holds a post there is no mean.
#[test]
fn the_strain_of_the_pcn_is_a_mean_over_posts() {
    let more = "[[posts]]\nname = \"Link worker 2\"\nwte = 1\ncaseload_cap = 1\n";
    let two = tell_of(&format!("{ORDINARY}{more}"), &LOADED, 1);
    let first = two.seen.weeks[0];
    assert!((first.load.expect("two are held") - 1.0).abs() < 1e-12);
    assert!((first.strain.expect("two are held") - strain_after(1) / 2.0).abs() < 1e-12);
    let later = loaded(&["posts.0.starts=2000-02-01"]);
    assert_eq!(later.seen.weeks[0].strain, None);
    assert_eq!(later.seen.weeks[0].load, None);
}

/// England, 4.5 h a day: work of 8 h due on the first morning, of which the first week does all: it
/// runs from Monday 09:00 to 17:00, in the window and beyond it. Booked 8 h + the call of 10 minutes.
#[test]
fn overrun_is_booked_too() {
    let keys = [
        "first_contact.days_to_first_appointment=0",
        "case_types.0.first_appointment_minutes=480",
        "case_types.0.contacts=1",
        "strain.reference_caseload_per_wte=100000",
        "period.days=7",
    ];
    let told = tell(&[IN_ENGLAND, &keys].concat());
    let load = told.seen.weeks[2].load.expect("hours were available");
    assert!(
        (load - (480.0 + 10.0) / (5.0 * 270.0)).abs() < 1e-12,
        "{load}"
    );
}

/// Work that is due and undone is booked at its mean length: in England a call on Saturday's
/// midnight waits for Monday... here a post without hours in the first week but one.
#[test]
fn a_week_without_hours_leaves_strain_as_it_is() {
    let keys = [
        "posts.0.hours={ monday = 7.5 }",
        "posts.0.wte=0.2",
        "period.closed_days=[2026-10-12]",
        "case_types.0.contacts=8",
        "case_types.0.days_between_contacts=50",
        "strain.reference_caseload_per_wte=2.5",
        "period.days=21",
    ];
    let told = tell(&[IN_ENGLAND, &keys].concat());
    let weeks: Vec<_> = told.seen.weeks.chunks(3).map(|rows| rows[2]).collect();
    assert!((weeks[0].load.expect("Monday is worked") - 2.0).abs() < 1e-12);
    assert_eq!(weeks[1].load, None);
    assert_eq!(weeks[1].strain, weeks[0].strain);
    assert_eq!(told.seen.posts[0].strain.weeks, 2);
}

/// Half a week of warm-up changes no strain, and half a week at the end tells of none. So many are
/// referred that the one place is taken within minutes.
#[test]
fn a_part_of_a_week_is_not_weighed() {
    let text = ORDINARY.split("[[start").next().unwrap_or(ORDINARY);
    let crowd = [
        "period.warm_up_days=3",
        "period.days=24",
        "practices.0.list_size=100000",
        "demand.referrals_per_1000_a_year=1000",
    ];
    let told = tell_of(text, &[&LOADED[..3], &crowd].concat(), 1);
    let weeks: Vec<_> = told.seen.weeks.chunks(3).map(|rows| rows[2]).collect();
    assert_eq!(weeks.len(), 4);
    for (number, week) in weeks.iter().take(3).enumerate() {
        let strain = week.strain.expect("a whole week");
        assert!((strain - strain_after(number as i32 + 1)).abs() < 1e-12);
    }
    assert_eq!((weeks[3].load, weeks[3].strain), (None, None));
    assert_eq!(told.seen.posts[0].strain.weeks, 3);
}

/// Whoever is new begins without strain: with the one place taken at once the load is 2, and strain is
/// 2/8 at the end of the week in which a holder starts.
#[test]
fn a_new_holder_begins_without_strain() {
    let text = ORDINARY.split("[[start").next().unwrap_or(ORDINARY);
    let crowd = [
        "period.days=1400",
        "practices.0.list_size=10000",
        "demand.referrals_per_1000_a_year=1000",
        "posts.0.leaving_rate_a_year=3",
        "posts.0.notice_weeks=0",
        "posts.0.time_to_hire_weeks=0",
    ];
    let told = tell_of(text, &[&LOADED[..3], &crowd].concat(), 1);
    let filled = told.log.iter().filter(|row| row.activity == PostFilled);
    let weeks: Vec<usize> = filled
        .map(|row| (row.time.seconds() / SECONDS_PER_WEEK) as usize)
        .collect();
    assert!(weeks.len() > 5, "{} holders", weeks.len());
    for week in weeks {
        let strain = told.seen.weeks[3 * week + 2].strain;
        assert!((strain.expect("the post is held") - 0.25).abs() < 1e-12);
    }
}

/// The first holder's exponential draw is read from a run without effects. With them the rate is
/// multiplied by 2.5^overload from week to week, and by 1.3 without supervision.
#[test]
fn strain_makes_people_leave_as_the_formula_says() {
    let rate = "posts.0.leaving_rate_a_year=1.2";
    let resigned = |more: &[&str]| {
        let keys = [
            &[
                "period.days=2000",
                "case_types.0.days_between_contacts=280",
                rate,
            ],
            more,
        ]
        .concat();
        let told = loaded(&keys);
        let row = told.log.iter().find(|row| row.activity == HolderResigns);
        row.expect("somebody resigns").time.seconds() as f64 / SECONDS_PER_DAY as f64
    };
    let usual = resigned(&[]);
    for (supervision, factor) in [("yes", 1.0), ("no", 1.3)] {
        let supervision = format!("posts.0.supervision={supervision}");
        let strained = resigned(&["strain.feedback=on", &supervision]);
        // Days at the usual rate that come to the same.
        let (mut sum, mut week) = (0.0, 0);
        let expected = loop {
            let overload = (strain_after(week) - 1.0).clamp(0.0, 1.0);
            let a_day = factor * 2.5_f64.powf(overload);
            if sum + 7.0 * a_day >= usual {
                break f64::from(week) * 7.0 + (usual - sum) / a_day;
            }
            sum += 7.0 * a_day;
            week += 1;
        };
        assert!((strained - expected).abs() < 1e-4, "{strained}, {expected}");
        assert!(strained < usual, "it matters");
    }
}

/// Whoever has resigned leaves when the notice of 20 weeks is over, however strain changes meanwhile.
#[test]
fn strain_does_not_prolong_the_notice() {
    let told = loaded(&[
        "period.days=2000",
        "case_types.0.days_between_contacts=280",
        "posts.0.leaving_rate_a_year=1.2",
        "posts.0.notice_weeks=20",
        "strain.feedback=on",
    ]);
    let days = |activity| {
        let row = told.log.iter().find(|row| row.activity == activity);
        row.expect("it happens").time.seconds() / SECONDS_PER_DAY
    };
    assert_eq!(days(HolderLeaves), days(HolderResigns) + 140);
}

/// Without supervision and for three practices people resign 1.3 x 1.2 times as often, strain or none.
#[test]
fn supervision_and_practices_multiply() {
    let practice = |name| format!("[[practices]]\nname = \"{name}\"\nlist_size = 10\n");
    let text = [ORDINARY.to_owned(), practice("Oak"), practice("Ash")].concat();
    let resigned = |more: &[&str]| {
        let keys = [
            "period.days=4000",
            "case_types.0.contacts=0",
            "posts.0.leaving_rate_a_year=1.2",
            "posts.0.supervision=no",
        ];
        let told = tell_of(&text, &[&keys[..], more].concat(), 1);
        let row = told.log.iter().find(|row| row.activity == HolderResigns);
        row.expect("somebody resigns").time.seconds() as f64
    };
    let times = resigned(&[]) / resigned(&["strain.feedback=on"]);
    assert!((times - 1.3 * 1.2).abs() < 1e-6, "{times}");
}

/// Under full overload half the contacts: strain after 40 weeks is 1.99. 8 x (1 - 0.5 x 0.99) = 4.04,
/// so the case ends with the fourth contact if by then strain is so high, and with more if not.
#[test]
fn strain_makes_for_a_lighter_touch() {
    let keys = ["period.days=700", "case_types.0.days_between_contacts=70"];
    let touch = ["strain.feedback=on", "strain.light_touch_share=0.5"];
    let told = loaded(&[&keys[..], &touch].concat());
    // The k-th contact ends on day 2 + 70 (k - 1), in week 10 (k - 1) + 1: the weeks before it have
    // strain 2 (1 - (7/8)^(10 (k - 1))): 0, 1.47, 1.86, 1.96 -> contacts 8, 6, 5, 4.
    assert_eq!(told.only(&[ContactHeld]).len(), 4);
    let usual = loaded(&keys);
    assert_eq!(usual.only(&[ContactHeld]).len(), 8);
}

/// Sickness under strain: every day that is lost without effects is lost with them, and more are.
#[test]
fn strain_makes_people_ill_more_often() {
    let keys = [
        "posts.0.sickness_share=0.05",
        "period.days=3000",
        "case_types.0.days_between_contacts=400",
    ];
    let usual = loaded(&keys).value(Scope::Post, 0, "sickness_days");
    let strained = loaded(
        &[
            &keys[..],
            &["strain.feedback=on", "strain.sickness_increase=1"],
        ]
        .concat(),
    );
    let strained = strained.value(Scope::Post, 0, "sickness_days");
    let ratio = strained.expect("counted") / usual.expect("counted");
    // Twice the spells in nearly all weeks; spells overlap, and 3,000 days hold some 20 of them.
    assert!((1.2..2.6).contains(&ratio), "{ratio}");
    let same = loaded(
        &[
            &keys[..],
            &["strain.feedback=on", "strain.sickness_increase=0"],
        ]
        .concat(),
    );
    assert_eq!(same.value(Scope::Post, 0, "sickness_days"), usual);
}

/// Strain makes ill in the week that follows and in no other. Every ten weeks somebody comes whose case, a
/// quarter of a full one, is open for nine days or so: with a memory of one week strain is 2 at the end of
/// a week with it and 0 at that of one without. A day lost with effects and not without them belongs to a spell, that is days
/// lost one after the other, that reaches back into a week after one with strain.
#[test]
fn strain_makes_people_ill_in_the_week_that_follows() {
    let text = ORDINARY.split("[[start").next().unwrap_or(ORDINARY);
    let first = jiff::civil::date(2000, 1, 3);
    let batches: Vec<String> = (0..40)
        .map(|number| first.saturating_add(jiff::Span::new().days(number * 70)))
        .map(|date| format!("{{ date = {date}, referrals = 1 }}"))
        .collect();
    let batches = format!("demand.batches=[{}]", batches.join(", "));
    let told = |more: &[&str]| {
        let keys = [
            &batches,
            "period.days=2800",
            "case_types.0.contacts=2",
            "strain.reference_caseload_per_wte=0.125",
            "strain.memory_weeks=1",
            "posts.0.sickness_share=0.05",
        ];
        tell_of(text, &[&keys, more].concat(), 1)
    };
    let lost = |told: &Told| -> Vec<bool> {
        let mut lost = vec![true; 2_800];
        for row in told.log.iter().filter(|row| row.activity == WindowOpens) {
            lost[row.time.day().index()] = false;
        }
        lost
    };
    let strained = told(&["strain.feedback=on", "strain.sickness_increase=8"]);
    let (usual, more) = (lost(&told(&[])), lost(&strained));
    let rows = strained.seen.weeks.chunks(3).map(|rows| rows[2].strain);
    let is_strained: Vec<bool> = rows
        .map(|it| it.is_some_and(|strain| strain > 1.0))
        .collect();
    let mut days = 0;
    for day in (0..2_800).filter(|day| more[*day] && !usual[*day]) {
        let spell = (0..=day).rev().take_while(|day| more[*day]);
        let mut weeks = spell.map(|day| day / 7);
        assert!(weeks.any(|week| week > 0 && is_strained[week - 1]), "{day}");
        days += 1;
    }
    assert!(days > 30, "{days} days");
}
