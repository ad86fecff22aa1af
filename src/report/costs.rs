//! What the service costs on paper: every post filled for a whole year, and what that is made of.

use super::number::{counted, grouped, percent_to_a_decimal, readable};
use super::prose::{aligned, bullet, paragraph};
use crate::model::{Costs, Model, Pay, Reimbursement};

/// Posts that are shown.
const SHOWN: usize = 8;

/// A table of what each post costs in a year in which it is filled throughout, what a WTE costs, and
/// what is reimbursed of it in each financial year; nothing where no money is counted.
#[must_use]
pub fn costs_on_paper(model: &Model) -> String {
    let Some(costs) = &model.costs else {
        return String::new();
    };
    let mut rows = vec![
        [
            &format!("Pounds a year, in prices of {}", costs.price_year),
            "WTE",
            "a WTE",
            "a year",
        ]
        .map(str::to_owned)
        .to_vec(),
    ];
    let posts = model.posts.iter().zip(&costs.posts);
    rows.extend(posts.take(SHOWN).map(|(post, cost)| {
        let each = cost.pounds_a_year_per_wte;
        row(&post.name, post.wte, &grouped(each, 0), post.wte * each)
    }));
    let wte = || model.posts.iter().map(|post| post.wte);
    let all = costs.full_pounds_a_year(wte());
    rows.push(row("All posts, filled all year", wte().sum(), "", all));
    let mut text = format!("\n{}", aligned(&rows));
    if model.posts.len() > SHOWN {
        let more = counted(model.posts.len() - SHOWN, "more post");
        text += &paragraph(&format!("Not shown: {more}."));
    }
    text += &paragraph(
        "A post costs only while it is filled, so that vacancies and posts that begin or end make it less in a run.",
    );
    text += &costs.pay.map_or(String::new(), |pay| bullet(&made_of(pay)));
    for year in &costs.reimbursement {
        text += &bullet(&reimbursed(model, costs, year));
    }
    text += &costs_besides(costs);
    text
}

fn row(what: &str, wte: f64, each: &str, pounds: f64) -> Vec<String> {
    vec![
        what.to_owned(),
        readable(wte),
        each.to_owned(),
        grouped(pounds, 0),
    ]
}

/// What a WTE is paid.
fn made_of(pay: Pay) -> String {
    let weighting = match pay.london_weighting_pounds_a_year > 0.0 {
        true => format!(
            ", London weighting {}",
            grouped(pay.london_weighting_pounds_a_year, 0)
        ),
        false => String::new(),
    };
    let paid = pay.salary_pounds_a_year + pay.london_weighting_pounds_a_year;
    format!(
        "A WTE without a cost of its own: salary {}{weighting}, on-costs {} ({}); together {} pounds.",
        grouped(pay.salary_pounds_a_year, 0),
        grouped(paid * pay.on_costs_share, 0),
        percent_to_a_decimal(pay.on_costs_share),
        grouped(pay.pounds_a_year_per_wte(), 0)
    )
}

/// What is reimbursed of all posts in a financial year, if they are filled throughout.
fn reimbursed(model: &Model, costs: &Costs, year: &Reimbursement) -> String {
    let posts = model.posts.iter().zip(&costs.posts);
    let posts = posts.filter(|(_, cost)| cost.is_reimbursed);
    let (mut most, mut paid) = (0.0, 0.0);
    for (post, cost) in posts {
        most += post.wte * year.maximum_pounds_a_year_per_wte;
        paid += post.wte * year.pounds_a_year_per_wte(cost.pounds_a_year_per_wte);
    }
    format!(
        "Reimbursed in {}: at most {} pounds a WTE, {} in all; of posts filled all year {}.",
        year.year,
        grouped(year.maximum_pounds_a_year_per_wte, 0),
        grouped(most, 0),
        grouped(paid, 0)
    )
}

/// Recruitment and GP appointments, where they are priced.
fn costs_besides(costs: &Costs) -> String {
    let mut text = String::new();
    if costs.recruitment_pounds > 0.0 {
        let pounds = readable(costs.recruitment_pounds);
        text += &bullet(&format!("Each new holder costs {pounds} pounds to find."));
    }
    if let Some(price) = costs.gp_appointment_pounds {
        let pounds = readable(price);
        text += &bullet(&format!("A GP appointment is worth {pounds} pounds."));
    }
    let avoided = costs.gp_appointments_avoided_per_completed_case;
    if avoided > 0.0 {
        text += &bullet(&format!(
            "GP appointments avoided are taken at {} for each completed case: weak evidence.",
            readable(avoided)
        ));
    }
    text
}
