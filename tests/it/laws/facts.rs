//! What is known of each person from the event log, apart from when the service got round to it:
//! the draws that make the person, for law 8.

use std::collections::BTreeMap;

use splw_sim::engine::Activity::{
    self, Accepted, Answered, Assigned, AttemptBegins, Completed, ContactBegins, ContactHeld,
    DroppedOut, FallsDue, Inappropriate, Lapsed, LostAtHandover, Missed, NotAnswered,
    OnwardWaitBegins, Refused, Returned, ReturnedToList, TriageBegins,
};
use splw_sim::engine::Entry;

use crate::support::Told;

/// What is known of a person from the log, apart from when the service got round to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fact {
    /// Seconds of the arrival.
    Arrival,
    /// Whether it is inappropriate.
    Inappropriate,
    /// Length of its triage.
    Triage,
    /// Seconds from receipt to giving up, of those with no call in hand.
    Patience,
    /// Whether the n-th call is answered.
    Answered(u32),
    /// Length of the n-th call, where it is not answered.
    CallLength(u32),
    /// Seconds from the n-th call to the next falling due.
    Gap(u32),
    /// Seconds from the beginning of the answered call, the n-th, to the first appointment falling
    /// due.
    ToAppointment(u32),
    /// Seconds from a contact's end to the next falling due, by contacts held.
    Interval(u32),
    /// Seconds from a missed contact's end to its falling due, by contacts held and missed running.
    AfterMissed(u32, u32),
    /// Length of a contact held, by contacts held.
    Length(u32),
    /// Whether a contact is missed, by contacts held and missed running.
    Missed(u32, u32),
    /// Time lost by a missed contact, by contacts held and missed running.
    MissedLength(u32, u32),
    /// Whether the person ends the case after a contact, by contacts held.
    DropsOut(u32),
    /// Contacts of a completed case, but for those that handovers added.
    Contacts,
    /// Whether an onward wait follows.
    Onward,
    /// Its length.
    OnwardWait,
    /// Whether the case is lost at the n-th handover.
    Lost(u32),
}

/// Practice, ordinal number there, generation.
type Person = (String, u64, u64);
/// Values of the facts by person.
pub type Facts = BTreeMap<(Person, Fact), u64>;

/// The facts of one person, being gathered.
#[derive(Default)]
struct Course {
    received: u64,
    calls: u32,
    contacted: bool,
    held: u32,
    missed: u32,
    handovers: u32,
    /// Contacts that handovers added.
    added: u32,
    since: u64,
    onward: bool,
    between: Option<Fact>,
    last: Option<Activity>,
}

/// The facts that the log of a service tells.
pub fn facts(told: &Told) -> Facts {
    let mut facts = Facts::new();
    let mut courses: BTreeMap<Person, Course> = BTreeMap::new();
    let losses_differ = losses_differ(told);
    // In clinics a contact is as long as its slot.
    let has_clinics = told.model.posts.iter().any(|it| !it.clinics.is_empty());
    let case_types = &told.model.case_types;
    let leads_matter = case_types.iter().any(|it| !it.missed_share.is_constant());
    for row in &told.log {
        let Some((practice, ordinal, generation)) = row.referral else {
            continue;
        };
        let practice = told.model.practices[practice.index()].name.clone();
        let who = (practice, ordinal, generation);
        let course = courses.entry(who.clone()).or_default();
        course.step(row, &mut |fact, value| {
            // Which post holds a case is the service's doing, and so is how long ahead a contact
            // is booked in the end, and into which slot.
            let is_of_service = match fact {
                Fact::Lost(_) => losses_differ,
                Fact::Missed(..) => leads_matter,
                Fact::Length(_) | Fact::MissedLength(..) => has_clinics,
                _ => false,
            };
            if !is_of_service {
                facts.insert((who.clone(), fact), value);
            }
        });
    }
    facts
}

/// Whether posts that end lose different shares of their cases.
fn losses_differ(told: &Told) -> bool {
    let ending = told.model.posts.iter().filter(|post| post.ends.is_some());
    let mut shares: Vec<f64> = ending.map(|post| post.lost_at_handover_share).collect();
    shares.sort_by(f64::total_cmp);
    shares.dedup_by(|a, b| a.total_cmp(b).is_eq());
    shares.len() > 1
}

impl Course {
    /// Goes on by one row, and notes what it tells.
    fn step(&mut self, row: &Entry, note: &mut impl FnMut(Fact, u64)) {
        let now = row.time.seconds();
        match row.activity {
            Accepted | Inappropriate | Refused => self.receive(row, note),
            // The next work of a case taken over falls due at once.
            Assigned => self.between = None,
            AttemptBegins => (self.calls, self.since) = (self.calls + 1, now),
            ContactBegins | TriageBegins => self.since = now,
            Returned => note(Fact::Triage, now - self.since),
            Answered => {
                note(Fact::Answered(self.calls), 1);
                self.contacted = true;
                self.between = Some(Fact::ToAppointment(self.calls));
            }
            NotAnswered => {
                note(Fact::Answered(self.calls), 0);
                note(Fact::CallLength(self.calls), now - self.since);
                (self.since, self.between) = (now, Some(Fact::Gap(self.calls)));
            }
            FallsDue => {
                if let Some(fact) = self.between.take() {
                    note(fact, now - self.since);
                }
            }
            Missed | ContactHeld => self.end_contact(row, note),
            Lapsed if self.last != Some(NotAnswered) || now > self.since => {
                note(Fact::Patience, now - self.received);
            }
            LostAtHandover | ReturnedToList => self.hand_over(row, note),
            DroppedOut => note(Fact::DropsOut(self.held - 1), 1),
            OnwardWaitBegins => (self.onward, self.since) = (true, now),
            Completed => self.complete(now, note),
            _ => {}
        }
        self.last = Some(row.activity);
    }

    fn receive(&mut self, row: &Entry, note: &mut impl FnMut(Fact, u64)) {
        let is_first = row
            .referral
            .is_some_and(|(_, _, generation)| generation == 0);
        self.received = row.time.seconds();
        // A referral's own arrival does not depend on the service; a further one does.
        if is_first {
            note(Fact::Arrival, self.received);
        }
        let inappropriate = row.activity == Inappropriate;
        note(Fact::Inappropriate, u64::from(inappropriate));
    }

    fn end_contact(&mut self, row: &Entry, note: &mut impl FnMut(Fact, u64)) {
        let (now, held) = (row.time.seconds(), self.held);
        let missed = row.activity == Missed;
        note(Fact::Missed(held, self.missed), u64::from(missed));
        if missed {
            note(Fact::MissedLength(held, self.missed), now - self.since);
            self.between = Some(Fact::AfterMissed(held, self.missed));
            self.missed += 1;
        } else {
            note(Fact::Length(held), now - self.since);
            self.between = Some(Fact::Interval(held));
            (self.held, self.missed) = (held + 1, 0);
        }
        if held > 0 && self.added == 0 {
            // Whoever has a contact after another did not drop out before it.
            note(Fact::DropsOut(held - 1), 0);
        }
        self.since = now;
    }

    fn hand_over(&mut self, row: &Entry, note: &mut impl FnMut(Fact, u64)) {
        let lost = row.activity == LostAtHandover;
        self.handovers += 1;
        note(Fact::Lost(self.handovers), u64::from(lost));
        self.added += u32::from(self.contacted);
        self.between = None;
    }

    fn complete(&mut self, now: u64, note: &mut impl FnMut(Fact, u64)) {
        note(Fact::Contacts, u64::from(self.held - self.added));
        // Nothing follows a call that was all; and a handover starts the end anew.
        if self.added == 0 && self.held > 0 {
            note(Fact::Onward, u64::from(self.onward));
            if self.onward {
                note(Fact::OnwardWait, now - self.since);
            }
        }
    }
}
