//! Caseload places, read from the log: never more open cases than places; whoever gets a place is
//! the first of the waiting list among those whom its post serves (best class, then returned after a
//! handover, then longest wait); and no place is free while somebody waits whom its post serves.

use std::cell::Cell;
use std::collections::BTreeMap;

use splw_sim::engine::Activity::{
    Accepted, Assigned, Completed, Disengaged, DroppedOut, HolderLeaves, Lapsed, LostAtHandover,
    NotReached, PostEnds, PostFilled, PostStarts, ReturnedToList,
};
use splw_sim::engine::Entry;
use splw_sim::model::{PostId, SimTime};

use super::people::{People, Who};
use super::random::on_services;
use crate::support::Told;

/// Whose turn it is on the waiting list: the least goes first.
type Turn = (u8, bool, SimTime);

/// Lists and caseloads as the log tells them.
struct Lists<'a> {
    told: &'a Told,
    people: People<'a>,
    received: BTreeMap<Who, SimTime>,
    listed: BTreeMap<Who, Turn>,
    held: Vec<bool>,
    open: Vec<u32>,
    assigned_from_list: u64,
}

impl<'a> Lists<'a> {
    fn new(told: &'a Told, seed: u64) -> Self {
        let mut open = vec![0; told.model.posts.len()];
        for group in told.model.start.iter().flat_map(|start| &start.open) {
            open[group.post.index()] += group.count;
        }
        Self {
            told,
            people: People::of(told, seed),
            received: BTreeMap::new(),
            listed: BTreeMap::new(),
            held: vec![false; told.model.posts.len()],
            open,
            assigned_from_list: 0,
        }
    }

    fn serves(&self, post: usize, who: &Who, at: SimTime) -> bool {
        let practice = self.people.received_as(who, at);
        self.told.model.posts[post].serves.contains(&practice)
    }

    fn cap(&self, post: usize) -> u32 {
        self.told.model.posts[post].caseload_cap.unwrap_or(u32::MAX)
    }

    fn step(&mut self, row: &Entry) {
        let who = self.people.who(row);
        match (row.activity, row.post) {
            (PostStarts | PostFilled, Some(post)) => self.held[post.index()] = true,
            (PostEnds | HolderLeaves, Some(post)) => self.held[post.index()] = false,
            (Assigned, Some(post)) => self.assign(row, who, post),
            (
                Completed | Lapsed | NotReached | Disengaged | DroppedOut | LostAtHandover
                | ReturnedToList,
                Some(post),
            ) => self.open[post.index()] -= 1,
            _ => {}
        }
        match (row.activity, who) {
            (Accepted, Some(who)) => {
                self.received.insert(who, row.time);
                let turn = (self.people.priority(who), true, row.time);
                self.listed.insert(who, turn);
            }
            (ReturnedToList, Some(who)) => {
                let received = self.received[&who];
                let turn = (self.people.priority(who), false, received);
                self.listed.insert(who, turn);
            }
            (Lapsed, Some(who)) => drop(self.listed.remove(&who)),
            _ => {}
        }
    }

    fn assign(&mut self, row: &Entry, who: Option<Who>, post: PostId) {
        let index = post.index();
        assert!(self.held[index], "nobody holds the post: {row:?}");
        self.open[index] += 1;
        assert!(
            self.open[index] <= self.cap(index),
            "above the cap: {row:?}"
        );
        let Some(who) = who else { return };
        let turn = self.listed.remove(&who).expect("it was on the list");
        self.assigned_from_list += u64::from(self.received[&who] < row.time);
        let passed_over = self
            .listed
            .iter()
            .find(|(other, theirs)| self.serves(index, other, row.time) && **theirs < turn);
        assert!(
            passed_over.is_none() || self.people.merge_at(row.time),
            "{row:?} {turn:?} before {passed_over:?}"
        );
    }

    /// Once an instant is over.
    fn check_no_place_is_free(&self, at: SimTime) {
        for post in (0..self.open.len()).filter(|post| self.held[*post]) {
            if self.open[post] < self.cap(post) {
                let left = self.listed.keys().find(|who| self.serves(post, who, at));
                assert!(
                    left.is_none(),
                    "{at:?}: post {post} has room, {left:?} waits"
                );
            }
        }
    }
}

#[test]
fn places_are_kept_and_given_in_order() {
    let assigned = Cell::new(0);
    on_services(2_500, |service| {
        let told = service.tell();
        let mut lists = Lists::new(&told, service.seed);
        for (index, row) in told.log.iter().enumerate() {
            lists.step(row);
            if told
                .log
                .get(index + 1)
                .is_some_and(|next| row.time < next.time)
            {
                lists.check_no_place_is_free(row.time);
            }
        }
        for (post, open) in told.seen.posts.iter().zip(&lists.open) {
            assert_eq!(post.scope.open.value, u64::from(*open));
        }
        assigned.set(assigned.get() + lists.assigned_from_list);
    });
    assert!(assigned.get() > 10_000, "{assigned:?}");
}
