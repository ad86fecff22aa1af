//! What `recommend` found: the plan, why not the next cheaper one, and what both rest on.

mod costs;
mod figure;
pub(super) mod table;
pub(super) mod words;

use super::Story;
use super::number::{counted, grouped, percent};
use super::prose::listed;
use crate::experiment::recommend::{
    Ending, Examined, Found, Goal, Judged, Question, RARE, Verdict,
};
use crate::measure::Measure;

/// A target met by less than this share of it is met by a hair's breadth.
const LITTLE: f64 = 0.01;

/// The answer to what is the cheapest plan that meets the targets.
pub struct Advice<'a> {
    /// Title, question and assumptions.
    pub story: &'a Story,
    /// What was asked.
    pub question: &'a Question,
    /// The measures of the goals, in their order.
    pub measures: &'a [&'static Measure],
    /// What was found.
    pub found: &'a Found,
    /// The keys that may change.
    pub keys: &'a [String],
    /// Keys of which more is taken never to be worse.
    pub ordered: &'a [String],
    /// Plans in all.
    pub plans: usize,
    /// The words of every plan.
    pub plan: &'a dyn Fn(usize) -> PlanWords,
    /// The plans one step below a plan.
    pub one_less: &'a dyn Fn(usize) -> Vec<usize>,
    /// Weeks of a replication.
    pub weeks: usize,
    /// How many inputs are uncertain; plans have their central values.
    pub uncertain: usize,
    /// In how many of how many runs the plan recommended meets every target.
    pub met_in_runs: Option<(usize, usize)>,
    /// From where the costs of plans are known.
    pub costs: CostsFrom,
}

/// From where the costs of plans are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CostsFrom {
    /// `[[recommend.vary]]` says what may change costs.
    Vary,
    /// `[costs]` says what posts cost.
    Posts,
    /// Nothing says.
    Nowhere,
}

/// What the posts of a plan cost by `[costs]`, filled all year.
#[derive(Clone, Debug)]
pub struct StaffCost {
    /// The financial year of the prices.
    pub price_year: String,
    /// Pounds a year of all posts.
    pub pounds_a_year: f64,
    /// Pounds a year that are reimbursed of that.
    pub reimbursed_pounds_a_year: f64,
}

/// A plan in words.
#[derive(Clone, Debug)]
pub struct PlanWords {
    /// Its values, in the order of the keys, as written in the file.
    pub values: Vec<String>,
    /// Pounds a year.
    pub cost_pounds_a_year: f64,
    /// Its posts, where the plan was looked at.
    pub staff: Option<Staff>,
    /// What its posts cost, where the file says and the plan was looked at.
    pub staff_cost: Option<StaffCost>,
}

/// The posts of a plan.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Staff {
    /// Posts of the file. One above 1 WTE is one post, though several workers stand for it.
    pub posts: usize,
    /// WTE of all posts together.
    pub wte: f64,
    /// WTE of each, where all have the same.
    pub each: Option<f64>,
}

impl Advice<'_> {
    /// The whole text.
    #[must_use]
    pub fn text(&self) -> String {
        let evidence = format!("\n{}", self.table());
        self.story
            .told(&self.sentences(), &evidence, &self.cautions())
    }

    /// The answer, sentence by sentence: the plan first.
    #[must_use]
    pub fn sentences(&self) -> Vec<String> {
        let mut sentences = match &self.found.ending {
            Ending::Recommended(plan) => self.recommended(*plan),
            Ending::NoneMeets { nearest } => self.none(*nearest),
            Ending::Undecided { surely, open } => self.undecided(*surely, open),
        };
        sentences.push(self.how_found());
        sentences
    }

    /// The plan to take, if there is one.
    #[must_use]
    pub const fn recommended_plan(&self) -> Option<usize> {
        match self.found.ending {
            Ending::Recommended(plan) => Some(plan),
            _ => None,
        }
    }

    pub(super) fn examined(&self, plan: usize) -> Option<&Examined> {
        self.found.examined.iter().find(|it| it.plan == plan)
    }

    pub(in crate::report) fn requirements(&self) -> Vec<Goal> {
        self.question.requirements()
    }

    fn recommended(&self, plan: usize) -> Vec<String> {
        let cheapest = match self.plans {
            1 => "is the only plan, and meets every target".to_owned(),
            plans => format!("is the cheapest of {plans} plans that meets every target"),
        };
        let reached = self
            .examined(plan)
            .map(|it| self.reached(it))
            .unwrap_or_default();
        let mut sentences = vec![format!(
            "{} {cheapest}, with {} confidence: {}.",
            self.subject(plan),
            percent(self.question.confidence),
            listed(&reached)
        )];
        sentences.extend(self.what_it_costs(plan));
        sentences.extend(self.one_step_less(plan));
        sentences.extend(self.in_hand(plan));
        sentences.extend(self.single_runs());
        sentences
    }

    /// Where the plan meets a target by a hair's breadth, by how much, and what the next dearer plan
    /// that meets has in hand.
    fn in_hand(&self, plan: usize) -> Option<String> {
        let (it, goals) = (self.examined(plan)?, self.requirements());
        let spare = |it: &Examined, at: usize| {
            let mean = it.requirements.get(at)?.mean?;
            Some(-goals.get(at)?.shortfall(mean))
        };
        let all = (0..goals.len()).filter_map(|at| Some((at, spare(it, at)?)));
        let (at, least) = all.min_by(|one, other| one.1.total_cmp(&other.1))?;
        if least >= LITTLE {
            return None;
        }
        let more = self.found.examined.iter().find(|other| {
            other.verdict == Verdict::Meets
                && other.cost_pounds_a_year > it.cost_pounds_a_year
                && spare(other, at).is_some_and(|spare| spare > least)
        });
        let more = more.map_or(String::new(), |it| {
            let mean = it.requirements[at].mean.unwrap_or_default();
            let (plan, mean) = (self.name(it.plan), self.show(at, mean));
            format!(" With {plan}, it is {mean}.")
        });
        Some(format!(
            "It has little in hand: {}.{more}",
            self.reaches_briefly(it, at)
        ))
    }

    /// How often a single run of the plan meets everything.
    fn single_runs(&self) -> Option<String> {
        let (met, of) = self.met_in_runs.filter(|(met, of)| met < of)?;
        Some(format!(
            "That is on average. Of {of} single runs of {} weeks of this plan, {met} meet every target and {} miss one or \
             more; `share_of_years` asks that most do.",
            self.weeks,
            of - met
        ))
    }

    /// Of each plan one step below, what it misses.
    fn one_step_less(&self, plan: usize) -> Vec<String> {
        let cost = (self.plan)(plan).cost_pounds_a_year;
        let below = (self.one_less)(plan);
        let below = below.into_iter().filter_map(|plan| self.examined(plan));
        let said = |it: &Examined| {
            let changed = self.differing(plan, it.plan);
            match (it.verdict, self.missed(it)) {
                (Verdict::Fails, Some(missed)) => {
                    format!("One step less does not do: with {changed}, {missed}.")
                }
                (Verdict::Meets, _) => {
                    format!("One step less, {changed}, does too, but is no cheaper.")
                }
                _ if it.cost_pounds_a_year < cost => {
                    format!("One step less, {changed}, was not decided within the budget.")
                }
                _ => format!(
                    "One step less, {changed}, is no cheaper, and was not looked at until it was decided."
                ),
            }
        };
        below.map(said).collect()
    }

    fn none(&self, nearest: Option<(usize, usize)>) -> Vec<String> {
        let sure = match self.found.replications {
            0 => String::new(),
            _ => format!(", with {} confidence", percent(self.question.confidence)),
        };
        let mut sentences = vec![format!(
            "None of the {} meets every target{sure}.",
            counted(self.plans, "plan")
        )];
        let reasons = self
            .found
            .examined
            .iter()
            .filter_map(|it| it.on_paper.as_ref());
        let mut told: Vec<&String> = Vec::new();
        for reason in reasons {
            if !told.contains(&reason) {
                told.push(reason);
                sentences.push(reason.clone());
            }
        }
        if let Some((plan, requirement)) = nearest
            && let Some(it) = self.examined(plan)
        {
            sentences.push(format!(
                "The nearest is {}: {}. That is the target that binds.",
                self.name(plan),
                self.reaches(it, requirement)
            ));
        } else {
            sentences.push("Which comes nearest is not known: none was simulated.".to_owned());
        }
        sentences
    }

    fn undecided(&self, surely: Option<usize>, open: &[usize]) -> Vec<String> {
        let mut sentences = vec![format!(
            "Undecided within the budget of {} replications. That is a budget of computing, not of money: \
             `budget_replications` in [recommend] says how many there may be.",
            grouped(self.question.budget as f64, 0)
        )];
        sentences.push(match surely {
            Some(plan) => format!(
                "{} surely meets every target, with {} confidence; whether {} does was not decided.",
                self.subject(plan),
                percent(self.question.confidence),
                match open.len() {
                    1 => "a cheaper plan".to_owned(),
                    many => format!("one of {many} cheaper plans"),
                }
            ),
            None => format!(
                "No plan is known to meet every target, and of {} it is not known.",
                counted(open.len(), "plan")
            ),
        });
        let seen = open.iter().filter_map(|plan| self.examined(*plan));
        if let Some(it) = seen
            .filter(|it| it.replications > 0)
            .max_by_key(|it| it.replications)
        {
            let worst = self.least_sure(it);
            sentences.push(format!(
                "The one nearest to a target is {}: {}. A larger budget_replications may decide it; a plan whose \
                 expectation is the target itself is never decided.",
                self.name(it.plan),
                self.reaches(it, worst)
            ));
        }
        sentences
    }

    /// How much was simulated, and what was spared.
    fn how_found(&self) -> String {
        let found = self.found;
        if found.replications == 0 {
            return format!(
                "No run was needed to know that: arithmetic rules out {}.",
                counted(self.plans, "plan")
            );
        }
        let mut spared = Vec::new();
        if found.ruled_out > 0 {
            spared.push(format!(
                "{} ruled out because one with more fails",
                found.ruled_out
            ));
        }
        if found.dearer > 0 {
            spared.push(format!("{} dearer than one that meets", found.dearer));
        }
        let spared = match spared.is_empty() {
            true => String::new(),
            false => format!("; of the others {}", listed(&spared)),
        };
        format!(
            "Found with {} of at most {} replications, looking at {} of {}{spared}.",
            grouped(found.replications as f64, 0),
            grouped(self.question.budget as f64, 0),
            found.examined.len(),
            counted(self.plans, "plan")
        )
    }

    /// What to be careful of, one point each.
    #[must_use]
    pub fn cautions(&self) -> Vec<String> {
        let mut cautions = vec![self.which_costs().to_owned()];
        if !self.ordered.is_empty() {
            cautions.push(self.on_order());
        }
        let examined = &self.found.examined;
        if examined
            .iter()
            .any(|it| it.requirements.iter().any(Judged::is_by_sameness))
        {
            cautions.push(format!(
                "Where a measure is the same in all runs of a plan it is taken to be that. With the confidence stated other \
                 values come in less than one run in {}; what they would add is not counted.",
                (1.0 / RARE).round()
            ));
        }
        if let Some(share) = self.question.share_of_years {
            cautions.push(format!(
                "A \"year\" of the {} asked for is one replication of {} weeks; one without a value of some target \
                 does not count as meeting it.",
                percent(share),
                self.weeks
            ));
        }
        if self.uncertain > 0 {
            cautions.push(format!(
                "{} uncertain: every plan has been judged at the central values. `compare` says how the plan holds over \
                 all of them, if it is written as an option.",
                match self.uncertain {
                    1 => "One input is".to_owned(),
                    many => format!("{many} inputs are"),
                }
            ));
        }
        if self.splits() {
            cautions.push(
                "A post above 1 WTE is one post here; in the simulation a whole worker for each WTE and one for the rest \
                 stand for it."
                    .to_owned(),
            );
        }
        if self.found.replications > 0 {
            cautions.push(format!(
                "The confidence is in the simulation, for the inputs as they are{}; other inputs may need another plan.",
                self.story.unmeasured()
            ));
        }
        cautions
    }

    /// Whether some plan that was simulated has a post above 1 WTE.
    fn splits(&self) -> bool {
        let simulated = self.found.examined.iter().filter(|it| it.replications > 0);
        let mut staff = simulated.filter_map(|it| (self.plan)(it.plan).staff);
        staff.any(|staff| staff.wte > staff.posts as f64)
    }

    fn on_order(&self) -> String {
        let keys = listed(self.ordered);
        match self.found.is_ordered {
            true => format!(
                "More of {keys} is taken never to make a target worse: an assumption.{}",
                self.checked_below()
            ),
            false => format!(
                "More of {keys} did make a target worse here, so no plan was ruled out because one with more fails."
            ),
        }
    }
}
