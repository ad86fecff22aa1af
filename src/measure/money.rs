//! Money: what filled posts and new holders cost, what is reimbursed, what GP appointments are worth.
//!
//! Pounds of the price year of `[costs]`, of the whole period: divided by
//! [`crate::model::Period::years`] they are pounds a year. The PCN's are the sum of the posts', and GP
//! appointments, which no post has. Nothing is written for a model without costs.

use super::Frame;
use super::catalogue as measures;
use super::sheet::{Sheet, ratio};
use crate::engine::Observations;
use crate::engine::observations::{Count, FilledTime, PostTally, ScopeTally};
use crate::model::time::{DAYS_PER_YEAR, SECONDS_PER_DAY};
use crate::model::{Costs, Post, PostCost};
use std::ops::Add;

/// What one post, or all together, cost in the period, in pounds.
#[derive(Clone, Copy, Debug, Default)]
struct Bill {
    staff: f64,
    recruitment: f64,
    reimbursed: f64,
    unspent: f64,
}

impl Add for Bill {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            staff: self.staff + other.staff,
            recruitment: self.recruitment + other.recruitment,
            reimbursed: self.reimbursed + other.reimbursed,
            unspent: self.unspent + other.unspent,
        }
    }
}

/// Money of the PCN.
pub fn of_pcn(frame: &Frame, seen: &Observations, sheet: &mut Sheet) {
    let Some(costs) = &frame.model.costs else {
        return;
    };
    let posts = frame.model.posts.iter().zip(&costs.posts).zip(&seen.posts);
    let bill = posts
        .map(|((post, cost), tally)| bill(costs, post, cost, tally))
        .fold(Bill::default(), Bill::add);
    put_bill(costs, bill, sheet);
    let gp = put_gp(costs, &seen.pcn, sheet);
    let cost = bill.staff + bill.recruitment + gp;
    sheet.put(&measures::COST_POUNDS, Some(cost));
    let contacted = seen.pcn.count(Count::FirstContacts) as f64;
    sheet.put(
        &measures::COST_PER_PERSON_CONTACTED_POUNDS,
        ratio(cost, contacted),
    );
}

/// Money of a post.
pub fn of_post(frame: &Frame, entity: usize, tally: &PostTally, sheet: &mut Sheet) {
    if let Some(costs) = &frame.model.costs {
        let (post, cost) = (&frame.model.posts[entity], &costs.posts[entity]);
        put_bill(costs, bill(costs, post, cost, tally), sheet);
    }
}

fn put_bill(costs: &Costs, bill: Bill, sheet: &mut Sheet) {
    sheet.put(&measures::STAFF_COST_POUNDS, Some(bill.staff));
    sheet.put(&measures::RECRUITMENT_COST_POUNDS, Some(bill.recruitment));
    if !costs.reimbursement.is_empty() {
        sheet.put(&measures::REIMBURSED_POUNDS, Some(bill.reimbursed));
        let not_reimbursed = bill.staff - bill.reimbursed;
        sheet.put(&measures::NOT_REIMBURSED_POUNDS, Some(not_reimbursed));
        sheet.put(&measures::REIMBURSEMENT_UNSPENT_POUNDS, Some(bill.unspent));
    }
}

/// Writes what is said of GP appointments; gives what those caused less those avoided are worth.
fn put_gp(costs: &Costs, pcn: &ScopeTally, sheet: &mut Sheet) -> f64 {
    let avoided =
        costs.gp_appointments_avoided_per_completed_case * pcn.count(Count::Completed) as f64;
    if costs.gp_appointments_avoided_per_completed_case > 0.0 {
        sheet.put(&measures::GP_APPOINTMENTS_AVOIDED, Some(avoided));
    }
    let Some(price) = costs.gp_appointment_pounds else {
        return 0.0;
    };
    let caused = pcn.count(Count::RevertedToGp) + pcn.count(Count::RefusedToGp);
    let pounds = price * (caused as f64 - avoided);
    sheet.put(&measures::GP_COST_POUNDS, Some(pounds));
    pounds
}

fn bill(costs: &Costs, post: &Post, cost: &PostCost, tally: &PostTally) -> Bill {
    let wte_years =
        |seconds: u64| post.wte * seconds as f64 / (DAYS_PER_YEAR * SECONDS_PER_DAY as f64);
    let hires = if cost.is_paid { tally.hires } else { 0 };
    let staff = Bill {
        staff: cost.pounds_a_year_per_wte * wte_years(tally.held.area),
        recruitment: costs.recruitment_pounds * hires as f64,
        ..Bill::default()
    };
    if !cost.is_reimbursed {
        return staff;
    }
    let years = costs.reimbursement.iter().zip(&tally.financial_years);
    let of_year = |(year, time): (&crate::model::Reimbursement, &FilledTime)| {
        let reimbursed =
            year.pounds_a_year_per_wte(cost.pounds_a_year_per_wte) * wte_years(time.filled);
        let most = year.maximum_pounds_a_year_per_wte * wte_years(time.filled + time.vacant);
        Bill {
            reimbursed,
            unspent: (most - reimbursed).max(0.0),
            ..Bill::default()
        }
    };
    years.map(of_year).fold(staff, Bill::add)
}
