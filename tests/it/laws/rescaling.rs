//! Law 5: on the always-open calendar, doubling every duration and halving every rate changes
//! nothing but the unit: exactly for constants, within rounding to the second for drawn times.

use std::cell::Cell;

use splw_sim::engine::Entry;

use super::chance::{Chance, Choices};
use super::random::always;
use crate::support::tell_of;

/// Durations are constants in whole quarters of a day, or drawn.
#[derive(Clone, Copy, PartialEq)]
enum Durations {
    Constant,
    Drawn,
}

/// The same random service for every `times`, by which its durations are multiplied.
struct Writer {
    chance: Chance,
    times: u64,
    durations: Durations,
}

impl Writer {
    /// A duration of up to `most` days, in minutes or days.
    fn duration(&mut self, most: u64, in_minutes: bool) -> String {
        let quarters = 1 + self.chance.below(most * 4);
        let unit = if in_minutes { 360.0 } else { 0.25 };
        let mean = (quarters * self.times) as f64 * unit;
        match (self.durations, self.chance.below(3)) {
            (Durations::Constant, _) | (_, 0) => format!("{mean}"),
            (_, 1) => format!("{{ exponential = {{ mean = {mean} }} }}"),
            _ => format!("{{ gamma = {{ mean = {mean}, cv = 0.5 }} }}"),
        }
    }

    fn minutes(&mut self, most: u64) -> String {
        self.duration(most, true)
    }

    fn days(&mut self, most: u64) -> String {
        self.duration(most, false)
    }

    fn date(&self, day: u64) -> jiff::civil::Date {
        let days = i64::try_from(day * self.times).expect("a small number");
        jiff::civil::date(2000, 1, 3).saturating_add(jiff::Span::new().days(days))
    }

    fn share(&mut self) -> f64 {
        self.chance.between(0.0, 0.9)
    }

    fn service(&mut self, rate: f64) -> String {
        let rate = rate / self.times as f64;
        let days = 200 * self.times;
        let rules = format!(
            "schema = 1\ntitle = \"Scaled\"\nassignment = \"{}\"\norder_of_work = \"{}\"\ncontinuity = \"{}\"\n",
            self.chance
                .pick(&["least-loaded", "longest-idle", "own-practice-first"]),
            self.chance
                .pick(&["follow-ups-first", "new-first", "oldest-due-first"]),
            self.chance.pick(&["same-worker", "any-worker"]),
        );
        let demand = format!(
            "[period]\ndays = {days}\ncalendar = \"always-open\"\n\
             [demand]\nreferrals_per_1000_a_year = {rate}\nre_referral_share = {}\n\
             re_referral_delay_days = {}\ninappropriate_share = 0.2\ntriage_minutes = {}\n",
            self.share(),
            self.days(30),
            self.minutes(1),
        );
        self.chance.enter(1);
        let waiting = format!(
            "[waiting_list]\npatience_days = {}\nlapse_until = \"{}\"\n",
            self.days(80),
            self.chance.pick(&["first-contact", "assignment"]),
        );
        let contact = format!(
            "[first_contact]\nattempts = {}\nattempt_minutes = {}\nanswered_share = {}\n\
             days_between_attempts = {}\ndays_to_first_appointment = {}\n",
            1 + self.chance.below(4),
            self.minutes(2),
            self.chance.between(0.3, 1.0),
            self.days(4),
            self.days(10),
        );
        let mut text = rules + &demand + &waiting + &contact;
        for (room, name) in [(2, "A"), (3, "B")] {
            self.chance.enter(room);
            let contacts = self.chance.below(6);
            text += &format!(
                "[[case_types]]\nname = \"{name}\"\nshare = 0.5\ncontacts = {contacts}\n\
                 first_appointment_minutes = {}\nfollow_up_minutes = {}\ndays_between_contacts = {}\n\
                 dna_share = {}\ndays_after_dna = {}\ndrop_out_share = 0.1\n\
                 onward_wait_share = {}\nonward_wait_days = {}\n",
                self.minutes(2),
                self.minutes(1),
                self.days(8),
                self.share(),
                self.days(5),
                self.share(),
                self.days(30),
            );
        }
        text + &self.places()
    }

    fn places(&mut self) -> String {
        let mut text = String::new();
        for name in ["Elm", "Oak"] {
            text += &format!("[[practices]]\nname = \"{name}\"\nlist_size = 1000\n");
        }
        self.chance.enter(4);
        for index in 0..1 + self.chance.below(4) as usize {
            self.chance.enter(5 + index);
            let serves = self.chance.pick(&["\"all\"", "[\"Elm\"]", "[\"Oak\"]"]);
            let cap = self.chance.pick(&["1", "3", "\"none\""]);
            text += &format!(
                "[[posts]]\nname = \"W{index}\"\nwte = 1\nserves = {serves}\ncaseload_cap = {cap}\nlost_at_handover_share = 0.4\n"
            );
            if self.chance.yes(30) {
                let day = 1 + self.chance.below(60);
                text += &format!("starts = {}\n", self.date(day));
            }
            if self.chance.yes(30) {
                let day = 61 + self.chance.below(60);
                text += &format!("ends = {}\n", self.date(day));
            }
        }
        for (room, name) in [(10, "Elm"), (11, "Oak")] {
            self.chance.enter(room);
            let waited: Vec<String> = (0..self.chance.below(12))
                .map(|_| {
                    let quarters = self.chance.below(80) * self.times;
                    (quarters as f64 * 0.25).to_string()
                })
                .collect();
            text += &format!(
                "[[start.waiting]]\npractice = \"{name}\"\nwaited_days = [{}]\n",
                waited.join(", ")
            );
        }
        text
    }
}

/// The service of these choices, its durations multiplied by `times`.
fn service(choices: &Choices, times: u64, durations: Durations, rate: f64) -> String {
    let mut writer = Writer {
        chance: Chance::new(choices),
        times,
        durations,
    };
    writer.service(rate)
}

fn log(choices: &Choices, times: u64, durations: Durations, rate: f64) -> Vec<Entry> {
    let text = service(choices, times, durations, rate);
    tell_of(&text, &[], choices.seed()).log
}

/// What a row says besides the time.
fn what(row: &Entry) -> impl PartialEq + std::fmt::Debug {
    (row.activity, row.referral, row.post, row.waiting, row.open)
}

#[test]
fn constants_scale_exactly() {
    let rows = Cell::new(0);
    let text = |it: &Choices| service(it, 1, Durations::Constant, 0.0);
    always(2_000, text, |choices| {
        let log = |times| log(choices, times, Durations::Constant, 0.0);
        let once = log(1);
        for times in [2, 5] {
            let scaled = log(times);
            for (a, b) in once.iter().zip(&scaled) {
                assert_eq!(
                    (a.time.seconds() * times, what(a)),
                    (b.time.seconds(), what(b)),
                    "times {times}"
                );
            }
            assert_eq!(once.len(), scaled.len(), "times {times}");
        }
        rows.set(rows.get() + once.len());
    });
    assert!(rows.get() > 100_000, "{rows:?}");
}

/// Durations are 10 and 20 times those of the constants, to make a second small among them.
const TIMES: [u64; 2] = [10, 20];

/// Each time is reached by roundings to half a second either way, one for each row before it at
/// most: scaled by 2 they differ by 1.5 seconds a row. Two things that happen nearer to each other
/// than that may change places, and all that follows may then be otherwise: rows are compared up
/// to the first difference, and a difference is none where such a pair stands beside it.
#[test]
fn drawn_times_scale_within_rounding() {
    let (rows, all) = (Cell::new(0), Cell::new(0));
    let text = |it: &Choices| service(it, TIMES[0], Durations::Drawn, 60.0);
    always(2_000, text, |choices| {
        let [once, scaled] = TIMES.map(|times| log(choices, times, Durations::Drawn, 60.0));
        let same = once.iter().zip(&scaled).position(|(a, b)| {
            let apart = (a.time.seconds() * 2).abs_diff(b.time.seconds());
            what(a) != what(b) || apart as f64 > 1.5 * once.len() as f64
        });
        let same = same.unwrap_or(once.len().min(scaled.len()));
        let is_all = same == once.len() && same == scaled.len();
        assert!(
            is_all || is_near_tie(&once, same),
            "{:?} and {:?}",
            once.get(same),
            scaled.get(same)
        );
        all.set(all.get() + u64::from(is_all));
        rows.set(rows.get() + same);
    });
    assert!(all.get() > 1_900, "{all:?} to the end");
    assert!(rows.get() > 100_000, "{rows:?}");
}

/// Whether something else happens nearer to row `at` than roundings can make up for.
fn is_near_tie(log: &[Entry], at: usize) -> bool {
    let near = (at as f64).max(2.0) * 1.5;
    let Some(row) = log.get(at) else {
        return true;
    };
    let others = log.iter().filter(|it| it.referral != row.referral);
    let mut apart = others.map(|it| it.time.seconds().abs_diff(row.time.seconds()));
    apart.any(|apart| (apart as f64) <= near)
}
