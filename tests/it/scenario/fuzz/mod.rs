//! The reader takes anything: whatever the bytes and overrides, it accepts or tells what is wrong,
//! within bounds; and what it accepts can be planned, told and simulated.
//!
//! Every case is made from its number alone. `SPLW_SIM_FUZZ=100000 cargo test --release fuzz` makes
//! that many of each kind; `SPLW_SIM_FUZZ=41357..41358` makes one again.

mod mutate;
mod schema;

use super::{MEASURES, RAYLEIGH};
use crate::dice::Dice;
use crate::laws::chance::Choices;
use crate::laws::services::service;
use crate::support::ORDINARY;
use mutate::mutated;
use schema::Schema;
use splw_sim::engine::{Entry, Observer, Plan, ReplicationKey, Simulation};
use splw_sim::experiment::PaperLoads;
use splw_sim::measure::{Curves, Frame, measure};
use splw_sim::model::{Model, Waited};
use splw_sim::report::Story;
use splw_sim::report::{paper::on_paper, plain::read_back};
use splw_sim::scenario::{
    Files, Override, Problem, ProblemPlace, Problems, Scenario, json_schema, read,
};
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Problems told at most, as the reader promises.
const MOST_TOLD: usize = 200;
/// Characters of one problem as told: its line, its key and the words around them.
const LONGEST_TOLD: usize = 8_000;
/// Rows of the log after which a replication is broken off.
const MOST_ROWS: u64 = 5_000;
/// Working and bank days x posts and practices that are still simulated here.
const MOST_DAYS: u64 = 50_000;

/// The shipped scenarios and those of the tests.
const SEEDS: [&str; 12] = [
    RAYLEIGH,
    include_str!("../rich.toml"),
    super::SMALL,
    ORDINARY,
    include_str!("../../../../scenarios/rayleigh.toml"),
    include_str!("../../../../scenarios/shared-three-surgeries.toml"),
    include_str!("../../../../scenarios/six-practice-solo.toml"),
    include_str!("../../../../scenarios/team-of-five-50k.toml"),
    include_str!("../../../../scenarios/two-for-35k.toml"),
    include_str!("../../../../scenarios/verification/case-manager.toml"),
    include_str!("../../../../scenarios/verification/seasonal-open-cases.toml"),
    include_str!("../../../../scenarios/verification/peer-model.toml"),
];

/// Files of all sorts for whatever name.
struct AnyFile;

impl Files for AnyFile {
    fn read(&self, name: &str) -> Result<Vec<u8>, String> {
        match name.len() % 5 {
            0 => Err("it is not there".to_owned()),
            1 => Ok(b"\xff\xfe\0\0".to_vec()),
            2 => Ok(b"days\n1\nnan\n-3\n".to_vec()),
            3 => Ok(Vec::new()),
            _ => Ok(b"days,x\n7,1\n14,2\n21,3\n".to_vec()),
        }
    }
}

/// Numbers of the cases to make, of `usual` unless said otherwise.
fn cases(usual: u64) -> Range<u64> {
    let Ok(wanted) = std::env::var("SPLW_SIM_FUZZ") else {
        return 0..usual;
    };
    let number = |text: &str| text.parse().expect("SPLW_SIM_FUZZ is N or A..B");
    match wanted.split_once("..") {
        Some((from, to)) => number(from)..number(to),
        None => 0..number(&wanted),
    }
}

/// Makes and checks each case; the first that panics is told with its number and text. Gives how
/// many were accepted, and of these simulated.
#[track_caller]
fn check(usual: u64, make: impl Fn(&mut Dice) -> (Vec<u8>, Vec<Override>)) -> [u64; 2] {
    let (mut accepted, mut simulated) = (0, 0);
    for number in cases(usual) {
        let (bytes, set) = make(&mut Dice::new(number));
        let checked = catch_unwind(AssertUnwindSafe(|| check_one(&bytes, &set)));
        let Ok(went) = checked else {
            let text = String::from_utf8_lossy(&bytes);
            panic!("case {number} with {set:?} of\n{text}");
        };
        accepted += u64::from(went >= Went::Accepted);
        simulated += u64::from(went >= Went::Simulated);
    }
    [accepted, simulated]
}

/// How far a case went.
#[derive(PartialEq, PartialOrd)]
enum Went {
    Refused,
    Accepted,
    Simulated,
}

fn check_one(bytes: &[u8], set: &[Override]) -> Went {
    match read(bytes, "test.toml", set, &AnyFile, &MEASURES) {
        Err(problems) => {
            check_refusal(&problems);
            Went::Refused
        }
        Ok(scenario) => match check_accepted(&scenario) {
            true => Went::Simulated,
            false => Went::Accepted,
        },
    }
}

fn check_refusal(problems: &Problems) {
    let listed = problems.iter().count();
    assert!((1..=MOST_TOLD).contains(&listed) && problems.count() >= listed);
    problems.iter().for_each(check_problem);
    let told = problems.to_string();
    assert!(
        told.len() <= (listed + 1) * LONGEST_TOLD,
        "{} bytes tell {listed} problems",
        told.len()
    );
    assert!(
        told.chars().all(|c| c == '\n' || !c.is_control()),
        "{told:?}"
    );
    assert!(super::mutation::hides_nhs_number(&told), "{told}");
    serde_json::to_string(problems).expect("problems are plain text and numbers");
}

fn check_problem(problem: &Problem) {
    assert!(!problem.what.trim().is_empty(), "{problem:?}");
    match &problem.place {
        ProblemPlace::Line {
            line,
            column,
            width,
            text,
            before,
        } => {
            assert!(*line >= 1 && *column >= 1 && *width >= 1, "{problem:?}");
            // Just behind the last character is where something is missing.
            assert!(*before <= text.chars().count(), "{problem:?}");
        }
        ProblemPlace::Override(text) => assert!(!text.is_empty()),
        ProblemPlace::WholeFile => {}
    }
}

/// Counts rows up to a limit.
struct Rows(u64);

impl Observer for Rows {
    const WATCHES: bool = true;
    fn record(&mut self, _: Entry) {
        self.0 += 1;
    }
    fn has_ended(&self) -> bool {
        self.0 >= MOST_ROWS
    }
}

/// Plans, tells and simulates a scenario, unless it is large; gives whether it did.
fn check_accepted(scenario: &Scenario) -> bool {
    let model = &scenario.model;
    if is_large(model) {
        return false;
    }
    let plan = Plan::new(model);
    let story = Story {
        title: scenario.title.clone(),
        question: scenario.question.clone(),
        ..Story::default()
    };
    let said = read_back(&story, model, scenario.experiment.replications, 1);
    assert!(!said.is_empty());
    let paper = PaperLoads::of(&plan, scenario.experiment.seed);
    let loads = on_paper(model, &paper);
    assert!(!loads.contains("NaN"), "{loads}");
    let mut simulation = Simulation::new(&plan, Rows(0));
    let key = ReplicationKey {
        seed: scenario.experiment.seed,
        replication: 0,
    };
    let seen = simulation.run(key).clone();
    if simulation.observer().has_ended() {
        return true;
    }
    let values = measure(&Frame::new(model), &seen, &mut Curves::default());
    let mut defined = values.iter().filter_map(|value| value.defined());
    assert!(defined.all(f64::is_finite), "a measure is infinite");
    true
}

/// Whether planning or setting the scene takes long.
fn is_large(model: &Model) -> bool {
    let places = (model.posts.len() + model.practices.len() + 1) as u64;
    let people: u64 = model.start.iter().map(people_at_start).sum();
    u64::from(model.days()) * places > MOST_DAYS || people > 10_000
}

fn people_at_start(start: &splw_sim::model::Start) -> u64 {
    let waiting = start.waiting.iter().map(|it| match &it.waited_days {
        Waited::Each(days) => days.len() as u64,
        Waited::Drawn(count, _) => u64::from(*count),
    });
    let open = start.open.iter().map(|it| u64::from(it.count));
    waiting.chain(open).sum()
}

/// One of the texts to begin with.
fn seed(chance: &mut Dice) -> String {
    if chance.yes(25) {
        return service(&Choices::numbered(chance.below(1_000)));
    }
    SEEDS[chance.below(SEEDS.len() as u64) as usize].to_owned()
}

#[test]
fn the_seeds_are_right() {
    for text in SEEDS {
        assert!(
            check_one(text.as_bytes(), &[]) > Went::Refused,
            "{}",
            super::refusal(text)
        );
    }
}

#[test]
fn any_bytes() {
    check(1_500, |chance| (mutate::noise(chance), Vec::new()));
}

#[test]
fn changed_scenarios() {
    let [accepted, simulated] = check(2_500, |chance| {
        let text = seed(chance);
        (mutated(chance, &text, &SEEDS), Vec::new())
    });
    if std::env::var_os("SPLW_SIM_FUZZ").is_none() {
        assert!(accepted > 250, "only {accepted} were accepted");
        assert!(simulated > 120, "only {simulated} were simulated");
    }
}

#[test]
fn scenarios_made_from_the_schema() {
    let schema = Schema::new(json_schema());
    check(800, |chance| {
        (schema.document(chance).into_bytes(), Vec::new())
    });
}

#[test]
fn overrides_made_from_the_schema() {
    let schema = Schema::new(json_schema());
    let [accepted, simulated] = check(1_500, |chance| {
        let text = seed(chance);
        let many = 1 + chance.below(4);
        let set = (0..many).map(|_| schema.set(chance)).collect();
        (text.into_bytes(), set)
    });
    if std::env::var_os("SPLW_SIM_FUZZ").is_none() {
        assert!(accepted > 150, "only {accepted} were accepted");
        assert!(simulated > 70, "only {simulated} were simulated");
    }
}

#[test]
fn any_overrides() {
    let schema = Schema::new(json_schema());
    check(1_500, |chance| {
        let many = 1 + chance.below(3);
        let set = (0..many).filter_map(|_| {
            let argument = mutate::argument(chance, &schema);
            Override::parse(&argument).ok()
        });
        let set = set.collect();
        (super::SMALL.as_bytes().to_vec(), set)
    });
}

/// Large files of one sort are refused in so many words as a planner can read.
#[test]
fn much_of_the_same() {
    let few = |problems: &Problems| problems.to_string().len() < 500_000;
    let head = "schema = 1\ntitle = \"x\"\n";
    let long = "k".repeat(200_000);
    let below: String = (0..2_000).map(|n| format!("a{n} = 1\n")).collect();
    let inline = |each: fn(u32) -> String| (0..20_000).map(each).collect::<Vec<_>>().join(",");
    for text in [
        format!("{head}[provenance.\"{long}\"]\n{below}"),
        format!("{head}{long} = 1\n"),
        format!("{head}question = {{ {long} = 1 }}\n"),
        format!(
            "{head}{}",
            format!("[[posts]]\n\"{long}\" = 1\n").repeat(40)
        ),
        format!(
            "{head}targets = {{{}}}\n",
            inline(|n| format!("\"m{n}\" = 1"))
        ),
        format!(
            "{head}period = {{{}}}\n",
            inline(|n| format!("\"m{n}\" = 1"))
        ),
        format!(
            "{head}posts = [{}]\n",
            inline(|n| format!("{{ name = \"{n}\", wtf = 1 }}"))
        ),
        format!("{head}{}", "a = 1\n".repeat(20_000)),
        format!("{head}{}", "= = =\n".repeat(20_000)),
        format!("{head}question = \"{}\"\n", "\\u0001".repeat(100_000)),
        format!("{head}question = {}", "[".repeat(100_000)),
        format!("{head}question = {}", "{a=".repeat(100_000)),
        format!("{head}a{} = 1", ".a".repeat(100_000)),
    ] {
        let problems = super::refusal(&text);
        check_refusal(&problems);
        assert!(few(&problems), "{:.300}", text);
    }
}

/// What the cases above have found.
#[test]
fn found_before() {
    // Next to no referrals that bunch strongly, and many that hardly bunch: the monthly multiplier
    // had a coefficient of variation that cannot be drawn.
    for (rate, dispersion) in [("1e-30", "4"), ("5000", "1.0000000000000002")] {
        let text = super::small_and(&format!(
            "[demand]\nreferrals_per_1000_a_year = {rate}\ndispersion = {dispersion}"
        ));
        assert!(check_one(text.as_bytes(), &[]) == Went::Simulated);
    }
    // Numbers of contacts with a long tail: the load on paper took the square of the longest, and
    // went beyond what the engine allows.
    let text = super::small_with("pathway = \"guidance\"", "");
    let text = format!(
        "{text}\n[[case_types]]\nname = \"all\"\ncontacts = {{ lognormal = {{ mean = 91, cv = 680 }} }}\n"
    );
    assert!(check_one(text.as_bytes(), &[]) == Went::Simulated);
}

/// In a line of thousands of characters the place is found, shown with what stands around it.
#[test]
fn a_place_in_a_long_line() {
    for (ahead, behind) in [(0, 900), (3, 0), (80, 0), (700, 700), (900, 2)] {
        let dates = |many| "2026-12-24, ".repeat(many);
        let (left, right) = (dates(ahead), dates(behind));
        let line = format!("closed_days = [{left}\"9434765919\", {right}]");
        let text = super::SMALL.replace("weeks = 52", &format!("weeks = 52\n{line}"));
        let problems = super::refusal(&text);
        let problem = problems.iter().next().expect("a problem");
        let ProblemPlace::Line {
            column,
            width,
            text,
            before,
            ..
        } = &problem.place
        else {
            panic!("{problem:?}");
        };
        assert_eq!(*column, 16 + 12 * ahead);
        let marked: String = text.chars().skip(*before).take(*width).collect();
        assert_eq!(marked, "\"XXXXXXXXXX\"", "{text}");
        assert!(text.chars().count() <= 106, "{text}");
        let shown_before: String = text.chars().take(*before).collect();
        let dots = if ahead > 2 && ahead + behind > 6 {
            "..."
        } else {
            ""
        };
        assert!(shown_before.starts_with(dots), "{text}");
    }
}

#[test]
fn keys_too_many_and_too_long_are_told() {
    let many: String = (0..10_001).map(|n| format!("m{n} = 1\n")).collect();
    let text = super::small_and(&format!("[targets]\n{many}"));
    super::refused_for(&text, "targets", "has too many keys");
    let text = super::small_and(&format!("{} = 1", "k".repeat(1_001)));
    super::refused_for(&text, "", "a key is longer than 1000 characters");
}
