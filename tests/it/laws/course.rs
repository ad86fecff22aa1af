//! Each referral follows the legal order of activities: a small machine reads every row of the log.
//! Nobody is contacted twice, nothing comes after the end, whoever acts serves the practice.

use std::cell::Cell;
use std::collections::BTreeMap;

use splw_sim::engine::Activity::{
    self, Accepted, Answered, Assigned, AttemptBegins, Booked, BookingCancelled, Completed,
    ContactBegins, ContactHeld, Disengaged, DroppedOut, FallsDue, Inappropriate, Lapsed,
    LostAtHandover, Missed, NotAnswered, NotReached, OnwardWaitBegins, Refused, Returned,
    ReturnedToList, TriageBegins,
};
use splw_sim::engine::Entry;
use splw_sim::model::{Continuity, PostId, SimTime};

use super::people::{People, Who};
use super::random::on_services;
use crate::support::Told;

/// What may come next for a person after an activity; nothing, where it ends the referral.
fn may_follow(last: Option<Activity>) -> &'static [Activity] {
    match last {
        None => &[Accepted, Inappropriate, Refused],
        Some(Accepted) => &[Assigned, Lapsed],
        Some(Inappropriate) => &[FallsDue],
        // A clinic may have no slot left in the simulated time.
        Some(Assigned) => &[FallsDue, Booked, ReturnedToList, LostAtHandover],
        Some(Booked) => &[
            ContactBegins,
            BookingCancelled,
            ReturnedToList,
            LostAtHandover,
        ],
        Some(BookingCancelled) => &[Booked, ReturnedToList, LostAtHandover],
        Some(FallsDue) => &[
            TriageBegins,
            AttemptBegins,
            ContactBegins,
            Lapsed,
            ReturnedToList,
            LostAtHandover,
        ],
        Some(TriageBegins) => &[Returned],
        Some(AttemptBegins) => &[Answered, NotAnswered],
        Some(Answered) => &[Completed, FallsDue, Booked, ReturnedToList, LostAtHandover],
        Some(NotAnswered) => &[NotReached, Lapsed, FallsDue, ReturnedToList, LostAtHandover],
        Some(ContactBegins) => &[ContactHeld, Missed],
        Some(ContactHeld) => &[
            OnwardWaitBegins,
            Completed,
            DroppedOut,
            FallsDue,
            Booked,
            ReturnedToList,
            LostAtHandover,
        ],
        Some(Missed) => &[Disengaged, FallsDue, Booked, ReturnedToList, LostAtHandover],
        Some(OnwardWaitBegins) => &[Completed, ReturnedToList, LostAtHandover],
        Some(ReturnedToList) => &[Assigned, Lapsed],
        Some(_) => &[],
    }
}

/// How far a person has come.
#[derive(Default)]
struct Course {
    last: Option<Activity>,
    accepted: bool,
    contacted: bool,
    /// Calls by the post that holds the case.
    calls: u32,
    missed_running: u32,
    holder: Option<PostId>,
    /// Who has the work in hand.
    worker: Option<PostId>,
}

impl Course {
    fn step(&mut self, row: &Entry, told: &Told) {
        let model = &told.model;
        let now = row.activity;
        assert!(
            may_follow(self.last).contains(&now),
            "{now:?} after {:?}: {row:?}",
            self.last
        );
        match now {
            Accepted => self.accepted = true,
            TriageBegins => assert!(!self.accepted, "triage of an accepted one: {row:?}"),
            Assigned => (self.holder, self.calls) = (row.post, 0),
            AttemptBegins => {
                assert!(self.accepted && !self.contacted, "called again: {row:?}");
                self.calls += 1;
                assert!(self.calls <= model.first_contact.attempts, "{row:?}");
            }
            Answered => {
                assert!(!self.contacted, "contacted twice: {row:?}");
                self.contacted = true;
            }
            NotReached => assert_eq!(self.calls, model.first_contact.attempts, "{row:?}"),
            Lapsed => assert!(!self.contacted, "lapsed after contact: {row:?}"),
            ContactBegins => assert!(self.contacted, "seen before contact: {row:?}"),
            ContactHeld => self.missed_running = 0,
            Missed => {
                self.missed_running += 1;
                let limit = model
                    .case_types
                    .iter()
                    .map(|it| it.dna_limit.unwrap_or(u32::MAX));
                assert!(Some(self.missed_running) <= limit.max(), "{row:?}");
            }
            _ => {}
        }
        self.check_post(row, model.policy.continuity);
        self.last = Some(now);
    }

    /// The row names the right post: the holder, or whoever has the work in hand.
    fn check_post(&mut self, row: &Entry, continuity: Continuity) {
        match row.activity {
            AttemptBegins | ContactBegins | TriageBegins => {
                if row.activity != TriageBegins && continuity == Continuity::SameWorker {
                    assert_eq!(row.post, self.holder, "{row:?}");
                }
                self.worker = row.post;
            }
            Answered | NotAnswered | ContactHeld | Missed | Returned => {
                assert_eq!(row.post, self.worker, "{row:?}");
            }
            Assigned => assert!(row.post.is_some(), "{row:?}"),
            Accepted | Inappropriate | Refused | FallsDue => assert_eq!(row.post, None, "{row:?}"),
            _ => assert_eq!(row.post, self.holder, "{row:?}"),
        }
        if row.activity == ReturnedToList {
            self.holder = None;
        }
    }
}

/// Whoever is referred again has completed before.
fn check_parent(courses: &BTreeMap<Who, Course>, (practice, ordinal, generation): Who) {
    if generation > 0 {
        let parent = courses.get(&(practice, ordinal, generation - 1));
        let last = parent.and_then(|it| it.last);
        assert_eq!(last, Some(Completed), "{practice} {ordinal} {generation}");
    }
}

fn check_courses(told: &Told, seed: u64) -> u64 {
    let people = People::of(told, seed);
    let mut courses: BTreeMap<Who, Course> = BTreeMap::new();
    for (row, next) in told.log.iter().zip(told.log.iter().skip(1)) {
        assert!(row.time <= next.time, "{row:?} before {next:?}");
    }
    for row in &told.log {
        if let (Some((practice, ..)), Some(post)) = (row.referral, row.post) {
            let serves = &told.model.posts[post.index()].serves;
            // Open cases stay with their worker when practices merge.
            let mergers = told.model.mergers.iter().map(|it| it.at);
            let times = mergers.filter(|at| *at <= row.time).chain([SimTime::ZERO]);
            let mut received_as = times.map(|at| told.model.received_as(practice, at));
            assert!(
                serves.contains(&practice) || received_as.any(|it| serves.contains(&it)),
                "not served: {row:?}"
            );
        }
        let Some(who) = people.who(row) else {
            continue;
        };
        if !courses.contains_key(&who) {
            check_parent(&courses, who);
        }
        courses.entry(who).or_default().step(row, told);
    }
    courses.len() as u64
}

#[test]
fn referrals_follow_the_legal_order() {
    let people = Cell::new(0);
    on_services(2_500, |service| {
        let told = service.tell();
        people.set(people.get() + check_courses(&told, service.seed));
    });
    assert!(people.get() > 50_000, "{people:?}");
}
