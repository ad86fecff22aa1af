//! `trace.csv`: the event log of one replication, one row an event, as process-mining tools read it.
//!
//! Rows are written as they come, so that memory does not grow with the log. What the columns
//! mean is told in `docs/trace.md`.

use super::tables::Table;
use crate::model::time::SECONDS_PER_DAY;
use crate::model::{Day, Model, PostId, PracticeId, SimTime};
use std::fmt::Write as _;
use std::io::{Result, Write};

/// The columns. The first four go by the names that process-mining tools show in their own
/// examples.
const HEADER: &str = "case_id,activity,timestamp,resource,event_id,practice,seconds,in_period,waiting,\
                      open_cases";

/// One event in plain values.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// When.
    pub time: SimTime,
    /// What, in one word.
    pub activity: &'a str,
    /// Whose case: practice, and what sets the case apart from the others of that practice.
    pub case: Option<(PracticeId, &'a str)>,
    /// Which post, where one is concerned.
    pub post: Option<PostId>,
    /// People on the waiting list of the PCN.
    pub waiting: u64,
    /// Open cases of the PCN.
    pub open_cases: u64,
}

/// A trace being written.
pub struct Trace<'m, W: Write> {
    model: &'m Model,
    table: Table<W>,
    /// Rows so far.
    count: u64,
    /// The day of the last row and its date: most rows are of the same day as the one before.
    today: (Day, String),
    case_id: String,
    timestamp: String,
}

impl<'m, W: Write> Trace<'m, W> {
    /// Begins a trace of `model` with the names of the columns.
    ///
    /// # Errors
    /// When `into` cannot be written.
    pub fn begin(into: W, model: &'m Model) -> Result<Self> {
        Ok(Self {
            model,
            table: Table::begin(into, HEADER)?,
            count: 0,
            today: (Day(0), model.calendar.date(Day(0)).to_string()),
            case_id: String::new(),
            timestamp: String::new(),
        })
    }

    /// Writes a row.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn row(&mut self, row: &Row<'_>) -> Result<()> {
        self.count += 1;
        self.name_case(row);
        self.tell_time(row.time);
        let model = self.model;
        self.table.row([
            self.case_id.as_str(),
            row.activity,
            &self.timestamp,
            row.post.map_or("", |post| &model.posts[post.index()].name),
            &self.count.to_string(),
            row.case
                .map_or("", |(practice, _)| &model.practices[practice.index()].name),
            &row.time.seconds().to_string(),
            if row.time >= model.period.opens {
                "true"
            } else {
                "false"
            },
            &row.waiting.to_string(),
            &row.open_cases.to_string(),
        ])
    }

    /// Hands on what is still held back, at the end.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn flush(&mut self) -> Result<()> {
        self.table.flush()
    }

    /// Rows written so far.
    #[must_use]
    pub const fn count(&self) -> u64 {
        self.count
    }

    /// `F81061-12`: the ODS code of the practice, else its name, and the number of the case. The
    /// number holds no hyphen, so no two cases share a name.
    fn name_case(&mut self, row: &Row<'_>) {
        self.case_id.clear();
        if let Some((practice, number)) = row.case {
            let practice = &self.model.practices[practice.index()];
            let code = practice.ods_code.as_deref().unwrap_or(&practice.name);
            self.case_id.extend([code, "-", number]);
        }
    }

    /// `2026-10-05T09:00:00`: the local time of day of the calendar, in which every day has 24 hours.
    fn tell_time(&mut self, time: SimTime) {
        let day = time.day();
        if self.today.0 != day {
            self.today = (day, self.model.calendar.date(day).to_string());
        }
        let seconds = time.seconds() % SECONDS_PER_DAY;
        let (hours, minutes, seconds) = (seconds / 3_600, seconds % 3_600 / 60, seconds % 60);
        self.timestamp.clear();
        // Writing into a string cannot fail.
        let _ = write!(
            self.timestamp,
            "{}T{hours:02}:{minutes:02}:{seconds:02}",
            self.today.1
        );
    }
}
