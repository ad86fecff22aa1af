//! What the scenario and the run say of each item of the STRESS-DES checklist.

use super::again::command;
use super::stress::Item;
use super::trust::{Ran, warm_up};
use super::whole::{Part, Section};
use super::{About, Origin};
use crate::model::{Assignment, Continuity, Model, OrderOfWork, PauseScope};
use crate::report::Story;
use crate::report::number::{counted, grouped};
use crate::report::plain::period;
use crate::report::prose::listed;

/// The methods of a service that is run, compared or searched for.
const METHODS: &str = "Replications until a precision is reached: Hoad, Robinson and Davies (2010). Waits of everyone accepted: \
                       cumulative incidence (Aalen-Johansen). Comparisons: paired differences with common random numbers, \
                       simultaneous by Bonferroni; the best by Kim and Nelson (2001). Ratios of cost and effect: Fieller. \
                       docs/statistics.md has all of them.";

/// What the checklist is filled from.
pub(super) struct Told<'a> {
    /// Title, question and targets.
    pub(super) story: &'a Story,
    /// The model.
    pub(super) model: &'a Model,
    /// How often it was run, and how means and intervals come from that.
    pub(super) estimation: Vec<String>,
    /// The inputs, and what was run.
    pub(super) about: &'a About<'a>,
    /// The options and what they change, in words; nothing where there are none.
    pub(super) options: Vec<String>,
    /// How options were held against each other, or plans searched.
    pub(super) design: Option<String>,
    /// The methods, where they are not those of a service that is run or compared.
    pub(super) methods: Option<String>,
}

impl Told<'_> {
    /// The 20 items in their order.
    pub(super) fn items(&self) -> Vec<Item> {
        [
            self.objectives(),
            self.logic(),
            self.data(),
            self.experimentation(),
            self.implementation(),
        ]
        .concat()
    }

    fn objectives(&self) -> Vec<Item> {
        let question = self.story.question.clone();
        let question = question.map_or_else(
            || self.story.title.clone(),
            |it| format!("{}. {it}", self.story.title),
        );
        let targets = self
            .story
            .targets
            .iter()
            .map(|(name, value)| format!("{} {value}", name.replace('_', " ")));
        let targets: Vec<String> = targets.collect();
        let mut outputs = vec![
            "Waits (to first contact, to first appointment, on the list), who is ever contacted, the waiting list, open \
             cases, use of client time, strain, people who leave: each measure with one definition and unit in docs/model.md, \
             section 9. Means over replications with 95% confidence intervals (Student's t; shares bounded by 0 and 1), and \
             the 10%, 50% and 90% points across replications."
                .to_owned(),
        ];
        if !targets.is_empty() {
            outputs.push(format!("Targets: {}.", listed(&targets)));
        }
        let aims = match self.options.is_empty() {
            true => "One service as it is described, without options.".to_owned(),
            false => format!(
                "Scenario analysis: {}.",
                self.options.join("; ").trim_end_matches('.')
            ),
        };
        let aims = std::iter::once(aims).chain(self.design.clone());
        vec![
            item(
                "1.1",
                "Purpose of the model",
                vec![question],
                Some(
                    "the background, who decides what with the answer, and why simulation was chosen.",
                ),
            ),
            item("1.2", "Model outputs", outputs, None),
            item(
                "1.3",
                "Experimentation aims",
                aims.collect(),
                Some("why these options and no others."),
            ),
        ]
    }

    fn logic(&self) -> Vec<Item> {
        let scenarios = match (self.options.is_empty(), self.about.changes.is_empty()) {
            (true, true) => vec!["The base model alone was run.".to_owned()],
            (true, false) => self.about.changes.clone(),
            (false, _) => self.options.clone(),
        };
        vec![
            item("2.1", "Base model overview diagram", vec![
                "Referral, triage, waiting list, caseload place, calls until the person answers, first appointment, follow-ups, \
                 discharge; at any point before first contact the person may give up. docs/model.md has the pathway."
                    .to_owned(),
            ], Some("a diagram, if the place of publication asks for one.")),
            item("2.2", "Base model logic", vec![
                "docs/model.md says precisely what happens, in which order, and what decides ties.".to_owned(),
                self.rules(),
            ], None),
            item("2.3", "Scenario logic", scenarios, None),
            item("2.4", "Algorithms", vec![
                self.methods.clone().unwrap_or_else(|| METHODS.to_owned()),
            ], None),
            item("2.5", "Components", self.components(), None),
        ]
    }

    /// The rules of the service that the file chose.
    fn rules(&self) -> String {
        let policy = &self.model.policy;
        let assigned = match policy.assignment {
            Assignment::LeastLoaded => "whoever has fewest open cases per WTE",
            Assignment::LongestIdle => "whoever has had a free place longest",
            Assignment::OwnPracticeFirst => "whoever serves fewest practices",
        };
        let first = match policy.order_of_work {
            OrderOfWork::FollowUpsFirst => "follow-ups before new people",
            OrderOfWork::NewFirst => "new people before follow-ups",
            OrderOfWork::OldestDueFirst => "whatever fell due first",
        };
        let held = match policy.continuity {
            Continuity::SameWorker => "the worker who took the case",
            Continuity::AnyWorker => "whichever worker is free first",
        };
        let pause = policy
            .pause
            .map_or("Referrals are never paused.".to_owned(), |pause| {
                let whose = match pause.scope {
                    PauseScope::Pcn => "the PCN's list",
                    PauseScope::Practice => "a practice's list",
                };
                format!(
                    "Referrals are paused at {} on {whose} and resume at {}.",
                    pause.pause_at, pause.resume_at
                )
            });
        format!(
            "A new referral goes to {assigned}; work is done in the order {first}; contacts are held by {held}. {pause}"
        )
    }

    fn components(&self) -> Vec<String> {
        let model = self.model;
        let names =
            |names: Vec<&str>| listed(&names.into_iter().map(str::to_owned).collect::<Vec<_>>());
        let types = names(model.case_types.iter().map(|it| it.name.as_str()).collect());
        let wte: f64 = model.posts.iter().map(|post| post.wte).sum();
        let patience = match model.policy.patience_days {
            Some(_) => "on giving up, on",
            None => "on",
        };
        vec![
            format!("Entities: people referred, of {} ({types}).", counted(model.case_types.len(), "case type")),
            "Activities: triage, calls, first appointments, follow-ups, each with its own duration; leave, training, sickness and \
             vacancies of posts."
                .to_owned(),
            format!(
                "Resources: {} ({} WTE), each with caseload places and client time.",
                counted(model.posts.len(), "post"),
                grouped(wte, 2)
            ),
            "Queues: the waiting list for a place (by priority of the source, then by receipt), and open cases that wait for their \
             worker's time."
                .to_owned(),
            format!(
                "Entry and exit: referred by {}; out {patience} not being reached, disengaging, dropping out, completing, or loss \
                 at handover.",
                counted(model.practices.len(), "practice")
            ),
        ]
    }

    fn data(&self) -> Vec<Item> {
        let inputs = &self.about.inputs;
        let mut sources: Vec<String> = Vec::new();
        for it in inputs
            .iter()
            .filter(|it| !it.source.is_empty() && it.grade != Some('D'))
        {
            let date = if it.date.is_empty() {
                String::new()
            } else {
                format!(" ({})", it.date)
            };
            let source = format!("{}{date}", it.source);
            if !sources.contains(&source) {
                sources.push(source);
            }
        }
        if sources.is_empty() {
            sources.push("The file names none.".to_owned());
        }
        let from_files = match self.about.manifest.inputs.is_empty() {
            true => "No file of observed values was used.".to_owned(),
            false => {
                let names: Vec<String> = self.about.manifest.inputs.keys().cloned().collect();
                format!("Observed values were read from {}.", listed(&names))
            }
        };
        let assumed = inputs.iter().filter(|it| it.grade == Some('D'));
        let assumed: Vec<String> = assumed
            .map(|it| format!("{} = {}", it.key, short(&it.value)))
            .collect();
        let given = inputs
            .iter()
            .filter(|it| it.origin != Origin::Default)
            .count();
        vec![
            item("3.1", "Data sources", sources, None),
            item(
                "3.2",
                "Pre-processing",
                vec![from_files],
                Some("what was done to data before they became inputs of the file."),
            ),
            item(
                "3.3",
                "Input parameters",
                vec![format!(
                    "{given} inputs are given and {} are defaults; each with value, source, date and grade under \"What it rests on\" in \
                 report.html, and in scenario.toml.",
                    inputs.len() - given
                )],
                None,
            ),
            item(
                "3.4",
                "Assumptions",
                match assumed.is_empty() {
                    true => vec!["No input is graded as an assumption.".to_owned()],
                    false => assumed,
                },
                Some("which of these were discussed with the service."),
            ),
        ]
    }

    fn experimentation(&self) -> Vec<Item> {
        vec![
            item("4.1", "Initialisation", vec![warm_up(self.model)], None),
            item("4.2", "Run length", vec![period(self.model)], None),
            item("4.3", "Estimation approach", self.estimation.clone(), None),
        ]
    }

    fn implementation(&self) -> Vec<Item> {
        let manifest = self.about.manifest;
        vec![
            item("5.1", "Software or programming language", vec![format!(
                "{} {}, written in Rust; the versions of all that it uses are in its Cargo.lock.",
                manifest.program, manifest.version
            )], None),
            item("5.2", "Random sampling", vec![
                "Counter-based streams (Philox 2x64), one for each purpose, entity and ordinal: key = (seed, replication, purpose, \
                 entity, ordinal). Exponential and normal variates by ziggurat; docs/decisions.md says which library."
                    .to_owned(),
            ], None),
            item("5.3", "Model execution", vec![
                "Next-event time advance in whole seconds; coinciding events in a written order (docs/model.md). Replications run in \
                 parallel; results do not depend on it."
                    .to_owned(),
            ], None),
            item("5.4", "System specification", vec![
                "run.log says when, on which system, with how many threads and how long.".to_owned(),
            ], Some("the make of the machine, if that matters.")),
            item("6.1", "Computer model sharing statement", vec![format!(
                "The scenario (SHA-256 {}) lies beside this file; `{}` gives the results again. The program is open source (MIT or \
                 Apache-2.0).",
                manifest.scenario_sha256,
                command(manifest)
            )], Some("where scenario and results are deposited, with a DOI if there is one.")),
        ]
    }
}

/// How replications of a service are estimated from.
pub(super) fn estimation(seed: u64, ran: &Ran) -> Vec<String> {
    let runs = format!(
        "{}{} with seed {seed}; base and options meet the same people and absences (common random numbers).",
        counted(ran.replications.count(), "replication"),
        ran.which
    );
    std::iter::once(runs).chain(ran.precision()).collect()
}

const fn item(
    number: &'static str,
    asks: &'static str,
    known: Vec<String>,
    author: Option<&'static str>,
) -> Item {
    Item {
        number,
        asks,
        known,
        author,
    }
}

/// A value in few letters.
fn short(value: &str) -> String {
    const MOST: usize = 120;
    match value.chars().count() > MOST {
        true => format!("{}…", value.chars().take(MOST).collect::<String>()),
        false => value.to_owned(),
    }
}

/// The section of the checklist.
pub(super) fn section() -> Section {
    Section {
        id: "stress-des",
        heading: "Reporting checklist (STRESS-DES)".to_owned(),
        parts: vec![
            Part::Words(
                "For whoever publishes this: the checklist of Monks et al. (2019), filled in from the scenario and the run. \
                 stress-des.md has it as text to work on."
                    .to_owned(),
            ),
            Part::Checklist,
        ],
    }
}
