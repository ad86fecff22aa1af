//! What the service costs: a short table of pounds a year, where the scenario counts money.

use super::Answer;
use super::table::cells_over;
use crate::experiment::SummaryRow;
use crate::model::Costs;
use crate::report::number::readable;
use crate::report::prose::{aligned, paragraph};

/// What is shown: measure of the PCN, words, and whether it is shown where it is nothing.
const SHOWN: [(&str, &str, bool); 8] = [
    ("staff_cost_pounds", "Staff, while posts are filled", true),
    ("recruitment_cost_pounds", "Recruitment", false),
    (
        "gp_cost_pounds",
        "GP appointments caused, less avoided",
        true,
    ),
    ("cost_pounds", "Cost of the service", true),
    ("reimbursed_pounds", "Reimbursed", true),
    ("not_reimbursed_pounds", "Staff, not reimbursed", true),
    (
        "reimbursement_unspent_pounds",
        "Reimbursement not spent",
        true,
    ),
    (
        "cost_per_person_contacted_pounds",
        "Cost per person contacted, pounds",
        true,
    ),
];

impl Answer<'_> {
    /// The table; nothing where no money is counted.
    pub(super) fn money(&self) -> String {
        let Some(costs) = &self.model.costs else {
            return String::new();
        };
        let header = [
            &format!("Pounds a year, in prices of {}", costs.price_year),
            "mean",
            "95% interval",
            "8 in 10 runs",
        ];
        let mut rows = vec![header.map(str::to_owned).to_vec()];
        let years = self.model.period.years();
        let shown = self.money_shown(years).into_iter();
        rows.extend(shown.map(|(label, row, by)| cells_over(label, row, by)));
        format!("\n{}{}", aligned(&rows), paragraph(&rests_on(costs)))
    }

    /// What is shown: words, the measure over the period, and by how many years it is divided.
    pub(in crate::report) fn money_shown(
        &self,
        years: f64,
    ) -> Vec<(&'static str, &SummaryRow, f64)> {
        let shown = SHOWN.into_iter().filter_map(|(measure, label, always)| {
            let is_a_total = measure != "cost_per_person_contacted_pounds";
            let row = self.pcn(measure);
            let row = row.filter(|row| always || row.mean() > Some(0.0));
            Some((label, row?, if is_a_total { years } else { 1.0 }))
        });
        shown.collect()
    }
}

/// What the table rests on.
pub(in crate::report) fn rests_on(costs: &Costs) -> String {
    let mut text = "A post costs while it is filled, notice included.".to_owned();
    if !costs.reimbursement.is_empty() {
        text += " Not spent is the maximum for posts that are there, filled or vacant between two holders, \
                 less what is reimbursed.";
    }
    text += &avoided(costs).unwrap_or_default();
    text
}

/// That GP appointments avoided are weak evidence, wherever they are shown or priced.
fn avoided(costs: &Costs) -> Option<String> {
    let each = costs.gp_appointments_avoided_per_completed_case;
    let is_priced = costs.gp_appointment_pounds.is_some();
    if each > 0.0 {
        return Some(format!(
            " GP appointments avoided are taken at {} for each completed case: weak evidence, because people are \
             referred at their worst and some get better by themselves.",
            readable(each)
        ));
    }
    is_priced.then(|| {
        " No GP appointments are counted as avoided by completed cases: the evidence for any is weak.".to_owned()
    })
}
