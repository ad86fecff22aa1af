//! The workforce of PCNs: one row a record, a link worker or somebody else.
//!
//! A record of staff is one person's contract. A record of a contracted service is what a PCN buys
//! and can be several people. Identifiers of staff are never read.

use super::one_date::OneDate;
use crate::import::dates;
use crate::import::fault::{Fault, Faults};
use crate::import::kinds::{WORKFORCE, workforce as column};
use crate::import::names::{for_table, in_proper_case, is_code};
use crate::import::table::{Given, Row, read as read_table};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// How the role begins, in small letters.
const LINK_WORKER: &str = "social prescribing link worker";

/// Full-time equivalents of one record at most.
const MOST_FTE: f64 = 100.0;

/// Who works for PCNs.
#[derive(Clone, Debug)]
pub struct Workforce {
    /// What the file is called.
    pub file: String,
    /// The last day of its month.
    pub date: Date,
    /// Names of the PCNs that returned anybody, by code.
    pub returned: BTreeMap<String, String>,
    /// Records of link workers by code of the PCN, in the order of the file.
    pub link_workers: BTreeMap<String, Vec<LinkWorkers>>,
    /// How many records of link workers were left out because they are in mental health, by code of the PCN.
    pub left_out: BTreeMap<String, usize>,
}

/// One record of link workers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LinkWorkers {
    /// Full-time equivalents; 1 is 37.5 hours a week.
    pub fte: f64,
    /// Which kind of link worker.
    pub role: Role,
    /// Whether it is a contracted service and no staff.
    pub is_contracted: bool,
}

/// Which kind of link worker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// A link worker.
    LinkWorker,
    /// A link worker in mental health, for adults or without a word about whom for.
    MentalHealth,
    /// A link worker in mental health for children and young people.
    YoungMentalHealth,
}

/// Reads the workforce; nothing where it could not be read.
pub fn read(given: &Given, with_mental_health: bool, faults: &mut Faults) -> Option<Workforce> {
    let mut reading = Workforce {
        file: String::new(),
        date: Date::ZERO,
        returned: BTreeMap::new(),
        link_workers: BTreeMap::new(),
        left_out: BTreeMap::new(),
    };
    let mut date = OneDate::default();
    let mut own = Faults::default();
    let file = read_table(given, &WORKFORCE, &mut own, |row, faults| {
        take_date(row, &mut date, faults);
        take_record(row, with_mental_health, &mut reading, faults);
    });
    if let Some(file) = &file
        && reading.link_workers.is_empty()
        && reading.left_out.is_empty()
        && own.is_empty()
    {
        let what = "has no link worker in any row";
        let hint = "wanted are rows whose STAFF_ROLE begins with Social Prescribing Link Worker";
        own.add(Fault::of_file(file, what).hint(hint));
    }
    let date = file.as_ref().and_then(|file| date.or_fault(file, &mut own));
    faults.append(own);
    Some(Workforce {
        file: file?,
        date: date?,
        ..reading
    })
}

fn take_date(row: &Row<'_>, date: &mut OneDate, faults: &mut Faults) {
    let (year, month) = (row.text(column::YEAR), row.text(column::MONTH));
    match dates::month_end(&year, &month) {
        Some(day) => date.take(day, faults, |what| row.fault(column::MONTH, what)),
        None => {
            let is_year = dates::month_end(&year, "1").is_some();
            let wrong = if is_year { column::MONTH } else { column::YEAR };
            faults.add(row.wrong(wrong, if is_year { "is no month" } else { "is no year" }));
        }
    }
}

fn take_record(row: &Row<'_>, with_mental_health: bool, into: &mut Workforce, faults: &mut Faults) {
    let code = row.text(column::PCN_CODE).to_uppercase();
    let is_link_worker = row
        .text(column::ROLE)
        .to_lowercase()
        .starts_with(LINK_WORKER);
    if !is_code(&code) {
        // Nobody is simulated there, unless it is a link worker.
        if is_link_worker {
            faults.add(row.wrong(column::PCN_CODE, "is no PCN code"));
        }
        return;
    }
    if !into.returned.contains_key(&code) {
        let name = for_table(&in_proper_case(&row.text(column::PCN_NAME)));
        into.returned.insert(code.clone(), name);
    }
    if !is_link_worker {
        return;
    }
    let fte: Option<f64> = row.text(column::FTE).parse().ok();
    let Some(fte) = fte.filter(|fte| (0.0..=MOST_FTE).contains(fte)) else {
        faults.add(row.wrong(column::FTE, "is no full-time equivalent from 0 to 100"));
        return;
    };
    let role = role(row);
    if role != Role::LinkWorker && !with_mental_health {
        *into.left_out.entry(code).or_default() += 1;
        return;
    }
    into.link_workers
        .entry(code)
        .or_default()
        .push(LinkWorkers {
            fte,
            role,
            is_contracted: row
                .text(column::SOURCE)
                .to_lowercase()
                .contains("contracted"),
        });
}

fn role(row: &Row<'_>) -> Role {
    let says = |column: usize, words: &str| row.text(column).to_lowercase().contains(words);
    let in_either = |words| says(column::ROLE, words) || says(column::DETAILED_ROLE, words);
    match (in_either("mental health"), in_either("young people")) {
        (true, true) => Role::YoungMentalHealth,
        (true, false) => Role::MentalHealth,
        (false, _) => Role::LinkWorker,
    }
}
