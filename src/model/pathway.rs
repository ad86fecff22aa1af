//! The pathway of one referral: attempts, appointments, follow-ups, and the ways out.

use super::distribution::Distribution;
use super::missed::MissedShare;

/// Most contacts that one case may have; a drawn number beyond it is cut to it.
pub const MOST_CONTACTS: u32 = 10_000;

/// How first contact is made.
#[derive(Clone, Debug, PartialEq)]
pub struct FirstContact {
    /// Calls made before a referral is closed as not reached; at least 1.
    pub attempts: u32,
    /// Minutes of one call, answered or not.
    pub attempt_minutes: Distribution,
    /// Share of calls answered.
    pub answered_share: f64,
    /// Days from the end of an unanswered call to the next falling due.
    pub days_between_attempts: Distribution,
    /// Days from the end of the answered call to the first appointment falling due; `None` draws
    /// it like the interval between contacts.
    pub days_to_first_appointment: Option<Distribution>,
    /// Share of people whose first appointment is in a group, where their post has groups.
    pub group_share: f64,
}

/// A class of referrals by work content.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseType {
    /// Name as in the scenario file.
    pub name: String,
    /// Share of accepted referrals before any practice's tilt.
    pub share: f64,
    /// Number of contacts, rounded to the nearest whole number; 0: the first-contact call was all.
    pub contacts: Distribution,
    /// Minutes of the first appointment.
    pub first_appointment_minutes: Distribution,
    /// Minutes of a follow-up.
    pub follow_up_minutes: Distribution,
    /// Days from the end of one contact to the next falling due.
    pub days_between_contacts: Distribution,
    /// Probability that a booked contact is missed, by how long ahead it was booked; reminders
    /// included.
    pub missed_share: MissedShare,
    /// Minutes lost when a contact is missed; `None`: the length it would have had.
    pub dna_minutes: Option<Distribution>,
    /// Days from a missed contact to its falling due again; `None`: a fresh interval.
    pub days_after_dna: Option<Distribution>,
    /// Missed contacts running after which the case is closed as disengaged; `None`: never.
    pub dna_limit: Option<u32>,
    /// Probability, after each contact but the last, that the person ends the case early.
    pub drop_out_share: f64,
    /// Share of contacts that are face to face, where the post has a rota.
    pub face_to_face_share: f64,
    /// Share of completed cases that stay open for an outside service.
    pub onward_wait_share: f64,
    /// Days that such a case stays open.
    pub onward_wait_days: Distribution,
}
