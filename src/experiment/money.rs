//! What an option costs beside what it gains, a year, pair by pair.

use super::design::Design;
use super::differences::Side;
use super::uncertainty::means_of_hypercubes_over;
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
    /// Weeks that people wait for first contact, fewer than in the base.
    WaitWeeksRemoved,
}

/// What an option costs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum CostOf {
    /// So many pounds a year more than the base, outright.
    Outright(f64),
    /// As the posts that are filled cost in each replication.
    Simulated,
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
    /// Pounds for each unit with Fieller's 95% interval; `None` where the gain may be nothing.
    pub ratio: Option<Ratio>,
    /// How sure the signs of both means are.
    pub quadrants: Option<Quadrants>,
    /// Pounds a year that the gain is worth more than it costs, with its 95% interval, where the
    /// file says what a person contacted in time is worth.
    pub net_benefit: Option<Estimate>,
}

impl Gain {
    /// Units a year in each replication of the service itself; `None` where a value is undefined or
    /// its mean is withheld.
    ///
    /// People: the share of referrals, accepted or refused, that are contacted in time, times all of
    /// them, by years of 365.25 days. Weeks: the mean number who await first contact times 365.25 / 7;
    /// less than nothing, because fewer are the gain.
    #[must_use]
    pub fn a_year(self, side: &Side<'_>) -> Vec<Option<f64>> {
        match self {
            Self::ContactedInTime { days } => in_time(side, days),
            Self::WaitWeeksRemoved => weeks(side),
        }
    }
}

fn in_time(side: &Side<'_>, days: u32) -> Vec<Option<f64>> {
    let years = years(side);
    let shares = values(side, &format!("contacted_within_{days}_days"));
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

/// Cost and gain of `option` against `base`. `worth` is what a person contacted in time is worth, in
/// pounds. `None` where a value is undefined in some replication.
#[must_use]
pub fn cost_effect(
    gain: Gain,
    cost: CostOf,
    option: &Side<'_>,
    base: &Side<'_>,
    worth: Option<f64>,
) -> Option<CostEffect> {
    let design = option.replications.design.as_ref();
    let gained = independent(design, less(&gain.a_year(option), &gain.a_year(base))?);
    let costs = match cost {
        CostOf::Outright(pounds) => vec![pounds; gained.len()],
        CostOf::Simulated => independent(design, less(&cost_a_year(option), &cost_a_year(base))?),
    };
    let zeros = vec![0.0; gained.len()];
    let worth = worth.filter(|_| matches!(gain, Gain::ContactedInTime { .. }));
    Some(CostEffect {
        gain,
        cost: paired_difference(&zeros, &costs)?,
        gained: paired_difference(&zeros, &gained)?,
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
