//! Quantiles: the value that a share of all values does not exceed.
//!
//! For inputs that are not known, whose values are spread over their distribution on purpose
//! (Latin hypercubes). What happens to people is drawn by [`super::Sampler`], not here.

use super::Distribution;

/// Halvings of the bracket: more than the digits of a number allow, so that the result does not
/// depend on where it began.
const HALVINGS: usize = 200;

impl Distribution {
    /// The smallest value that is not exceeded with a probability of at least `p`, which lies
    /// strictly between 0 and 1.
    ///
    /// In closed form where there is one; otherwise by halving on [`Distribution::cdf`], to the
    /// last digits.
    ///
    /// Worked: exponential with mean 10 and p = 0.5: 10 ln 2 = 6.931472. Triangular from 0 over 1
    /// to 2 and p = 0.125: 0.5.
    #[must_use]
    pub fn quantile(&self, p: f64) -> f64 {
        match self {
            Self::Constant(value) => *value,
            Self::Exponential { mean } => -mean * libm::log1p(-p),
            Self::Weibull { shape, scale } => scale * libm::pow(-libm::log1p(-p), 1.0 / shape),
            Self::Uniform { min, max } => min + p * (max - min),
            Self::Triangular { min, mode, max } => triangular_quantile(*min, *mode, *max, p),
            Self::Discrete { values, shares } => {
                let each = values.iter().copied().zip(shares.iter().copied());
                listed_quantile(each.collect(), p)
            }
            Self::Empirical(values) => {
                listed_quantile(values.iter().map(|it| (*it, 1.0)).collect(), p)
            }
            // Whole numbers: the bracket closes on one from above.
            Self::Geometric { .. } | Self::Poisson { .. } => self.halved(p).round(),
            _ => self.halved(p),
        }
    }

    /// Where the cumulative distribution reaches `p`.
    fn halved(&self, p: f64) -> f64 {
        let (mut low, mut high) = (0.0, self.mean().max(f64::MIN_POSITIVE));
        while self.cdf(high) < p && high < f64::MAX / 2.0 {
            (low, high) = (high, 2.0 * high);
        }
        for _ in 0..HALVINGS {
            let middle = f64::midpoint(low, high);
            match self.cdf(middle) < p {
                true => low = middle,
                false => high = middle,
            }
        }
        high
    }
}

fn triangular_quantile(min: f64, mode: f64, max: f64, p: f64) -> f64 {
    let at_mode = (mode - min) / (max - min);
    match p < at_mode {
        true => min + (p * (max - min) * (mode - min)).sqrt(),
        false => max - ((1.0 - p) * (max - min) * (max - mode)).sqrt(),
    }
}

/// The quantile of values with their weights, which need not sum to 1.
fn listed_quantile(mut each: Vec<(f64, f64)>, p: f64) -> f64 {
    each.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    let wanted = p * each.iter().map(|(_, weight)| weight).sum::<f64>();
    let mut below = 0.0;
    for (value, weight) in &each {
        below += weight;
        if below >= wanted && *weight > 0.0 {
            return *value;
        }
    }
    each.last().map_or(0.0, |(value, _)| *value)
}
