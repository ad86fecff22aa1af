//! The peer model as an optimised loop: one list of packed keys for the whole service, whose first
//! key is replaced where an event leads to another, and posts of whole numbers.
//!
//! What the model allows is used: the practices of a post refer as one Poisson stream.

use peers::due_heap::{DueHeap, Key};
use peers::lean_post::{LeanPost, PERIOD, exponential};
use peers::numbers::{POSTS, referrals_an_hour};
use peers::report::{self, Outcome};
use rand::SeedableRng;
use rand::rngs::SmallRng;
use std::process::ExitCode;

/// Low bits of a code: a place that falls due, or one of the two below. The post is above them.
const POST_SHIFT: u32 = 6;
const LOW_BITS: u8 = (1 << POST_SHIFT) - 1;
const REFERRAL: u8 = LOW_BITS;
const WORK_ENDS: u8 = LOW_BITS - 1;

struct Replication {
    pending: DueHeap<160>,
    posts: [LeanPost; POSTS],
    hours_between_referrals: [f64; POSTS],
    rng: SmallRng,
}

impl Replication {
    fn new(seed: u64) -> Self {
        Self {
            pending: DueHeap::default(),
            posts: Default::default(),
            hours_between_referrals: std::array::from_fn(|post| 1.0 / referrals_an_hour(post)),
            rng: SmallRng::seed_from_u64(seed),
        }
    }

    fn run(mut self) -> Outcome {
        for post in 0..POSTS {
            let first = self.next_referral(post, 0);
            self.pending.insert(first);
        }
        let mut events = [0; POSTS];
        loop {
            let next = self.pending.first();
            let now = next.ticks();
            if now >= PERIOD {
                break;
            }
            let post = usize::from(next.code() >> POST_SHIFT);
            events[post] += 1;
            self.happen(post, next.code() & LOW_BITS, now);
        }
        let counted = self.posts.iter().zip(events);
        Outcome::new(counted.map(|(post, events)| post.sums(events)))
    }

    /// The event of `post` that is first in the list; it leaves the list, and what follows enters.
    fn happen(&mut self, post: usize, what: u8, now: u64) {
        match what {
            REFERRAL => {
                let next = self.next_referral(post, now);
                self.pending.replace_first(next);
                self.posts[post].receive(now);
                if let Some(end) = self.begin(post, now) {
                    self.pending.insert(end);
                }
            }
            WORK_ENDS => {
                let due = self.posts[post].end(now, &mut self.rng);
                let due = due.map(|key| Key::new(key.ticks(), code(post, key.code())));
                match (due, self.begin(post, now)) {
                    (Some(due), Some(end)) => {
                        self.pending.replace_first(end);
                        self.pending.insert(due);
                    }
                    (Some(only), None) | (None, Some(only)) => self.pending.replace_first(only),
                    (None, None) => self.pending.remove_first(),
                }
            }
            place => {
                self.posts[post].fall_due(place);
                match self.begin(post, now) {
                    Some(end) => self.pending.replace_first(end),
                    None => self.pending.remove_first(),
                }
            }
        }
    }

    /// Begins what is due first, if the post is free: when it will end.
    fn begin(&mut self, post: usize, now: u64) -> Option<Key> {
        let has_begun = self.posts[post].begin(now, &mut self.rng);
        has_begun.then(|| Key::new(self.posts[post].work_ends(), code(post, WORK_ENDS)))
    }

    fn next_referral(&mut self, post: usize, now: u64) -> Key {
        let wait = exponential(self.hours_between_referrals[post], &mut self.rng);
        Key::new(now + wait, code(post, REFERRAL))
    }
}

fn code(post: usize, low: u8) -> u8 {
    (post as u8) << POST_SHIFT | low
}

fn main() -> ExitCode {
    report::main(|seed| Replication::new(seed).run())
}
