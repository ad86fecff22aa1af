//! Nobody waits: how many are present when arrivals change with time.
//!
//! Mt/G/inf (Eick, Massey & Whitt 1993): Poisson arrivals at rate lambda(t), each staying for a
//! time of any distribution. The number present is Poisson, so its variance is its mean,
//! m(t) = integral over u > 0 of lambda(t - u) P(S > u) du = E S x E lambda(t - Se).

use super::sinusoid::Sinusoid;
use super::stay::Stay;

/// The mean number present under a rate that swings as a sine, long after its start.
///
/// With g = 2 pi / period, the swing of the rate is multiplied by
/// integral of exp(-i g u) P(S > u) du = (1 - E exp(-i g S)) / (i g) (Eick, Massey & Whitt 1993,
/// the paper on sinusoidal rates): its size is the gain in amplitude and its angle, over g, the lag. For exponential
/// stays of rate mu: 1 / (mu + i g).
///
/// Worked: 5 + sin(2 pi t / 52) a week, exponential stays of 12 weeks: 54.391573 at t = 0, amplitude
/// 6.812904, lag 8.003245 weeks.
///
/// `None` where the rate is no rate ([`Sinusoid::rate`]), the stay is not proper
/// ([`Stay::is_proper`]) or lognormal and so long and variable, in periods, that its integral does
/// not settle to 1e-13.
#[must_use]
pub fn number_under(rate: &Sinusoid, stay: &Stay) -> Option<Sinusoid> {
    if !(rate.is_rate() && stay.is_proper()) {
        return None;
    }
    let frequency = rate.frequency();
    let change = stay.transform(frequency)?;
    let gain = change.cosine.hypot(change.sine) / frequency;
    rate.answer(stay.mean(), gain, change.cosine.atan2(change.sine))
}

/// The mean number present when the rate changes once, at time 0, after having been the same for
/// very long: m(t) = before x E S + (after - before) E min(S, t).
///
/// Worked, from 5 to 10 a week, stays of 12 weeks: exponential 77.008121 at t = 4; constant 80.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RateStep {
    before: f64,
    after: f64,
    stay: Stay,
}

impl RateStep {
    /// `None` unless both rates are finite and not negative and the stay is proper.
    #[must_use]
    pub fn new(before: f64, after: f64, stay: Stay) -> Option<Self> {
        let proper = |rate: f64| rate >= 0.0 && rate.is_finite();
        (proper(before) && proper(after) && stay.is_proper()).then_some(Self {
            before,
            after,
            stay,
        })
    }

    /// The mean number present at `time`, which may be negative: before the change.
    #[must_use]
    pub fn at(&self, time: f64) -> f64 {
        let gained = if time > 0.0 {
            self.stay.mean_until(time)
        } else {
            0.0
        };
        self.before * self.stay.mean() + (self.after - self.before) * gained
    }

    /// The mean of that over the times from `start` to a later `end`; the value at once where
    /// they are equal.
    #[must_use]
    pub fn mean_over(&self, start: f64, end: f64) -> f64 {
        let length = end - start;
        if length.abs() <= 0.0 {
            return self.at(start);
        }
        let gained = (self.gained_until(end) - self.gained_until(start)) / length;
        self.before * self.stay.mean() + (self.after - self.before) * gained
    }

    /// The integral of E min(S, u) over u from 0 to t: E (t min(S, t) - min(S, t)^2 / 2).
    fn gained_until(&self, time: f64) -> f64 {
        if time > 0.0 {
            time * self.stay.mean_until(time) - 0.5 * self.stay.square_until(time)
        } else {
            0.0
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::number_present;
    use super::super::targets::assert_six_digits;
    use super::*;

    const EXPONENTIAL: Stay = Stay::Exponential { mean: 12.0 };
    const CONSTANT: Stay = Stay::Constant { mean: 12.0 };
    const ERLANG: Stay = Stay::Erlang {
        stages: 2,
        mean: 12.0,
    };
    const LOGNORMAL: Stay = Stay::Lognormal {
        mean: 12.0,
        cv2: 0.5,
    };
    const ALL: [Stay; 4] = [EXPONENTIAL, CONSTANT, ERLANG, LOGNORMAL];

    fn yearly(stay: &Stay) -> Sinusoid {
        let rate = Sinusoid::rate(5.0, 1.0, 52.0).expect("a rate");
        number_under(&rate, stay).expect("it settles")
    }

    #[test]
    fn numbers_under_a_yearly_rate_match_table_c6() {
        for (stay, numbers) in [
            (
                EXPONENTIAL,
                [54.391_573, 63.867_972, 65.608_427, 56.132_028],
            ),
            (CONSTANT, [52.721_511, 68.215_715, 67.278_489, 51.784_285]),
            (ERLANG, [53.410_832, 65.155_844, 66.589_168, 54.844_156]),
            (LOGNORMAL, [53.613_629, 65.610_370, 66.386_371, 54.389_630]),
        ] {
            for (time, number) in [0.0, 13.0, 26.0, 39.0].into_iter().zip(numbers) {
                assert_six_digits(yearly(&stay).at(time), number);
            }
        }
        assert_six_digits(yearly(&EXPONENTIAL).amplitude, 6.812_904);
        assert_six_digits(yearly(&EXPONENTIAL).lag, 8.003_245);
        assert_six_digits(yearly(&CONSTANT).lag, 6.0);
    }

    #[test]
    fn numbers_after_a_step_match_theory_c6() {
        let after = |stay, time| RateStep::new(5.0, 10.0, stay).expect("proper").at(time);
        for (time, exponential, constant) in [
            (4.0, 77.008_121, 80.0),
            (12.0, 97.927_234, 120.0),
            (26.0, 113.126_469, 120.0),
        ] {
            assert_six_digits(after(EXPONENTIAL, time), exponential);
            assert_six_digits(after(CONSTANT, time), constant);
        }
        for stay in ALL {
            assert_six_digits(after(stay, -3.0), 60.0);
            assert_six_digits(after(stay, 0.0), 60.0);
            assert_six_digits(after(stay, 1e4), 120.0);
        }
    }

    /// The two means of a stretch of time against a fine sum over it.
    #[test]
    fn means_over_time_are_what_many_points_give() {
        let points = |of: &dyn Fn(f64) -> f64, start: f64, end: f64| -> f64 {
            let step = (end - start) / 20_000.0;
            let middles = (0..20_000).map(|place| start + step * (f64::from(place) + 0.5));
            middles.map(of).sum::<f64>() / 20_000.0
        };
        for stay in ALL {
            let number = yearly(&stay);
            let step = RateStep::new(5.0, 10.0, stay).expect("proper");
            for (start, end) in [(-3.0, 4.0), (2.0, 3.0), (5.0, 40.0), (30.0, 31.0)] {
                let summed = points(&|t| number.at(t), start, end);
                assert!((number.mean_over(start, end) - summed).abs() < 1e-5);
                let summed = points(&|t| step.at(t), start, end);
                assert!(
                    (step.mean_over(start, end) - summed).abs() < 1e-5,
                    "{stay:?}"
                );
            }
            assert_six_digits(step.mean_over(7.0, 7.0), step.at(7.0));
        }
    }

    /// m'(t) = lambda(t) - arrivals of those who leave now: against the integral in the definition,
    /// by a fine sum, for stays whose transform is a formula or an integral.
    #[test]
    fn the_transform_is_the_integral_of_the_definition() {
        let rate = Sinusoid::rate(5.0, 1.0, 52.0).expect("a rate");
        for stay in ALL {
            let width = 0.01;
            let summed: f64 = (0..60_000)
                .map(|place| {
                    let (start, end) = (width * f64::from(place), width * f64::from(place + 1));
                    let there = stay.mean_until(end) - stay.mean_until(start);
                    rate.at(20.0 - start.midpoint(end)) * there
                })
                .sum();
            assert!((yearly(&stay).at(20.0) - summed).abs() < 1e-4, "{stay:?}");
        }
    }

    #[test]
    fn a_steady_rate_is_littles_law_and_many_stages_are_a_constant() {
        let steady = Sinusoid::rate(5.0, 0.0, 52.0).expect("a rate");
        for stay in ALL {
            let number = number_under(&steady, &stay).expect("it settles");
            assert_six_digits(number.at(17.0), number_present(5.0, 12.0));
        }
        let stages = |stages| Stay::Erlang { stages, mean: 12.0 };
        assert_eq!(yearly(&stages(1)), yearly(&EXPONENTIAL));
        let (many, fixed) = (yearly(&stages(100_000_000)), yearly(&CONSTANT));
        assert_six_digits(many.amplitude, fixed.amplitude);
        assert_six_digits(many.lag, fixed.lag);
        let narrow = Stay::Lognormal {
            mean: 12.0,
            cv2: 1e-9,
        };
        assert_six_digits(yearly(&narrow).amplitude, fixed.amplitude);
    }

    #[test]
    fn improper_rates_and_stays_have_no_answer() {
        let rate = Sinusoid::rate(5.0, 1.0, 52.0).expect("a rate");
        let improper = [
            Stay::Exponential { mean: 0.0 },
            Stay::Exponential { mean: f64::NAN },
            Stay::Constant { mean: -1.0 },
            Stay::Constant {
                mean: f64::INFINITY,
            },
            Stay::Erlang {
                stages: 0,
                mean: 1.0,
            },
            Stay::Erlang {
                stages: 2,
                mean: f64::NAN,
            },
            Stay::Lognormal {
                mean: 1.0,
                cv2: 0.0,
            },
            Stay::Lognormal {
                mean: 1.0,
                cv2: f64::NAN,
            },
        ];
        for stay in improper {
            assert_eq!(number_under(&rate, &stay), None, "{stay:?}");
            assert_eq!(RateStep::new(1.0, 2.0, stay), None, "{stay:?}");
        }
        for negative in [
            Sinusoid {
                amplitude: 6.0,
                ..rate
            },
            Sinusoid {
                period: f64::NAN,
                ..rate
            },
            Sinusoid {
                lag: f64::NAN,
                ..rate
            },
        ] {
            assert_eq!(number_under(&negative, &EXPONENTIAL), None);
        }
        assert_eq!(RateStep::new(-1.0, 2.0, CONSTANT), None);
        assert_eq!(RateStep::new(1.0, f64::NAN, CONSTANT), None);
        let endless = Stay::Lognormal {
            mean: 1e12,
            cv2: 50.0,
        };
        assert_eq!(number_under(&rate, &endless), None);
    }
}
