//! From results to figures: which numbers each figure shows, and the finding in its title.

mod bins;
mod list;
mod months;

pub(super) use bins::BINS;
pub(super) use months::Months;

use super::Story;
use super::number::{grouped, percent, readable};
use super::plots::{
    Band, ContactedFigure, FigureError, Mark, Outcome, OutcomeFigure, OutcomeKind, PostSeries,
    PostsFigure, WaitingListFigure, bins as bins_plot, contacted, heat_map, outcome, posts,
    waiting_list,
};
use super::tables::week_begins;
use crate::experiment::{Estimates, Replications, SummaryRow, WeekPoint};
use crate::measure::Scope;
use crate::model::Model;
use jiff::civil::Date;

/// Open cases per WTE that guidance implies: 200 to 250 cases a year of 12 weeks each, by Little's
/// law (evidence, sections A44 and B).
const GUIDANCE_PER_WTE: (f64, f64) = (46.0, 58.0);

/// What the figures are made from.
pub struct Figures<'a> {
    /// Title and targets.
    pub story: &'a Story,
    /// The model.
    pub model: &'a Model,
    /// The replications.
    pub replications: &'a Replications,
    /// Their summary.
    pub estimates: &'a Estimates,
}

impl Figures<'_> {
    /// Every figure that the results allow: its name and its SVG.
    ///
    /// # Errors
    /// When a figure cannot be drawn.
    pub fn draw(&self) -> Result<Vec<(&'static str, String)>, FigureError> {
        let mut figures = vec![("waiting_list", waiting_list::draw(&self.waiting_list())?)];
        figures.push(("contacted", contacted::draw(&self.contacted())?));
        if !self.model.posts.is_empty() {
            figures.push(("caseload", posts::draw(&self.caseload())?));
            figures.push(("strain", posts::draw(&self.strain())?));
        }
        figures.push(("outcomes", outcome::draw(&self.outcomes())?));
        if let Some(figure) = self.practices_by_month() {
            figures.push(("practices_by_month", heat_map::draw(&figure)?));
        }
        if let Some(figure) = self.survey_bins() {
            figures.push(("cases_a_year", bins_plot::draw(&figure)?));
        }
        Ok(figures)
    }

    fn count(&self) -> usize {
        self.replications.count()
    }

    fn mean(&self, measure: &str) -> Option<f64> {
        self.estimates.of_pcn(measure).and_then(SummaryRow::mean)
    }

    /// The weekly series of one measure: the first day of each week and its band.
    fn weekly(&self, scope: Scope, entity: usize, measure: &str) -> Vec<(Date, Option<Band>)> {
        let columns = &self.replications.weekly_columns;
        let wanted = columns.iter().position(|column| {
            column.scope == scope && column.entity == entity && column.measure == measure
        });
        let Some(column) = wanted else {
            return Vec::new();
        };
        (0..self.replications.weeks())
            .map(|week| {
                let point = self.replications.week(week, column).map(band_of_week);
                (week_begins(self.model, week), point)
            })
            .collect()
    }

    fn waiting_list(&self) -> WaitingListFigure {
        let weekly = self.weekly(Scope::Pcn, 0, "waiting_list");
        let points: Vec<(Date, Band)> = weekly
            .into_iter()
            .filter_map(|(date, band)| Some((date, band?)))
            .collect();
        WaitingListFigure {
            title: self.finding_of_list(),
            subtitle: format!(
                "People on the waiting list, mean of each week. {}",
                self.story.title
            ),
            points,
            target: self.target_of_list(),
            replications: self.count(),
        }
    }

    /// The file's target for the waiting list, in words that stand beside its line.
    fn target_of_list(&self) -> Option<(f64, String)> {
        let of = |name: &str| match name {
            "waiting_list_mean" => Some("target for the mean"),
            "waiting_list_max" => Some("target: never more"),
            "waiting_list_end" | "still_waiting_at_end" => Some("target for the end"),
            _ => None,
        };
        let mut targets = self.story.targets.iter();
        targets.find_map(|(name, value)| {
            let words = of(name)?;
            Some((*value, format!("{words}: {}", readable_people(*value))))
        })
    }

    fn contacted(&self) -> ContactedFigure {
        let days = (0..=self.replications.curve_days)
            .filter_map(|day| {
                let point = self.replications.contacted_by(day)?;
                let band = Band {
                    mean: point.mean,
                    p10: point.spread[0],
                    p90: point.spread[1],
                };
                Some((day as f64, band))
            })
            .collect();
        let ever = self.estimates.of_pcn("share_contacted_ever");
        let never = ever.and_then(|row| {
            let spread = row.spread?;
            Some(Band {
                mean: 1.0 - row.mean()?,
                p10: 1.0 - spread[2],
                p90: 1.0 - spread[0],
            })
        });
        let title = match (
            self.mean("share_contacted_ever"),
            self.mean("contacted_within_28_days"),
        ) {
            (Some(ever), Some(month)) => {
                let ever = if ever > 0.0 {
                    percent(ever)
                } else {
                    "None".to_owned()
                };
                let month = if month > 0.0 {
                    format!("{} of all", percent(month))
                } else {
                    "none".to_owned()
                };
                format!("{ever} are ever contacted, {month} within 28 days")
            }
            _ => "Nobody was referred and accepted".to_owned(),
        };
        ContactedFigure {
            title,
            subtitle: "Share of people referred and accepted who have been contacted, by days since referral".to_owned(),
            days,
            marks: [7, 14, 28].into_iter().filter_map(|day| self.mark(day)).collect(),
            never,
            replications: self.count(),
        }
    }

    fn mark(&self, day: usize) -> Option<Mark> {
        let measure = format!("contacted_within_{day}_days");
        let target = self.story.targets.iter().find(|(name, _)| *name == measure);
        let in_curve = day <= self.replications.curve_days;
        let share = in_curve
            .then(|| self.replications.share_at(0, 0, day))
            .flatten()?;
        Some(Mark {
            day: day as f64,
            share,
            target: target.map(|(_, share)| *share),
        })
    }

    fn caseload(&self) -> PostsFigure {
        let posts = self.model.posts.iter().enumerate();
        let posts = posts.map(|(entity, post)| PostSeries {
            name: post.name.clone(),
            cap: post.caseload_cap.map(f64::from),
            guidance: (GUIDANCE_PER_WTE.0 * post.wte, GUIDANCE_PER_WTE.1 * post.wte),
            weeks: self.weekly(Scope::Post, entity, "caseload"),
        });
        PostsFigure {
            measure: "Open cases",
            limit_word: "cap",
            is_ratio: false,
            title: self.finding_of_caseload(),
            subtitle: "Open cases of each post, mean of each week".to_owned(),
            posts: posts.collect(),
            guidance_note: "Guidance: 200 to 250 full cases a year of about 12 weeks each are 46 to 58 open at a \
                            time per WTE (Health Education England; Little's law)."
                .to_owned(),
            replications: self.count(),
        }
    }

    fn finding_of_caseload(&self) -> String {
        let wte: f64 = self.model.posts.iter().map(|post| post.wte).sum();
        let Some(open) = self.mean("caseload_mean") else {
            return "Open cases".to_owned();
        };
        let (least, most) = GUIDANCE_PER_WTE;
        let each = grouped(open / wte, 0);
        match self.kinds_of_case() {
            Some(kinds) => {
                format!(
                    "{each} open cases per WTE, {kinds}; guidance implies {least} to {most} full ones"
                )
            }
            None => format!("{each} open cases per WTE; guidance implies {least} to {most}"),
        }
    }

    /// The kinds that are counted besides those that guidance means, full cases, where the case types
    /// have such names.
    fn kinds_of_case(&self) -> Option<&'static str> {
        let types = &self.model.case_types;
        let has = |name: &str| types.iter().any(|it| it.name.eq_ignore_ascii_case(name));
        match (types.len(), has("full"), has("light")) {
            (2, true, true) => Some("light and full"),
            (2.., true, _) => Some("of every type"),
            _ => None,
        }
    }

    fn strain(&self) -> PostsFigure {
        let posts = self.model.posts.iter().enumerate();
        let posts = posts.map(|(entity, post)| PostSeries {
            name: post.name.clone(),
            cap: Some(1.0),
            guidance: (f64::NAN, f64::NAN),
            weeks: self.weekly(Scope::Post, entity, "strain"),
        });
        let any = self.mean("any_post_at_risk_over_12_weeks");
        let title = match any {
            Some(0.0) => "No post is at risk for more than 12 weeks of a year".to_owned(),
            Some(share) => format!(
                "In {} of runs some post is at risk for more than 12 weeks of a year",
                percent(share)
            ),
            None => "Strain of posts".to_owned(),
        };
        PostsFigure {
            measure: "Strain",
            limit_word: "limit",
            is_ratio: true,
            title,
            subtitle: "Strain of each post at the end of each week: its load, averaged over the weeks before".to_owned(),
            posts: posts.collect(),
            guidance_note: "Above 1 the load is more than a post can bear for long; after four weeks running it is at \
                            risk. What is at risk is a caseload, not a person; limit and memory are assumptions."
                .to_owned(),
            replications: self.count(),
        }
    }

    fn outcomes(&self) -> OutcomeFigure {
        let band = |measures: &[&str]| self.sum_of(measures);
        let ways = [
            ("Completed", &["completed"][..], OutcomeKind::Good),
            ("Open at the end", &["open_at_end"], OutcomeKind::Neutral),
            (
                "Waiting at the end",
                &["still_waiting_at_end"],
                OutcomeKind::Neutral,
            ),
            (
                "Ended the case early",
                &["dropped_out"],
                OutcomeKind::Neutral,
            ),
            (
                "Inappropriate, returned",
                &["inappropriate"],
                OutcomeKind::Neutral,
            ),
            ("Refused while paused", &["refused"], OutcomeKind::Bad),
            (
                "Closed after missed contacts",
                &["disengaged"],
                OutcomeKind::Bad,
            ),
            ("Lost at handover", &["lost_at_handover"], OutcomeKind::Bad),
            ("Not reached by phone", &["not_reached"], OutcomeKind::Bad),
            ("Gave up waiting", &["lapsed"], OutcomeKind::Bad),
        ];
        let outcomes: Vec<Outcome> = ways
            .into_iter()
            .filter_map(|(label, measures, kind)| {
                Some(Outcome {
                    label: label.to_owned(),
                    count: band(measures)?,
                    kind,
                })
            })
            .collect();
        let came_in = band(&["referrals_received", "waiting_at_start", "open_at_start"]);
        let title = match (self.mean("lapsed"), self.mean("completed"), came_in) {
            (Some(lapsed), Some(completed), Some(all)) if all.mean > 0.0 => format!(
                "{} of 100 complete, {} give up waiting",
                grouped(100.0 * completed / all.mean, 0),
                grouped(100.0 * lapsed / all.mean, 0)
            ),
            _ => "Where the referrals went".to_owned(),
        };
        let there = self
            .sum_of(&["waiting_at_start", "open_at_start"])
            .is_some_and(|there| there.mean > 0.0);
        let (received_label, also) = if there {
            (
                "people referred or there at the beginning",
                ", and everyone who was waiting or open when they began",
            )
        } else {
            ("people referred", "")
        };
        OutcomeFigure {
            title,
            subtitle: format!(
                "Everyone referred in the {} weeks{also}",
                self.model.period.weeks()
            ),
            received_label: received_label.to_owned(),
            received: came_in.unwrap_or(Band {
                mean: 0.0,
                p10: 0.0,
                p90: 0.0,
            }),
            outcomes,
            replications: self.count(),
        }
    }

    /// The sum of counts of the PCN over replications: mean and band.
    fn sum_of(&self, measures: &[&str]) -> Option<Band> {
        let mut sums = vec![0.0; self.count()];
        for (position, column) in self.replications.columns.iter().enumerate() {
            if column.scope == Scope::Pcn && measures.contains(&column.measure.name) {
                let values = self.replications.column(position);
                for (sum, value) in sums.iter_mut().zip(values) {
                    *sum += value.defined().unwrap_or(0.0);
                }
            }
        }
        sums.sort_unstable_by(f64::total_cmp);
        let quantile = |p| crate::stats::sample_quantile(&sums, p);
        Some(Band {
            mean: crate::stats::mean(&sums)?,
            p10: quantile(0.1)?,
            p90: quantile(0.9)?,
        })
    }
}

fn band_of_week(point: WeekPoint) -> Band {
    Band {
        mean: point.mean,
        p10: point.spread[0],
        p90: point.spread[2],
    }
}

/// A number of people: in a few digits below 10, whole above.
fn readable_people(people: f64) -> String {
    if people < 10.0 {
        readable(people)
    } else {
        grouped(people, 0)
    }
}
