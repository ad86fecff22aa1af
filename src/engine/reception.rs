//! Receipt of referrals: who they are, what they need, and how long they are prepared to wait.

use super::arrivals::next_opening;
use super::draws::{MOST_CONTACTS, MOST_RE_REFERRALS};
use super::events::{Event, Slot, Stamp};
use super::log::{Activity, Observer};
use super::observations::{Count, service_levels};
use super::register::{Identity, Referral, Stage};
use super::simulation::Simulation;
use crate::model::distribution::to_count;
use crate::model::{Claim, PracticeId, SimTime, SourceId};

impl<O: Observer> Simulation<'_, O> {
    /// Schedules the next first referral of a practice.
    pub(super) fn schedule_next_referral(&mut self, practice: PracticeId) {
        let arrivals = &mut self.arrivals[practice.index()];
        if let Some(time) = arrivals.next(self.plan.model, &self.plan.intensity) {
            self.events.schedule(time, Event::ReferralArrives(practice));
        }
    }

    /// A first referral arrives from `practice`.
    pub(super) fn first_referral_arrives(&mut self, practice: PracticeId) {
        let ordinal = self.arrivals[practice.index()].ordinal();
        let identity = Identity::first(self.streams[practice.index()], ordinal);
        self.receive(identity, practice, None);
        self.schedule_next_referral(practice);
    }

    /// A person who completed is referred again.
    pub(super) fn re_referral_arrives(&mut self, slot: Slot) {
        let Referral {
            identity,
            referred_by,
            ..
        } = self.register[slot];
        self.register.remove(slot);
        self.receive(identity, referred_by, None);
    }

    /// Decides whether a person who completed comes back, and when.
    pub(super) fn expect_re_referral(&mut self, completed: Identity, referred_by: PracticeId) {
        let model = self.plan.model;
        let again = completed.again();
        if model.demand.re_referral_share <= 0.0 || again.generation() > MOST_RE_REFERRALS {
            return;
        }
        let mut draws = completed.re_referral();
        if draws.uniform() >= model.demand.re_referral_share {
            return;
        }
        let after = self.after(self.plan.re_referral.draw(&mut draws));
        if after >= self.closes {
            return;
        }
        let practice = &model.practices[referred_by.index()];
        if let Some(time) =
            next_opening(&model.calendar, practice, after).filter(|time| *time < self.closes)
        {
            let pool = self.plan.pools.of_practice[referred_by.index()];
            let expected = Referral::new(again, Stage::Expected, referred_by, pool, time);
            let slot = self.register.enter(expected);
            self.events.schedule(time, Event::ReReferralArrives(slot));
        }
    }

    /// A referral that `practice` makes is received: returned if inappropriate, refused while
    /// referrals are paused, else accepted. Its source is drawn unless it is `known`.
    pub(super) fn receive(
        &mut self,
        identity: Identity,
        practice: PracticeId,
        known: Option<SourceId>,
    ) {
        self.seen.events += 1;
        let plan = self.plan;
        let received_as = self.received_as[practice.index()];
        let pool = plan.pools.of_practice[received_as.index()];
        let mut referral = Referral {
            referred_by: practice,
            ..Referral::new(identity, Stage::Listed, received_as, pool, self.now)
        };
        let (case_type, source) = plan.case_type_and_source(identity, practice);
        referral.case_type = case_type;
        referral.pool = self.pool_now(received_as, referral.claim());
        referral.source = known.unwrap_or(source);
        let source = &plan.model.demand.sources[referral.source.index()];
        referral.priority = source.priority;
        self.seen
            .for_scopes_at_receipt(referral.scopes(), |scope| scope.add(Count::Received));
        if source.inappropriate_share > 0.0
            && identity.fate().uniform() < source.inappropriate_share
        {
            self.turn_back(referral);
        } else if self.is_paused(received_as) {
            self.refuse(&referral);
        } else {
            self.accept(referral);
        }
    }

    /// An inappropriate referral is returned, after triage where that takes time and somebody
    /// serves the practice.
    fn turn_back(&mut self, mut referral: Referral) {
        let pools = &self.plan.pools;
        referral.pool = self.pool_now(referral.practice, Claim::Triage);
        self.seen
            .for_scopes_at_receipt(referral.scopes(), |scope| scope.add(Count::Inappropriate));
        self.log(Activity::Inappropriate, &referral, None);
        if self.plan.triage.is_some() && !pools.pools[referral.pool.index()].posts.is_empty() {
            let slot = self.register.enter(Referral {
                stage: Stage::Triage,
                ..referral
            });
            self.fall_due(slot);
        }
    }

    /// An accepted referral gets a place at once or joins the waiting list.
    fn accept(&mut self, mut referral: Referral) {
        let now = self.now;
        let closes = self.closes;
        referral.in_cohort = now >= self.opens;
        referral.contacts_planned = self.draw_contacts(&referral);
        self.seen.for_scopes(referral.scopes(), |scope| {
            scope.add(Count::Accepted);
            scope.awaiting_first_contact.increase(now);
            if referral.in_cohort {
                scope.add(Count::Cohort);
                service_levels(now, closes).for_each(|index| scope.service_level_of[index] += 1);
            }
        });
        let slot = self.register.enter(referral);
        self.log(Activity::Accepted, &referral, None);
        self.register[slot].patience = self.schedule_patience(slot, &referral);
        match self.post_with_room(slot) {
            Some(post) => self.assign(slot, post),
            None => self.join_list(slot),
        }
    }

    /// Contacts that the case takes, to the nearest whole number.
    pub(super) fn draw_contacts(&self, referral: &Referral) -> u16 {
        let case = &self.plan.cases[referral.case_type.index()];
        let contacts = case.contacts.sample(&mut referral.identity.contacts());
        to_count(contacts).min(MOST_CONTACTS) as u16
    }

    fn schedule_patience(&mut self, slot: Slot, referral: &Referral) -> Stamp {
        let Some(patience) = &self.plan.patience else {
            return Stamp::NONE;
        };
        let ends = self.after(patience.draw(&mut referral.identity.patience()));
        self.schedule_patience_end(slot, ends)
    }

    /// Schedules the end of patience, if it comes within the replication.
    pub(super) fn schedule_patience_end(&mut self, slot: Slot, ends: SimTime) -> Stamp {
        if ends < self.closes {
            self.events.schedule(ends, Event::PatienceEnds(slot))
        } else {
            Stamp::NONE
        }
    }

    /// A person's patience runs out. A call in hand finishes first.
    pub(super) fn patience_ends(&mut self, slot: Slot) {
        let referral = &mut self.register[slot];
        referral.patience = Stamp::NONE;
        match referral.stage {
            Stage::InHand => referral.patience = Stamp::OVER,
            Stage::Listed => self.lapse(slot),
            _ => {
                let holder = referral.post;
                self.lapse(slot);
                self.fill_places(holder);
            }
        }
    }

    /// A person gives up; a place that was held is freed, not filled.
    pub(super) fn lapse(&mut self, slot: Slot) {
        let referral = &self.register[slot];
        let mut draws = referral.identity.fate();
        draws.uniform();
        if draws.uniform() < self.plan.model.policy.gp_reversion_share {
            self.seen
                .for_scopes(referral.scopes(), |scope| scope.add(Count::RevertedToGp));
        }
        self.close(slot, Count::Lapsed, Activity::Lapsed);
    }
}
