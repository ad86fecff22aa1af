//! From shares of the way between two bounds to values of an input, and back.

/// Significant digits of a value less one: what is written into a file is what was simulated.
const DIGITS: usize = 4;

/// An input between its bounds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Axis {
    /// The least value.
    pub from: f64,
    /// The greatest value, above the least.
    pub to: f64,
    /// Whether equal shares of the way are equal factors; both bounds are then above 0.
    pub is_logarithmic: bool,
    /// Whether only whole numbers are meant.
    pub is_whole: bool,
}

impl Axis {
    /// The value at a share of the way, to five significant digits.
    ///
    /// Worked: half the way from 10 to 40 is 25, or 20 on a logarithmic scale.
    #[must_use]
    pub fn value(&self, share: f64) -> f64 {
        let value = match self.is_logarithmic {
            true => self.from * (self.to / self.from).powf(share),
            false => self.from + share * (self.to - self.from),
        };
        match self.is_whole {
            true => value.round(),
            false => shortened(value),
        }
        .clamp(self.from, self.to)
    }

    /// The share of the way at which a value lies, below 0 or above 1 beyond the bounds.
    #[must_use]
    pub fn share(&self, value: f64) -> f64 {
        match self.is_logarithmic {
            true => (value / self.from).ln() / (self.to / self.from).ln(),
            false => (value - self.from) / (self.to - self.from),
        }
    }

    /// The nearest share at which there is a value.
    #[must_use]
    pub fn snapped(&self, share: f64) -> f64 {
        match self.is_whole {
            true => self.share(self.value(share)).clamp(0.0, 1.0),
            false => share,
        }
    }

    /// How far the value moves at `share` when the share moves by one whole way: what turns a standard
    /// error of the one into one of the other.
    #[must_use]
    pub fn slope(&self, share: f64) -> f64 {
        match self.is_logarithmic {
            true => self.value(share) * (self.to / self.from).ln(),
            false => self.to - self.from,
        }
    }

    /// Half the width over which differences are taken: `usual`, but of whole numbers at least one.
    #[must_use]
    pub fn step(&self, usual: f64) -> f64 {
        match self.is_whole {
            true => {
                let one = match self.is_logarithmic {
                    true => self.share(self.from + 1.0),
                    false => 1.0 / (self.to - self.from),
                };
                usual.max(one)
            }
            false => usual,
        }
    }
}

fn shortened(value: f64) -> f64 {
    format!("{value:.DIGITS$e}").parse().unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVEN: Axis = Axis {
        from: 10.0,
        to: 40.0,
        is_logarithmic: false,
        is_whole: false,
    };

    fn near(value: f64, expected: f64) {
        assert!(
            (value - expected).abs() < 1e-12,
            "{value} and not {expected}"
        );
    }

    #[test]
    fn shares_and_values_are_each_others_inverse() {
        let by_factors = Axis {
            is_logarithmic: true,
            ..EVEN
        };
        near(EVEN.value(0.5), 25.0);
        near(by_factors.value(0.5), 20.0);
        for axis in [EVEN, by_factors] {
            for share in [0.0, 0.3, 1.0] {
                assert!((axis.share(axis.value(share)) - share).abs() < 1e-4);
            }
        }
        near(EVEN.value(1.0 / 7.0), 14.286);
        near(by_factors.slope(0.5), 20.0 * 4.0_f64.ln());
        near(EVEN.slope(0.5), 30.0);
    }

    #[test]
    fn whole_numbers_stay_whole() {
        let whole = Axis {
            is_whole: true,
            to: 20.0,
            ..EVEN
        };
        near(whole.value(0.34), 13.0);
        near(whole.snapped(0.34), 0.3);
        near(whole.step(0.04), 0.1);
        near(EVEN.step(0.04), 0.04);
    }
}
