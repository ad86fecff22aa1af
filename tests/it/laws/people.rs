//! Who the people of a log are: who can be told apart, and what each drew on receipt.

use splw_sim::engine::plan::class_of;
use splw_sim::engine::streams::{Purpose, StreamKey};
use splw_sim::engine::{Entry, ReplicationKey};
use splw_sim::model::{PracticeId, SimTime, Waited};

use crate::support::Told;

/// Practice, ordinal number there, generation.
pub type Who = (u32, u64, u64);

/// The people of a log.
pub struct People<'a> {
    told: &'a Told,
    key: ReplicationKey,
    /// People there at the start have the numbers from 1 to this, which arriving ones have as well.
    ambiguous: u64,
    /// Sums of the sources' shares.
    thresholds: Vec<f64>,
}

impl<'a> People<'a> {
    /// Those of replication 0 with this seed.
    pub fn of(told: &'a Told, seed: u64) -> Self {
        let mut sum = 0.0;
        let thresholds = told.model.demand.sources.iter().map(|source| {
            sum += source.share;
            sum
        });
        Self {
            told,
            key: ReplicationKey {
                seed,
                replication: 0,
            },
            ambiguous: people_of_start(told),
            thresholds: thresholds.collect(),
        }
    }

    /// Whose row it is, where that can be told.
    pub fn who(&self, row: &Entry) -> Option<Who> {
        let (practice, ordinal, generation) = row.referral?;
        (ordinal > self.ambiguous).then_some((practice.0, ordinal, generation))
    }

    /// Whether practices merge at this very instant: what happens then may come before or after.
    pub fn merge_at(&self, time: SimTime) -> bool {
        self.told.model.mergers.iter().any(|it| it.at == time)
    }

    /// The practice as which the person is received, or waits, at `time`.
    pub fn received_as(&self, who: &Who, time: SimTime) -> PracticeId {
        self.told.model.received_as(PracticeId(who.0), time)
    }

    /// The stream of a person's draws: that of the practice's batches or of its other referrals.
    fn stream(&self, practice: u32, ordinal: u64) -> StreamKey {
        let model = &self.told.model;
        let purpose = match model.demand.batches.iter().any(|it| it.has(ordinal)) {
            true => Purpose::Batch,
            false => Purpose::Referral,
        };
        let key = model.practices[practice as usize].key();
        self.key.stream_key(purpose, key)
    }

    /// Whether contact `number` of a person is face to face, where that matters; drawn in a slot of
    /// its own (`engine::draws`).
    pub fn is_face_to_face(&self, who: Who, number: u32, share: f64) -> bool {
        let (practice, ordinal, generation) = who;
        let stream = self.stream(practice, ordinal);
        let slot = 11 << 28 | u64::from(number);
        stream.draws(ordinal | generation << 48, slot).uniform() < share
    }

    /// Case type of a person, drawn first.
    pub fn case_type(&self, (practice, ordinal, generation): Who) -> usize {
        let stream = self.stream(practice, ordinal);
        let practice = &self.told.model.practices[practice as usize];
        let mut draws = stream.draws(ordinal | generation << 48, 0);
        let mut sum = 0.0;
        let shares = practice.case_type_shares.iter().map(|share| {
            sum += share;
            sum
        });
        let thresholds: Vec<f64> = shares.collect();
        let drawn = draws.uniform();
        thresholds.iter().position(|it| drawn < *it).unwrap_or(0)
    }

    /// Priority class of a person: 0 is served first. The log does not tell it; it is the class of
    /// the source, drawn second after the case type (`engine::draws`).
    pub fn priority(&self, (practice, ordinal, generation): Who) -> u8 {
        let model = &self.told.model;
        let batch = model.demand.batches.iter().find(|it| it.has(ordinal));
        let stream = self.stream(practice, ordinal);
        let mut draws = stream.draws(ordinal | generation << 48, 0);
        draws.uniform();
        let source = class_of(&self.thresholds, draws.uniform());
        // A batch's source is that of the referrals of the batch, not of later ones.
        let known = batch.and_then(|it| it.source).filter(|_| generation == 0);
        let source = known.map_or(source, |source| source.index());
        model.demand.sources[source].priority
    }
}

/// The greatest number that somebody there at the start has.
fn people_of_start(told: &Told) -> u64 {
    let Some(start) = &told.model.start else {
        return 0;
    };
    let mut waiting = vec![0; told.model.practices.len()];
    for group in &start.waiting {
        waiting[group.practice.index()] += match &group.waited_days {
            Waited::Each(days) => days.len() as u64,
            Waited::Drawn(count, _) => u64::from(*count),
        };
    }
    let open = start.open.iter().map(|group| u64::from(group.count));
    waiting.into_iter().chain(open).max().unwrap_or(0)
}
