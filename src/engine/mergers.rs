//! Mergers: practices that become one.
//!
//! From the merger on, a referral of any of them is received as one of the practice that stands
//! for all: it counts there, and whoever serves that practice takes it. Who is referred, when and
//! with what need is drawn as before, from the practice that the person comes from. Those who wait
//! stay in the figures of their practice, and join the list of the one that stands for all in
//! order of receipt; open cases stay with their worker.

use super::events::{Event, Slot};
use super::log::Observer;
use super::register::{Chain, Register};
use super::simulation::Simulation;
use crate::model::{Claim, Merger, PoolId, PracticeId, SimTime};

impl<O: Observer> Simulation<'_, O> {
    /// Every practice stands for itself, but for mergers that lie behind; the others are
    /// scheduled.
    pub(super) fn schedule_mergers(&mut self) {
        let model = self.plan.model;
        self.received_as.clear();
        self.received_as
            .extend((0..model.practices.len()).map(|index| PracticeId(index as u32)));
        for (index, merger) in model.mergers.iter().enumerate() {
            if merger.at > SimTime::ZERO {
                self.events
                    .schedule(merger.at, Event::PracticesMerge(index as u32));
            } else {
                self.receive_as_one(merger);
            }
        }
    }

    /// The pool of people of `practice` with a claim now.
    #[inline]
    pub(super) fn pool_now(&self, practice: PracticeId, claim: Claim) -> PoolId {
        let received_as = self.received_as[practice.index()];
        self.plan.pools.of(received_as, claim)
    }

    /// Practices merge: those who wait are offered free places at once.
    pub(super) fn practices_merge(&mut self, index: u32) {
        let merger = &self.plan.model.mergers[index as usize];
        let gone = self.receive_as_one(merger);
        for slot in self.move_people(&gone) {
            if let Some(post) = self.post_with_room(slot) {
                self.leave_list(slot);
                self.assign(slot, post);
            }
        }
    }

    /// Referrals of the merged practices are received as one practice's; tells which practices'
    /// people that concerns.
    fn receive_as_one(&mut self, merger: &Merger) -> Vec<bool> {
        let mut is_gone = vec![false; self.received_as.len()];
        for practice in &merger.others {
            is_gone[practice.index()] = true;
        }
        let concerned: Vec<bool> = self
            .received_as
            .iter()
            .map(|practice| is_gone[practice.index()])
            .collect();
        for (practice, is_concerned) in self.received_as.iter_mut().zip(&concerned) {
            if *is_concerned {
                *practice = merger.into;
            }
        }
        concerned
    }

    /// Moves the people of these practices who wait to the lists of their pools now, in order of
    /// receipt; tells whom, in order of class, then receipt.
    fn move_people(&mut self, practices: &[bool]) -> Vec<Slot> {
        let mut moved: Vec<(usize, Slot)> = Vec::new();
        for from in 0..self.lists.len() {
            let class = from % self.plan.classes;
            let people: Vec<Slot> = self.lists[from].slots(&self.register).collect();
            for slot in people {
                let referral = self.register[slot];
                let pool = self.pool_now(referral.practice, referral.claim());
                let into = pool.index() * self.plan.classes + class;
                if practices[referral.practice.index()] && into != from {
                    self.lists[from].leave(&mut self.register, slot);
                    self.register[slot].pool = pool;
                    moved.push((into, slot));
                }
            }
        }
        let turn = |register: &Register, slot: Slot| (register[slot].queue_key(), slot.0);
        let mut lists: Vec<usize> = moved.iter().map(|(into, _)| *into).collect();
        lists.sort_unstable();
        lists.dedup();
        for into in lists {
            let mut all: Vec<Slot> = self.lists[into].slots(&self.register).collect();
            all.extend(
                moved
                    .iter()
                    .filter(|(list, _)| *list == into)
                    .map(|(_, slot)| slot),
            );
            all.sort_by_key(|slot| turn(&self.register, *slot));
            self.lists[into] = Chain::default();
            for slot in all {
                self.lists[into].join(&mut self.register, slot);
            }
        }
        let mut moved: Vec<Slot> = moved.into_iter().map(|(_, slot)| slot).collect();
        moved.sort_by_key(|slot| (self.register[*slot].priority, turn(&self.register, *slot)));
        moved
    }
}
