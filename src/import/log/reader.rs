//! The rows of a log: which columns are read, which rows are referrals, what is set aside.
//!
//! A column that is not documented is never looked at. A value that looks like an NHS number in a column that
//! is read refuses the file, unseen. Everything else that cannot be taken is set aside with its row, its
//! column and a reason; of a row whose pathway is doubtful the receipt still counts.

use super::aside::{Aside, Lost};
use super::cells::{count, date};
use super::entry::{Entry, Outcome, Pathway};
use super::layout::{RowNumbers, delimiter, name_of, places, reader};
use super::meanings::Meanings;
use super::order::check_order;
use crate::import::fault::{Fault, Faults};
use crate::import::kinds::{LOG, compared, log as columns};
use crate::import::table::{Given, check_beginning, decoded, header};
use crate::import::{counted, zip};
use crate::scenario::file::writing::holds_nhs_number;
use csv::ByteRecord;
use jiff::{ToSpan, civil::Date};
use std::collections::BTreeMap;

/// Days that a date of receipt may stand apart from all others.
const FAR_APART_DAYS: i32 = 180;
/// Of so many rows one may stand apart.
const ONE_IN: usize = 100;
/// Years after the last referral in which something may still have happened to one.
const YEARS_AFTER: i64 = 3;
/// Bytes that are looked at to tell what a file is.
const BEGINNING: usize = 4_096;

/// Days that are asked for; the first and last day of receipt where not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Period {
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
}

/// A log as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Log {
    /// What the file is called.
    pub file: String,
    /// The referrals received in the period, in the order of the file.
    pub entries: Vec<Entry>,
    /// What was set aside, in the order of the file.
    pub asides: Vec<Aside>,
    /// Rows that are not blank, besides the header.
    pub rows: usize,
    /// Blank rows.
    pub blank: usize,
    /// Referrals received before or after the period.
    pub outside: usize,
    /// The documented columns that it has, by their documented names.
    pub columns: Vec<&'static str>,
    /// How many other columns it has, which were not looked at.
    pub others: usize,
    /// First day of the period.
    pub from: Date,
    /// Last day of the period.
    pub to: Date,
    /// Last day of which the log knows: what came later has not happened yet.
    pub seen_until: Date,
}

impl Log {
    /// Whether it has a column.
    #[must_use]
    pub fn has(&self, column: usize) -> bool {
        let name = LOG.columns.get(column).and_then(|it| it.names.first());
        name.is_some_and(|name| self.columns.contains(name))
    }

    /// Pathways with the day of receipt, of referrals of which nothing had to be set aside.
    pub fn pathways(&self) -> impl Iterator<Item = (Date, &Pathway)> {
        let entries = self.entries.iter();
        entries.filter_map(|it| Some((it.received, it.pathway.as_ref()?)))
    }
}

/// Reads a log.
///
/// # Errors
/// When it is no log, holds what looks like an NHS number, or has hardly a row that can be taken.
pub fn read(given: &Given, meanings: &Meanings, period: Period) -> Result<Log, Faults> {
    let mut rows = Rows::new(given, meanings).map_err(Faults::one)?;
    let mut faults = Faults::default();
    rows.read(&given.bytes, &mut faults);
    let rows = faults.or(rows)?;
    rows.check_most_are_taken()?;
    rows.into_log(period)
}

struct Rows<'a> {
    file: &'a str,
    meanings: &'a Meanings,
    delimiter: u8,
    width: usize,
    places: Vec<Option<usize>>,
    entries: Vec<(u64, Entry)>,
    asides: Vec<Aside>,
    rows: usize,
    blank: usize,
}

impl<'a> Rows<'a> {
    fn new(given: &'a Given, meanings: &'a Meanings) -> Result<Self, Fault> {
        let refused = |what: &str| Fault::of_file(&given.name, what);
        if zip::is_zip(&given.bytes) {
            let what = "is a workbook or a zip, not a CSV";
            return Err(refused(what).hint("save the sheet as CSV UTF-8"));
        }
        let beginning = &given.bytes[..given.bytes.len().min(BEGINNING)];
        check_beginning(beginning, &given.name, LOG.from)?;
        let delimiter = delimiter(beginning);
        let mut record = ByteRecord::new();
        let mut reader = reader(&given.bytes, delimiter);
        let has_header = reader.read_byte_record(&mut record);
        if !has_header.is_ok_and(|it| it) {
            return Err(refused("cannot be read as a CSV"));
        }
        let header = header(&record);
        Ok(Self {
            file: &given.name,
            meanings,
            delimiter,
            width: header.len(),
            places: places(&header, &given.name)?,
            entries: Vec::new(),
            asides: Vec::new(),
            rows: 0,
            blank: 0,
        })
    }

    fn read(&mut self, bytes: &[u8], faults: &mut Faults) {
        let mut reader = reader(bytes, self.delimiter);
        let mut record = ByteRecord::new();
        let mut counted = RowNumbers::of(bytes);
        let mut is_header = true;
        while matches!(reader.read_byte_record(&mut record), Ok(true)) {
            let number = counted.next(&record);
            if std::mem::take(&mut is_header) {
                continue;
            }
            if record.iter().all(|it| it.trim_ascii().is_empty()) {
                self.blank += 1;
                continue;
            }
            self.rows += 1;
            if self.refuse_numbers(&record, number, faults) {
                continue;
            }
            self.row(&record, number);
        }
    }

    /// Tells of what looks like an NHS number in a column that is read.
    fn refuse_numbers(&self, record: &ByteRecord, row: u64, faults: &mut Faults) -> bool {
        let mut found = false;
        for column in 0..LOG.columns.len() {
            let text = self.text(record, column);
            if text.len() >= 10 && holds_nhs_number(&text) {
                found = true;
                let fault = Fault {
                    row: Some(row),
                    column: Some(name_of(column).to_lowercase()),
                    ..Fault::of_file(self.file, "holds what looks like an NHS number")
                };
                faults.add(
                    fault.hint("take the numbers out; nothing here needs to know who anybody is"),
                );
            }
        }
        found
    }

    fn text(&self, record: &ByteRecord, column: usize) -> String {
        let place = self.places.get(column).copied().flatten();
        let bytes = place
            .and_then(|place| record.get(place))
            .unwrap_or_default();
        decoded(bytes.trim_ascii()).trim().to_owned()
    }

    fn row(&mut self, record: &ByteRecord, row: u64) {
        let beyond = record.iter().skip(self.width);
        let is_longer = beyond.into_iter().any(|it| !it.trim_ascii().is_empty());
        if record.len() < self.width || is_longer {
            let reason = "has more or fewer columns than the header";
            return self.set_aside(row, None, Lost::Row, reason);
        }
        let text = |column| self.text(record, column);
        let names = LOG.columns[columns::RECEIVED].names;
        if names.contains(&compared(&text(columns::RECEIVED)).as_str()) {
            return self.set_aside(row, None, Lost::Row, "is the header again");
        }
        let received = match date(&text(columns::RECEIVED)) {
            Ok(Some(date)) => date,
            Ok(None) => return self.set_aside(row, Some(columns::RECEIVED), Lost::Row, "is empty"),
            Err(why) => return self.set_aside(row, Some(columns::RECEIVED), Lost::Row, why),
        };
        let practice = text(columns::PRACTICE);
        let Some(practice) = self.meanings.practice(&practice) else {
            let reason = match practice.is_empty() {
                true => "is empty",
                false => "is no practice of the scenario",
            };
            return self.set_aside(row, Some(columns::PRACTICE), Lost::Row, reason);
        };
        let pathway = match self.pathway(record, row, received) {
            Ok(pathway) => Some(pathway),
            Err((column, reason)) => {
                self.set_aside(row, Some(column), Lost::Pathway, reason);
                None
            }
        };
        self.entries.push((
            row,
            Entry {
                received,
                practice,
                pathway,
            },
        ));
    }

    /// What became of a referral, if all of it can be read and agrees with itself.
    fn pathway(
        &mut self,
        record: &ByteRecord,
        row: u64,
        received: Date,
    ) -> Result<Pathway, (usize, &'static str)> {
        let text = |column| self.text(record, column);
        let date_in = |column| date(&text(column)).map_err(|why| (column, why));
        let count_in = |column| count(&text(column)).map_err(|why| (column, why));
        let mut pathway = Pathway {
            first_contact: date_in(columns::FIRST_CONTACT)?,
            first_appointment: date_in(columns::FIRST_APPOINTMENT)?,
            contacts: count_in(columns::CONTACTS)?,
            missed: count_in(columns::MISSED)?,
            attempts: count_in(columns::ATTEMPTS)?,
            discharged: date_in(columns::DISCHARGED)?,
            ..Pathway::default()
        };
        let outcome = text(columns::OUTCOME);
        pathway.outcome = self.ending(&pathway, &outcome)?;
        check_order(received, &pathway)?;
        let (kind, source) = (text(columns::TYPE), text(columns::SOURCE));
        pathway.case_type = self.meanings.case_type(&kind);
        pathway.source = self.meanings.source(&source);
        if pathway.case_type.is_none() && !kind.is_empty() && self.meanings.has_case_types() {
            let reason = "is no case type of the scenario";
            self.set_aside(row, Some(columns::TYPE), Lost::Cell, reason);
        }
        if pathway.source.is_none() && !source.is_empty() && self.meanings.has_sources() {
            let reason = "is no source of the scenario";
            self.set_aside(row, Some(columns::SOURCE), Lost::Cell, reason);
        }
        Ok(pathway)
    }

    /// How a referral ended; with a column for it the word says so, else the dates.
    fn ending(
        &self,
        pathway: &Pathway,
        word: &str,
    ) -> Result<Option<Outcome>, (usize, &'static str)> {
        let has = |column: usize| self.places[column].is_some();
        let is_discharged = pathway.discharged.is_some();
        if !has(columns::OUTCOME) {
            let was_seen = pathway.first_contact.is_some() || pathway.first_appointment.is_some();
            let seen = if was_seen {
                Outcome::Completed
            } else {
                Outcome::Other
            };
            return Ok(is_discharged.then_some(seen));
        }
        if word.is_empty() {
            let reason = "is empty although there is a day of discharge";
            return match is_discharged {
                true => Err((columns::OUTCOME, reason)),
                false => Ok(None),
            };
        }
        let unknown = (columns::OUTCOME, "is none of the words for outcomes");
        let ending = self.meanings.outcome(word).ok_or(unknown)?;
        match ending {
            None if is_discharged => Err((
                columns::DISCHARGED,
                "has a date although the referral is still open",
            )),
            Some(_) if has(columns::DISCHARGED) && !is_discharged => Err((
                columns::DISCHARGED,
                "is empty although the referral has ended",
            )),
            ending => Ok(ending),
        }
    }

    fn set_aside(&mut self, row: u64, column: Option<usize>, lost: Lost, reason: &'static str) {
        self.asides.push(Aside {
            row,
            column: column.map(name_of),
            lost,
            reason,
        });
    }

    /// Refuses a file of which hardly anything can be taken.
    fn check_most_are_taken(&self) -> Result<(), Faults> {
        let refused = |what: String| Fault::of_file(self.file, what);
        if self.rows == 0 {
            return Err(Faults::one(refused(
                "has no row besides its header".to_owned(),
            )));
        }
        if self.entries.len() * 2 >= self.rows {
            return Ok(());
        }
        let mut reasons: BTreeMap<(Option<&str>, &str), (usize, u64)> = BTreeMap::new();
        for it in self.asides.iter().filter(|it| it.lost == Lost::Row) {
            let of = reasons.entry((it.column, it.reason)).or_insert((0, it.row));
            of.0 += 1;
        }
        let mut faults = Faults::default();
        for ((column, reason), (number, first)) in reasons {
            let more = match number {
                1 => String::new(),
                number => format!(", and so in {} more", counted(number - 1, "row")),
            };
            faults.add(Fault {
                row: Some(first),
                column: column.map(str::to_lowercase),
                ..refused(format!("{reason}{more}"))
            });
        }
        let taken = self.entries.len();
        let what = format!("only {taken} of {} can be taken", counted(self.rows, "row"));
        faults.add(refused(what).hint(
            "are the columns what their names say, and is the scenario of the same practices? \
             --read-as practice.NAME=CODE says which practice a name means",
        ));
        Err(faults)
    }

    fn into_log(mut self, period: Period) -> Result<Log, Faults> {
        self.set_apart_aside(period);
        let received = || self.entries.iter().map(|(_, it)| it.received);
        let nothing = || Fault::of_file(self.file, "has no referral in the period");
        let from = period.from.or_else(|| received().min());
        let to = period.to.or_else(|| received().max());
        let (Some(from), Some(to), Some(last)) = (from, to, received().max()) else {
            return Err(Faults::one(nothing()));
        };
        self.set_late_aside(last);
        let happened = self.entries.iter().flat_map(|(_, it)| {
            let pathway = it.pathway.as_ref();
            let dates = pathway.map(|it| [it.first_contact, it.discharged]);
            dates.into_iter().flatten().flatten()
        });
        let seen_until = happened.chain([last]).max().unwrap_or(last);
        // Of a log that is cut off on purpose nothing later is known.
        let seen_until = period.to.map_or(seen_until, |to| seen_until.max(to));
        let all = self.entries.len();
        let within = self.entries.into_iter().map(|(_, entry)| entry);
        let within = within.filter(|it| (from..=to).contains(&it.received));
        let entries: Vec<Entry> = within
            .map(|it| Entry {
                pathway: it.pathway.map(|it| it.seen_on(seen_until)),
                ..it
            })
            .collect();
        if entries.is_empty() {
            return Err(Faults::one(Fault::of_file(
                self.file,
                "has no referral in the period",
            )));
        }
        self.asides.sort_by_key(|it| (it.row, it.lost));
        let columns = LOG.columns.iter().zip(&self.places);
        let columns: Vec<&str> = columns
            .filter(|(_, place)| place.is_some())
            .filter_map(|(column, _)| column.names.first().copied())
            .collect();
        Ok(Log {
            file: self.file.to_owned(),
            outside: all - entries.len(),
            entries,
            asides: self.asides,
            rows: self.rows,
            blank: self.blank,
            others: self.width - columns.len(),
            columns,
            from,
            to,
            seen_until,
        })
    }

    /// Sets days of receipt aside that stand apart from all others, as typing mistakes in the year do.
    fn set_apart_aside(&mut self, period: Period) {
        let mut days: Vec<Date> = self.entries.iter().map(|(_, it)| it.received).collect();
        days.sort_unstable();
        let most = days.len() / ONE_IN;
        let far = |pair: &[Date]| {
            pair[1].duration_since(pair[0]).as_hours() / 24 > i64::from(FAR_APART_DAYS)
        };
        let gaps: Vec<usize> = days
            .windows(2)
            .enumerate()
            .filter(|(_, it)| far(it))
            .map(|(at, _)| at + 1)
            .collect();
        let first = gaps
            .iter()
            .rev()
            .find(|at| **at <= most)
            .map(|at| days[*at]);
        let last = gaps
            .iter()
            .find(|at| days.len() - **at <= most)
            .map(|at| days[*at - 1]);
        let first = period.from.or(first);
        let last = period.to.or(last);
        let mut apart = Vec::new();
        self.entries.retain(|(row, it)| {
            let is_early = period.from.is_none() && first.is_some_and(|first| it.received < first);
            let is_late = period.to.is_none() && last.is_some_and(|last| it.received > last);
            if is_early || is_late {
                apart.push(*row);
            }
            !is_early && !is_late
        });
        for row in apart {
            let reason = "is more than 180 days apart from all other rows";
            self.set_aside(row, Some(columns::RECEIVED), Lost::Row, reason);
        }
    }

    /// Sets pathways aside in which something happens years after the last referral.
    fn set_late_aside(&mut self, last: Date) {
        let latest = last.saturating_add(YEARS_AFTER.years());
        let mut late = Vec::new();
        for (row, entry) in &mut self.entries {
            let Some(pathway) = &entry.pathway else {
                continue;
            };
            let dates = [
                (columns::FIRST_CONTACT, pathway.first_contact),
                (columns::FIRST_APPOINTMENT, pathway.first_appointment),
                (columns::DISCHARGED, pathway.discharged),
            ];
            let found = dates
                .iter()
                .find(|(_, date)| date.is_some_and(|it| it > latest));
            if let Some((column, _)) = found {
                late.push((*row, *column));
                entry.pathway = None;
            }
        }
        for (row, column) in late {
            let reason = "is more than three years after the last referral";
            self.set_aside(row, Some(column), Lost::Pathway, reason);
        }
    }
}
