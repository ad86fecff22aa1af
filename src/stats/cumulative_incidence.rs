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

use super::risk_sets::{AtRisk, Base, Exit, ExitKind, RiskSet, RiskSets};

/// A cumulative incidence: a share that rises in steps from 0 at time 0.
///
/// Reusable: filling it again keeps its memory. A share is worked out when it is asked for: of most
/// steps nobody asks.
#[derive(Clone, Debug, Default)]
pub struct Curve {
    /// When each event happened, ascending.
    times: Vec<u64>,
    /// From where events count, in order.
    bases: Vec<Base>,
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
    out.clear();
    out.records = exits.len();
    for risk_set in RiskSets::new(exits, late_entries) {
        if out.bases.last() != Some(&risk_set.base) {
            out.bases.push(risk_set.base);
        }
        let times = std::iter::repeat_n(risk_set.time, risk_set.events as usize);
        out.times.extend(times);
    }
}

/// The cumulative incidence of people who leave one by one, so that their exits need not be kept.
///
/// First everybody [comes](Self::come), in any order; then the watch [begins](Self::begin), and
/// everybody [leaves](Self::leave) in order of time, at one time the censored last. The curve is
/// that of [`cumulative_incidence`].
#[derive(Clone, Debug, Default)]
pub struct Watch {
    people: usize,
    /// When the late come; ascending from the beginning on.
    late_entries: Vec<u64>,
    /// How many of them have come, and when the next does.
    admitted: usize,
    next_entry: Option<u64>,
    at_risk: AtRisk,
    /// When somebody was last censored.
    censored: Option<u64>,
    curve: Curve,
}

impl Watch {
    /// Nobody has come; keeps the memory.
    pub fn clear(&mut self) {
        self.people = 0;
        self.late_entries.clear();
    }

    /// Somebody is to be watched: from the beginning, or after a late entry that comes before the
    /// exit.
    #[inline]
    pub fn come(&mut self, late_entry: Option<u64>) {
        self.people += 1;
        self.late_entries.extend(late_entry);
    }

    /// Everybody has come.
    pub fn begin(&mut self) {
        self.late_entries.sort_unstable();
        let late = self.late_entries.len();
        self.admitted = 0;
        self.next_entry = self.late_entries.first().copied();
        self.at_risk = AtRisk::new(self.people as i64 - late as i64);
        self.censored = None;
        self.curve.clear();
        self.curve.records = self.people;
        self.curve.times.reserve(self.people);
        self.curve.bases.push(self.at_risk.base());
    }

    /// Somebody leaves.
    #[inline(always)]
    pub fn leave(&mut self, Exit { time, kind }: Exit) {
        if self.next_entry.is_some_and(|entry| entry < time) {
            self.admit_before(time);
        }
        match kind {
            ExitKind::Event => {
                if self.at_risk.leave(1, 0) {
                    self.curve.times.push(time);
                }
            }
            ExitKind::Competing => {
                self.at_risk.leave(0, 1);
            }
            ExitKind::Censored => self.censor(time),
        }
    }

    #[inline(never)]
    fn admit_before(&mut self, time: u64) {
        let waiting = &self.late_entries[self.admitted..];
        let came = waiting.partition_point(|entry| *entry < time);
        self.admitted += came;
        self.next_entry = self.late_entries.get(self.admitted).copied();
        self.at_risk.change(came as i64);
        self.curve.bases.push(self.at_risk.base());
    }

    #[inline(never)]
    fn censor(&mut self, time: u64) {
        if self.censored.replace(time) == Some(time) {
            self.at_risk.change_further(-1);
        } else {
            self.at_risk.change(-1);
        }
        self.curve.bases.push(self.at_risk.base());
    }

    /// The curve of all who have left.
    #[must_use]
    pub const fn curve(&self) -> &Curve {
        &self.curve
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
            .map(|risk_set| risk_set.variance_part(last.share()))
            .sum(),
    )
}

impl Curve {
    /// No records yet.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            times: Vec::new(),
            bases: Vec::new(),
            records: 0,
        }
    }

    /// Nothing is known; keeps the memory.
    fn clear(&mut self) {
        self.times.clear();
        self.bases.clear();
        self.records = 0;
    }

    /// The share after so many events.
    fn share_after(&self, events: usize) -> f64 {
        let events = events as u64;
        let before = self.bases.partition_point(|base| base.events < events);
        let base = before.checked_sub(1).map(|last| self.bases[last]);
        base.map_or(0.0, |base| base.share_after(events))
    }

    /// The times at which the share rises, ascending, each with the share from then on.
    pub fn steps(&self) -> impl Iterator<Item = (u64, f64)> {
        let rises = self.times.chunk_by(|one, next| one == next);
        rises.scan(0, |passed, rise| {
            *passed += rise.len();
            Some((rise[0], self.share_after(*passed)))
        })
    }

    /// The share by `time`, what happens at `time` included: 0 before the first step, and 0 when
    /// there are no records (see [`Curve::plateau`]).
    #[must_use]
    pub fn at(&self, time: u64) -> f64 {
        self.share_after(self.times.partition_point(|event| *event <= time))
    }

    /// The share by each of `times`, which ascend, as [`Self::at`] has it.
    pub fn at_each(&self, times: impl Iterator<Item = u64>) -> impl Iterator<Item = f64> {
        let (mut passed, mut share) = (0, 0.0);
        times.map(move |time| {
            let later = &self.times[passed..];
            let more = later.iter().take_while(|event| **event <= time).count();
            if more > 0 {
                passed += more;
                share = self.share_after(passed);
            }
            share
        })
    }

    /// The first time at which the share is at least `p` (within 1e-12, for rounding); `None` when
    /// it never is, and when `p` is not above 0.
    #[must_use]
    pub fn quantile(&self, p: f64) -> Option<u64> {
        if p.is_nan() || p <= 0.0 {
            return None;
        }
        let is_short = |share: f64| share < p - ROUNDING;
        // The last base that is short of it: the share reaches it before the next base, or never.
        let short = self.bases.partition_point(|base| is_short(base.share));
        let base = self.bases.get(short.checked_sub(1)?)?;
        let (mut from, mut to) = (base.events as usize, self.times.len());
        while from < to {
            let middle = from.midpoint(to);
            match is_short(base.share_after(middle as u64 + 1)) {
                true => from = middle + 1,
                false => to = middle,
            }
        }
        self.times.get(from).copied()
    }

    /// The share by the last time known; `None` when there are no records.
    #[must_use]
    pub fn plateau(&self) -> Option<f64> {
        (self.records > 0).then(|| self.share_after(self.times.len()))
    }
}

impl RiskSet {
    /// This risk set's part of the variance of a later share.
    fn variance_part(&self, later: f64) -> f64 {
        let (at_risk, events) = (self.at_risk as f64, self.events as f64);
        let left = (self.at_risk - self.events - self.competing) as f64;
        let rise = later - self.share();
        // When nobody is left there is no rise either.
        let spread = if left > 0.0 {
            rise * rise * (at_risk - left) / (at_risk * left)
        } else {
            0.0
        };
        let step = self.free_before() / at_risk;
        spread + step * step * events * (at_risk - events) / at_risk
            - 2.0 * rise * step * events / at_risk
    }
}

#[cfg(test)]
#[path = "cumulative_incidence_tests.rs"]
mod tests;
