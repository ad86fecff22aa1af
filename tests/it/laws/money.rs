//! Money on random services: counting it changes nothing else, every second of a filled post lies in
//! one financial year, and the PCN's is the sum of the posts'.

use splw_sim::engine::{Entry, Plan, ReplicationKey, Simulation};
use splw_sim::measure::{Column, Curves, Frame, Scope, Unit, columns, measure};

use super::random::on_services;
use crate::support::{Told, assert_close, tell_of};

/// Costs and every financial year that random services can touch.
const COSTS: &str = "
[costs]
price_year = \"2025/26\"
salary_pounds_a_year = 33487
recruitment_pounds = 1000
gp_appointment_pounds = 42
gp_appointments_avoided_per_completed_case = 0.5

[[costs.reimbursement]]
financial_year = \"1999/00\"
maximum_pounds_a_year_per_wte = 30000

[[costs.reimbursement]]
financial_year = \"2000/01\"
maximum_pounds_a_year_per_wte = 31000

[[costs.reimbursement]]
financial_year = \"2026/27\"
maximum_pounds_a_year_per_wte = 40159

[[costs.reimbursement]]
financial_year = \"2027/28\"
maximum_pounds_a_year_per_wte = 50000
share = 0.9

[[costs.reimbursement]]
financial_year = \"2028/29\"
maximum_pounds_a_year_per_wte = 20000
";

/// The values of all measures with their columns.
fn values(told: &Told) -> Vec<(Column, Option<f64>)> {
    let frame = Frame::new(&told.model);
    let values = measure(&frame, &told.seen, &mut Curves::default());
    let values = values.into_iter().map(|value| value.defined());
    columns(&frame).into_iter().zip(values).collect()
}

fn is_money(column: &Column) -> bool {
    column.unit() == Unit::Pounds || column.measure.name == "gp_appointments_avoided"
}

/// What happens and every other measure are the same to the bit.
#[test]
fn counting_money_changes_nothing_else() {
    on_services(300, |random| {
        let without = random.tell();
        let with = tell_of(&format!("{}{COSTS}", random.text), &[], random.seed);
        assert_eq!(format!("{:?}", without.log), format!("{:?}", with.log));
        let told = |told: &Told, of_money: bool| -> Vec<String> {
            let rows = values(told).into_iter();
            rows.filter(|(column, _)| is_money(column) == of_money)
                .map(|(column, value)| {
                    let bits = value.map(f64::to_bits);
                    format!(
                        "{:?} {} {} {bits:?}",
                        column.scope, column.entity, column.measure.name
                    )
                })
                .collect()
        };
        assert_eq!(told(&without, false), told(&with, false));
        assert!(told(&without, true).is_empty(), "no costs, no money");
        assert!(!told(&with, true).is_empty());
    });
}

/// The financial years divide the time that a post was held, and that it was vacant.
#[test]
fn every_second_lies_in_one_financial_year() {
    on_services(300, |random| {
        let told = tell_of(&format!("{}{COSTS}", random.text), &[], random.seed);
        for post in &told.seen.posts {
            let years = &post.financial_years;
            let filled: u64 = years.iter().map(|year| year.filled).sum();
            let vacant: u64 = years.iter().map(|year| year.vacant).sum();
            assert_eq!((filled, vacant), (post.held.area, post.vacant.area));
        }
    });
}

/// A simulation that runs a replication for the second time sees the same money as at first.
#[test]
fn the_replication_before_leaves_no_money_behind() {
    on_services(100, |random| {
        let model = tell_of(&format!("{}{COSTS}", random.text), &[], random.seed).model;
        let plan = Plan::new(&model);
        let mut simulation = Simulation::new(&plan, Vec::<Entry>::new());
        let mut seen = || {
            let key = ReplicationKey {
                seed: random.seed,
                replication: 0,
            };
            let posts = simulation.run(key).posts.clone().into_iter();
            let money = posts.map(|post| (post.hires, post.financial_years));
            money.collect::<Vec<_>>()
        };
        assert_eq!(seen(), seen());
    });
}

/// Money of the PCN is the money of its posts, and GP appointments; nothing is reimbursed twice.
#[test]
fn the_money_of_the_pcn_is_that_of_its_posts() {
    on_services(300, |random| {
        let told = tell_of(&format!("{}{COSTS}", random.text), &[], random.seed);
        let rows = values(&told);
        for name in [
            "staff_cost_pounds",
            "recruitment_cost_pounds",
            "reimbursed_pounds",
            "not_reimbursed_pounds",
            "reimbursement_unspent_pounds",
        ] {
            let of_posts = rows
                .iter()
                .filter(|(column, _)| column.scope == Scope::Post && column.measure.name == name);
            let sum: f64 = of_posts.map(|(_, value)| value.expect("defined")).sum();
            assert_close(told.of_pcn(name), sum, name);
        }
        let parts = [
            "staff_cost_pounds",
            "recruitment_cost_pounds",
            "gp_cost_pounds",
        ];
        let sum = parts.iter().map(|name| told.of_pcn(name)).sum();
        assert_close(told.of_pcn("cost_pounds"), sum, "the cost of the service");
        let [staff, paid] =
            ["staff_cost_pounds", "reimbursed_pounds"].map(|name| told.of_pcn(name));
        assert!(paid <= staff * (1.0 + 1e-12), "{paid} of {staff}");
        assert!(told.of_pcn("reimbursement_unspent_pounds") >= 0.0);
    });
}
