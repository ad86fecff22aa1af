//! Chance in arrivals: Poisson counts, exponential gaps, intervals and practices that tell nothing
//! of each other, and what `demand.dispersion` adds, month by month.

use splw_sim::model::{Model, SimTime};

use super::process::{by_day, instants, open_practice, replications, service};
use crate::goodness::{assert_follows, assert_frequencies, assert_uncorrelated, standard_errors};

/// Two practices on the always-open calendar, of 5 and 8 a day.
fn steady(days: u32) -> Model {
    let practices = open_practice("Elm", 5.0) + &open_practice("Oak", 8.0);
    let period = format!("start = 2027-01-01\ndays = {days}\ncalendar = \"always-open\"");
    service(&period, "", &practices)
}

const RATES: [f64; 2] = [5.0, 8.0];

/// Negative binomial probabilities of mean `mean` and variance `dispersion` x mean, until 1e-12 is
/// left; Poisson for dispersion 1. p(k) = p(k - 1) (k - 1 + r) (1 - 1/d) / k, with r = mean / (d -
/// 1) and p(0) = d^-r.
fn probabilities(mean: f64, dispersion: f64) -> Vec<f64> {
    let is_poisson = dispersion <= 1.0;
    let shape = mean / (dispersion - 1.0);
    let mut term = if is_poisson {
        (-mean).exp()
    } else {
        dispersion.powf(-shape)
    };
    let (mut found, mut sum) = (vec![term], term);
    while 1.0 - sum > 1e-12 {
        let k = found.len() as f64;
        term *= if is_poisson {
            mean / k
        } else {
            (k - 1.0 + shape) * (1.0 - 1.0 / dispersion) / k
        };
        sum += term;
        found.push(term);
    }
    found
}

/// Counts, each with its own mean, against their law in cells that expect 200 at least.
fn assert_counts(counts: &[(f64, f64)], dispersion: f64, what: &str) {
    let most = counts.iter().map(|it| it.1).fold(0.0, f64::max) as usize;
    let mut cells = vec![(0.0, 0.0); most + 1];
    let mut means: Vec<f64> = counts.iter().map(|it| it.0).collect();
    means.sort_unstable_by(f64::total_cmp);
    for alike in means.chunk_by(|one, next| one.to_bits() == next.to_bits()) {
        for (k, share) in probabilities(alike[0], dispersion).iter().enumerate() {
            cells[k.min(most)].1 += share * alike.len() as f64;
        }
    }
    for (_, count) in counts {
        cells[*count as usize].0 += 1.0;
    }
    let mut gathered = vec![(0.0, 0.0)];
    for (count, expected) in cells {
        if gathered.last().is_some_and(|it| it.1 >= 200.0) {
            gathered.push((0.0, 0.0));
        }
        let last = gathered.last_mut().expect("never empty");
        *last = (last.0 + count, last.1 + expected);
    }
    let (count, expected) = gathered.pop().expect("never empty");
    let last = gathered.last_mut().expect("more than one cell");
    *last = (last.0 + count, last.1 + expected);
    assert_frequencies(&gathered, what);
}

/// The ratio of variance to mean of counts of one mean, within the standard error from the fourth
/// cumulant of the negative binomial, mean x d x (1 + 6 (d - 1) + 6 (d - 1)^2) for dispersion d
/// (Johnson, Kemp and Kotz 2005, section 5.4): the variance of the sample variance is fourth
/// cumulant / n + 2 variance^2 / (n - 1). It must be known to `coarsest`.
fn assert_dispersion(counts: &[f64], mean: f64, dispersion: f64, coarsest: f64, what: &str) {
    let n = counts.len() as f64;
    let found = counts.iter().map(|it| (it - mean).powi(2)).sum::<f64>() / n / mean;
    let beta = dispersion - 1.0;
    let fourth = mean * dispersion * (1.0 + 6.0 * beta + 6.0 * beta * beta);
    let variance = mean * dispersion;
    let of_variance = fourth / n + 2.0 * variance * variance / (n - 1.0);
    let limit = standard_errors() * of_variance.sqrt() / mean;
    assert!(limit < coarsest, "{what}: known to {limit} only");
    assert!(
        (found - dispersion).abs() < limit,
        "{what}: {found} +- {limit} for {dispersion}"
    );
}

/// 36,500 days of each practice: counts a day are Poisson in distribution and dispersion, as are
/// counts of 10 days; the neighbouring day, the day a week later, the other half of the day, the
/// other practice and the next replication tell nothing.
#[test]
fn counts_are_poisson_and_independent() {
    let model = steady(3_650);
    let drawn: Vec<[Vec<f64>; 2]> = (0..10)
        .map(|replication| [0, 1].map(|practice| by_day(&model, practice, replication)))
        .collect();
    for (practice, rate) in RATES.iter().enumerate() {
        let what = format!("practice {practice}");
        let days: Vec<f64> = drawn.iter().flat_map(|it| it[practice].clone()).collect();
        let with_mean: Vec<(f64, f64)> = days.iter().map(|it| (*rate, *it)).collect();
        assert_counts(&with_mean, 1.0, &what);
        assert_dispersion(&days, *rate, 1.0, 0.04, &what);
        let tens: Vec<f64> = days.chunks(10).map(|it| it.iter().sum()).collect();
        assert_dispersion(&tens, 10.0 * rate, 1.0, 0.12, &what);
        for lag in [1, 2, 7, 30] {
            let pairs = days.iter().copied().zip(days[lag..].iter().copied());
            assert_uncorrelated(pairs, &format!("{what}, {lag} days later"));
        }
        let pairs = drawn.windows(2).flat_map(|it| {
            let (one, next) = (&it[0][practice], &it[1][practice]);
            one.iter().copied().zip(next.iter().copied())
        });
        assert_uncorrelated(pairs, &format!("{what}, the next replication"));
    }
    let pairs = drawn
        .iter()
        .flat_map(|it| it[0].iter().copied().zip(it[1].iter().copied()));
    assert_uncorrelated(pairs, "two practices");
    let halves = (0..10).flat_map(|replication| halves_of_days(&model, replication));
    assert_uncorrelated(halves, "two halves of a day");
}

/// Arrivals at Oak before and after noon, day by day.
fn halves_of_days(model: &Model, replication: u64) -> Vec<(f64, f64)> {
    let mut halves = vec![(0.0, 0.0); model.days() as usize];
    for time in instants(model, 1, replication) {
        let (morning, afternoon) = &mut halves[time.day().index()];
        if time.seconds() % 86_400 < 43_200 {
            *morning += 1.0;
        } else {
            *afternoon += 1.0;
        }
    }
    halves
}

/// At a steady rate the times between arrivals are exponential and independent. Times are whole
/// seconds, gaps of hours: a half second is added.
#[test]
fn gaps_on_the_always_open_calendar_are_exponential() {
    let model = steady(3_650);
    for (practice, rate) in RATES.iter().enumerate() {
        let (mut gaps, mut pairs) = (Vec::new(), Vec::new());
        for replication in 0..10 {
            let times = instants(&model, practice as u32, replication);
            let of: Vec<f64> = times
                .windows(2)
                .map(|it| (it[1].since(it[0]).seconds() as f64 + 0.5) / 86_400.0)
                .collect();
            pairs.extend(of.iter().copied().zip(of[1..].iter().copied()));
            gaps.extend(of);
        }
        gaps.sort_unstable_by(f64::total_cmp);
        let what = format!("practice {practice}, {} gaps", gaps.len());
        assert_follows(&gaps, |gap| 1.0 - (-gap * rate).exp(), &what);
        assert_uncorrelated(pairs.into_iter(), &what);
    }
}

/// Counts by month of the year 2027, and of the months' first 14 days.
type Year = [(f64, f64); 12];

fn months(model: &Model, times: &[SimTime]) -> Year {
    let mut year = [(0.0, 0.0); 12];
    for time in times {
        let date = model.calendar.date(time.day());
        let month = &mut year[date.month() as usize - 1];
        month.0 += 1.0;
        month.1 += f64::from(date.day() <= 14);
    }
    year
}

const LENGTHS: [f64; 12] = [
    31.0, 28.0, 31.0, 30.0, 31.0, 30.0, 31.0, 31.0, 30.0, 31.0, 30.0, 31.0,
];

/// Two practices of one a day with dispersion 3, in 1,500 years. Monthly counts are negative
/// binomial; months, practices and replications tell nothing of one another. Within a month the
/// multiplier is one: the first 14 days and the others, of means a and b, have the covariance
/// a b (d - 1) / (a + b), which makes their correlation about 0.5.
#[test]
fn the_months_multiplier_is_one_within_a_month_and_another_in_the_next() {
    let practices = open_practice("Elm", 1.0) + &open_practice("Oak", 1.0);
    let period = "start = 2027-01-01\ndays = 365\ncalendar = \"always-open\"";
    let model = service(period, "dispersion = 3", &practices);
    let years =
        |practice| replications(&model, practice, 0..1_500).map(|times| months(&model, &times));
    let years: Vec<[Year; 2]> = years(0).zip(years(1)).map(<[Year; 2]>::from).collect();
    let counts = |practice: usize| -> Vec<f64> {
        let of = years.iter().flat_map(|it| it[practice]);
        of.map(|it| it.0).collect()
    };
    let [elm, oak] = [counts(0), counts(1)];
    for (name, of) in [("Elm", &elm), ("Oak", &oak)] {
        let means = LENGTHS.iter().cycle().copied();
        let with_mean: Vec<(f64, f64)> = means.zip(of.iter().copied()).collect();
        assert_counts(&with_mean, 3.0, name);
        let of_31: Vec<f64> = with_mean
            .iter()
            .filter(|it| it.0 > 30.5)
            .map(|it| it.1)
            .collect();
        assert_dispersion(&of_31, 31.0, 3.0, 0.25, name);
        for lag in [1, 2, 12] {
            // Less the mean: months differ in length.
            let less = |index: usize| of[index] - LENGTHS[index % 12];
            let pairs = (lag..of.len()).map(|index| (less(index - lag), less(index)));
            assert_uncorrelated(pairs, &format!("{name}, {lag} months later"));
        }
    }
    let less = |(index, count): (usize, &f64)| count - LENGTHS[index % 12];
    let pairs = elm.iter().enumerate().map(less);
    assert_uncorrelated(pairs.zip(oak.iter().enumerate().map(less)), "practices");
    check_halves(&years);
}

/// The covariance of the two parts of a month over its expectation is 1 on average. The variance
/// of one product is near (1 + correlation^2) x both variances, as for normal variables; half as
/// much again is allowed for the tails of the gamma.
fn check_halves(years: &[[Year; 2]]) {
    let (mut sum, mut variance, mut n) = (0.0, 0.0, 0.0);
    for year in years.iter().flatten() {
        for ((month, first), length) in year.iter().zip(LENGTHS) {
            let (a, b) = (14.0, length - 14.0);
            let per_square = 2.0 / length;
            let covariance = a * b * per_square;
            sum += (first - a) * (month - first - b) / covariance;
            let variances = (a + a * a * per_square) * (b + b * b * per_square);
            variance += 1.5 * (variances / (covariance * covariance) + 1.0);
            n += 1.0;
        }
    }
    let (found, limit) = (sum / n, standard_errors() * variance.sqrt() / n);
    assert!(limit < 0.08, "known to {limit} only");
    assert!((found - 1.0).abs() < limit, "{found} +- {limit}");
}

/// A month that is simulated in part has the multiplier of the whole: 15 of April's 30 days with
/// dispersion 3 have the multiplier's variance 2/30 and so the dispersion 1 + 15 x 2/30 = 2, at
/// the beginning as at the end.
#[test]
fn a_part_of_a_month_has_its_part_of_the_dispersion() {
    for start in ["2027-04-16", "2027-04-01"] {
        let period = format!("start = {start}\ndays = 15\ncalendar = \"always-open\"");
        let model = service(&period, "dispersion = 3", &open_practice("Elm", 1.0));
        let all = replications(&model, 0, 0..20_000);
        let counts: Vec<f64> = all.map(|times| times.len() as f64).collect();
        assert_dispersion(&counts, 15.0, 2.0, 0.12, start);
        let with_mean: Vec<(f64, f64)> = counts.iter().map(|it| (15.0, *it)).collect();
        assert_counts(&with_mean, 2.0, start);
    }
}
