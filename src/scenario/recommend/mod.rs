//! What `recommend` may change: every value is tried in the file on its own when the file is read,
//! and a plan, which is one value of each key, becomes a scenario when somebody asks for it.
//!
//! Plans change the tree of the file as options do: after `like`, before the pathway's case types.
//! What a plan means is therefore exactly what a file with its values would mean. Nothing here knows
//! how plans are judged.

mod monotone;
mod vary;

use std::collections::BTreeMap;

use super::checked::Scenario;
use super::file::RecommendTable;
use super::finding::{Finding, Findings};
use super::kind::grouped;
use super::node::Node;
use super::path::{Step, join};
use super::text::quoted;
use super::vary::{Put, Trunk, changed, first_words, is_within, trunk};
use super::{Checked, Outside, checked};

/// Plans at most: one value of each key.
pub const MOST_PLANS: usize = 100_000;
/// Values in all the trees that are read to check single values, at most.
const MOST_VALUES: usize = 5_000_000;

/// What may be changed to meet the targets, and how surely they must be met.
#[derive(Clone, Debug)]
pub struct Recommendation {
    /// Confidence of everything that is said, at once; from 0.5, below 1.
    pub confidence: f64,
    /// Share of replications that must meet every target as well; `None`: the expectation alone.
    pub share_of_years: Option<f64>,
    /// Replications of all plans together at most.
    pub budget_replications: u64,
    /// The keys that may change, in the order of the file.
    pub vary: Vec<Vary>,
    /// From where the costs of plans are known.
    pub costs: PlanCosts,
    trunk: Trunk,
}

/// From where the costs of plans are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlanCosts {
    /// `[[recommend.vary]]` says what values cost: the costs are of what may change, nothing else.
    Given,
    /// It says nothing, but `[costs]` says what posts cost: the costs are those of all posts, filled all
    /// year.
    Posts,
    /// Nothing says anything: all plans count as equally cheap.
    Unknown,
}

/// Pounds a year by which costs of values added up may miss those of a plan's posts.
const A_POUND: f64 = 1.0;

/// A key that may change.
#[derive(Clone, Debug)]
pub struct Vary {
    /// Path of the key.
    pub key: String,
    /// Its values as written, in the order of the file.
    pub values: Vec<String>,
    /// Pounds a year that each value costs; added up over the keys, what a plan costs.
    pub costs_pounds_a_year: Vec<f64>,
    /// Where each value stands when they are put in order from least to most, if more of it never
    /// makes any target of the file worse; `None` where this cannot be said.
    pub ranks: Option<Vec<usize>>,
    /// Whether the file says what its values cost.
    says_costs: bool,
    steps: Vec<Step>,
    nodes: Vec<Node>,
}

impl Recommendation {
    /// Plans in all.
    #[must_use]
    pub fn plans(&self) -> usize {
        self.vary.iter().map(|it| it.values.len()).product()
    }

    /// Posts of the file, of which every plan has the same number.
    #[must_use]
    pub fn posts(&self) -> usize {
        let posts = self.trunk.tree.child("posts").and_then(Node::items);
        posts.map_or(0, <[Node]>::len)
    }

    /// The plan of each position, the last key changing fastest: which value of each key.
    #[must_use]
    pub fn choice(&self, plan: usize) -> Vec<usize> {
        let mut rest = plan;
        let mut choice: Vec<usize> = self
            .vary
            .iter()
            .rev()
            .map(|vary| {
                let value = rest % vary.values.len();
                rest /= vary.values.len();
                value
            })
            .collect();
        choice.reverse();
        choice
    }

    /// The values of a plan, as written, in the order of the keys.
    #[must_use]
    pub fn values(&self, plan: usize) -> Vec<String> {
        let chosen = self.vary.iter().zip(self.choice(plan));
        chosen
            .map(|(vary, value)| quoted(&vary.values[value]))
            .collect()
    }

    /// The keys of a plan with their values, as the file writes them: `posts.*.wte = 0.8`.
    #[must_use]
    pub fn words(&self, plan: usize) -> Vec<String> {
        let values = self.values(plan).into_iter();
        let keys = self.vary.iter().map(|vary| &vary.key);
        keys.zip(values)
            .map(|(key, value)| quoted(&format!("{key} = {value}")))
            .collect()
    }

    /// The scenario of a plan: the file with one value of each key.
    ///
    /// # Errors
    /// Why there is none: each of its values is right by itself, but not together.
    pub fn plan(&self, plan: usize) -> Result<Scenario, String> {
        let chosen = self.vary.iter().zip(self.choice(plan));
        let puts: Vec<Put<'_>> = chosen
            .map(|(vary, value)| vary.put(&vary.nodes[value]))
            .collect();
        let scenario = self.trunk.with(&puts).map_err(first_words)?;
        self.with_its_cost(plan, scenario)
    }
}

impl Vary {
    /// This key with one of its values.
    fn put<'a>(&'a self, node: &'a Node) -> Put<'a> {
        Put {
            steps: &self.steps,
            node,
        }
    }
}

impl Recommendation {
    /// The scenario of a plan, if its posts cost what its values cost one by one.
    fn with_its_cost(&self, plan: usize, scenario: Scenario) -> Result<Scenario, String> {
        let added = self.vary.iter().zip(self.choice(plan));
        let added: f64 = added
            .map(|(vary, value)| vary.costs_pounds_a_year[value])
            .sum();
        let is_off = posts_cost(&scenario).is_some_and(|cost| (cost - added).abs() > A_POUND);
        match self.costs == PlanCosts::Posts && is_off {
            true => Err(
                "what its posts cost by [costs] is not what its values cost one by one; give \
                         cost_pounds_a_year_each or costs_pounds_a_year in every [[recommend.vary]]"
                    .to_owned(),
            ),
            false => Ok(scenario),
        }
    }
}

/// What all posts cost in a year in which they are filled throughout, where the file says what posts
/// cost.
fn posts_cost(scenario: &Scenario) -> Option<f64> {
    let model = &scenario.model;
    let costs = model.costs.as_ref()?;
    Some(costs.full_pounds_a_year(model.posts.iter().map(|post| post.wte)))
}

/// What `recommend` may change in a file with `[recommend]`, or what is wrong with it, which is
/// added to the findings of the file.
pub fn read(root: &Node, base: &mut Checked, outside: &Outside<'_>) -> Option<Recommendation> {
    let table = base.recommend.take()?;
    let targets = base.scenario.as_ref().map(|it| it.targets.clone());
    let targets = targets.unwrap_or_default();
    if targets.is_empty() {
        let finding = Finding::at(&table.at, "has nothing to reach");
        let allowed = "[targets] with at least one measure and its value";
        base.findings.add(finding.allowed(allowed));
    }
    let trunk = trunk(root);
    let measures: Vec<&str> = targets.iter().map(|it| it.measure.as_str()).collect();
    let mut vary = vary::vary(&table, &trunk, &measures, &mut base.findings)?;
    if !is_small_enough(&table, &vary, &trunk, &mut base.findings) {
        return None;
    }
    let mut by_posts = Vec::with_capacity(vary.len());
    for (position, it) in vary.iter().enumerate() {
        let mut costs = Vec::with_capacity(it.nodes.len());
        for (value, node) in it.nodes.iter().enumerate() {
            let path = path_of_value(position, value);
            costs.push(try_value(&trunk, (it, node), path, base, outside));
        }
        by_posts.push(costs);
    }
    let costs = price(&table, &mut vary, &by_posts, base);
    Some(Recommendation {
        confidence: *table.confidence.peek()?,
        share_of_years: table.share_of_years.peek().copied(),
        budget_replications: *table.budget_replications.peek()?,
        vary,
        costs,
        trunk: Trunk::of(trunk, &base.referred, outside.targets),
    })
}

/// Whether there are not too many plans, nor too many values to try; otherwise this is reported.
fn is_small_enough(
    table: &RecommendTable,
    vary: &[Vary],
    trunk: &Node,
    findings: &mut Findings,
) -> bool {
    let plans = vary.iter().map(|it| it.nodes.len() as f64).product::<f64>();
    if plans > MOST_PLANS as f64 {
        let at = table.vary.given().map_or(&table.at, |it| &it.at);
        let finding = Finding::at(at, "makes too many plans: one for each choice of values");
        let most = format!("at most {} plans", grouped(MOST_PLANS as f64));
        findings.add(finding.found(grouped(plans)).allowed(most));
        return false;
    }
    let tried: usize = vary.iter().map(|it| it.nodes.len()).sum();
    let is_readable = tried.saturating_mul(trunk.size()) <= MOST_VALUES;
    if !is_readable {
        let finding = Finding::at(&table.at, "has too many values for a file of this size");
        let most = format!(
            "at most {} values of the file times values of `recommend.vary`",
            grouped(MOST_VALUES as f64)
        );
        findings.add(finding.allowed(most));
    }
    is_readable
}

fn path_of_value(position: usize, value: usize) -> String {
    let vary = join("recommend.vary", &position.to_string());
    join(&join(&vary, "values"), &value.to_string())
}

/// Prices the values by what posts cost, `by_posts` with each value alone, where no key says what its
/// values cost; a key that says nothing beside others that do is reported where posts then cost another
/// amount.
fn price(
    table: &RecommendTable,
    vary: &mut [Vary],
    by_posts: &[Vec<Option<f64>>],
    base: &mut Checked,
) -> PlanCosts {
    let as_it_is = base.scenario.as_ref().and_then(posts_cost);
    let Some(as_it_is) = as_it_is else {
        return match vary.iter().any(|it| it.says_costs) {
            true => PlanCosts::Given,
            false => PlanCosts::Unknown,
        };
    };
    if vary.iter().any(|it| it.says_costs) {
        for (position, (it, costs)) in vary.iter().zip(by_posts).enumerate() {
            let differs =
                |cost: &Option<f64>| cost.is_some_and(|it| (it - as_it_is).abs() > A_POUND);
            if !it.says_costs && costs.iter().any(differs) {
                let path = join("recommend.vary", &position.to_string());
                let place = table
                    .vary
                    .given()
                    .map_or(table.at.place, |given| given.at.place);
                let finding = Finding::new(place, &path, "has no cost, though other keys have one");
                base.findings.add(finding.hint(
                    "its values change what posts cost: give each key its cost, or none, and [costs] counts all posts",
                ));
            }
        }
        return PlanCosts::Given;
    }
    for (position, (it, costs)) in vary.iter_mut().zip(by_posts).enumerate() {
        // The first key has the posts as they are with it, the others what they add.
        let less = if position == 0 { 0.0 } else { as_it_is };
        let added = costs.iter().map(|cost| cost.unwrap_or(as_it_is) - less);
        it.costs_pounds_a_year = added.collect();
    }
    PlanCosts::Posts
}

/// Reads the file with one value alone; what is wrong with it, and not with the file, is told of the
/// value. Returns what its posts cost, where the file says.
fn try_value(
    trunk: &Node,
    (vary, node): (&Vary, &Node),
    path: String,
    base: &mut Checked,
    outside: &Outside<'_>,
) -> Option<f64> {
    let mut findings = Findings::default();
    let tree = changed(trunk, &[vary.put(node)], &mut findings);
    let known = std::mem::take(&mut base.referred);
    let read = checked(&tree, outside, &BTreeMap::new(), known, findings);
    base.referred = read.referred;
    let cost = read.scenario.as_ref().and_then(posts_cost);
    let (list, not_listed) = read.findings.into_list();
    if base.findings.is_empty() {
        base.findings.count_unlisted(not_listed);
    }
    for finding in list {
        if base.findings.knows(&finding) {
            continue;
        }
        base.findings
            .add(match is_within(finding.place(), node.place) {
                true => finding.about(path.clone()),
                false => finding.caused_by(node.place, path.clone(), "does not fit the rest"),
            });
    }
    cost
}
