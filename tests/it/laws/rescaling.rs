//! Law 5: on the always-open calendar, doubling every duration and halving every rate changes
//! nothing but the unit: exactly for constants, within rounding to the second for drawn times.

use splw_sim::engine::Entry;

use super::chance::Chance;
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
        for (name, contacts) in [("A", self.chance.below(4)), ("B", 1 + self.chance.below(6))] {
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
        for index in 0..1 + self.chance.below(4) {
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
        for name in ["Elm", "Oak"] {
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

fn log(number: u64, times: u64, durations: Durations, rate: f64) -> Vec<Entry> {
    let mut writer = Writer {
        chance: Chance::new(500_000 + number),
        times,
        durations,
    };
    tell_of(&writer.service(rate), &[], number).log
}

/// What a row says besides the time.
fn what(row: &Entry) -> impl PartialEq + std::fmt::Debug {
    (row.activity, row.referral, row.post, row.waiting, row.open)
}

#[test]
fn constants_scale_exactly() {
    let mut rows = 0;
    for number in 0..100 {
        let once = log(number, 1, Durations::Constant, 0.0);
        for times in [2, 5] {
            let scaled = log(number, times, Durations::Constant, 0.0);
            assert_eq!(once.len(), scaled.len(), "service {number}");
            for (a, b) in once.iter().zip(&scaled) {
                assert_eq!(
                    a.time.seconds() * times,
                    b.time.seconds(),
                    "service {number}: {a:?} {b:?}"
                );
                assert_eq!(what(a), what(b), "service {number}");
            }
        }
        rows += once.len();
    }
    assert!(rows > 5_000, "{rows}");
}

/// Each time is reached by roundings to half a second either way, one for each row before it at
/// most: scaled by k they differ by (k + 1) / 2 seconds a row. Rows at nearly the same time may
/// change places, so times are compared for each person and activity.
#[test]
fn drawn_times_scale_within_rounding() {
    let mut rows = 0;
    for number in 0..60 {
        let sorted = |times| {
            let mut log = log(number, times, Durations::Drawn, 60.0);
            log.sort_by_key(|row| {
                (
                    row.referral.map(|it| (it.0.0, it.1, it.2)),
                    row.post.map(|it| it.0),
                    row.activity as u8,
                    row.time,
                )
            });
            log
        };
        let (once, scaled) = (sorted(1), sorted(2));
        assert_eq!(once.len(), scaled.len(), "service {number}");
        for (a, b) in once.iter().zip(&scaled) {
            assert_eq!(
                (a.activity, a.referral, a.post),
                (b.activity, b.referral, b.post),
                "service {number}"
            );
            let difference = (a.time.seconds() * 2).abs_diff(b.time.seconds());
            assert!(
                difference as f64 <= 1.5 * once.len() as f64,
                "service {number}: {a:?} {b:?}"
            );
            assert!(difference < 600, "service {number}: {a:?} {b:?}");
        }
        rows += once.len();
    }
    assert!(rows > 5_000, "{rows}");
}
