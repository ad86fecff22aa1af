//! Cumulative incidence: the share to whom something has happened by each time since they began,
//! when other things end the watch (competing causes), some are still being watched at the end
//! (right censoring), and some come under watch late (left truncation).
//!
//! The estimator is Aalen & Johansen's (1978): with d(s) events and Y(s) at risk at time s, and
//! S(s-) the share to whom nothing at all has happened before s,
//!
//! F(t) = sum over s <= t of S(s-) d(s) / Y(s).
//!
//! One minus Kaplan-Meier is the special case without competing causes; treating a competing cause
//! as censoring would overstate the share. Times are whole numbers in any one unit, so that ties
//! are exact. Ties: events and competing exits at a time come before censorings at that time, and
//! people who come under watch at a time are at risk only after it.
//!
//! Without censoring and late entry the share is the plain fraction k/n, computed as one division.

use super::risk_sets::{Exit, RiskSet, RiskSets};

/// A cumulative incidence: a share that rises in steps from 0 at time 0.
///
/// Reusable: filling it again keeps its memory.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Curve {
    steps: Vec<(u64, f64)>,
    records: usize,
}

/// Shares this close below a probability count as having reached it: rounding must not delay a
/// quantile by a step.
const ROUNDING: f64 = 1e-12;

/// Fills `out` with the cumulative incidence of [`Event`](super::ExitKind::Event), in one pass.
///
/// `exits` holds everybody, ascending by time, in any order within a time. `late_entries`, also
/// ascending, holds the times at which the late came under watch; people watched from their
/// beginning are not in it. All who come late leave after they came: somebody who leaves at that
/// very time is not at risk at their own exit and must be entered one unit earlier.
///
/// Edges: when all who are at risk early on leave before the late come in, the share to whom
/// nothing has happened is 0 from there on and the curve flat, whatever the late do. (Few at risk
/// early make the whole curve uncertain; see [`cumulative_incidence_variance`].) When they are
/// censored instead, the curve goes on from the same share once others come in. Wrong records can
/// make more people leave than are at risk: then those who leave are taken to be the ones at risk,
/// or, when nobody is, are passed over. No result is ever NaN or outside 0 to 1.
///
/// Worked: exits event at 1, competing at 2, censored at 2, event at 3, event at 5 of five people:
/// F(1) = 1/5, then 3/5 are left at risk shared by 2, so F(3) = 1/5 + 3/10, F(5) = 4/5.
pub fn cumulative_incidence(exits: &[Exit], late_entries: &[u64], out: &mut Curve) {
    out.steps.clear();
    out.records = exits.len();
    for risk_set in RiskSets::new(exits, late_entries) {
        if risk_set.events > 0 {
            out.steps.push((risk_set.time, risk_set.share));
        }
    }
}

/// Variance of the cumulative incidence of [`Event`](super::ExitKind::Event) at `time`, by the
/// delta method (Marubini & Valsecchi 1995, section 10.2); `None` when there are no records.
///
/// With all causes d(s), this one e(s), R = F(t) - F(s), summed over s <= t:
/// R^2 d / (Y (Y - d)) + S(s-)^2 e (Y - e) / Y^3 - 2 R S(s-) e / Y^2. Without competing causes it is
/// Greenwood's; without censoring and late entry it is F (1 - F) / n. It holds within one sample of
/// people who do not affect each other, so it is for checks and not for intervals of replications.
/// Arguments as for [`cumulative_incidence`].
#[must_use]
pub fn cumulative_incidence_variance(
    exits: &[Exit],
    late_entries: &[u64],
    time: u64,
) -> Option<f64> {
    let until = |risk_set: &RiskSet| risk_set.time <= time;
    let risk_sets: Vec<RiskSet> = RiskSets::new(exits, late_entries)
        .take_while(until)
        .collect();
    let Some(last) = risk_sets.last() else {
        return (!exits.is_empty()).then_some(0.0);
    };
    Some(
        risk_sets
            .iter()
            .map(|risk_set| risk_set.variance_part(last.share))
            .sum(),
    )
}

impl Curve {
    /// No records yet.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            steps: Vec::new(),
            records: 0,
        }
    }

    /// The times at which the share rises, ascending, each with the share from then on.
    #[must_use]
    pub fn steps(&self) -> &[(u64, f64)] {
        &self.steps
    }

    /// The share by `time`, what happens at `time` included: 0 before the first step, and 0 when
    /// there are no records (see [`Curve::plateau`]).
    #[must_use]
    pub fn at(&self, time: u64) -> f64 {
        let passed = self.steps.partition_point(|step| step.0 <= time);
        passed.checked_sub(1).map_or(0.0, |last| self.steps[last].1)
    }

    /// The first time at which the share is at least `p` (within 1e-12, for rounding); `None` when
    /// it never is, and when `p` is not above 0.
    #[must_use]
    pub fn quantile(&self, p: f64) -> Option<u64> {
        if p.is_nan() || p <= 0.0 {
            return None;
        }
        let short = self.steps.partition_point(|step| step.1 < p - ROUNDING);
        self.steps.get(short).map(|step| step.0)
    }

    /// The share by the last time known; `None` when there are no records.
    #[must_use]
    pub fn plateau(&self) -> Option<f64> {
        let last = self.steps.last().map_or(0.0, |step| step.1);
        (self.records > 0).then_some(last)
    }
}

impl RiskSet {
    /// This risk set's part of the variance of a later share.
    fn variance_part(&self, later: f64) -> f64 {
        let (at_risk, events) = (self.at_risk as f64, self.events as f64);
        let left = (self.at_risk - self.events - self.competing) as f64;
        let rise = later - self.share;
        // When nobody is left there is no rise either.
        let spread = if left > 0.0 {
            rise * rise * (at_risk - left) / (at_risk * left)
        } else {
            0.0
        };
        let step = self.free_before / at_risk;
        spread + step * step * events * (at_risk - events) / at_risk
            - 2.0 * rise * step * events / at_risk
    }
}

#[cfg(test)]
#[path = "cumulative_incidence_tests.rs"]
mod tests;
