//! `[waiting_list]`, `[first_contact]` and `[[case_types]]`.

use super::DistributionSpec;
use crate::model::{Distribution, LapseUntil, PauseScope};
use crate::scenario::presence::{default, optional, required};
use crate::scenario::ranges::{SHARE, SHARE_BELOW_ONE, between};
use crate::scenario::reader::Written;
use crate::scenario::spec::{Or, Whole, Words, tables};
use crate::scenario::table::table;
use crate::scenario::words::Name;

/// Contacts of one case at most, on average where they are drawn.
pub const MOST_CONTACTS: f64 = 1_000.0;
const MINUTES: DistributionSpec = DistributionSpec(100_000.0);
const DAYS: DistributionSpec = DistributionSpec(36_525.0);
/// Steps of the share missed at most.
const MOST_STEPS: usize = 100;
const PATIENCE: Or<DistributionSpec> = Or("none", DAYS);
const PAUSE_SCOPE: Words<PauseScope> =
    Words(&[("practice", PauseScope::Practice), ("pcn", PauseScope::Pcn)]);
/// People on a waiting list that a pause may name at most.
const MOST_WAITING: u64 = 1_000_000;
const LAPSE_UNTIL: Words<LapseUntil> = Words(&[
    ("first-contact", LapseUntil::FirstContact),
    ("assignment", LapseUntil::Assignment),
]);

table! {
    /// What happens to people who wait.
    WaitingList {
        /// Days from receipt until a person gives up, or "none": nobody ever does.
        patience_days: Option<Distribution> = (
            "days",
            PATIENCE,
            default("\"none\"").graded('D', "assumption: nobody gives up"),
        ),
        /// Share of those who give up, or are refused while referrals are paused, who go back to their
        /// GP.
        gp_reversion_share: f64 = (
            "share",
            SHARE,
            default("0.5").graded('D', "assumption").ranged(0.25, 0.8),
        ),
        /// How long people can give up: until the answered call begins, or on the list only.
        lapse_until: LapseUntil = (
            "word",
            LAPSE_UNTIL,
            default("\"first-contact\"").graded('D', "assumption"),
        ),
        /// People on the waiting list at which referrals are paused: from then on they are refused.
        pause_at: Option<u64> = (
            "people",
            Or("none", Whole(1, MOST_WAITING)),
            optional("referrals are never paused"),
        ),
        /// People on the waiting list at which paused referrals resume; below `pause_at`.
        resume_at: u64 = ("people", Whole(0, MOST_WAITING), optional("required with `pause_at`")),
        /// Whose list counts: each practice's its own referrals, or the PCN's everybody's.
        pause_scope: PauseScope = (
            "word",
            PAUSE_SCOPE,
            default("\"practice\"").graded('D', "assumption: each practice pauses its own"),
        ),
    }
}

table! {
    /// How a link worker first reaches a person: by telephone, several times if need be.
    FirstContactTable {
        /// Calls made before the referral is closed as not reached.
        attempts: u64 = ("count", Whole(1, 100), default("3").graded('D', "assumption")),
        /// Minutes of one call, answered or not.
        attempt_minutes: Distribution = (
            "minutes",
            MINUTES,
            default("10").graded('D', "assumption"),
        ),
        /// Share of calls answered.
        answered_share: f64 = ("share", SHARE, default("0.6").graded('D', "assumption")),
        /// Days from an unanswered call to the next.
        days_between_attempts: Distribution = (
            "days",
            DAYS,
            default("3").graded('D', "assumption"),
        ),
        /// Days from the answered call to the first appointment.
        days_to_first_appointment: Distribution = (
            "days",
            DAYS,
            optional("drawn like `days_between_contacts`"),
        ),
        /// Share of people whose first appointment is in a group, where their post has clinics with
        /// several places in a slot.
        group_share: f64 = ("share", SHARE, default("0").graded('D', "assumption: none")),
    }
}

table! {
    /// A class of referrals by work content, for example light and full.
    CaseTypeTable {
        /// Name.
        name: Written<String> = ("name", Name, required()),
        /// Share of accepted referrals; the shares of all case types sum to 1.
        share: f64 = ("share", SHARE, optional("required if there are several, else 1")),
        /// Number of contacts, rounded to the nearest whole number; 0: the first call was all.
        contacts: Distribution = ("contacts", DistributionSpec(MOST_CONTACTS), required()),
        /// Minutes of the first appointment.
        first_appointment_minutes: Distribution = (
            "minutes",
            MINUTES,
            default("45")
                .graded('C', "National Association of Link Workers, 2018-19")
                .ranged(30.0, 60.0),
        ),
        /// Minutes of a follow-up.
        follow_up_minutes: Distribution = (
            "minutes",
            MINUTES,
            default("20")
                .graded('C', "National Association of Link Workers, 2018-19")
                .ranged(15.0, 30.0),
        ),
        /// Days from the end of one contact to the next falling due.
        days_between_contacts: Distribution = (
            "days",
            DAYS,
            default("{ gamma = { mean = 14, cv = 0.3 } }")
                .graded('D', "assumption: 6 to 8 contacts in 12 to 16 weeks"),
        ),
        /// Share of booked contacts that the person misses.
        dna_share: f64 = (
            "share",
            SHARE_BELOW_ONE,
            default("0.08")
                .graded(
                    'B',
                    "Appointments in General Practice to November 2025: 8.0% missed",
                ),
        ),
        /// Share of booked contacts that the person misses, by how many days ahead the contact was
        /// booked: from the end of the contact or call before to its beginning.
        dna_by_days_ahead: Vec<MissedStep> = (
            "steps",
            tables::<MissedStep>(MOST_STEPS),
            optional("`dna_share`, however long ahead"),
        ),
        /// Multiplier of the shares missed: what a reminder the day before leaves of them.
        reminder_factor: f64 = (
            "factor",
            SHARE,
            default("1").graded('D', "assumption: reminders are in the shares already"),
        ),
        /// Minutes lost when a contact is missed.
        dna_minutes: Distribution = ("minutes", MINUTES, optional("the whole slot")),
        /// Days from a missed contact to its falling due again.
        days_after_dna: Distribution = (
            "days",
            DAYS,
            optional("a fresh interval between contacts"),
        ),
        /// Contacts missed one after the other until the case is closed as disengaged, or "none".
        dna_limit: Option<u64> = (
            "count",
            Or("none", Whole(1, 1_000)),
            default("3").graded('D', "assumption"),
        ),
        /// Probability, after each contact but the last, that the person ends the case early.
        drop_out_share: f64 = ("share", SHARE, default("0").graded('D', "assumption: none")),
        /// Share of contacts that are face to face; where the post has a `rota`, they wait for the
        /// day at the person's practice.
        face_to_face_share: f64 = (
            "share",
            SHARE,
            default("0.46")
                .graded(
                    'B',
                    "Appointments in General Practice to November 2025: 46% face to face",
                ),
        ),
        /// Share of completed cases that stay open, without contacts, for an outside service.
        onward_wait_share: f64 = ("share", SHARE, default("0").graded('D', "assumption: none")),
        /// Days that such a case stays open.
        onward_wait_days: Distribution = ("days", DAYS, default("84").graded('D', "assumption")),
    }
    alternatives [["dna_share", "dna_by_days_ahead"]]
}

table! {
    /// A step of the share missed by days ahead.
    MissedStep {
        /// Days ahead from which on the share holds; the first step has 0.
        days: f64 = ("days", between(0.0, 36_525.0), required()),
        /// Share missed.
        share: f64 = ("share", SHARE_BELOW_ONE, required()),
    }
}
