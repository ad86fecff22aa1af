//! Where a terminating run starts: open cases take their places, waiting people their lists.
//!
//! Everybody here is keyed by practice (waiting) or post (open cases) and a number of their own,
//! in streams apart from those of arriving referrals.

use super::events::Slot;
use super::log::Observer;
use super::plan::class_of;
use super::register::{Identity, Referral, Stage};
use super::simulation::Simulation;
use super::streams::{Draws, Purpose};
use crate::model::distribution::to_count;
use crate::model::{
    CaseTypeId, Claim, Day, PracticeId, SimDuration, SimTime, StartOpen, StartWaiting, Waited,
};

/// Draws of a patience longer than the wait so far that are tried before the person is taken to
/// give up at the start; reached only where almost nobody is so patient.
const PATIENCE_TRIES: u32 = 1_000;

impl<O: Observer> Simulation<'_, O> {
    /// Gives the open cases at the start their places.
    pub(super) fn seat_open_cases(&mut self) {
        let Some(start) = &self.plan.model.start else {
            return;
        };
        let mut ordinals = vec![0u64; self.plan.model.posts.len()];
        for group in &start.open {
            let stream = self.key.stream_key(
                Purpose::StartOpen,
                self.plan.model.posts[group.post.index()].key(),
            );
            // Two rows may name one post: their cases are different people.
            for _ in 0..group.count {
                let ordinal = &mut ordinals[group.post.index()];
                *ordinal += 1;
                let identity = Identity::first(stream, *ordinal);
                self.seat(group, identity);
            }
        }
    }

    fn seat(&mut self, group: &StartOpen, identity: Identity) {
        let mut draws = identity.start();
        let practice = self.practice_of_open_case(group, &mut draws);
        let case_type = self.type_of_open_case(group, practice, &mut draws);
        let pool = self.pool_now(practice, Claim::Type(case_type));
        let referral = Referral {
            case_type,
            open_from_start: true,
            contacted: true,
            assigned_before: true,
            ..Referral::new(identity, Stage::Between, practice, pool, SimTime::ZERO)
        };
        let planned = self.draw_contacts(&referral).max(1);
        let left = match &group.contacts_left {
            Some(left) => to_count(left.sampler().sample(&mut draws))
                .clamp(1, super::draws::MOST_CONTACTS) as u16,
            None => planned - (draws.uniform() * f64::from(planned)) as u16,
        };
        let planned = planned.max(left);
        let slot = self.register.enter(Referral {
            contacts_planned: planned,
            contacts_held: planned - left,
            appointed: planned > left,
            ..referral
        });
        self.take_place(slot, group.post);
        let interval = self.plan.cases[case_type.index()].interval.draw(&mut draws);
        let passed =
            SimDuration::from_seconds((interval.seconds() as f64 * draws.uniform()) as u64);
        let due = SimTime::ZERO + interval.saturating_sub(passed);
        self.await_work(slot, due);
    }

    /// A practice of the post, in proportion to the referrals that it makes.
    fn practice_of_open_case(&self, group: &StartOpen, draws: &mut Draws) -> PracticeId {
        let serves = &self.plan.model.posts[group.post.index()].serves;
        let weights = serves
            .iter()
            .map(|id| self.plan.model.practices[id.index()].referrals_a_year());
        let chosen = weighted(weights, draws.uniform());
        serves.get(chosen).copied().unwrap_or(PracticeId(0))
    }

    /// A case type in proportion to share x expected contacts: longer cases are open for longer.
    fn type_of_open_case(
        &self,
        group: &StartOpen,
        practice: PracticeId,
        draws: &mut Draws,
    ) -> CaseTypeId {
        let uniform = draws.uniform();
        group.case_type.unwrap_or_else(|| {
            let model = self.plan.model;
            let shares = &model.practices[practice.index()].case_type_shares;
            let post = &model.posts[group.post.index()];
            let weights =
                shares
                    .iter()
                    .zip(&model.case_types)
                    .enumerate()
                    .map(|(index, (share, case))| {
                        let takes = post.takes(CaseTypeId(index as u16));
                        f64::from(u8::from(takes)) * share * case.contacts.mean()
                    });
            CaseTypeId(weighted(weights, uniform) as u16)
        })
    }

    /// Puts the people who wait at the start on their lists, longest wait first.
    pub(super) fn list_waiting_people(&mut self) {
        let Some(start) = &self.plan.model.start else {
            return;
        };
        let mut people: Vec<Slot> = Vec::new();
        let mut ordinals = vec![0u64; self.plan.model.practices.len()];
        for group in &start.waiting {
            let practice = &self.plan.model.practices[group.practice.index()];
            let stream = self.key.stream_key(Purpose::StartWaiting, practice.key());
            let count = match &group.waited_days {
                Waited::Each(days) => days.len(),
                Waited::Drawn(count, _) => *count as usize,
            };
            for index in 0..count {
                ordinals[group.practice.index()] += 1;
                let identity = Identity::first(stream, ordinals[group.practice.index()]);
                people.push(self.enter_waiting_person(group, index, identity));
            }
        }
        people.sort_by_key(|slot| (self.register[*slot].queue_key(), slot.0));
        for slot in people {
            self.join_list(slot);
        }
    }

    fn enter_waiting_person(
        &mut self,
        group: &StartWaiting,
        index: usize,
        identity: Identity,
    ) -> Slot {
        let mut draws = identity.start();
        let waited = match &group.waited_days {
            Waited::Each(days) => SimDuration::from_days(days.get(index).copied().unwrap_or(0.0)),
            Waited::Drawn(_, waited) => SimDuration::from_days(waited.sampler().sample(&mut draws)),
        };
        let uniform = identity.case_type_and_source().uniform();
        let case_type = group.case_type.unwrap_or_else(|| {
            CaseTypeId(class_of(
                &self.plan.case_type_thresholds[group.practice.index()],
                uniform,
            ) as u16)
        });
        let pool = self.pool_now(group.practice, Claim::Type(case_type));
        let mut referral = Referral {
            case_type,
            from_start: true,
            received: -(waited.seconds() as i64),
            worked_before: self.working_time_before_start(waited).seconds(),
            ..Referral::new(identity, Stage::Listed, group.practice, pool, SimTime::ZERO)
        };
        referral.contacts_planned = self.draw_contacts(&referral);
        let now = self.now;
        self.seen.for_scopes(referral.scopes(), |scope| {
            scope.awaiting_first_contact.increase(now)
        });
        let slot = self.register.enter(referral);
        if let Some(left) = self.patience_left(&referral, waited) {
            self.register[slot].patience = self.schedule_patience_end(slot, SimTime::ZERO + left);
        }
        slot
    }

    /// Patience that is left, given that it has outlasted `waited`.
    fn patience_left(&self, referral: &Referral, waited: SimDuration) -> Option<SimDuration> {
        let patience = self.plan.patience.as_ref()?;
        let mut draws = referral.identity.patience();
        let lasting = (0..PATIENCE_TRIES)
            .map(|_| patience.draw(&mut draws))
            .find(|drawn| *drawn > waited);
        Some(lasting.map_or(SimDuration::ZERO, |drawn| drawn.saturating_sub(waited)))
    }

    /// The part of `waited`, counted back from the clock's zero, that lies on working days.
    fn working_time_before_start(&self, waited: SimDuration) -> SimDuration {
        let calendar = &self.plan.model.calendar;
        let mut left = waited;
        let mut date = calendar.date(Day(0));
        let mut working = SimDuration::ZERO;
        while left > SimDuration::ZERO {
            date = date.saturating_sub(jiff::Span::new().days(1));
            let today = left.min(SimDuration::DAY);
            if calendar.is_working_date(date) {
                working += today;
            }
            left = left.saturating_sub(today);
        }
        working
    }
}

/// The index that a uniform draw falls on, in proportion to `weights`; 0 where all are zero.
fn weighted(weights: impl Iterator<Item = f64> + Clone, uniform: f64) -> usize {
    let total: f64 = weights.clone().sum();
    let mut left = uniform * total;
    let mut last = 0;
    for (index, weight) in weights.enumerate() {
        if weight > 0.0 {
            last = index;
            if left < weight {
                return index;
            }
            left -= weight;
        }
    }
    last
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Weights 1, 0, 2 and 1: a quarter, nothing, a half and a quarter of the draws.
    #[test]
    fn draws_fall_in_proportion_to_weights() {
        let of = |uniform| weighted([1.0, 0.0, 2.0, 1.0].into_iter(), uniform);
        let drawn = [0.0, 0.249, 0.25, 0.5, 0.749, 0.75, 0.999].map(of);
        assert_eq!(drawn, [0, 0, 2, 2, 2, 3, 3]);
    }

    /// What rounding leaves over falls on the last with any weight.
    #[test]
    fn nothing_falls_on_no_weight() {
        assert_eq!(weighted([1.0, 0.0].into_iter(), 1.0), 0);
        assert_eq!(weighted([0.0, 0.0].into_iter(), 0.5), 0);
    }
}
