//! What an import of a log tells: which rows it read, what it found, what stays, what was set aside.

use super::super::place::FITS;
use super::log::sentence;
use crate::import::log::{Counts, Current, Estimate, Input, Log, Lost, POOLED, Rows, remark};
use crate::import::{counted, grouped, in_words};
use crate::report::prose::{aligned, bullet, paragraph, wrapped};
use std::collections::BTreeMap;
use std::path::Path;

/// Estimates of one input from which on only the ends are told.
const MANY: usize = 4;
/// One in so many rows of which a cell is set aside is worth a warning.
const ASIDE: usize = 20;
/// A p-value below which a law is said not to fit well.
const BADLY: f64 = 0.01;

/// An import that is done.
pub struct Told<'a> {
    /// The rows.
    pub log: &'a Log,
    /// What the scenario says.
    pub now: &'a Current<'a>,
    /// What was fitted.
    pub inputs: &'a [Input],
    /// How many rows are behind what, as it may be told.
    pub counts: &'a Counts,
    /// Referrals a year of the log, and of the fitted scenario.
    pub a_year: Option<(f64, f64)>,
    /// Where it was written.
    pub out: &'a Path,
}

impl Told<'_> {
    /// All of it, as text.
    pub fn to_text(&self) -> String {
        let log = self.log;
        let mut text = wrapped(
            "",
            &format!(
                "{} referrals (to the nearest 5), received {} to {}",
                self.counts.all(),
                in_words(log.from),
                in_words(log.to)
            ),
        );
        text += &paragraph(&format!(
            "{}. What had not happened by {} counts as not yet happened.",
            self.columns(),
            in_words(log.seen_until)
        ));
        text += &self.fitted();
        text += &self.totals();
        text += &self.kept();
        text += &self.set_aside();
        text += &self.careful();
        let name = self.out.file_name().unwrap_or_default().to_string_lossy();
        let out = self.out.display();
        text + &format!(
            "\nThe fitted scenario, {FITS}, counts.csv, set_aside.csv and plots are in\n{out}. Next\n  \
             splw-sim check {out}/scenario.toml\n  splw-sim run {out}/scenario.toml --out output/{name}\n"
        )
    }

    fn columns(&self) -> String {
        let read: Vec<String> = self
            .log
            .columns
            .iter()
            .map(|it| it.to_lowercase().replace('_', " "))
            .collect();
        let others = match self.log.others {
            0 => "no other column is there".to_owned(),
            1 => "1 other column was not looked at".to_owned(),
            others => format!("{others} other columns were not looked at"),
        };
        let unused: String = self.unused().collect();
        format!("Read: {}; {others}{unused}", read.join(", "))
    }

    /// Columns that say nothing, because the scenario has nothing that they could name.
    fn unused(&self) -> impl Iterator<Item = String> {
        let names = [("TYPE", "case types"), ("SOURCE", "sources")];
        let unused = names.into_iter().filter(|(column, _)| {
            self.log.columns.contains(column) && self.names_of(column).is_empty()
        });
        unused.map(|(column, what)| {
            let column = column.to_lowercase();
            format!("; {column} is not used, because the scenario has no {what}")
        })
    }

    /// What the cells of a column may name.
    fn names_of(&self, column: &str) -> Vec<&str> {
        match column {
            "TYPE" => self.now.case_types.iter().map(|it| &*it.name).collect(),
            "SOURCE" => self.now.sources.iter().map(String::as_str).collect(),
            _ => Vec::new(),
        }
    }

    /// What to do where cells name nothing that the scenario has.
    fn known_names(&self, lost: Lost, column: &str) -> String {
        let names = self.names_of(column);
        let (Lost::Cell, [first, ..]) = (lost, &names[..]) else {
            return String::new();
        };
        let column = column.to_lowercase();
        format!(
            " Its {column}s are {}; --read-as {column}.WORD={first} says what a word means.",
            names.join(", ")
        )
    }

    /// A table of what the scenario takes.
    fn fitted(&self) -> String {
        let used = || self.inputs.iter().filter(|it| it.is_used());
        let mut rows = vec![
            ["", "value", "95% interval", "rows"]
                .map(str::to_owned)
                .to_vec(),
        ];
        for input in used() {
            match &input.estimates[..] {
                [] => rows.push(vec![
                    input.label.clone(),
                    "0".to_owned(),
                    String::new(),
                    String::new(),
                ]),
                [one] => rows.push(self.row(input, &input.label, one)),
                several => rows.extend(named(several).into_iter().map(|(name, it)| {
                    let label = format!("{}, {name}", input.label);
                    self.row(input, &label, it)
                })),
            }
        }
        match rows.len() {
            1 => "\nNothing could be fitted.\n".to_owned(),
            _ => format!("\nFitted\n{}", aligned(&rows)),
        }
    }

    /// How many are referred a year, in the log and in the scenario.
    fn totals(&self) -> String {
        let to_five = |number: f64| grouped((number / 5.0).round() as u64 * 5);
        self.a_year.map_or_else(String::new, |(log, scenario)| {
            paragraph(&format!(
                "The log has {} referrals a year, the fitted scenario {} (to the nearest 5, at the level of the \
                 scenario's first day).",
                to_five(log),
                to_five(scenario)
            ))
        })
    }

    fn row(&self, input: &Input, label: &str, it: &Estimate) -> Vec<String> {
        let interval = match it.standard_error > 0.0 {
            true => format!(
                "{} to {}",
                it.to_error(it.interval.0),
                it.to_error(it.interval.1)
            ),
            false => String::new(),
        };
        vec![
            label.to_owned(),
            it.shown(),
            interval,
            self.counts.rows(input.rows).to_string(),
        ]
    }

    fn kept(&self) -> String {
        let kept: Vec<&Input> = self.inputs.iter().filter(|it| !it.is_used()).collect();
        if kept.is_empty() {
            return String::new();
        }
        let mut by_reason: Vec<(String, Vec<&str>)> = Vec::new();
        for input in kept {
            let why = remark(input);
            let why = why.trim_start_matches("default stays: ").to_owned();
            match by_reason.iter_mut().find(|it| it.0 == why) {
                Some((_, labels)) => labels.push(&input.label),
                None => by_reason.push((why, vec![&input.label])),
            }
        }
        let each = by_reason.iter();
        let bullets = each.map(|(why, labels)| bullet(&format!("{}: {why}.", labels.join("; "))));
        format!(
            "\nThe scenario's own value stays\n{}",
            bullets.collect::<String>()
        )
    }

    fn set_aside(&self) -> String {
        let log = self.log;
        let mut by_reason: BTreeMap<_, usize> = BTreeMap::new();
        for it in &log.asides {
            *by_reason
                .entry((it.lost, it.column, it.reason))
                .or_default() += 1;
        }
        let mut text = String::from("\nSet aside (row and column of each are in set_aside.csv)\n");
        for ((lost, column, reason), number) in &by_reason {
            let known = self.known_names(*lost, column.unwrap_or_default());
            let column = column.map_or_else(String::new, |it| {
                format!("{} ", it.to_lowercase().replace('_', " "))
            });
            let rows = counted(*number, "row");
            text += &bullet(&format!(
                "{rows}: {column}{reason}; {} not taken.{known}",
                lost.words()
            ));
        }
        if by_reason.is_empty() {
            text += &bullet("nothing.");
        }
        if log.outside > 0 {
            text += &bullet(&format!(
                "{} received before or after the period, which set_aside.csv does not list.",
                counted(log.outside, "row")
            ));
        }
        if log.blank > 0 {
            let rows = match log.blank {
                1 => "1 blank row, which set_aside.csv does not list.".to_owned(),
                more => format!(
                    "{} blank rows, which set_aside.csv does not list.",
                    grouped(more as u64)
                ),
            };
            text += &bullet(&rows);
        }
        text
    }

    /// What a planner should know before believing it.
    fn careful(&self) -> String {
        let mut remarks: Vec<String> = self.misfits().into_iter().collect();
        remarks.extend(self.often_aside());
        remarks.extend(self.pooled_practices());
        remarks.extend(self.missing_practices());
        let key = "demand.re_referral_share";
        if self.inputs.iter().any(|it| it.key == key && it.is_used()) {
            remarks.push(
                "The rates count every row, people referred again among them; so the scenario adds none on top \
                 (re_referral_share = 0)."
                    .to_owned(),
            );
        }
        let is_law =
            |it: &&Input| it.unit == "days" && it.is_used() && !it.key.contains("patience");
        if self.inputs.iter().any(|it| is_law(&it)) {
            remarks.push(
                "Waits for a free worker are in days to the first appointment and between contacts, and the \
                 simulation adds its own. Where workers were often late they are too long."
                    .to_owned(),
            );
        }
        remarks.extend(self.assumed());
        if remarks.is_empty() {
            return String::new();
        }
        let bullets: String = remarks.iter().map(|it| bullet(it)).collect();
        format!("\nBe careful\n{bullets}")
    }

    /// What fitted values rest on that the log does not say, with what it does to each.
    fn assumed(&self) -> Vec<String> {
        let mut effects: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for input in self.inputs.iter().filter(|it| it.is_used()) {
            if let Some(it) = &input.assumption {
                let effect = format!("{}: {}", sentence(&input.label), it.effect);
                effects.entry(it.what).or_default().push(effect);
            }
        }
        let told = effects.into_iter().map(|(what, effects)| {
            format!(
                "{}. {}. The 95% intervals hold nothing of that; a column \
                 missed would settle it.",
                sentence(what),
                effects.join(". ")
            )
        });
        told.collect()
    }

    /// Laws that do not fit well.
    fn misfits(&self) -> Option<String> {
        let has_law = self.inputs.iter().filter(|it| !it.pairs.is_empty());
        let misfits = has_law.filter(|it| it.test.is_some_and(|(_, test)| test.p < BADLY));
        let labels: Vec<&str> = misfits.map(|it| it.label.as_str()).collect();
        (!labels.is_empty()).then(|| {
            format!(
                "The laws do not fit well (p below 0.01) for {}. With thousands of rows small differences are enough \
                 for that: the figures in plots show how far off they are.",
                labels.join("; ")
            )
        })
    }

    /// Columns of which many cells are set aside, with what is fitted to the rest.
    fn often_aside(&self) -> Vec<String> {
        let mut columns: BTreeMap<(Lost, &str), usize> = BTreeMap::new();
        for it in &self.log.asides {
            let column = it.column.unwrap_or_default();
            *columns.entry((it.lost, column)).or_default() += 1;
        }
        let often = columns.into_iter();
        let often = often.filter(|(_, number)| number * ASIDE > self.log.rows);
        let told = often.filter_map(|((lost, column), _)| {
            let labels = self.fitted_to_rest(lost, column);
            (!labels.is_empty()).then(|| {
                let of = match column {
                    "" => "rows".to_owned(),
                    column => format!("cells of {}", column.to_lowercase().replace('_', " ")),
                };
                format!(
                    "More than 5% of {of} are set aside. Fitted to the rest, which may differ: {}.",
                    labels.join("; ")
                )
            })
        });
        told.collect()
    }

    /// What is fitted without cells that are set aside.
    fn fitted_to_rest(&self, lost: Lost, column: &str) -> Vec<&str> {
        let is_of_receipt = |it: &Input| {
            it.key.starts_with("practices.")
                || it.key.starts_with("demand.") && !it.key.ends_with("inappropriate_share")
        };
        let is_fitted_so = |it: &&Input| match (lost, column) {
            (Lost::Row, _) => true,
            (Lost::Pathway, _) => !is_of_receipt(it),
            (Lost::Cell, "TYPE") => it.key.starts_with("case_types."),
            (Lost::Cell, _) => it.key.starts_with("sources."),
        };
        let used = self.inputs.iter().filter(|it| it.is_used());
        used.filter(is_fitted_so).map(|it| &*it.label).collect()
    }

    /// Practices that have one rate together.
    fn pooled_practices(&self) -> Option<String> {
        let pooled = self.inputs.iter().filter(|it| it.method == POOLED);
        let number = pooled.count();
        (number > 0).then(|| {
            format!(
                "{} practices with fewer than 20 rows each have one rate, from their rows together.",
                grouped(number as u64)
            )
        })
    }

    /// Practices without a rate of their own.
    fn missing_practices(&self) -> Option<String> {
        let of_practices = self
            .inputs
            .iter()
            .filter(|it| matches!(it.rows, Rows::OfPractice(..)));
        let missing = of_practices.filter(|it| !it.is_used()).count();
        (missing > 0).then(|| {
            format!(
                "{} no rows, or fewer than 20, and {} the rate of all practices. If not all of their referrals are in the log, \
                 that is right; if they hardly refer, put in their own rate.",
                match missing {
                    1 => "1 practice has".to_owned(),
                    more => format!("{} practices have", grouped(more as u64)),
                },
                if missing == 1 { "gets" } else { "get" }
            )
        })
    }
}

/// Estimates with their names: all parameters of a law, of a list of factors the lowest and the highest.
fn named(estimates: &[Estimate]) -> Vec<(String, &Estimate)> {
    if estimates.len() < MANY {
        let name = |it: &Estimate| match it.name.as_str() {
            "cv" => "spread (cv)".to_owned(),
            name => name.to_owned(),
        };
        return estimates.iter().map(|it| (name(it), it)).collect();
    }
    let by_value = |a: &&Estimate, b: &&Estimate| a.value.total_cmp(&b.value);
    let ends = [
        ("lowest", estimates.iter().min_by(by_value)),
        ("highest", estimates.iter().max_by(by_value)),
    ];
    let ends = ends
        .into_iter()
        .filter_map(|(which, it)| Some((which, it?)));
    ends.map(|(which, it)| (format!("{which}: {}", it.name), it))
        .collect()
}
