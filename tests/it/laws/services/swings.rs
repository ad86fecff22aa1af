//! What random services do to their demand besides a rate: shocks, ramps, batches, mergers and
//! deprivation.

use super::super::chance::Chance;
use super::{SWINGS, Writer};

impl Writer {
    /// Shocks and ramps.
    pub fn swings(&mut self) {
        self.chance.enter(SWINGS);
        for _ in 0..self.chance.below(3) {
            let factor = self.chance.between(0.0, 3.0);
            let (starts, ends) = (self.date(-30, 10), self.date(11, 60));
            let practices = self.some_practices();
            self.line(&format!(
                "[[demand.shocks]]\nfactor = {factor}\nstarts = {starts}\nends = {ends}\npractices = {practices}"
            ));
        }
        for _ in 0..self.chance.below(3) {
            let (from, to) = (self.chance.between(0.0, 3.0), self.chance.between(0.0, 3.0));
            let (starts, weeks) = (self.date(-40, 50), self.chance.between(0.5, 9.0));
            let practices = self.some_practices();
            self.line(&format!(
                "[[demand.ramps]]\nfrom_factor = {from}\nto_factor = {to}\nstarts = {starts}\nweeks = {weeks}\npractices = {practices}"
            ));
        }
    }

    /// Practices that become one; perhaps that one goes on to merge into a third.
    pub fn mergers(&mut self) {
        let date = self.date(-5, 45);
        let into = self.chance.below(2);
        let again = self.chance.yes(40);
        if !self.chance.yes(30) || self.practices < 2 {
            return;
        }
        self.line(&format!(
            "[[mergers]]\ndate = {date}\npractices = [\"P0\", \"P1\"]\ninto = \"P{into}\""
        ));
        if again && self.practices > 2 {
            let date = date.saturating_add(jiff::Span::new().days(6));
            self.line(&format!(
                "[[mergers]]\ndate = {date}\npractices = [\"P2\", \"P{into}\"]\ninto = \"P2\""
            ));
        }
    }

    /// What a practice's fifth does.
    pub fn deprivation(&mut self) {
        let fifths = |it: &mut Chance| {
            let factors: Vec<String> = (0..5).map(|_| it.between(1.0, 0.1).to_string()).collect();
            format!("[{}]", factors.join(", "))
        };
        if !self.chance.yes(40) {
            return;
        }
        self.line("[demand.deprivation]");
        self.maybe(60, "rate_factors", fifths);
        self.maybe(60, "dna_factors", fifths);
        let name = self.case_types[0];
        self.maybe(60, "case_type_factors", |it| {
            format!("{{ {name} = {} }}", fifths(it))
        });
    }

    /// People referred together, of practices by name: another practice does not change whose they
    /// are.
    pub fn batches(&mut self, has_sources: bool) {
        for _ in 0..self.chance.below(3) {
            let (date, referrals) = (self.working_date(-20, 50), self.chance.around(9.0));
            let practices = self.named_practices();
            self.line(&format!(
                "[[demand.batches]]\ndate = {date}\nreferrals = {referrals}\npractices = {practices}"
            ));
            if has_sources {
                self.maybe_word(60, "source", &["GP", "outreach"]);
            }
        }
    }
}
