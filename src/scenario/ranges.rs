//! Ranges of numbers that many keys share.

use std::ops::Bound::{Excluded, Included};

use super::kind::Range;
use super::spec::Number;

/// A probability or a share of something.
pub const SHARE: Number = between(0.0, 1.0);
/// A share that is not all.
pub const SHARE_BELOW_ONE: Number = Number(Range {
    low: Included(0.0),
    high: Excluded(1.0),
});
/// A share that is neither none nor all.
pub const INNER_SHARE: Number = Number(Range {
    low: Excluded(0.0),
    high: Excluded(1.0),
});
/// A multiplier.
pub const FACTOR: Number = between(0.0, 1_000.0);

/// A number from `low` to `high`, both included.
#[must_use]
pub const fn between(low: f64, high: f64) -> Number {
    Number(Range {
        low: Included(low),
        high: Included(high),
    })
}

/// A number above `low` and at most `high`.
#[must_use]
pub const fn above(low: f64, high: f64) -> Number {
    Number(Range {
        low: Excluded(low),
        high: Included(high),
    })
}
