//! Batches: people who are referred together on a day, on top of the rate.
//!
//! Their number is drawn by the batch's date, and each of them is somebody of one practice by a
//! race: every practice of the batch draws an exponential time of rate list size for the person,
//! and the first has it, which is each in proportion to its list. So the person's practice does
//! not depend on how the file is ordered, and another practice takes people but moves none between
//! the others. What the person is and does is keyed by practice, batch and number in the batch.

use super::events::Event;
use super::log::Observer;
use super::register::{Identity, Referral};
use super::simulation::Simulation;
use super::streams::{Purpose, ReplicationKey};
use crate::model::demand::MOST_IN_BATCH;
use crate::model::distribution::to_count;
use crate::model::{Batch, EntityKey, Model, PracticeId, SimTime, SourceId};
use rand_distr::{Distribution as _, Exp1};

/// Somebody who will be referred in a batch.
#[derive(Clone, Copy, Debug)]
pub struct BatchReferral {
    /// Who it is.
    pub identity: Identity,
    /// Which practice refers.
    pub practice: PracticeId,
    /// Where the referral comes from, if the batch says so.
    pub source: Option<SourceId>,
    /// When the practice opens.
    arrives: SimTime,
}

/// Everybody of the batches of a replication, in the order of the file.
fn everybody(model: &Model, key: ReplicationKey, people: &mut Vec<BatchReferral>) {
    people.clear();
    for batch in &model.demand.batches {
        let of_batches = key.stream_key(Purpose::Batch, EntityKey::of("batches"));
        let drawn = batch
            .referrals
            .sampler()
            .sample(&mut of_batches.draws(batch.key, 0));
        let count = to_count(drawn).min(MOST_IN_BATCH);
        people.extend((1..=count).filter_map(|number| person(model, batch, number, key)));
    }
}

fn person(model: &Model, batch: &Batch, number: u32, key: ReplicationKey) -> Option<BatchReferral> {
    let runners = batch.practices.iter().map(|id| {
        let practice = &model.practices[id.index()];
        let stream = key.stream_key(Purpose::Batch, practice.key());
        let identity = Identity::first(stream, batch.person(number));
        let time: f64 = Exp1.sample(&mut identity.dealt());
        (time / practice.list_size, *id, identity)
    });
    let (_, practice, identity) = runners.min_by(|a, b| a.0.total_cmp(&b.0))?;
    Some(BatchReferral {
        identity,
        practice,
        source: batch.source,
        arrives: batch.day.opens() + model.practices[practice.index()].opening.opens,
    })
}

impl<O: Observer> Simulation<'_, O> {
    /// Draws the people of all batches and schedules their referrals.
    pub(super) fn schedule_batches(&mut self) {
        everybody(self.plan.model, self.key, &mut self.batches);
        for (index, person) in self.batches.iter().enumerate() {
            if person.arrives < self.closes {
                let arrives = Event::BatchArrives(index as u32);
                self.events.schedule(person.arrives, arrives);
            }
        }
    }

    /// The batch that a referral came with, or its first one if it is a re-referral.
    pub(super) fn batch_of(&self, referral: &Referral) -> Option<&Batch> {
        let model = self.plan.model;
        let practice = model.practices[referral.referred_by.index()].key();
        let stream = self.key.stream_key(Purpose::Batch, practice);
        let ordinal = referral.identity.ordinal();
        let mut batches = model.demand.batches.iter();
        batches.find(|batch| stream == referral.identity.stream && batch.has(ordinal))
    }

    /// Somebody of a batch is referred.
    pub(super) fn batch_arrives(&mut self, person: u32) {
        let BatchReferral {
            identity,
            practice,
            source,
            ..
        } = self.batches[person as usize];
        self.receive(identity, practice, source);
    }
}
