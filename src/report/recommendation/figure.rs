//! The figure of plans: which numbers it shows, and the finding in its title.

use super::Advice;
use crate::experiment::recommend::{Ending, Examined, Verdict, frontier};
use crate::report::number::readable;
use crate::report::plots::{Band, FrontierFigure, PlanKind, PlanMark};
use crate::stats::Estimate;

impl Advice<'_> {
    /// The plans that were simulated, by cost, wait and strain.
    #[must_use]
    pub fn figure(&self) -> FrontierFigure {
        let on_frontier = frontier(&self.found.examined);
        let plans = self.found.examined.iter().zip(on_frontier);
        let plans = plans.filter(|(it, _)| it.replications > 0);
        FrontierFigure {
            title: self.finding(),
            subtitle: format!(
                "Plans simulated: what they cost, how long people wait for first contact, how strained posts are. {}",
                self.story.title
            ),
            plans: plans
                .map(|(it, on_frontier)| self.mark(it, on_frontier))
                .collect(),
        }
    }

    fn finding(&self) -> String {
        match &self.found.ending {
            Ending::Recommended(plan) => {
                let words = (self.plan)(*plan);
                let what = words.staff.map_or_else(
                    || words.values.join(", "),
                    |(_, wte)| format!("{} WTE", readable(wte)),
                );
                format!(
                    "{what} at {} is the cheapest plan that meets every target",
                    self.cost(words.cost_pounds_a_year)
                )
            }
            Ending::NoneMeets { .. } => "No plan meets every target".to_owned(),
            Ending::Undecided { .. } => {
                "Which plan is the cheapest that meets every target is undecided".to_owned()
            }
        }
    }

    fn mark(&self, it: &Examined, is_on_frontier: bool) -> PlanMark {
        let shown = |at: usize| it.shown.get(at).copied().flatten().map(band);
        PlanMark {
            cost_pounds_a_year: it.cost_pounds_a_year,
            wait_days: shown(0),
            strain: shown(1),
            kind: match it.verdict {
                Verdict::Meets => PlanKind::Meets,
                Verdict::Fails => PlanKind::Fails,
                Verdict::Undecided => PlanKind::Undecided,
            },
            is_on_frontier,
            is_recommended: self.recommended_plan() == Some(it.plan),
        }
    }
}

/// The mean with the ends of its interval.
fn band(estimate: Estimate) -> Band {
    Band {
        mean: estimate.mean,
        p10: estimate.low.unwrap_or(estimate.mean),
        p90: estimate.high.unwrap_or(estimate.mean),
    }
}
