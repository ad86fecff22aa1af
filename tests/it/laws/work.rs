//! Work, read from the log: a post has at most one piece in hand, begins none outside its window, nor as it closes,
//! and takes up what comes first by the order of work among all that is due and its own to do.

use std::cell::Cell;
use std::collections::BTreeMap;

use splw_sim::engine::Activity::{
    Accepted, Answered, Assigned, AttemptBegins, Completed, ContactBegins, ContactHeld, FallsDue,
    HolderLeaves, Inappropriate, Lapsed, LostAtHandover, Missed, NotAnswered, PostEnds, PostFilled,
    PostStarts, Returned, ReturnedToList, TriageBegins, WindowCloses, WindowOpens,
};
use splw_sim::engine::Entry;
use splw_sim::model::{
    CalendarKind, Continuity, OrderOfWork, PostId, PracticeId, SimDuration, SimTime,
};

use super::people::{People, Who};
use super::random::on_services;
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
            chosen: 0,
        }
    }

    fn step(&mut self, row: &Entry) {
        self.windows(row);
        match (row.activity, row.post) {
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
            Accepted | Answered | NotAnswered | Missed => {}
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
    fn may_do(&self, post: PostId, case: &Case) -> Option<bool> {
        let is_anybodys =
            case.is_triage || self.told.model.policy.continuity == Continuity::AnyWorker;
        let serves = &self.told.model.posts[post.index()].serves;
        match is_anybodys {
            true => case.received_as.map(|practice| serves.contains(&practice)),
            false => Some(case.holder == Some(post)),
        }
    }

    fn check_order(&mut self, row: &Entry, post: PostId) {
        let Some(who) = self.people.who(row) else {
            return;
        };
        let case = self.cases[&who];
        let due = case.due.expect("work that begins was due");
        let may_do = self.may_do(post, &case);
        assert!(may_do != Some(false), "not its to do: {row:?}");
        let turn = self.turn(&case, due);
        let mut others = self.cases.iter().filter_map(|(other, case)| {
            let due = case
                .due
                .filter(|_| *other != who && self.may_do(post, case) == Some(true))?;
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
