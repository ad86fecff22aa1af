//! The most people that were on a waiting list at one time.
//!
//! On the lists of the PCN, of a case type or of a source are people of all practices, and parts of
//! the network are simulated one after the other ([`super::parts`]). So who joins and who leaves is
//! put down, where there are several, and gone through in order of time at the end of every week.
//! What counts at an instant are those who wait after all that happens at it, in whatever order; and,
//! as the period opens, those who wait then.

use super::observations::Observations;
use super::register::Scopes;
use super::tallies::ScopeTally;
use crate::model::SimTime;

/// Somebody joins a waiting list or leaves it.
#[derive(Clone, Copy, Debug)]
struct Change {
    at: SimTime,
    scopes: Scopes,
    joins: bool,
}

/// Of each scope: how many wait, and the most that did.
#[derive(Clone, Debug, Default)]
pub struct Peaks {
    /// Whether what happens comes in order of time.
    is_in_order: bool,
    /// What has not been gone through, where it does not.
    changes: Vec<Change>,
    /// The PCN, practices, case types and sources.
    scopes: Vec<Peak>,
    /// Where case types begin, and where sources do.
    case_types: usize,
    sources: usize,
}

#[derive(Clone, Copy, Debug, Default)]
struct Peak {
    waiting: u64,
    since: SimTime,
    most: u64,
}

impl Peak {
    #[inline]
    fn change(&mut self, at: SimTime, joins: bool) {
        self.settle(at);
        match joins {
            true => self.waiting += 1,
            false => self.waiting -= 1,
        }
    }

    /// As many as now have waited up to `until`.
    #[inline]
    fn settle(&mut self, until: SimTime) {
        if self.waiting > self.most && until > self.since {
            self.most = self.waiting;
        }
        self.since = until;
    }
}

/// The tallies of `seen` in the order of [`Peaks::scopes`].
fn tallies(seen: &mut Observations) -> impl Iterator<Item = &mut ScopeTally> {
    let scopes = std::iter::once(&mut seen.pcn).chain(&mut seen.practices);
    scopes.chain(&mut seen.case_types).chain(&mut seen.sources)
}

impl Peaks {
    /// For the scopes of `seen`; `is_in_order` where there is one part.
    #[must_use]
    pub fn new(seen: &Observations, is_in_order: bool) -> Self {
        let case_types = 1 + seen.practices.len();
        let sources = case_types + seen.case_types.len();
        Self {
            is_in_order,
            changes: Vec::new(),
            scopes: vec![Peak::default(); sources + seen.sources.len()],
            case_types,
            sources,
        }
    }

    /// Nobody waits.
    pub fn clear(&mut self) {
        self.changes.clear();
        self.scopes.fill(Peak::default());
    }

    /// Somebody joins a waiting list or leaves it.
    #[inline]
    pub fn note(&mut self, at: SimTime, scopes: Scopes, joins: bool) {
        let change = Change { at, scopes, joins };
        match self.is_in_order {
            true => self.apply(change),
            false => self.changes.push(change),
        }
    }

    fn apply(&mut self, Change { at, scopes, joins }: Change) {
        let concerned = [
            0,
            1 + scopes.practice.index(),
            self.case_types + scopes.case_type.index(),
            // Of people who are there at the start, and of a single source, there is none.
            self.sources + scopes.source.index(),
        ];
        for scope in concerned {
            if let Some(peak) = self.scopes.get_mut(scope) {
                peak.change(at, joins);
            }
        }
    }

    /// Goes through what has happened up to `now`, in all parts of the network.
    pub fn advance(&mut self, now: SimTime) {
        let mut changes = std::mem::take(&mut self.changes);
        // Stable: whoever leaves at the instant of joining leaves after it.
        changes.sort_by_key(|change| change.at);
        changes.drain(..).for_each(|change| self.apply(change));
        self.changes = changes;
        self.scopes.iter_mut().for_each(|peak| peak.settle(now));
    }

    /// The period opens: the most are those who wait now.
    pub fn open(&mut self) {
        for peak in &mut self.scopes {
            peak.most = peak.waiting;
        }
    }

    /// Writes the most of each scope into its tally.
    pub fn tell(&self, seen: &mut Observations) {
        for (tally, peak) in tallies(seen).zip(&self.scopes) {
            tally.most_waiting = peak.most;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{CaseTypeId, PracticeId, SourceId};

    fn seen() -> Observations {
        Observations {
            practices: vec![ScopeTally::default(); 2],
            case_types: vec![ScopeTally::default(); 2],
            ..Observations::default()
        }
    }

    const fn of(practice: u32) -> Scopes {
        Scopes {
            practice: PracticeId(practice),
            case_type: CaseTypeId(1),
            source: SourceId(0),
        }
    }

    /// Whoever joins at 1 and leaves at 3 in the first practice, at 2 and 4 in the second, is one of
    /// two from 2 to 3, in whatever order that is told. Two who join the first at 5 and leave at 5
    /// have not waited.
    #[test]
    fn most_are_counted_in_order_of_time_and_at_the_end_of_instants() {
        let first = [
            (1, true),
            (3, false),
            (5, true),
            (5, true),
            (5, false),
            (5, false),
        ];
        let second = [(2, true), (4, false)];
        let changes = |practice, of_it: &[(u64, bool)]| -> Vec<(u64, u32, bool)> {
            of_it
                .iter()
                .map(|(at, joins)| (*at, practice, *joins))
                .collect()
        };
        let by_part = [changes(0, &first), changes(1, &second)].concat();
        let mut by_time = by_part.clone();
        by_time.sort_by_key(|(at, ..)| *at);
        for (is_in_order, changes) in [(false, by_part), (true, by_time)] {
            let mut seen = seen();
            let mut peaks = Peaks::new(&seen, is_in_order);
            for (at, practice, joins) in changes {
                peaks.note(SimTime::from_seconds(at), of(practice), joins);
            }
            peaks.advance(SimTime::from_seconds(6));
            peaks.tell(&mut seen);
            let most = |tallies: &[ScopeTally]| -> Vec<u64> {
                tallies.iter().map(|tally| tally.most_waiting).collect()
            };
            assert_eq!(seen.pcn.most_waiting, 2);
            assert_eq!(most(&seen.practices), [1, 1]);
            assert_eq!(most(&seen.case_types), [0, 2]);
        }
    }

    /// Three wait before the period opens, two as it does, one from then on.
    #[test]
    fn those_who_wait_as_the_period_opens_count_and_those_before_do_not() {
        let mut seen = seen();
        let mut peaks = Peaks::new(&seen, true);
        let note = |peaks: &mut Peaks, at, joins| {
            peaks.note(SimTime::from_seconds(at), of(0), joins);
        };
        (1..=3).for_each(|at| note(&mut peaks, at, true));
        note(&mut peaks, 6, false);
        peaks.advance(SimTime::from_seconds(10));
        peaks.open();
        note(&mut peaks, 10, false);
        peaks.advance(SimTime::from_seconds(20));
        peaks.tell(&mut seen);
        assert_eq!(seen.pcn.most_waiting, 2);
        assert_eq!(seen.practices[1].most_waiting, 0);
    }
}
