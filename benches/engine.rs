//! How fast the engine is: events a second of one replication, and what its parts cost.
//!
//! `cargo bench` prints, for each replication, the time and the events a second (an event is an
//! arrival, an end of a piece of work, or a falling due); for streams and the event list the time
//! of a thousand operations. The scenarios are read as a user's are.

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use splw_sim::engine::event_list::EventList;
use splw_sim::engine::events::Event;
use splw_sim::engine::streams::{Purpose, ReplicationKey};
use splw_sim::engine::{Plan, Simulation, Unobserved};
use splw_sim::measure::{Curves, Frame, measure};
use splw_sim::model::{Distribution, EntityKey, Model, PracticeId, SimDuration, SimTime};
use splw_sim::scenario::{NoFiles, read};

fn main() {
    divan::main();
}

/// Operations of one timing of the parts.
const OPERATIONS: u64 = 1_000;

fn model(text: &str) -> Model {
    read(
        text.as_bytes(),
        "scenario",
        &[],
        &NoFiles,
        &splw_sim::report::answer::target_names(),
    )
    .expect("the shipped scenarios are valid")
    .model
}

fn rayleigh() -> Model {
    model(include_str!("../scenarios/rayleigh.toml"))
}

fn peer_model() -> Model {
    model(include_str!("../scenarios/verification/peer-model.toml"))
}

/// Times replications of `model`, one after the other, with or without their measures.
fn replications(bencher: Bencher, model: &Model, with_measures: bool) {
    let plan = Plan::new(model);
    let frame = Frame::new(model);
    let mut curves = Curves::default();
    let mut simulation = Simulation::new(&plan, Unobserved);
    let key = |replication| ReplicationKey {
        seed: 1,
        replication,
    };
    let sample = 64;
    let events: u64 = (0..sample)
        .map(|replication| simulation.run(key(replication)).events)
        .sum();
    let mut replication = 0;
    bencher
        .counter(ItemsCount::new(events / sample))
        .bench_local(|| {
            replication = (replication + 1) % sample;
            let seen = simulation.run(key(replication));
            if with_measures {
                black_box(measure(&frame, seen, &mut curves));
            }
        });
}

#[divan::bench]
fn replication_of_rayleigh(bencher: Bencher) {
    replications(bencher, &rayleigh(), false);
}

#[divan::bench]
fn replication_of_rayleigh_with_measures(bencher: Bencher) {
    replications(bencher, &rayleigh(), true);
}

#[divan::bench]
fn replication_of_peer_model(bencher: Bencher) {
    replications(bencher, &peer_model(), false);
}

#[divan::bench]
fn replication_of_peer_model_with_measures(bencher: Bencher) {
    replications(bencher, &peer_model(), true);
}

/// One draw from a stream of its own: what common random numbers cost.
#[divan::bench]
fn keyed_stream_and_one_draw(bencher: Bencher) {
    let stream = ReplicationKey {
        seed: 1,
        replication: 1,
    }
    .stream_key(Purpose::Referral, EntityKey::of("F81061"));
    bencher
        .counter(ItemsCount::new(OPERATIONS))
        .bench_local(|| {
            (0..OPERATIONS)
                .map(|ordinal| stream.draws(black_box(ordinal), 1).uniform())
                .sum::<f64>()
        });
}

/// The next draw of one running stream: the same draws without keys.
#[divan::bench]
fn running_stream_draw(bencher: Bencher) {
    let stream = ReplicationKey {
        seed: 1,
        replication: 1,
    }
    .stream_key(Purpose::Referral, EntityKey::of("F81061"));
    bencher
        .counter(ItemsCount::new(OPERATIONS))
        .bench_local(|| {
            let mut draws = stream.draws(black_box(1), 1);
            (0..OPERATIONS).map(|_| draws.uniform()).sum::<f64>()
        });
}

/// A gamma interval from a stream of its own.
#[divan::bench]
fn keyed_gamma_interval(bencher: Bencher) {
    let stream = ReplicationKey {
        seed: 1,
        replication: 1,
    }
    .stream_key(Purpose::Referral, EntityKey::of("F81061"));
    let sampler = Distribution::Gamma {
        mean: 14.0,
        cv: 0.3,
    }
    .sampler();
    bencher
        .counter(ItemsCount::new(OPERATIONS))
        .bench_local(|| {
            (0..OPERATIONS)
                .map(|ordinal| sampler.sample(&mut stream.draws(black_box(ordinal), 1)))
                .sum::<f64>()
        });
}

/// Takes the next event and schedules another, at a steady number of pending events.
#[divan::bench(args = [10, 100, 1_000, 10_000])]
fn event_list_next_and_schedule(bencher: Bencher, pending: u64) {
    let mut list = EventList::default();
    let stream = ReplicationKey {
        seed: 1,
        replication: 1,
    }
    .stream_key(Purpose::Arrivals, EntityKey::of("hold"));
    let mut draws = stream.draws(0, 0);
    let delay = Distribution::Exponential { mean: 1e6 }.sampler();
    let event = Event::ReferralArrives(PracticeId(0));
    for _ in 0..pending {
        list.schedule(
            SimTime::from_seconds(delay.sample(&mut draws) as u64),
            event,
        );
    }
    bencher
        .counter(ItemsCount::new(OPERATIONS))
        .bench_local(|| {
            for _ in 0..OPERATIONS {
                let next = list.take_next();
                let after = SimDuration::from_seconds(delay.sample(&mut draws) as u64);
                list.schedule(next.time() + after, next.event());
            }
        });
}
