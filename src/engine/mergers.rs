//! Mergers: practices that become one.
//!
//! From the merger on, a referral of any of them is received as one of the practice that stands
//! for all: it counts there, and whoever serves that practice takes it. Who is referred, when and
//! with what need is drawn as before, from the practice that the person comes from. Those who wait
//! stay in the figures of their practice, and join the list of the one that stands for all in
//! order of receipt; open cases stay with their worker.

use super::events::{Event, Slot};
use super::log::Observer;
use super::register::Chain;
use super::simulation::Simulation;
use crate::model::{Merger, PoolId, PracticeId, SimTime};

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

    /// The pool of people of `practice` now.
    #[inline]
    pub(super) fn pool_now(&self, practice: PracticeId) -> PoolId {
        let received_as = self.received_as[practice.index()];
        self.plan.pool_of[received_as.index()]
    }

    /// Practices merge: those who wait are offered free places at once.
    pub(super) fn practices_merge(&mut self, index: u32) {
        let merger = &self.plan.model.mergers[index as usize];
        let gone = self.receive_as_one(merger);
        let pool = self.plan.pool_of[merger.into.index()];
        let mut moved = Vec::new();
        for class in 0..self.plan.classes {
            moved.extend(self.move_to(pool, class, &gone));
        }
        for slot in moved {
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

    /// Moves the people of these practices who wait in a class to the list of `pool`, in order of
    /// receipt; tells whom, in that order.
    fn move_to(&mut self, pool: PoolId, class: usize, practices: &[bool]) -> Vec<Slot> {
        let list = |pool: usize| pool * self.plan.classes + class;
        let into = list(pool.index());
        let mut moved: Vec<(usize, Slot)> = Vec::new();
        for from in (0..self.plan.pools.len()).map(list) {
            let is_moving = |slot: &Slot| practices[self.register[*slot].practice.index()];
            let of_list = self.lists[from].slots(&self.register);
            moved.extend(of_list.filter(is_moving).map(|slot| (from, slot)));
        }
        moved.retain(|(from, _)| *from != into);
        moved.sort_by_key(|(_, slot)| self.register[*slot].queue_key());
        for (from, slot) in &moved {
            self.lists[*from].leave(&mut self.register, *slot);
            self.register[*slot].pool = pool;
        }
        let moved: Vec<Slot> = moved.into_iter().map(|(_, slot)| slot).collect();
        let mut all: Vec<Slot> = self.lists[into].slots(&self.register).collect();
        all.extend(&moved);
        all.sort_by_key(|slot| self.register[*slot].queue_key());
        self.lists[into] = Chain::default();
        for slot in all {
            self.lists[into].join(&mut self.register, slot);
        }
        moved
    }
}
