//! Random small services as the text of scenario files: everything of the file format that reaches
//! the engine, switched on and off by a list of choices. Where every choice is the simplest, one
//! post of 1 WTE serves one practice that refers nobody for ten days.

mod swings;

use std::fmt::Write as _;

use splw_sim::model::{Calendar, CalendarKind, Day};

use super::chance::{Chance, Choices};

/// Where the choices of each part of a service stand (`chance.rs`): of the parts of which there
/// are several, the first one's.
const DEMAND: usize = 1;
const SWINGS: usize = 2;
const SOURCES: usize = 3;
const PATHWAY: usize = 4;
const CASE_TYPES: usize = 5;
const PRACTICES: usize = 8;
const POSTS: usize = 12;
const START: usize = 17;
/// The room for decisions that a law takes about a service.
pub const ROOM_OF_THE_LAW: usize = 23;

/// Days that the periods open on: an ordinary Monday, before Christmas, before Easter and the end
/// of the leave year, before a bank holiday on a Monday.
const OPENINGS: [&str; 4] = ["2026-10-05", "2026-12-16", "2027-03-19", "2027-04-30"];

/// A service being written.
struct Writer {
    chance: Chance,
    text: String,
    england: bool,
    opens: jiff::civil::Date,
    /// Days that are closed, if the file says so.
    closed: Vec<jiff::civil::Date>,
    has_start: bool,
    practices: usize,
    posts: usize,
    case_types: Vec<&'static str>,
    /// Open cases that the first post has room for at the start.
    places: u64,
    /// Practices that the post being written serves.
    serves: Vec<usize>,
}

/// The random service of these choices.
pub fn service(choices: &Choices) -> String {
    let mut chance = Chance::new(choices);
    let england = chance.yes(60);
    let opens = chance.pick(&OPENINGS);
    let mut writer = Writer {
        text: String::new(),
        england,
        opens: opens.parse().expect("a date"),
        closed: Vec::new(),
        has_start: chance.yes(35),
        practices: 1 + chance.below(4) as usize,
        posts: [1, 2, 3, 4, 5, 1, 2, 3, 4, 0][chance.below(10) as usize],
        case_types: Vec::new(),
        places: 0,
        serves: Vec::new(),
        chance,
    };
    writer.rules();
    writer.period();
    writer.demand();
    writer.swings();
    writer.sources();
    writer.pathway();
    writer.case_types();
    writer.practices();
    writer.posts();
    writer.start();
    writer.text
}

impl Writer {
    /// Writes a line.
    fn line(&mut self, line: &str) {
        writeln!(self.text, "{line}").expect("a string takes everything");
    }

    /// Writes a key in so many cases of 100.
    fn maybe(&mut self, in_100: u64, key: &str, value: impl FnOnce(&mut Chance) -> String) {
        let value = value(&mut self.chance);
        if self.chance.yes(in_100) {
            self.line(&format!("{key} = {value}"));
        }
    }

    /// Writes a share of up to `most` in so many cases of 100.
    fn maybe_share(&mut self, in_100: u64, key: &str, most: f64) {
        self.maybe(in_100, key, |it| it.between(0.0, most).to_string());
    }

    /// Writes a number or a distribution around `mean` in so many cases of 100.
    fn maybe_around(&mut self, in_100: u64, key: &str, mean: f64) {
        self.maybe(in_100, key, |it| it.around(mean));
    }

    /// Writes one of these values in so many cases of 100.
    fn maybe_one(&mut self, in_100: u64, key: &str, of: &[&str]) {
        self.maybe(in_100, key, |it| it.pick(of).to_owned());
    }

    /// Writes one of these words in so many cases of 100.
    fn maybe_word(&mut self, in_100: u64, key: &str, of: &[&str]) {
        self.maybe(in_100, key, |it| format!("\"{}\"", it.pick(of)));
    }

    /// A date some days after the first of the period, which may be before it.
    fn date(&mut self, from: i64, to: i64) -> jiff::civil::Date {
        let days = from + self.chance.below((to - from + 1) as u64) as i64;
        self.opens.saturating_add(jiff::Span::new().days(days))
    }

    /// A day from which on practices are open, some days after the first of the period.
    fn working_date(&mut self, from: i64, to: i64) -> jiff::civil::Date {
        let kind = match self.england {
            true => CalendarKind::England,
            false => CalendarKind::AlwaysOpen,
        };
        let date = self.date(from, to);
        let calendar = Calendar::new(kind, date, 60, &self.closed);
        let day = (0..60).map(Day).find(|day| calendar.is_working_day(*day));
        calendar.date(day.expect("within two months"))
    }

    /// Practices by name, or all of them.
    fn some_practices(&mut self) -> String {
        let names = self.named_practices();
        match self.chance.yes(50) {
            true => names,
            false => "\"all\"".to_owned(),
        }
    }

    /// Practices by name.
    fn named_practices(&mut self) -> String {
        let is_one = |index: &usize| *index == 0 || self.chance.yes(50);
        let names: Vec<String> = (0..self.practices)
            .filter(is_one)
            .map(|index| format!("\"P{index}\""))
            .collect();
        format!("[{}]", names.join(", "))
    }

    fn rules(&mut self) {
        self.line("schema = 1\ntitle = \"A random service\"");
        let rules = ["least-loaded", "longest-idle", "own-practice-first"];
        self.maybe_word(70, "assignment", &rules);
        let orders = ["follow-ups-first", "new-first", "oldest-due-first"];
        self.maybe_word(70, "order_of_work", &orders);
        self.maybe_word(40, "continuity", &["any-worker"]);
        if self.posts > 0 {
            self.maybe_word(25, "sharing", &["pooled", "dedicated", "chained"]);
        }
    }

    fn period(&mut self) {
        let calendar = ["always-open", "england"][usize::from(self.england)];
        let opens = self.opens;
        self.line(&format!(
            "[period]\nstart = {opens}\ncalendar = \"{calendar}\""
        ));
        let days = 10 + self.chance.below(80);
        let length = match self.chance.below(4) {
            0 | 1 => format!("days = {days}"),
            2 => format!("days = {days}.4"),
            _ => format!("weeks = {}", days as f64 / 8.0),
        };
        self.line(&length);
        if !self.has_start {
            match self.chance.below(3) {
                0 => {}
                1 => self.maybe(100, "warm_up_days", |it| it.below(60).to_string()),
                _ => self.maybe(100, "warm_up_weeks", |it| it.below(6).to_string()),
            }
        }
        let (first, second) = (self.date(-10, 10), self.date(11, 50));
        self.maybe(20, "closed_days", |_| format!("[{first}, {second}]"));
        self.closed = vec![first, second];
    }

    fn demand(&mut self) {
        self.chance.enter(DEMAND);
        self.line("[demand]");
        self.maybe(95, "referrals_per_1000_a_year", |it| {
            it.between(0.0, 500.0).to_string()
        });
        let (height, peak) = (
            self.chance.between(0.0, 1.0),
            self.chance.between(-20.0, 20.0),
        );
        if self.chance.yes(30) {
            self.line(&format!(
                "seasonal = {{ amplitude = {height}, period_days = 40, peak_day = {peak} }}"
            ));
        } else {
            self.maybe(50, "month_factors", |it| factors(it, 12));
            let weekdays = if self.england { 5 } else { 7 };
            self.maybe(50, "weekday_factors", |it| factors(it, weekdays));
        }
        self.maybe(30, "growth_a_year", |it| it.between(-0.5, 1.0).to_string());
        self.maybe(40, "dispersion", |it| it.between(1.0, 5.0).to_string());
        self.maybe_share(50, "inappropriate_share", 0.5);
        self.maybe_around(50, "triage_minutes", 90.0);
        self.maybe_share(40, "re_referral_share", 1.0);
        self.maybe_around(80, "re_referral_delay_days", 12.0);
        self.maybe_one(
            20,
            "opening_hours",
            &["[\"07:15\", \"20:00\"]", "[\"00:00\", \"24:00\"]"],
        );
    }

    fn sources(&mut self) {
        self.chance.enter(SOURCES);
        let has_sources = self.chance.yes(50);
        self.batches(has_sources);
        self.mergers();
        if has_sources {
            for (name, share) in [("GP", 0.5), ("self", 0.3), ("outreach", 0.2)] {
                self.line(&format!("[[sources]]\nname = \"{name}\"\nshare = {share}"));
                self.maybe(60, "priority", |it| (1 + it.below(4)).to_string());
                self.maybe_share(30, "inappropriate_share", 0.6);
            }
        } else if self.chance.yes(30) {
            self.line("[[sources]]\nname = \"GP\"\nshare = 1\npriority = 2");
        }
    }

    /// The waiting list and first contact.
    fn pathway(&mut self) {
        self.chance.enter(PATHWAY);
        self.line("[waiting_list]");
        self.maybe_around(60, "patience_days", 15.0);
        self.maybe_share(30, "gp_reversion_share", 1.0);
        self.maybe_word(40, "lapse_until", &["assignment"]);
        if self.chance.yes(25) {
            let resume = self.chance.below(6);
            let pause = resume + 1 + self.chance.below(6);
            self.line(&format!("pause_at = {pause}\nresume_at = {resume}"));
            self.maybe_word(50, "pause_scope", &["pcn"]);
        }
        self.line("[first_contact]");
        self.maybe(60, "attempts", |it| (1 + it.below(4)).to_string());
        self.maybe_around(80, "attempt_minutes", 30.0);
        self.maybe(80, "answered_share", |it| it.between(1.0, 0.0).to_string());
        self.maybe_around(80, "days_between_attempts", 2.0);
        self.maybe_around(50, "days_to_first_appointment", 4.0);
        self.maybe_share(30, "group_share", 1.0);
        self.line("[strain]");
        self.maybe_one(60, "reference_caseload_per_wte", &["0.5", "3", "52"]);
        self.maybe_one(30, "memory_weeks", &["1", "4"]);
        self.maybe_word(50, "feedback", &["on"]);
        self.maybe_one(30, "leaving_hazard_ratio", &["1", "20"]);
        self.maybe_one(30, "sickness_increase", &["0", "10"]);
        self.maybe_share(30, "light_touch_share", 1.0);
    }

    /// Case types, one by one or by the word for them.
    fn case_types(&mut self) {
        self.chance.enter(CASE_TYPES);
        if self.chance.yes(10) {
            let word = self.chance.pick(&["guidance", "observed-mix"]);
            self.text = format!("pathway = \"{word}\"\n{}", self.text);
            self.case_types = vec!["full"];
            return;
        }
        let count = 1 + self.chance.below(3) as usize;
        self.case_types = ["T0", "T1", "T2"][..count].to_vec();
        for index in 0..count {
            if index > 0 {
                self.chance.enter(CASE_TYPES + index);
            }
            self.case_type(index, 1.0 / count as f64);
        }
    }

    fn case_type(&mut self, index: usize, share: f64) {
        let name = self.case_types[index];
        self.line(&format!(
            "[[case_types]]\nname = \"{name}\"\nshare = {share}"
        ));
        let contacts = match self.chance.below(3) {
            0 => "0".to_owned(),
            1 => (1 + self.chance.below(6)).to_string(),
            _ => self.chance.around(3.0),
        };
        self.line(&format!("contacts = {contacts}"));
        self.maybe_around(80, "first_appointment_minutes", 60.0);
        self.maybe_around(80, "follow_up_minutes", 30.0);
        self.maybe_around(90, "days_between_contacts", 5.0);
        self.missed();
        self.maybe_around(40, "dna_minutes", 5.0);
        self.maybe_around(40, "days_after_dna", 3.0);
        self.maybe_one(50, "dna_limit", &["1", "2", "5", "\"none\""]);
        self.maybe_share(40, "drop_out_share", 0.5);
        self.maybe_share(40, "onward_wait_share", 1.0);
        self.maybe_around(80, "onward_wait_days", 8.0);
    }

    /// The share of contacts missed: one, or by how long ahead they were booked.
    fn missed(&mut self) {
        let (near, far) = (self.chance.between(0.0, 0.8), self.chance.between(0.0, 0.8));
        let days = 1 + self.chance.below(8);
        if self.chance.yes(30) {
            self.line(&format!(
                "dna_by_days_ahead = [{{ days = 0, share = {near} }}, {{ days = {days}.5, share = {far} }}]"
            ));
        } else if self.chance.yes(80) {
            self.line(&format!("dna_share = {near}"));
        }
        self.maybe_share(20, "reminder_factor", 1.0);
    }

    fn practices(&mut self) {
        for index in 0..self.practices {
            self.chance.enter(PRACTICES + index);
            let list = 300 + self.chance.below(3_000) / self.practices as u64;
            self.line(&format!(
                "[[practices]]\nname = \"P{index}\"\nlist_size = {list}"
            ));
            self.maybe(30, "ods_code", |_| format!("\"A8100{index}\""));
            self.maybe(30, "referrals_per_1000_a_year", |it| {
                it.between(0.0, 400.0).to_string()
            });
            self.maybe_one(20, "opening_hours", &["[\"10:00\", \"12:00\"]"]);
            let name = self.case_types[0];
            self.maybe(30, "case_type_tilt", |it| {
                format!("{{ {name} = {} }}", it.between(0.1, 3.0))
            });
            self.maybe(40, "deprivation_fifth", |it| (1 + it.below(5)).to_string());
        }
        self.deprivation();
    }

    fn posts(&mut self) {
        for index in 0..self.posts {
            self.chance.enter(POSTS + index);
            self.line(&format!("[[posts]]\nname = \"W{index}\""));
            let is_like = self.chance.yes(20) && index > 0;
            if is_like {
                self.line("like = \"W0\"");
            }
            // Posts like the first one may have other hours and serve others.
            let is_free = index > 0 || self.posts == 1;
            let has_clinics = self.chance.yes(20) && is_free && !self.text.contains("any-worker");
            if has_clinics {
                self.clinics();
            } else if !is_like || self.chance.yes(50) {
                self.contract();
            }
            self.post(index, has_clinics);
            if is_free && !has_clinics {
                self.rota();
            }
            self.tenure(index);
            self.absence();
            self.turnover();
        }
        self.rules_of_absence();
    }

    /// How much time a post has.
    fn contract(&mut self) {
        let (hours, wte) = (
            self.chance.below(4),
            self.chance.pick(&["0.3", "0.5", "0.85"]),
        );
        let line = match self.chance.below(8) {
            0..=2 => "wte = 1".to_owned(),
            3 => format!("wte = {wte}"),
            4 => format!("fte = {wte}"),
            5 => "wte = 2.5".to_owned(),
            _ if self.england => {
                format!("hours = {{ monday = 3, wednesday = 7.5, friday = {hours}.25 }}")
            }
            _ => format!("hours = {{ tuesday = 24, wednesday = {hours}, saturday = 7.5 }}"),
        };
        self.line(&line);
    }

    fn post(&mut self, index: usize, has_clinics: bool) {
        let share = if has_clinics { 0 } else { 60 };
        self.maybe(share, "client_share", |it| {
            it.between(1.0, 0.02).to_string()
        });
        let cap = self.chance.pick(&["\"none\"", "1", "2", "3", "5", "20"]);
        let has_cap = self.chance.yes(80);
        if has_cap {
            self.line(&format!("caseload_cap = {cap}"));
        }
        if index == 0 {
            self.places = if has_cap { cap.parse().unwrap_or(9) } else { 9 };
        }
        let serves = self.some_practices();
        let is_served =
            |index: &usize| serves == "\"all\"" || serves.contains(&format!("\"P{index}\""));
        self.serves = (0..self.practices).filter(is_served).collect();
        if !self.text.contains("\nsharing = ") {
            self.line(&format!("serves = {serves}"));
        }
    }

    /// Where a post is on which weekday: practices that it serves, on days on which every contract
    /// has hours.
    fn rota(&mut self) {
        let served = self.serves.len() as u64;
        let sites = [0; 2].map(|_| self.serves[self.chance.below(served) as usize]);
        let (is_on, travel) = (self.chance.yes(25), self.chance.around(40.0));
        let is_fixed = self.text.contains("any-worker") || self.text.contains("\nsharing = ");
        if !is_on || is_fixed {
            return;
        }
        let [first, second] = sites;
        let both = match first == second {
            true => format!("[\"P{first}\"]"),
            false => format!("[\"P{first}\", \"P{second}\"]"),
        };
        let days = if self.england {
            ["monday", "friday"]
        } else {
            ["tuesday", "saturday"]
        };
        self.line(&format!(
            "rota = {{ {} = {both}, {} = [\"P{second}\"] }}",
            days[0], days[1]
        ));
        self.maybe(70, "travel_minutes", |_| travel);
    }

    /// A post with booked clinics: time enough for them, slots longer than contacts are on average.
    fn clinics(&mut self) {
        let day = if self.england { "monday" } else { "tuesday" };
        let opens = self
            .chance
            .pick(&["", "opens = \"10:30\", ", "opens = \"15:00\", "]);
        let overbooked = self.chance.below(3);
        let group = match self.chance.yes(40) {
            true => format!(", {{ weekday = \"{day}\", slots_minutes = [120], places = 2 }}"),
            false => String::new(),
        };
        self.line("wte = 1\nclient_share = 1");
        self.line(&format!(
            "clinics = [{{ weekday = \"{day}\", {opens}slots_minutes = [100, 45, 130], overbooked = {overbooked} }}{group}]"
        ));
    }

    /// When a post begins and ends. The first is there from the beginning, for the open cases at
    /// the start are its.
    fn tenure(&mut self, index: usize) {
        let (starts, advertised) = (self.date(-20, 40), self.date(-90, 0));
        let kind = self.chance.below(8);
        match kind {
            5 | 6 if index > 0 => self.line(&format!("starts = {starts}")),
            7 if index > 0 => self.line(&format!(
                "advertised = {advertised}\ntime_to_hire_weeks = 5.5"
            )),
            _ => {}
        }
        let ends = self.date(41, 80);
        self.maybe(35, "ends", |_| ends.to_string());
        self.maybe_share(60, "lost_at_handover_share", 1.0);
    }

    /// How holders come and go.
    fn turnover(&mut self) {
        self.maybe_one(90, "leaving_rate_a_year", &["0", "0", "0", "1", "8"]);
        self.maybe_one(50, "notice_weeks", &["0", "1", "6"]);
        let this_post = self.text.rsplit("[[posts]]").next();
        if !this_post.is_some_and(|it| it.contains("time_to_hire_weeks")) {
            self.maybe_around(50, "time_to_hire_weeks", 3.0);
        }
        self.maybe_one(50, "ramp_weeks", &["0", "2.5", "12"]);
        self.maybe_share(20, "turn_up_share", 1.0);
        let ends = self.date(41, 80);
        self.maybe(15, "contract_ends", |_| ends.to_string());
        self.maybe_one(30, "renewed_weeks", &["1", "52"]);
    }

    /// Rules that the posts share.
    fn rules_of_absence(&mut self) {
        self.line("[absence]");
        self.maybe(50, "on_leave_together_share", |it| {
            it.between(1.0, 0.0).to_string()
        });
        self.maybe(50, "winter_sickness_factor", |it| {
            it.between(1.0, 3.0).to_string()
        });
    }

    fn absence(&mut self) {
        match self.chance.below(3) {
            0 => self.line("annual_leave_days = 0\ntraining_days = 0\nsickness_share = 0"),
            _ => {
                self.maybe_one(50, "annual_leave_days", &["0", "10", "27", "60"]);
                self.maybe_one(50, "training_days", &["0", "5", "20"]);
                self.maybe_one(50, "sickness_share", &["0", "0.05", "0.4"]);
            }
        }
    }

    fn start(&mut self) {
        if !self.has_start {
            return;
        }
        self.chance.enter(START);
        self.line("[start]");
        for index in 0..self.practices {
            let (count, waited) = (self.chance.below(12), self.chance.around(10.0));
            let line = match self.chance.below(4) {
                0 => continue,
                1 => "waited_days = [0, 3, 3, 0.5]".to_owned(),
                _ => format!("count = {count}\nwaited_days = {waited}"),
            };
            self.line(&format!(
                "[[start.waiting]]\npractice = \"P{index}\"\n{line}"
            ));
            self.case_type_of_start();
        }
        let open = self.chance.below(4).min(self.places);
        if self.posts > 0 && open > 0 {
            self.line(&format!("[[start.open]]\npost = \"W0\"\ncount = {open}"));
            self.maybe_around(50, "contacts_left", 3.0);
            self.case_type_of_start();
        }
    }

    fn case_type_of_start(&mut self) {
        let name = self.case_types[0];
        self.maybe(30, "case_type", |_| format!("\"{name}\""));
    }
}

/// A list of relative rates.
fn factors(chance: &mut Chance, count: usize) -> String {
    let factors: Vec<String> = (0..count)
        .map(|_| chance.between(0.2, 2.0).to_string())
        .collect();
    format!("[{}]", factors.join(", "))
}
