//! The peer model as an optimised loop over one post at a time: the posts never meet, so each has
//! an event list of its own: the next referral, the end of the work in hand, and a short heap of
//! cases that will fall due.

use peers::due_heap::DueHeap;
use peers::lean_post::{LeanPost, PERIOD, exponential};
use peers::numbers::{POSTS, referrals_an_hour};
use peers::post::Sums;
use peers::report::{self, Outcome};
use rand::SeedableRng;
use rand::rngs::SmallRng;
use std::process::ExitCode;

/// One post from the beginning of the period to its end.
fn post_alone(hours_between_referrals: f64, rng: &mut SmallRng) -> Sums {
    let mut post = LeanPost::default();
    let mut due = DueHeap::<64>::default();
    let mut referral = exponential(hours_between_referrals, rng);
    let mut events = 0;
    loop {
        let falls_due = due.first().ticks();
        let work_ends = post.work_ends();
        let now = falls_due.min(work_ends).min(referral);
        if now >= PERIOD {
            return post.sums(events);
        }
        events += 1;
        if now == work_ends {
            if let Some(key) = post.end(now, rng) {
                due.insert(key);
            }
        } else if now == falls_due {
            post.fall_due(due.first().code());
            due.remove_first();
        } else {
            referral = now + exponential(hours_between_referrals, rng);
            post.receive(now);
        }
        post.begin(now, rng);
    }
}

fn main() -> ExitCode {
    report::main(|seed| {
        let mut rng = SmallRng::seed_from_u64(seed);
        Outcome::new((0..POSTS).map(|post| post_alone(1.0 / referrals_an_hour(post), &mut rng)))
    })
}
