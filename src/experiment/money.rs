//! What an option costs beside what it gains, a year, pair by pair.

use super::design::Design;
use super::differences::Side;
use super::uncertainty::means_of_hypercubes_over;
use super::unknowns::points_over_draws;
use crate::model::time::DAYS_PER_YEAR;
use crate::stats::{
    ALPHA, Estimate, Quadrants, Ratio, net_benefit, paired_difference, quadrants, ratio,
};

/// The measure of what a service costs in the period, where the file says what posts cost.
pub const COST: &str = "cost_pounds";

const DAYS_PER_WEEK: f64 = 7.0;

/// What is gained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gain {
    /// People contacted within so many days, more than in the base.
    ContactedInTime {
        /// The days: 7, 14 or 28.
        days: u32,
    },
    /// People ever contacted, more than in the base.
    ContactedEver,
    /// Weeks that people wait for first contact, fewer than in the base.
    WaitWeeksRemoved,
}

/// What an option costs more than the base.
#[derive(Clone, Debug)]
pub struct Cost<'a> {
    /// Pounds a year that the file says outright, for it or for options that it combines.
    pub outright: f64,
    /// Options whose posts, as far as they are filled in each replication, cost more than the base's:
    /// the option itself, or those that it combines of which the file says nothing outright.
    pub counted: Vec<Side<'a>>,
}

impl Cost<'_> {
    /// Pounds a year more than `base` in each of so many replications; `None` where one has no cost.
    ///
    /// Worked: 1,000 outright, and a part that costs 42,575 where the base costs 42,000: 1,575.
    #[must_use]
    pub fn more_than(&self, base: &Side<'_>, replications: usize) -> Option<Vec<f64>> {
        let mut pounds = vec![self.outright; replications];
        let of_base = cost_a_year(base);
        for part in &self.counted {
            let more = less(&cost_a_year(part), &of_base)?;
            for (sum, more) in pounds.iter_mut().zip(more) {
                *sum += more;
            }
        }
        Some(pounds)
    }
}

/// Cost and gain of an option against the base, both a year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CostEffect {
    /// What is gained.
    pub gain: Gain,
    /// Pounds a year more, with its 95% interval, which has no width where the cost is outright.
    pub cost: Estimate,
    /// Units of gain a year, with its 95% interval.
    pub gained: Estimate,
    /// 10%, 50% and 90% points of the gain from draw to draw of uncertain inputs, chance taken out; `None`
    /// without such draws.
    pub over_draws: Option<[f64; 3]>,
    /// Pounds for each unit with Fieller's 95% interval; `None` where the gain may be nothing.
    pub ratio: Option<Ratio>,
    /// How sure the signs of both means are.
    pub quadrants: Option<Quadrants>,
    /// Pounds a year that the gain is worth more than it costs, with its 95% interval, where the
    /// file says what one more person contacted is worth; not of weeks.
    pub net_benefit: Option<Estimate>,
}

impl Gain {
    /// Units a year in each replication of the service itself; `None` where a value is undefined or
    /// its mean is withheld.
    ///
    /// People: the share of referrals, accepted or refused, that are contacted in time or ever, times all of
    /// them, by years of 365.25 days. Weeks: the mean number who await first contact times 365.25 / 7;
    /// less than nothing, because fewer are the gain.
    #[must_use]
    pub fn a_year(self, side: &Side<'_>) -> Vec<Option<f64>> {
        match self {
            Self::ContactedInTime { days } => {
                people(side, &format!("contacted_within_{days}_days"))
            }
            Self::ContactedEver => people(side, "share_contacted_ever"),
            Self::WaitWeeksRemoved => weeks(side),
        }
    }
}

impl Gain {
    /// Whether it is people and not weeks.
    #[must_use]
    pub const fn is_of_people(self) -> bool {
        !matches!(self, Self::WaitWeeksRemoved)
    }
}

/// People a year of whom this measure is the share.
fn people(side: &Side<'_>, share: &str) -> Vec<Option<f64>> {
    let years = years(side);
    let shares = values(side, share);
    let accepted = values(side, "referrals_accepted");
    let refused = values(side, "refused");
    let each = shares.into_iter().zip(accepted).zip(refused);
    each.map(|((share, accepted), refused)| Some(share? * (accepted? + refused?) / years))
        .collect()
}

fn weeks(side: &Side<'_>) -> Vec<Option<f64>> {
    let waiting = values(side, "awaiting_first_contact_mean");
    waiting
        .into_iter()
        .map(|people| Some(-people? * DAYS_PER_YEAR / DAYS_PER_WEEK))
        .collect()
}

/// What the service costs a year in each replication, where the file says what posts cost.
#[must_use]
pub fn cost_a_year(side: &Side<'_>) -> Vec<Option<f64>> {
    let years = years(side);
    let costs = values(side, COST).into_iter();
    costs.map(|cost| Some(cost? / years)).collect()
}

fn years(side: &Side<'_>) -> f64 {
    side.model.period.length().days() / DAYS_PER_YEAR
}

/// A measure of the PCN in each replication; undefined in all where its mean is withheld.
#[must_use]
pub fn values(side: &Side<'_>, measure: &str) -> Vec<Option<f64>> {
    let replications = side.replications;
    let column = replications.of_pcn(measure);
    match column.filter(|at| side.estimates.rows[*at].estimate.is_some()) {
        Some(at) => replications.column(at).map(|it| it.defined()).collect(),
        None => vec![None; replications.count()],
    }
}

/// Whether the file says what posts cost.
#[must_use]
pub fn has_costs(side: &Side<'_>) -> bool {
    side.replications.of_pcn(COST).is_some()
}

/// Cost and gain of `option` against `base`. `worth` is what one more person contacted is worth, in
/// pounds. `None` where a value is undefined in some replication.
#[must_use]
pub fn cost_effect(
    gain: Gain,
    cost: &Cost<'_>,
    option: &Side<'_>,
    base: &Side<'_>,
    worth: Option<f64>,
) -> Option<CostEffect> {
    let design = option.replications.design.as_ref();
    let gained = less(&gain.a_year(option), &gain.a_year(base))?;
    let costs = independent(design, cost.more_than(base, gained.len())?);
    let each: Vec<Option<f64>> = gained.iter().copied().map(Some).collect();
    let over_draws = design.and_then(|design| points_over_draws(design, &each));
    let gained = independent(design, gained);
    let zeros = vec![0.0; gained.len()];
    let worth = worth.filter(|_| gain.is_of_people());
    Some(CostEffect {
        gain,
        cost: paired_difference(&zeros, &costs)?,
        gained: paired_difference(&zeros, &gained)?,
        over_draws,
        ratio: ratio(&costs, &gained, ALPHA),
        quadrants: quadrants(&gained, &costs),
        net_benefit: worth.and_then(|worth| net_benefit(&gained, &costs, worth, ALPHA)),
    })
}

/// Values that are independent of each other: those of replications, or where inputs were drawn the
/// means of hypercubes, so that what is made from them includes what is not known.
fn independent(design: Option<&Design>, values: Vec<f64>) -> Vec<f64> {
    match design {
        None => values,
        Some(design) => {
            let values: Vec<Option<f64>> = values.into_iter().map(Some).collect();
            means_of_hypercubes_over(design, &values)
        }
    }
}

/// Pair by pair what `left` has more, over the replications that both have.
fn less(left: &[Option<f64>], right: &[Option<f64>]) -> Option<Vec<f64>> {
    let pairs = left.iter().zip(right);
    pairs
        .map(|(left, right)| Some((*left)? - (*right)?))
        .collect()
}
