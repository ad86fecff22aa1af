//! Distributions as written: an inline table with the distribution's name and its parameters.

use crate::model::Distribution;
use crate::scenario::empirical;
use crate::scenario::finding::Finding;
use crate::scenario::kind::{Kind, Lengths, Range, grouped};
use crate::scenario::node::{Node, Value};
use crate::scenario::presence::{optional, required};
use crate::scenario::ranges::{above, between};
use crate::scenario::reader::{Field, Reader, Table, Written};
use crate::scenario::spec::{List, Nested, Number, Spec, Whole, nested, refuse_kind, refuse_range};
use crate::scenario::table::table;
use crate::scenario::words::Name;
use std::ops::Bound::Included;

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
    later ["uncertain"]
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
        mean: f64 = ("as the key", Number(Range { low: Included(1.0), high: Included(LARGEST) }), required()),
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

/// A distribution whose constant or mean is at most so much.
pub struct DistributionSpec(pub f64);

impl Spec for DistributionSpec {
    type Out = Distribution;

    fn kind(&self) -> Kind {
        Kind::Distribution(self.0)
    }

    fn read(&self, node: &Node, path: &str, reader: &mut Reader<'_>) -> Option<Distribution> {
        match node.value {
            Value::Number { .. } => self.constant(node, path, reader),
            Value::Table(_) => self.drawn(node, path, reader),
            _ => {
                refuse_kind(node, path, &self.kind(), reader);
                None
            }
        }
    }
}

impl DistributionSpec {
    fn constant(&self, node: &Node, path: &str, reader: &mut Reader<'_>) -> Option<Distribution> {
        match node.value {
            Value::Number { value, .. } if (0.0..=self.0).contains(&value) => {
                Some(Distribution::Constant(value + 0.0))
            }
            _ => {
                refuse_range(node, path, &self.kind(), reader);
                None
            }
        }
    }

    fn drawn(&self, node: &Node, path: &str, reader: &mut Reader<'_>) -> Option<Distribution> {
        let forms: Forms = reader.table(node, path)?;
        let entries = node.entries().unwrap_or_default();
        if entries.len() != 1 {
            let finding = Finding::new(node.place, path, "names more or less than one distribution");
            let finding = finding.found(format!("{} names", entries.len()));
            reader.findings.add(finding.allowed(format!("one of `{}`", Forms::KEYS.join("`, `"))));
            return None;
        }
        let distribution = forms.distribution(reader)?;
        let fault = distribution.check().err().or_else(|| self.fault_of_mean(&distribution));
        match fault {
            None => Some(distribution),
            Some(fault) => {
                let finding = Finding::new(node.place, path, "is not a distribution that can be");
                reader.findings.add(finding.found(fault));
                None
            }
        }
    }

    fn fault_of_mean(&self, distribution: &Distribution) -> Option<String> {
        let mean = distribution.mean();
        (mean > self.0).then(|| format!("the mean must be at most {}, but is {mean}", grouped(self.0)))
    }
}

impl Forms {
    /// The distribution, if the one that is given is right.
    fn distribution(&self, reader: &mut Reader<'_>) -> Option<Distribution> {
        self.of_mean()
            .or_else(|| self.of_several())
            .or_else(|| self.of_bounds())
            .or_else(|| self.of_lists())
            .or_else(|| self.of_file(reader))
    }

    fn of_mean(&self) -> Option<Distribution> {
        if let Some(it) = self.exponential.peek() {
            return Some(Distribution::Exponential { mean: number(&it.mean)? });
        }
        if let Some(it) = self.geometric.peek() {
            return Some(Distribution::Geometric { mean: number(&it.mean)? });
        }
        let it = self.poisson.peek()?;
        Some(Distribution::Poisson { mean: number(&it.mean)? })
    }

    fn of_several(&self) -> Option<Distribution> {
        if let Some(it) = self.gamma.peek() {
            let (mean, cv) = (number(&it.mean)?, number(&it.cv)?);
            return Some(Distribution::Gamma { mean, cv });
        }
        if let Some(it) = self.lognormal.peek() {
            let (mean, cv) = (number(&it.mean)?, number(&it.cv)?);
            return Some(Distribution::Lognormal { mean, cv });
        }
        if let Some(it) = self.erlang.peek() {
            let stages = u32::try_from(*it.stages.peek()?).ok()?;
            return Some(Distribution::Erlang { stages, mean: number(&it.mean)? });
        }
        let it = self.weibull.peek()?;
        let (shape, scale) = (number(&it.shape)?, number(&it.scale)?);
        Some(Distribution::Weibull { shape, scale })
    }

    fn of_bounds(&self) -> Option<Distribution> {
        if let Some(it) = self.uniform.peek() {
            let (min, max) = (number(&it.min)?, number(&it.max)?);
            return Some(Distribution::Uniform { min, max });
        }
        if let Some(it) = self.normal.peek() {
            let (mean, sd) = (number(&it.mean)?, number(&it.sd)?);
            return Some(Distribution::Normal { mean, sd });
        }
        let it = self.triangular.peek()?;
        let (min, mode, max) = (number(&it.min)?, number(&it.mode)?, number(&it.max)?);
        Some(Distribution::Triangular { min, mode, max })
    }

    fn of_lists(&self) -> Option<Distribution> {
        if let Some(it) = self.hyperexponential.peek() {
            let (shares, means) = (it.shares.peek()?.clone(), it.means.peek()?.clone());
            return Some(Distribution::Hyperexponential { shares, means });
        }
        let it = self.discrete.peek()?;
        let (values, shares) = (it.values.peek()?.clone(), it.shares.peek()?.clone());
        Some(Distribution::Discrete { values, shares })
    }

    fn of_file(&self, reader: &mut Reader<'_>) -> Option<Distribution> {
        let it = self.empirical.peek()?;
        let (file, column) = (it.file.given()?, it.column.given()?);
        empirical::values(&file.value, &column.value, reader).map(Distribution::Empirical)
    }
}

fn number(field: &Field<f64>) -> Option<f64> {
    field.peek().copied()
}
