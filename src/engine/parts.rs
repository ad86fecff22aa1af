//! Parts of the network that never meet, simulated one after the other.
//!
//! Where no post serves the people of two parts, nothing that happens in one is felt in the other;
//! only what is summed up of both at the end of a week needs both to have come so far. So from one
//! edge of time to the next each part has its turn, with an event list of its own: the list is short,
//! and what the part touches stays near. Since draws are keyed and the tie law orders what happens
//! within a part, the answer is the same as if all had been simulated together; where somebody watches
//! they are, for an event log is in order of time.

use super::event_list::EventList;
use super::events::{Event, Scheduled};
use super::log::Observer;
use super::simulation::Simulation;
use crate::model::{Model, Parts, PauseScope, Pools};

/// The parts of `model` that can be simulated on their own.
#[must_use]
pub fn parts_of(model: &Model, pools: &Pools) -> Parts {
    let pause = model.policy.pause;
    let pauses_for_all = pause.is_some_and(|pause| pause.scope == PauseScope::Pcn);
    // Practices that merge become another's, whoever served them.
    if pauses_for_all || !model.mergers.is_empty() {
        Parts::together(pools, model.posts.len())
    } else {
        Parts::new(pools, model.posts.len())
    }
}

/// Event lists for so many parts that have turns, and one more in which everything is scheduled before
/// they have; none for one part.
#[must_use]
pub fn lists_for(turns: usize) -> Vec<EventList> {
    let lists = if turns == 1 { 0 } else { turns + 1 };
    std::iter::repeat_with(EventList::default)
        .take(lists)
        .collect()
}

impl<O: Observer> Simulation<'_, O> {
    /// Makes `part` the one whose events are in `events`.
    #[inline]
    pub(super) fn enter_part(&mut self, part: usize) {
        if part != self.part && self.turns > 1 {
            let scheduled = self.events.scheduled();
            std::mem::swap(&mut self.events, &mut self.events_of_parts[self.part]);
            std::mem::swap(&mut self.events, &mut self.events_of_parts[part]);
            self.part = part;
            self.events.stamp_from(scheduled);
        }
    }

    /// Empties all event lists; what is scheduled next is for all parts together.
    pub(super) fn clear_lists(&mut self) {
        self.enter_part(self.turns);
        self.events_of_parts.iter_mut().for_each(EventList::clear);
        self.events.clear();
    }

    /// Deals out to the parts what has been scheduled for all of them.
    pub(super) fn deal_out_events(&mut self) {
        while self.turns > 1 {
            let scheduled = self.events.take_next();
            if scheduled == Scheduled::NEVER {
                return;
            }
            let part = self.part_of(scheduled.event());
            self.events_of_parts[part].add(scheduled);
        }
    }

    fn part_of(&self, event: Event) -> usize {
        let parts = &self.plan.parts;
        match event {
            Event::WorkEnds(post)
            | Event::PostStarts(post)
            | Event::PostEnds(post)
            | Event::HolderResigns(post)
            | Event::HolderLeaves(post)
            | Event::PostFilled(post)
            | Event::ContractEnds(post)
            | Event::WindowOpens(post)
            | Event::WindowCloses(post)
            | Event::SlotBegins(post)
            | Event::SiteChanges(post) => parts.of_posts[post.index()],
            Event::FallsDue(slot)
            | Event::OnwardWaitEnds(slot)
            | Event::PatienceEnds(slot)
            | Event::ReReferralArrives(slot) => parts.of_pools[self.register[slot].pool.index()],
            Event::ReferralArrives(practice) => parts.of_practices[practice.index()],
            Event::BatchArrives(person) => {
                parts.of_practices[self.batches[person as usize].practice.index()]
            }
            // Where any practices merge, there is one part.
            Event::PracticesMerge(_) => 0,
        }
    }
}
