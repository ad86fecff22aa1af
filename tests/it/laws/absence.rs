//! Rules of absence that posts share: who is on leave in the same week, and sickness in winter.

use splw_sim::engine::workforce::{Absence, Spells, plan_absences};
use splw_sim::engine::{Plan, ReplicationKey};
use splw_sim::model::{Day, Distribution, Model};

use crate::support::read;

const SEED: u64 = 20_261_005;

/// Practices A and B, and posts, for days from 1 April 2027, a Thursday.
fn service(days: u32, absence: &str, posts: &[&str]) -> Model {
    service_from("2027-04-01", days, absence, posts)
}

/// The same from another day on.
fn service_from(start: &str, days: u32, absence: &str, posts: &[&str]) -> Model {
    let posts: String = posts
        .iter()
        .enumerate()
        .map(|(index, keys)| {
            let well = match keys.contains("sickness_share") {
                true => "",
                false => "sickness_share = 0\n",
            };
            format!("[[posts]]\nname = \"W{index}\"\nwte = 1\ntraining_days = 0\n{well}{keys}\n")
        })
        .collect();
    let text = format!(
        "schema = 1\ntitle = \"Leave\"\npathway = \"observed-mix\"\n[period]\nstart = {start}\n\
         days = {days}\n[absence]\n{absence}\n\
         [[practices]]\nname = \"A\"\nlist_size = 1000\n[[practices]]\nname = \"B\"\nlist_size = 1000\n{posts}"
    );
    read(&text, &[]).model
}

/// Each post's absences in a replication.
fn absences(model: &Model, replication: u64) -> Vec<Vec<Absence>> {
    let plan = Plan::new(model);
    let mut plans = vec![Vec::new(); model.posts.len()];
    let key = ReplicationKey {
        seed: SEED,
        replication,
    };
    plan_absences(&plan, key, &mut plans);
    plans
}

/// Whether each post is on leave all of each week of five working days (that single days fill one
/// is too rare to be seen here).
fn whole_weeks(model: &Model, replication: u64) -> Vec<Vec<bool>> {
    let plans = absences(model, replication);
    let mondays = (0..model.days() - 4).filter(|day| model.calendar.weekday(Day(*day)) == 0);
    let full = mondays.filter(|day| (0..5).all(|it| model.calendar.is_working_day(Day(day + it))));
    let full: Vec<u32> = full.collect();
    let is_off = |plan: &[Absence], day: u32| plan[day as usize] == Absence::Leave;
    plans
        .iter()
        .map(|plan| {
            let week = |day: &u32| (0..5).all(|it| is_off(plan, day + it));
            full.iter().map(week).collect()
        })
        .collect()
}

/// The most posts that are away in one week, over replications.
fn most_away(model: &Model, posts: &[usize]) -> usize {
    (0..100)
        .flat_map(|replication| {
            let weeks = whole_weeks(model, replication);
            let away = |week: usize| posts.iter().filter(|post| weeks[**post][week]).count();
            (0..weeks[0].len()).map(away).collect::<Vec<_>>()
        })
        .max()
        .expect("there are weeks")
}

/// Of five, 2 at most by default (0.5 x 5, rounded down), 1 for a share of 0.2 and of 0, and without
/// a rule more than 2 now and then. A leave year has 8 bank holidays and 27 days: 75% of 27 days
/// are 4 whole weeks a head, 20 for the team.
#[test]
fn a_team_is_not_on_leave_all_at_once() {
    let team = |absence: &str| most_away(&service(366, absence, &[""; 5]), &[0, 1, 2, 3, 4]);
    assert_eq!(team(""), 2);
    assert_eq!(team("on_leave_together_share = 0.2"), 1);
    assert_eq!(team("on_leave_together_share = 0"), 1);
    assert_eq!(team("on_leave_together_share = 0.6"), 3);
    assert!(team("on_leave_together_share = 1") >= 3);
    // A third of three is one, whatever the rounding of 1/3.
    let third = "on_leave_together_share = 0.333333333333";
    assert_eq!(most_away(&service(366, third, &[""; 3]), &[0, 1, 2]), 1);
}

/// W0 serves A, W1 both, W2 B: of each practice's two only one is away, and W0 and W2 may go
/// together.
#[test]
fn the_rule_holds_for_each_practice() {
    let serves = ["serves = [\"A\"]", "serves = \"all\"", "serves = [\"B\"]"];
    let model = service(366, "", &serves);
    assert_eq!(most_away(&model, &[0, 1]), 1);
    assert_eq!(most_away(&model, &[1, 2]), 1);
    assert_eq!(most_away(&model, &[0, 2]), 2);
    // Of the second practice's four, two; of the first practice's one, that one.
    let serves = ["A", "B", "B", "B", "B"].map(|practice| format!("serves = [\"{practice}\"]"));
    let model = service(366, "", &serves.each_ref().map(String::as_str));
    assert_eq!(most_away(&model, &[0]), 1);
    assert_eq!(most_away(&model, &[1, 2, 3, 4]), 2);
}

/// Of three workers two may be away (0.67 x 3 is 2.01), of two only one (1.34). W1 and W2 are away
/// together in the weeks in some part of which W0 is held, and in no other: from the week of its
/// first day to that of its last one, which is the day before it `ends`. Two want 7 of 52 weeks each
/// (75% of 48 days): they meet in a given week of 1,000 replications 18 times on average.
#[test]
fn whoever_is_held_in_some_part_of_a_week_is_counted_in_it() {
    let others = "annual_leave_days = 48";
    for (starts, ends, first, after) in [
        // Mondays 14 June and 4 October.
        ("2027-06-14", "2027-10-04", (2027, 6, 14), (2027, 10, 4)),
        // A Wednesday and a Tuesday.
        ("2027-06-16", "2027-10-05", (2027, 6, 14), (2027, 10, 11)),
    ] {
        let held = format!("annual_leave_days = 0\nstarts = {starts}\nends = {ends}");
        let share = "on_leave_together_share = 0.67";
        let model = service(366, share, &[&held, others, others]);
        let monday = |(year, month, day): (i16, i8, i8)| jiff::civil::date(year, month, day);
        let mut together = std::collections::BTreeSet::new();
        let mut expected = std::collections::BTreeSet::new();
        let mondays: Vec<_> = (0..model.days() - 4)
            .filter(|day| model.calendar.weekday(Day(*day)) == 0)
            .filter(|day| (0..5).all(|it| model.calendar.is_working_day(Day(day + it))))
            .map(|day| model.calendar.date(Day(day)))
            .collect();
        expected.extend(
            mondays
                .iter()
                .filter(|date| (monday(first)..monday(after)).contains(*date)),
        );
        for replication in 0..1_000 {
            let weeks = whole_weeks(&model, replication);
            let both = weeks[1].iter().zip(&weeks[2]).map(|(a, b)| *a && *b);
            together.extend(
                mondays
                    .iter()
                    .zip(both)
                    .filter(|(_, it)| *it)
                    .map(|it| it.0),
            );
        }
        assert_eq!(together, expected.iter().collect());
    }
}

/// Who is sick or does not turn up on a date is drawn for the date, whenever the period begins.
#[test]
fn absences_are_of_dates_whenever_the_period_begins() {
    for keys in ["sickness_share = 0.3", "turn_up_share = 0.5"] {
        let keys = format!("annual_leave_days = 0\n{keys}");
        let (early, late) = (
            service_from("2027-04-01", 366, "", &[&keys]),
            service_from("2027-04-11", 356, "", &[&keys]),
        );
        for replication in 0..20 {
            let (early, late) = (absences(&early, replication), absences(&late, replication));
            assert_eq!(early[0][10..], late[0]);
            assert!(late[0].iter().any(|it| *it != Absence::None));
        }
    }
}

/// The last of four workers may go with one other, whatever case types they take: the rule is of
/// practices.
#[test]
fn the_rule_knows_no_case_types() {
    let takes = |case_type: &str| format!("case_types = [\"{case_type}\"]");
    let posts = ["light", "light", "full", "full"].map(takes);
    let model = service(366, "", &posts.each_ref().map(String::as_str));
    assert_eq!(most_away(&model, &[0, 1, 2, 3]), 2);
    assert_eq!(most_away(&model, &[2, 3]), 2);
}

/// Whoever stands later in the file yields: a further worker changes nobody's leave, and the first
/// has the leave that it would have alone. The third of them yields: of three, one is away, and the
/// others have taken 8 of 52 weeks. One who is not in post is not counted.
#[test]
fn a_further_worker_changes_nobodys_leave() {
    let (three, four) = (service(731, "", &[""; 3]), service(731, "", &[""; 4]));
    let free = service(731, "on_leave_together_share = 1", &[""; 4]);
    let mut yields = 0;
    for replication in 0..100 {
        let (of_three, of_four) = (absences(&three, replication), absences(&four, replication));
        let of_free = absences(&free, replication);
        assert_eq!(of_three[..], of_four[..3]);
        assert_eq!(of_four[0], of_free[0]);
        yields += u32::from(of_four[2] != of_free[2]);
    }
    assert!((20..100).contains(&yields), "{yields}");
    let later = service(365, "", &["starts = 2029-04-02", ""]);
    let alone = service(365, "on_leave_together_share = 1", &["", ""]);
    for replication in 0..100 {
        assert_eq!(
            absences(&later, replication)[1],
            absences(&alone, replication)[1]
        );
    }
}

/// Two workers of one practice with 200 days of leave each want 30 of the year's 53 weeks each (75%
/// of 200 days): the second has 7 of the first's, of which about 44 in 53 have five working days, so
/// 5.8, and now and then single days fill a week. If the rule did not give way, only those would.
#[test]
fn the_weeks_that_are_drawn_first_are_taken_where_none_is_left() {
    let model = service(
        366,
        "on_leave_together_share = 0",
        &["annual_leave_days = 200"; 2],
    );
    let both = |replication| {
        let weeks = whole_weeks(&model, replication);
        let together = weeks[0].iter().zip(&weeks[1]).filter(|(a, b)| **a && **b);
        together.count() as f64
    };
    let mean = (0..100).map(both).sum::<f64>() / 100.0;
    assert!((5.5..9.0).contains(&mean), "{mean}");
}

/// Three workers of one practice with 200 days of leave each (and one week has one of them): the
/// rule gives way, nobody loses a day. From 1 April 2027 to 31 March 2028.
#[test]
fn where_no_week_is_left_the_rule_gives_way() {
    let keys = "annual_leave_days = 200";
    let model = service(366, "on_leave_together_share = 0", &[keys; 3]);
    assert_eq!(most_away(&model, &[0, 1, 2]), 3);
    for replication in 0..20 {
        for plan in absences(&model, replication) {
            let days = plan.iter().filter(|it| **it == Absence::Leave).count();
            assert_eq!(days, 200);
        }
    }
}

/// The single days of a leave year, as positions among the working days that whole weeks leave, and how
/// many those are.
fn single_days(model: &Model, plan: &[Absence]) -> (Vec<usize>, usize) {
    let is_working = |day: &u32| model.calendar.is_working_day(Day(*day));
    let monday = |day: &u32| *day as i64 - model.calendar.weekday(Day(*day)) as i64;
    let is_leave = |day: &u32| plan[*day as usize] == Absence::Leave;
    let working: Vec<u32> = (0..model.days()).filter(is_working).collect();
    let left: Vec<&u32> = working
        .chunk_by(|a, b| monday(a) == monday(b))
        .filter(|week| !week.iter().all(is_leave))
        .flatten()
        .collect();
    let single = (0..left.len()).filter(|position| is_leave(left[*position]));
    (single.collect(), left.len())
}

/// Weeks in place of those that the rule refuses are drawn apart, so that a refused week changes no other
/// draw: where the new week has as many working days, single days fall on the same positions among the
/// days that are left. Of 300 replications the second of two is refused a week in a quarter.
#[test]
fn a_refused_week_changes_no_other_draw() {
    let team = |share: &str| {
        let share = format!("on_leave_together_share = {share}");
        service(366, &share, &[""; 2])
    };
    let (free, ruled) = (team("1"), team("0"));
    let mut refused = 0;
    for replication in 0..300 {
        let (free_plan, ruled_plan) = (absences(&free, replication), absences(&ruled, replication));
        let (before, after) = (
            single_days(&free, &free_plan[1]),
            single_days(&ruled, &ruled_plan[1]),
        );
        if free_plan[1] != ruled_plan[1] && before.1 == after.1 {
            assert_eq!(before.0, after.0, "replication {replication}");
            refused += 1;
        }
    }
    assert!(refused > 30, "{refused} refused");
}

/// Whoever has more leave and training than the year has working days is away on all of them.
#[test]
fn nobody_is_away_on_more_days_than_there_are() {
    let mut model = service(366, "", &["annual_leave_days = 200"]);
    model.posts[0].training_days = 100.0;
    let working = (0..model.days()).filter(|day| model.calendar.is_working_day(Day(*day)));
    let working = working.count();
    for replication in 0..20 {
        let plan = &absences(&model, replication)[0];
        let days = |what| plan.iter().filter(|it| **it == what).count();
        assert_eq!(days(Absence::Leave), 200);
        assert_eq!(days(Absence::Training), working - 200);
    }
}

/// Share of each day of a common year that spells cover: product over days before of (1 - p S),
/// added up day by day.
fn covered(share: f64, factor: f64) -> Vec<f64> {
    let length = |mean| Distribution::Lognormal { mean, cv: 1.0 };
    let outlasts = |days: usize| {
        let of = |mean| 1.0 - length(mean).cdf(days as f64);
        0.9 * of(4.0) + 0.1 * of(40.0)
    };
    let outlasts: Vec<f64> = (0..366).map(outlasts).collect();
    let starts = Spells::start_probabilities(share, factor);
    let day_of_year = |day: usize, before: usize| (day + 2 * 365 - before) % 365;
    (0..365)
        .map(|day| {
            let free = outlasts.iter().enumerate().map(|(before, lasts)| {
                let begins = day_of_year(day, before);
                let is_winter = !(59..334).contains(&begins);
                let p = if is_winter {
                    starts.winter
                } else {
                    starts.other
                };
                1.0 - p * lasts
            });
            1.0 - free.product::<f64>()
        })
        .collect()
}

/// The year keeps its share, whatever the season, and winter begins its spells the more often.
#[test]
fn a_season_of_sickness_keeps_the_share_of_the_year() {
    for (share, factor) in [
        (0.05, 1.15),
        (0.05, 1.0),
        (0.2, 3.0),
        (0.01, 0.0),
        (0.9, 10.0),
    ] {
        let covered = covered(share, factor);
        let mean = covered.iter().sum::<f64>() / 365.0;
        assert!((mean - share).abs() < 1e-9, "{mean} for {share}");
        let starts = Spells::start_probabilities(share, factor);
        let expected = (starts.other * factor).min(1.0);
        assert!((starts.winter - expected).abs() < 1e-8);
    }
    // In first order p1 / (1 + 0.15 x 90 / 365), 0.9643 of what it would be without a season.
    let (with, without) = (
        Spells::start_probabilities(0.05, 1.15).other,
        Spells::start_probability(0.05),
    );
    assert!((with / without - 1.0 / (1.0 + 0.15 * 90.0 / 365.0)).abs() < 1e-3);
}

/// Sick days by season of one post over four years of 1,000 replications: 29 February apart, each
/// season's share is that of the formula, within 4.5 standard errors, which are below 5% of it.
#[test]
fn winter_has_more_sickness() {
    let keys = "sickness_share = 0.1\nannual_leave_days = 0";
    let post = service(1_461, "winter_sickness_factor = 3", &[keys]);
    let covered = covered(0.1, 3.0);
    // Quarters from December on: by day of the year, 1 January being day 0.
    let quarter = |day: usize| match day {
        59..=150 => 1,
        151..=242 => 2,
        243..=333 => 3,
        _ => 0,
    };
    let plan = Plan::new(&post);
    let mut plans = vec![Vec::new()];
    let mut shares: [Vec<f64>; 4] = Default::default();
    for replication in 0..1_000 {
        let key = ReplicationKey {
            seed: SEED,
            replication,
        };
        plan_absences(&plan, key, &mut plans);
        let mut days = [(0.0, 0.0); 4];
        for day in 0..post.days() {
            let date = post.calendar.date(Day(day));
            let leap = u32::from(date.in_leap_year() && date.month() > 2);
            let of_year = usize::try_from(date.day_of_year()).expect("from 1") - 1 - leap as usize;
            let (sick, all) = &mut days[quarter(of_year)];
            *all += 1.0;
            *sick += f64::from(u8::from(plans[0][day as usize] == Absence::Sickness));
        }
        for (shares, (sick, all)) in shares.iter_mut().zip(days) {
            shares.push(sick / all);
        }
    }
    for (index, shares) in shares.iter().enumerate() {
        let of_quarter: Vec<f64> = (0..365)
            .filter(|day| quarter(*day) == index)
            .map(|day| covered[day])
            .collect();
        let expected = of_quarter.iter().sum::<f64>() / of_quarter.len() as f64;
        let n = shares.len() as f64;
        let mean = shares.iter().sum::<f64>() / n;
        let squares: f64 = shares.iter().map(|it| (it - mean).powi(2)).sum();
        let error = (squares / (n - 1.0) / n).sqrt();
        assert!(error < 0.05 * expected, "{error}");
        assert!(
            (mean - expected).abs() < 4.5 * error,
            "{index}: {mean} +- {error}, {expected}"
        );
    }
}
