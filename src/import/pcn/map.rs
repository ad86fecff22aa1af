//! The practice-to-PCN map: one row a practice.

use super::one_date::OneDate;
use crate::import::dates;
use crate::import::fault::Faults;
use crate::import::kinds::{MAP, map as column};
use crate::import::names::{is_code, safe};
use crate::import::table::{Given, Row, read as read_table};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// What stands in place of a PCN code where a practice has no PCN; the publication writes `U`.
const UNALLOCATED: [&str; 5] = ["", "U", "NA", "NULL", "UNALLOCATED"];

/// Practices and what they belong to.
#[derive(Clone, Debug)]
pub struct Map {
    /// What the file is called.
    pub file: String,
    /// Its date.
    pub date: Date,
    /// Practices by ODS code.
    pub practices: BTreeMap<String, Mapped>,
    /// Names of PCNs by code.
    pub networks: BTreeMap<String, String>,
    /// Names of ICBs by code; empty where the file has none.
    pub icbs: BTreeMap<String, String>,
    /// Names that could not be written into a scenario: code, and why.
    pub renamed: Vec<(String, &'static str)>,
}

/// A practice of the map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapped {
    /// Name in proper case; the code where the name cannot be written.
    pub name: String,
    /// Code of its PCN, if it has one.
    pub network: Option<String>,
    /// Code of its ICB; empty where the file does not say.
    pub icb: String,
    /// Code of its sub-ICB location; empty where the file does not say.
    pub sub_icb: String,
    /// Row in the file.
    pub row: u64,
}

/// Reads the map; nothing where it could not be read.
pub fn read(given: &Given, faults: &mut Faults) -> Option<Map> {
    let mut reading = Map {
        file: String::new(),
        date: Date::ZERO,
        practices: BTreeMap::new(),
        networks: BTreeMap::new(),
        icbs: BTreeMap::new(),
        renamed: Vec::new(),
    };
    let mut date = OneDate::default();
    let mut own = Faults::default();
    let file = read_table(given, &MAP, &mut own, |row, faults| {
        take_date(row, &mut date, faults);
        take_practice(row, &mut reading, faults);
    });
    let date = file.as_ref().and_then(|file| date.or_fault(file, &mut own));
    faults.append(own);
    Some(Map {
        file: file?,
        date: date?,
        ..reading
    })
}

fn take_date(row: &Row<'_>, date: &mut OneDate, faults: &mut Faults) {
    match dates::day(&row.text(column::DATE)) {
        Some(day) => date.take(day, faults, |what| row.fault(column::DATE, what)),
        None => faults.add(row.wrong(column::DATE, "is no date")),
    }
}

fn take_practice(row: &Row<'_>, reading: &mut Map, faults: &mut Faults) {
    let code = row.text(column::PRACTICE_CODE).to_uppercase();
    if code.len() < 3 || !is_code(&code) {
        faults.add(row.wrong(column::PRACTICE_CODE, "is no practice code"));
        return;
    }
    if let Some(first) = reading.practices.get(&code) {
        let what = format!("{code} is there a second time, first in row {}", first.row);
        faults.add(row.fault(column::PRACTICE_CODE, what));
        return;
    }
    let network = code_of(row, column::PCN_CODE, "is no PCN code", faults);
    let network = Some(network).filter(|it| !UNALLOCATED.contains(&it.as_str()));
    let icb = code_of(row, column::ICB_CODE, "is no ICB code", faults);
    let sub_icb = code_of(row, column::SUB_ICB_CODE, "is no sub-ICB code", faults);
    let renamed = &mut reading.renamed;
    if let Some(code) = &network
        && !reading.networks.contains_key(code)
    {
        let name = named(&row.text(column::PCN_NAME), code, renamed);
        reading.networks.insert(code.clone(), name);
    }
    if !icb.is_empty() && !reading.icbs.contains_key(&icb) {
        let name = named(&row.text(column::ICB_NAME), &icb, renamed);
        reading.icbs.insert(icb.clone(), name);
    }
    let name = named(&row.text(column::PRACTICE_NAME), &code, renamed);
    let practice = Mapped {
        name,
        network,
        icb,
        sub_icb,
        row: row.number,
    };
    reading.practices.insert(code, practice);
}

/// The code in a column, in capitals; empty where there is none, and where it is no code, which is
/// reported.
fn code_of(row: &Row<'_>, column: usize, what: &str, faults: &mut Faults) -> String {
    let code = row.text(column).to_uppercase();
    if code.is_empty() || code == "-" || is_code(&code) {
        return code.replace('-', "");
    }
    faults.add(row.wrong(column, what));
    String::new()
}

/// A name in proper case, or the code where a scenario could not hold it.
fn named(name: &str, code: &str, renamed: &mut Vec<(String, &'static str)>) -> String {
    safe(name).unwrap_or_else(|why| {
        renamed.push((code.to_owned(), why));
        code.to_owned()
    })
}
