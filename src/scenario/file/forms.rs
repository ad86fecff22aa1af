//! The distributions by name, and their parameters.

use std::ops::Bound::Included;

use crate::scenario::kind::{Lengths, Range};
use crate::scenario::presence::{optional, required};
use crate::scenario::ranges::{above, between};
use crate::scenario::reader::Written;
use crate::scenario::spec::{List, Nested, Number, Whole, nested};
use crate::scenario::table::table;
use crate::scenario::words::Name;

const LARGEST: f64 = 1e9;
const ZERO_OR_MORE: Number = between(0.0, LARGEST);
const POSITIVE: Number = above(0.0, LARGEST);
const CV: Number = above(0.0, 1_000.0);
const MANY: Lengths = Lengths::UpTo(100_000);
const MEAN_CV: Nested<MeanCv> = nested();

table! {
    /// A distribution: an inline table with one of these names and its parameters, for example
    /// { gamma = { mean = 14, cv = 0.3 } }. A plain number stands for a constant.
    Forms {
        /// Exponential.
        exponential: Mean = ("table", nested::<Mean>(), optional("")),
        /// Gamma.
        gamma: MeanCv = ("table", MEAN_CV, optional("")),
        /// Lognormal.
        lognormal: MeanCv = ("table", MEAN_CV, optional("")),
        /// Weibull.
        weibull: Weibull = ("table", nested::<Weibull>(), optional("")),
        /// Uniform.
        uniform: Uniform = ("table", nested::<Uniform>(), optional("")),
        /// Triangular.
        triangular: Triangular = ("table", nested::<Triangular>(), optional("")),
        /// Normal, truncated at 0.
        normal: Normal = ("table", nested::<Normal>(), optional("")),
        /// Erlang: a sum of equal exponential stages.
        erlang: Erlang = ("table", nested::<Erlang>(), optional("")),
        /// Hyperexponential: exponential with one of several means.
        hyperexponential: Hyperexponential = ("table", nested::<Hyperexponential>(), optional("")),
        /// Geometric on 1, 2, 3 and so on.
        geometric: FromOne = ("table", nested::<FromOne>(), optional("")),
        /// Poisson.
        poisson: Mean = ("table", nested::<Mean>(), optional("")),
        /// Listed values with their shares.
        discrete: Discrete = ("table", nested::<Discrete>(), optional("")),
        /// Observed values from a column of a CSV file, each as likely as any other.
        empirical: Empirical = ("table", nested::<Empirical>(), optional("")),
    }
}

table! {
    /// A distribution given by its mean.
    Mean {
        /// Mean.
        mean: f64 = ("as the key", POSITIVE, required()),
    }
}

table! {
    /// A distribution given by its mean and coefficient of variation.
    MeanCv {
        /// Mean.
        mean: f64 = ("as the key", POSITIVE, required()),
        /// Coefficient of variation: standard deviation over mean.
        cv: f64 = ("ratio", CV, required()),
    }
}

table! {
    /// Weibull: P(X > x) = exp(-(x / scale)^shape).
    Weibull {
        /// Shape; 1 is exponential.
        shape: f64 = ("number", between(0.1, 1_000.0), required()),
        /// Scale: about 63% of values lie below it.
        scale: f64 = ("as the key", POSITIVE, required()),
    }
}

table! {
    /// Uniform.
    Uniform {
        /// Smallest value.
        min: f64 = ("as the key", ZERO_OR_MORE, required()),
        /// Largest value.
        max: f64 = ("as the key", ZERO_OR_MORE, required()),
    }
}

table! {
    /// Triangular.
    Triangular {
        /// Smallest value.
        min: f64 = ("as the key", ZERO_OR_MORE, required()),
        /// Most likely value.
        mode: f64 = ("as the key", ZERO_OR_MORE, required()),
        /// Largest value.
        max: f64 = ("as the key", ZERO_OR_MORE, required()),
    }
}

table! {
    /// Normal, truncated at 0.
    Normal {
        /// Mean before truncation.
        mean: f64 = ("as the key", ZERO_OR_MORE, required()),
        /// Standard deviation before truncation.
        sd: f64 = ("as the key", POSITIVE, required()),
    }
}

table! {
    /// Erlang.
    Erlang {
        /// Number of stages.
        stages: u64 = ("count", Whole(1, 1_000_000), required()),
        /// Mean of the sum.
        mean: f64 = ("as the key", POSITIVE, required()),
    }
}

table! {
    /// Hyperexponential.
    Hyperexponential {
        /// Probability of each mean; they sum to 1.
        shares: Vec<f64> = ("shares", List(between(0.0, 1.0), MANY), required()),
        /// The means.
        means: Vec<f64> = ("as the key", List(POSITIVE, MANY), required()),
    }
}

table! {
    /// Geometric.
    FromOne {
        /// Mean, at least 1.
        mean: f64 = (
            "as the key",
            Number(Range { low: Included(1.0), high: Included(LARGEST) }),
            required(),
        ),
    }
}

table! {
    /// Listed values.
    Discrete {
        /// The values.
        values: Vec<f64> = ("as the key", List(ZERO_OR_MORE, MANY), required()),
        /// Share of each value; they sum to 1.
        shares: Vec<f64> = ("shares", List(between(0.0, 1.0), MANY), required()),
    }
}

table! {
    /// Observed values.
    Empirical {
        /// CSV file with a header row, in the scenario's folder.
        file: Written<String> = ("file", Name, required()),
        /// Column of the file.
        column: Written<String> = ("column", Name, required()),
    }
}
