//! What a referral draws, and where each draw lives in its stream.
//!
//! A referral's stream is keyed by who it is; each purpose within it has a slot of its own, and
//! the draws of a contact are keyed by the contact's number (and, for missed ones, by the try).
//! So a draw does not depend on what the service did before, and changing one input (the share of
//! missed contacts, say) leaves every other draw of every person as it was.

use super::register::Identity;
use super::streams::Draws;

pub use crate::model::pathway::MOST_CONTACTS;

/// Most times that one person is referred again: without a limit, people who complete at once and
/// come back at once would never let the clock go on.
pub const MOST_RE_REFERRALS: u64 = 10_000;

const CASE_TYPE_AND_SOURCE: u64 = 0;
const FATE: u64 = 1;
const PATIENCE: u64 = 2;
const CONTACTS: u64 = 3;
const ONWARD: u64 = 4;
const RE_REFERRAL: u64 = 5;
const TRIAGE: u64 = 6;
const TO_FIRST_APPOINTMENT: u64 = 7;
const START: u64 = 8;
const ESCALATION: u64 = 9;
const GROUP: u64 = 10;
const DEALT: u64 = 11;

const ATTEMPT: u64 = 1 << 28;
const ATTEMPT_MINUTES: u64 = 2 << 28;
const ATTEMPT_GAP: u64 = 3 << 28;
const CONTACT_MINUTES: u64 = 4 << 28;
const CONTACT_INTERVAL: u64 = 5 << 28;
const DROP_OUT: u64 = 6 << 28;
const MISSED: u64 = 7 << 28;
const MISSED_MINUTES: u64 = 8 << 28;
const MISSED_INTERVAL: u64 = 9 << 28;
const HANDOVER: u64 = 10 << 28;
const CONTACT_MODE: u64 = 11 << 28;

impl Identity {
    #[inline]
    fn at(self, slot: u64) -> Draws {
        self.stream.draws(self.code, slot)
    }

    /// First draw: the case type; second: the source.
    #[inline]
    #[must_use]
    pub fn case_type_and_source(self) -> Draws {
        self.at(CASE_TYPE_AND_SOURCE)
    }

    /// First draw: whether it is inappropriate; second: whether a lapse reverts to the GP.
    #[inline]
    #[must_use]
    pub fn fate(self) -> Draws {
        self.at(FATE)
    }

    /// Patience.
    #[inline]
    #[must_use]
    pub fn patience(self) -> Draws {
        self.at(PATIENCE)
    }

    /// Number of contacts.
    #[inline]
    #[must_use]
    pub fn contacts(self) -> Draws {
        self.at(CONTACTS)
    }

    /// First draw: whether the case stays open for an outside service; then how long.
    #[inline]
    #[must_use]
    pub fn onward_wait(self) -> Draws {
        self.at(ONWARD)
    }

    /// First draw: whether the person is referred again; then after how long.
    #[inline]
    #[must_use]
    pub fn re_referral(self) -> Draws {
        self.at(RE_REFERRAL)
    }

    /// Triage minutes.
    #[inline]
    #[must_use]
    pub fn triage(self) -> Draws {
        self.at(TRIAGE)
    }

    /// Days to the first appointment.
    #[inline]
    #[must_use]
    pub fn to_first_appointment(self) -> Draws {
        self.at(TO_FIRST_APPOINTMENT)
    }

    /// Whether the first appointment is in a group.
    #[inline]
    #[must_use]
    pub fn group(self) -> Draws {
        self.at(GROUP)
    }

    /// What a person who is there at the start needs besides.
    #[inline]
    #[must_use]
    pub fn start(self) -> Draws {
        self.at(START)
    }

    /// Whether a volunteer passes the case on.
    #[inline]
    #[must_use]
    pub fn escalation(self) -> Draws {
        self.at(ESCALATION)
    }

    /// When the practice's list would be reached, were it of one patient: who of a batch's
    /// practices has it first.
    #[inline]
    #[must_use]
    pub fn dealt(self) -> Draws {
        self.at(DEALT)
    }

    /// Whether the case is lost when a post that holds it ends, for the `number`-th time.
    #[inline]
    #[must_use]
    pub fn handover(self, number: u32) -> Draws {
        self.at(HANDOVER | u64::from(number))
    }

    /// Whether attempt `number` is answered.
    #[inline]
    #[must_use]
    pub fn attempt(self, number: u32) -> Draws {
        self.at(ATTEMPT | u64::from(number))
    }

    /// Length of attempt `number`.
    #[inline]
    #[must_use]
    pub fn attempt_minutes(self, number: u32) -> Draws {
        self.at(ATTEMPT_MINUTES | u64::from(number))
    }

    /// Gap after attempt `number`.
    #[inline]
    #[must_use]
    pub fn attempt_gap(self, number: u32) -> Draws {
        self.at(ATTEMPT_GAP | u64::from(number))
    }

    /// Length of contact `number`.
    #[inline]
    #[must_use]
    pub fn contact_minutes(self, number: u32) -> Draws {
        self.at(CONTACT_MINUTES | u64::from(number))
    }

    /// Interval after contact `number`.
    #[inline]
    #[must_use]
    pub fn contact_interval(self, number: u32) -> Draws {
        self.at(CONTACT_INTERVAL | u64::from(number))
    }

    /// Whether contact `number` is face to face.
    #[inline]
    #[must_use]
    pub fn contact_mode(self, number: u32) -> Draws {
        self.at(CONTACT_MODE | u64::from(number))
    }

    /// Whether the person ends the case early after contact `number`.
    #[inline]
    #[must_use]
    pub fn drop_out(self, number: u32) -> Draws {
        self.at(DROP_OUT | u64::from(number))
    }

    /// Whether contact `number` is missed at its `try_number`-th try.
    #[inline]
    #[must_use]
    pub fn missed(self, number: u32, try_number: u32) -> Draws {
        self.at(MISSED | try_slot(number, try_number))
    }

    /// Minutes lost at that try.
    #[inline]
    #[must_use]
    pub fn missed_minutes(self, number: u32, try_number: u32) -> Draws {
        self.at(MISSED_MINUTES | try_slot(number, try_number))
    }

    /// Interval after that try.
    #[inline]
    #[must_use]
    pub fn missed_interval(self, number: u32, try_number: u32) -> Draws {
        self.at(MISSED_INTERVAL | try_slot(number, try_number))
    }
}

/// A contact and a try in 28 bits: 14 each. [`MOST_CONTACTS`] keeps the first within; the tries
/// wrap after 16,384 misses running, which a share of 0.99 reaches once in 10^71 cases.
#[inline]
const fn try_slot(number: u32, try_number: u32) -> u64 {
    ((number & 0x3fff) as u64) << 14 | (try_number & 0x3fff) as u64
}

#[cfg(test)]
mod tests;
