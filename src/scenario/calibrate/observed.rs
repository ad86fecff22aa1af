//! What was observed: which number of the model each is, and how far counting may be off.

use std::ops::Range;

use jiff::civil::Date;

use crate::model::time::SECONDS_PER_WEEK;
use crate::model::{Day, Model};
use crate::scenario::file::{CalibrateTable, ObservedTable};
use crate::scenario::finding::{Finding, Findings};
use crate::scenario::nearest::nearest;
use crate::scenario::node::Place;
use crate::scenario::reader::Written;
use crate::scenario::text::quoted;

/// The whole.
const PCN: &str = "pcn";
/// What the whole is called.
const WHOLE: &str = "PCN";
/// The unit of shares.
const SHARE: &str = "share";

/// A number that a model gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownNumber {
    /// Whom it is about, as in the column `scope` of the tables.
    pub scope: &'static str,
    /// Which practice, post, case type or source; "PCN" of the whole.
    pub name: String,
    /// Name of the measure.
    pub measure: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// Whether it is a series by week.
    pub is_weekly: bool,
}

/// A number that was observed.
#[derive(Clone, Debug, PartialEq)]
pub struct Observed {
    /// Whom it is about, as in the column `scope` of the tables.
    pub scope: &'static str,
    /// Which practice, post, case type or source; "PCN" of the whole.
    pub name: String,
    /// Name of the measure.
    pub measure: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// Of a series: weeks of the period, from 0.
    pub weeks: Option<Range<usize>>,
    /// Of a series: the days that say so, the second where there are several weeks.
    pub dates: Option<(Date, Option<Date>)>,
    /// The value.
    pub value: f64,
    /// What counting adds to chance, 0 for nothing.
    pub standard_error: f64,
    /// Whether it is held back; `None` where the file leaves it to chance.
    pub is_held_back: Option<bool>,
}

/// The numbers of a calibration; `None` if something is wrong with one, which is reported.
pub fn read(
    table: &CalibrateTable,
    known: &[KnownNumber],
    model: &Model,
    findings: &mut Findings,
) -> Option<Vec<Observed>> {
    if table.observed.is_wrong() {
        return None;
    }
    if table.observed.items().is_empty() {
        let at = table.observed.given().map_or(&table.at, |it| &it.at);
        let finding = Finding::at(at, "says nothing that was observed");
        findings.add(finding.allowed("at least one [[calibrate.observed]]"));
        return None;
    }
    let mut met: Vec<(Observed, Place)> = Vec::new();
    let mut is_right = true;
    for it in table.observed.items() {
        let Some(one) = one(it, known, model, findings) else {
            is_right = false;
            continue;
        };
        let is_same = |(other, _): &&(Observed, Place)| {
            (other.scope, &other.name, other.measure, &other.weeks)
                == (one.scope, &one.name, one.measure, &one.weeks)
        };
        if let Some((_, first)) = met.iter().find(is_same) {
            let finding = Finding::at(&it.at, "gives a number for the second time");
            findings.add(finding.first_given(*first));
            is_right = false;
        }
        met.push((one, it.at.place));
    }
    is_right.then(|| met.into_iter().map(|(one, _)| one).collect())
}

fn one(
    table: &ObservedTable,
    known: &[KnownNumber],
    model: &Model,
    findings: &mut Findings,
) -> Option<Observed> {
    let number = number(table, known, findings);
    let weeks = weeks(table, model, findings);
    let value = table.value.given();
    let number = number?;
    let value = value.filter(|value| is_possible(number, value, findings));
    let (value, weeks) = (value?.value, weeks?);
    Some(Observed {
        scope: number.scope,
        name: number.name.clone(),
        measure: number.measure,
        unit: number.unit,
        dates: table
            .date
            .peek()
            .map(|date| (*date, table.until.peek().copied())),
        weeks,
        value,
        standard_error: standard_error(table, number, value, findings)?,
        is_held_back: table.hold_back.peek().copied(),
    })
}

/// The number of the model that is meant.
fn number<'a>(
    table: &ObservedTable,
    known: &'a [KnownNumber],
    findings: &mut Findings,
) -> Option<&'a KnownNumber> {
    let scoped = [
        ("practice", &table.practice),
        ("post", &table.post),
        ("case_type", &table.case_type),
        ("source", &table.source),
    ];
    let named = scoped.into_iter().find(|(_, field)| field.is_in_file());
    let (scope, name) = match named {
        Some((scope, field)) => (scope, field.name()?.value.as_str()),
        None => (PCN, WHOLE),
    };
    let of_scope = || known.iter().filter(|it| it.scope == scope);
    if let Some((_, field)) = named
        && !of_scope().any(|it| it.name == name)
    {
        let at = &field.name()?.at;
        let finding = Finding::at(at, "is none of the scenario");
        let finding = finding.found(format!("\"{}\"", quoted(name)));
        let meant = nearest(name, of_scope().map(|it| it.name.as_str()));
        findings.add(finding.did_you_mean(meant));
        return None;
    }
    let measure = table.measure.name()?;
    let is_weekly = table.date.is_in_file();
    let of_name = || of_scope().filter(|it| it.name == name);
    let fits = |it: &&KnownNumber| it.measure == measure.value && it.is_weekly == is_weekly;
    if let Some(found) = of_name().find(fits) {
        return Some(found);
    }
    let finding = match of_name().any(|it| it.measure == measure.value) {
        true if is_weekly => Finding::at(&measure.at, "is no series by week")
            .hint("leave out `date`: it is of the whole period"),
        true => Finding::at(&measure.at, "is a series by week")
            .hint("say which week with `date`, for example date = 2026-10-01"),
        false => {
            let alike = of_name().filter(|it| it.is_weekly == is_weekly);
            let meant = nearest(&measure.value, alike.map(|it| it.measure));
            let finding = Finding::at(&measure.at, "is nothing that the model gives here");
            match meant {
                Some(_) => finding.did_you_mean(meant),
                None => finding.hint(
                    "the names stand in summary.csv and, with `date`, weekly.csv of every run of the scenario",
                ),
            }
        }
    };
    findings.add(finding.found(format!("\"{}\"", quoted(&measure.value))));
    None
}

/// The weeks of the period that are meant; the inner `None` for the whole of it.
#[allow(
    clippy::option_option,
    reason = "the outer one says whether it is right"
)]
fn weeks(
    table: &ObservedTable,
    model: &Model,
    findings: &mut Findings,
) -> Option<Option<Range<usize>>> {
    let Some(date) = table.date.given() else {
        if let Some(until) = table.until.given() {
            let finding = Finding::at(&until.at, "has no `date` from which it goes");
            findings.add(finding.hint("give `date`, the day from which the weeks are counted"));
        }
        let is_right = !table.date.is_wrong() && !table.until.is_in_file();
        return is_right.then_some(None);
    };
    let first = week_of(date, model, findings);
    let last = match table.until.given() {
        Some(until) => week_of(until, model, findings),
        None if table.until.is_wrong() => None,
        None => first,
    };
    let (first, last) = (first?, last?);
    if last < first {
        let at = table.until.given().map_or(&date.at, |it| &it.at);
        let finding = Finding::at(at, "lies before `date`");
        findings.add(finding.first_given(date.at.place));
        return None;
    }
    Some(Some(first..last + 1))
}

/// The week of the period that has a day, from 0.
fn week_of(date: &Written<Date>, model: &Model, findings: &mut Findings) -> Option<usize> {
    let period = &model.period;
    let at = model.calendar.day_of(date.value).map(Day::opens);
    let at = at.filter(|at| (period.opens..period.closes).contains(at));
    if at.is_none() {
        let first = model.calendar.date(period.opens.day());
        let finding = Finding::at(&date.at, "lies outside the period");
        let finding = finding.found(date.value.to_string()).allowed(format!(
            "a day of the {} weeks from {first}",
            period.weeks()
        ));
        findings.add(
            finding.hint("give the time of the numbers with `start` and `weeks` in [calibrate]"),
        );
    }
    Some(((at? - period.opens).seconds() / SECONDS_PER_WEEK) as usize)
}

/// Whether a number can have this value; otherwise this is reported.
fn is_possible(number: &KnownNumber, value: &Written<f64>, findings: &mut Findings) -> bool {
    let is_signed = number.measure.ends_with("_pounds") || number.measure.contains("growth");
    let (is_right, allowed, hint) = match number.unit {
        SHARE => (
            (0.0..=1.0).contains(&value.value),
            "a share from 0 to 1",
            (1.0..=100.0)
                .contains(&value.value)
                .then(|| format!("for {}% write {}", value.value, value.value / 100.0)),
        ),
        _ => (is_signed || value.value >= 0.0, "a number from 0 on", None),
    };
    if !is_right {
        let finding = Finding::at(&value.at, "is out of range");
        let finding = finding.found(value.value.to_string()).allowed(allowed);
        findings.add(match hint {
            Some(hint) => finding.hint(hint),
            None => finding,
        });
    }
    is_right
}

/// What counting adds to chance. Of a share of so many people the binomial one, (v (1 - v) / n)^(1/2),
/// with half a person added on either side, so that 0 and 1 are not taken for certain.
fn standard_error(
    table: &ObservedTable,
    number: &KnownNumber,
    value: f64,
    findings: &mut Findings,
) -> Option<f64> {
    if table.standard_error.is_wrong() || table.sampled.is_wrong() {
        return None;
    }
    let Some(sampled) = table.sampled.given() else {
        return Some(table.standard_error.peek().copied().unwrap_or(0.0));
    };
    if number.unit != SHARE {
        let finding = Finding::at(&sampled.at, "is for shares alone");
        let finding = finding.found(format!("`{}` in {}", number.measure, number.unit));
        findings.add(finding.hint("give standard_error, in the unit of the measure"));
        return None;
    }
    let people = sampled.value as f64;
    let share = (value * people + 0.5) / (people + 1.0);
    Some((share * (1.0 - share) / people).sqrt())
}
