//! Every distribution a second time, as textbooks parametrise it and another crate computes it:
//! what the samplers and the module's own formulae are held against. (Johnson, Kotz and
//! Balakrishnan, *Continuous Univariate Distributions*, 2nd ed. 1994/95; Johnson, Kemp and Kotz,
//! *Univariate Discrete Distributions*, 3rd ed. 2005.)

use statrs::distribution::{
    ContinuousCDF, Discrete as _, Exp, Gamma as GammaLaw, Geometric as GeometricLaw, LogNormal,
    Normal as NormalLaw, Triangular as TriangularLaw, Uniform as Even, Weibull as WeibullLaw,
};

use statrs::function::gamma::ln_gamma;

use super::*;

/// Probability of a tail that is not looked at.
const NEGLIGIBLE: f64 = 1e-13;
/// From here on the first Edgeworth term leaves errors below 1e-5, and series become slow.
const NEARLY_NORMAL: f64 = 1e5;
/// Below, products leave what floating point holds.
const TINY: f64 = 1e-280;
/// Step of the quadrature in the logarithm of the distance from the centre.
const STEP: f64 = 1e-3;

/// The law of a value.
pub(super) enum Law {
    /// Continuous: the distribution function.
    Smooth(Box<dyn Fn(f64) -> f64>),
    /// On separate values, ascending, each with its probability.
    Atoms(Vec<(f64, f64)>),
}

use Law::{Atoms, Smooth};

impl Distribution {
    /// The law. A kind of distribution without one does not compile.
    pub(super) fn textbook(&self) -> Law {
        match self.clone() {
            Constant(value) => Atoms(vec![(value, 1.0)]),
            Exponential { mean } => smooth(Exp::new(1.0 / mean)),
            Gamma { mean, cv } => gamma(1.0 / (cv * cv), mean),
            Lognormal { mean, cv } => {
                let variance = (1.0 + cv * cv).ln();
                smooth(LogNormal::new(mean.ln() - variance / 2.0, variance.sqrt()))
            }
            Weibull { shape, scale } => smooth(WeibullLaw::new(shape, scale)),
            Uniform { min, max } => smooth(Even::new(min, max)),
            Triangular { min, mode, max } => smooth(TriangularLaw::new(min, max, mode)),
            Normal { mean, sd } => {
                let whole = NormalLaw::new(mean, sd).expect("checked parameters");
                let cut = whole.cdf(0.0);
                Smooth(Box::new(move |x| (whole.cdf(x) - cut) / (1.0 - cut)))
            }
            Erlang { stages, mean } => gamma(f64::from(stages), mean),
            Hyperexponential { shares, means } => Smooth(Box::new(move |x| {
                let phases = shares.iter().zip(&means);
                phases.map(|(p, mean)| p * (1.0 - (-x / mean).exp())).sum()
            })),
            Geometric { mean } => geometric(mean),
            Poisson { mean } => poisson(mean),
            Discrete { values, shares } => listed(values.into_iter().zip(shares)),
            Empirical(values) => {
                let share = 1.0 / values.len() as f64;
                listed(values.into_iter().map(|value| (value, share)))
            }
        }
    }

    /// The name of the kind, as in a scenario file. `constant` is a number there, or a list of one.
    pub(super) const fn kind(&self) -> &'static str {
        match self {
            Constant(_) => KINDS[0],
            Exponential { .. } => KINDS[1],
            Gamma { .. } => KINDS[2],
            Lognormal { .. } => KINDS[3],
            Weibull { .. } => KINDS[4],
            Uniform { .. } => KINDS[5],
            Triangular { .. } => KINDS[6],
            Normal { .. } => KINDS[7],
            Erlang { .. } => KINDS[8],
            Hyperexponential { .. } => KINDS[9],
            Geometric { .. } => KINDS[10],
            Poisson { .. } => KINDS[11],
            Discrete { .. } => KINDS[12],
            Empirical(_) => KINDS[13],
        }
    }
}

/// Every kind. A kind that joins the enumeration must be named in [`Distribution::kind`], which
/// cannot be done without a place here, and what is here must have a row in `laws`.
pub(super) const KINDS: [&str; 14] = [
    "constant",
    "exponential",
    "gamma",
    "lognormal",
    "weibull",
    "uniform",
    "triangular",
    "normal",
    "erlang",
    "hyperexponential",
    "geometric",
    "poisson",
    "discrete",
    "empirical",
];

fn smooth<L: ContinuousCDF<f64, f64> + 'static, E: std::fmt::Debug>(law: Result<L, E>) -> Law {
    let law = law.expect("checked parameters");
    Smooth(Box::new(move |x| law.cdf(x)))
}

/// Shape k and rate k / mean. Near 0 the first term of the series, y^k / Gamma(k + 1) with y =
/// x k / mean, is all of it. A large shape is standardised and has the first Edgeworth term, with
/// skewness 2 / sqrt(k).
fn gamma(shape: f64, mean: f64) -> Law {
    if shape < NEARLY_NORMAL {
        let law = GammaLaw::new(shape, shape / mean).expect("checked parameters");
        let leading =
            move |x: f64| (shape * (x.ln() + (shape / mean).ln()) - ln_gamma(shape + 1.0)).exp();
        return Smooth(Box::new(
            move |x| if x < TINY { leading(x) } else { law.cdf(x) },
        ));
    }
    let standard = NormalLaw::standard();
    let skewness = 2.0 / shape.sqrt();
    Smooth(Box::new(move |x| {
        let z = (x / mean - 1.0) * shape.sqrt();
        let density = (-z * z / 2.0).exp() / std::f64::consts::TAU.sqrt();
        standard.cdf(z) - density * (z * z - 1.0) * skewness / 6.0
    }))
}

/// p (1 - p)^(k - 1) on k = 1, 2, …, with p = 1 / mean.
fn geometric(mean: f64) -> Law {
    let law = GeometricLaw::new(1.0 / mean).expect("checked parameters");
    // (1 - p)^k is negligible at k = ln(negligible) / ln(1 - p), and 1 - p < exp(-p).
    let most = (-NEGLIGIBLE.ln() * mean).ceil() as u64;
    Atoms(
        (1..=most.max(1))
            .map(|k| (k as f64, law.pmf(k)))
            .filter(|(_, share)| *share > 0.0)
            .collect(),
    )
}

/// Within 12 standard deviations of the mean, and to 40 at least: p(k) = p(k - 1) mean / k up and
/// down from the mode, and the sum divided out. (Logarithms of factorials would leave five digits
/// for a mean of 1e9.)
fn poisson(mean: f64) -> Law {
    let reach = 12.0 * mean.sqrt();
    let (first, last) = ((mean - reach).max(0.0) as u64, (mean + reach + 40.0) as u64);
    let mode = mean as u64;
    let (mut up, mut down) = (1.0, 1.0);
    let mut atoms: Vec<(f64, f64)> = (first..mode)
        .rev()
        .map(|k| {
            down *= (k + 1) as f64 / mean;
            (k as f64, down)
        })
        .collect();
    atoms.reverse();
    atoms.push((mode as f64, 1.0));
    atoms.extend((mode + 1..=last).map(|k| {
        up *= mean / k as f64;
        (k as f64, up)
    }));
    let total: f64 = atoms.iter().map(|(_, share)| share).sum();
    let shares = atoms.into_iter().map(|(k, share)| (k, share / total));
    Atoms(shares.filter(|(_, share)| *share > 0.0).collect())
}

fn listed(entries: impl Iterator<Item = (f64, f64)>) -> Law {
    let mut entries: Vec<(f64, f64)> = entries.filter(|(_, share)| *share > 0.0).collect();
    entries.sort_by(|one, other| one.0.total_cmp(&other.0));
    entries.dedup_by(|next, kept| {
        let is_same = next.0.to_bits() == kept.0.to_bits();
        if is_same {
            kept.1 += next.1;
        }
        is_same
    });
    Atoms(entries)
}

/// Mean, variance and fourth central moment.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moments {
    pub(super) mean: f64,
    pub(super) variance: f64,
    pub(super) fourth: f64,
}

impl Law {
    /// The probability of a value of at most `x`.
    pub(super) fn below(&self, x: f64) -> f64 {
        match self {
            Smooth(below) if x > 0.0 => below(x),
            Smooth(_) => 0.0,
            Atoms(atoms) => {
                let end = atoms.partition_point(|(value, _)| *value <= x);
                atoms[..end].iter().map(|(_, share)| share).sum()
            }
        }
    }

    /// The value below which lies the share `share`, by bisection up to `most`.
    pub(super) fn quantile(&self, share: f64, most: f64) -> f64 {
        let (mut low, mut high) = (0.0, most);
        for _ in 0..200 {
            let middle = f64::midpoint(low, high);
            if self.below(middle) < share {
                low = middle;
            } else {
                high = middle;
            }
        }
        high
    }

    /// Moments of the value, or of the smaller of it and `cut`. `scale` is the size of what
    /// matters: the standard deviation, say.
    pub(super) fn moments(&self, cut: f64, scale: f64) -> Moments {
        match self {
            Atoms(atoms) => {
                let expect = |f: &dyn Fn(f64) -> f64| -> f64 {
                    atoms.iter().map(|(value, p)| f(value.min(cut)) * p).sum()
                };
                let centre = expect(&|value| value);
                Moments {
                    mean: centre,
                    variance: expect(&|value| (value - centre).powi(2)),
                    fourth: expect(&|value| (value - centre).powi(4)),
                }
            }
            Smooth(_) => {
                let below = |x: f64| if x >= cut { 1.0 } else { self.below(x) };
                let middle = central(below, self.quantile(0.5, cut.min(1e12)), 1, scale);
                let centre = self.quantile(0.5, cut.min(1e12)) + middle;
                Moments {
                    mean: centre,
                    variance: central(below, centre, 2, scale),
                    fourth: central(below, centre, 4, scale),
                }
            }
        }
    }
}

/// E (X - c)^k = integral of k t^(k-1) [P(X > c + t) + (-1)^k P(X < c - t)] over t > 0, by the
/// midpoint rule in ln t; a tail below [`NEGLIGIBLE`] ends it, as digits do.
fn central(below: impl Fn(f64) -> f64, centre: f64, power: i32, scale: f64) -> f64 {
    let sign = if power % 2 == 0 { 1.0 } else { -1.0 };
    let mut sum = 0.0;
    let mut log = (scale * 1e-7).ln() + STEP / 2.0;
    loop {
        let t = log.exp();
        let above = 1.0 - below(centre + t);
        let under = if t < centre { below(centre - t) } else { 0.0 };
        let above = if above > NEGLIGIBLE { above } else { 0.0 };
        if above + under <= 0.0 && t > scale {
            return sum;
        }
        sum += f64::from(power) * t.powi(power) * (above + sign * under) * STEP;
        log += STEP;
    }
}
