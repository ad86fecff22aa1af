//! A post: contracted time, practices served, places, and absences planned for its holder.

use super::clinic::Clinic;
use super::ids::{CaseTypeId, EntityKey, PracticeId};
use super::rota::Rota;
use super::tenure::Tenure;
use super::time::{SimDuration, SimTime};

/// What kind of worker a post is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PostKind {
    /// A paid link worker.
    LinkWorker,
    /// A volunteer: may turn up or not, and passes on what is too much for them.
    Volunteer,
}

/// A funded position, held by one person at a time.
#[derive(Clone, Debug, PartialEq)]
pub struct Post {
    /// Name of the role, never of a person.
    pub name: String,
    /// Contracted time as a share of 37.5 h a week (168 h when always open); at most 1.
    pub wte: f64,
    /// Practices served, in the order of [`super::Model::practices`].
    pub serves: Vec<PracticeId>,
    /// Length of the client-time window on each weekday, Monday first: contracted time x client
    /// share.
    pub client_time: [SimDuration; 7],
    /// Contracted time on each weekday, Monday first.
    pub contracted_time: [SimDuration; 7],
    /// When the window opens, from midnight.
    pub window_opens: SimDuration,
    /// Caseload places; `None` is no cap.
    pub caseload_cap: Option<u32>,
    /// First instant in post, if not from the beginning.
    pub starts: Option<SimTime>,
    /// First instant no longer in post, if it ends.
    pub ends: Option<SimTime>,
    /// Seconds from the clock's zero, below zero before it, at which a post was advertised whose
    /// time to hire is drawn; it starts when somebody has been found.
    pub advertised: Option<i64>,
    /// How its holders come and go.
    pub tenure: Tenure,
    /// What kind of worker it is for.
    pub kind: PostKind,
    /// Case types that it may take, in order; `None`: all.
    pub case_types: Option<Vec<CaseTypeId>>,
    /// Share of the days on which a holder who should come does.
    pub turn_up_share: f64,
    /// Share of its cases that are passed on to paid workers after the first appointment.
    pub escalation_share: f64,
    /// Whether its holder has supervision; without it more leave (see `Strain`).
    pub is_supervised: bool,
    /// When the post ends: probability that an open case is lost rather than returned to the head
    /// of the waiting list.
    pub lost_at_handover_share: f64,
    /// Annual leave: working days a year for somebody who works five days a week.
    pub annual_leave_days: f64,
    /// Training: working days a year for somebody who works five days a week.
    pub training_days: f64,
    /// Share of working days not on leave that are lost to sickness.
    pub sickness_share: f64,
    /// What the time that is not client time is for, as far as the scenario says; for the account
    /// of hours alone.
    pub protected_time: Vec<ProtectedTime>,
    /// Where the worker is on which weekday; `None`: nowhere in particular.
    pub rota: Option<Rota>,
    /// Booked clinics; where there are any, contacts are held in them alone.
    pub clinics: Vec<Clinic>,
}

/// A named part of a post's time that is not client time.
#[derive(Clone, Debug, PartialEq)]
pub struct ProtectedTime {
    /// Name as in the scenario file.
    pub name: String,
    /// Hours in a week at work.
    pub hours_a_week: f64,
}

impl Post {
    /// What keys this post's random streams.
    #[must_use]
    pub fn key(&self) -> EntityKey {
        EntityKey::of(&self.name)
    }

    /// Weekdays on which the post has contracted time.
    #[must_use]
    pub fn days_a_week(&self) -> usize {
        self.contracted_time
            .iter()
            .filter(|time| **time > SimDuration::ZERO)
            .count()
    }

    /// Mean hours of client time on a weekday (0 is Monday), less travel.
    #[must_use]
    pub fn client_hours_at_work(&self, weekday: usize) -> f64 {
        let travel = self
            .rota
            .as_ref()
            .map_or(0.0, |rota| rota.travel_hours(weekday));
        (self.client_time[weekday].hours() - travel).max(0.0)
    }

    /// Whether it may take cases of a type.
    #[must_use]
    pub fn takes(&self, case_type: CaseTypeId) -> bool {
        self.case_types
            .as_ref()
            .is_none_or(|types| types.contains(&case_type))
    }

    /// Whether the post exists at `time`, vacant or held, as far as its dates say.
    #[must_use]
    pub fn exists_at(&self, time: SimTime) -> bool {
        self.starts.is_none_or(|starts| starts <= time) && self.ends.is_none_or(|ends| time < ends)
    }
}
