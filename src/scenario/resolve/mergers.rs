//! Mergers of practices: in order of time, each practice at most once merged away.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::Resolver;
use super::clock::Clock;
use super::names::{Names, practices};
use crate::model::{Merger, PracticeId};
use crate::scenario::file::{MergerTable, ScenarioFile};
use crate::scenario::finding::Finding;
use crate::scenario::node::Place;
use crate::scenario::reader::Written;

/// The mergers; those after the simulated time are left out, and noted.
pub fn mergers(file: &ScenarioFile, clock: &Clock, names: &Names, r: &mut Resolver) -> Vec<Merger> {
    let mut tables: Vec<&MergerTable> = file.mergers.items().iter().collect();
    tables.sort_by_key(|table| table.date.peek().copied());
    let mut once = Once::default();
    let count = file.practices.items().len();
    let read = tables.into_iter().filter_map(|table| {
        let members = members(table, names, count, r);
        let into = into(table, &members, names, r);
        let date = table.date.given()?;
        once.check(table, date, &members, r);
        let into = into?;
        once.note(date, &members, into);
        let day = clock.day_of(date.value);
        note_outside(table, day, clock, r);
        let others = members.into_iter().filter(|member| *member != into);
        (!clock.is_after_all(day)).then(|| Merger {
            at: clock.midnight(day),
            others: others.collect(),
            into,
        })
    });
    read.collect()
}

fn members(table: &MergerTable, names: &Names, count: usize, r: &mut Resolver) -> Vec<PracticeId> {
    let Some(Written { value, at }) = table.practices.given() else {
        return Vec::new();
    };
    if value.len() < 2 {
        let finding = Finding::at(at, "names fewer than two practices");
        r.findings
            .add(finding.allowed("at least two practices, of which `into` is one"));
    }
    practices(Some(value), names, count, &mut r.findings)
}

fn into(
    table: &MergerTable,
    members: &[PracticeId],
    names: &Names,
    r: &mut Resolver,
) -> Option<PracticeId> {
    let name = table.into.name()?;
    let into = PracticeId(names.find(name, &mut r.findings)? as u32);
    if !members.contains(&into) && table.practices.given().is_some() {
        let finding = Finding::at(&name.at, "is none of the `practices` that merge");
        let finding = finding.found(crate::scenario::text::quoted(&format!(
            "\"{}\"",
            name.value
        )));
        r.findings
            .add(finding.allowed("one of the `practices` of this merger"));
    }
    Some(into)
}

/// What mergers did to practices so far.
#[derive(Debug, Default)]
struct Once {
    /// Where the practice was merged away.
    gone: BTreeMap<PracticeId, Place>,
    /// Where and when it last was part of a merger.
    last: BTreeMap<PracticeId, (Date, Place)>,
}

impl Once {
    /// Reports practices that are no more, or that merge twice on one day.
    fn check(
        &self,
        table: &MergerTable,
        date: &Written<Date>,
        members: &[PracticeId],
        r: &mut Resolver,
    ) {
        let Some(practices) = table.practices.given() else {
            return;
        };
        let gone = members.iter().find_map(|member| self.gone.get(member));
        let same_day = members.iter().find_map(|member| {
            let (day, place) = self.last.get(member)?;
            (*day == date.value).then_some(place)
        });
        let (words, place) = match (gone, same_day) {
            (Some(place), _) => ("name a practice that has merged into another before", place),
            (None, Some(place)) => ("name a practice that merges twice on one day", place),
            (None, None) => return,
        };
        let finding = Finding::at(&practices.at, words);
        let hint = "a practice merges into another once; name the one that stands for all then";
        r.findings.add(finding.hint(hint).first_given(*place));
    }

    /// Notes a merger at the date's place.
    fn note(&mut self, date: &Written<Date>, members: &[PracticeId], into: PracticeId) {
        for member in members {
            self.last.insert(*member, (date.value, date.at.place));
            if *member != into {
                self.gone.insert(*member, date.at.place);
            }
        }
    }
}

fn note_outside(table: &MergerTable, day: i64, clock: &Clock, r: &mut Resolver) {
    let path = &table.at.path;
    if day < 0 {
        r.notes.push(format!(
            "{path} lies before the simulated time: its practices are one from the beginning."
        ));
    } else if clock.is_after_all(day) {
        r.notes.push(format!(
            "{path} lies after the simulated time and has no effect."
        ));
    }
}
