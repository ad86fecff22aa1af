//! Booked clinics as a plan, and who is booked into which slot.
//!
//! The slots of a post are numbered in time: week by week, and within the week as its clinics hold
//! them. People who need the same slots form a class (of practice, least length, group or not). Each
//! class keeps one bit for each of its slots that has room, so that the first slot with room from a
//! day on is found 64 slots at a time, and from the first that may have room, however many weeks are
//! booked. Weeks are added as somebody looks beyond the last.

use std::collections::BTreeMap;

use crate::model::clinic::free_time;
use crate::model::time::{SECONDS_PER_DAY, SECONDS_PER_WEEK};
use crate::model::{Clinic, Day, Model, Post, SimDuration, SimTime};

/// Not booked, or nobody is booked.
pub const NOBODY: u32 = u32::MAX;

/// What a contact needs a slot for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// A first appointment.
    First,
    /// A follow-up.
    FollowUp,
    /// A first appointment in a group.
    Group,
}

/// A slot of the week.
#[derive(Clone, Copy, Debug)]
pub struct WeekSlot {
    /// When it begins, from the midnight that opens Monday.
    pub begins: SimDuration,
    /// How long it is.
    pub length: SimDuration,
    /// Position of its clinic.
    pub clinic: usize,
    /// Number of its first place among those of the week.
    pub first_place: u32,
    /// People who may be booked into it.
    pub places: u32,
    /// Whether these are seen at once.
    pub is_group: bool,
}

/// A weekday with clinics, times from midnight.
#[derive(Clone, Debug)]
pub struct ClinicDay {
    /// When the first of its stretches begins.
    pub opens: SimDuration,
    /// Free time before anything is taken back.
    pub free: Vec<(SimDuration, SimDuration)>,
    /// Its slots among those of the week.
    pub slots: std::ops::Range<usize>,
}

/// The clinics of a post, made ready.
#[derive(Clone, Debug)]
pub struct ClinicPlan {
    /// Slots of a week in time.
    pub slots: Vec<WeekSlot>,
    /// Weekdays with clinics, Monday first.
    pub days: [Option<ClinicDay>; 7],
    /// Places in all slots of a week.
    pub places_a_week: u32,
    /// Slots of the week that serve a class.
    classes: Vec<Vec<usize>>,
    /// The class of a practice, a case type and a need; none where no slot serves.
    class_of: BTreeMap<(u32, u16, Need), usize>,
    /// Weekday of the first simulated day.
    first_weekday: usize,
    /// Weeks that reach into the simulated time.
    weeks: usize,
}

impl ClinicPlan {
    /// The plan of a post with clinics; `None` for others.
    #[must_use]
    pub fn new(model: &Model, post: &Post) -> Option<Self> {
        let mut clinics: Vec<&Clinic> = post.clinics.iter().collect();
        clinics.sort_by_key(|clinic| (clinic.weekday, clinic.opens));
        let slots = week_slots(&clinics);
        let last = slots.last()?;
        let first_weekday = model.calendar.weekday(Day(0));
        let mut plan = Self {
            places_a_week: last.first_place + last.places,
            days: std::array::from_fn(|weekday| clinic_day(post, &clinics, &slots, weekday)),
            classes: Vec::new(),
            class_of: BTreeMap::new(),
            first_weekday,
            weeks: (model.days() as usize + first_weekday).div_ceil(7),
            slots,
        };
        plan.find_classes(model, post, &clinics);
        Some(plan)
    }

    fn find_classes(&mut self, model: &Model, post: &Post, clinics: &[&Clinic]) {
        let mut known: BTreeMap<Vec<usize>, usize> = BTreeMap::new();
        for practice in &post.serves {
            for (case_type, case) in model.case_types.iter().enumerate() {
                let first = SimDuration::from_minutes(case.first_appointment_minutes.mean());
                let follow_up = SimDuration::from_minutes(case.follow_up_minutes.mean());
                let needs = [
                    (Need::First, first),
                    (Need::FollowUp, follow_up),
                    (Need::Group, first),
                ];
                for (need, length) in needs {
                    let serves = |slot: &WeekSlot| {
                        let of = clinics[slot.clinic].practice;
                        of.is_none_or(|of| of == *practice)
                            && slot.is_group == (need == Need::Group)
                            && slot.length >= length
                    };
                    let slots: Vec<usize> = (0..self.slots.len())
                        .filter(|slot| serves(&self.slots[*slot]))
                        .collect();
                    if slots.is_empty() {
                        continue;
                    }
                    let next = self.classes.len();
                    let class = *known.entry(slots.clone()).or_insert(next);
                    if class == next {
                        self.classes.push(slots);
                    }
                    self.class_of
                        .insert((practice.0, case_type as u16, need), class);
                }
            }
        }
    }

    /// The class of a practice's people of a case type with a need, if any slot serves it.
    #[must_use]
    pub fn class(&self, practice: u32, case_type: u16, need: Need) -> Option<usize> {
        self.class_of.get(&(practice, case_type, need)).copied()
    }

    /// The week and the time within it of an instant.
    #[must_use]
    pub const fn week_of(&self, time: SimTime) -> (usize, u64) {
        let seconds = time.seconds() + self.first_weekday as u64 * SECONDS_PER_DAY;
        (
            (seconds / SECONDS_PER_WEEK) as usize,
            seconds % SECONDS_PER_WEEK,
        )
    }

    /// The day of a slot of a week, if it is simulated.
    fn day_of(&self, week: usize, slot: usize) -> Option<Day> {
        let day = week * 7 + (self.slots[slot].begins.seconds() / SECONDS_PER_DAY) as usize;
        day.checked_sub(self.first_weekday)
            .map(|day| Day(day as u32))
    }
}

fn week_slots(clinics: &[&Clinic]) -> Vec<WeekSlot> {
    let mut slots = Vec::new();
    let mut first_place = 0;
    for (position, clinic) in clinics.iter().enumerate() {
        let day = SimDuration::from_seconds(clinic.weekday as u64 * SECONDS_PER_DAY);
        let mut begins = day + clinic.opens;
        for (number, length) in clinic.slots.iter().enumerate() {
            let places = clinic.room_in(number);
            slots.push(WeekSlot {
                begins,
                length: *length,
                clinic: position,
                first_place,
                places,
                is_group: clinic.is_group(),
            });
            begins += *length;
            first_place += places;
        }
    }
    slots
}

fn clinic_day(
    post: &Post,
    clinics: &[&Clinic],
    slots: &[WeekSlot],
    weekday: usize,
) -> Option<ClinicDay> {
    let today = clinics.iter().copied().filter(|it| it.weekday == weekday);
    let first = today.clone().next()?.opens;
    let is_before = |day: usize| move |slot: &WeekSlot| clinics[slot.clinic].weekday < day;
    let free = free_time(post.window_opens, post.client_time[weekday], today);
    Some(ClinicDay {
        opens: free.first().map_or(first, |(from, _)| first.min(*from)),
        free,
        slots: slots.partition_point(is_before(weekday))
            ..slots.partition_point(is_before(weekday + 1)),
    })
}

/// Slots of a class that have room.
#[derive(Clone, Debug, Default)]
struct Room {
    words: Vec<u64>,
    /// No word before this one has a slot with room.
    first: usize,
}

impl Room {
    fn set(&mut self, index: usize, has_room: bool) {
        let (word, bit) = (index / 64, 1 << (index % 64));
        if self.words.len() <= word {
            self.words.resize(word + 1, 0);
        }
        if has_room {
            self.words[word] |= bit;
            self.first = self.first.min(word);
        } else {
            self.words[word] &= !bit;
        }
    }

    /// The first slot with room from `index` on.
    fn find(&mut self, index: usize) -> Option<usize> {
        while self.words.get(self.first) == Some(&0) {
            self.first += 1;
        }
        let mut word = (index / 64).max(self.first);
        let mut bits = *self.words.get(word)?;
        if word == index / 64 {
            bits &= u64::MAX << (index % 64);
        }
        while bits == 0 {
            word += 1;
            bits = *self.words.get(word)?;
        }
        Some(word * 64 + bits.trailing_zeros() as usize)
    }
}

/// Who is booked at a post.
#[derive(Clone, Debug, Default)]
pub struct Bookings {
    /// Who has each place, week by week; [`NOBODY`] where it is free.
    taken: Vec<u32>,
    rooms: Vec<Room>,
    weeks: usize,
}

impl Bookings {
    /// Nobody is booked.
    pub fn clear(&mut self) {
        self.taken.clear();
        self.rooms.clear();
        self.weeks = 0;
    }

    /// Books `who` into the first slot of `class` with room that begins at `from` or later, and
    /// returns the place; `None` when there is none in the simulated time. `is_held` tells on which
    /// days clinics are expected to be held.
    pub fn book(
        &mut self,
        plan: &ClinicPlan,
        class: usize,
        from: SimTime,
        who: u32,
        is_held: impl Fn(Day) -> bool,
    ) -> Option<u32> {
        let slots = &plan.classes[class];
        let (week, within) = plan.week_of(from);
        let rank = slots.partition_point(|slot| plan.slots[*slot].begins.seconds() < within);
        let index = week * slots.len() + rank;
        let found = loop {
            let found = self.rooms.get_mut(class).and_then(|room| room.find(index));
            if found.is_some() || self.weeks >= plan.weeks {
                break found?;
            }
            self.add_week(plan, &is_held);
        };
        let (week, slot) = (found / slots.len(), slots[found % slots.len()]);
        let places = self.places(plan, week, slot);
        let free = self.taken[places.clone()]
            .iter()
            .position(|it| *it == NOBODY)?;
        let place = places.start + free;
        self.taken[place] = who;
        if !self.taken[places].contains(&NOBODY) {
            self.set_room(plan, week, slot, false);
        }
        Some(place as u32)
    }

    /// Gives a place back.
    pub fn cancel(&mut self, plan: &ClinicPlan, place: u32) {
        let week = (place / plan.places_a_week) as usize;
        let within = place % plan.places_a_week;
        let slot = plan
            .slots
            .partition_point(|slot| slot.first_place <= within)
            - 1;
        self.taken[place as usize] = NOBODY;
        self.set_room(plan, week, slot, true);
    }

    /// Takes everybody who is booked into a slot out of it, in order, and closes it.
    pub fn empty(
        &mut self,
        plan: &ClinicPlan,
        (week, slot): (usize, usize),
        into: &mut Vec<u32>,
        is_held: impl Fn(Day) -> bool,
    ) {
        while self.weeks <= week {
            self.add_week(plan, &is_held);
        }
        for place in self.places(plan, week, slot) {
            let who = std::mem::replace(&mut self.taken[place], NOBODY);
            into.extend(Some(who).filter(|who| *who != NOBODY));
        }
        self.set_room(plan, week, slot, false);
    }

    fn places(&self, plan: &ClinicPlan, week: usize, slot: usize) -> std::ops::Range<usize> {
        let slot = &plan.slots[slot];
        let first = week * plan.places_a_week as usize + slot.first_place as usize;
        first..first + slot.places as usize
    }

    fn add_week(&mut self, plan: &ClinicPlan, is_held: impl Fn(Day) -> bool) {
        let week = self.weeks;
        self.weeks += 1;
        self.rooms.resize_with(plan.classes.len(), Room::default);
        let places = self.weeks * plan.places_a_week as usize;
        self.taken.resize(places, NOBODY);
        for slot in 0..plan.slots.len() {
            let is_held = plan.day_of(week, slot).is_some_and(&is_held);
            self.set_room(plan, week, slot, is_held);
        }
    }

    fn set_room(&mut self, plan: &ClinicPlan, week: usize, slot: usize, has_room: bool) {
        for (slots, room) in plan.classes.iter().zip(&mut self.rooms) {
            if let Ok(rank) = slots.binary_search(&slot) {
                room.set(week * slots.len() + rank, has_room);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Two clinics a week: Monday at 10:00 (10, 20 and 30 minutes, the first for two people) and
    /// Thursday at 09:00 (20 minutes, in a group of three). The first simulated day is a Wednesday.
    fn plan(weeks: usize) -> ClinicPlan {
        let at = |day: u64, minutes: u64| SimDuration::from_seconds(day * 86_400 + minutes * 60);
        let slot = |begins, minutes: u64, clinic, first_place, places| WeekSlot {
            begins,
            length: SimDuration::from_seconds(minutes * 60),
            clinic,
            first_place,
            places,
            is_group: clinic == 1,
        };
        ClinicPlan {
            slots: vec![
                slot(at(0, 600), 10, 0, 0, 2),
                slot(at(0, 610), 20, 0, 2, 1),
                slot(at(0, 630), 30, 0, 3, 1),
                slot(at(3, 540), 20, 1, 4, 3),
            ],
            days: Default::default(),
            places_a_week: 7,
            classes: vec![vec![0, 1, 2], vec![1, 2], vec![3]],
            class_of: BTreeMap::new(),
            first_weekday: 2,
            weeks,
        }
    }

    /// The simplest way to the same: every slot in turn.
    #[derive(Default)]
    struct Naive {
        taken: BTreeMap<u32, u32>,
        closed: Vec<(usize, usize)>,
    }

    impl Naive {
        fn book(
            &mut self,
            plan: &ClinicPlan,
            class: usize,
            from: SimTime,
            who: u32,
        ) -> Option<u32> {
            for week in 0..plan.weeks {
                for slot in &plan.classes[class] {
                    let it = &plan.slots[*slot];
                    let begins = week as u64 * SECONDS_PER_WEEK + it.begins.seconds();
                    let is_held = plan.day_of(week, *slot).is_some_and(is_held)
                        && !self.closed.contains(&(week, *slot));
                    if begins < from.seconds() + 2 * SECONDS_PER_DAY || !is_held {
                        continue;
                    }
                    let first = week as u32 * 7 + it.first_place;
                    let free = (first..first + it.places).find(|it| !self.taken.contains_key(it));
                    if let Some(place) = free {
                        self.taken.insert(place, who);
                        return Some(place);
                    }
                }
            }
            None
        }
    }

    /// Every fifth day the worker is on leave.
    fn is_held(day: Day) -> bool {
        !day.0.is_multiple_of(5)
    }

    #[derive(Clone, Debug)]
    enum Step {
        Book(usize, u64),
        Cancel(usize),
        Empty(usize, usize),
    }

    fn step() -> impl Strategy<Value = Step> {
        prop_oneof![
            6 => (0usize..3, 0u64..40_000).prop_map(|(class, minutes)| Step::Book(class, minutes * 60)),
            2 => (0usize..100).prop_map(Step::Cancel),
            1 => (0usize..6, 0usize..4).prop_map(|(week, slot)| Step::Empty(week, slot)),
        ]
    }

    /// The first Monday is day 5. A slot that begins at the very second is found; a second later it
    /// is the next one.
    #[test]
    fn a_slot_that_begins_now_is_not_over() {
        let plan = plan(2);
        let monday = SimTime::from_seconds(5 * SECONDS_PER_DAY + 610 * 60);
        let second = SimDuration::from_seconds(1);
        for (from, place) in [(monday, 7 + 2), (monday + second, 7 + 3)] {
            let booked = Bookings::default().book(&plan, 0, from, 1, |_| true);
            assert_eq!(booked, Some(place));
        }
    }

    proptest! {
        #[test]
        fn the_first_slot_with_room_is_found(steps in proptest::collection::vec(step(), 1..120)) {
            let plan = plan(6);
            let (mut bookings, mut naive) = (Bookings::default(), Naive::default());
            let mut booked: Vec<u32> = Vec::new();
            for (who, step) in (0u32..).zip(steps) {
                match step {
                    Step::Book(class, seconds) => {
                        let from = SimTime::from_seconds(seconds);
                        let place = bookings.book(&plan, class, from, who, is_held);
                        prop_assert_eq!(place, naive.book(&plan, class, from, who));
                        booked.extend(place);
                    }
                    Step::Cancel(index) if index < booked.len() => {
                        let place = booked.swap_remove(index);
                        bookings.cancel(&plan, place);
                        naive.taken.remove(&place);
                    }
                    Step::Cancel(_) => {}
                    Step::Empty(week, slot) => {
                        let places = week as u32 * 7 + plan.slots[slot].first_place;
                        let places = places..places + plan.slots[slot].places;
                        naive.closed.push((week, slot));
                        let mut out = Vec::new();
                        bookings.empty(&plan, (week, slot), &mut out, is_held);
                        let expected: Vec<u32> =
                            places.clone().filter_map(|it| naive.taken.remove(&it)).collect();
                        prop_assert_eq!(out, expected);
                        booked.retain(|place| !places.contains(place));
                    }
                }
            }
        }
    }
}
