//! Random small services as the text of scenario files: everything that the file format offers,
//! switched on and off at random. The same number gives the same text for ever.

use std::fmt::Write as _;

use super::chance::Chance;

/// A service being written.
struct Writer {
    chance: Chance,
    text: String,
    england: bool,
    days: u64,
    has_start: bool,
    practices: u64,
    posts: u64,
    case_types: u64,
}

/// The `number`-th random service.
pub fn service(number: u64) -> String {
    let mut chance = Chance::new(number);
    let mut writer = Writer {
        text: String::new(),
        england: chance.yes(60),
        days: 15 + chance.below(100),
        has_start: chance.yes(35),
        practices: 1 + chance.below(4),
        posts: if chance.yes(4) {
            0
        } else {
            1 + chance.below(4)
        },
        case_types: 1 + chance.below(3),
        chance,
    };
    writer.rules();
    writer.period();
    writer.demand();
    writer.sources();
    writer.pathway();
    writer.places();
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

    /// A date some days after the first of the period (Monday 5 October 2026), which may be before.
    fn date(&mut self, from: i64, to: i64) -> jiff::civil::Date {
        let days = from + self.chance.below((to - from + 1) as u64) as i64;
        jiff::civil::date(2026, 10, 5).saturating_add(jiff::Span::new().days(days))
    }

    fn rules(&mut self) {
        self.line("schema = 1\ntitle = \"A random service\"");
        self.maybe(70, "assignment", |it| {
            it.pick(&[
                "\"least-loaded\"",
                "\"longest-idle\"",
                "\"own-practice-first\"",
            ])
            .to_owned()
        });
        self.maybe(70, "order_of_work", |it| {
            it.pick(&[
                "\"follow-ups-first\"",
                "\"new-first\"",
                "\"oldest-due-first\"",
            ])
            .to_owned()
        });
        self.maybe(40, "continuity", |_| "\"any-worker\"".to_owned());
    }

    fn period(&mut self) {
        let calendar = if self.england {
            "england"
        } else {
            "always-open"
        };
        let fraction = self.chance.pick(&["", ".4", ".7"]);
        let days = self.days;
        self.line(&format!(
            "[period]\nstart = 2026-10-05\ndays = {days}{fraction}\ncalendar = \"{calendar}\""
        ));
        if !self.has_start {
            self.maybe(60, "warm_up_days", |it| it.below(60).to_string());
        }
        self.maybe(15, "closed_days", |_| "[2026-10-14, 2026-11-02]".to_owned());
    }

    fn demand(&mut self) {
        self.line("[demand]");
        let rate = self.chance.between(0.0, 400.0);
        self.line(&format!("referrals_per_1000_a_year = {rate}"));
        if self.chance.yes(30) {
            let height = self.chance.between(0.0, 1.0);
            self.line(&format!(
                "seasonal = {{ amplitude = {height}, period_days = 40, peak_day = 13.5 }}"
            ));
        } else {
            self.maybe(50, "month_factors", |it| {
                let factors: Vec<String> =
                    (0..12).map(|_| it.between(0.2, 2.0).to_string()).collect();
                format!("[{}]", factors.join(", "))
            });
            let weekdays = if self.england { 5 } else { 7 };
            self.maybe(50, "weekday_factors", |it| {
                let factors: Vec<String> = (0..weekdays)
                    .map(|_| it.between(0.1, 2.0).to_string())
                    .collect();
                format!("[{}]", factors.join(", "))
            });
        }
        self.maybe(30, "growth_a_year", |it| it.between(-0.5, 1.0).to_string());
        self.maybe(40, "dispersion", |it| it.between(1.0, 5.0).to_string());
        self.maybe(50, "inappropriate_share", |it| {
            it.between(0.0, 0.5).to_string()
        });
        self.maybe(50, "triage_minutes", |it| it.around(240.0));
        self.maybe(50, "re_referral_share", |it| {
            it.between(0.0, 1.0).to_string()
        });
        self.maybe(70, "re_referral_delay_days", |it| it.around(12.0));
        self.maybe(20, "opening_hours", |_| "[\"07:15\", \"20:00\"]".to_owned());
        if self.chance.yes(40) {
            let (factor, starts, ends) = (
                self.chance.between(0.0, 3.0),
                self.date(-30, 10),
                self.date(11, 60),
            );
            self.line(&format!(
                "[[demand.shocks]]\nfactor = {factor}\nstarts = {starts}\nends = {ends}\npractices = [\"P0\"]"
            ));
        }
        if self.chance.yes(40) {
            let (from, to, starts) = (
                self.chance.between(0.0, 3.0),
                self.chance.between(0.0, 3.0),
                self.date(-40, 50),
            );
            self.line(&format!(
                "[[demand.ramps]]\nfrom_factor = {from}\nto_factor = {to}\nstarts = {starts}\nweeks = 4"
            ));
        }
    }

    fn sources(&mut self) {
        if self.chance.yes(50) {
            for (name, share) in [("GP", 0.5), ("self", 0.3), ("outreach", 0.2)] {
                self.line(&format!("[[sources]]\nname = \"{name}\"\nshare = {share}"));
                self.maybe(60, "priority", |it| (1 + it.below(3)).to_string());
                self.maybe(30, "inappropriate_share", |it| {
                    it.between(0.0, 0.6).to_string()
                });
            }
        } else if self.chance.yes(30) {
            self.line("[[sources]]\nname = \"GP\"\nshare = 1\npriority = 2");
        }
    }

    fn pathway(&mut self) {
        self.line("[waiting_list]");
        self.maybe(60, "patience_days", |it| it.around(15.0));
        self.maybe(40, "lapse_until", |_| "\"assignment\"".to_owned());
        self.line("[first_contact]");
        self.maybe(60, "attempts", |it| (1 + it.below(4)).to_string());
        self.maybe(80, "attempt_minutes", |it| it.around(30.0));
        self.maybe(80, "answered_share", |it| it.between(0.0, 1.0).to_string());
        self.maybe(80, "days_between_attempts", |it| it.around(2.0));
        self.maybe(50, "days_to_first_appointment", |it| it.around(4.0));
        for index in 0..self.case_types {
            let share = 1.0 / self.case_types as f64;
            self.line(&format!(
                "[[case_types]]\nname = \"T{index}\"\nshare = {share}"
            ));
            let contacts = match self.chance.below(4) {
                0 => "0".to_owned(),
                1 => "{ poisson = { mean = 2 } }".to_owned(),
                2 => "{ triangular = { min = 0, mode = 3, max = 8 } }".to_owned(),
                _ => format!("{}", 1 + self.chance.below(6)),
            };
            self.line(&format!("contacts = {contacts}"));
            self.maybe(80, "first_appointment_minutes", |it| it.around(60.0));
            self.maybe(80, "follow_up_minutes", |it| it.around(30.0));
            self.maybe(90, "days_between_contacts", |it| it.around(5.0));
            self.maybe(80, "dna_share", |it| it.between(0.0, 0.8).to_string());
            self.maybe(40, "dna_minutes", |it| it.around(5.0));
            self.maybe(40, "days_after_dna", |it| it.around(3.0));
            self.maybe(50, "dna_limit", |it| {
                it.pick(&["1", "2", "5", "\"none\""]).to_owned()
            });
            self.maybe(40, "drop_out_share", |it| it.between(0.0, 0.5).to_string());
            self.maybe(40, "onward_wait_share", |it| {
                it.between(0.0, 1.0).to_string()
            });
            self.maybe(80, "onward_wait_days", |it| it.around(8.0));
        }
    }

    fn places(&mut self) {
        for index in 0..self.practices {
            let list = 500 + self.chance.below(8_000) / self.practices;
            self.line(&format!(
                "[[practices]]\nname = \"P{index}\"\nlist_size = {list}"
            ));
            self.maybe(30, "referrals_per_1000_a_year", |it| {
                it.between(0.0, 300.0).to_string()
            });
            self.maybe(20, "opening_hours", |_| "[\"10:00\", \"12:00\"]".to_owned());
            self.maybe(30, "case_type_tilt", |it| {
                format!("{{ T0 = {} }}", it.between(0.1, 3.0))
            });
        }
        for index in 0..self.posts {
            self.post(index);
        }
    }

    fn post(&mut self, index: u64) {
        self.line(&format!("[[posts]]\nname = \"W{index}\""));
        match self.chance.below(6) {
            0 if self.england => {
                self.line("hours = { monday = 3, wednesday = 7.5, friday = 1.25 }")
            }
            0 | 1 => {
                let wte = self.chance.pick(&["0.3", "0.5", "0.85"]);
                self.line(&format!("wte = {wte}"));
            }
            2 => self.line("wte = 2.5"),
            _ => self.line("wte = 1"),
        }
        self.maybe(60, "client_share", |it| it.between(0.02, 1.0).to_string());
        self.maybe(70, "caseload_cap", |it| {
            it.pick(&["\"none\"", "1", "2", "5", "20"]).to_owned()
        });
        if self.chance.yes(50) {
            let practices = self.practices;
            let served: Vec<String> = (0..practices)
                .filter(|_| self.chance.yes(50))
                .map(|practice| format!("\"P{practice}\""))
                .collect();
            if !served.is_empty() {
                self.line(&format!("serves = [{}]", served.join(", ")));
            }
        }
        // Open cases at the start are W0's, who is there from the beginning.
        if index > 0 && self.chance.yes(25) {
            let starts = self.date(-20, 40);
            self.line(&format!("starts = {starts}"));
        } else if index > 0 && self.chance.yes(15) {
            let advertised = self.date(-90, 0);
            self.line(&format!(
                "advertised = {advertised}\ntime_to_hire_weeks = 7"
            ));
        }
        if self.chance.yes(35) {
            let ends = self.date(41, 80);
            self.line(&format!("ends = {ends}"));
        }
        self.maybe(60, "lost_at_handover_share", |it| {
            it.between(0.0, 1.0).to_string()
        });
        if self.chance.yes(30) {
            self.line("annual_leave_days = 0\ntraining_days = 0\nsickness_share = 0");
            return;
        }
        self.maybe(50, "annual_leave_days", |it| {
            it.pick(&["0", "10", "27", "60"]).to_owned()
        });
        self.maybe(50, "training_days", |it| {
            it.pick(&["0", "5", "20"]).to_owned()
        });
        self.maybe(50, "sickness_share", |it| {
            it.pick(&["0", "0.05", "0.4"]).to_owned()
        });
    }

    fn start(&mut self) {
        if !self.has_start {
            return;
        }
        for index in 0..self.practices {
            if self.chance.yes(60) {
                let (count, waited) = (self.chance.below(12), self.chance.around(10.0));
                self.line(&format!(
                    "[[start.waiting]]\npractice = \"P{index}\"\ncount = {count}\nwaited_days = {waited}"
                ));
            }
        }
        self.line("[[start.waiting]]\npractice = \"P0\"\nwaited_days = [0, 3, 3, 0.5]\ncase_type = \"T0\"");
        if self.posts > 0 {
            self.line("[[start.open]]\npost = \"W0\"\ncount = 1");
            self.maybe(50, "contacts_left", |it| it.around(3.0));
            self.maybe(50, "case_type", |_| "\"T0\"".to_owned());
        }
    }
}
