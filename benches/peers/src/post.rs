//! What happens at one post, whoever keeps the time: a referral comes, a case falls due, a piece of
//! work begins, a piece of work ends. Each counts its event and keeps the sums of its measures.

use crate::draws::Slot;
use crate::numbers::{CONTACTS, PERIOD_HOURS, PLACES};
use std::collections::VecDeque;

/// A piece of work that can begin.
#[derive(Clone, Copy, Debug)]
pub struct Task {
    /// The place of the case, from 0.
    pub place: usize,
    /// Whether it is the call; otherwise a contact.
    pub is_call: bool,
}

/// A piece of work that has ended, of a case that goes on.
#[derive(Clone, Copy, Debug)]
pub struct Ending {
    /// The place of the case, from 0.
    pub place: usize,
    /// False if a contact was missed.
    pub attended: bool,
}

/// Sums of a post over one replication, up to the end of the period.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sums {
    /// Events: arrivals, ends of work, fallings due.
    pub events: u64,
    /// Calls begun.
    pub calls: u64,
    /// Hours from referral to the beginning of the call, summed over calls begun.
    pub wait_hours: f64,
    /// Hours for which places were held.
    pub open_hours: f64,
    /// Hours worked.
    pub worked_hours: f64,
}

#[derive(Clone, Copy, Debug, Default)]
struct Case {
    referred: f64,
    is_called: bool,
    contacts: u8,
}

/// A post with its waiting list and its cases.
#[derive(Clone, Debug)]
pub struct Post {
    waiting: VecDeque<f64>,
    free: Vec<usize>,
    cases: [Case; PLACES],
    due: VecDeque<usize>,
    at_work: Option<Ending>,
    sums: Sums,
}

impl Default for Post {
    fn default() -> Self {
        Self {
            waiting: VecDeque::new(),
            free: (0..PLACES).collect(),
            cases: [Case::default(); PLACES],
            due: VecDeque::new(),
            at_work: None,
            sums: Sums::default(),
        }
    }
}

impl Post {
    /// Event: a referral comes at `now` (hours).
    pub fn receive(&mut self, now: f64) {
        self.sums.events += 1;
        match self.free.pop() {
            Some(place) => self.open(place, now, now),
            None => self.waiting.push_back(now),
        }
    }

    /// Event: the case in `place` falls due.
    pub fn fall_due(&mut self, place: usize) {
        self.sums.events += 1;
        self.due.push_back(place);
    }

    /// What the post turns to, if it is free and anything is due; [`Post::begin`] must follow.
    pub fn next_task(&mut self) -> Option<Task> {
        if self.at_work.is_some() {
            return None;
        }
        let place = self.due.pop_front()?;
        Some(Task {
            place,
            is_call: !self.cases[place].is_called,
        })
    }

    /// Begins `task` at `now` (hours).
    pub fn begin(&mut self, task: Task, slot: Slot, now: f64) {
        if task.is_call {
            self.sums.calls += 1;
            self.sums.wait_hours += now - self.cases[task.place].referred;
        }
        self.sums.worked_hours += slot.hours.min(PERIOD_HOURS - now);
        self.at_work = Some(Ending {
            place: task.place,
            attended: slot.attended,
        });
    }

    /// Event: the work in hand ends at `now` (hours); what ended, if the case goes on.
    pub fn end(&mut self, now: f64) -> Option<Ending> {
        self.sums.events += 1;
        let ending = self.at_work.take().expect("work ends once it has begun");
        let case = &mut self.cases[ending.place];
        if !case.is_called {
            case.is_called = true;
        } else if ending.attended {
            case.contacts += 1;
        }
        if case.contacts < CONTACTS {
            return Some(ending);
        }
        self.close(ending.place, now);
        None
    }

    /// The sums so far.
    pub fn sums(&self) -> Sums {
        self.sums
    }

    fn open(&mut self, place: usize, referred: f64, now: f64) {
        self.cases[place] = Case {
            referred,
            ..Case::default()
        };
        self.due.push_back(place);
        self.sums.open_hours += PERIOD_HOURS - now;
    }

    fn close(&mut self, place: usize, now: f64) {
        self.sums.open_hours -= PERIOD_HOURS - now;
        match self.waiting.pop_front() {
            Some(referred) => self.open(place, referred, now),
            None => self.free.push(place),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn works(post: &mut Post, now: f64, hours: f64, attended: bool) -> Option<Ending> {
        let task = post.next_task().expect("something is due");
        post.begin(task, Slot { hours, attended }, now);
        post.end(now + hours)
    }

    /// Worked by hand: received at 1 h, called from 1 h to 1.5 h, then a missed contact of 0.25 h
    /// and six of 1 h, which begin at 100 h, 200 h, ..., 700 h: the place is free at 701 h.
    #[test]
    fn a_case_holds_its_place_until_its_sixth_contact_ends() {
        let mut post = Post::default();
        // It takes the last of the free places.
        post.receive(1.0);
        assert!(works(&mut post, 1.0, 0.5, true).is_some());
        for contact in 1..=7_u8 {
            post.fall_due(PLACES - 1);
            let is_missed = contact == 1;
            let hours = if is_missed { 0.25 } else { 1.0 };
            let ending = works(&mut post, 100.0 * f64::from(contact), hours, !is_missed);
            assert_eq!(ending.is_some(), contact < 7);
        }
        let sums = post.sums();
        assert_eq!((sums.events, sums.calls), (1 + 1 + 2 * 7, 1));
        assert!((sums.open_hours - 700.0).abs() < 1e-9, "{sums:?}");
        assert!((sums.worked_hours - 6.75).abs() < 1e-9, "{sums:?}");
        assert!(sums.wait_hours.abs() < 1e-9, "{sums:?}");
    }

    #[test]
    fn the_forty_first_waits_until_a_place_is_free() {
        let mut post = Post::default();
        for number in 0..=PLACES {
            post.receive(number as f64);
        }
        assert_eq!((post.free.len(), post.waiting.len()), (0, 1));
        let first = post.next_task().expect("forty calls are due");
        post.cases[first.place].is_called = true;
        post.cases[first.place].contacts = CONTACTS - 1;
        let slot = Slot {
            hours: 1.0,
            attended: true,
        };
        post.begin(first, slot, 50.0);
        assert!(post.end(51.0).is_none());
        assert_eq!((post.free.len(), post.waiting.len()), (0, 0));
        // Forty calls are due again, the last that of the one who waited.
        assert_eq!(
            (post.due.len(), post.due.back()),
            (PLACES, Some(&first.place))
        );
    }
}
