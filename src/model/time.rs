//! Time inside a replication: whole seconds on one clock.
//!
//! Integers make ties exact, so that the tie law of `engine::events` can be obeyed to the
//! letter, and make results the same on every platform. The clock's zero is the midnight that
//! opens the first simulated day (day 0). Clock changes in March and October are ignored: every
//! day has 86,400 seconds. Dates live in [`super::calendar`]; days, minutes and hours appear only
//! at the edges.

use std::ops::{Add, AddAssign, Sub};

/// Seconds in a day.
pub const SECONDS_PER_DAY: u64 = 86_400;
/// Seconds in an hour.
pub const SECONDS_PER_HOUR: u64 = 3_600;
/// Seconds in a week of seven days.
pub const SECONDS_PER_WEEK: u64 = 7 * SECONDS_PER_DAY;
/// Days in the year of every rate (model, section 4).
pub const DAYS_PER_YEAR: f64 = 365.25;

/// An instant: whole seconds since the clock's zero.
///
/// Two instants cannot be added; the difference of two is a [`SimDuration`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SimTime(u64);

/// A length of time in whole seconds, never negative.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SimDuration(u64);

/// A simulated day, counted from 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub u32);

impl SimTime {
    /// The clock's zero.
    pub const ZERO: Self = Self(0);

    /// The instant `seconds` after the clock's zero.
    #[inline]
    #[must_use]
    pub const fn from_seconds(seconds: u64) -> Self {
        Self(seconds)
    }

    /// Seconds since the clock's zero.
    #[inline]
    #[must_use]
    pub const fn seconds(self) -> u64 {
        self.0
    }

    /// The simulated day that holds this instant.
    #[inline]
    #[must_use]
    pub const fn day(self) -> Day {
        Day((self.0 / SECONDS_PER_DAY) as u32)
    }

    /// The time since `earlier`, or zero when `earlier` is in fact later.
    #[inline]
    #[must_use]
    pub const fn since(self, earlier: Self) -> SimDuration {
        SimDuration(self.0.saturating_sub(earlier.0))
    }
}

impl SimDuration {
    /// No time at all.
    pub const ZERO: Self = Self(0);
    /// One day.
    pub const DAY: Self = Self(SECONDS_PER_DAY);
    /// One week.
    pub const WEEK: Self = Self(SECONDS_PER_WEEK);
    /// The longest duration that a draw may have: 1,000 years of 365 days. A drawn time beyond it
    /// outlasts every period that a scenario may have, so cutting it there changes nothing.
    pub const LONGEST: Self = Self(1_000 * 365 * SECONDS_PER_DAY);

    /// A duration of whole seconds.
    #[inline]
    #[must_use]
    pub const fn from_seconds(seconds: u64) -> Self {
        Self(seconds)
    }

    /// A duration of `amount` units of `unit_seconds` each, to the nearest second; halves go up,
    /// amounts below zero give none.
    #[inline]
    #[must_use]
    pub fn from_units(amount: f64, unit_seconds: u64) -> Self {
        Self::nearest(amount * unit_seconds as f64)
    }

    /// A duration of `seconds`, to the nearest second; halves go up, amounts below zero give none.
    #[inline]
    #[must_use]
    pub fn nearest(seconds: f64) -> Self {
        // The cast saturates: NaN gives 0, huge values give the longest. Whole numbers with a sign
        // are what processors convert to.
        let whole = (seconds + 0.5) as i64;
        Self(whole.clamp(0, Self::LONGEST.0 as i64) as u64)
    }

    /// A duration of `days` days, to the nearest second.
    #[inline]
    #[must_use]
    pub fn from_days(days: f64) -> Self {
        Self::from_units(days, SECONDS_PER_DAY)
    }

    /// A duration of `minutes` minutes, to the nearest second.
    #[inline]
    #[must_use]
    pub fn from_minutes(minutes: f64) -> Self {
        Self::from_units(minutes, 60)
    }

    /// Whole seconds.
    #[inline]
    #[must_use]
    pub const fn seconds(self) -> u64 {
        self.0
    }

    /// Days, as a fraction.
    #[inline]
    #[must_use]
    pub fn days(self) -> f64 {
        self.0 as f64 / SECONDS_PER_DAY as f64
    }

    /// Hours, as a fraction.
    #[inline]
    #[must_use]
    pub fn hours(self) -> f64 {
        self.0 as f64 / SECONDS_PER_HOUR as f64
    }

    /// The longer of this less `other` and nothing.
    #[inline]
    #[must_use]
    pub const fn saturating_sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Day {
    /// The midnight that opens this day.
    #[inline]
    #[must_use]
    pub const fn opens(self) -> SimTime {
        SimTime(self.0 as u64 * SECONDS_PER_DAY)
    }

    /// The day after.
    #[inline]
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0 + 1)
    }

    /// This day as an index into tables of days.
    #[inline]
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

impl Add<SimDuration> for SimTime {
    type Output = Self;
    #[inline]
    fn add(self, rhs: SimDuration) -> Self {
        Self(self.0 + rhs.0)
    }
}

impl Sub for SimTime {
    type Output = SimDuration;
    #[inline]
    fn sub(self, rhs: Self) -> SimDuration {
        debug_assert!(self >= rhs, "a duration between instants is not negative");
        SimDuration(self.0 - rhs.0)
    }
}

impl Add for SimDuration {
    type Output = Self;
    #[inline]
    fn add(self, rhs: Self) -> Self {
        Self(self.0 + rhs.0)
    }
}

impl AddAssign for SimDuration {
    #[inline]
    fn add_assign(&mut self, rhs: Self) {
        self.0 += rhs.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_round_to_the_nearest_second() {
        assert_eq!(SimDuration::from_minutes(0.5).seconds(), 30);
        assert_eq!(SimDuration::from_units(1.5, 1).seconds(), 2);
        assert_eq!(SimDuration::from_units(1.49, 1).seconds(), 1);
        assert_eq!(SimDuration::from_days(-3.0), SimDuration::ZERO);
        assert_eq!(SimDuration::from_days(f64::MAX), SimDuration::LONGEST);
    }

    #[test]
    fn a_day_holds_its_midnight_and_not_the_next() {
        assert_eq!(Day(3).opens().day(), Day(3));
        assert_eq!(SimTime::from_seconds(4 * SECONDS_PER_DAY - 1).day(), Day(3));
    }
}
