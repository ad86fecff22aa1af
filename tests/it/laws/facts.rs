//! What is known of each person from the event log, apart from when the service got round to it:
//! the draws that make the person, for law 8.

use std::collections::BTreeMap;

use splw_sim::engine::Activity::{
    Accepted, Answered, Assigned, AttemptBegins, Completed, ContactBegins, ContactHeld, FallsDue,
    Inappropriate, Missed, NotAnswered, OnwardWaitBegins,
};

use crate::support::Told;

/// What is known of a person from the log, apart from when the service got round to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fact {
    /// Seconds of the arrival.
    Arrival,
    /// Whether it is inappropriate.
    Inappropriate,
    /// Whether the n-th call is answered.
    Answered(u32),
    /// Seconds from the n-th call to the next falling due.
    Gap(u32),
    /// Seconds from a contact's end to the next falling due, by contacts held and missed running.
    Interval(u32, u32),
    /// Length of a contact held, by contacts held.
    Length(u32),
    /// Whether a contact is missed, by contacts held and missed running.
    Missed(u32, u32),
    /// Contacts of a completed case.
    Contacts,
    /// Whether an onward wait follows.
    Onward,
    /// Its length.
    OnwardWait,
}

/// Practice, ordinal number there, generation.
type Person = (String, u64, u64);
/// Values of the facts by person.
pub type Facts = BTreeMap<(Person, Fact), u64>;

/// The facts of one person, being gathered.
#[derive(Default)]
struct Course {
    calls: u32,
    held: u32,
    missed: u32,
    since: u64,
    onward: bool,
    between: Option<Fact>,
}

/// The facts that the log of a service tells.
pub fn facts(told: &Told) -> Facts {
    let mut facts = Facts::new();
    let mut courses: BTreeMap<Person, Course> = BTreeMap::new();
    for row in &told.log {
        let Some((practice, ordinal, generation)) = row.referral else {
            continue;
        };
        let practice = told.model.practices[practice.index()].name.clone();
        let (who, now) = ((practice, ordinal, generation), row.time.seconds());
        let course = courses.entry(who.clone()).or_default();
        let mut note = |fact, value| facts.insert((who.clone(), fact), value);
        match row.activity {
            Accepted | Inappropriate => {
                // A referral's own arrival does not depend on the service; a further one does.
                if generation == 0 {
                    note(Fact::Arrival, now);
                }
                note(
                    Fact::Inappropriate,
                    u64::from(row.activity == Inappropriate),
                );
            }
            // The next work of a case taken over falls due at once.
            Assigned => course.between = None,
            AttemptBegins => course.calls += 1,
            Answered => drop(note(Fact::Answered(course.calls), 1)),
            NotAnswered => {
                note(Fact::Answered(course.calls), 0);
                (course.since, course.between) = (now, Some(Fact::Gap(course.calls)));
            }
            FallsDue => {
                if let Some(fact) = course.between.take() {
                    note(fact, now - course.since);
                }
            }
            ContactBegins => course.since = now,
            Missed => {
                note(Fact::Missed(course.held, course.missed), 1);
                course.missed += 1;
                (course.since, course.between) =
                    (now, Some(Fact::Interval(course.held, course.missed)));
            }
            ContactHeld => {
                note(Fact::Length(course.held), now - course.since);
                note(Fact::Missed(course.held, course.missed), 0);
                (course.held, course.missed) = (course.held + 1, 0);
                (course.since, course.between) = (now, Some(Fact::Interval(course.held, 0)));
            }
            OnwardWaitBegins => (course.onward, course.since) = (true, now),
            Completed => {
                note(Fact::Contacts, u64::from(course.held));
                note(Fact::Onward, u64::from(course.onward));
                if course.onward {
                    note(Fact::OnwardWait, now - course.since);
                }
            }
            _ => {}
        }
    }
    facts
}
