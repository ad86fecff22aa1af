//! The heat map of practices by month: weeks put together to months, per 1,000 patients.

use super::Figures;
use crate::experiment::Replications;
use crate::measure::Scope;
use crate::model::Model;
use crate::report::apart::{Foremost, Ranked};
use crate::report::number::readable;
use crate::report::plots::{Band, HeatMapFigure, HeatRow};
use crate::report::tables::week_begins;
use jiff::civil::Date;

/// Columns at most; longer periods are put together to quarters, years or decades.
const MOST_COLUMNS: usize = 40;

/// Months that a column may have, and what it is then called.
const STEPS: [(i32, &str); 4] = [(1, "month"), (3, "quarter"), (12, "year"), (120, "decade")];

/// Practices that differ by less than this share of the longest list wait about alike.
const ALIKE: f64 = 0.1;

/// The months of a period, or quarters, years or decades of a long one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::report) struct Months {
    /// What a column is: "month".
    pub(in crate::report) word: &'static str,
    /// The first day of each, and the weeks (from 0) that begin in it.
    pub(in crate::report) columns: Vec<(Date, Vec<usize>)>,
}

impl Months {
    /// The months in which weeks of the period begin.
    pub(in crate::report) fn of(model: &Model, weeks: usize) -> Self {
        let begins: Vec<Date> = (0..weeks).map(|week| week_begins(model, week)).collect();
        let all = STEPS.map(|(step, word)| Self::in_steps(&begins, step, word));
        let fits = |it: &Self| it.columns.len() <= MOST_COLUMNS;
        let coarsest = all[STEPS.len() - 1].clone();
        all.into_iter().find(fits).unwrap_or(coarsest)
    }

    fn in_steps(begins: &[Date], step: i32, word: &'static str) -> Self {
        let mut columns: Vec<(Date, Vec<usize>)> = Vec::new();
        for (week, date) in begins.iter().enumerate() {
            let first = first_of(*date, step);
            match columns.last_mut() {
                Some((last, weeks)) if *last == first => weeks.push(week),
                _ => columns.push((first, vec![week])),
            }
        }
        Self { word, columns }
    }

    /// The mean of a practice's waiting list over the weeks of a column, in people; `None` where no week
    /// has a value.
    pub(in crate::report) fn waiting(
        &self,
        replications: &Replications,
        practice: usize,
        at: usize,
    ) -> Option<f64> {
        let mut columns = replications.weekly_columns.iter();
        let column = columns.position(|it| {
            it.scope == Scope::Practice && it.entity == practice && it.measure == "waiting_list"
        })?;
        let weeks = self.columns.get(at)?.1.iter();
        let values: Vec<f64> = weeks
            .filter_map(|week| replications.week_mean(*week, column))
            .collect();
        crate::stats::mean(&values)
    }
}

/// The first day of the months in steps of so many that a date lies in.
fn first_of(date: Date, step: i32) -> Date {
    let number = i32::from(date.year()) * 12 + i32::from(date.month()) - 1;
    let number = number - number.rem_euclid(step);
    Date::new((number / 12) as i16, (number % 12 + 1) as i8, 1).unwrap_or(date)
}

impl Figures<'_> {
    /// The heat map; `None` with fewer than two practices.
    pub(super) fn practices_by_month(&self) -> Option<HeatMapFigure> {
        let practices = &self.model.practices;
        if practices.len() < 2 {
            return None;
        }
        let months = Months::of(self.model, self.replications.weeks());
        let mut rows: Vec<HeatRow> = (0..practices.len())
            .map(|at| self.heat_row(&months, at))
            .collect();
        let mean = |row: &HeatRow| row.whole.map_or(f64::NEG_INFINITY, |band| band.mean);
        rows.sort_by(|one, other| mean(other).total_cmp(&mean(one)));
        Some(HeatMapFigure {
            title: finding(&self.placed(&rows)),
            subtitle: format!(
                "People on the waiting list for each 1,000 patients of the practice, mean of each {}. {}",
                months.word, self.story.title
            ),
            measure: "People waiting per 1,000 patients".to_owned(),
            column_word: months.word,
            months: months.columns.iter().map(|(first, _)| *first).collect(),
            rows,
            replications: self.count(),
        })
    }

    fn heat_row(&self, months: &Months, practice: usize) -> HeatRow {
        let thousands = self.model.practices[practice].list_size / 1_000.0;
        let per = |people: f64| people / thousands;
        let values = (0..months.columns.len()).map(|at| {
            let people = months.waiting(self.replications, practice, at);
            people.filter(|_| thousands > 0.0).map(per)
        });
        let row = self
            .estimates
            .of_entity(Scope::Practice, practice, "waiting_list_mean");
        let whole = row.and_then(|row| {
            let spread = row.spread.filter(|_| thousands > 0.0)?;
            Some(Band {
                mean: per(row.mean()?),
                p10: per(spread[0]),
                p90: per(spread[2]),
            })
        });
        HeatRow {
            name: self.model.practices[practice].name.clone(),
            values: values.collect(),
            whole,
        }
    }

    /// The practices with a mean, in the order of the rows; one run says nothing of how sure it is.
    fn placed<'a>(&self, rows: &'a [HeatRow]) -> Vec<Waiting<'a>> {
        let practices = &self.model.practices;
        let waiting = |row: &'a HeatRow| {
            let at = practices.iter().position(|it| it.name == row.name)?;
            let thousands = practices[at].list_size / 1_000.0;
            let of = self
                .estimates
                .of_entity(Scope::Practice, at, "waiting_list_mean")?;
            let estimate = of.estimate?;
            let end = |end: Option<f64>, unknown| end.map_or(unknown, |it| it / thousands);
            let ends = (
                end(estimate.low, f64::NEG_INFINITY),
                end(estimate.high, f64::INFINITY),
            );
            Some((row.name.as_str(), row.whole?.mean, ends))
        };
        rows.iter().filter_map(waiting).collect()
    }
}

/// A practice with its mean over the period per 1,000 patients, and the 95% interval of that.
type Waiting<'a> = (&'a str, f64, (f64, f64));

/// Where most people wait for the size of the practice; the practices are in that order.
fn finding(told: &[Waiting]) -> String {
    let (Some((_, highest, _)), Some((_, lowest, _))) = (told.first(), told.last()) else {
        return "Practices month by month".to_owned();
    };
    if *highest < 0.05 {
        return "Almost nobody waits at any practice".to_owned();
    }
    let range = format!(
        "{} to {} per 1,000 patients",
        readable(*lowest),
        readable(*highest)
    );
    if highest - lowest <= ALIKE * highest {
        return format!("For their size, about as many wait at every practice: {range}");
    }
    apart(told).unwrap_or_else(|| {
        format!("For their size, the practices where most wait cannot be told: {range}")
    })
}

/// Where most people wait and where fewest; nothing where the one cannot be told from the other.
fn apart<'a>(told: &[Waiting<'a>]) -> Option<String> {
    let of = |it: &Waiting<'a>| -> Ranked<'a> { (it.0, it.2) };
    let down: Vec<Ranked> = told.iter().map(of).collect();
    let up: Vec<Ranked> = down.iter().rev().copied().collect();
    let ((_, highest, most), (_, lowest, fewest)) = (told.first()?, told.last()?);
    if most.0 <= fewest.1 {
        return None;
    }
    let words = |found| match found {
        Foremost::One(name) | Foremost::Either(name) => name,
        Foremost::Many(many) => format!("one of {many} practices"),
    };
    Some(format!(
        "For its size, most people wait at {} ({} per 1,000 patients), fewest at {} ({})",
        words(Foremost::of(&down)?),
        readable(*highest),
        words(Foremost::least_of(&up)?),
        readable(*lowest)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The one named as having fewest changed with the seed.
    #[test]
    fn practices_are_named_as_far_as_the_intervals_tell_them_apart() {
        let told = [
            ("A", 4.0, (3.0, 5.0)),
            ("B", 0.02, (0.01, 0.03)),
            ("C", 0.01, (0.0, 0.02)),
        ];
        assert_eq!(
            finding(&told),
            "For its size, most people wait at A (4 per 1,000 patients), fewest at C or B (0.01)"
        );
        let overlapping = [("A", 4.0, (1.0, 7.0)), ("B", 2.0, (0.5, 3.5))];
        assert_eq!(
            finding(&overlapping),
            "For their size, the practices where most wait cannot be told: 2 to 4 per 1,000 patients"
        );
        let many: Vec<Waiting> = (0..4).map(|_| ("D", 0.1, (0.0, 0.2))).collect();
        let told = [&told[..1], &many].concat();
        assert!(finding(&told).contains("fewest at one of 4 practices (0.10)"));
    }

    #[test]
    fn weeks_belong_to_the_month_in_which_they_begin() {
        let begins = [
            Date::constant(2026, 10, 5),
            Date::constant(2026, 10, 26),
            Date::constant(2026, 11, 2),
            Date::constant(2027, 1, 4),
        ];
        let months = Months::in_steps(&begins, 1, "month");
        assert_eq!(
            months.columns,
            [
                (Date::constant(2026, 10, 1), vec![0, 1]),
                (Date::constant(2026, 11, 1), vec![2]),
                (Date::constant(2027, 1, 1), vec![3]),
            ]
        );
        let quarters = Months::in_steps(&begins, 3, "quarter");
        assert_eq!(
            quarters.columns[0],
            (Date::constant(2026, 10, 1), vec![0, 1, 2])
        );
        assert_eq!(first_of(begins[0], 120), Date::constant(2020, 1, 1));
    }
}
