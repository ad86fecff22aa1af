//! Who takes a case: of the posts that may, whichever stands first among those with room.

use super::events::Slot;
use super::log::Observer;
use super::simulation::Simulation;
use crate::model::{Assignment, Day, Post, PostId, SimTime};

/// How a post stands among those that may take a case: the least takes it; of equals the first in
/// the file.
///
/// One number, most significant first: practices served, where the policy asks for them (24 bits);
/// open cases per WTE, where it does (the 64 bits of a number not below 0 are in its order); when a
/// place was last freed, or the post taken up, in seconds (40 bits: 34,000 years).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Standing(u128);

impl Standing {
    /// Of a post with no room, or that nobody holds.
    pub const NO_ROOM: Self = Self(u128::MAX);

    fn new(practices: usize, load: f64, freed: SimTime) -> Self {
        let (practices, freed) = (practices as u128, u128::from(freed.seconds()));
        debug_assert!(practices < 1 << 24 && freed < 1 << 40 && load.is_sign_positive());
        Self(practices << 104 | u128::from(load.to_bits()) << 40 | freed)
    }
}

impl<O: Observer> Simulation<'_, O> {
    /// The post that takes a referral, among those with room; posts that are away today and on the
    /// next working day are passed over while another has room.
    pub(super) fn post_with_room(&self, slot: Slot) -> Option<PostId> {
        let posts = &self.plan.pools.pools[self.register[slot].pool.index()].posts;
        let first = self.first_of(posts, |_| true)?;
        if posts.len() == 1 || !self.is_away(first) {
            return Some(first);
        }
        self.first_of(posts, |post| !self.is_away(post))
            .or(Some(first))
    }

    /// Which of `posts` stands first, of those with room that are `eligible`.
    #[inline]
    fn first_of(&self, posts: &[PostId], eligible: impl Fn(PostId) -> bool) -> Option<PostId> {
        let (mut first, mut least) = (None, Standing::NO_ROOM);
        for post in posts {
            let standing = self.standings[post.index()];
            if standing < least && eligible(*post) {
                (first, least) = (Some(*post), standing);
            }
        }
        first
    }

    fn is_away(&self, post: PostId) -> bool {
        if self.plan.posts[post.index()].always_on {
            return false;
        }
        let today: Day = self.now.day();
        !self.works_on(post, today)
            && self
                .plan
                .model
                .calendar
                .next_working_day(today)
                .is_none_or(|next| !self.works_on(post, next))
    }

    /// Whether somebody holds `post` and has a place free.
    #[inline]
    pub(super) fn has_room(&self, post: PostId) -> bool {
        self.standings[post.index()] != Standing::NO_ROOM
    }

    /// Notes how `post` stands after its holder, its open cases or when it was last freed changed.
    #[inline]
    pub(super) fn stand(&mut self, post: PostId) {
        let state = &self.posts[post.index()];
        let has_room = state.held && state.open < self.plan.posts[post.index()].places;
        self.standings[post.index()] = if has_room {
            let model = self.plan.model;
            let Post { serves, wte, .. } = &model.posts[post.index()];
            let load = f64::from(state.open) / wte;
            let freed = state.last_freed;
            match model.policy.assignment {
                Assignment::LeastLoaded => Standing::new(0, load, freed),
                Assignment::LongestIdle => Standing::new(0, 0.0, freed),
                Assignment::OwnPracticeFirst => Standing::new(serves.len(), load, freed),
            }
        } else {
            Standing::NO_ROOM
        };
    }
}
