//! Whether the service as it is, and each option, meets the targets of the file: a table, a sentence
//! and `targets.csv`.

use super::table::named;
use super::{Comparison, plural, words};
use crate::experiment::recommend::Verdict;
use crate::experiment::{TargetRow, meets_all};
use crate::measure::Better;
use crate::report::number::{for_file, optional_for_file};
use crate::report::plain::unreachable_target;
use crate::report::prose::{aligned, listed, paragraph, wrapped};
use crate::report::tables::Table;
use crate::report::workbook::TargetLine;
use std::io::{Result, Write};

impl Comparison<'_> {
    /// What each reaches of each target, and whether it surely meets it; nothing without targets.
    pub(super) fn targets(&self) -> String {
        if self.base_targets.is_empty() {
            return String::new();
        }
        let mut text = String::from("\nTargets\n");
        for (at, row) in self.base_targets.iter().enumerate() {
            let heading = words::measure(row.measure.name).heading;
            let target = format!("Target {}: {heading}, {}", at + 1, asked(row));
            text += &wrapped("  ", &target);
        }
        let targets = (1..=self.base_targets.len()).map(|at| format!("target {at}"));
        let header = std::iter::once(String::new()).chain(targets);
        let base = cells("As things are".to_owned(), self.base_targets);
        let options = self.options.iter().enumerate();
        let options = options.map(|(at, it)| cells(named(at, it), &it.targets));
        let rows: Vec<Vec<String>> = [header.collect(), base]
            .into_iter()
            .chain(options)
            .collect();
        text += &aligned(&super::table::fitted(rows));
        text += &paragraph(&format!(
            "Met and missed are sure: with {} confidence all {} hold at once, of the mean over all runs{}. A single run \
             may do worse.",
            words::confidence(self.family.confidence),
            self.base_targets.len() * (self.options.len() + 1),
            match self.draws() {
                None => "",
                Some(_) => " and all that the uncertain inputs may be",
            }
        ));
        for note in self.unreachable() {
            text += &paragraph(&note);
        }
        text
    }

    /// Targets that no staffing reaches, each once.
    fn unreachable(&self) -> Vec<String> {
        let models = self.options.iter().map(|it| it.variant.model);
        let mut notes: Vec<String> = Vec::new();
        for model in std::iter::once(self.base.model).chain(models) {
            let note = unreachable_target(self.story, model);
            notes.extend(note.filter(|note| !notes.contains(note)));
        }
        // What one option changes of it the others do not.
        notes.truncate(1);
        notes
    }

    /// Which options surely meet every target, in a sentence.
    pub(super) fn who_meets_the_targets(&self) -> Option<String> {
        let many = self.base_targets.len();
        let base = meets_all(self.base_targets)?;
        let every = match many {
            1 => "the target of the file".to_owned(),
            2 => "both targets of the file".to_owned(),
            many => format!("all {many} targets of the file"),
        };
        let meets = |it: &&super::Compared| meets_all(&it.targets) == Some(true);
        let choices = || self.options.iter().filter(|it| !it.what_if);
        let who: Vec<String> = choices()
            .filter(meets)
            .map(|it| format!("\"{}\"", it.variant.option))
            .collect();
        let of = choices().count();
        let told = match (base, who.len()) {
            (true, many) if many == of => {
                format!("The service surely meets {every} as things are, and with each option.")
            }
            (false, 0) => format!(
                "No option surely meets {every}{}.",
                self.closest().unwrap_or_default()
            ),
            (true, 0) => {
                format!("As things are the service surely meets {every}, but with no option.")
            }
            (true, _) => format!(
                "The service surely meets {every} as things are, and with {}, not with the other {}.",
                listed(&who),
                plural(of - who.len(), "option")
            ),
            (false, 1) => format!("Only {} surely meets {every}.", who[0]),
            (false, _) => format!("{} surely meet {every}.", listed(&who)),
        };
        let is_open = |it: &&super::Compared| {
            let is = |verdict: Verdict| it.targets.iter().any(|row| row.judged.verdict == verdict);
            is(Verdict::Undecided) && !is(Verdict::Fails)
        };
        let open: Vec<String> = choices()
            .filter(is_open)
            .map(|it| format!("\"{}\"", it.variant.option))
            .collect();
        Some(match open.is_empty() {
            true => told,
            false => format!(
                "{told} Of {} it is not known: more runs may tell.",
                listed(&open)
            ),
        })
    }

    /// The target that is hardest to reach, and how far the option goes that comes nearest: ": the share
    /// of people contacted within 28 days is to be at least 95.0%, and is 3.1% at best".
    fn closest(&self) -> Option<String> {
        let nearest = |at: usize| {
            let of = self.options.iter().filter(|it| !it.what_if);
            let rows = of.filter_map(|it| it.targets.get(at));
            let means = rows.filter_map(|row| Some((row, row.judged.mean?)));
            means.min_by(|one, other| short(one).total_cmp(&short(other)))
        };
        let all = (0..self.base_targets.len()).filter_map(nearest);
        let (row, mean) = all.max_by(|one, other| short(one).total_cmp(&short(other)))?;
        (row.goal.shortfall(mean) > 0.0).then(|| {
            format!(
                ": {} is to be {}, and is {} at best",
                words::measure(row.measure.name).phrase,
                asked(row),
                words::with_unit(row.measure.unit, mean)
            )
        })
    }

    /// Each target and what base and options reach of it, for the workbook.
    #[must_use]
    pub fn target_lines(&self) -> Vec<TargetLine> {
        let line = |(at, base): (usize, &TargetRow)| {
            let options = self.options.iter().filter_map(|it| it.targets.get(at));
            TargetLine {
                name: base.measure.name,
                measure: words::measure(base.measure.name).heading,
                unit: base.measure.unit,
                side: side(base),
                value: base.goal.value,
                reached: std::iter::once(base)
                    .chain(options)
                    .map(|row| (row.judged.mean, verdict(row).to_owned()))
                    .collect(),
            }
        };
        self.base_targets.iter().enumerate().map(line).collect()
    }

    /// `targets.csv`: a row for each target, of the base and of each option. The bounds hold together
    /// with the confidence of the comparison, and the verdict follows from them.
    ///
    /// # Errors
    /// When `into` cannot be written.
    pub fn targets_table(&self, into: impl Write) -> Result<()> {
        let header = "option,measure,unit,target,better,mean,low,high,verdict";
        let mut writer = Table::begin(into, header)?;
        let options = self.options.iter();
        let options = options.map(|it| (it.variant.option, it.targets.as_slice()));
        for (option, rows) in std::iter::once((self.base.option, self.base_targets)).chain(options)
        {
            for row in rows {
                let side = match row.goal.better {
                    Better::Higher => "more",
                    Better::Lower => "less",
                };
                writer.row([
                    option,
                    row.measure.name,
                    row.measure.unit.name(),
                    &for_file(row.goal.value),
                    side,
                    &optional_for_file(row.judged.mean),
                    &optional_for_file(row.judged.low),
                    &optional_for_file(row.judged.high),
                    verdict(row),
                ])?;
            }
        }
        writer.end()
    }
}

/// How far a mean falls short of its target.
fn short((row, mean): &(&TargetRow, f64)) -> f64 {
    row.goal.shortfall(*mean)
}

fn cells(name: String, rows: &[TargetRow]) -> Vec<String> {
    let cell = |row: &TargetRow| {
        let mean = row.judged.mean;
        let mean = mean.map(|mean| words::with_unit(row.measure.unit, mean));
        format!("{} {}", mean.unwrap_or("-".to_owned()), verdict(row))
    };
    std::iter::once(name).chain(rows.iter().map(cell)).collect()
}

/// "at least 80.0%".
pub(in crate::report) fn asked(row: &TargetRow) -> String {
    format!(
        "{} {}",
        side(row),
        words::with_unit(row.measure.unit, row.goal.value)
    )
}

/// On which side of the target the expectation is to be.
const fn side(row: &TargetRow) -> &'static str {
    match row.goal.better {
        Better::Higher => "at least",
        Better::Lower => "at most",
    }
}

/// What is known, in a word.
pub(in crate::report) const fn verdict(row: &TargetRow) -> &'static str {
    match row.judged.verdict {
        Verdict::Meets => "met",
        Verdict::Fails => "missed",
        Verdict::Undecided => "not known",
    }
}
