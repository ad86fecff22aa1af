//! Estimators on plain numbers: what a sample says, and how surely.
//!
//! Nothing here knows what the numbers count: no domain word, no clock, no file, no generator, and
//! nothing else of this crate is imported. Undefined is `None`; a value that cannot be known has
//! no interval rather than a wide one.
//!
//! | file | answers |
//! | --- | --- |
//! | [`student_t`] | how many standard errors a confidence interval reaches |
//! | [`moments`] | mean, standard deviation, correlation of a slice; mean of paired differences |
//! | [`estimate`] | a mean with its interval; the same for shares, which stay within 0 and 1 |
//! | [`proportion`] | exact one-sided bounds of a probability |
//! | [`quantile`] | sample quantiles, and intervals for them from order statistics |
//! | [`replications`] | how many independent values are enough |
//! | [`warm_up`] | how much of the beginning of a series to leave out |
//! | [`mod@cumulative_incidence`] | the share to whom something has happened by a time |

pub mod cumulative_incidence;
pub mod estimate;
pub mod moments;
pub mod proportion;
pub mod quantile;
pub mod replications;
mod risk_sets;
pub mod student_t;
#[cfg(test)]
mod targets;
pub mod warm_up;

pub use cumulative_incidence::{Curve, cumulative_incidence, cumulative_incidence_variance};
pub use estimate::{ALPHA, Accumulator, Estimate, share_interval};
pub use moments::{correlation, mean, paired_difference, sample_sd};
pub use proportion::{proportion_high, proportion_low};
pub use quantile::{OrderStatisticInterval, order_statistic_interval, sample_quantile};
pub use replications::{PrecisionTarget, Progress, ReplicationsAlgorithm};
pub use risk_sets::{Exit, ExitKind};
pub use warm_up::{MSER_5, Truncation, mser};
