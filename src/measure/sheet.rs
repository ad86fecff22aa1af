//! One row of values, and the columns that say what they are.

use super::catalogue::{Measure, Unit};

/// Whom a measure is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// The whole primary care network.
    Pcn,
    /// One practice.
    Practice,
    /// One post.
    Post,
    /// One case type.
    CaseType,
    /// One source of referrals, where there are several.
    Source,
}

impl Scope {
    /// As written in the output files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pcn => "pcn",
            Self::Practice => "practice",
            Self::Post => "post",
            Self::CaseType => "case_type",
            Self::Source => "source",
        }
    }
}

/// The value of a measure in one replication, or nothing where it is undefined.
///
/// Held as one `f64` (not-a-number inside means undefined and never leaves), because ten thousand
/// replications of hundreds of measures are kept.
#[derive(Clone, Copy, Debug)]
pub struct Value(f64);

impl Value {
    /// Undefined.
    pub const UNDEFINED: Self = Self(f64::NAN);

    /// A value; undefined where it is not a finite number.
    #[must_use]
    pub fn new(value: Option<f64>) -> Self {
        value
            .filter(|value| value.is_finite())
            .map_or(Self::UNDEFINED, Self)
    }

    /// The value, where it is defined.
    #[must_use]
    pub fn defined(self) -> Option<f64> {
        (!self.0.is_nan()).then_some(self.0)
    }

    /// As eight bytes, which [`Value::from_bytes`] reads again.
    #[must_use]
    pub const fn to_bytes(self) -> [u8; 8] {
        self.0.to_le_bytes()
    }

    /// What [`Value::to_bytes`] wrote.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 8]) -> Self {
        Self(f64::from_le_bytes(bytes))
    }
}

/// What the values at one position are.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Whom it is about.
    pub scope: Scope,
    /// Which practice, post, case type or source; 0 for the PCN.
    pub entity: usize,
    /// What is measured.
    pub measure: &'static Measure,
}

impl Column {
    /// Its unit.
    #[must_use]
    pub const fn unit(&self) -> Unit {
        self.measure.unit
    }
}

/// A row being written.
#[derive(Debug)]
pub struct Sheet {
    scope: Scope,
    entity: usize,
    values: Vec<Value>,
    columns: Option<Vec<Column>>,
}

impl Sheet {
    /// A sheet that notes its columns.
    pub fn with_columns() -> Self {
        Self {
            columns: Some(Vec::new()),
            ..Self::values_only()
        }
    }

    /// A sheet of values alone.
    pub fn values_only() -> Self {
        Self {
            scope: Scope::Pcn,
            entity: 0,
            values: Vec::new(),
            columns: None,
        }
    }

    /// What is written next is about this scope.
    pub fn turn_to(&mut self, scope: Scope, entity: usize) {
        (self.scope, self.entity) = (scope, entity);
    }

    /// Writes a value.
    pub fn put(&mut self, measure: &'static Measure, value: Option<f64>) {
        self.values.push(Value::new(value));
        if let Some(columns) = &mut self.columns {
            columns.push(Column {
                scope: self.scope,
                entity: self.entity,
                measure,
            });
        }
    }

    /// Writes a count.
    pub fn count(&mut self, measure: &'static Measure, count: u64) {
        self.put(measure, Some(count as f64));
    }

    /// The columns noted.
    pub fn into_columns(self) -> Vec<Column> {
        self.columns.unwrap_or_default()
    }

    /// The values written.
    pub fn into_values(self) -> Vec<Value> {
        self.values
    }
}

/// `part / whole`, undefined where there is no whole.
#[must_use]
pub fn ratio(part: f64, whole: f64) -> Option<f64> {
    (whole > 0.0).then(|| part / whole)
}
