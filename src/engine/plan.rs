//! A model made ready to be simulated: samplers, pools, weekly windows, all worked out once.
//!
//! The plan holds nothing of any replication; all threads share one.

use super::arrivals::Intensity;
use super::bookings::ClinicPlan;
use super::parts::parts_of;
use super::register::{Identity, Referral, Stage};
use super::workforce::{LeaveYear, Spells, leave_years_of};
use crate::model::distribution::Sampler;
use crate::model::strain::CONTACTS_OF_A_FULL_CASE;
use crate::model::{
    Calendar, CalendarKind, CaseType, CaseTypeId, Continuity, Day, Distribution, MissedShare,
    Model, OrderOfWork, Parts, Pool, PoolId, Pools, Post, PracticeId, SimDuration, SimTime,
    SourceId,
};

/// A drawn duration in the unit of its key.
#[derive(Clone, Debug)]
pub struct Timer {
    sampler: Sampler,
    unit_seconds: f64,
}

impl Timer {
    fn minutes(distribution: &Distribution) -> Self {
        Self {
            sampler: distribution.sampler(),
            unit_seconds: 60.0,
        }
    }

    fn days(distribution: &Distribution) -> Self {
        Self {
            sampler: distribution.sampler(),
            unit_seconds: 86_400.0,
        }
    }

    /// One draw, to the nearest second.
    #[inline(always)]
    pub fn draw<R: rand::Rng>(&self, rng: &mut R) -> SimDuration {
        SimDuration::nearest(self.sampler.sample(rng) * self.unit_seconds)
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
    /// What an open case counts for in a caseload: contacts / those of a full case.
    pub full_case_equivalents: f64,
    /// Mean length of a first appointment and of a follow-up, in seconds.
    pub mean_contact_seconds: [u64; 2],
}

impl CasePlan {
    /// Interval after contact `number`.
    #[inline]
    pub(super) fn interval_after(&self, identity: Identity, number: u32) -> SimDuration {
        self.interval.draw(&mut identity.contact_interval(number))
    }

    /// Whether the person ends the case early after contact `number`.
    #[inline]
    pub(super) fn ends_early(&self, identity: Identity, number: u32) -> bool {
        self.drop_out_share > 0.0 && identity.drop_out(number).uniform() < self.drop_out_share
    }

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
            full_case_equivalents: case.contacts.mean() / CONTACTS_OF_A_FULL_CASE,
            mean_contact_seconds: [&case.first_appointment_minutes, &case.follow_up_minutes]
                .map(|minutes| SimDuration::from_minutes(minutes.mean()).seconds()),
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
    /// Its leave years; none where it takes neither leave nor training.
    pub leave: Vec<LeaveYear>,
    /// Caseload places.
    pub places: u32,
    /// Weeks from advertisement to first day.
    pub weeks_to_hire: Sampler,
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
    /// Pools of practices and case types.
    pub pools: Pools,
    /// Parts of the network that never meet.
    pub parts: Parts,
    /// The posts.
    pub posts: Vec<PostPlan>,
    /// The case types.
    pub cases: Vec<CasePlan>,
    /// Cumulative shares of case types, by practice.
    pub case_type_thresholds: Vec<Vec<f64>>,
    /// What multiplies the share of missed contacts, by practice.
    pub dna_factors: Vec<f64>,
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
    /// Its mean in seconds.
    pub mean_attempt_seconds: u64,
    /// Gap between attempts.
    pub attempt_gap: Timer,
    /// From first contact to first appointment; `None`: like the interval between contacts.
    pub to_first_appointment: Option<Timer>,
    /// Patience; `None`: endless.
    pub patience: Option<Timer>,
    /// Ranks of work in the order in which a free worker looks for it; `None`: by due time alone.
    pub ranks: Option<[usize; 3]>,
    /// Spells of sickness.
    pub spells: Spells,
    /// Diaries: of posts, of pools, of the sites of posts with a rota.
    pub diaries: usize,
    /// Whether every case's work is for its holder alone, and can be done wherever that is.
    pub holders_do_all: bool,
    /// Whether any post has a rota of sites.
    pub has_rotas: bool,
    /// Whether any post has clinics.
    pub has_clinics: bool,
    /// Whether any contact is missed more or less often by how long ahead it was booked.
    pub has_lead_times: bool,
    /// Whether any post passes cases on to others.
    pub has_volunteers: bool,
}

impl<'m> Plan<'m> {
    /// Makes `model` ready.
    #[must_use]
    pub fn new(model: &'m Model) -> Self {
        let pools = Pools::new(model.practices.len(), model.case_types.len(), &model.posts);
        let contact = &model.first_contact;
        let triage = &model.demand.triage_minutes;
        let mut posts: Vec<PostPlan> = (0..model.posts.len())
            .map(|index| PostPlan::new(model, &pools.pools, index))
            .collect();
        let diaries = give_sites_diaries(model, &mut posts, model.posts.len() + pools.pools.len());
        let shares =
            |practice: &crate::model::Practice| cumulative(practice.case_type_shares.iter());
        Self {
            intensity: Intensity::new(model),
            posts,
            parts: parts_of(model, &pools),
            pools,
            cases: model.case_types.iter().map(CasePlan::new).collect(),
            case_type_thresholds: model.practices.iter().map(shares).collect(),
            dna_factors: model.practices.iter().map(|it| it.dna_factor).collect(),
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
            mean_attempt_seconds: SimDuration::from_minutes(contact.attempt_minutes.mean())
                .seconds(),
            attempt_gap: Timer::days(&contact.days_between_attempts),
            to_first_appointment: contact.days_to_first_appointment.as_ref().map(Timer::days),
            patience: model.policy.patience_days.as_ref().map(Timer::days),
            ranks: match model.policy.order_of_work {
                OrderOfWork::FollowUpsFirst => Some([0, 1, 2]),
                OrderOfWork::NewFirst => Some([1, 2, 0]),
                OrderOfWork::OldestDueFirst => None,
            },
            spells: Spells::new(model),
            diaries,
            holders_do_all: model.policy.continuity == Continuity::SameWorker
                && model.posts.iter().all(|post| post.rota.is_none()),
            has_rotas: model.posts.iter().any(|post| post.rota.is_some()),
            has_clinics: model.posts.iter().any(|post| !post.clinics.is_empty()),
            has_lead_times: model
                .case_types
                .iter()
                .any(|case| !case.missed_share.is_constant()),
            has_volunteers: model.posts.iter().any(|post| post.escalation_share > 0.0),
            model,
        }
    }
}

impl Plan<'_> {
    /// Whether the next work of a case is a contact that is held in a clinic.
    #[inline]
    pub(super) fn is_for_clinic(&self, referral: &Referral) -> bool {
        self.has_clinics
            && referral.contacted
            && self.posts[referral.post.index()].clinics.is_some()
    }

    /// Whether the next work of a case is for whoever holds it, wherever that is.
    #[inline]
    pub(super) fn is_for_holder(&self, referral: &Referral) -> bool {
        self.holders_do_all && referral.stage != Stage::Triage
    }

    /// What kind of work a referral of `practice` is, and who referred. Nothing is drawn where there
    /// is one of each.
    #[inline]
    pub(super) fn case_type_and_source(
        &self,
        identity: Identity,
        practice: PracticeId,
    ) -> (CaseTypeId, SourceId) {
        let case_types = &self.case_type_thresholds[practice.index()];
        if case_types.len() == 1 && self.source_thresholds.len() == 1 {
            return (CaseTypeId(0), SourceId(0));
        }
        let mut draws = identity.case_type_and_source();
        let case_type = class_of(case_types, draws.uniform());
        let source = class_of(&self.source_thresholds, draws.uniform());
        (CaseTypeId(case_type as u16), SourceId(source as u8))
    }

    /// Whether the person misses the contact that begins now.
    #[inline]
    pub(super) fn is_missed(&self, referral: &Referral, case: &CasePlan, now: SimTime) -> bool {
        let usual = case.missed_share.at(now.since(referral.booked));
        if usual <= 0.0 {
            return false;
        }
        let share = usual * self.dna_factors[referral.referred_by.index()];
        let (number, tried) = referral.contact_and_try();
        share > 0.0 && referral.identity.missed(number, tried).uniform() < share
    }

    /// Mean length in seconds of the next call or contact of a case.
    pub(super) fn mean_length_of_next(&self, referral: &Referral) -> u64 {
        let case = &self.cases[referral.case_type.index()];
        match referral.contacted {
            false => self.mean_attempt_seconds,
            true => case.mean_contact_seconds[usize::from(referral.next_is_follow_up())],
        }
    }
}

impl PostPlan {
    fn new(model: &Model, pools: &[Pool], index: usize) -> Self {
        let post = &model.posts[index];
        let id = crate::model::PostId(index as u32);
        let serves = |pool: &Pool| pool.posts.contains(&id);
        let can_be_absent = post.annual_leave_days > 0.0
            || post.training_days > 0.0
            || post.sickness_share > 0.0
            || post.turn_up_share < 1.0;
        Self {
            pools: (0..pools.len())
                .filter(|pool| serves(&pools[*pool]))
                .map(|pool| PoolId(pool as u32))
                .collect(),
            always_on: !can_be_absent
                && post.tenure.ramp == SimDuration::ZERO
                && post.rota.is_none()
                && post.clinics.is_empty()
                && works_around_the_clock(&model.calendar, model.days(), post),
            can_be_absent,
            leave: leave_years_of(model, post),
            places: post.caseload_cap.unwrap_or(u32::MAX),
            weeks_to_hire: post.tenure.weeks_to_hire.sampler(),
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
