//! Money: what each post costs, and what is reimbursed in the financial years of the period.

use super::Resolver;
use super::clock::Clock;
use super::posts::Team;
use crate::model::time::SECONDS_PER_DAY;
use crate::model::{Costs, FinancialYear, Pay, PostCost, PostKind, Reimbursement, SimTime};
use crate::scenario::file::{CostsTable, PostTable, ReimbursementTable, ScenarioFile};
use crate::scenario::finding::Finding;
use crate::scenario::reader::Field;

/// What the service costs; `None` where the file says nothing of money.
pub fn costs(file: &ScenarioFile, clock: &Clock, team: &Team, r: &mut Resolver) -> Option<Costs> {
    let Some(written) = file.costs.given() else {
        if !file.costs.is_in_file() {
            refuse_without_costs(file, r);
        }
        return None;
    };
    let table = &written.value;
    let pay = pay(table, file.posts.items(), r);
    let ledger = &mut r.ledger;
    let recruitment_pounds = table.recruitment_pounds.used_or(ledger, 0.0);
    let avoided = &table.gp_appointments_avoided_per_completed_case;
    let gp_appointments_avoided_per_completed_case = avoided.used_or(ledger, 0.0);
    Some(Costs {
        price_year: table.price_year.peek().copied().unwrap_or(SOME_YEAR),
        pay,
        posts: post_costs(file.posts.items(), pay, team),
        recruitment_pounds,
        gp_appointment_pounds: table.gp_appointment_pounds.peek().copied(),
        gp_appointments_avoided_per_completed_case,
        reimbursement: reimbursement(table, clock, r),
    })
}

/// What stands where the price year was refused.
const SOME_YEAR: FinancialYear = FinancialYear::beginning_in(2026);

/// Reports money that has no `[costs]` to say of which year its pounds are: costs of posts, and
/// targets in pounds.
fn refuse_without_costs(file: &ScenarioFile, r: &mut Resolver) {
    const HINT: &str =
        "add [costs] with price_year = \"2025/26\", or whichever year the pounds are of";
    for post in file.posts.items() {
        if let Field::Given(cost) = &post.cost_pounds_a_year_per_wte {
            let finding = Finding::at(&cost.at, "needs [costs]");
            r.findings.add(finding.hint(HINT));
        }
    }
    for (name, _) in file.targets.items() {
        if name.value.ends_with("_pounds") {
            let finding = Finding::at(&name.at, "needs [costs]: without it no money is counted");
            r.findings.add(finding.hint(HINT));
        }
    }
}

fn is_paid(post: &PostTable) -> bool {
    !matches!(post.kind.peek(), Some(PostKind::Volunteer))
}

/// What a WTE is paid, where some paid post has no cost of its own; that nothing says so is reported.
fn pay(table: &CostsTable, posts: &[PostTable], r: &mut Resolver) -> Option<Pay> {
    let mut paid = posts.iter().filter(|post| is_paid(post));
    let without = paid.find(|post| !post.cost_pounds_a_year_per_wte.is_in_file());
    let salary = table.salary_pounds_a_year.peek().copied();
    match (without, salary) {
        (Some(_), Some(salary_pounds_a_year)) => Some(Pay {
            salary_pounds_a_year,
            london_weighting_pounds_a_year: table
                .london_weighting_pounds_a_year
                .used_or(&mut r.ledger, 0.0),
            on_costs_share: table.on_costs_share.used_or(&mut r.ledger, 0.0),
        }),
        (Some(post), None) if !table.salary_pounds_a_year.is_wrong() => {
            let name = post.name.text().unwrap_or_default();
            let finding = Finding::new(table.at.place, "costs.salary_pounds_a_year", "is missing");
            let finding = finding.found(format!("no cost of post \"{name}\""));
            r.findings.add(
                finding.allowed("a salary, or `cost_pounds_a_year_per_wte` of every paid post"),
            );
            None
        }
        (None, Some(_)) => {
            let note = "`costs.salary_pounds_a_year` has no effect: every paid post has a cost of its own.";
            r.notes.push(note.to_owned());
            None
        }
        _ => None,
    }
}

/// What each worker costs: all who stand for a post cost what its table says of a WTE.
fn post_costs(posts: &[PostTable], pay: Option<Pay>, team: &Team) -> Vec<PostCost> {
    let each = posts.iter().enumerate().flat_map(|(position, post)| {
        let workers = team.workers_of(position).len();
        std::iter::repeat_n(post_cost(post, pay), workers)
    });
    each.collect()
}

fn post_cost(post: &PostTable, pay: Option<Pay>) -> PostCost {
    let outright = post.cost_pounds_a_year_per_wte.peek().copied();
    let is_paid = is_paid(post);
    let by_pay = pay
        .filter(|_| is_paid)
        .map_or(0.0, |pay| pay.pounds_a_year_per_wte());
    PostCost {
        pounds_a_year_per_wte: outright.unwrap_or(by_pay),
        is_outright: outright.is_some(),
        is_paid,
        is_reimbursed: post.reimbursed.peek().copied().unwrap_or(is_paid),
    }
}

/// What is reimbursed in each financial year of the period; a year that is missing is reported, for
/// nobody can say what is unspent in it.
fn reimbursement(table: &CostsTable, clock: &Clock, r: &mut Resolver) -> Vec<Reimbursement> {
    let rows = table.reimbursement.items();
    check_order(rows, r);
    if rows.is_empty() {
        return Vec::new();
    }
    let in_london = table
        .london_weighting_pounds_a_year
        .peek()
        .is_some_and(|weighting| *weighting > 0.0);
    note_no_london(rows, in_london, r);
    let mut missing = Vec::new();
    let mut years = Vec::new();
    for year in years_of(clock) {
        let row = rows
            .iter()
            .find(|row| row.financial_year.peek() == Some(&year));
        match row {
            Some(row) => years.push(of_year(row, year, in_london, clock, r)),
            None => missing.push(year.to_string()),
        }
    }
    let is_told = rows.iter().any(|row| row.financial_year.is_wrong());
    if let Some(written) = table.reimbursement.given()
        && !missing.is_empty()
        && !is_told
    {
        let what = "does not have every financial year that the period touches";
        let finding =
            Finding::at(&written.at, what).found(format!("none for {}", missing.join(", ")));
        r.findings.add(finding.hint(
            "add a table for each; where a maximum is not known yet, put the last one forward and call it an assumption",
        ));
    }
    years
}

/// Reports financial years that do not come after the one before them.
fn check_order(rows: &[ReimbursementTable], r: &mut Resolver) {
    for pair in rows.windows(2) {
        if let (Some(before), Some(after)) = (
            pair[0].financial_year.given(),
            pair[1].financial_year.given(),
        ) && after.value <= before.value
        {
            let what = "does not come after the financial year of the table before";
            let finding = Finding::at(&after.at, what).found(after.value.to_string());
            let finding = finding.allowed("each financial year once, in order");
            r.findings.add(finding.first_given(before.at.place));
        }
    }
}

fn note_no_london(rows: &[ReimbursementTable], in_london: bool, r: &mut Resolver) {
    let is_given = |row: &ReimbursementTable| row.london_maximum_pounds_a_year_per_wte.is_in_file();
    if !in_london && rows.iter().any(is_given) {
        r.notes.push(
            "`london_maximum_pounds_a_year_per_wte` has no effect: there is no London weighting."
                .to_owned(),
        );
    }
}

/// The financial years that the results collection period touches, in order.
fn years_of(clock: &Clock) -> impl Iterator<Item = FinancialYear> + use<> {
    let date = |time: SimTime| {
        let days = (time.seconds() / SECONDS_PER_DAY) as i64;
        clock.zero.saturating_add(jiff::Span::new().days(days))
    };
    let last_second = clock.period.closes.seconds().saturating_sub(1);
    let last = FinancialYear::of(date(SimTime::from_seconds(last_second)));
    let first = FinancialYear::of(date(clock.period.opens));
    std::iter::successors(Some(first), |year| Some(year.next()))
        .take_while(move |year| *year <= last)
}

fn of_year(
    row: &ReimbursementTable,
    year: FinancialYear,
    in_london: bool,
    clock: &Clock,
    r: &mut Resolver,
) -> Reimbursement {
    let ordinary = row.maximum_pounds_a_year_per_wte.peek();
    let of_london = row.london_maximum_pounds_a_year_per_wte.peek();
    let maximum = of_london.filter(|_| in_london).or(ordinary);
    let begins = |year: FinancialYear| {
        let first_day = year.first_day();
        first_day.map_or(clock.period.closes, |day| clock.midnight(clock.day_of(day)))
    };
    Reimbursement {
        year,
        begins: begins(year),
        ends: begins(year.next()),
        maximum_pounds_a_year_per_wte: maximum.copied().unwrap_or(0.0),
        share: row.share.used_or(&mut r.ledger, 1.0),
    }
}
