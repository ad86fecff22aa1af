//! Distributions as written: a number, or an inline table with a name and its parameters.

use super::forms::Forms;
use crate::model::Distribution;
use crate::scenario::empirical;
use crate::scenario::finding::Finding;
use crate::scenario::kind::{Kind, grouped};
use crate::scenario::node::{Node, Value};
use crate::scenario::reader::{Field, Reader, Table};
use crate::scenario::spec::{Spec, refuse_kind, refuse_range};

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
            let finding =
                Finding::new(node.place, path, "names more or less than one distribution");
            let finding = finding.found(format!("{} names", entries.len()));
            reader
                .findings
                .add(finding.allowed(format!("one of `{}`", Forms::KEYS.join("`, `"))));
            return None;
        }
        let distribution = forms.distribution(reader)?;
        let fault = distribution
            .check()
            .err()
            .or_else(|| self.fault_of_mean(&distribution));
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
        (mean > self.0).then(|| {
            format!(
                "the mean must be at most {}, but is {mean}",
                grouped(self.0)
            )
        })
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
            return Some(Distribution::Exponential {
                mean: number(&it.mean)?,
            });
        }
        if let Some(it) = self.geometric.peek() {
            return Some(Distribution::Geometric {
                mean: number(&it.mean)?,
            });
        }
        let it = self.poisson.peek()?;
        Some(Distribution::Poisson {
            mean: number(&it.mean)?,
        })
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
            return Some(Distribution::Erlang {
                stages,
                mean: number(&it.mean)?,
            });
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
