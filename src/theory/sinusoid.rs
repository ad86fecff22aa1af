//! A number that swings as a sine over a period, such as referrals over a year.

use std::f64::consts::TAU;

/// mean + amplitude sin(2 pi (t - lag) / period).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sinusoid {
    /// Mean over a period.
    pub mean: f64,
    /// Greatest distance from the mean; 0 or more.
    pub amplitude: f64,
    /// Time between two peaks.
    pub period: f64,
    /// How much later than sin(2 pi t / period) it peaks: from 0 to the period.
    pub lag: f64,
}

impl Sinusoid {
    /// The rate base + amplitude sin(2 pi t / period); `None` unless 0 <= amplitude <= base and
    /// base and period are positive and finite.
    #[must_use]
    pub fn rate(base: f64, amplitude: f64, period: f64) -> Option<Self> {
        let rate = Self {
            mean: base,
            amplitude,
            period,
            lag: 0.0,
        };
        rate.is_rate().then_some(rate)
    }

    /// The value at `time`.
    #[must_use]
    pub fn at(&self, time: f64) -> f64 {
        self.mean + self.amplitude * (self.frequency() * (time - self.lag)).sin()
    }

    /// The mean value over the times from `start` to `end`, at once where they are equal:
    /// with g = 2 pi / period and x = g (end - start) / 2 it is
    /// mean + amplitude sin(g (middle - lag)) sin(x) / x.
    #[must_use]
    pub fn mean_over(&self, start: f64, end: f64) -> f64 {
        let half = self.frequency() * (end - start) / 2.0;
        let flattened = if half.abs() > 0.0 {
            half.sin() / half
        } else {
            1.0
        };
        let middle = self.at(start.midpoint(end));
        self.mean + (middle - self.mean) * flattened
    }

    /// Radians per unit of time: 2 pi / period.
    pub(super) fn frequency(&self) -> f64 {
        TAU / self.period
    }

    /// Whether it can be a rate: never negative, positive on average, with a frequency.
    pub(super) fn is_rate(&self) -> bool {
        let proper = |number: f64| number > 0.0 && number.is_finite();
        let swing = (0.0..=self.mean).contains(&self.amplitude);
        proper(self.mean) && swing && proper(self.frequency()) && self.lag.is_finite()
    }

    /// Its answer from a linear system that multiplies the mean by `gain` and the swing by a complex
    /// number of this size, turned back by `angle` radians; `None` where that is not finite.
    pub(super) fn answer(&self, gain: f64, size: f64, angle: f64) -> Option<Self> {
        let later = self.lag + angle / self.frequency();
        let answer = Self {
            mean: self.mean * gain,
            amplitude: self.amplitude * size,
            period: self.period,
            lag: later.rem_euclid(self.period),
        };
        let numbers = [answer.mean, answer.amplitude, answer.lag];
        numbers.into_iter().all(f64::is_finite).then_some(answer)
    }
}

#[cfg(test)]
mod tests {
    use super::super::targets::assert_six_digits;
    use super::*;

    #[test]
    fn values_and_means_by_hand() {
        let yearly = Sinusoid {
            lag: 3.0,
            ..Sinusoid::rate(5.0, 1.0, 52.0).expect("a rate")
        };
        assert_six_digits(yearly.at(3.0), 5.0);
        assert_six_digits(yearly.at(16.0), 6.0);
        assert_six_digits(yearly.at(42.0), 4.0);
        assert_six_digits(yearly.mean_over(7.0, 59.0), 5.0);
        assert_six_digits(
            yearly.mean_over(3.0, 29.0),
            5.0 + 2.0 / std::f64::consts::PI,
        );
        assert_six_digits(yearly.mean_over(16.0, 16.0), 6.0);
    }

    #[test]
    fn what_may_turn_negative_is_no_rate() {
        for (base, amplitude, period) in [
            (5.0, 5.1, 52.0),
            (5.0, -1.0, 52.0),
            (0.0, 0.0, 52.0),
            (f64::NAN, 0.0, 52.0),
            (f64::INFINITY, 0.0, 52.0),
            (5.0, f64::NAN, 52.0),
            (5.0, 1.0, 0.0),
            (5.0, 1.0, -52.0),
            (5.0, 1.0, f64::NAN),
            (5.0, 1.0, f64::INFINITY),
        ] {
            assert_eq!(Sinusoid::rate(base, amplitude, period), None);
        }
    }
}
