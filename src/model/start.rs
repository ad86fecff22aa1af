//! Where a terminating run starts: today's waiting list and open caseloads.

use super::distribution::Distribution;
use super::ids::{CaseTypeId, PostId, PracticeId};

/// Today's waiting list and open caseloads.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Start {
    /// People on the waiting list.
    pub waiting: Vec<StartWaiting>,
    /// Open cases.
    pub open: Vec<StartOpen>,
}

/// Some people of one practice who wait at the start.
#[derive(Clone, Debug, PartialEq)]
pub struct StartWaiting {
    /// Their practice.
    pub practice: PracticeId,
    /// How long each has waited already, in days.
    pub waited_days: Waited,
    /// Their case type; `None` draws it from the practice's shares.
    pub case_type: Option<CaseTypeId>,
}

/// How long people at the start have waited.
#[derive(Clone, Debug, PartialEq)]
pub enum Waited {
    /// One figure a person.
    Each(Vec<f64>),
    /// This many people, each with a drawn figure.
    Drawn(u32, Distribution),
}

/// Some open cases of one post at the start, all past first contact.
#[derive(Clone, Debug, PartialEq)]
pub struct StartOpen {
    /// The post that holds them.
    pub post: PostId,
    /// How many.
    pub count: u32,
    /// Contacts still to come for each, at least 1; `None` draws a case type in proportion to
    /// share x expected contacts, its number of contacts, and a uniform point within it.
    pub contacts_left: Option<Distribution>,
    /// Their case type; `None` draws it.
    pub case_type: Option<CaseTypeId>,
}
