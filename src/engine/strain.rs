//! Strain of posts, week by week, and what it does where it has effects.
//!
//! Weeks are those of the results collection period, counted on backwards through the warm-up. The
//! load ratio of a week is the larger of two (evidence, section E): client hours booked / available,
//! where booked is what was worked and what is due and undone at the end of the week, each piece at
//! its mean length, and available is what travel leaves; and open full-case equivalents / (reference
//! x WTE). A week without available
//! hours leaves everything as it is, and is counted nowhere. A new holder starts at 0.

use super::log::Observer;
use super::plan::Plan;
use super::register::Stage;
use super::shifts::Work;
use super::simulation::Simulation;
use super::workforce::plan_more_sickness;
use crate::model::strain::{SEVERAL_PRACTICES, WEEKS_UNTIL_AT_RISK, overload};
use crate::model::time::SECONDS_PER_WEEK;
use crate::model::{Feedback, PostId, SimDuration};

/// Weeks in a year of strain, and how many at risk within one are many.
const WEEKS_A_YEAR: u64 = 52;
const MANY_WEEKS_AT_RISK: u64 = 12;

/// What the open cases of a post amount to at the end of a week.
#[derive(Clone, Copy, Debug, Default)]
pub struct Burden {
    /// Full-case equivalents open.
    equivalents: f64,
    /// Expected length of the work that is due and undone.
    due_seconds: u64,
}

impl<O: Observer> Simulation<'_, O> {
    /// A week ends: every post's load ratio and strain.
    pub(super) fn weigh_week(&mut self) {
        self.weigh_open_cases();
        for index in 0..self.posts.len() {
            self.weigh(PostId(index as u32));
        }
    }

    /// What the open cases of each post amount to.
    fn weigh_open_cases(&mut self) {
        self.burdens.clear();
        self.burdens.resize(self.posts.len(), Burden::default());
        let (plan, burdens) = (self.plan, &mut self.burdens);
        self.register.for_each_holding(|referral| {
            let burden = &mut burdens[referral.post.index()];
            let case = &plan.cases[referral.case_type.index()];
            burden.equivalents += case.full_case_equivalents;
            if referral.stage == Stage::Due {
                burden.due_seconds += plan.mean_length_of_next(referral);
            }
        });
    }

    fn weigh(&mut self, id: PostId) {
        let load = self.load_of_week(id);
        let now = self.now;
        let strain = &self.plan.model.strain;
        let state = &mut self.posts[id.index()];
        (state.worked_before_week, state.week_since) = (state.worked_by(now), now);
        (state.week_available, state.week_travel) = (0, 0);
        state.load = load;
        let Some(load) = load else {
            return;
        };
        state.strain = strain.after_a_week(state.strain, load);
        state.weeks_over = match state.strain > 1.0 {
            true => state.weeks_over + 1,
            false => 0,
        };
        self.count_week(id);
        if let Some(feedback) = strain.feedback {
            self.enter_part(self.plan.parts.of_posts[id.index()]);
            self.bear(id, feedback);
        }
    }

    /// The load ratio of the week that ends now; `None` where nobody holds the post, no hours were
    /// available, or only a part of the week was simulated.
    fn load_of_week(&self, id: PostId) -> Option<f64> {
        let (plan, state) = (&self.plan.posts[id.index()], &self.posts[id.index()]);
        if !state.held || self.now - state.week_since < SimDuration::WEEK {
            return None;
        }
        let since = state.week_since.max(state.held_since);
        let available = match plan.always_on {
            true => (self.now - since).seconds(),
            false => state.week_available,
        };
        let mut travel = state.week_travel;
        if let Some((_, Work::Travel, began)) = state.in_hand {
            travel += self.now.since(began.max(since)).seconds();
        }
        let available = available.saturating_sub(travel);
        let burden = self.burdens[id.index()];
        let worked = state.worked_by(self.now) - state.worked_before_week;
        let booked = worked + burden.due_seconds;
        let wte = self.plan.model.posts[id.index()].wte;
        let reference = self.plan.model.strain.reference_caseload_per_wte * wte;
        (available > 0).then(|| {
            let hours = booked as f64 / available as f64;
            hours.max(burden.equivalents / reference)
        })
    }

    /// Counts a week of the period.
    fn count_week(&mut self, id: PostId) {
        if self.now <= self.opens {
            return;
        }
        let year =
            (self.now - self.opens).seconds().saturating_sub(1) / (SECONDS_PER_WEEK * WEEKS_A_YEAR);
        let state = &self.posts[id.index()];
        let is_at_risk = state.weeks_over >= WEEKS_UNTIL_AT_RISK;
        let tally = &mut self.seen.posts[id.index()].strain;
        tally.sum += state.strain;
        tally.weeks += 1;
        if tally.year != year {
            (tally.year, tally.at_risk_this_year) = (year, 0);
        }
        if is_at_risk {
            tally.weeks_at_risk += 1;
            tally.at_risk_this_year += 1;
            tally.spell += 1;
            tally.longest_spell = tally.longest_spell.max(tally.spell);
            tally.had_many_weeks |= tally.at_risk_this_year > MANY_WEEKS_AT_RISK;
        } else {
            tally.spell = 0;
        }
    }

    /// The effects of strain on whoever holds the post.
    fn bear(&mut self, id: PostId, feedback: Feedback) {
        let overload = overload(self.posts[id.index()].strain);
        self.change_leaving_rate(id, self.leaving_factor(id, feedback, overload));
        self.fall_ill_more_often(id, feedback.sickness_increase * overload);
    }

    /// How many times the usual leaving rate the holder of a post has.
    fn leaving_factor(&self, id: PostId, feedback: Feedback, overload: f64) -> f64 {
        let post = &self.plan.model.posts[id.index()];
        let supervision = match post.is_supervised {
            true => 1.0,
            false => feedback.no_supervision_factor,
        };
        let practices = match post.serves.len() >= SEVERAL_PRACTICES {
            true => feedback.several_practices_factor,
            false => 1.0,
        };
        supervision * practices * libm::pow(feedback.leaving_hazard_ratio, overload)
    }

    /// The leaving factor of somebody new, who has no strain yet.
    pub(super) fn first_leaving_factor(&self, id: PostId) -> f64 {
        let feedback = self.plan.model.strain.feedback;
        feedback.map_or(1.0, |feedback| self.leaving_factor(id, feedback, 0.0))
    }

    /// In the coming week spells of sickness begin `increase` more often: those that begin anyway,
    /// and where the same draw of the date is a little higher, one more.
    fn fall_ill_more_often(&mut self, id: PostId, increase: f64) {
        let post = &self.plan.model.posts[id.index()];
        if increase > 0.0 && post.sickness_share > 0.0 {
            let (today, days) = (self.now.day(), &mut self.absences[id.index()]);
            plan_more_sickness(self.plan, post, self.key, today, increase, days);
        }
    }
}

impl Plan<'_> {
    /// Contacts that a case gets as its post feels at present: those planned, or fewer where strain
    /// makes for a lighter touch; at least one.
    #[inline]
    pub(super) fn contacts_under_strain(&self, planned: u32, strain: impl Fn() -> f64) -> u32 {
        match self.model.strain.feedback {
            Some(feedback) if feedback.light_touch_share > 0.0 => {
                let share = 1.0 - feedback.light_touch_share * overload(strain());
                ((f64::from(planned) * share).round() as u32).max(1)
            }
            _ => planned,
        }
    }
}
