//! What the pathways of a log say: laws fitted to days and counts, and shares.

use super::cases;
use super::current::Current;
use super::input::{Estimate, Input, Rows};
use super::reach;
use super::reader::Log;
use super::work;
use crate::stats::disclosure::LARGEST_SMALL;
use crate::stats::rounded::{Family, LawFit, Sample};

/// Things seen that a law takes, and people that a share takes.
pub const FOR_LAW: u64 = 30;
/// People that a share takes.
pub const FOR_SHARE: u64 = 30;
/// Share of what was seen from which on one value stands for all.
const NEARLY_ALL: f64 = 0.9;
/// By how much Akaike's criterion has to be lower for another law than the first.
const MARGIN: f64 = 4.0;

/// The inputs that are not about demand.
#[must_use]
pub fn inputs(log: &Log, now: &Current<'_>) -> Vec<Input> {
    let mut inputs = reach::inputs(log, now);
    inputs.extend(cases::inputs(log, now));
    inputs.extend(work::inputs(log, now));
    inputs
}

/// An input with a law fitted to a sample: the first of the laws unless another is clearly better.
#[must_use]
pub fn with_law(input: Input, sample: &Sample, families: &[Family]) -> Input {
    let input = input
        .from_rows(Rows::Of(sample.events()), FOR_LAW)
        .by("maximum likelihood, what has not happened yet censored; law by Akaike's criterion");
    if sample.events() < FOR_LAW {
        return input;
    }
    if let Some(value) = sample.usual_value(NEARLY_ALL) {
        let estimate = Estimate::positive("value", f64::from(value), 0.0);
        return input
            .with(vec![estimate], value.to_string())
            .by("9 rows in 10, or more, have the same");
    }
    let Some(fit) = sample.best(families, MARGIN) else {
        return input.stays("no law could be fitted");
    };
    let parameters = fit.parameters.len() as u32;
    let test = sample.goodness(&fit.law, parameters);
    let estimates = estimates(&fit);
    let value = value(&fit, &estimates);
    let mut input = input.with(estimates, value).tested(name_of(&fit), test);
    input.pairs = sample.quantile_pairs(&fit.law, LARGEST_SMALL + 1);
    input
}

fn estimates(fit: &LawFit) -> Vec<Estimate> {
    let mut estimates: Vec<Estimate> = fit.parameters.iter().map(Estimate::of).collect();
    if fit.law.family == Family::Weibull {
        estimates.push(Estimate::of(&fit.mean));
    }
    estimates
}

/// `{ gamma = { mean = 13.9, cv = 0.31 } }`
fn value(fit: &LawFit, estimates: &[Estimate]) -> String {
    let names = fit.law.family.parameters().iter().zip(estimates);
    let each: Vec<String> = names
        .map(|(name, it)| format!("{name} = {}", it.shown()))
        .collect();
    format!(
        "{{ {} = {{ {} }} }}",
        fit.law.family.name(),
        each.join(", ")
    )
}

const fn name_of(fit: &LawFit) -> &'static str {
    match fit.law.family {
        Family::Exponential => "exponential law",
        Family::Gamma => "gamma law",
        Family::Lognormal => "lognormal law",
        Family::Weibull => "Weibull law",
        Family::Poisson => "Poisson law",
        Family::Geometric => "geometric law",
    }
}

/// An input that is the share of `of` rows which are `such`.
#[must_use]
pub fn with_share(input: Input, such: u64, of: u64) -> Input {
    with_share_and_error(input, such, of, of, None)
}

/// An input that is a share of things (calls, bookings) of which so many rows tell, with its standard error where
/// these are not drawn one by one. It takes 30 rows, and more than 7 either way, because fewer would be told.
#[must_use]
pub fn with_share_and_error(
    input: Input,
    such: u64,
    of: u64,
    rows: u64,
    error: Option<f64>,
) -> Input {
    let input = input
        .from_rows(Rows::Of(rows), FOR_SHARE)
        .by("maximum likelihood (share)");
    if rows < FOR_SHARE {
        return input;
    }
    if such.min(of - such) <= LARGEST_SMALL {
        return input.stays("fewer than 8 one way or the other");
    }
    let mut estimate = Estimate::share_of("value", such, of);
    if let Some(error) = error {
        estimate = Estimate::share("value", estimate.value, error);
    }
    input.with_one(estimate)
}

/// Inputs that are shares of one whole; they sum to 1. None has from 1 to 7 rows behind it.
#[must_use]
pub fn with_shares(inputs: Vec<Input>, counts: &[u64], method: &'static str) -> Vec<Input> {
    let total: u64 = counts.iter().sum();
    let is_small = counts
        .iter()
        .any(|count| (1..=LARGEST_SMALL).contains(count));
    let shown = thousandths(counts, total);
    let each = inputs.into_iter().zip(counts).zip(shown);
    each.map(|((input, count), thousandths)| {
        let input = input.from_rows(Rows::Of(total), FOR_SHARE).by(method);
        if total < FOR_SHARE {
            return input;
        }
        if is_small {
            return input.stays("one of them has fewer than 8 rows");
        }
        let value = thousandths as f64 / 1_000.0;
        let estimate = match *count == 0 || *count == total {
            true => Estimate::plain("value", value, 0.0),
            false => Estimate {
                value,
                ..Estimate::share_of("value", *count, total)
            },
        };
        input.with(vec![estimate], crate::import::words::number(value))
    })
    .collect()
}

/// Shares of a total in thousandths that sum to 1,000: cut off, and the largest remainders get what is left.
fn thousandths(counts: &[u64], total: u64) -> Vec<u64> {
    let total = total.max(1);
    let mut shares: Vec<u64> = counts.iter().map(|count| count * 1_000 / total).collect();
    let left = 1_000_u64.saturating_sub(shares.iter().sum()) as usize;
    let mut order: Vec<usize> = (0..counts.len()).collect();
    order.sort_by_key(|it| (std::cmp::Reverse(counts[*it] * 1_000 % total), *it));
    for index in order.into_iter().take(left) {
        shares[index] += 1;
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_sum_to_one() {
        for counts in [
            vec![10, 10, 10],
            vec![1, 999],
            vec![7, 11, 13, 40],
            vec![0, 33],
        ] {
            let shares = thousandths(&counts, counts.iter().sum());
            assert_eq!(shares.iter().sum::<u64>(), 1_000, "{counts:?}");
        }
        assert_eq!(thousandths(&[1, 1, 1], 3), [334, 333, 333]);
    }
}
