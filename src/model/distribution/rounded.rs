//! Distributions of whole numbers: what drawn counts become once rounded.

use super::Distribution;

/// Probability at either end that is not worth entries of its own.
const NEGLIGIBLE: f64 = 1e-12;
/// Whole numbers, from the smallest, that have an entry each.
const EXACT_ENTRIES: u64 = 50_000;
/// Bins for the whole numbers after those.
const BINS: u64 = 50_000;

/// A drawn value as a count: the nearest whole number, halves up (model, section 5). Values below
/// 0 and "not a number" give 0, values beyond `u32` its largest.
#[inline]
#[must_use]
pub fn to_count(value: f64) -> u32 {
    (value + 0.5) as u32
}

impl Distribution {
    /// Each whole number that a value can become by [`to_count`], with its probability, in order;
    /// the probabilities sum to 1.
    ///
    /// Up to 1e-12 of probability at either end is added to the outermost entry. A distribution
    /// that spreads over more than 50,000 numbers keeps an entry for each of the first 50,000; the
    /// others are gathered into at most 50,000 equal bins that stand at their middle.
    #[must_use]
    pub fn rounded(&self) -> Vec<(u32, f64)> {
        match self {
            Self::Constant(value) => vec![(to_count(*value), 1.0)],
            Self::Discrete { values, shares } => {
                let total: f64 = shares.iter().sum();
                gathered(values.iter().zip(shares.iter().map(|share| share / total)))
            }
            Self::Empirical(values) => {
                let share = 1.0 / values.len() as f64;
                gathered(values.iter().map(|value| (value, share)))
            }
            _ => self.rounded_by_cdf(),
        }
    }

    /// For everything whose cumulative distribution is smooth at the halves: the continuous kinds
    /// and those on whole numbers.
    fn rounded_by_cdf(&self) -> Vec<(u32, f64)> {
        let up_to = |number: u64| self.cdf(number as f64 + 0.5);
        let first = smallest(|number| up_to(number) > NEGLIGIBLE);
        let last = smallest(|number| 1.0 - up_to(number) < NEGLIGIBLE);
        let mut entries = Vec::new();
        let mut below = 0.0;
        for (number, end) in bins(first, last) {
            let upper = if end == last { 1.0 } else { up_to(end) };
            if upper > below {
                entries.push((number as u32, upper - below));
                below = upper;
            }
        }
        entries
    }
}

/// The smallest `u32` for which `is_reached` holds, given that it goes on holding; the largest if
/// it never does.
fn smallest(is_reached: impl Fn(u64) -> bool) -> u64 {
    let (mut low, mut high) = (0, u64::from(u32::MAX));
    while low < high {
        let middle = u64::midpoint(low, high);
        if is_reached(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
}

/// The bins of `first..=last`: what each stands at, and its last number.
fn bins(first: u64, last: u64) -> impl Iterator<Item = (u64, u64)> {
    let exact_end = last.min(first + EXACT_ENTRIES - 1);
    let width = (last - exact_end).div_ceil(BINS).max(1);
    let wide = (exact_end + 1..=last)
        .step_by(width as usize)
        .map(move |start| {
            let end = last.min(start + width - 1);
            (u64::midpoint(start, end), end)
        });
    (first..=exact_end)
        .map(|number| (number, number))
        .chain(wide)
}

/// Values with shares as whole numbers with probabilities.
fn gathered<'a>(values: impl Iterator<Item = (&'a f64, f64)>) -> Vec<(u32, f64)> {
    let mut shares = std::collections::BTreeMap::new();
    for (value, share) in values {
        *shares.entry(to_count(*value)).or_insert(0.0) += share;
    }
    shares.retain(|_, share| *share > 0.0);
    shares.into_iter().collect()
}
