//! Sickness: on every date a spell begins with a small probability and a drawn length in calendar
//! days; the post is sick on the union of the spells.
//!
//! From December to February spells begin more often by a factor `f`. The probability `p` of the
//! other dates is solved so that the share of days covered, averaged over a year, is the post's
//! `sickness_share`: with S(k) the probability that a spell outlasts k days, a date is free with
//! probability `product over k of (1 - p(k days before) S(k))`, where `p(date)` is `f p` (at most 1)
//! in winter and `p` else. With `f` = 1 that is one product for all dates. In first order
//! `p = p1 / (1 + (f - 1) 90.25 / 365.25)`, where `p1` is the probability without a season.

use super::super::plan::Plan;
use super::super::streams::{Draws, Purpose, ReplicationKey};
use super::Absence;
use crate::model::distribution::Sampler;
use crate::model::{Day, Distribution, Model, Post};
use jiff::civil::Date;

/// A spell is no longer than this many days, and none that began longer ago is looked for.
const LONGEST_SPELL_DAYS: u32 = 366;

/// Sickness spells: 90% lognormal with mean 4 days, 10% with mean 40 days (evidence, section E;
/// assumption). The coefficient of variation is 1 in both (assumption, grade D).
const SPELLS: [(f64, f64); 2] = [(0.9, 4.0), (0.1, 40.0)];
const SPELL_CV: f64 = 1.0;

/// Days of a common year, of which winter is December (from day 334) and January and February (to
/// day 59).
const YEAR_DAYS: usize = 365;
const WINTER: [std::ops::Range<usize>; 2] = [0..59, 334..YEAR_DAYS];

/// The greatest probability that a spell begins on a date of winter: of a certain beginning there
/// is no logarithm.
const MOST_LIKELY: f64 = 1.0 - 1e-9;

/// Probability that a spell begins on a date.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct StartProbability {
    /// From December to February.
    pub winter: f64,
    /// From March to November.
    pub other: f64,
}

impl StartProbability {
    /// The probability on a date.
    fn on(&self, date: Date) -> f64 {
        match date.month() {
            12 | 1 | 2 => self.winter,
            _ => self.other,
        }
    }
}

/// How sickness spells are drawn.
#[derive(Clone, Debug)]
pub struct Spells {
    lengths: [Sampler; 2],
    /// Probabilities by sickness share, in order of the shares.
    starts: Vec<(f64, StartProbability)>,
}

fn spell_length(mean: f64) -> Distribution {
    Distribution::Lognormal { mean, cv: SPELL_CV }
}

impl Spells {
    /// Those of the posts of `model`.
    #[must_use]
    pub fn new(model: &Model) -> Self {
        let mut shares: Vec<f64> = model.posts.iter().map(|post| post.sickness_share).collect();
        shares.retain(|share| *share > 0.0);
        shares.sort_by(f64::total_cmp);
        shares.dedup_by(|a, b| a.total_cmp(b).is_eq());
        let factor = model.absence.winter_sickness_factor;
        let starts = shares.into_iter();
        Self {
            lengths: SPELLS.map(|(_, mean)| spell_length(mean).sampler()),
            starts: starts
                .map(|share| (share, Self::start_probabilities(share, factor)))
                .collect(),
        }
    }

    /// When spells of a post with this sickness share begin.
    #[must_use]
    pub fn starts(&self, share: f64) -> StartProbability {
        let found = self.starts.binary_search_by(|(of, _)| of.total_cmp(&share));
        found.map_or(StartProbability::default(), |index| self.starts[index].1)
    }

    /// Length of a spell in whole days, at least 1.
    fn days(&self, kind: f64, draws: &mut Draws) -> u32 {
        let length = &self.lengths[usize::from(kind >= SPELLS[0].0)];
        (length.sample(draws).ceil() as u32).clamp(1, LONGEST_SPELL_DAYS)
    }

    /// Probability that a spell starts on a day such that `share` of days are covered, without a
    /// season.
    #[must_use]
    pub fn start_probability(share: f64) -> f64 {
        let outlasts = outlasts();
        let free = |p: f64| outlasts.iter().map(|s| libm::log1p(-p * s)).sum::<f64>();
        let wanted = libm::log1p(-share);
        solved(|p| free(p) > wanted)
    }

    /// Probabilities that a spell starts such that `share` of the days of a year are covered and
    /// winter's is `factor` times that of the other days.
    #[must_use]
    pub fn start_probabilities(share: f64, factor: f64) -> StartProbability {
        if (factor - 1.0).abs() <= 0.0 {
            let same = Self::start_probability(share);
            return StartProbability {
                winter: same,
                other: same,
            };
        }
        let outlasts = outlasts();
        let with = |p: f64| StartProbability {
            winter: (p * factor).min(MOST_LIKELY),
            other: p,
        };
        with(solved(|p| mean_covered(&with(p), &outlasts) < share))
    }
}

/// S(k) for k from 0: the probability that a spell outlasts k days.
fn outlasts() -> Vec<f64> {
    let outlasts = |days: u32| -> f64 {
        SPELLS
            .iter()
            .map(|(weight, mean)| weight * (1.0 - spell_length(*mean).cdf(f64::from(days))))
            .sum()
    };
    (0..LONGEST_SPELL_DAYS).map(outlasts).collect()
}

/// The least probability that is not too little, by bisection.
fn solved(is_too_little: impl Fn(f64) -> bool) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if is_too_little(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    0.5 * (low + high)
}

/// Share of the days of a year that are covered, on average over the year.
fn mean_covered(starts: &StartProbability, outlasts: &[f64]) -> f64 {
    let logs = |p: f64| -> Vec<f64> { outlasts.iter().map(|s| libm::log1p(-p * s)).collect() };
    // What a start k days before leaves free; and the same up to k, for sums over winters.
    let (in_winter, other) = (logs(starts.winter), logs(starts.other));
    let mut more = vec![0.0];
    for (winter, other) in in_winter.iter().zip(&other) {
        more.push(more[more.len() - 1] + winter - other);
    }
    let never: f64 = other.iter().sum();
    let covered = (0..YEAR_DAYS).map(|day| -libm::expm1(never + winters(day, &more)));
    covered.sum::<f64>() / YEAR_DAYS as f64
}

/// The sum of what winter adds over the winter days among those before `day`: `more` holds sums up
/// to each number of days before.
fn winters(day: usize, more: &[f64]) -> f64 {
    let up_to = |days: usize| more[days.min(more.len() - 1)];
    // The days of this year up to `day`, then those of the year before.
    let this_year = WINTER.iter().map(|part| {
        let (first, after) = (part.start, part.end.min(day + 1));
        match first < after {
            true => up_to(day - first + 1) - up_to(day + 1 - after),
            false => 0.0,
        }
    });
    let last_year = WINTER.iter().map(|part| {
        up_to(day + YEAR_DAYS - part.start + 1) - up_to(day + YEAR_DAYS + 1 - part.end)
    });
    this_year.chain(last_year).sum()
}

/// Writes the sick days of `post` into its plan.
pub fn plan_sickness(
    model: &Model,
    post: &Post,
    spells: &Spells,
    key: ReplicationKey,
    plan: &mut [Absence],
) {
    let starts = spells.starts(post.sickness_share);
    let stream = key.stream_key(Purpose::Sickness, post.key());
    let before = jiff::Span::new().days(LONGEST_SPELL_DAYS);
    let mut date = model.calendar.first().saturating_sub(before);
    let first = days_since_2000(model.calendar.first()) - i64::from(LONGEST_SPELL_DAYS);
    let mut sick_until = 0;
    for back in 0..LONGEST_SPELL_DAYS + plan.len() as u32 {
        let probability = starts.on(date);
        let mut draws = stream.draws((first + i64::from(back)) as u64, 0);
        if draws.uniform() < probability {
            let kind = draws.uniform();
            sick_until = sick_until.max(back + spells.days(kind, &mut draws));
        }
        if back >= LONGEST_SPELL_DAYS && back < sick_until {
            plan[(back - LONGEST_SPELL_DAYS) as usize] = Absence::Sickness;
        }
        date = date.tomorrow().unwrap_or(date);
    }
}

/// Spells that begin in the week from `from` on because they begin `increase` more often there: on
/// the dates whose draw is above the usual probability, but not above the increased one.
pub fn plan_more_sickness(
    plan: &Plan,
    post: &Post,
    key: ReplicationKey,
    from: Day,
    increase: f64,
    days: &mut [Absence],
) {
    let starts = plan.spells.starts(post.sickness_share);
    let stream = key.stream_key(Purpose::Sickness, post.key());
    for day in from.0..from.0 + 7 {
        let date = plan.model.calendar.date(Day(day));
        let usual = starts.on(date);
        let mut draws = stream.draws(days_since_2000(date) as u64, 0);
        let uniform = draws.uniform();
        if uniform < usual || uniform >= usual * (1.0 + increase) {
            continue;
        }
        let kind = draws.uniform();
        let length = plan.spells.days(kind, &mut draws) as usize;
        for absence in days.iter_mut().skip(day as usize).take(length) {
            if matches!(*absence, Absence::None | Absence::NotTurnedUp) {
                *absence = Absence::Sickness;
            }
        }
    }
}

/// Days from 1 January 2000, for keys that do not depend on the period.
pub fn days_since_2000(date: Date) -> i64 {
    let epoch = jiff::civil::date(2000, 1, 1);
    i64::from(date.duration_since(epoch).as_hours() as i32 / 24)
}
