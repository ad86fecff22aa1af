//! Counts over time: which months and weekdays have more, how fast they grow, and how much more they vary
//! than chance alone would have it.
//!
//! | file | answers |
//! | --- | --- |
//! | `shape` | factors of months and weekdays and growth, by maximum likelihood of Poisson counts by day |
//! | `dispersion` | the ratio of variance to mean of counts by cell, by Pearson's statistic |

mod dispersion;
mod shape;

pub use dispersion::{Cell, Dispersion, LinearVariance, dispersion};
pub use shape::{DayCount, Shape, ShapeFit, Wanted, fit_shape};
