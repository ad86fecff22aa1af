//! `splw-sim compare`: base and options on the same numbers, how they differ, and which is best.

use super::command::{CompareArguments, Format, StudyArguments};
use super::failure::Failure;
use super::input::Input;
use super::interrupt;
use super::output::print;
use super::progress::Progress;
use super::study::{self, Outcome, failure_of, not_drawn};
use crate::experiment::{
    COST, CostOf, DifferencePrecision, Experiment, Family, Gain, Ranking, Replications, Stop,
    Stopping, Values, cost_a_year, cost_effect, differences, has_costs, preference, rank, run,
    until_precise, values,
};
use crate::measure::{Frame, Scope, columns};
use crate::model::Model;
use crate::report::comparison::{Compared, Comparison, Ranked, forest, json, plane, words};
use crate::report::folder::Folder;
use crate::report::tables;
use crate::scenario::{BASE, NET_BENEFIT, OptionScenario, RankBy, Scenario};
use crate::stats::{self, Preference, SelectionRule};
use std::ops::Range;
use std::time::Instant;

/// The measure whose differences `--difference-precision` is about where nothing is ranked.
const WAIT: &str = "wait_to_first_contact_days_mean";

/// Days within which somebody is contacted in time where no target says so.
const IN_TIME_DAYS: u32 = 28;

/// Days for which there is a measure, the strictest first.
const DAYS: [u32; 3] = [7, 14, 28];

/// Measures that are shown after the share contacted in time where the file chooses none.
const USUAL: [&str; 4] = [
    "share_contacted_ever",
    "wait_to_first_contact_days_mean",
    "waiting_list_mean",
    "weeks_at_risk",
];

/// Replications before which nothing is ranked.
const FEWEST: u64 = stats::kim_nelson::FEWEST_FIRST_STAGES;

/// The first of them where the precision of differences says how many there are: a number that does
/// not depend on what they show.
const FIRST_ROUND: u64 = 20;

/// What was simulated.
struct Simulated {
    /// The base, then the options.
    outcomes: Vec<Outcome>,
    /// The half-width that was asked for, and how each option ended, where differences decided.
    precise: Option<(String, Option<f64>, Vec<stats::Progress>)>,
    /// The search for the best; none where it was not asked for or cannot be told.
    ranking: Option<Ranking>,
}

/// Compares the options of a scenario.
///
/// # Errors
/// When the scenario is refused or has no options, the results cannot be written, or somebody
/// interrupts.
pub fn compare(arguments: &CompareArguments) -> Result<(), Failure> {
    let clock = (jiff::Timestamp::now(), Instant::now());
    let study = &arguments.study;
    let mut settings = study::settings(study);
    let precision = arguments.difference_precision;
    settings.extend(precision.map(|it| ("compare.difference_precision", it.to_string())));
    let input = Input::read(&study.scenario, &settings)?;
    let asked = Asked::of(&input.scenario, study);
    asked.check(&input.scenario)?;
    let experiment = study::experiment(study, None, &input);
    let mut manifest = input.manifest("compare", None);
    let out = study::folder_for(study, Some("compared"));
    let folder = Folder::begin(&out, &manifest, study.overwrite)?;
    let simulated = simulate(&input.scenario, &asked, &experiment, study.quiet)?;
    let story = input.story();
    let options = compared(&input.scenario, &asked, &simulated);
    let comparison = Comparison {
        story: &story,
        base: simulated.outcomes[0].named(BASE),
        options: &options,
        family: &asked.family,
        in_time_days: asked.in_time_days,
        ranking: asked.ranking.map(|by| Ranked {
            measure: &by.measure,
            zone: by.indifference_zone,
            outcome: simulated.ranking.as_ref(),
        }),
        asked: simulated
            .precise
            .as_ref()
            .map(|(measure, half_width, _)| (measure.as_str(), *half_width)),
        with_strain: input.scenario.compares_feedback,
    };
    manifest.replications = comparison.base.replications.count() as u64;
    let variants: Vec<_> = std::iter::once(comparison.base)
        .chain(options.iter().map(|it| it.variant))
        .collect();
    study::write_tables(&folder, study, &input, &variants, &manifest)?;
    write(&folder, &comparison, asked.worth)?;
    let events = simulated.outcomes.iter().map(|it| it.replications.events);
    let replications = simulated.outcomes.iter().map(|it| it.replications.count());
    let counted = (replications.sum::<usize>() as u64, events.sum());
    study::write_log(&folder, clock, experiment.threads, counted)?;
    if interrupt::asked() {
        return Err(Failure::Interrupted);
    }
    let out = folder.finish()?;
    if study.quiet {
        return Ok(());
    }
    let out = out.display().to_string();
    match study.format {
        Format::Text => print(&format!("{}\nResults are in {out}\n", comparison.text())),
        Format::Json => print(&format!("{:#}\n", json(&comparison, &out))),
    }
}

/// What is asked of the options.
struct Asked<'a> {
    family: Family,
    in_time_days: u32,
    ranking: Option<&'a RankBy>,
    worth: Option<f64>,
    precision: Option<f64>,
    budget: u64,
}

impl<'a> Asked<'a> {
    fn of(scenario: &'a Scenario, study: &StudyArguments) -> Self {
        let comparison = &scenario.comparison;
        let in_time_days = in_time_days(scenario);
        let usual = || {
            let first = format!("contacted_within_{in_time_days}_days");
            let rest = USUAL.iter().map(|it| (*it).to_owned());
            std::iter::once(first).chain(rest).collect()
        };
        let fixed = study.replications.is_some() || study.precision.is_some();
        Self {
            family: Family {
                measures: match comparison.measures.is_empty() {
                    true => usual(),
                    false => comparison.measures.clone(),
                },
                options: scenario.options.len(),
                confidence: comparison.confidence,
            },
            in_time_days,
            ranking: comparison.ranking.as_ref(),
            worth: comparison.pounds_per_extra_person_contacted,
            precision: comparison.difference_precision.filter(|_| !fixed),
            budget: u64::from(comparison.budget_replications),
        }
    }

    /// The measure whose precision is asked for.
    fn watched(&self) -> &str {
        let ranked = self.ranking.map(|it| it.measure.as_str());
        ranked.filter(|it| *it != NET_BENEFIT).unwrap_or(WAIT)
    }

    /// That there are options, and that all that is asked for can be told of each.
    fn check(&self, scenario: &Scenario) -> Result<(), Failure> {
        if scenario.options.is_empty() {
            return Err(Failure::Unreadable(NO_OPTIONS.to_owned()));
        }
        let ranked = self.ranking.map(|it| it.measure.as_str());
        let measured = ranked.filter(|it| *it != NET_BENEFIT);
        for measure in self
            .family
            .measures
            .iter()
            .map(String::as_str)
            .chain(measured)
        {
            for (name, model) in models(scenario) {
                if !has(model, measure) {
                    let who = if name == BASE { "the scenario" } else { name };
                    return Err(Failure::Unreadable(format!(
                        "[compare] asks for `{measure}`, which {who} does not have"
                    )));
                }
            }
        }
        let is_priced =
            |it: &&OptionScenario| it.cost_pounds_a_year.is_some() || has(&it.scenario.model, COST);
        match scenario.options.iter().find(|it| !is_priced(it)) {
            Some(option) if ranked == Some(NET_BENEFIT) => Err(Failure::Unreadable(format!(
                "[compare] ranks by `{NET_BENEFIT}`, but the cost of \"{}\" is not known: give it cost_pounds_a_year",
                option.name
            ))),
            _ => Ok(()),
        }
    }
}

const NO_OPTIONS: &str = "this scenario has no options to compare; write at least one at its end, for example\n\n\
    [[options]]\nname = \"Half the missed appointments\"\nscale.\"case_types.*.dna_share\" = 0.5\n";

/// The days of the strictest target of people contacted in time.
fn in_time_days(scenario: &Scenario) -> u32 {
    let is_target = |days: &u32| {
        let name = format!("contacted_within_{days}_days");
        scenario.targets.iter().any(|target| target.measure == name)
    };
    DAYS.into_iter().find(is_target).unwrap_or(IN_TIME_DAYS)
}

/// The base and its options by name.
fn models(scenario: &Scenario) -> impl Iterator<Item = (&str, &Model)> {
    let options = scenario.options.iter();
    std::iter::once((BASE, &scenario.model))
        .chain(options.map(|it| (it.name.as_str(), &it.scenario.model)))
}

fn has(model: &Model, measure: &str) -> bool {
    let columns = columns(&Frame::new(model));
    columns
        .iter()
        .any(|it| it.scope == Scope::Pcn && it.measure.name == measure)
}

fn simulate(
    scenario: &Scenario,
    asked: &Asked,
    experiment: &Experiment,
    quiet: bool,
) -> Result<Simulated, Failure> {
    let (outcomes, precise) = match asked.precision {
        Some(relative) => until_differences_are(scenario, asked, experiment, relative, quiet)?,
        None => (one_after_the_other(scenario, experiment, quiet)?, None),
    };
    let ranking = match asked.ranking {
        Some(by) => {
            let is_open = precise.is_some();
            best(scenario, asked, by, (&outcomes, is_open), experiment, quiet)?
        }
        None => None,
    };
    Ok(Simulated {
        outcomes,
        precise,
        ranking,
    })
}

/// The base, then each option in the same replications.
fn one_after_the_other(
    scenario: &Scenario,
    experiment: &Experiment,
    quiet: bool,
) -> Result<Vec<Outcome>, Failure> {
    let mut outcomes: Vec<Outcome> = Vec::new();
    let of = scenario.options.len() + 1;
    for (at, (name, model)) in models(scenario).enumerate() {
        let same = match outcomes.first() {
            None => experiment.clone(),
            Some(base) => Experiment {
                stopping: Stopping::Range(base.replications.numbers()),
                ..experiment.clone()
            },
        };
        let what = format!("replications of {} ({} of {of})", plain(name), at + 1);
        outcomes.push(Outcome::of(model.clone(), &same, &what, quiet)?);
    }
    Ok(outcomes)
}

/// A name in the template of a progress bar, where braces have a meaning.
fn plain(name: &str) -> String {
    name.replace(['{', '}'], " ")
}

type Precise = Option<(String, Option<f64>, Vec<stats::Progress>)>;

fn until_differences_are(
    scenario: &Scenario,
    asked: &Asked,
    experiment: &Experiment,
    relative: f64,
    quiet: bool,
) -> Result<(Vec<Outcome>, Precise), Failure> {
    let models: Vec<&Model> = models(scenario).map(|(_, model)| model).collect();
    let wanted = DifferencePrecision {
        relative,
        budget: asked.budget,
        measure: asked.watched().to_owned(),
    };
    let progress = Progress::of("replications of base and options", quiet);
    let flag = interrupt::flag();
    let precise = until_precise(&models, experiment, &wanted, flag, &|done, most| {
        progress.show(done, most);
    });
    progress.finish();
    let precise = precise.map_err(failure_of)?;
    let runs = precise.runs.into_iter().zip(&models);
    let outcomes = runs
        .map(|(run, model)| Outcome::from((*model).clone(), run, experiment.seed))
        .collect();
    Ok((
        outcomes,
        Some((wanted.measure, precise.half_width, precise.ends)),
    ))
}

/// Which of base and options is the best.
fn best(
    scenario: &Scenario,
    asked: &Asked,
    by: &RankBy,
    (outcomes, is_open): (&[Outcome], bool),
    experiment: &Experiment,
    quiet: bool,
) -> Result<Option<Ranking>, Failure> {
    let scores = Scores::of(scenario, asked, by, outcomes);
    let made = outcomes.iter().map(|it| it.replications.count() as u64);
    let made = made.min().unwrap_or(0);
    // All that there are of each, unless how many there are depends on what they show.
    let first_stages = if is_open { FIRST_ROUND.min(made) } else { made }.max(FEWEST);
    let rule = SelectionRule {
        alpha: 1.0 - asked.family.confidence,
        first_stages,
        budget: asked.budget.max(first_stages),
        ..SelectionRule::new(by.indifference_zone, scores.preference)
    };
    let progress = Progress::of("replications of those that may be the best", quiet);
    let mut more = |system: usize, range: Range<u64>| -> Result<Values, Stop> {
        progress.show(range.end, rule.budget);
        let outcome = &outcomes[system];
        let replications = run(
            &outcome.model,
            &Experiment {
                stopping: Stopping::Range(range),
                ..experiment.clone()
            },
            interrupt::flag(),
            &|_, _| {},
        )?;
        Ok(scores.values(system, outcome, &replications))
    };
    let mut first: Vec<Values> = Vec::new();
    for (system, outcome) in outcomes.iter().enumerate() {
        let values = scores.values(system, outcome, &outcome.replications);
        let mut values = values.map(|it| it[..made as usize].to_vec());
        if made < first_stages {
            let others = more(system, made..first_stages).map_err(failure_of)?;
            values = values
                .zip(others)
                .map(|(values, others)| [values, others].concat());
        }
        first.push(values);
    }
    let ranking = rank(&first, rule, &mut more).map_err(failure_of);
    progress.finish();
    ranking
}

/// What each is ranked by, replication by replication.
struct Scores<'a> {
    measure: &'a str,
    preference: Preference,
    worth: f64,
    days: u32,
    costs: Vec<CostOf>,
}

impl<'a> Scores<'a> {
    fn of(scenario: &Scenario, asked: &Asked, by: &'a RankBy, outcomes: &[Outcome]) -> Self {
        let better = words::of_name(&by.measure).and_then(|it| it.better);
        let preference = match by.measure.as_str() {
            NET_BENEFIT => Preference::Larger,
            _ => better.map_or(Preference::Smaller, preference),
        };
        Self {
            measure: &by.measure,
            preference,
            worth: asked.worth.unwrap_or_default(),
            days: asked.in_time_days,
            costs: costs(scenario, &outcomes[0]),
        }
    }

    /// The values of a system in these replications of it; `None` where one is undefined.
    fn values(&self, system: usize, outcome: &Outcome, these: &Replications) -> Values {
        let side = crate::experiment::Side {
            replications: these,
            ..outcome.side()
        };
        if self.measure == NET_BENEFIT {
            let reached = Gain::ContactedInTime { days: self.days }.a_year(&side);
            let costs = self.costs(system, &side);
            let each = reached.into_iter().zip(costs);
            return each
                .map(|(people, cost)| Some(self.worth * people? - cost?))
                .collect();
        }
        if self.measure == COST {
            return self.costs(system, &side).into_iter().collect();
        }
        values(&side, self.measure).into_iter().collect()
    }

    fn costs(&self, system: usize, side: &crate::experiment::Side) -> Vec<Option<f64>> {
        match self.costs[system] {
            CostOf::Outright(pounds) => vec![Some(pounds); side.replications.count()],
            CostOf::Simulated => cost_a_year(side),
        }
    }
}

/// What base and options cost a year. What is given outright comes on top of what the base costs on
/// average; where nothing is simulated, that is nothing.
fn costs(scenario: &Scenario, base: &Outcome) -> Vec<CostOf> {
    let side = base.side();
    let is_simulated = has_costs(&side);
    let simulated: Vec<f64> = cost_a_year(&side).into_iter().flatten().collect();
    let of_base = stats::mean(&simulated).unwrap_or(0.0);
    let own = match is_simulated {
        true => CostOf::Simulated,
        false => CostOf::Outright(0.0),
    };
    let options = scenario.options.iter();
    std::iter::once(own)
        .chain(options.map(|it| {
            let outright = it.cost_pounds_a_year;
            outright.map_or(own, |cost| CostOf::Outright(cost + of_base))
        }))
        .collect()
}

/// The options with all that is told of them.
fn compared<'a>(
    scenario: &'a Scenario,
    asked: &Asked,
    simulated: &'a Simulated,
) -> Vec<Compared<'a>> {
    let base = simulated.outcomes[0].side();
    let options = scenario.options.iter().zip(&simulated.outcomes[1..]);
    options
        .enumerate()
        .map(|(at, (option, outcome))| {
            let side = outcome.side();
            let outright = option.cost_pounds_a_year.map(CostOf::Outright);
            let is_simulated = has_costs(&base) && has_costs(&side);
            let cost = outright.or_else(|| is_simulated.then_some(CostOf::Simulated));
            let gains = [
                Gain::ContactedInTime {
                    days: asked.in_time_days,
                },
                Gain::WaitWeeksRemoved,
            ];
            let effect = |gain| cost_effect(gain, cost?, &side, &base, asked.worth);
            let ends = simulated.precise.as_ref().map(|(_, _, ends)| ends);
            Compared {
                variant: outcome.named(&option.name),
                changes: &option.changes,
                rows: differences(&side, &base, Some(&asked.family)),
                money: gains.into_iter().filter_map(effect).collect(),
                has_cost: cost.is_some(),
                ended: ends.and_then(|ends| ends.get(at).copied()),
            }
        })
        .collect()
}

/// The tables and figures of the comparison.
fn write(folder: &Folder, comparison: &Comparison, worth: Option<f64>) -> Result<(), Failure> {
    let options = comparison.options;
    let rows: Vec<_> = options
        .iter()
        .map(|it| (&it.variant, it.rows.as_slice()))
        .collect();
    folder.write("differences.csv", |file| {
        tables::differences(file, BASE, &rows)
    })?;
    if options.iter().any(|it| it.has_cost) {
        let money: Vec<_> = options
            .iter()
            .map(|it| (&it.variant, it.money.as_slice()))
            .collect();
        folder.write("cost_effectiveness.csv", |file| {
            tables::cost_effectiveness(file, BASE, &money)
        })?;
    }
    if let Some((ranked, outcome)) = comparison.ranking.and_then(|it| Some((it, it.outcome?))) {
        let options = options.iter().map(|it| it.variant.option);
        let names: Vec<&str> = std::iter::once(BASE).chain(options).collect();
        folder.write("ranking.csv", |file| {
            tables::ranking(file, ranked.measure, &names, outcome)
        })?;
    }
    let drawn = forest(comparison).map_err(|error| not_drawn(&error))?;
    let mut figures = vec![("differences".to_owned(), drawn)];
    let plane = plane(comparison, worth).map_err(|error| not_drawn(&error))?;
    figures.extend(plane.map(|svg| ("cost_effectiveness".to_owned(), svg)));
    study::write_figures(folder, figures)
}
