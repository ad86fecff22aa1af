//! The one date of a file.

use crate::import::dates::in_words;
use crate::import::fault::{Fault, Faults};
use jiff::civil::Date;

/// The date of the first row, which every other row must have.
#[derive(Debug, Default)]
pub struct OneDate {
    date: Option<Date>,
    is_told: bool,
}

impl OneDate {
    /// Takes the date of a row; another one than before is told once, by `fault`.
    pub fn take(&mut self, date: Date, faults: &mut Faults, fault: impl Fn(String) -> Fault) {
        match self.date {
            None => self.date = Some(date),
            Some(first) if first != date && !self.is_told => {
                self.is_told = true;
                let what = format!(
                    "is of {}, rows before it are of {}",
                    in_words(date),
                    in_words(first)
                );
                faults.add(fault(what).hint("give the file of one month"));
            }
            Some(_) => {}
        }
    }

    /// The date, if any row had one; that none had is a fault.
    pub fn or_fault(&self, file: &str, faults: &mut Faults) -> Option<Date> {
        if self.date.is_none() && faults.is_empty() {
            faults.add(Fault::of_file(file, "has no row besides its header"));
        }
        self.date
    }
}
