//! The peer model in NeXosim: each post is a model that schedules events for itself, on the
//! single-threaded executor.

use nexosim::model::{Context, Model, schedulable};
use nexosim::ports::QuerySource;
use nexosim::simulation::{Mailbox, SimInit, SimulationError};
use nexosim::time::MonotonicTime;
use peers::draws::Draws;
use peers::numbers::{PERIOD_HOURS, POSTS, PRACTICES};
use peers::post::{Post, Sums};
use peers::report::{self, Outcome};
use rand::SeedableRng;
use rand::rngs::SmallRng;
use serde::{Deserialize, Serialize};
use std::process::ExitCode;
use std::time::Duration;

/// A post and the practices that it serves. What a saved simulation would need is left out: none is
/// saved here.
#[derive(Serialize, Deserialize)]
struct LinkWorker {
    number: usize,
    #[serde(skip)]
    post: Post,
    #[serde(skip)]
    draws: Draws,
    #[serde(skip, default = "unseeded")]
    rng: SmallRng,
}

fn unseeded() -> SmallRng {
    SmallRng::seed_from_u64(0)
}

#[Model]
impl LinkWorker {
    #[nexosim(init)]
    async fn init(&mut self, cx: &Context<Self>) {
        let mine = |practice: &usize| PRACTICES[*practice].post == self.number;
        let practices: Vec<usize> = (0..PRACTICES.len()).filter(mine).collect();
        for practice in practices {
            self.schedule_referral(practice, cx);
        }
    }

    #[nexosim(schedulable)]
    fn referral(&mut self, practice: usize, cx: &Context<Self>) {
        self.schedule_referral(practice, cx);
        self.post.receive(now(cx));
        self.work(cx);
    }

    #[nexosim(schedulable)]
    fn falls_due(&mut self, place: usize, cx: &Context<Self>) {
        self.post.fall_due(place);
        self.work(cx);
    }

    #[nexosim(schedulable)]
    fn work_ends(&mut self, _: (), cx: &Context<Self>) {
        if let Some(ending) = self.post.end(now(cx)) {
            let gap = self.draws.gap(ending, &mut self.rng);
            cx.schedule_event(hours(gap), schedulable!(Self::falls_due), ending.place)
                .expect("a gap is positive");
        }
        self.work(cx);
    }

    /// Replier: the sums so far.
    async fn sums(&mut self) -> Sums {
        self.post.sums()
    }
}

impl LinkWorker {
    fn new(number: usize, seed: u64) -> Self {
        Self {
            number,
            post: Post::default(),
            draws: Draws::default(),
            // Replications have seeds that are far less than 2^60.
            rng: SmallRng::seed_from_u64(seed | (number as u64) << 60),
        }
    }

    /// Begins what is due first, if the post is free.
    fn work(&mut self, cx: &Context<Self>) {
        if let Some(task) = self.post.next_task() {
            let slot = self.draws.slot(task, &mut self.rng);
            self.post.begin(task, slot, now(cx));
            cx.schedule_event(hours(slot.hours), schedulable!(Self::work_ends), ())
                .expect("work takes time");
        }
    }

    fn schedule_referral(&mut self, practice: usize, cx: &Context<Self>) {
        let wait = self
            .draws
            .until_referral(&PRACTICES[practice], &mut self.rng);
        cx.schedule_event(hours(wait), schedulable!(Self::referral), practice)
            .expect("referrals are apart");
    }
}

/// Hours since the beginning of the period.
fn now(cx: &Context<LinkWorker>) -> f64 {
    let since = cx.time().duration_since(MonotonicTime::EPOCH);
    since.as_secs_f64() / 3_600.0
}

/// At least a nanosecond, the tick of NeXosim's clock: it takes no event for the present.
fn hours(hours: f64) -> Duration {
    Duration::from_secs_f64(hours * 3_600.0).max(Duration::from_nanos(1))
}

fn replicate(seed: u64) -> Result<Outcome, SimulationError> {
    let mut bench = SimInit::with_num_threads(1);
    let mut queries = Vec::new();
    for number in 0..POSTS {
        let mailbox = Mailbox::new();
        let sums = QuerySource::new().connect(LinkWorker::sums, &mailbox);
        queries.push(sums.register(&mut bench));
        bench = bench.add_model(LinkWorker::new(number, seed), mailbox, "post");
    }
    let mut simulation = bench.init(MonotonicTime::EPOCH)?;
    simulation.step_until(hours(PERIOD_HOURS))?;
    let mut sums = Vec::new();
    for query in &queries {
        sums.push(simulation.process_query(query, ())?);
    }
    Ok(Outcome::new(sums))
}

fn main() -> ExitCode {
    report::main(|seed| replicate(seed).expect("the bench is sound"))
}
