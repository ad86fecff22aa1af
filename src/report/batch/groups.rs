//! Scenarios by ICB and by fifth of deprivation: staff, load and people contacted.
//!
//! A group's shares are those of its people, not the mean of its scenarios: people accepted weigh. A
//! scenario whose posts are not known counts among the patients and nowhere else.

use super::super::number::{for_file, grouped, optional_for_file, percent, readable};
use super::super::prose::aligned;
use super::super::tables::Table;
use super::staffing::Together;
use super::{Batch, Line, Measured};
use std::collections::BTreeMap;
use std::io::{Result, Write};

/// Fifths of deprivation as the terminal tells them.
const FIFTHS: [(&str, &str); 5] = [
    ("1", "most deprived"),
    ("2", "2nd"),
    ("3", "3rd"),
    ("4", "4th"),
    ("5", "least deprived"),
];

/// Scenarios that belong together.
struct Group<'a> {
    /// What they have in common: "icb" or "deprivation_fifth".
    kind: &'static str,
    name: &'a str,
    lines: Vec<&'a Line>,
}

impl Group<'_> {
    fn patients(&self) -> f64 {
        self.lines.iter().map(|line| line.facts.patients).sum()
    }

    /// Those whose posts are known.
    fn known(&self) -> impl Iterator<Item = &&Line> {
        self.lines.iter().filter(|line| !line.facts.posts_not_known)
    }

    fn wte(&self) -> f64 {
        self.known().map(|line| line.facts.wte).sum()
    }

    fn wte_per_10_000(&self) -> Option<f64> {
        let patients: f64 = self.known().map(|line| line.facts.patients).sum();
        (patients > 0.0).then(|| self.wte() / patients * 10_000.0)
    }

    /// Mean of a share over the people accepted, with half-widths added as independent.
    fn share(&self, measure: &str) -> Option<Measured> {
        let (mut people, mut sum, mut squares) = (0.0, 0.0, 0.0);
        let mut is_known = true;
        for line in self.known() {
            // Where nobody is accepted there is nobody to contact.
            let Some((accepted, share)) = line.of("referrals_accepted").zip(line.of(measure))
            else {
                continue;
            };
            let weight = accepted.mean / line.facts.years;
            people += weight;
            sum += weight * share.mean;
            match share.interval {
                Some((low, high)) => squares += (weight * (high - low) / 2.0).powi(2),
                None => is_known = false,
            }
        }
        (people > 0.0).then(|| {
            let (mean, half) = (sum / people, squares.sqrt() / people);
            Measured {
                mean,
                interval: is_known.then(|| ((mean - half).max(0.0), (mean + half).min(1.0))),
            }
        })
    }

    /// How many ask for more than they have, of those whose posts are known.
    fn overloaded(&self) -> usize {
        self.known().filter(|line| line.is_overloaded()).count()
    }

    fn cells(&self) -> Vec<String> {
        let mut cells = vec![
            self.kind.to_owned(),
            self.name.to_owned(),
            self.lines.len().to_string(),
            self.known().count().to_string(),
            for_file(self.patients()),
            for_file(self.wte()),
            optional_for_file(self.wte_per_10_000()),
            self.overloaded().to_string(),
        ];
        for measure in [
            "contacted_within_14_days",
            "contacted_within_28_days",
            "share_contacted_ever",
        ] {
            let share = self.share(measure);
            let ends = share.and_then(|it| it.interval);
            cells.extend([
                optional_for_file(share.map(|it| it.mean)),
                optional_for_file(ends.map(|(low, _)| low)),
                optional_for_file(ends.map(|(_, high)| high)),
            ]);
        }
        let needed = self.needed();
        let told = |value: f64| (needed.scenarios > 0).then_some(value);
        cells.extend([
            needed.scenarios.to_string(),
            optional_for_file(told(needed.needed)),
            optional_for_file(told(needed.at_least)),
            optional_for_file(needed.surely.and_then(told)),
            optional_for_file(needed.per_10_000()),
        ]);
        cells
    }

    /// What those whose posts are known need.
    fn needed(&self) -> Together {
        Together::of(self.known().copied())
    }
}

impl Batch {
    fn groups(&self) -> Vec<Group<'_>> {
        let mut groups: BTreeMap<(&'static str, &str), Vec<&Line>> = BTreeMap::new();
        for line in &self.lines {
            let facts = &line.facts;
            let of = [("icb", &facts.icb), ("deprivation_fifth", &facts.fifth)];
            for (kind, name) in of {
                if let Some(name) = name {
                    groups.entry((kind, name)).or_default().push(line);
                }
            }
        }
        let group = |((kind, name), lines)| Group { kind, name, lines };
        groups.into_iter().map(group).collect()
    }

    /// Whether there is anything to group by.
    #[must_use]
    pub fn has_groups(&self) -> bool {
        self.lines
            .iter()
            .any(|line| line.facts.icb.is_some() || line.facts.fifth.is_some())
    }

    /// `groups.csv`: a row for each ICB and each fifth of deprivation.
    ///
    /// # Errors
    /// When `into` cannot be written.
    pub fn write_groups(&self, into: impl Write) -> Result<()> {
        let header = "group,name,scenarios,scenarios_with_known_posts,patients,wte,wte_per_10000,overloaded,\
            contacted_within_14_days,contacted_within_14_days_ci95_low,contacted_within_14_days_ci95_high,\
            contacted_within_28_days,contacted_within_28_days_ci95_low,contacted_within_28_days_ci95_high,\
            share_contacted_ever,share_contacted_ever_ci95_low,share_contacted_ever_ci95_high,\
            scenarios_with_wte_needed,wte_needed,wte_needed_at_least,wte_needed_surely,wte_needed_per_10000";
        let mut table = Table::begin(into, header)?;
        for group in self.groups() {
            table.row(group.cells().iter().map(String::as_str))?;
        }
        table.end()
    }

    /// Each ICB with the share of its people who are contacted within 28 days, in the order of their codes.
    pub(super) fn contacted_by_icb(&self) -> Vec<(String, Option<Measured>)> {
        let groups = self.groups().into_iter().filter(|it| it.kind == "icb");
        groups
            .map(|it| (it.name.to_owned(), it.share("contacted_within_28_days")))
            .collect()
    }

    /// The fifths of deprivation as a table for the terminal; nothing where they are not known.
    pub(super) fn by_fifth(&self) -> String {
        let groups = self.groups();
        let find = |name| {
            groups
                .iter()
                .find(|it| it.kind == "deprivation_fifth" && it.name == name)
        };
        let is_asked = groups.iter().any(|group| group.needed().scenarios > 0);
        let headings = [
            "by deprivation",
            "patients",
            if is_asked {
                "WTE, needed/10,000"
            } else {
                "WTE for 10,000"
            },
            "overloaded",
            "in 28 days, 95%",
        ];
        let mut rows = vec![headings.map(str::to_owned).to_vec()];
        for (name, label) in FIFTHS {
            rows.extend(find(name).map(|group| row(label, group)));
        }
        match rows.len() {
            1 => String::new(),
            _ => format!("\n{}", aligned(&rows)),
        }
    }
}

fn row(label: &str, group: &Group) -> Vec<String> {
    let share = group.share("contacted_within_28_days").map(|it| {
        let range = it
            .interval
            .map(|(low, high)| format!(" ({} to {})", percent(low), percent(high)));
        percent(it.mean) + &range.unwrap_or_default()
    });
    vec![
        label.to_owned(),
        grouped(group.patients(), 0),
        staff(group),
        match group.known().count() {
            0 => "-".to_owned(),
            known => format!("{} of {known}", group.overloaded()),
        },
        share.unwrap_or_else(|| "-".to_owned()),
    ]
}

/// "0.44", or with what is needed "0.44, 0.61".
fn staff(group: &Group) -> String {
    let told = [group.wte_per_10_000(), group.needed().per_10_000()];
    let told: Vec<String> = told.into_iter().flatten().map(readable).collect();
    match told.is_empty() {
        true => "-".to_owned(),
        false => told.join(", "),
    }
}
