//! How long a service takes: the first three moments, which is all that one server's waits need.
//!
//! Times are in any one unit, named by the caller. Gaps between arrivals have moments alike.

/// Moments about 0 of a service time S, each positive and finite.
///
/// Every constructor is `None` for improper parameters, and where a moment is too large or too
/// small to be written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Service {
    /// E S.
    pub mean: f64,
    /// E S^2.
    pub second_moment: f64,
    /// E S^3.
    pub third_moment: f64,
}

impl Service {
    /// Exponential: E S^n = n! `mean`^n.
    #[must_use]
    pub fn exponential(mean: f64) -> Option<Self> {
        Self::with_ratios(mean, 2.0, 6.0)
    }

    /// Always the same: E S^n = `mean`^n.
    #[must_use]
    pub fn constant(mean: f64) -> Option<Self> {
        Self::with_ratios(mean, 1.0, 1.0)
    }

    /// The sum of `stages` alike exponential times: E S^2 = `mean`^2 (k + 1) / k, E S^3 =
    /// `mean`^3 (k + 1)(k + 2) / k^2.
    #[must_use]
    pub fn erlang(stages: u32, mean: f64) -> Option<Self> {
        let (one_more, two_more) = (1.0 / f64::from(stages), 2.0 / f64::from(stages));
        let second = 1.0 + one_more;
        Self::with_ratios(mean, second, second * (1.0 + two_more))
    }

    /// Lognormal with coefficient of variation `cv`: E S^n = `mean`^n (1 + cv^2)^(n (n - 1) / 2).
    #[must_use]
    pub fn lognormal(mean: f64, cv: f64) -> Option<Self> {
        let ratio = 1.0 + cv * cv;
        (cv >= 0.0)
            .then(|| Self::with_ratios(mean, ratio, ratio.powi(3)))
            .flatten()
    }

    /// Exponential with one of the `means`, drawn with the probabilities that `shares` are in
    /// proportion to.
    #[must_use]
    pub fn hyperexponential(shares: &[f64], means: &[f64]) -> Option<Self> {
        let phases: Option<Vec<Self>> = means.iter().map(|&mean| Self::exponential(mean)).collect();
        mixture(shares, &phases?)?.checked()
    }

    /// Hyperexponential of two phases that carry half of the work each, with squared coefficient
    /// of variation `cv2`, at least 1: see [`balanced_phases`].
    #[must_use]
    pub fn balanced_hyperexponential(mean: f64, cv2: f64) -> Option<Self> {
        let (shares, means) = balanced_phases(mean, cv2)?;
        Self::hyperexponential(&shares, &means)
    }

    /// One of the `values`, each 0 or more, drawn with the probabilities that `weights` are in
    /// proportion to.
    ///
    /// Worked: one slot of 45 minutes for every seven of 20: `mean` 23.125 minutes, `cv2` 0.127831.
    #[must_use]
    pub fn discrete(values: &[f64], weights: &[f64]) -> Option<Self> {
        let constant = |&value: &f64| Self {
            mean: value,
            second_moment: value * value,
            third_moment: value * value * value,
        };
        let parts: Vec<Self> = values.iter().map(constant).collect();
        (values.iter().all(|&value| value >= 0.0))
            .then(|| mixture(weights, &parts)?.checked())
            .flatten()
    }

    /// Squared coefficient of variation: E S^2 / (E S)^2 - 1; 0 for a constant, 1 for an
    /// exponential.
    #[must_use]
    pub fn cv2(&self) -> f64 {
        (self.second_moment / self.mean / self.mean - 1.0).max(0.0)
    }

    /// From the mean and the ratios E S^2 / (E S)^2 and E S^3 / (E S)^3.
    fn with_ratios(mean: f64, second: f64, third: f64) -> Option<Self> {
        let service = Self {
            mean,
            second_moment: mean * mean * second,
            third_moment: mean * mean * mean * third,
        };
        service.checked()
    }

    /// Itself, if the moments can be those of a time.
    pub(super) fn checked(self) -> Option<Self> {
        [self.mean, self.second_moment, self.third_moment]
            .into_iter()
            .all(|moment| moment > 0.0 && moment.is_finite())
            .then_some(self)
    }
}

/// The moments of a mixture: the weighted means of the parts' moments.
fn mixture(weights: &[f64], parts: &[Service]) -> Option<Service> {
    let shares = shares(weights)?;
    let mean_of = |moment: fn(&Service) -> f64| {
        let weighted = shares.iter().zip(parts);
        weighted.map(|(share, part)| share * moment(part)).sum()
    };
    (weights.len() == parts.len()).then(|| Service {
        mean: mean_of(|part| part.mean),
        second_moment: mean_of(|part| part.second_moment),
        third_moment: mean_of(|part| part.third_moment),
    })
}

/// Weights as shares of their sum; `None` unless each is 0 or more and the sum positive and
/// finite.
pub(super) fn shares(weights: &[f64]) -> Option<Vec<f64>> {
    let sum: f64 = weights.iter().sum();
    let proper = weights.iter().all(|&weight| weight >= 0.0) && sum > 0.0 && sum.is_finite();
    proper.then(|| weights.iter().map(|weight| weight / sum).collect())
}

/// Shares and means of a hyperexponential time of two phases with balanced means, p1 m1 = p2 m2 =
/// `mean` / 2: p1 = (1 + sqrt((cv2 - 1) / (cv2 + 1))) / 2 (Whitt 1982, "Approximating a point
/// process by a renewal process"). `None` unless `cv2` is finite and at least 1.
///
/// Worked: mean 1, cv2 4: shares 0.887298 and 0.112702, means 0.563508 and 4.436492.
#[must_use]
pub fn balanced_phases(mean: f64, cv2: f64) -> Option<([f64; 2], [f64; 2])> {
    let lean = ((cv2 - 1.0) / (cv2 + 1.0)).sqrt() / 2.0;
    let (often, seldom) = (0.5 + lean, 0.5 - lean);
    // Positive as long as the rarer phase has any share; false for a NaN.
    (mean > 0.0 && seldom > 0.0).then(|| {
        let half = mean / 2.0;
        ([often, seldom], [half / often, half / seldom])
    })
}

#[cfg(test)]
mod tests {
    use super::super::targets::assert_six_digits;
    use super::*;

    /// By hand, with mean 2.
    #[test]
    fn moments_by_hand() {
        for (service, second, third) in [
            (Service::exponential(2.0), 8.0, 48.0),
            (Service::constant(2.0), 4.0, 8.0),
            (Service::erlang(1, 2.0), 8.0, 48.0),
            (Service::erlang(2, 2.0), 6.0, 24.0),
            (Service::erlang(4, 2.0), 5.0, 15.0),
            (Service::lognormal(2.0, 0.0), 4.0, 8.0),
            (Service::lognormal(2.0, 1.0), 8.0, 64.0),
            (
                Service::hyperexponential(&[1.0, 1.0], &[1.0, 3.0]),
                10.0,
                84.0,
            ),
            (Service::balanced_hyperexponential(2.0, 1.0), 8.0, 48.0),
            (Service::discrete(&[0.0, 3.0], &[1.0, 2.0]), 6.0, 18.0),
        ] {
            let service = service.expect("proper");
            assert_six_digits(service.mean, 2.0);
            assert_six_digits(service.second_moment, second);
            assert_six_digits(service.third_moment, third);
            assert_six_digits(service.cv2(), second / 4.0 - 1.0);
        }
    }

    #[test]
    fn balanced_phases_have_the_mean_and_the_variation_asked_for() {
        let (shares, means) = balanced_phases(1.0, 4.0).expect("proper");
        assert_six_digits(shares[0], 0.887_298);
        assert_six_digits(shares[1], 0.112_702);
        assert_six_digits(means[0], 0.563_508);
        assert_six_digits(means[1], 4.436_492);
        assert_six_digits(shares[0] * means[0], shares[1] * means[1]);
        for cv2 in [1.0, 1.5, 4.0, 100.0] {
            let service = Service::balanced_hyperexponential(0.3, cv2).expect("proper");
            assert_six_digits(service.mean, 0.3);
            assert_six_digits(service.cv2(), cv2);
        }
    }

    #[test]
    fn slots_match_c3() {
        let slots = Service::discrete(&[45.0, 20.0], &[1.0, 7.0]).expect("proper");
        assert_six_digits(slots.mean, 23.125);
        assert_six_digits(slots.cv2(), 0.127_831);
    }

    #[test]
    fn improper_parameters_make_no_service() {
        for mean in [0.0, -1.0, f64::NAN, f64::INFINITY, 1e-200, 1e200] {
            assert_eq!(Service::exponential(mean), None);
            assert_eq!(Service::constant(mean), None);
            assert_eq!(Service::erlang(2, mean), None);
            assert_eq!(Service::lognormal(mean, 1.0), None);
            assert_eq!(Service::hyperexponential(&[1.0, 0.0], &[1.0, mean]), None);
            assert_eq!(Service::balanced_hyperexponential(mean, 2.0), None);
            assert_eq!(Service::discrete(&[mean], &[1.0]), None);
        }
        assert_eq!(Service::erlang(0, 1.0), None);
        for cv in [-0.5, f64::NAN, f64::INFINITY] {
            assert_eq!(Service::lognormal(1.0, cv), None);
            assert_eq!(Service::balanced_hyperexponential(1.0, cv), None);
        }
        assert_eq!(Service::balanced_hyperexponential(1.0, 0.9), None);
        for weights in [
            &[][..],
            &[0.0, 0.0],
            &[1.0],
            &[1.0, -0.5],
            &[1.0, f64::NAN],
            &[1.0, f64::INFINITY],
        ] {
            assert_eq!(Service::discrete(&[1.0, 2.0], weights), None);
            assert_eq!(Service::hyperexponential(weights, &[1.0, 2.0]), None);
        }
        assert_eq!(Service::discrete(&[-1.0, 3.0], &[1.0, 1.0]), None);
        assert_eq!(Service::discrete(&[], &[]), None);
    }
}
