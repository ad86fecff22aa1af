//! The event log: what happened, in the words of the service.
//!
//! The engine reports every transition to an [`Observer`]. Ordinary runs use [`Unobserved`],
//! whose calls compile to nothing; tests and traces keep the [`Entry`] rows.

use crate::model::{PostId, PracticeId, SimTime};

/// What happened, named as in the glossary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Activity {
    /// A referral was received and accepted.
    Accepted,
    /// A referral was received and found inappropriate.
    Inappropriate,
    /// A referral was received and refused, because referrals were paused.
    Refused,
    /// Triage of an inappropriate referral began.
    TriageBegins,
    /// Triage ended and the referral was returned.
    Returned,
    /// A referral was assigned a caseload place.
    Assigned,
    /// A piece of work fell due.
    FallsDue,
    /// A first-contact attempt began.
    AttemptBegins,
    /// The call was answered; logged when it begins.
    Answered,
    /// The call ended unanswered.
    NotAnswered,
    /// A first appointment or a follow-up began.
    ContactBegins,
    /// A contact ended.
    ContactHeld,
    /// A missed contact's time ended.
    Missed,
    /// The wait for an outside service began.
    OnwardWaitBegins,
    /// The case was completed and its place freed.
    Completed,
    /// The person gave up.
    Lapsed,
    /// Closed after the last unanswered attempt.
    NotReached,
    /// Closed after too many missed contacts running.
    Disengaged,
    /// The person ended the case early.
    DroppedOut,
    /// The post ended and the case was lost.
    LostAtHandover,
    /// The post ended and the case went back to the head of the list.
    ReturnedToList,
    /// A volunteer passed the case on, and it went to the head of the list.
    Escalated,
    /// A post's window opened.
    WindowOpens,
    /// A post's window closed.
    WindowCloses,
    /// A post was held from now on.
    PostStarts,
    /// A post was held no longer.
    PostEnds,
    /// The holder of a post resigned.
    HolderResigns,
    /// The holder of a post left.
    HolderLeaves,
    /// Somebody new held the post from now on.
    PostFilled,
    /// The fixed term of a post was renewed.
    ContractRenewed,
    /// A contact was booked into a clinic.
    Booked,
    /// The booking was cancelled.
    BookingCancelled,
    /// A worker set off for another site.
    TravelBegins,
    /// A worker arrived there.
    TravelEnds,
}

impl Activity {
    /// Every activity, in the order of a pathway, those of posts last.
    pub const ALL: [Self; 34] = [
        Self::Accepted,
        Self::Inappropriate,
        Self::Refused,
        Self::TriageBegins,
        Self::Returned,
        Self::Assigned,
        Self::FallsDue,
        Self::AttemptBegins,
        Self::Answered,
        Self::NotAnswered,
        Self::ContactBegins,
        Self::ContactHeld,
        Self::Missed,
        Self::OnwardWaitBegins,
        Self::Completed,
        Self::Lapsed,
        Self::NotReached,
        Self::Disengaged,
        Self::DroppedOut,
        Self::LostAtHandover,
        Self::ReturnedToList,
        Self::Escalated,
        Self::WindowOpens,
        Self::WindowCloses,
        Self::PostStarts,
        Self::PostEnds,
        Self::HolderResigns,
        Self::HolderLeaves,
        Self::PostFilled,
        Self::ContractRenewed,
        Self::TravelBegins,
        Self::TravelEnds,
        Self::Booked,
        Self::BookingCancelled,
    ];

    /// The word for it in files. It is part of the format of `trace.csv` and does not change.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Inappropriate => "inappropriate",
            Self::Refused => "refused",
            Self::TriageBegins => "triage_begins",
            Self::Returned => "returned",
            Self::Assigned => "assigned",
            Self::FallsDue => "falls_due",
            Self::AttemptBegins => "attempt_begins",
            Self::Answered => "answered",
            Self::NotAnswered => "not_answered",
            Self::ContactBegins => "contact_begins",
            Self::ContactHeld => "contact_held",
            Self::Missed => "missed",
            Self::OnwardWaitBegins => "onward_wait_begins",
            Self::Completed => "completed",
            Self::Lapsed => "lapsed",
            Self::NotReached => "not_reached",
            Self::Disengaged => "disengaged",
            Self::DroppedOut => "dropped_out",
            Self::LostAtHandover => "lost_at_handover",
            Self::ReturnedToList => "returned_to_list",
            Self::Escalated => "escalated",
            Self::WindowOpens => "window_opens",
            Self::WindowCloses => "window_closes",
            Self::PostStarts => "post_starts",
            Self::PostEnds => "post_ends",
            Self::HolderResigns => "holder_resigns",
            Self::HolderLeaves => "holder_leaves",
            Self::PostFilled => "post_filled",
            Self::ContractRenewed => "contract_renewed",
            Self::TravelBegins => "travel_begins",
            Self::TravelEnds => "travel_ends",
            Self::Booked => "booked",
            Self::BookingCancelled => "booking_cancelled",
        }
    }

    /// What it means, in a line of prose.
    #[must_use]
    pub const fn description(self) -> &'static str {
        match self {
            Self::Accepted => "a referral was received and accepted",
            Self::Inappropriate => "a referral was received and found inappropriate",
            Self::Refused => "a referral was received and refused, referrals being paused",
            Self::TriageBegins => "triage of an inappropriate referral began",
            Self::Returned => "triage ended and the referral was returned",
            Self::Assigned => "the referral was assigned a caseload place",
            Self::FallsDue => "a piece of work fell due: triage, an attempt or a contact",
            Self::AttemptBegins => "a first-contact attempt began",
            Self::Answered => "the call was answered: first contact; logged when the call begins",
            Self::NotAnswered => "the call ended unanswered",
            Self::ContactBegins => "a first appointment or a follow-up began",
            Self::ContactHeld => "a contact ended",
            Self::Missed => "the time of a missed contact ended",
            Self::OnwardWaitBegins => {
                "all contacts were held and the wait for an outside service began"
            }
            Self::Completed => "the case was completed and its place freed",
            Self::Lapsed => "the person gave up",
            Self::NotReached => "closed after the last unanswered attempt",
            Self::Disengaged => "closed after too many missed contacts running",
            Self::DroppedOut => "the person ended the case early",
            Self::LostAtHandover => "the post ended and the case was lost",
            Self::ReturnedToList => "the post ended and the case went back to the waiting list",
            Self::Escalated => "a volunteer passed the case on to paid workers",
            Self::WindowOpens => "the client-time window of the post opened",
            Self::WindowCloses => "the client-time window of the post closed",
            Self::PostStarts => "somebody holds the post from now on",
            Self::PostEnds => "the post is no more",
            Self::HolderResigns => "the holder of the post resigned; the post is advertised",
            Self::HolderLeaves => "the holder of the post left; it is vacant",
            Self::PostFilled => "somebody new holds the post from now on",
            Self::ContractRenewed => "the fixed term of the post was renewed",
            Self::TravelBegins => "the worker set off for the next practice of the rota",
            Self::TravelEnds => "the worker arrived there",
            Self::Booked => "the next contact was booked into a slot of a clinic",
            Self::BookingCancelled => "the slot will not be held, or is not needed",
        }
    }
}

/// Where a case of the log comes from: ordinal numbers begin anew for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Referred in the replication, or referred again after such a case.
    Arrived,
    /// On the waiting list when the replication began; numbered by practice.
    WaitingAtStart,
    /// Open at this post when the replication began; numbered by post.
    OpenAtStart(PostId),
    /// Referred in the batch of that number (from 1, as in the scenario file), or again after such
    /// a case. The ordinal number is what keys the person ([`crate::model::Batch::person`]).
    Batch(u32),
}

/// One row of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// When.
    pub time: SimTime,
    /// What.
    pub activity: Activity,
    /// Whose referral: practice, ordinal number there, generation; `None` for a post's own rows.
    pub referral: Option<(PracticeId, u64, u64)>,
    /// Where that referral comes from; without it ordinal numbers are not unique.
    pub origin: Origin,
    /// Which post, where one is concerned.
    pub post: Option<PostId>,
    /// People on the waiting list of the PCN afterwards.
    pub waiting: u64,
    /// Open cases of the PCN afterwards.
    pub open: u64,
}

/// Somebody who watches a replication.
pub trait Observer {
    /// Whether rows are wanted at all; `false` lets the compiler remove the reporting.
    const WATCHES: bool;

    /// Takes one row.
    fn record(&mut self, entry: Entry);

    /// Whether no more rows are wanted, because they cannot be written or somebody asked to stop:
    /// the replication is then broken off, and what it has seen is worth nothing.
    fn has_ended(&self) -> bool {
        false
    }
}

/// Nobody watches.
#[derive(Clone, Copy, Debug, Default)]
pub struct Unobserved;

impl Observer for Unobserved {
    const WATCHES: bool = false;
    #[inline]
    fn record(&mut self, _: Entry) {}
}

impl Observer for Vec<Entry> {
    const WATCHES: bool = true;
    fn record(&mut self, entry: Entry) {
        self.push(entry);
    }
}
