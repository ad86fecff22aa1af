//! List sizes: the row of each practice for all ages and both sexes.
//!
//! The file of totals (`gp-reg-pat-prac-all`) has one row a practice; those by five-year age band
//! (`quin-age`) and by year of age (`sing-age`) have rows for PCNs, ICBs and regions too, and their
//! totals stand where sex and age are `ALL`. Those of larger areas are kept to hold the practices against them.

use super::one_date::OneDate;
use super::whole::is_area;
use crate::import::dates;
use crate::import::fault::{Fault, Faults};
use crate::import::kinds::{LISTS, compared, lists as column};
use crate::import::names::is_code;
use crate::import::table::{Given, Row, read as read_table};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// People on one list at most, as in a scenario.
const MOST_PATIENTS: u64 = 10_000_000;

/// People registered with each practice.
#[derive(Clone, Debug)]
pub struct Lists {
    /// What the file is called.
    pub file: String,
    /// Its date.
    pub date: Date,
    /// Registered patients by ODS code.
    pub sizes: BTreeMap<String, u64>,
    /// Rows of the practices by ODS code.
    pub rows: BTreeMap<String, u64>,
    /// Rows of totals of larger areas, where the file has them.
    pub totals: Vec<Total>,
}

/// A row of the total of an area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Total {
    /// What it is of, as names are compared: `PCN`, `ICB`, `COMM_REGION`.
    pub area: String,
    /// Its code.
    pub code: String,
    /// Registered patients.
    pub patients: u64,
    /// Row in the file.
    pub row: u64,
}

/// Reads the list sizes; nothing where they could not be read.
pub fn read(given: &Given, faults: &mut Faults) -> Option<Lists> {
    let mut sizes = BTreeMap::new();
    let mut date = OneDate::default();
    let mut totals = Vec::new();
    let mut own = Faults::default();
    let file = read_table(given, &LISTS, &mut own, |row, faults| {
        if !is_total(row) {
            return;
        }
        let area = compared(&row.text(column::TYPE));
        if is_area(&area) {
            totals.extend(total(row, area, faults));
        }
        if !row.text(column::TYPE).eq_ignore_ascii_case("GP") {
            return;
        }
        match dates::day(&row.text(column::DATE)) {
            Some(day) => date.take(day, faults, |what| row.fault(column::DATE, what)),
            None => faults.add(row.wrong(column::DATE, "is no date")),
        }
        take_size(row, &mut sizes, faults);
    });
    if let Some(file) = &file
        && sizes.is_empty()
        && own.is_empty()
    {
        let what = "has no row of a practice for all ages and both sexes";
        let hint = "wanted are rows whose type is GP, whose sex is ALL and whose age is ALL";
        own.add(Fault::of_file(file, what).hint(hint));
    }
    let date = file.as_ref().and_then(|file| date.or_fault(file, &mut own));
    faults.append(own);
    Some(Lists {
        file: file?,
        date: date?,
        rows: sizes
            .iter()
            .map(|(code, (_, row))| (code.clone(), *row))
            .collect(),
        totals,
        sizes: sizes
            .into_iter()
            .map(|(code, (size, _))| (code, size))
            .collect(),
    })
}

/// Whether a row is the total of a practice or an area.
fn is_total(row: &Row<'_>) -> bool {
    let is_all = |column: usize| row.text(column).eq_ignore_ascii_case("ALL");
    is_all(column::SEX) && is_all(column::AGE)
}

/// The total of an area.
fn total(row: &Row<'_>, area: String, faults: &mut Faults) -> Option<Total> {
    let Ok(patients) = row.text(column::PATIENTS).parse::<u32>() else {
        faults.add(row.wrong(column::PATIENTS, "is no number of patients"));
        return None;
    };
    Some(Total {
        area,
        code: row.text(column::CODE).to_uppercase(),
        patients: patients.into(),
        row: row.number,
    })
}

fn take_size(row: &Row<'_>, sizes: &mut BTreeMap<String, (u64, u64)>, faults: &mut Faults) {
    let code = row.text(column::CODE).to_uppercase();
    if !is_code(&code) {
        faults.add(row.wrong(column::CODE, "is no practice code"));
        return;
    }
    let size: Option<u64> = row.text(column::PATIENTS).parse().ok();
    let Some(size) = size.filter(|size| *size <= MOST_PATIENTS) else {
        let what = "is no number of patients, which is whole and at most 10,000,000";
        faults.add(row.wrong(column::PATIENTS, what));
        return;
    };
    if let Some((_, first)) = sizes.get(&code) {
        let what = format!("{code} is there a second time, first in row {first}");
        faults.add(row.fault(column::CODE, what));
        return;
    }
    sizes.insert(code, (size, row.number));
}
