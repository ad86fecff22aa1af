//! What a comparison is asked, and that it can be told of base and options alike.

use super::super::command::StudyArguments;
use super::super::failure::Failure;
use super::costs::Known;
use crate::experiment::{Family, Gain, Side, TargetRow, level_of_targets, targets_of};
use crate::measure::{Frame, Measure, Scope, all_measures, columns};
use crate::model::Model;
use crate::scenario::{BASE, CONTACTED, NET_BENEFIT, RankBy, Scenario, Target};

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
    "weeks_at_risk_a_post_year",
];

/// What is asked of the options.
pub(super) struct Asked<'a> {
    /// The measures that are shown, for all options.
    pub(super) family: Family,
    /// Days within which somebody is contacted in time.
    pub(super) in_time_days: u32,
    /// Who counts as contacted where money is told: in time, or ever.
    pub(super) counted: Gain,
    /// How the best is found, if it is asked for.
    pub(super) ranking: Option<&'a RankBy>,
    /// What one more person contacted is worth, in pounds.
    pub(super) worth: Option<f64>,
    /// Half-width of differences as a share of the base's mean, where they say how long to go on.
    pub(super) precision: Option<f64>,
    /// Replications of each at most.
    pub(super) budget: u64,
    /// The targets of the file.
    targets: Vec<(&'static Measure, f64)>,
}

impl<'a> Asked<'a> {
    /// What the file and the command line ask.
    pub(super) fn of(scenario: &'a Scenario, study: &StudyArguments) -> Self {
        let comparison = &scenario.comparison;
        let (counted, in_time_days) = who_counts(scenario);
        let usual = || {
            let first = within(in_time_days);
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
            counted,
            ranking: comparison.ranking.as_ref(),
            worth: comparison.pounds_per_extra_person_contacted,
            precision: comparison.difference_precision.filter(|_| !fixed),
            budget: u64::from(comparison.budget_replications),
            targets: scenario.targets.iter().filter_map(measured).collect(),
        }
    }

    /// What the base or an option reaches of each target. All verdicts hold at once.
    pub(super) fn targets_of(&self, side: &Side) -> Vec<TargetRow> {
        let services = self.family.options + 1;
        let level = level_of_targets(self.family.confidence, self.targets.len(), services);
        targets_of(side, &self.targets, level)
    }

    /// The measure whose precision is asked for.
    pub(super) fn watched(&self) -> &str {
        let ranked = self.ranking.map(|it| it.measure.as_str());
        ranked.filter(|it| *it != NET_BENEFIT).unwrap_or(WAIT)
    }

    /// That nothing is asked for that needs independent replications, which draws of uncertain inputs
    /// are not.
    pub(super) fn refuse_what_draws_cannot_give(&self) -> Result<(), Failure> {
        let asked = match (self.ranking, self.precision) {
            (Some(_), _) => "rank_by",
            (None, Some(_)) => "difference_precision",
            (None, None) => return Ok(()),
        };
        Err(Failure::Unreadable(format!(
            "[compare] asks for `{asked}`, but the scenario has uncertain inputs: how many draws and replications there \
             are is said by [uncertainty]; leave it out, or use --central"
        )))
    }

    /// That there are options, and that all that is asked for can be told of each.
    pub(super) fn check(&self, scenario: &Scenario) -> Result<(), Failure> {
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
        let is_priced = |at: &usize| Known::of(scenario, *at).is_whole();
        let not_priced = (0..scenario.options.len()).find(|at| !is_priced(at));
        match not_priced.map(|at| &scenario.options[at]) {
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

/// A target with its measure.
fn measured(target: &Target) -> Option<(&'static Measure, f64)> {
    let measure = all_measures().iter().find(|it| it.name == target.measure)?;
    Some((measure, target.value))
}

/// Who counts as contacted, and the days within which somebody is contacted in time: as the file says,
/// else by the first such measure that it chooses, else by its strictest target.
fn who_counts(scenario: &Scenario) -> (Gain, u32) {
    let comparison = &scenario.comparison;
    let chosen = comparison.measures.iter().map(String::as_str);
    let is_contact = |name: &&str| CONTACTED.contains(name);
    let said = comparison.extra_person_contacted.as_deref();
    let name = said.or_else(|| chosen.clone().find(is_contact));
    let by_target = in_time_days(scenario);
    match name {
        None => (Gain::ContactedInTime { days: by_target }, by_target),
        Some(name) => match DAYS.into_iter().find(|days| within(*days) == name) {
            Some(days) => (Gain::ContactedInTime { days }, days),
            None => (Gain::ContactedEver, by_target),
        },
    }
}

fn within(days: u32) -> String {
    format!("contacted_within_{days}_days")
}

/// The days of the strictest target of people contacted in time.
fn in_time_days(scenario: &Scenario) -> u32 {
    let is_target = |days: &u32| {
        let name = within(*days);
        scenario.targets.iter().any(|target| target.measure == name)
    };
    DAYS.into_iter().find(is_target).unwrap_or(IN_TIME_DAYS)
}

/// The base and its options by name.
pub(super) fn models(scenario: &Scenario) -> impl Iterator<Item = (&str, &Model)> {
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
