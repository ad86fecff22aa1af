//! What a planner reads on the terminal: the answer first, then a short table, then what to be
//! careful of.

pub(super) mod bad_years;
mod cautions;
mod effects;
pub(super) mod money;
mod table;
mod weeks;

pub use table::target_names;
pub(super) use table::{asked, show};

use super::Story;
use super::number::{grouped, percent, readable};
use super::paper::Loads;
use crate::experiment::{DifferenceRow, EquityGap, Estimates, KnifeEdge, Replications, SummaryRow};
use crate::model::Model;
use table::interval;

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
    /// Small changes with a large effect on the weeks at risk.
    pub knife_edges: &'a [KnifeEdge],
    /// Its loads on paper.
    pub loads: &'a Loads,
    /// What the effects of strain make of it, where the scenario was run with and without them.
    pub effects: &'a [DifferenceRow],
}

impl Answer<'_> {
    /// The whole text.
    #[must_use]
    pub fn text(&self) -> String {
        let evidence = [
            "\n".to_owned(),
            self.table(),
            self.waiting_week_by_week(),
            self.money(),
            self.targets(),
            self.bad_years(),
            self.effects_of_strain(),
        ];
        self.story
            .told(&self.sentences(), &evidence.concat(), &self.cautions())
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
        let accepted = self.mean("referrals_accepted").unwrap_or_default();
        if accepted <= 0.0 {
            return vec![
                "Nobody was accepted in the period: there is nothing to report on waits."
                    .to_owned(),
            ];
        }
        let mut sentences = if self.estimates.steady_state_refused {
            self.no_steady_state(accepted)
        } else {
            self.ever_contacted()
        };
        sentences.extend(self.within());
        sentences.extend(self.those_not_seen(accepted));
        sentences.extend(self.refused(accepted));
        sentences
    }

    /// Where the list grows for ever: how fast, and how many are reached.
    fn no_steady_state(&self, accepted: f64) -> Vec<String> {
        let growth = self.pcn("waiting_list_growth_per_week");
        let by = growth
            .and_then(SummaryRow::mean)
            .map(readable)
            .unwrap_or_default();
        let contacts = self.mean("first_contacts").unwrap_or_default();
        vec![
            format!(
                "More is asked for than there is and nobody gives up, so the wait has no steady mean: the waiting list \
                 grows by {by} people a week{}.",
                growth.map(interval).unwrap_or_default()
            ),
            format!(
                "For every 100 people accepted, {} first contacts are made.",
                grouped(100.0 * contacts / accepted, 0)
            ),
        ]
    }

    fn ever_contacted(&self) -> Vec<String> {
        let Some(row) = self.pcn("share_contacted_ever") else {
            return Vec::new();
        };
        let share = row.mean().unwrap_or_default();
        if share <= 0.0 {
            return vec![
                "None of the people referred and accepted is contacted in the time observed."
                    .to_owned(),
            ];
        }
        let who = format!(
            "Of the people referred and accepted, {} are ever contacted{}.",
            percent(share),
            interval(row)
        );
        let wait = self
            .pcn("wait_to_first_contact_days_mean")
            .filter(|row| row.mean().is_some());
        let wait = wait.map(|row| {
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

    /// How many are refused, where referrals are paused.
    fn refused(&self, accepted: f64) -> Option<String> {
        let refused = self.mean("refused").filter(|refused| *refused > 0.0)?;
        let of_100 = grouped(100.0 * refused / (accepted + refused), 0);
        let paused = percent(self.mean("paused_share_of_time")?);
        Some(format!(
            "Referrals are paused {paused} of the time: of every 100 people who should be accepted, {of_100} are refused, \
             and are in none of these waits."
        ))
    }

    fn those_not_seen(&self, accepted: f64) -> Option<String> {
        let of_100 = |measure: &str| Some(grouped(100.0 * self.mean(measure)? / accepted, 0));
        let waiting = self.mean("still_waiting_at_end")?;
        let waiting = match readable(waiting) {
            _ if waiting < 0.05 => "nobody waits".to_owned(),
            people => format!("{people} people wait"),
        };
        Some(format!(
            "For every 100 accepted, {} give up before first contact and {} are not reached by phone; {waiting} on the \
             list at the end.",
            of_100("lapsed")?,
            of_100("not_reached")?
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
