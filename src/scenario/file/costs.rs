//! `[costs]`: what posts cost, what is reimbursed, and what GP appointments are worth.

use crate::model::FinancialYear;
use crate::scenario::presence::{default, optional, required};
use crate::scenario::ranges::{SHARE, between};
use crate::scenario::spec::{Number, Tables, tables};
use crate::scenario::table::table;
use crate::scenario::words::Year;

/// Pounds that something costs, a year or once.
pub const POUNDS: Number = between(0.0, 1_000_000.0);
/// On-costs of three times the salary at most.
const ON_COSTS: Number = between(0.0, 3.0);
/// GP appointments that one case avoids at most.
const APPOINTMENTS: Number = between(0.0, 100.0);
const REIMBURSEMENTS: Tables<ReimbursementTable> = tables(200);

table! {
    /// Money. A post costs only while it is filled (notice that is worked included): nothing before
    /// its first day, while it is vacant, or after its last. All pounds are of one price year; nothing
    /// is discounted.
    CostsTable {
        /// The financial year in whose prices all pounds of the file are; it is said wherever pounds
        /// are shown.
        price_year: FinancialYear = ("financial year", Year, required()),
        /// Salary of one WTE: a point of its pay band, London weighting and on-costs apart. Band 5 in
        /// 2025/26 is 31,049 to 37,796, 33,487 in the middle.
        salary_pounds_a_year: f64 = (
            "pounds a year per WTE",
            POUNDS,
            optional("required unless every paid post has `cost_pounds_a_year_per_wte`"),
        ),
        /// London weighting of one WTE (high cost area supplement). On-costs are paid on it too.
        london_weighting_pounds_a_year: f64 = ("pounds a year per WTE", POUNDS, default("0")),
        /// Employer's National Insurance and pension, as a share of salary and London weighting.
        on_costs_share: f64 = (
            "share",
            ON_COSTS,
            default("0.271").graded(
                'B',
                "derived: National Insurance 15% above 5,000 pounds and pension 14.38%, middle of band 5 in 2025/26",
            ),
        ),
        /// What it costs to find somebody, for each holder of a paid post who begins within the
        /// period: whoever follows a leaver, and the first holder of a post that starts meanwhile.
        recruitment_pounds: f64 = (
            "pounds",
            POUNDS,
            default("0").graded('D', "assumption: nothing"),
        ),
        /// What a GP appointment is worth. 42 is nine minutes in 2021/22 (grade B); 30 was NHS
        /// England's figure in 2019.
        gp_appointment_pounds: f64 = (
            "pounds",
            POUNDS,
            optional("GP appointments are not priced"),
        ),
        /// GP appointments that a completed case avoids in the year after it. Weak evidence: studies
        /// find 0 to 4, and what they find is what one would see if people are referred at their worst
        /// and get better by themselves.
        gp_appointments_avoided_per_completed_case: f64 = (
            "appointments",
            APPOINTMENTS,
            default("0")
                .graded('C', "weak: 0 to 4; a matched study found regression to the mean")
                .ranged(0.0, 4.0),
        ),
        /// What the Additional Roles Reimbursement Scheme, or whoever pays for posts, pays at most:
        /// one table for each financial year, in order, every year that the period touches among them.
        reimbursement: Vec<ReimbursementTable> = (
            "tables",
            REIMBURSEMENTS,
            optional("nothing is reimbursed"),
        ),
    }
}

table! {
    /// Reimbursement in one financial year, 1 April to 31 March. No amount is built in: those published
    /// change from year to year.
    ReimbursementTable {
        /// Which.
        financial_year: FinancialYear = ("financial year", Year, required()),
        /// The most that is paid for one WTE a year, in proportion to time filled.
        maximum_pounds_a_year_per_wte: f64 = ("pounds a year per WTE", POUNDS, required()),
        /// The most that is paid where there is London weighting.
        london_maximum_pounds_a_year_per_wte: f64 = (
            "pounds a year per WTE",
            POUNDS,
            optional("as `maximum_pounds_a_year_per_wte`"),
        ),
        /// Share of what a post costs that is paid, up to the maximum.
        share: f64 = ("share", SHARE, default("1")),
    }
}
