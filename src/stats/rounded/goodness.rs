//! Whether a law is right: how many were seen in each group of values against how many it expects, given
//! how many were at risk (Hjort 1990, "Goodness of fit tests in models for life history data based on
//! cumulative hazard rates", Annals of Statistics 18, 1221-1258; here by whole numbers).

use super::{Law, Sample};
use crate::stats::chi_squared::Goodness;

/// Expected in a group at least.
const FEWEST_EXPECTED: f64 = 5.0;
/// Groups at most.
const MOST_GROUPS: f64 = 12.0;

impl Sample {
    /// Chi-squared of a law that was fitted to this sample with so many parameters. A group is closed when
    /// at least 5, and a twelfth of all that were seen, are expected in it. `None` where there are too few groups.
    #[must_use]
    pub fn goodness(&self, law: &Law, parameters: u32) -> Option<Goodness> {
        let wanted = (self.events() as f64 / MOST_GROUPS).max(FEWEST_EXPECTED);
        let mut groups: Vec<Group> = vec![Group::default()];
        let highest = *self.counts.keys().last()?;
        let (mut left, mut gone) = (self.len(), 0);
        for value in 0..=highest {
            left -= gone;
            let here = self.counts.get(&value).copied().unwrap_or_default();
            gone = here.all();
            // Who was seen no longer on the way through a value was at risk of it for half of it.
            let at_risk = left as f64 - here.passed as f64 / 2.0;
            let group = groups.last_mut()?;
            group.add(law, value, at_risk, here.seen);
            if group.expected >= wanted {
                groups.push(Group::default());
            }
        }
        // What is left over is too little to stand alone.
        if let (Some(rest), Some(before)) = (groups.pop(), groups.last_mut()) {
            before.join(&rest);
        }
        let statistic = groups.iter().map(Group::chi_squared).sum();
        Goodness::of(statistic, (groups.len() as u32).checked_sub(parameters)?)
    }
}

#[derive(Clone, Copy, Debug, Default)]
struct Group {
    seen: f64,
    expected: f64,
    variance: f64,
}

impl Group {
    fn add(&mut self, law: &Law, value: u32, at_risk: f64, seen: u64) {
        let reached = law.above(f64::from(value) - 0.5);
        let hazard = match reached > 0.0 {
            true => (law.probability(value) / reached).clamp(0.0, 1.0),
            false => 1.0,
        };
        self.seen += seen as f64;
        self.expected += at_risk * hazard;
        self.variance += at_risk * hazard * (1.0 - hazard);
    }

    fn join(&mut self, other: &Self) {
        self.seen += other.seen;
        self.expected += other.expected;
        self.variance += other.variance;
    }

    fn chi_squared(&self) -> f64 {
        let off = self.seen - self.expected;
        off * off / self.variance.max(1e-12)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::rounded::Family;

    fn quantiles_of(law: &Law) -> Sample {
        let mut sample = Sample::default();
        for step in 0..600 {
            let p = (f64::from(step) + 0.5) / 600.0;
            sample.seen(law.rounded_quantile(p).round() as u32);
        }
        sample
    }

    #[test]
    fn the_right_law_fits_and_a_wrong_one_does_not() {
        let law = Law {
            family: Family::Gamma,
            parameters: vec![20.0, 0.4],
        };
        let sample = quantiles_of(&law);
        let right = sample.fit(Family::Gamma).expect("a fit");
        let good = sample.goodness(&right.law, 2).expect("a test");
        assert!(good.p > 0.9, "{good:?}");
        let wrong = sample.fit(Family::Exponential).expect("a fit");
        let bad = sample.goodness(&wrong.law, 1).expect("a test");
        assert!(bad.p < 1e-6, "{bad:?}");
    }

    #[test]
    fn those_at_risk_count_and_not_those_who_left() {
        // Half are censored at 10: the other half, whatever comes later, fits as before.
        let law = Law {
            family: Family::Exponential,
            parameters: vec![30.0],
        };
        let mut sample = quantiles_of(&law);
        (0..600).for_each(|_| sample.passed(10));
        let fit = sample.fit(Family::Exponential).expect("a fit");
        let good = sample.goodness(&fit.law, 1).expect("a test");
        // Seen early are 600 of 1,200 too few: the censored ones were at risk until then.
        assert!(good.p < 0.01 && fit.mean.value > 35.0, "{good:?} {fit:?}");
    }
}
