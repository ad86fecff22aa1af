//! Plans as models: read when they are asked for, weighed on paper, simulated.

use crate::cli::failure::Failure;
use crate::cli::interrupt;
use crate::cli::progress::Progress;
use crate::cli::study::failure_of;
use crate::engine::Plan;
use crate::experiment::recommend::{SHOWN, Sampler};
use crate::experiment::{Experiment, PaperLoads, Replications, Stopping, run};
use crate::measure::Value;
use crate::measure::{Measure, Scope};
use crate::model::Model;
use crate::report::Story;
use crate::report::paper::Loads;
use crate::report::plain::unreachable_target;
use crate::report::recommendation::{Staff, StaffCost};
use crate::scenario::{Recommendation, Scenario};
use std::collections::BTreeMap;
use std::ops::Range;

/// Replications that are held in memory at once at most.
const AT_ONCE: u64 = 1_000;

/// The plans of a scenario.
pub struct Plans {
    base: Scenario,
    recommendation: Recommendation,
    measures: Vec<&'static str>,
    experiment: Experiment,
    models: BTreeMap<usize, Model>,
    progress: Progress,
    budget: u64,
    done: u64,
    /// Events simulated so far.
    pub events: u64,
}

/// A model as it is compared: without the effects of strain where they are told apart.
pub fn without_effects(mut model: Model, scenario: &Scenario) -> Model {
    if scenario.compares_feedback {
        model.strain.feedback = None;
    }
    model
}

impl Plans {
    /// The plans of `scenario`; the progress bar reaches to the `budget`.
    pub fn new(
        scenario: &Scenario,
        recommendation: &Recommendation,
        targets: &[&'static Measure],
        experiment: &Experiment,
        (budget, quiet): (u64, bool),
    ) -> Self {
        let targets = targets.iter().map(|measure| measure.name);
        Self {
            base: scenario.clone(),
            recommendation: recommendation.clone(),
            measures: targets.chain(SHOWN).collect(),
            experiment: experiment.clone(),
            models: BTreeMap::new(),
            progress: Progress::of("replications at most", quiet),
            budget,
            done: 0,
            events: 0,
        }
    }

    /// Takes the progress bar away.
    pub fn finish(&self) {
        self.progress.finish();
    }

    /// The model of a plan.
    ///
    /// # Errors
    /// When its values do not fit together.
    pub fn model(&mut self, plan: usize) -> Result<&Model, Failure> {
        if !self.models.contains_key(&plan) {
            let read = self.recommendation.plan(plan).map_err(|why| {
                let words = self.recommendation.words(plan).join(", ");
                Failure::Unreadable(format!("the plan {words} is refused: {why}"))
            })?;
            let model = without_effects(read.model, &self.base);
            self.models.insert(plan, model);
        }
        Ok(&self.models[&plan])
    }

    /// Posts of a plan and their WTE, if it was looked at.
    pub fn staff(&self, plan: usize) -> Option<Staff> {
        let workers = &self.models.get(&plan)?.posts;
        let workers: Vec<f64> = workers.iter().map(|worker| worker.wte).collect();
        Some(Staff::of(self.recommendation.posts(), &workers))
    }

    /// What the posts of a plan cost by what the file says of posts, if it was looked at.
    pub fn staff_cost(&self, plan: usize) -> Option<StaffCost> {
        let model = self.models.get(&plan)?;
        let costs = model.costs.as_ref()?;
        let wte = || model.posts.iter().map(|post| post.wte);
        Some(StaffCost {
            price_year: costs.price_year.to_string(),
            pounds_a_year: costs.full_pounds_a_year(wte()),
            reimbursed_pounds_a_year: costs.full_reimbursed_pounds_a_year(wte()),
        })
    }

    fn story(&self) -> Story {
        let targets = self.base.targets.iter();
        Story {
            targets: targets.map(|it| (it.measure.clone(), it.value)).collect(),
            ..Story::default()
        }
    }
}

impl Sampler for Plans {
    type Error = Failure;

    fn on_paper(&mut self, plan: usize) -> Result<Option<String>, Failure> {
        let (story, seed) = (self.story(), self.experiment.seed);
        let grows = story
            .targets
            .iter()
            .any(|(name, _)| name.starts_with("wait"));
        let model = self.model(plan)?;
        if let Some(reason) = unreachable_target(&story, model) {
            return Ok(Some(reason));
        }
        let loads = Loads::of(&PaperLoads::of(&Plan::new(model), seed));
        let is_endless = grows && loads.has_no_steady_state(model);
        Ok(is_endless.then(|| {
            "More is asked for than there is and nobody gives up, so the wait has no steady mean.".to_owned()
        }))
    }

    fn sample(
        &mut self,
        plan: usize,
        replications: Range<u64>,
    ) -> Result<Vec<Vec<Option<f64>>>, Failure> {
        let model = self.model(plan)?.clone();
        let mut rows = Vec::new();
        let mut from = replications.start;
        while from < replications.end {
            let to = replications.end.min(from + AT_ONCE);
            let part = Experiment {
                stopping: Stopping::Range(from..to),
                ..self.experiment.clone()
            };
            let (done, budget) = (self.done, self.budget);
            let progress = &self.progress;
            let part = run(&model, &part, interrupt::flag(), &|more, _| {
                progress.show(done + more, budget);
            });
            let part = part.map_err(failure_of)?;
            self.done += to - from;
            self.events += part.events;
            rows.extend(rows_of(&part, &self.measures));
            from = to;
        }
        Ok(rows)
    }
}

/// Of each replication the values of these measures of the PCN.
pub fn rows_of<'a>(
    replications: &'a Replications,
    measures: &'a [&'static str],
) -> impl Iterator<Item = Vec<Option<f64>>> + 'a {
    let columns = &replications.columns;
    let column = |name: &&str| {
        let is_it =
            |it: &crate::measure::Column| it.scope == Scope::Pcn && it.measure.name == *name;
        columns.iter().position(is_it)
    };
    let wanted: Vec<Option<Vec<Value>>> = measures
        .iter()
        .map(|name| Some(replications.column(column(name)?).collect()))
        .collect();
    (0..replications.count()).map(move |index| {
        wanted
            .iter()
            .map(|values| values.as_ref()?[index].defined())
            .collect()
    })
}
