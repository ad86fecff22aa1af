//! Money: what posts cost, what is reimbursed of it, and what GP appointments are worth.
//!
//! A post costs while it is filled and at no other time: seconds filled x WTE x pounds a year /
//! seconds of a year of 365.25 days. Reimbursement goes by financial year, because its maximum does.

use std::fmt;

use jiff::civil::{Date, date};

use super::time::SimTime;

/// A financial year of England: 1 April to 31 March, written "2026/27".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FinancialYear(i16);

impl FinancialYear {
    /// The financial year that begins in a calendar year.
    #[must_use]
    pub const fn beginning_in(year: i16) -> Self {
        Self(year)
    }

    /// The financial year that a date lies in: 31 March 2027 is in 2026/27, the day after in 2027/28.
    #[must_use]
    pub fn of(day: Date) -> Self {
        let is_before_april = day.month() < 4;
        Self(day.year() - i16::from(is_before_april))
    }

    /// The financial year after.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }

    /// 1 April; `None` after the year 9999, where dates end.
    #[must_use]
    pub fn first_day(self) -> Option<Date> {
        (self.0 < 9_999).then(|| date(self.0, 4, 1))
    }
}

impl fmt::Display for FinancialYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ends = (i32::from(self.0) + 1).rem_euclid(100);
        write!(f, "{:04}/{ends:02}", self.0)
    }
}

/// What the service costs. A model without it knows no money.
#[derive(Clone, Debug, PartialEq)]
pub struct Costs {
    /// The financial year in whose prices everything is.
    pub price_year: FinancialYear,
    /// What a WTE is paid, where some paid post has no cost of its own.
    pub pay: Option<Pay>,
    /// Each post, in the order of [`super::Model::posts`].
    pub posts: Vec<PostCost>,
    /// Pounds for each holder of a paid post who begins within the period.
    pub recruitment_pounds: f64,
    /// Pounds that a GP appointment is worth; `None`: they are not priced.
    pub gp_appointment_pounds: Option<f64>,
    /// GP appointments that a completed case avoids in the year after; counted at completion.
    pub gp_appointments_avoided_per_completed_case: f64,
    /// The financial years that the period touches, in order; none where nothing is reimbursed.
    pub reimbursement: Vec<Reimbursement>,
}

/// What one WTE is paid a year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pay {
    /// Band point.
    pub salary_pounds_a_year: f64,
    /// London weighting, on-costs apart.
    pub london_weighting_pounds_a_year: f64,
    /// Employer's National Insurance and pension, as a share of salary and weighting.
    pub on_costs_share: f64,
}

impl Pay {
    /// What one WTE costs a year: 33,487 with on-costs of 27.1% is 42,561.98 (the middle of band 5 in
    /// 2025/26).
    #[must_use]
    pub fn pounds_a_year_per_wte(&self) -> f64 {
        (self.salary_pounds_a_year + self.london_weighting_pounds_a_year)
            * (1.0 + self.on_costs_share)
    }
}

/// What a post costs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PostCost {
    /// Pounds a year of one WTE, on-costs included.
    pub pounds_a_year_per_wte: f64,
    /// Whether the post itself says so, rather than [`Costs::pay`].
    pub is_outright: bool,
    /// Whether its holder is paid: finding a volunteer costs nothing here.
    pub is_paid: bool,
    /// Whether it is one of those that are reimbursed.
    pub is_reimbursed: bool,
}

/// What is reimbursed in one financial year, as far as the period reaches into it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reimbursement {
    /// Which.
    pub year: FinancialYear,
    /// Its first instant; the clock's zero where it begins before.
    pub begins: SimTime,
    /// The first instant after it.
    pub ends: SimTime,
    /// The most that is paid for one WTE a year.
    pub maximum_pounds_a_year_per_wte: f64,
    /// Share of what a post costs that is paid, up to the maximum.
    pub share: f64,
}

impl Reimbursement {
    /// Pounds a year that are paid for one WTE that costs so much: the share of it, at most the
    /// maximum. Of 42,575 with a maximum of 40,159 these are 40,159.
    #[must_use]
    pub fn pounds_a_year_per_wte(&self, cost: f64) -> f64 {
        (cost * self.share).min(self.maximum_pounds_a_year_per_wte)
    }
}

impl Costs {
    /// What all posts cost in a year in which every one of them is filled.
    #[must_use]
    pub fn full_pounds_a_year(&self, wte: impl Iterator<Item = f64>) -> f64 {
        let posts = self.posts.iter().zip(wte);
        posts
            .map(|(post, wte)| wte * post.pounds_a_year_per_wte)
            .sum()
    }

    /// What is reimbursed of that, in the average of the financial years that the period touches, each
    /// by how much of the period lies in it; nothing where none is.
    ///
    /// Worked: one post of 4 WTE at 42,575 pounds and a maximum of 40,159 in all years: 160,636.
    #[must_use]
    pub fn full_reimbursed_pounds_a_year(&self, wte: impl Iterator<Item = f64>) -> f64 {
        let posts: Vec<(f64, f64)> = self
            .posts
            .iter()
            .zip(wte)
            .filter(|(post, _)| post.is_reimbursed)
            .map(|(post, wte)| (wte, post.pounds_a_year_per_wte))
            .collect();
        let (mut pounds, mut seconds) = (0.0, 0.0);
        for year in &self.reimbursement {
            let each = |(wte, cost): &(f64, f64)| wte * year.pounds_a_year_per_wte(*cost);
            let long = (year.ends - year.begins).seconds() as f64;
            pounds += long * posts.iter().map(each).sum::<f64>();
            seconds += long;
        }
        if seconds > 0.0 { pounds / seconds } else { 0.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_financial_year_begins_on_the_first_of_april() {
        let year = |month, day| FinancialYear::of(date(2027, month, day)).to_string();
        assert_eq!(year(3, 31), "2026/27");
        assert_eq!(year(4, 1), "2027/28");
        assert_eq!(FinancialYear::beginning_in(1999).to_string(), "1999/00");
        let next = FinancialYear::of(date(2027, 3, 31)).next();
        assert_eq!(next.first_day(), Some(date(2027, 4, 1)));
        assert_eq!(FinancialYear::beginning_in(9_999).first_day(), None);
    }

    #[test]
    fn pay_has_on_costs_on_salary_and_weighting() {
        let pay = Pay {
            salary_pounds_a_year: 33_487.0,
            london_weighting_pounds_a_year: 0.0,
            on_costs_share: 0.271,
        };
        assert!((pay.pounds_a_year_per_wte() - 42_561.977).abs() < 1e-9);
        let in_london = Pay {
            london_weighting_pounds_a_year: 5_000.0,
            ..pay
        };
        let more = in_london.pounds_a_year_per_wte() - pay.pounds_a_year_per_wte();
        assert!((more - 6_355.0).abs() < 1e-9);
    }

    /// Three quarters of the time at 40,000 and one at 20,000, for 2 WTE that cost 30,000; another post is
    /// not reimbursed.
    #[test]
    fn financial_years_count_by_their_time() {
        let year = |from: u64, to: u64, most: f64| Reimbursement {
            year: FinancialYear::beginning_in(2026),
            begins: SimTime::from_seconds(from),
            ends: SimTime::from_seconds(to),
            maximum_pounds_a_year_per_wte: most,
            share: 1.0,
        };
        let post = |is_reimbursed| PostCost {
            pounds_a_year_per_wte: 30_000.0,
            is_outright: true,
            is_paid: true,
            is_reimbursed,
        };
        let mut costs = Costs {
            price_year: FinancialYear::beginning_in(2026),
            pay: None,
            posts: vec![post(true), post(false)],
            recruitment_pounds: 0.0,
            gp_appointment_pounds: None,
            gp_appointments_avoided_per_completed_case: 0.0,
            reimbursement: vec![year(100, 400, 40_000.0), year(400, 500, 20_000.0)],
        };
        let reimbursed = costs.full_reimbursed_pounds_a_year([2.0, 1.0].into_iter());
        assert!((reimbursed - 55_000.0).abs() < 1e-9, "{reimbursed}");
        costs.reimbursement.clear();
        assert!(
            costs
                .full_reimbursed_pounds_a_year([2.0, 1.0].into_iter())
                .abs()
                < 1e-9
        );
    }

    #[test]
    fn no_more_than_the_maximum_is_reimbursed_and_no_more_than_it_costs() {
        let year = Reimbursement {
            year: FinancialYear::beginning_in(2026),
            begins: SimTime::ZERO,
            ends: SimTime::ZERO,
            maximum_pounds_a_year_per_wte: 40_159.0,
            share: 0.9,
        };
        assert!((year.pounds_a_year_per_wte(50_000.0) - 40_159.0).abs() < 1e-9);
        assert!((year.pounds_a_year_per_wte(30_000.0) - 27_000.0).abs() < 1e-9);
    }
}
