//! The peer model as a loop with the standard library's binary heap: what a careful programmer
//! writes on the first day.

use peers::draws::Draws;
use peers::numbers::{PERIOD_HOURS, POSTS, PRACTICES};
use peers::post::Post;
use peers::report::{self, Outcome};
use rand::SeedableRng;
use rand::rngs::SmallRng;
use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::process::ExitCode;

#[derive(Clone, Copy)]
enum Event {
    Referral { practice: usize },
    FallsDue { post: usize, place: usize },
    WorkEnds { post: usize },
}

/// An event and its time in hours; the earliest is the greatest, as the heap wants it.
struct Pending {
    time: f64,
    event: Event,
}

impl Ord for Pending {
    fn cmp(&self, other: &Self) -> Ordering {
        other.time.total_cmp(&self.time)
    }
}

impl PartialOrd for Pending {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Pending {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Pending {}

struct Replication {
    now: f64,
    pending: BinaryHeap<Pending>,
    posts: [Post; POSTS],
    draws: Draws,
    rng: SmallRng,
}

impl Replication {
    fn new(seed: u64) -> Self {
        Self {
            now: 0.0,
            pending: BinaryHeap::with_capacity(256),
            posts: Default::default(),
            draws: Draws::default(),
            rng: SmallRng::seed_from_u64(seed),
        }
    }

    fn run(mut self) -> Outcome {
        (0..PRACTICES.len()).for_each(|practice| self.schedule_referral(practice));
        while let Some(Pending { time, event }) = self.pending.pop() {
            if time >= PERIOD_HOURS {
                break;
            }
            self.now = time;
            self.happen(event);
        }
        Outcome::new(self.posts.iter().map(Post::sums))
    }

    fn happen(&mut self, event: Event) {
        let post = match event {
            Event::Referral { practice } => {
                self.schedule_referral(practice);
                let post = PRACTICES[practice].post;
                self.posts[post].receive(self.now);
                post
            }
            Event::FallsDue { post, place } => {
                self.posts[post].fall_due(place);
                post
            }
            Event::WorkEnds { post } => {
                if let Some(ending) = self.posts[post].end(self.now) {
                    let gap = self.draws.gap(ending, &mut self.rng);
                    let place = ending.place;
                    self.schedule(gap, Event::FallsDue { post, place });
                }
                post
            }
        };
        self.work(post);
    }

    /// Begins what is due first, if the post is free.
    fn work(&mut self, post: usize) {
        if let Some(task) = self.posts[post].next_task() {
            let slot = self.draws.slot(task, &mut self.rng);
            self.posts[post].begin(task, slot, self.now);
            self.schedule(slot.hours, Event::WorkEnds { post });
        }
    }

    fn schedule_referral(&mut self, practice: usize) {
        let hours = self
            .draws
            .until_referral(&PRACTICES[practice], &mut self.rng);
        self.schedule(hours, Event::Referral { practice });
    }

    fn schedule(&mut self, hours: f64, event: Event) {
        let time = self.now + hours;
        self.pending.push(Pending { time, event });
    }
}

fn main() -> ExitCode {
    report::main(|seed| Replication::new(seed).run())
}
