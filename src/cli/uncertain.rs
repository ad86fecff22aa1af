//! Scenarios with uncertain inputs: every draw of them is read, simulated and set against the others.

use super::command::StudyArguments;
use super::failure::Failure;
use super::input::Input;
use super::interrupt;
use super::progress::Progress;
use super::study::{Outcome, failure_of};
use crate::engine::Plan;
use crate::experiment::{
    Design, DrawnInput, DrawnModel, Estimates, Nested, NoDraws, PaperLoads, UncertaintyRow,
    run_draws, tornado, uncertainty_rows,
};
use crate::measure::{Better, Scope};
use crate::model::Model;
use crate::report::answer::target_names;
use crate::report::folder::Folder;
use crate::report::paper::Loads;
use crate::report::unknowns::{Drawn, Unknowns};
use crate::scenario::{Override, Quantiles, Scenario, UncertainInput, read_drawn};

/// The draws of a scenario's inputs.
pub struct Draws<'a> {
    input: &'a Input,
    name: String,
    overrides: Vec<Override>,
    design: Design,
    /// Keys of the inputs: those of the scenario itself, then those that only options have.
    keys: Vec<String>,
    inputs: Vec<DrawnInput>,
    /// How many of them the scenario itself has.
    of_scenario: usize,
    quantiles: Vec<Quantiles>,
    threads: usize,
}

impl<'a> Draws<'a> {
    /// The draws of `input`; `None` where it has no uncertain inputs, or they have their central
    /// values.
    ///
    /// # Errors
    /// Where the command line asks for what draws cannot give: `is_part` of the replications, a
    /// number of them, or a precision.
    pub fn of(
        input: &'a Input,
        arguments: &StudyArguments,
        (threads, is_part): (usize, bool),
    ) -> Result<Option<Self>, Failure> {
        let asked = &input.scenario.uncertainty;
        let all = all_inputs(&input.scenario);
        if all.is_empty() {
            return Ok(None);
        }
        refuse_what_draws_decide(arguments, is_part)?;
        let design = Design {
            seed: input.scenario.experiment.seed,
            draws: asked.draws as usize,
            hypercubes: asked.hypercubes as usize,
            replications: asked.replications as usize,
        };
        let mut quantiles = vec![Quantiles::new(); design.draws];
        let mut inputs = Vec::with_capacity(all.len());
        for input in &all {
            let points = design.quantiles(&input.key);
            for (draw, point) in quantiles.iter_mut().zip(&points) {
                draw.insert(input.key.clone(), *point);
            }
            inputs.push(DrawnInput {
                low: input.value(0.1),
                high: input.value(0.9),
                values: points.iter().map(|point| input.value(*point)).collect(),
            });
        }
        Ok(Some(Self {
            of_scenario: asked.inputs.len(),
            keys: all.into_iter().map(|input| input.key.clone()).collect(),
            name: arguments.scenario.file.to_string_lossy().into_owned(),
            overrides: overrides(input)?,
            input,
            design,
            inputs,
            quantiles,
            threads,
        }))
    }

    /// Simulates all draws of an option, whose model at the central values is `central`. `change` is
    /// made to the model of each, and to the central one.
    ///
    /// # Errors
    /// When a draw is no scenario, or somebody interrupts.
    pub fn run(
        &self,
        (option, central): (&str, &Model),
        (what, quiet): (&str, bool),
        change: &(dyn Fn(&mut Model) + Sync),
    ) -> Result<(Model, Nested), Failure> {
        let mut central = central.clone();
        change(&mut central);
        let progress = Progress::of(what, quiet);
        let nested = run_draws(
            &central,
            (&self.design, self.threads),
            &|draw| self.model(option, draw, change),
            interrupt::flag(),
            &|done, most| progress.show(done, most),
        );
        progress.finish();
        let nested = nested.map_err(|why| match why {
            NoDraws::Stop(stop) => failure_of(stop),
            NoDraws::Draw(failure) => failure,
        })?;
        Ok((central, nested))
    }

    /// The model of one draw.
    fn model(
        &self,
        option: &str,
        draw: usize,
        change: &dyn Fn(&mut Model),
    ) -> Result<DrawnModel, Failure> {
        let scenario = read_drawn(
            &self.input.bytes,
            &self.name,
            &self.overrides,
            &self.input.scenario.files,
            &target_names(),
            &self.quantiles[draw],
        );
        let not_right = |why: String| {
            let all = self.design.draws;
            let number = draw + 1;
            Failure::Unreadable(format!(
                "draw {number} of {all} of the uncertain inputs is no scenario:\n{why}"
            ))
        };
        let scenario = scenario.map_err(|problems| not_right(problems.to_string()))?;
        let option = scenario.into_option(option);
        let mut model = option.map_err(not_right)?.model;
        change(&mut model);
        let loads = Loads::of(&PaperLoads::of(&Plan::new(&model), self.design.seed));
        Ok(DrawnModel {
            has_no_steady_state: loads.has_no_steady_state(&model),
            model,
        })
    }

    /// All inputs that were drawn, those that only options have included.
    #[must_use]
    pub fn inputs(&self) -> Drawn {
        Drawn {
            keys: self.keys.clone(),
            inputs: self.inputs.clone(),
            design: self.design,
        }
    }

    /// What the draws say of the inputs.
    #[must_use]
    pub fn unknowns(&self, nested: &Nested, estimates: &Estimates) -> Unknowns {
        let is_shown = |index: usize| estimates.rows[index].estimate.is_some();
        let rows = uncertainty_rows((&self.design, &nested.replications), is_shown);
        let of_pcn = |row: &&UncertaintyRow| {
            let has_mean = row.estimate.is_some();
            has_mean && row.column.scope == Scope::Pcn && is_judged(row.column.measure.better)
        };
        let names = rows
            .iter()
            .filter(of_pcn)
            .map(|row| row.column.measure.name);
        let known = &self.inputs[..self.of_scenario];
        let tornados = names.filter_map(|name| tornado(nested, name, known));
        let tornados = tornados.collect();
        Unknowns {
            drawn: Drawn {
                keys: self.keys[..self.of_scenario].to_vec(),
                inputs: known.to_vec(),
                design: self.design,
            },
            rows,
            tornados,
            without_steady_state: nested.without_steady_state,
        }
    }
}

const fn is_judged(better: Option<Better>) -> bool {
    better.is_some()
}

/// The uncertain inputs of a scenario, then those that only options of it have.
fn all_inputs(scenario: &Scenario) -> Vec<&UncertainInput> {
    let mut all: Vec<&UncertainInput> = scenario.uncertainty.inputs.iter().collect();
    for option in &scenario.options {
        for input in &option.scenario.uncertainty.inputs {
            if all.iter().all(|it| it.key != input.key) {
                all.push(input);
            }
        }
    }
    all
}

/// What the summary and the figures are made from. Gaps between practices are left out: by chance
/// alone they would have to be compared within each draw.
#[must_use]
pub fn outcome(model: Model, nested: Nested, estimates: Estimates, seed: u64) -> Outcome {
    Outcome {
        estimates,
        gaps: Vec::new(),
        loads: Loads::of(&PaperLoads::of(&Plan::new(&model), seed)),
        replications: nested.replications,
        model,
    }
}

/// Writes the tables about what is not known.
///
/// # Errors
/// When one cannot be written.
pub fn write_tables(
    folder: &Folder,
    unknowns: &Unknowns,
    option: &str,
    model: &Model,
) -> Result<(), Failure> {
    folder.write("uncertainty.csv", |file| {
        unknowns.write_table(file, option, model)
    })?;
    folder.write("draws.csv", |file| unknowns.drawn.write(file))?;
    folder.write("tornado.csv", |file| unknowns.write_tornado(file, option))?;
    Ok(())
}

fn refuse_what_draws_decide(arguments: &StudyArguments, is_part: bool) -> Result<(), Failure> {
    let asked = [
        (arguments.replications.is_some(), "--replications"),
        (arguments.precision.is_some(), "--precision"),
        (is_part, "--replication-range"),
    ];
    match asked.iter().find(|(is_asked, _)| *is_asked) {
        None => Ok(()),
        Some((_, option)) => Err(Failure::Usage(format!(
            "{option}: the scenario has uncertain inputs, so [uncertainty] says how many draws and replications \
             there are; set uncertainty.draws and uncertainty.replications, or use --central"
        ))),
    }
}

/// The overrides of keys, without the option.
fn overrides(input: &Input) -> Result<Vec<Override>, Failure> {
    let options = usize::from(input.option != crate::scenario::BASE);
    let keys = &input.overrides[..input.overrides.len() - options];
    let parsed = keys.iter().map(|text| Override::parse(text));
    parsed
        .collect::<Result<_, _>>()
        .map_err(|why| Failure::Usage(format!("--set: {why}")))
}
