//! Recommendations where the truth is known: the fewest servers of M/M/c (Erlang C) whose share of
//! people who wait is small enough, through scenario, engine, measures and search.

use super::SEED;
use crate::support::read;
use splw_sim::experiment::recommend::{
    Ending, FIRST_LOOK, Goal, Grid, GridKey, Question, Sampler, recommend,
};
use splw_sim::experiment::{Experiment, Stopping, run};
use splw_sim::measure::{Scope, Value, all_measures};
use splw_sim::scenario::{Recommendation, Scenario};
use splw_sim::theory::ErlangC;
use std::ops::Range;
use std::sync::atomic::AtomicBool;

const EXPERIMENTS: u64 = 24;
const ARRIVALS_A_DAY: f64 = 20.0;
const SERVICES_A_DAY: f64 = 5.0;
const SERVERS: [u32; 5] = [5, 6, 7, 8, 9];

fn text(target: f64) -> String {
    format!(
        "schema = 1\ntitle = \"M/M/c\"\nassignment = \"longest-idle\"\n\
         [period]\ndays = 200\nwarm_up_days = 40\ncalendar = \"always-open\"\n\
         [demand]\nreferrals_per_1000_a_year = {}\n\
         [waiting_list]\npatience_days = \"none\"\n\
         [first_contact]\nattempts = 1\nanswered_share = 1\n\
         attempt_minutes = {{ exponential = {{ mean = 288 }} }}\n\
         [[case_types]]\nname = \"customer\"\ncontacts = 0\n\
         [[practices]]\nname = \"Source\"\nlist_size = 1000\n\
         [[posts]]\nname = \"Server\"\nwte = 5\ncaseload_cap = 1\n\
         [targets]\nwaited_share = {target}\n\
         [recommend]\n[[recommend.vary]]\nkey = \"posts.0.wte\"\nvalues = {SERVERS:?}\n\
         cost_pounds_a_year_each = 1000\n",
        ARRIVALS_A_DAY * 365.25
    )
}

fn share_who_wait(servers: u32) -> f64 {
    let queue = ErlangC::new(ARRIVALS_A_DAY, SERVICES_A_DAY, servers).expect("it is stable");
    queue.wait_probability
}

/// The plans of a scenario, run with a seed.
pub struct Engine<'a> {
    pub recommendation: &'a Recommendation,
    pub measures: Vec<&'a str>,
    pub seed: u64,
}

impl Sampler for Engine<'_> {
    type Error = String;

    fn on_paper(&mut self, _: usize) -> Result<Option<String>, String> {
        Ok(None)
    }

    fn sample(&mut self, plan: usize, range: Range<u64>) -> Result<Vec<Vec<Option<f64>>>, String> {
        let model = self.recommendation.plan(plan)?.model;
        let experiment = Experiment {
            seed: self.seed,
            stopping: Stopping::Range(range),
            threads: 2,
        };
        let done = run(&model, &experiment, &AtomicBool::new(false), &|_, _| {}).expect("it runs");
        let column = |name: &&str| {
            let mut columns = done.columns.iter();
            columns.position(|it| it.scope == Scope::Pcn && it.measure.name == *name)
        };
        let wanted: Vec<usize> = self.measures.iter().filter_map(column).collect();
        let row = |row: Vec<Value>| {
            let values = wanted.iter().map(|column| row[*column].defined());
            // Wait and strain are of no matter here.
            values.chain([None, None]).collect()
        };
        Ok(done.rows().map(row).collect())
    }
}

/// What a scenario asks, and its plans.
pub fn task(scenario: &Scenario) -> (Question, Grid, Vec<&str>) {
    let it = scenario.recommendation.as_ref().expect("it may recommend");
    let goal = |target: &splw_sim::scenario::Target| {
        let measure = all_measures().iter().find(|it| it.name == target.measure);
        Goal::of(measure.expect("it is known"), target.value).expect("it has a better side")
    };
    let key = |vary: &splw_sim::scenario::Vary| GridKey {
        costs_pounds_a_year: vary.costs_pounds_a_year.clone(),
        ranks: vary.ranks.clone(),
    };
    let question = Question {
        goals: scenario.targets.iter().map(goal).collect(),
        share_of_years: it.share_of_years,
        confidence: it.confidence,
        budget: it.budget_replications,
    };
    let names = scenario.targets.iter().map(|it| it.measure.as_str());
    (
        question,
        Grid::new(it.vary.iter().map(key).collect()),
        names.collect(),
    )
}

/// Six servers miss the target by two points in a hundred: nearly a toss-up at the first look. At 95%
/// confidence more than four wrong answers of 24 have a probability below 0.01%: P(X > 4) with
/// X binomial(24, 0.05) is 0.006, and the union bound over four other plans leaves it far smaller.
#[test]
fn the_fewest_servers_are_recommended_as_often_as_promised() {
    let target = share_who_wait(6) - 0.02;
    let right = SERVERS
        .iter()
        .position(|c| share_who_wait(*c) <= target)
        .expect("seven do");
    assert_eq!(SERVERS[right], 7);
    let scenario = read(&text(target), &[]);
    let (question, grid, measures) = task(&scenario);
    let (mut wrong, mut answered, mut replications) = (0, 0, 0);
    for experiment in 0..EXPERIMENTS {
        let mut engine = Engine {
            recommendation: scenario.recommendation.as_ref().expect("it may recommend"),
            measures: measures.clone(),
            seed: SEED + experiment,
        };
        let found = recommend(&question, &grid, &mut engine).expect("it runs");
        answered += u64::from(matches!(found.ending, Ending::Recommended(_)));
        wrong += u32::from(matches!(found.ending, Ending::Recommended(plan) if plan != right));
        replications += found.replications;
    }
    assert!(wrong <= 4, "{wrong} wrong answers");
    assert_eq!(
        answered, EXPERIMENTS,
        "a precision floor: every search ends with an answer"
    );
    // Two plans are near the target; all five on one look each would be 100.
    let each = replications / EXPERIMENTS;
    assert!(
        (2 * FIRST_LOOK..2_000).contains(&each),
        "{each} replications a search"
    );
}

/// The shipped scenario over half a year, with targets that no plan is close to: the search gives the
/// answer of an exhaustive one, which replicates each of the 39 plans 100 times, in a tenth of its replications.
#[test]
fn an_exhaustive_search_gives_the_same_answer_in_ten_times_the_time() {
    const EACH: u64 = 100;
    let text = include_str!("../../../scenarios/recruit-to-target.toml");
    let shorter = [
        "period.weeks=26",
        "period.warm_up_weeks=13",
        "targets.contacted_within_7_days=0.5",
        "targets.contacted_within_14_days=0.7",
    ];
    let scenario = read(text, &shorter);
    let (question, grid, measures) = task(&scenario);
    let mut engine = Engine {
        recommendation: scenario.recommendation.as_ref().expect("it may recommend"),
        measures,
        seed: SEED,
    };
    let found = recommend(&question, &grid, &mut engine).expect("it runs");
    let mut meets = |plan: &usize| {
        let rows = engine.sample(*plan, 0..EACH).expect("it runs");
        let mean = |at: usize| {
            rows.iter()
                .map(|row| row[at].expect("a share"))
                .sum::<f64>()
                / EACH as f64
        };
        question
            .goals
            .iter()
            .enumerate()
            .all(|(at, goal)| goal.is_met_by(mean(at)))
    };
    let in_order = grid.in_order();
    let exhaustive: Vec<usize> = in_order.into_iter().filter(&mut meets).collect();
    assert!(
        (10..38).contains(&exhaustive.len()),
        "{} of 39 do",
        exhaustive.len()
    );
    assert_eq!(found.ending, Ending::Recommended(exhaustive[0]));
    let all = EACH * grid.plans() as u64;
    assert!(
        10 * found.replications <= all,
        "{} of {all}",
        found.replications
    );
}

/// Two practices with one post: half a year in which the holder seldom leaves and is seldom at risk.
fn rare(wte: f64, leaving: f64, target: &str) -> String {
    let case = |name: &str, share: f64, contacts: u32| {
        format!(
            "[[case_types]]\nname = \"{name}\"\nshare = {share}\ncontacts = {contacts}\nfirst_appointment_minutes = 45\n\
             follow_up_minutes = 20\ndays_between_contacts = {{ gamma = {{ mean = 14, cv = 0.3 }} }}\ndna_share = 0.08\n"
        )
    };
    format!(
        "schema = 1\ntitle = \"Rare\"\n\
         [period]\nstart = 2026-10-05\nweeks = 26\nwarm_up_weeks = 8\ncalendar = \"england\"\n\
         [demand]\nreferrals_per_1000_a_year = 20.0\ninappropriate_share = 0.1\ntriage_minutes = 10\n\
         [waiting_list]\npatience_days = {{ exponential = {{ mean = 60 }} }}\n\
         [first_contact]\nattempts = 3\nattempt_minutes = 10\nanswered_share = 0.6\ndays_between_attempts = 3\n\
         {}{}\
         [[practices]]\nname = \"P1\"\nlist_size = 8000\n[[practices]]\nname = \"P2\"\nlist_size = 12000\n\
         [[posts]]\nname = \"LW1\"\nwte = {wte}\nserves = \"all\"\nclient_share = 0.6\ncaseload_cap = 40\n\
         leaving_rate_a_year = {leaving}\n\
         [targets]\n{target}\n\
         [recommend]\nbudget_replications = 5000\n\
         [[recommend.vary]]\nkey = \"posts.0.wte\"\nvalues = [{wte}]\n",
        case("light", 0.6, 2),
        case("full", 0.4, 8)
    )
}

/// Vacancies come in one run of 43 and are 0.15 weeks on average (2,000 runs; 95% interval 0.13 to 0.17);
/// weeks at risk come in one of 13 and are 0.60 (0.51 to 0.69). Both are 0 in most samples of 20. Of 24
/// searches more than four wrong ones have a probability of 0.006 at most, as above.
#[test]
fn what_is_rare_is_not_taken_for_nothing() {
    let mut wrong = 0;
    let mut undecided = 0;
    for text in [
        rare(1.0, 0.05, "vacancy_weeks = 0.02"),
        rare(0.8, 0.085, "weeks_at_risk_a_post_year = 0.2"),
    ] {
        let scenario = read(&text, &[]);
        let (question, grid, measures) = task(&scenario);
        for experiment in 0..12 {
            let mut engine = Engine {
                recommendation: scenario.recommendation.as_ref().expect("it may recommend"),
                measures: measures.clone(),
                seed: SEED + experiment,
            };
            let found = recommend(&question, &grid, &mut engine).expect("it runs");
            wrong += u32::from(matches!(found.ending, Ending::Recommended(_)));
            undecided += u32::from(matches!(found.ending, Ending::Undecided { .. }));
        }
    }
    assert!(wrong <= 4, "{wrong} wrong answers");
    assert!(
        undecided <= 2,
        "a precision floor: {undecided} of 24 undecided"
    );
}
