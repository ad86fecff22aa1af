//! Work, read from the log: a post has at most one piece in hand, begins none outside its window,
//! nor as it closes, and takes up what comes first by the order of work among all that is due, its
//! own to do and possible where it is by its rota.

use std::cell::Cell;
use std::collections::BTreeMap;

use splw_sim::engine::Activity::{
    Accepted, Answered, Assigned, AttemptBegins, Completed, ContactBegins, ContactHeld, FallsDue,
    HolderLeaves, Inappropriate, Lapsed, LostAtHandover, Missed, NotAnswered, PostEnds, PostFilled,
    PostStarts, Returned, ReturnedToList, TravelBegins, TravelEnds, TriageBegins, WindowCloses,
    WindowOpens,
};
use splw_sim::engine::Entry;
use splw_sim::model::{
    CalendarKind, Continuity, OrderOfWork, PostId, PracticeId, SimDuration, SimTime,
};

use super::people::{People, Who};
use super::random::on_services;
use super::whereabouts::Whereabouts;
use crate::support::Told;

const FOLLOW_UP: u8 = 0;
const NEW: u8 = 1;
const TRIAGE: u8 = 2;

/// What is known of a person's work.
#[derive(Clone, Copy)]
struct Case {
    is_triage: bool,
    /// The practice whose posts do the work that is anybody's; unknown where it was decided at the
    /// instant of a merger.
    received_as: Option<PracticeId>,
    is_contacted: bool,
    contacts_held: u32,
    holder: Option<PostId>,
    due: Option<SimTime>,
}

/// What a post has in hand, by the row that began it.
#[derive(Clone, Copy)]
struct InHand {
    began: Entry,
    /// An answered call: the log does not tell its end.
    is_answered: bool,
}

/// Diaries and hands as the log tells them.
struct Work<'a> {
    told: &'a Told,
    people: People<'a>,
    cases: BTreeMap<Who, Case>,
    hands: Vec<Option<InHand>>,
    on_duty: Vec<bool>,
    whereabouts: Whereabouts<'a>,
    chosen: u64,
}

impl<'a> Work<'a> {
    fn new(told: &'a Told, seed: u64) -> Self {
        // Posts that are on duty round the clock have no windows to tell of.
        let always = told.model.calendar.kind() == CalendarKind::AlwaysOpen;
        Self {
            told,
            people: People::of(told, seed),
            cases: BTreeMap::new(),
            hands: vec![None; told.model.posts.len()],
            on_duty: vec![always; told.model.posts.len()],
            whereabouts: Whereabouts::of(told),
            chosen: 0,
        }
    }

    fn step(&mut self, row: &Entry) {
        self.windows(row);
        self.travel(row);
        match (row.activity, row.post) {
            // Clinics have laws of their own, below.
            (ContactBegins | ContactHeld | Missed, Some(post)) if self.has_clinics(post) => {}
            (AttemptBegins | ContactBegins | TriageBegins, Some(post)) => {
                self.check_order(row, post);
                self.take_in_hand(row, post);
            }
            (NotAnswered | ContactHeld | Missed | Returned, Some(post)) => {
                let began = self.hands[post.index()].take().map(|it| it.began.referral);
                assert_eq!(began, Some(row.referral), "not in hand: {row:?}");
            }
            (Answered, Some(post)) => {
                if let Some(hand) = &mut self.hands[post.index()] {
                    hand.is_answered = true;
                }
            }
            // A case without contacts is completed as its call ends, whoever made it.
            (Completed, _) => self.hands.iter_mut().for_each(|hand| {
                hand.take_if(|it| it.is_answered && it.began.referral == row.referral);
            }),
            _ => {}
        }
        if let Some(who) = self.people.who(row) {
            self.follow(row, who);
        }
    }

    fn has_clinics(&self, post: PostId) -> bool {
        !self.told.model.posts[post.index()].clinics.is_empty()
    }

    /// A worker travels in its window and with nothing in hand, and to work begun after a change of
    /// site it has travelled.
    fn travel(&mut self, row: &Entry) {
        if let (TravelBegins, Some(post)) = (row.activity, row.post) {
            assert!(self.on_duty[post.index()], "off duty: {row:?}");
            self.take_in_hand(row, post);
        }
        if let (TravelEnds, Some(post)) = (row.activity, row.post) {
            self.hands[post.index()] = None;
        }
        self.whereabouts.step(row);
    }

    fn windows(&mut self, row: &Entry) {
        let is_england = self.told.model.calendar.kind() == CalendarKind::England;
        if let (WindowCloses, Some(post)) = (row.activity, row.post)
            && let Some(hand) = self.hands[post.index()]
        {
            let began = hand.began.time;
            assert!(began < row.time, "begun as the window closes: {row:?}");
        }
        match (row.activity, row.post) {
            (WindowOpens, Some(post)) => self.on_duty[post.index()] = true,
            (WindowCloses | PostEnds | HolderLeaves, Some(post)) if is_england => {
                self.on_duty[post.index()] = false;
            }
            (PostStarts | PostFilled, _) | (_, None) => {}
            (ContactBegins, Some(post)) if self.has_clinics(post) => {}
            (AttemptBegins | ContactBegins | TriageBegins, Some(post)) => {
                assert!(self.on_duty[post.index()], "off duty: {row:?}");
            }
            _ => {}
        }
    }

    /// What is known of the person after the row.
    fn follow(&mut self, row: &Entry, who: Who) {
        let home = self.people.received_as(&who, row.time);
        let is_known = !self.people.merge_at(row.time);
        let case = self.cases.entry(who).or_insert(Case {
            is_triage: row.activity == Inappropriate,
            received_as: Some(home),
            is_contacted: false,
            contacts_held: 0,
            holder: None,
            due: None,
        });
        match row.activity {
            Assigned => {
                (case.holder, case.received_as) = (row.post, Some(home).filter(|_| is_known));
            }
            FallsDue => case.due = Some(row.time),
            ContactHeld => case.contacts_held += 1,
            AttemptBegins | ContactBegins | TriageBegins => case.due = None,
            Answered => case.is_contacted = true,
            Accepted | NotAnswered | Missed => {}
            Lapsed | LostAtHandover | ReturnedToList => case.due = None,
            _ => {}
        }
    }

    fn take_in_hand(&mut self, row: &Entry, post: PostId) {
        if let Some(hand) = self.hands[post.index()] {
            assert!(hand.is_answered, "{row:?} while in hand: {:?}", hand.began);
            let length = self.told.model.first_contact.attempt_minutes.is_constant();
            let length = SimDuration::from_units(length.unwrap_or(0.0), 60);
            let ends = hand.began.time + length;
            assert!(
                row.time >= ends,
                "{row:?} while on the telephone: {:?}",
                hand.began
            );
        }
        self.hands[post.index()] = Some(InHand {
            began: *row,
            is_answered: false,
        });
    }

    /// Which work comes first for whoever may do it: the least.
    fn turn(&self, case: &Case, due: SimTime) -> (usize, SimTime) {
        let rank = match case {
            Case {
                is_triage: true, ..
            } => TRIAGE,
            Case {
                contacts_held: 0, ..
            } => NEW,
            Case { .. } => FOLLOW_UP,
        };
        let place = match self.told.model.policy.order_of_work {
            OrderOfWork::FollowUpsFirst => {
                [FOLLOW_UP, NEW, TRIAGE].iter().position(|it| *it == rank)
            }
            OrderOfWork::NewFirst => [NEW, TRIAGE, FOLLOW_UP].iter().position(|it| *it == rank),
            OrderOfWork::OldestDueFirst => None,
        };
        (place.unwrap_or(0), due)
    }

    /// Whether it is this post's to do, where that is known.
    fn may_do(&self, post: PostId, who: &Who, case: &Case) -> Option<bool> {
        let is_anybodys =
            case.is_triage || self.told.model.policy.continuity == Continuity::AnyWorker;
        let serves = &self.told.model.posts[post.index()].serves;
        match is_anybodys {
            true => case.received_as.map(|practice| serves.contains(&practice)),
            false => Some(case.holder == Some(post) && self.is_possible_here(post, who, case)),
        }
    }

    /// Whether the next work of a case can be done where its post is.
    fn is_possible_here(&self, post: PostId, who: &Who, case: &Case) -> bool {
        let Some(rota) = &self.told.model.posts[post.index()].rota else {
            return true;
        };
        let Some(site) = rota
            .site_of(PracticeId(who.0))
            .filter(|_| case.is_contacted)
        else {
            return true;
        };
        let case_type = &self.told.model.case_types[self.people.case_type(*who)];
        let share = case_type.face_to_face_share;
        let waits = self.people.is_face_to_face(*who, case.contacts_held, share);
        !waits || self.whereabouts.site(post) == Some(site)
    }

    fn check_order(&mut self, row: &Entry, post: PostId) {
        if !self.whereabouts.is_known(post) {
            return;
        }
        let Some(who) = self.people.who(row) else {
            return;
        };
        let case = self.cases[&who];
        let due = case.due.expect("work that begins was due");
        let may_do = self.may_do(post, &who, &case);
        assert!(may_do != Some(false), "not its to do: {row:?}");
        let turn = self.turn(&case, due);
        let mut others = self.cases.iter().filter_map(|(other, case)| {
            let due = case
                .due
                .filter(|_| *other != who && self.may_do(post, other, case) == Some(true))?;
            Some((other, self.turn(case, due)))
        });
        let passed_over = others.find(|(_, theirs)| *theirs < turn);
        assert!(
            passed_over.is_none(),
            "{row:?} {turn:?} before {passed_over:?}"
        );
        self.chosen += u64::from(due < row.time);
    }
}

#[test]
fn work_is_done_one_at_a_time_and_in_order() {
    let chosen = Cell::new(0);
    on_services(2_500, |service| {
        let told = service.tell();
        let mut work = Work::new(&told, service.seed);
        told.log.iter().for_each(|row| work.step(row));
        chosen.set(chosen.get() + work.chosen);
    });
    assert!(chosen.get() > 50_000, "{chosen:?}");
}

/// When a post with clinics had what in hand, as far as the log tells both ends: pieces of work that
/// took time, those of a group once.
fn pieces(told: &Told, seed: u64) -> BTreeMap<u32, Vec<(SimTime, SimTime)>> {
    let people = People::of(told, seed);
    let mut begun: BTreeMap<Who, SimTime> = BTreeMap::new();
    let mut pieces: BTreeMap<u32, Vec<(SimTime, SimTime)>> = BTreeMap::new();
    for row in &told.log {
        let (Some(who), Some(post)) = (people.who(row), row.post) else {
            continue;
        };
        if told.model.posts[post.index()].clinics.is_empty() {
            continue;
        }
        match row.activity {
            AttemptBegins | ContactBegins | TriageBegins => drop(begun.insert(who, row.time)),
            NotAnswered | ContactHeld | Missed | Returned => {
                let began = begun[&who];
                let of_post = pieces.entry(post.0).or_default();
                of_post.extend((began < row.time).then_some((began, row.time)));
            }
            _ => {}
        }
    }
    for of_post in pieces.values_mut() {
        of_post.sort_unstable();
        of_post.dedup();
    }
    pieces
}

/// Two pieces of work at once are one group: they begin and end together.
#[test]
fn clinics_see_one_person_or_group_at_a_time() {
    let checked = Cell::new(0);
    on_services(2_500, |service| {
        if !service.text.contains("\nclinics = ") {
            return;
        }
        let told = service.tell();
        for (post, pieces) in pieces(&told, service.seed) {
            for pair in pieces.windows(2) {
                assert!(pair[0].1 <= pair[1].0, "post {post}: {pair:?}");
                checked.set(checked.get() + 1);
            }
        }
    });
    assert!(checked.get() > 5_000, "{checked:?}");
}
