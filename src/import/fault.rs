//! What is wrong with a file that was given: file, row, column, what to do.
//!
//! Values are shown through [`quoted`], so that nothing that looks like an NHS number is echoed.

use crate::scenario::file::writing::quoted;
use std::fmt;

/// Faults that are listed at most; the others are counted.
const MOST_LISTED: usize = 20;

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file as it was given.
    pub file: String,
    /// Row, counted from 1, which is the header.
    pub row: Option<u64>,
    /// Name of the column.
    pub column: Option<String>,
    /// What is wrong: `is no number of patients: "many"`.
    pub what: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl Fault {
    /// A fault of a file as a whole.
    #[must_use]
    pub fn of_file(file: &str, what: impl Into<String>) -> Self {
        Self {
            file: quoted(file),
            row: None,
            column: None,
            what: what.into(),
            hint: None,
        }
    }

    /// The same with what to do about it.
    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self {
            hint: Some(hint.into()),
            ..self
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if let Some(row) = self.row {
            write!(f, ", row {row}")?;
        }
        if let Some(column) = &self.column {
            write!(f, ", column {column}")?;
        }
        write!(f, ": {}", self.what)?;
        match &self.hint {
            Some(hint) => write!(f, "\n  hint: {hint}"),
            None => Ok(()),
        }
    }
}

/// Everything that is wrong, in the order in which it was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Faults {
    listed: Vec<Fault>,
    more: usize,
}

impl Faults {
    /// One fault.
    #[must_use]
    pub fn one(fault: Fault) -> Self {
        Self {
            listed: vec![fault],
            more: 0,
        }
    }

    /// Adds a fault; above 20 they are only counted.
    pub fn add(&mut self, fault: Fault) {
        if self.listed.len() < MOST_LISTED {
            self.listed.push(fault);
        } else {
            self.more += 1;
        }
    }

    /// Adds all of another collection.
    pub fn append(&mut self, others: Self) {
        self.more += others.more;
        for fault in others.listed {
            self.add(fault);
        }
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.listed.is_empty()
    }

    /// `value` if nothing is wrong, else what is.
    ///
    /// # Errors
    /// These faults, if there are any.
    pub fn or<T>(self, value: T) -> Result<T, Self> {
        match self.is_empty() {
            true => Ok(value),
            false => Err(self),
        }
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, fault) in self.listed.iter().enumerate() {
            let line = if position > 0 { "\n" } else { "" };
            write!(f, "{line}error: {fault}")?;
        }
        match self.more {
            0 => Ok(()),
            more => write!(f, "\n{more} more of this kind are not shown"),
        }
    }
}

impl std::error::Error for Faults {}
