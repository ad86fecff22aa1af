//! Arrivals with alike gaps that are more, or less, regular than a Poisson stream's: GI/M/1.
//!
//! One server, exponential services, first come first served. Rates and times in any one unit of
//! time. From two moments of the gaps alone: [`super::approximations`].

use super::service::{Service, balanced_phases, shares};

/// Times between one arrival and the next, independent and alike.
#[derive(Clone, Debug, PartialEq)]
pub enum Gaps {
    /// Always the same.
    Constant {
        /// The gap.
        mean: f64,
    },
    /// Sums of alike exponential times.
    Erlang {
        /// How many times, at least 1.
        stages: u32,
        /// Mean of the sum.
        mean: f64,
    },
    /// Exponential with one of several means.
    Hyperexponential {
        /// What the probabilities of the means are in proportion to.
        shares: Vec<f64>,
        /// One for each share.
        means: Vec<f64>,
    },
}

impl Gaps {
    /// Hyperexponential gaps of two phases with balanced means: see [`balanced_phases`].
    #[must_use]
    pub fn balanced_hyperexponential(mean: f64, cv2: f64) -> Option<Self> {
        let (shares, means) = balanced_phases(mean, cv2)?;
        Some(Self::Hyperexponential {
            shares: shares.to_vec(),
            means: means.to_vec(),
        })
    }

    /// The moments of a gap: those of a service time of the same distribution. `None` if improper.
    #[must_use]
    pub fn moments(&self) -> Option<Service> {
        match self {
            Self::Constant { mean } => Service::constant(*mean),
            Self::Erlang { stages, mean } => Service::erlang(*stages, *mean),
            Self::Hyperexponential { shares, means } => Service::hyperexponential(shares, means),
        }
    }

    /// E exp(-s A), and its derivative by s, for s of 0 or more and proper gaps.
    fn transform(&self, s: f64) -> Option<(f64, f64)> {
        Some(match self {
            Self::Constant { mean } => {
                let value = (-s * mean).exp();
                (value, -mean * value)
            }
            Self::Erlang { stages, mean } => {
                let stages = f64::from(*stages);
                let stage = 1.0 + s * mean / stages;
                let value = stage.powf(-stages);
                (value, -mean * value / stage)
            }
            Self::Hyperexponential { shares: of, means } => {
                let phases = shares(of)?.into_iter().zip(means);
                phases.fold((0.0, 0.0), |(value, slope), (share, mean)| {
                    let one = share / (1.0 + s * mean);
                    (value + one, slope - one * mean / (1.0 + s * mean))
                })
            }
        })
    }
}

/// GI/M/1 in its steady state (Kendall 1953; Kleinrock 1975, chapter 6).
///
/// Somebody who arrives finds n present with probability (1 - sigma) sigma^n, where sigma is the
/// root in (0, 1) of sigma = A*(mu (1 - sigma)), A* the Laplace transform of the gaps.
///
/// Worked, with mu = 1 and load 0.8: `mean_wait` 1.692731 after constant gaps, 2.843980 after
/// Erlang ones of two stages, 9.819193 after hyperexponential ones of cv2 4.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RenewalArrivals {
    /// Share of time that the server is busy: 1 / (mu E A).
    pub utilisation: f64,
    /// Share of arrivals who wait: sigma.
    pub wait_probability: f64,
    /// Mean wait of everybody, those who do not wait included: sigma / (mu (1 - sigma)).
    pub mean_wait: f64,
    /// Mean number waiting: `mean_wait` / E A.
    pub mean_queue: f64,
}

impl RenewalArrivals {
    /// The steady state; `None` unless the gaps are proper, the rate is positive and finite and the
    /// utilisation below 1.
    #[must_use]
    pub fn new(gaps: &Gaps, service_rate: f64) -> Option<Self> {
        let mean_gap = gaps.moments()?.mean;
        let utilisation = 1.0 / (service_rate * mean_gap);
        if !(utilisation > 0.0 && utilisation < 1.0) {
            return None;
        }
        let idle = share_without_wait(gaps, service_rate)?;
        let wait_probability = 1.0 - idle;
        let mean_wait = wait_probability / (service_rate * idle);
        mean_wait.is_finite().then_some(Self {
            utilisation,
            wait_probability,
            mean_wait,
            mean_queue: mean_wait / mean_gap,
        })
    }
}

/// x = 1 - sigma, the root in (0, 1) of A*(mu x) - 1 + x.
///
/// That is convex, 0 at 0 and positive at 1, so that Newton's steps from 1 come down to the
/// root without passing it; they end when rounding alone would move them on.
fn share_without_wait(gaps: &Gaps, service_rate: f64) -> Option<f64> {
    let mut x = 1.0;
    loop {
        let (value, slope) = gaps.transform(service_rate * x)?;
        let next = x - (value - 1.0 + x) / (service_rate * slope + 1.0);
        if !(next < x && next > 0.0) {
            return Some(x);
        }
        x = next;
    }
}

#[cfg(test)]
mod tests {
    use super::super::approximations::kingman_bound;
    use super::super::erlang::ErlangC;
    use super::super::targets::assert_six_digits;
    use super::*;

    fn erlang(stages: u32, mean: f64) -> Gaps {
        Gaps::Erlang { stages, mean }
    }

    #[test]
    fn waits_match_table_c11() {
        for (load, constant, two_stages, wild) in [
            (0.5, 0.255_001, 0.618_034, 2.162_278),
            (0.8, 1.692_731, 2.843_980, 9.819_193),
            (0.9, 4.178_659, 6.588_284, 22.408_858),
        ] {
            // In a unit of time of which a service takes 10.
            let mean = 10.0 / load;
            let wilder = Gaps::balanced_hyperexponential(mean, 4.0).expect("proper");
            for (gaps, target) in [
                (Gaps::Constant { mean }, constant),
                (erlang(2, mean), two_stages),
                (wilder, wild),
            ] {
                let model = RenewalArrivals::new(&gaps, 0.1).expect("stable");
                assert_six_digits(model.mean_wait / 10.0, target);
                assert_six_digits(model.utilisation, load);
                assert_six_digits(model.mean_queue, target * load);
                let sigma = target / (1.0 + target);
                assert_six_digits(model.wait_probability, sigma);
            }
        }
    }

    #[test]
    fn exponential_gaps_make_erlangs_queue() {
        for load in [1e-3, 0.3, 0.9, 0.999] {
            let mean = 1.0 / (4.0 * load);
            let phases = Gaps::Hyperexponential {
                shares: vec![3.0, 2.0],
                means: vec![mean, mean],
            };
            let balanced = Gaps::balanced_hyperexponential(mean, 1.0).expect("proper");
            let exact = ErlangC::new(4.0 * load, 4.0, 1).expect("stable");
            for gaps in [erlang(1, mean), phases, balanced] {
                let model = RenewalArrivals::new(&gaps, 4.0).expect("stable");
                assert!((model.mean_wait / exact.mean_wait - 1.0).abs() < 1e-8);
                assert!((model.mean_queue / exact.mean_queue - 1.0).abs() < 1e-8);
                assert!((model.wait_probability / load - 1.0).abs() < 1e-10);
            }
        }
    }

    /// More stages are more regular, without end constant; and no wait is above Kingman's bound.
    #[test]
    fn the_more_regular_the_shorter_and_all_below_kingmans_bound() {
        let service = Service::exponential(1.0).expect("proper");
        for load in [0.3, 0.8, 0.99] {
            let mean = 1.0 / load;
            let wait = |gaps: &Gaps| {
                let model = RenewalArrivals::new(gaps, 1.0).expect("stable");
                let cv2 = gaps.moments().expect("proper").cv2();
                let bound = kingman_bound(load, cv2, &service).expect("stable");
                assert!(model.mean_wait <= bound);
                model.mean_wait
            };
            let constant = wait(&Gaps::Constant { mean });
            let of_stages = [1_000_000, 20, 3, 1].map(|stages| wait(&erlang(stages, mean)));
            assert!(of_stages.is_sorted() && constant < of_stages[0]);
            assert!(of_stages[0] / constant - 1.0 < 1e-5);
            let wild = Gaps::balanced_hyperexponential(mean, 9.0).expect("proper");
            assert!(wait(&wild) > of_stages[3]);
        }
    }

    #[test]
    fn improper_or_overloaded_there_is_no_steady_state() {
        for rate in [1.0, 0.5, 0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(RenewalArrivals::new(&erlang(2, 1.0), rate), None);
        }
        for mean in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            let phases = Gaps::Hyperexponential {
                shares: vec![1.0, 1.0],
                means: vec![1.0, mean],
            };
            for gaps in [Gaps::Constant { mean }, erlang(2, mean), phases] {
                assert_eq!(RenewalArrivals::new(&gaps, 5.0), None);
            }
        }
        assert_eq!(RenewalArrivals::new(&erlang(0, 1.0), 5.0), None);
        assert_eq!(Gaps::balanced_hyperexponential(1.0, 0.5), None);
        let without_means = Gaps::Hyperexponential {
            shares: vec![1.0],
            means: vec![],
        };
        assert_eq!(RenewalArrivals::new(&without_means, 5.0), None);
    }
}
