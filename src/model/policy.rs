//! Choices a service makes: who takes whom, in which order, and until when people can give up.

use super::distribution::Distribution;

/// The rules of the service.
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    /// Which of several posts with room takes a new referral.
    pub assignment: Assignment,
    /// What a free worker does first.
    pub order_of_work: OrderOfWork,
    /// Who holds the contacts of an open case.
    pub continuity: Continuity,
    /// How long a person's patience can end the wait.
    pub lapse_until: LapseUntil,
    /// Days from receipt until the person gives up; `None`: nobody ever does.
    pub patience_days: Option<Distribution>,
    /// Share of those who lapse or are refused who go back to their GP.
    pub gp_reversion_share: f64,
    /// When referrals are paused; `None`: never.
    pub pause: Option<Pause>,
}

/// Referrals are paused when a waiting list has grown to a number and resume when it has fallen to
/// another (hysteresis), so that a list at the limit does not open and shut with every person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pause {
    /// People on the list at which referrals are paused; above `resume_at`.
    pub pause_at: u64,
    /// People on the list at which referrals resume.
    pub resume_at: u64,
    /// Whose list.
    pub scope: PauseScope,
}

/// Whose waiting list pauses whose referrals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PauseScope {
    /// Each practice's list its own referrals.
    Practice,
    /// The list of the whole PCN everybody's referrals.
    Pcn,
}

/// Which of several posts with room takes a new referral.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Assignment {
    /// Fewest open cases per WTE; then longest idle.
    LeastLoaded,
    /// Longest since its last place was freed.
    LongestIdle,
    /// A post that serves the fewest practices; then least loaded.
    OwnPracticeFirst,
}

/// What a free worker does first; within a rank by due time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrderOfWork {
    /// Follow-ups, then attempts and first appointments, then triage.
    FollowUpsFirst,
    /// Attempts and first appointments, then triage, then follow-ups.
    NewFirst,
    /// Whatever fell due first.
    OldestDueFirst,
}

/// Who holds the contacts of an open case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Continuity {
    /// The worker who holds the case.
    SameWorker,
    /// Whichever serving post is free first.
    AnyWorker,
}

/// How long a person's patience can end the wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LapseUntil {
    /// Until the answered call begins.
    FirstContact,
    /// On the waiting list only, as in the textbook models.
    Assignment,
}
