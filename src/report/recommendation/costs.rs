//! What a plan costs, and which costs these are.

use super::{Advice, CostsFrom};
use crate::report::comparison::words::pounds;

impl Advice<'_> {
    /// A cost, where costs are known at all.
    #[must_use]
    pub fn known(&self, pounds_a_year: f64) -> Option<f64> {
        (self.costs != CostsFrom::Nowhere).then_some(pounds_a_year)
    }

    /// "£170,300 a year", or that nobody has said.
    pub(in crate::report) fn cost(&self, pounds_a_year: f64) -> String {
        let known = self.known(pounds_a_year);
        known.map_or("a cost that is not given".to_owned(), |cost| {
            format!("{} a year", pounds(cost))
        })
    }

    /// Which costs count.
    pub(in crate::report) const fn which_costs(&self) -> &'static str {
        match self.costs {
            CostsFrom::Nowhere => {
                "No costs are given, neither in [[recommend.vary]] (cost_pounds_a_year_each) nor in [costs]: all plans \
                 count as equally cheap, and the first in the order of the file is preferred."
            }
            CostsFrom::Vary => {
                "Costs are those that [[recommend.vary]] gives for what may change, nothing else."
            }
            CostsFrom::Posts => {
                "[[recommend.vary]] gives no costs, so a plan costs what all its posts cost by [costs] if they are filled \
                 all year; recruitment and GP appointments are left out."
            }
        }
    }

    /// What the posts of a plan cost by `[costs]`, and what is reimbursed of it, where the file says.
    pub(in crate::report) fn what_it_costs(&self, plan: usize) -> Option<String> {
        let staff = (self.plan)(plan).staff_cost?;
        let (cost, back) = (staff.pounds_a_year, staff.reimbursed_pounds_a_year);
        let reimbursed = match back > 0.0 {
            true => format!(
                "; of that at most {} is reimbursed and {} left to pay",
                pounds(back),
                pounds(cost - back)
            ),
            false => String::new(),
        };
        Some(format!(
            "By [costs], in prices of {}, all posts of this plan cost {} a year if they are filled throughout{reimbursed}. \
             `run` and `compare` count less, because a post costs nothing while it is vacant.",
            staff.price_year,
            pounds(cost),
        ))
    }
}
