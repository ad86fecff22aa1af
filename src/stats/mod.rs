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
//! | [`comparison`] | two alternatives pair by pair, and how many pairs are enough |
//! | [`kim_nelson`] | which of several systems is the best |
//! | [`mod@fieller`] | a ratio of means, and the net benefit in its place |
//! | [`mod@quadrants`] | how surely two mean differences have which signs |
//! | [`bivariate_t`] | the probability that two t values both lie below something |
//! | [`mod@latin_hypercube`] | points spread evenly in all dimensions, the mean over several sets |
//! | [`mod@maximin`] | Latin hypercubes whose points keep away from each other |
//! | [`sobol_sequence`] | points of low discrepancy, scrambled |
//! | [`morris`] | which of many inputs matter, by few runs |
//! | [`sobol_indices`] | which inputs a variance comes from |
//! | [`discrepancy`] | how evenly points fill a cube |
//! | [`linear_model`] | terms fitted to a response, and how well they foretell a point not seen |
//! | [`least_squares`] | how much a response changes with each of several inputs |
//! | [`variance_components`] | how much varies between groups and how much within |
//! | [`fisher_f`] | how far variances, and ratios of them, may lie from what was seen |
//! | [`levenberg_marquardt`] | where a sum of squares that can only be computed is least, within bounds |
//! | [`simulated_moments`] | how surely unknowns are known by numbers that a simulation was fitted to |
//! | [`symmetric`] | inverses and principal directions of symmetric matrices |
//! | [`mod@rounded`] | laws of whole numbers of which some are only known to be larger |
//! | [`rates`] | counts over time: factors of month and weekday, growth, dispersion |
//! | [`chi_squared`] | how often chance alone fits as badly |
//! | [`warm_up`] | how much of the beginning of a series to leave out |
//! | [`disclosure`] | which counts of a table may be published, and how |
//! | [`mod@cumulative_incidence`] | the share to whom something has happened by a time |

pub mod bivariate_t;
pub mod chi_squared;
pub mod comparison;
#[cfg(test)]
mod congruence;
pub mod cumulative_incidence;
pub mod disclosure;
pub mod discrepancy;
pub mod estimate;
pub mod fieller;
pub mod fisher_f;
mod householder;
pub mod kim_nelson;
pub mod latin_hypercube;
pub mod least_squares;
pub mod levenberg_marquardt;
pub mod linear_model;
pub mod maximin;
pub mod moments;
pub mod morris;
pub mod proportion;
pub mod quadrants;
pub mod quantile;
pub mod rates;
pub mod replications;
mod risk_sets;
pub mod rounded;
pub mod simulated_moments;
pub mod sobol_indices;
pub mod sobol_sequence;
pub mod student_t;
pub mod symmetric;
#[cfg(test)]
mod targets;
pub mod variance_components;
pub mod warm_up;

pub use comparison::{Comparison, DifferenceAlgorithm, Preference, bonferroni, probability_better};
pub use cumulative_incidence::{Curve, Watch, cumulative_incidence, cumulative_incidence_variance};
pub use disclosure::{Published, PublishedTable, published, published_table};
pub use discrepancy::centred_discrepancy;
pub use estimate::{ALPHA, Accumulator, Estimate, share_interval};
pub use fieller::{Ratio, RatioSet, fieller, net_benefit, ratio};
pub use kim_nelson::{
    Elimination, KimNelson, Selection, SelectionRule, kim_nelson_eta, kim_nelson_h2,
};
pub use latin_hypercube::{FEWEST_HYPERCUBES, hypercubes_mean, latin_hypercube};
pub use least_squares::{Regression, Slope};
pub use linear_model::{Fitted, LinearModel};
pub use maximin::maximin;
pub use moments::{
    PairedMoments, correlation, mean, paired_difference, paired_difference_at_level, sample_sd,
};
pub use proportion::{proportion_high, proportion_low};
pub use quadrants::{Quadrants, quadrants};
pub use quantile::{
    OrderStatisticInterval, QuantileEstimate, order_statistic_interval, quantile_estimate,
    replications_needed, sample_quantile, sample_quantiles,
};
pub use replications::{PrecisionTarget, Progress, ReplicationsAlgorithm};
pub use risk_sets::{Exit, ExitKind};
pub use variance_components::{Part, VarianceComponents};
pub use warm_up::{MSER_5, Truncation, mser};
