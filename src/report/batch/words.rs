//! What many scenarios come to, in words and tables of 80 columns.

use super::super::number::{counted, grouped, percent, readable};
use super::super::prose::{aligned, bullet, paragraph, wrapped};
use super::{Batch, Line, MEASURES, Measured};
use crate::measure::{Unit, all_measures};
use crate::report::answer::show;
use crate::stats::sample_quantile;

/// Up to so many scenarios are told one by one, more as how they spread.
const TOLD_ONE_BY_ONE: usize = 20;

/// What the columns are.
const EXPLAINED: &str = "Load is what is asked for over what there is, of caseload places or client hours, whichever \
    is scarcer. Contacted is of everybody accepted, not of those who were reached.";

/// Characters of a scenario's name in the table.
const NAME: usize = 22;

impl Batch {
    /// The summary for the terminal; `resumed` of the scenarios had been run before.
    #[must_use]
    pub fn text(&self, resumed: usize) -> String {
        let count = self.lines.len();
        let mut text = wrapped(
            "",
            &format!("{}: {}", self.name, counted(count, "scenario")),
        );
        text += "\n";
        for sentence in self.sentences(resumed) {
            text += &paragraph(&sentence);
        }
        text += "\n";
        text += &paragraph(EXPLAINED);
        text += "\n";
        text += &match count <= TOLD_ONE_BY_ONE {
            true => self.one_by_one(),
            false => self.spread(),
        };
        text += &self.by_fifth();
        text += "\nBe careful\n";
        for caution in self.cautions() {
            text += &bullet(&caution);
        }
        text
    }

    /// What they come to, as sentences.
    #[must_use]
    pub fn sentences(&self, resumed: usize) -> Vec<String> {
        let mut sentences = Vec::new();
        if self.adds_up() {
            sentences.push(self.size());
            sentences.extend(self.together());
        }
        sentences.extend(self.overloaded());
        sentences.extend(self.left_out());
        sentences.extend(self.targets());
        sentences.extend(self.needed());
        if resumed > 0 {
            sentences.push(format!(
                "{} had been finished by an earlier go and {} not run again.",
                counted(resumed, "scenario"),
                if resumed == 1 { "was" } else { "were" }
            ));
        }
        sentences
    }

    fn size(&self) -> String {
        let practices: usize = self
            .lines
            .iter()
            .map(|line| line.facts.practices.len())
            .sum();
        let patients: f64 = self.lines.iter().map(|line| line.facts.patients).sum();
        let practices = counted(practices, "practice");
        let patients = grouped(patients, 0);
        let wte: f64 = self.known().map(|line| line.facts.wte).sum();
        let staffed: f64 = self.known().map(|line| line.facts.patients).sum();
        if staffed <= 0.0 {
            return format!("They have {practices} and {patients} patients.");
        }
        format!(
            "They have {practices}, {patients} patients and {} WTE of link workers, {} for 10,000 patients{}.",
            readable(wte),
            readable(wte / staffed * 10_000.0),
            match self.not_known() {
                0 => "",
                _ => " of those whose posts are known",
            }
        )
    }

    /// People accepted and contacted a year over all scenarios, whose chance is independent.
    fn together(&self) -> Option<String> {
        self.known().next()?;
        let accepted = self.a_year("referrals_accepted")?;
        let contacted = self.a_year("first_contacts")?;
        let range = |it: Measured| {
            it.interval.map(|(low, high)| {
                format!(
                    " (95% interval {} to {})",
                    grouped(low, 0),
                    grouped(high, 0)
                )
            })
        };
        let who = match self.not_known() {
            0 => "Together they",
            _ => "Together those whose posts are known",
        };
        Some(format!(
            "{who} accept {} people a year{} and contact {}{}.",
            grouped(accepted.mean, 0),
            range(accepted).unwrap_or_default(),
            grouped(contacted.mean, 0),
            range(contacted).unwrap_or_default()
        ))
    }

    /// The sum of a count over all scenarios, a year, with half-widths added as independent.
    fn a_year(&self, measure: &str) -> Option<Measured> {
        let (mut mean, mut squares, mut known) = (0.0, 0.0, true);
        for line in self.known() {
            let measured = line.of(measure)?;
            mean += measured.mean / line.facts.years;
            match measured.interval {
                Some((low, high)) => squares += ((high - low) / 2.0 / line.facts.years).powi(2),
                None => known = false,
            }
        }
        let half = squares.sqrt();
        Some(Measured {
            mean,
            interval: known.then_some((mean - half, mean + half)),
        })
    }

    /// The scenarios whose posts are known.
    /// Those whose posts are known.
    pub(super) fn known(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(|line| !line.facts.posts_not_known)
    }

    fn not_known(&self) -> usize {
        self.lines
            .iter()
            .filter(|line| line.facts.posts_not_known)
            .count()
    }

    /// How many ask for more than they have, of those whose posts are known.
    fn overloaded(&self) -> Option<String> {
        let overloaded = self.known().filter(|line| line.is_overloaded()).count();
        let without = self.known().filter(|line| line.facts.posts == 0).count();
        let without = match without {
            0 => String::new(),
            some => format!(
                "; {} of these {} no post",
                grouped(some as f64, 0),
                have(some)
            ),
        };
        let known = self.known().count();
        (known > 0).then(|| {
            format!(
                "In {} more is asked for than there is of caseload places or client hours (a load of 1 or more){without}.",
                share_of(overloaded, known)
            )
        })
    }

    /// Whose posts nobody knows, if there are such scenarios.
    fn left_out(&self) -> Option<String> {
        let some = self.not_known();
        (some > 0).then(|| {
            format!(
                "Of {} nobody knows the posts: they stand without any and are left out of loads, of shares and of \
                 figures.",
                grouped(some as f64, 0)
            )
        })
    }

    fn targets(&self) -> Option<String> {
        let with: Vec<&Line> = self
            .known()
            .filter(|line| !line.facts.targets.is_empty())
            .collect();
        if with.is_empty() {
            return None;
        }
        let met = with
            .iter()
            .filter(|line| line.targets.0 == line.facts.targets.len())
            .count();
        let missed = with.iter().filter(|line| line.targets.1 > 0).count();
        Some(format!(
            "Of {} with targets, {} surely {} all of them and {} surely {} at least one.",
            counted(with.len(), "scenario"),
            grouped(met as f64, 0),
            if met == 1 { "meets" } else { "meet" },
            grouped(missed as f64, 0),
            if missed == 1 { "misses" } else { "miss" }
        ))
    }

    fn one_by_one(&self) -> String {
        let headings = ["", "patients", "WTE", "load", "in 28 days, 95%", "ever"];
        let mut rows = vec![headings.map(str::to_owned).to_vec()];
        rows.extend(self.lines.iter().map(row));
        aligned(&rows)
    }

    /// The least, the middle and the greatest of each measure over the scenarios.
    fn spread(&self) -> String {
        let headings = [
            "over scenarios",
            "least",
            "1 in 10",
            "middle",
            "9 in 10",
            "most",
        ];
        let mut rows = vec![headings.map(str::to_owned).to_vec()];
        for (measure, label) in MEASURES {
            let unit = unit_of(measure);
            let mut means: Vec<f64> = self
                .lines
                .iter()
                .filter(|line| !line.facts.posts_not_known)
                .filter_map(|line| line.of(measure))
                .map(|it| it.mean)
                .collect();
            means.sort_unstable_by(f64::total_cmp);
            let points = [0.0, 0.1, 0.5, 0.9, 1.0].map(|p| sample_quantile(&means, p));
            let told =
                points.map(|point| point.map_or_else(|| "-".to_owned(), |value| show(unit, value)));
            rows.push(std::iter::once(label.to_owned()).chain(told).collect());
        }
        aligned(&rows)
    }

    /// What to know before reading on.
    #[must_use]
    pub fn cautions(&self) -> Vec<String> {
        let mut cautions = vec![
            "Scenarios stand in the order of their files: they are not ranked. Intervals say how sure a mean is for the \
             inputs given, not how sure the inputs are."
                .to_owned(),
        ];
        let default = self
            .lines
            .iter()
            .filter(|line| line.facts.has_default_demand)
            .count();
        if default > 1 {
            cautions.push(format!(
                "{} {} England's usual referral rate: these differ by list sizes and staff alone, so a longer wait is no \
                 sign of a worse service.",
                counted(default, "scenario"),
                if default == 1 { "takes" } else { "take" }
            ));
        }
        if self.lines.iter().any(|line| line.facts.icb.is_some()) {
            cautions.push(
                "Link workers whom others employ than PCNs are not in the workforce file; of those who answered NHS England's \
                 survey of 2023 about 30% worked for voluntary organisations."
                    .to_owned(),
            );
        }
        if self.lines.iter().any(|line| line.needed.is_some()) {
            cautions.push(
                "WTE needed are of posts that work as those there do, serve every practice and are there from the first \
                 day; where the demand is a default, so is the need."
                    .to_owned(),
            );
        }
        if !self.adds_up() {
            cautions.push("Some practices are in several scenarios, so that sums over them would count people twice; none is given.".to_owned());
        }
        cautions
    }
}

/// The row of one scenario.
fn row(line: &Line) -> Vec<String> {
    let or_dash = |told: Option<String>| told.unwrap_or_else(|| "-".to_owned());
    let in_28_days = line.of("contacted_within_28_days").map(|it| {
        let range = it
            .interval
            .map(|(low, high)| format!(" ({} to {})", percent(low), percent(high)));
        percent(it.mean) + &range.unwrap_or_default()
    });
    vec![
        line.facts.name.chars().take(NAME).collect(),
        grouped(line.facts.patients, 0),
        readable(line.facts.wte),
        or_dash(line.load().map(|load| format!("{:.2}", load.mean))),
        or_dash(in_28_days),
        or_dash(line.of("share_contacted_ever").map(|it| percent(it.mean))),
    ]
}

fn have(count: usize) -> &'static str {
    if count == 1 { "has" } else { "have" }
}

/// "12 of 40 scenarios (30%)".
fn share_of(some: usize, all: usize) -> String {
    format!(
        "{} of {} ({})",
        grouped(some as f64, 0),
        counted(all, "scenario"),
        percent(some as f64 / all as f64)
    )
}

fn unit_of(measure: &str) -> Unit {
    let found = all_measures().iter().find(|it| it.name == measure);
    found.map_or(Unit::Ratio, |it| it.unit)
}
