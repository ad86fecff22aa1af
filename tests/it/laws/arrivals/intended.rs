//! Arrivals against the intended intensity, which is worked out here a second time: by day, hour,
//! weekday and month, practice by practice, with every kind of factor at once.

use jiff::civil::{Date, date};
use splw_sim::engine::arrivals::Intensity;
use splw_sim::model::{Day, Model, PracticeId, SimTime};

use super::process::{replications, service};
use super::{MONTHS, WEEKDAYS, dates, is_worked};
use crate::goodness::{assert_even, assert_follows, assert_frequencies, assert_uncorrelated};

const START: Date = date(2027, 2, 10);
const WARM_UP: i32 = 45;
const DAYS: i32 = 600;
const CLOSED: Date = date(2027, 3, 17);
const GROWTH: f64 = 1.3;

/// Referrals a year, and opening and closing in seconds of the day, of Elm, Oak and Ash.
const PRACTICES: [(f64, u64, u64); 3] = [
    (2_700.0, 28_800, 66_600),
    (7_500.0, 32_400, 45_000),
    (630.0, 28_800, 57_600),
];

fn everything() -> Model {
    let demand = format!(
        "referrals_per_1000_a_year = 900\nmonth_factors = {MONTHS:?}\nweekday_factors = {WEEKDAYS:?}\n\
         growth_a_year = 0.3\n\
         [[demand.shocks]]\nfactor = 1.7\nstarts = 2027-04-01\nends = 2027-06-30\n\
         [[demand.shocks]]\nfactor = 0.5\nstarts = 2027-06-01\nends = 2027-08-31\npractices = [\"Oak\"]\n\
         [[demand.ramps]]\nfrom_factor = 0.5\nto_factor = 2\nstarts = 2027-09-06\nweeks = 10\npractices = [\"Elm\"]\n"
    );
    let practices = "[[practices]]\nname = \"Elm\"\nlist_size = 3000\n\
        [[practices]]\nname = \"Oak\"\nlist_size = 5000\nreferrals_per_1000_a_year = 1500\nopening_hours = [\"09:00\", \"12:30\"]\n\
        [[practices]]\nname = \"Ash\"\nlist_size = 700\nopening_hours = [\"08:00\", \"16:00\"]\n";
    service(
        "start = 2027-02-10\ndays = 600\nwarm_up_days = 45\nclosed_days = [2027-03-17]",
        &demand,
        practices,
    )
}

fn days_from(from: Date, to: Date) -> f64 {
    f64::from((to - from).get_days())
}

/// Month x weekday factor on a working day, not normalised.
fn shape(day: Date) -> f64 {
    if !is_worked(day) || day == CLOSED {
        return 0.0;
    }
    let weekday = day.weekday().to_monday_zero_offset() as usize;
    MONTHS[day.month() as usize - 1] * WEEKDAYS[weekday]
}

/// Factors that follow `from` on the days from `starts` to `ends`.
fn between(day: Date, starts: Date, ends: Date, factor: f64) -> f64 {
    if (starts..=ends).contains(&day) {
        factor
    } else {
        1.0
    }
}

/// Expected referrals of a day: rate / 365.25 x normalised factors x growth at noon, counted from
/// the start of the period x shocks x the ramp at noon.
fn intended(practice: usize, day: Date) -> f64 {
    let year = dates(
        date(day.year(), 1, 1),
        if day.in_leap_year() { 366 } else { 365 },
    );
    let (count, sum) = year.fold((0.0, 0.0), |(count, sum), it| {
        (count + 1.0, sum + shape(it))
    });
    let growth = GROWTH.powf((days_from(START, day) + 0.5) / 365.25);
    let mut factor = between(day, date(2027, 4, 1), date(2027, 6, 30), 1.7);
    if practice == 1 {
        factor *= between(day, date(2027, 6, 1), date(2027, 8, 31), 0.5);
    }
    if practice == 0 {
        let done = (days_from(date(2027, 9, 6), day) + 0.5) / 70.0;
        factor *= 0.5 + 1.5 * done.clamp(0.0, 1.0);
    }
    PRACTICES[practice].0 / 365.25 * shape(day) * count / sum * growth * factor
}

/// Days of the whole replication, warm-up and all.
fn all_days() -> Vec<Date> {
    let first = START.saturating_sub(jiff::Span::new().days(WARM_UP));
    dates(first, WARM_UP + DAYS).collect()
}

#[test]
fn the_intensity_is_the_intended_one_day_by_day() {
    let model = everything();
    let intensity = Intensity::new(&model);
    assert_eq!(model.days() as usize, all_days().len());
    for practice in 0..3 {
        for (number, day) in (0..).zip(all_days()) {
            let id = PracticeId(practice as u32);
            let found = intensity.expected(&model.demand, id, Day(number));
            let expected = intended(practice, day);
            assert!(
                (found - expected).abs() <= 1e-10 * expected,
                "practice {practice} on {day}: {found} for {expected}"
            );
        }
    }
}

/// Every arrival of a practice in 30 replications.
fn drawn(model: &Model, practice: usize) -> Vec<Vec<SimTime>> {
    replications(model, practice as u32, 0..30).collect()
}

/// Where an instant lies in its practice's opening hours, in the middle of its second.
fn share_of_hours(practice: usize, time: SimTime) -> f64 {
    let (_, opens, closes) = PRACTICES[practice];
    let second = time.seconds() % 86_400;
    assert!((opens..closes).contains(&second), "{second}");
    ((second - opens) as f64 + 0.5) / (closes - opens) as f64
}

/// Counts by hour of opening, weekday and month in one chi-square, and no arrival on a closed day.
#[test]
fn arrivals_by_hour_weekday_and_month_are_the_intended_ones() {
    let model = everything();
    let days = all_days();
    for practice in 0..3 {
        let (_, opens, closes) = PRACTICES[practice];
        // Half hours: every practice's hours are whole numbers of them.
        let hours = ((closes - opens) / 1_800) as usize;
        let mut cells = [
            vec![(0.0, 0.0); hours],
            vec![(0.0, 0.0); 5],
            vec![(0.0, 0.0); 12],
        ];
        let places = |day: Date| {
            (
                day.weekday().to_monday_zero_offset() as usize,
                day.month() as usize - 1,
            )
        };
        let all = drawn(&model, practice);
        for day in days.iter().filter(|day| shape(**day) > 0.0) {
            let expected = intended(practice, *day) * all.len() as f64;
            let (weekday, month) = places(*day);
            for cell in &mut cells[0] {
                cell.1 += expected / hours as f64;
            }
            cells[1][weekday].1 += expected;
            cells[2][month].1 += expected;
        }
        for time in all.iter().flatten() {
            let day = days[time.day().index()];
            assert!(shape(day) > 0.0, "an arrival on {day}");
            let (weekday, month) = places(day);
            cells[0][(share_of_hours(practice, *time) * hours as f64) as usize].0 += 1.0;
            cells[1][weekday].0 += 1.0;
            cells[2][month].0 += 1.0;
        }
        for (name, cells) in ["half hour", "weekday", "month"].iter().zip(&cells) {
            assert_frequencies(cells, &format!("practice {practice} by {name}"));
        }
    }
}

/// Within the opening hours arrivals are uniform.
#[test]
fn arrivals_are_uniform_within_opening_hours() {
    let model = everything();
    for practice in 0..3 {
        let all = drawn(&model, practice);
        let times = all.iter().flatten();
        let mut shares: Vec<f64> = times.map(|time| share_of_hours(practice, *time)).collect();
        shares.sort_unstable_by(f64::total_cmp);
        assert!(shares.len() > 30_000, "{}", shares.len());
        assert_follows(&shares, |share| share, &format!("practice {practice}"));
        let mut minutes = [0; 30];
        for share in &shares {
            // Parts of a minute of which each hour has a whole number.
            minutes[(share * 30.0) as usize] += 1;
        }
        assert_even(&minutes, &format!("practice {practice}, by thirtieth"));
    }
}

/// Time changed by the intended intensity, a practice's referrals are a Poisson process of rate 1:
/// the intensity between one and the next is exponential of mean 1 and tells nothing of the next
/// (Daley and Vere-Jones, *An Introduction to the Theory of Point Processes*, 2nd ed. 2003, theorem
/// 7.4.I). The gap that the end cuts short is left out, one in a thousand at least.
#[test]
fn in_intended_time_the_gaps_are_exponential_and_independent() {
    let model = everything();
    for practice in 0..3 {
        let mut passed = vec![0.0];
        for day in all_days() {
            passed.push(passed[passed.len() - 1] + intended(practice, day));
        }
        let at = |time: SimTime| {
            let (day, share) = (time.day().index(), share_of_hours(practice, time));
            passed[day] + share * (passed[day + 1] - passed[day])
        };
        let (mut gaps, mut pairs) = (Vec::new(), Vec::new());
        for times in drawn(&model, practice) {
            let mut last = 0.0;
            let of: Vec<f64> = times
                .iter()
                .map(|time| {
                    let gap = at(*time) - last;
                    last += gap;
                    gap
                })
                .collect();
            pairs.extend(of.iter().copied().zip(of[1..].iter().copied()));
            gaps.extend(of);
        }
        gaps.sort_unstable_by(f64::total_cmp);
        let what = format!("practice {practice}, {} gaps", gaps.len());
        assert_follows(&gaps, |gap| 1.0 - (-gap).exp(), &what);
        assert_uncorrelated(pairs.into_iter(), &what);
    }
}
