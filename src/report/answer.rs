//! What a planner reads on the terminal: the answer first, then a short table, then what to be
//! careful of.

use super::Story;
use super::number::{grouped, percent, percent_to_a_decimal, readable};
use super::prose::{aligned, bullet, listed, paragraph, wrapped};
use crate::experiment::{EquityGap, Estimates, Replications, SummaryRow};
use crate::measure::{Better, Unit, all_measures};
use crate::model::Model;
use crate::stats::Progress;

/// Half-width / mean beyond which the wait is said not to be precise.
const PRECISE: f64 = 0.05;

/// Everything that the answer is made from.
pub struct Answer<'a> {
    /// Title, question, targets and assumptions.
    pub story: &'a Story,
    /// The model.
    pub model: &'a Model,
    /// The replications.
    pub replications: &'a Replications,
    /// Their summary.
    pub estimates: &'a Estimates,
    /// Gaps between practices.
    pub gaps: &'a [EquityGap],
}

impl Answer<'_> {
    /// The whole text.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = wrapped("", &self.story.title);
        if let Some(question) = &self.story.question {
            text += &wrapped("", question);
        }
        text += "\n";
        for sentence in self.sentences() {
            text += &paragraph(&sentence);
        }
        text += "\n";
        text += &self.table();
        text += &self.targets();
        text += "\nBe careful\n";
        for caution in self.cautions() {
            text += &bullet(&caution);
        }
        text
    }

    fn pcn(&self, measure: &str) -> Option<&SummaryRow> {
        self.estimates.of_pcn(measure)
    }

    fn mean(&self, measure: &str) -> Option<f64> {
        self.pcn(measure).and_then(SummaryRow::mean)
    }

    /// The answer: who is ever seen, after how long, and what becomes of the others.
    #[must_use]
    pub fn sentences(&self) -> Vec<String> {
        let mut sentences = Vec::new();
        match self.pcn("share_contacted_ever") {
            Some(row) if row.mean().is_some() => sentences.extend(self.ever_contacted(row)),
            _ => sentences.push(
                "Nobody was accepted in the period: there is nothing to report on waits."
                    .to_owned(),
            ),
        }
        sentences.extend(self.within());
        sentences.extend(self.those_not_seen());
        sentences
    }

    fn ever_contacted(&self, row: &SummaryRow) -> Vec<String> {
        let share = row.mean().unwrap_or_default();
        let who = if share <= 0.0 {
            "None of the people referred and accepted is ever contacted.".to_owned()
        } else {
            format!(
                "Of the people referred and accepted, {} are ever contacted{}.",
                percent(share),
                interval(row)
            )
        };
        if self.estimates.steady_state_refused {
            let growth = self.pcn("waiting_list_growth_per_week");
            let by = growth
                .and_then(SummaryRow::mean)
                .map(readable)
                .unwrap_or_default();
            return vec![
                who,
                format!(
                    "More is asked for than there is and nobody gives up, so the wait has no steady mean: the waiting \
                     list grows by {by} people a week{}.",
                    growth.map(interval).unwrap_or_default()
                ),
            ];
        }
        let wait = self
            .pcn("wait_to_first_contact_days_mean")
            .filter(|row| row.mean().is_some())
            .map(|row| {
                format!(
                    "Those who are, wait {} from referral to first contact on average{}; {}.",
                    days(row.mean().unwrap_or_default()),
                    interval(row),
                    self.median()
                )
            });
        std::iter::once(who).chain(wait).collect()
    }

    /// The median over everyone accepted, or that there is none.
    fn median(&self) -> String {
        match self.mean("wait_to_first_contact_days_p50") {
            Some(median) => format!("half of all accepted are contacted within {}", days(median)),
            None => match self.pcn("wait_to_first_contact_days_p50") {
                Some(row) if row.n > 0 => {
                    "in some runs fewer than half of all accepted ever are".to_owned()
                }
                _ => "fewer than half of all accepted ever are, so there is no median wait"
                    .to_owned(),
            },
        }
    }

    fn within(&self) -> Option<String> {
        let share = |days: u32| self.mean(&format!("contacted_within_{days}_days"));
        let [week, fortnight, month] = [share(7)?, share(14)?, share(28)?];
        if month <= 0.0 {
            return Some("Nobody is contacted within 28 days.".to_owned());
        }
        Some(format!(
            "{} are contacted within 7 days, {} within 14 and {} within 28.",
            percent(week),
            percent(fortnight),
            percent(month)
        ))
    }

    fn those_not_seen(&self) -> Option<String> {
        let accepted = self
            .mean("referrals_accepted")
            .filter(|accepted| *accepted > 0.0)?;
        let lapsed = self.mean("lapsed")?;
        let waiting = self.mean("still_waiting_at_end")?;
        let waiting = match readable(waiting) {
            _ if waiting < 0.05 => "nobody waits".to_owned(),
            people => format!("{people} people wait"),
        };
        Some(format!(
            "For every 100 accepted, {} give up before first contact; {waiting} on the list at the end.",
            grouped(100.0 * lapsed / accepted, 0)
        ))
    }

    fn table(&self) -> String {
        let mut rows = vec![vec![
            format!(
                "{} replications of {} weeks",
                self.replications.count(),
                self.model.period.weeks()
            ),
            "mean".to_owned(),
            "95% interval".to_owned(),
            "8 in 10 runs".to_owned(),
        ]];
        let wanted = [
            ("referrals_accepted", "Referrals accepted"),
            ("share_contacted_ever", "Share ever contacted"),
            (
                "wait_to_first_contact_days_mean",
                "Wait to first contact, days",
            ),
            (
                "wait_to_first_appointment_days_mean",
                "Wait to first appointment, days",
            ),
            ("contacted_within_28_days", "Contacted within 28 days"),
            ("waiting_list_mean", "People on the waiting list"),
            ("caseload_mean", "Open cases"),
            ("cases_a_year_per_wte", "Cases a year per WTE"),
            ("utilisation", "Client time in use (1 is all)"),
            ("hours_load", "Hours load (1 is full)"),
            ("places_load", "Places load (1 is full)"),
            ("follow_up_lateness_days_mean", "Follow-ups late by, days"),
            ("dna_share", "Contacts missed"),
        ];
        for (measure, label) in wanted {
            rows.extend(self.pcn(measure).map(|row| cells(label, row)));
        }
        aligned(&rows)
    }

    fn targets(&self) -> String {
        if self.story.targets.is_empty() {
            return String::new();
        }
        let mut text = String::from("\nTargets\n");
        let mut rows = Vec::new();
        for (measure, target) in &self.story.targets {
            rows.extend(self.pcn(measure).map(|row| target_cells(row, *target)));
        }
        text += &aligned(&rows);
        text
    }

    /// What to be careful of.
    #[must_use]
    pub fn cautions(&self) -> Vec<String> {
        let mut cautions = Vec::new();
        cautions.extend(self.binding());
        cautions.extend(self.lateness());
        cautions.extend(self.practices());
        cautions.extend(self.precision());
        cautions.extend(self.caps());
        cautions.extend(self.assumptions());
        cautions.extend(self.story.notes.iter().cloned());
        cautions
    }

    /// What the results rest on that nobody has measured.
    fn assumptions(&self) -> Option<String> {
        let defaults = match self.story.assumed_defaults {
            0 => None,
            1 => Some("1 default that splw-sim check shows".to_owned()),
            n => Some(format!("{n} defaults that splw-sim check lists")),
        };
        let all: Vec<String> = self
            .story
            .assumptions
            .iter()
            .cloned()
            .chain(defaults)
            .collect();
        (!all.is_empty()).then(|| {
            format!(
                "Assumed, not measured (grade D), and in play: {}.",
                listed(&all)
            )
        })
    }

    /// Which queue binds, and how that shows.
    fn binding(&self) -> Option<String> {
        let hours = self.mean("hours_load")?;
        let used = percent(self.mean("utilisation")?);
        let open = readable(self.mean("caseload_mean")?);
        let late = self.mean("follow_up_lateness_days_mean").map(readable);
        let Some(places) = self.mean("places_load") else {
            return Some(format!(
                "There is no cap on caseloads, so only hours can bind: hours load {hours:.2}, {used} of client time in \
                 use, {open} open cases."
            ));
        };
        let caps: u32 = self
            .model
            .posts
            .iter()
            .filter_map(|post| post.caseload_cap)
            .sum();
        let shows = format!(
            "{open} of {caps} caseload places are taken on average and {used} of client time is in use"
        );
        let loads = format!("places load {places:.2}, hours load {hours:.2}");
        Some(if places.max(hours) < 1.0 {
            let tighter = if places > hours { "places" } else { "hours" };
            format!("Neither queue is overloaded, {tighter} being the tighter ({loads}): {shows}.")
        } else if places > hours {
            format!(
                "Places bind, not hours ({loads}). It shows: {shows}. People wait for a place; cases that end sooner, or \
                 more places, shorten the list before more hours do."
            )
        } else {
            format!(
                "Hours bind, not places ({loads}). It shows: {shows}, and follow-ups start {} days late. More places would \
                 lengthen the queue inside the caseload, not shorten the wait.",
                late.unwrap_or_else(|| "0".to_owned())
            )
        })
    }

    fn lateness(&self) -> Option<String> {
        let late = self.mean("follow_up_lateness_days_mean")?;
        let cases = &self.model.case_types;
        let interval: f64 = cases
            .iter()
            .map(|case| case.share * case.days_between_contacts.mean())
            .sum();
        (late > interval).then(|| {
            format!(
                "Follow-ups start {} days late on average, more than the {} days between contacts: the order of work is \
                 hiding an overload.",
                readable(late),
                readable(interval)
            )
        })
    }

    /// Practices that wait longer than others by more than chance.
    fn practices(&self) -> Option<String> {
        let gap = self
            .gaps
            .iter()
            .find(|gap| gap.measure == "wait_to_first_contact_days_mean")?;
        let (_, [_, _, chance]) = gap.by_chance;
        let low = gap.gap.low.unwrap_or_default();
        let name = |practice: usize| &self.model.practices[practice].name;
        (gap.gap.mean > chance && low > 0.0 && gap.gap.mean >= 0.5).then(|| {
            format!(
                "People of {} wait {} longer than those of {} on average, more than chance would give ({} days or fewer in 9 \
                 of 10 shuffles).",
                name(gap.greatest),
                days(gap.gap.mean),
                name(gap.least),
                readable(chance)
            )
        })
    }

    fn precision(&self) -> Option<String> {
        let row = self.pcn("wait_to_first_contact_days_mean")?;
        let n = self.replications.count();
        if n == 1 {
            return Some(
                "One replication gives no interval: run more before deciding anything.".to_owned(),
            );
        }
        match self.replications.precision {
            Some(Progress::Reached { .. }) => {
                return Some(format!(
                    "The precision asked for was reached with {n} replications."
                ));
            }
            Some(_) => {
                return Some(format!(
                    "The precision asked for was not reached within {n} replications; raise max_replications, or ask \
                     for less."
                ));
            }
            None => {}
        }
        let estimate = row.estimate?;
        let half = estimate.half_width()?;
        (half > PRECISE * estimate.mean.abs() && half > 0.1).then(|| {
            format!(
                "The mean wait is known to within {} only; --precision 0.05 runs until it is known to 5%.",
                percent(half / estimate.mean.abs())
            )
        })
    }

    /// The caseload caps, said in every report because they decide much and are an assumption.
    fn caps(&self) -> Option<String> {
        let caps: Vec<String> = self
            .model
            .posts
            .iter()
            .map(|post| {
                post.caseload_cap
                    .map_or("none".to_owned(), |cap| cap.to_string())
            })
            .collect();
        let first = caps.first()?;
        let said = if caps.iter().all(|cap| cap == first) {
            format!("{first} a post")
        } else {
            caps.join(", ")
        };
        Some(format!(
            "Caseload cap: {said}. Caps in use are rarely written down; try others."
        ))
    }
}

/// A number of days in words.
fn days(value: f64) -> String {
    let text = readable(value);
    let unit = if text == "1" || text == "1.00" {
        "day"
    } else {
        "days"
    };
    format!("{text} {unit}")
}

fn show(unit: Unit, value: f64) -> String {
    match unit {
        Unit::Share => percent_to_a_decimal(value),
        Unit::Ratio => format!("{value:.2}"),
        _ => readable(value),
    }
}

/// " (95% interval a to b)", or nothing.
fn interval(row: &SummaryRow) -> String {
    let unit = row.column.unit();
    row.estimate
        .and_then(|estimate| Some((estimate.low?, estimate.high?)))
        .map(|(low, high)| {
            format!(
                " (95% interval {} to {})",
                show(unit, low),
                show(unit, high)
            )
        })
        .unwrap_or_default()
}

fn cells(label: &str, row: &SummaryRow) -> Vec<String> {
    let unit = row.column.unit();
    let Some(estimate) = row.estimate else {
        return vec![
            label.to_owned(),
            "-".to_owned(),
            "-".to_owned(),
            "-".to_owned(),
        ];
    };
    let range = |low: Option<f64>, high: Option<f64>| match (low, high) {
        (Some(low), Some(high)) => format!("{} to {}", show(unit, low), show(unit, high)),
        _ => "-".to_owned(),
    };
    let spread = row.spread.filter(|_| estimate.n > 1);
    vec![
        label.to_owned(),
        show(unit, estimate.mean),
        range(estimate.low, estimate.high),
        range(
            spread.map(|spread| spread[0]),
            spread.map(|spread| spread[2]),
        ),
    ]
}

fn target_cells(row: &SummaryRow, target: f64) -> Vec<String> {
    let unit = row.column.unit();
    let name = row.column.measure.name.replace('_', " ");
    let wanted = match row.column.measure.better {
        Some(Better::Lower) => format!("at most {}", show(unit, target)),
        _ => format!("at least {}", show(unit, target)),
    };
    let verdict = match (row.estimate, row.column.measure.better) {
        (None, _) => "cannot be said",
        (Some(estimate), Some(Better::Lower)) => verdict(
            target - estimate.mean,
            target - estimate.high.unwrap_or(estimate.mean),
            target - estimate.low.unwrap_or(estimate.mean),
        ),
        (Some(estimate), _) => verdict(
            estimate.mean - target,
            estimate.low.unwrap_or(estimate.mean) - target,
            estimate.high.unwrap_or(estimate.mean) - target,
        ),
    };
    let reached = row.mean().map_or("-".to_owned(), |mean| show(unit, mean));
    vec![name, wanted, reached, verdict.to_owned()]
}

/// Met, missed or too close to call, by how far the mean and the ends of its interval are beyond
/// the target.
fn verdict(mean: f64, worst: f64, best: f64) -> &'static str {
    match (worst >= 0.0, best < 0.0) {
        (true, _) => "met",
        (_, true) => "missed",
        _ if mean >= 0.0 => "met on average, not surely",
        _ => "missed on average, not surely",
    }
}

/// Names of all measures that a target may be set for.
#[must_use]
pub fn target_names() -> Vec<&'static str> {
    all_measures()
        .iter()
        .filter(|measure| measure.better.is_some())
        .map(|measure| measure.name)
        .collect()
}
