//! A model made ready to be simulated: samplers, pools, weekly windows, all worked out once.
//!
//! The plan holds nothing of any replication; all threads share one.

use super::arrivals::Intensity;
use super::bookings::ClinicPlan;
use super::workforce::Spells;
use crate::model::distribution::Sampler;
use crate::model::sharing::pools;
use crate::model::{
    Calendar, CalendarKind, CaseType, Day, Distribution, MissedShare, Model, OrderOfWork, Pool,
    PoolId, Post, SimDuration,
};

/// A drawn duration in the unit of its key.
#[derive(Clone, Debug)]
pub struct Timer {
    sampler: Sampler,
    unit_seconds: u64,
}

impl Timer {
    fn minutes(distribution: &Distribution) -> Self {
        Self {
            sampler: distribution.sampler(),
            unit_seconds: 60,
        }
    }

    fn days(distribution: &Distribution) -> Self {
        Self {
            sampler: distribution.sampler(),
            unit_seconds: 86_400,
        }
    }

    /// One draw, to the nearest second.
    #[inline]
    pub fn draw<R: rand::Rng>(&self, rng: &mut R) -> SimDuration {
        SimDuration::from_units(self.sampler.sample(rng), self.unit_seconds)
    }
}

/// A case type, ready to draw from.
#[derive(Clone, Debug)]
pub struct CasePlan {
    /// Number of contacts.
    pub contacts: Sampler,
    /// Length of the first appointment.
    pub first_appointment: Timer,
    /// Length of a follow-up.
    pub follow_up: Timer,
    /// From the end of a contact to the next.
    pub interval: Timer,
    /// Probability that a booked contact is missed.
    pub missed_share: MissedShare,
    /// Time lost then; `None`: the length that the contact would have had.
    pub missed: Option<Timer>,
    /// From a missed contact to its falling due again; `None`: like `interval`.
    pub after_missed: Option<Timer>,
    /// Missed contacts running that close the case.
    pub dna_limit: u32,
    /// Probability of ending early after a contact.
    pub drop_out_share: f64,
    /// Share that stays open for an outside service.
    pub onward_wait_share: f64,
    /// For how long.
    pub onward_wait: Timer,
}

impl CasePlan {
    fn new(case: &CaseType) -> Self {
        Self {
            contacts: case.contacts.sampler(),
            first_appointment: Timer::minutes(&case.first_appointment_minutes),
            follow_up: Timer::minutes(&case.follow_up_minutes),
            interval: Timer::days(&case.days_between_contacts),
            missed_share: case.missed_share.clone(),
            missed: case.dna_minutes.as_ref().map(Timer::minutes),
            after_missed: case.days_after_dna.as_ref().map(Timer::days),
            dna_limit: case.dna_limit.unwrap_or(u32::MAX),
            drop_out_share: case.drop_out_share,
            onward_wait_share: case.onward_wait_share,
            onward_wait: Timer::days(&case.onward_wait_days),
        }
    }
}

/// A post, ready to be scheduled.
#[derive(Clone, Debug)]
pub struct PostPlan {
    /// The pools that it serves.
    pub pools: Vec<PoolId>,
    /// At work at every instant while held: no windows are needed.
    pub always_on: bool,
    /// Whether any day can be an absence.
    pub can_be_absent: bool,
    /// See [`Spells::start_probability`].
    pub spell_start_probability: f64,
    /// Caseload places.
    pub places: u32,
    /// Length of the way between two sites; `None` without a rota.
    pub travel: Option<Timer>,
    /// Booked clinics; `None` without any.
    pub clinics: Option<ClinicPlan>,
    /// The diary of its first site; those of the others follow.
    pub site_diaries: usize,
}

/// Everything that replications of one model share.
#[derive(Clone, Debug)]
pub struct Plan<'m> {
    /// The model.
    pub model: &'m Model,
    /// Expected referrals by day.
    pub intensity: Intensity,
    /// Pools of practices.
    pub pools: Vec<Pool>,
    /// The pool of each practice.
    pub pool_of: Vec<PoolId>,
    /// The posts.
    pub posts: Vec<PostPlan>,
    /// The case types.
    pub cases: Vec<CasePlan>,
    /// Cumulative shares of case types, by practice.
    pub case_type_thresholds: Vec<Vec<f64>>,
    /// Cumulative shares of sources.
    pub source_thresholds: Vec<f64>,
    /// Priority classes in use.
    pub classes: usize,
    /// Triage; `None` where it takes no time.
    pub triage: Option<Timer>,
    /// Delay of a re-referral.
    pub re_referral: Timer,
    /// Length of an attempt.
    pub attempt: Timer,
    /// Gap between attempts.
    pub attempt_gap: Timer,
    /// From first contact to first appointment; `None`: like the interval between contacts.
    pub to_first_appointment: Option<Timer>,
    /// Patience; `None`: endless.
    pub patience: Option<Timer>,
    /// Ranks of work in the order in which a free worker looks for it; `None`: by due time alone.
    pub ranks: Option<[usize; 3]>,
    /// Lengths of sickness spells.
    pub spells: Spells,
    /// Diaries: of posts, of pools, of the sites of posts with a rota.
    pub diaries: usize,
}

impl<'m> Plan<'m> {
    /// Makes `model` ready.
    #[must_use]
    pub fn new(model: &'m Model) -> Self {
        let (pools, pool_of) = pools(model.practices.len(), &model.posts);
        let contact = &model.first_contact;
        let triage = &model.demand.triage_minutes;
        let mut posts: Vec<PostPlan> = (0..model.posts.len())
            .map(|index| PostPlan::new(model, &pools, index))
            .collect();
        let diaries = give_sites_diaries(model, &mut posts, model.posts.len() + pools.len());
        let shares =
            |practice: &crate::model::Practice| cumulative(practice.case_type_shares.iter());
        Self {
            intensity: Intensity::new(model),
            posts,
            pools,
            pool_of,
            cases: model.case_types.iter().map(CasePlan::new).collect(),
            case_type_thresholds: model.practices.iter().map(shares).collect(),
            source_thresholds: cumulative(model.demand.sources.iter().map(|source| &source.share)),
            classes: 1 + model
                .demand
                .sources
                .iter()
                .map(|source| usize::from(source.priority))
                .max()
                .unwrap_or(0),
            triage: (triage.mean() > 0.0).then(|| Timer::minutes(triage)),
            re_referral: Timer::days(&model.demand.re_referral_delay_days),
            attempt: Timer::minutes(&contact.attempt_minutes),
            attempt_gap: Timer::days(&contact.days_between_attempts),
            to_first_appointment: contact.days_to_first_appointment.as_ref().map(Timer::days),
            patience: model.policy.patience_days.as_ref().map(Timer::days),
            ranks: match model.policy.order_of_work {
                OrderOfWork::FollowUpsFirst => Some([0, 1, 2]),
                OrderOfWork::NewFirst => Some([1, 2, 0]),
                OrderOfWork::OldestDueFirst => None,
            },
            spells: Spells::default(),
            diaries,
            model,
        }
    }
}

impl PostPlan {
    fn new(model: &Model, pools: &[Pool], index: usize) -> Self {
        let post = &model.posts[index];
        let id = crate::model::PostId(index as u32);
        let serves = |pool: &Pool| pool.posts.contains(&id);
        let can_be_absent =
            post.annual_leave_days > 0.0 || post.training_days > 0.0 || post.sickness_share > 0.0;
        Self {
            pools: (0..pools.len())
                .filter(|pool| serves(&pools[*pool]))
                .map(|pool| PoolId(pool as u32))
                .collect(),
            always_on: !can_be_absent
                && post.rota.is_none()
                && post.clinics.is_empty()
                && works_around_the_clock(&model.calendar, model.days(), post),
            can_be_absent,
            spell_start_probability: if post.sickness_share > 0.0 {
                Spells::start_probability(post.sickness_share)
            } else {
                0.0
            },
            places: post.caseload_cap.unwrap_or(u32::MAX),
            travel: post
                .rota
                .as_ref()
                .map(|rota| Timer::minutes(&rota.travel_minutes)),
            clinics: ClinicPlan::new(model, post),
            site_diaries: 0,
        }
    }
}

/// Numbers the diaries of the sites from `next` on; returns the number of diaries in all.
fn give_sites_diaries(model: &Model, posts: &mut [PostPlan], mut next: usize) -> usize {
    for (post, plan) in model.posts.iter().zip(posts) {
        plan.site_diaries = next;
        next += post.rota.as_ref().map_or(0, |rota| rota.sites().len());
    }
    next
}

fn works_around_the_clock(calendar: &Calendar, days: u32, post: &Post) -> bool {
    calendar.kind() == CalendarKind::AlwaysOpen
        && post
            .client_time
            .iter()
            .all(|time| *time >= SimDuration::DAY)
        && (0..days).all(|day| calendar.is_working_day(Day(day)))
}

/// Cumulative sums, the last one infinite so that a uniform draw always finds its place.
fn cumulative<'a>(shares: impl Iterator<Item = &'a f64>) -> Vec<f64> {
    let mut sum = 0.0;
    let mut thresholds: Vec<f64> = shares
        .map(|share| {
            sum += share;
            sum
        })
        .collect();
    // A last class of share 0 must not be drawn by rounding: the infinite threshold goes to the
    // last class that has a share.
    let total = sum;
    if let Some(last) = thresholds.iter().position(|threshold| *threshold >= total) {
        thresholds[last] = f64::INFINITY;
    }
    thresholds
}

/// The class of a uniform draw.
#[inline]
#[must_use]
pub fn class_of(thresholds: &[f64], uniform: f64) -> usize {
    thresholds
        .iter()
        .position(|threshold| uniform < *threshold)
        .unwrap_or(0)
}
