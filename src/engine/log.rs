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
    /// A post's window opened.
    WindowOpens,
    /// A post's window closed.
    WindowCloses,
    /// A post was held from now on.
    PostStarts,
    /// A post was held no longer.
    PostEnds,
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
