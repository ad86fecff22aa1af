//! What the words of a log mean: the documented ones, and those that the user says.

use super::current::Current;
use super::entry::Outcome;
use super::practices::Practices;
use crate::import::kinds::compared;
use std::collections::BTreeMap;

/// What an outcome may be: still going on, or ended.
type Ending = Option<Outcome>;

/// Words of outcomes as they are compared, the first of each the one that is documented.
const OUTCOMES: [(Ending, &[&str]); 9] = [
    (
        Some(Outcome::Completed),
        &[
            "COMPLETED",
            "COMPLETE",
            "SEEN",
            "SEEN_COMPLETED",
            "SUPPORT_COMPLETED",
            "DISCHARGED",
            "SIGNPOSTED",
        ],
    ),
    (
        Some(Outcome::DroppedOut),
        &["DROPPED_OUT", "ENDED_EARLY", "WITHDREW", "STOPPED"],
    ),
    (
        Some(Outcome::Disengaged),
        &["DISENGAGED", "DID_NOT_ATTEND", "DNA", "MISSED_APPOINTMENTS"],
    ),
    (
        Some(Outcome::Declined),
        &["DECLINED", "DECLINED_SUPPORT", "REFUSED", "NOT_INTERESTED"],
    ),
    (
        Some(Outcome::LeftWaiting),
        &[
            "LEFT_WHILE_WAITING",
            "LEFT_WAITING",
            "GAVE_UP_WAITING",
            "GAVE_UP",
            "WITHDREW_WHILE_WAITING",
        ],
    ),
    (
        Some(Outcome::NotReached),
        &[
            "NOT_REACHED",
            "NO_CONTACT",
            "NO_RESPONSE",
            "UNABLE_TO_CONTACT",
            "UNCONTACTABLE",
            "COULD_NOT_CONTACT",
        ],
    ),
    (
        Some(Outcome::Inappropriate),
        &[
            "INAPPROPRIATE",
            "INAPPROPRIATE_REFERRAL",
            "REJECTED",
            "RETURNED",
            "NOT_SUITABLE",
            "NOT_ELIGIBLE",
        ],
    ),
    (
        Some(Outcome::Other),
        &[
            "OTHER",
            "MOVED",
            "MOVED_AWAY",
            "DIED",
            "DECEASED",
            "TRANSFERRED",
        ],
    ),
    (
        None,
        &[
            "OPEN",
            "ONGOING",
            "ACTIVE",
            "WAITING",
            "IN_PROGRESS",
            "ON_HOLD",
        ],
    ),
];

/// The documented outcomes, in words.
#[must_use]
pub fn outcome_words() -> Vec<String> {
    let first = OUTCOMES.iter().filter_map(|(_, words)| words.first());
    first
        .map(|word| word.to_lowercase().replace('_', " "))
        .collect()
}

fn outcome(word: &str) -> Option<Ending> {
    let word = compared(word);
    let found = OUTCOMES
        .iter()
        .find(|(_, words)| words.contains(&word.as_str()));
    found.map(|(ending, _)| *ending)
}

/// What words mean.
#[derive(Clone, Debug)]
pub struct Meanings {
    practices: Practices,
    names: [Vec<String>; 2],
    /// The same as the scenario writes them.
    written: [Vec<String>; 2],
    /// Words that the user has explained, of case types, sources and practices.
    said: [BTreeMap<String, usize>; 3],
    outcomes: BTreeMap<String, Ending>,
}

const CASE_TYPE: usize = 0;
const SOURCE: usize = 1;
const PRACTICE: usize = 2;

impl Meanings {
    /// Those of a scenario.
    #[must_use]
    pub fn of(now: &Current<'_>) -> Self {
        let types = now.case_types.iter().map(|it| compared(&it.name));
        Self {
            practices: Practices::of(&now.practices),
            names: [
                types.collect(),
                now.sources.iter().map(|it| compared(it)).collect(),
            ],
            written: [
                now.case_types.iter().map(|it| it.name.clone()).collect(),
                now.sources.clone(),
            ],
            said: Default::default(),
            outcomes: BTreeMap::new(),
        }
    }

    /// Adds what a word means: `type.Signposting=light`, `outcome.NFA=completed`, `practice.Elm=F81061`,
    /// `source.Reception=GP`.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn add(&mut self, text: &str) -> Result<(), String> {
        const FORM: &str = "write column.WORD=MEANING, for example outcome.NFA=completed";
        let (column, rest) = text.split_once('.').ok_or(FORM)?;
        let (word, meaning) = rest.rsplit_once('=').ok_or(FORM)?;
        let (word, column) = (compared(word), column.trim().to_lowercase());
        if column == "outcome" {
            let ending = outcome(meaning)
                .ok_or_else(|| format!("the meaning is none of {}", outcome_words().join(", ")))?;
            self.outcomes.insert(word, ending);
            return Ok(());
        }
        let (index, found) = match column.as_str() {
            "type" => (CASE_TYPE, self.name(CASE_TYPE, meaning)),
            "source" => (SOURCE, self.name(SOURCE, meaning)),
            "practice" => (PRACTICE, self.practices.find(meaning)),
            _ => return Err("the column is none of practice, source, type, outcome".to_owned()),
        };
        let found = found.ok_or_else(|| self.no_such(&column, index))?;
        self.said[index].insert(word, found);
        Ok(())
    }

    /// That the scenario has no such name, and which it has.
    fn no_such(&self, column: &str, of: usize) -> String {
        match self.written.get(of).map(Vec::as_slice) {
            None => format!("the scenario has no such {column}"),
            Some([]) => format!("the scenario has no {column}s, so that the column is not used"),
            Some(names) => {
                let names = names.join(", ");
                format!("the scenario has no such {column}; its {column}s are {names}")
            }
        }
    }

    /// Whether the scenario has case types that a cell could name.
    #[must_use]
    pub fn has_case_types(&self) -> bool {
        !self.names[CASE_TYPE].is_empty()
    }

    /// Whether the scenario has sources that a cell could name.
    #[must_use]
    pub fn has_sources(&self) -> bool {
        !self.names[SOURCE].is_empty()
    }

    fn name(&self, of: usize, word: &str) -> Option<usize> {
        let word = compared(word);
        self.names[of].iter().position(|it| *it == word)
    }

    fn said_or(&self, of: usize, word: &str, or: impl Fn() -> Option<usize>) -> Option<usize> {
        self.said[of].get(&compared(word)).copied().or_else(or)
    }

    /// The practice that a cell names.
    #[must_use]
    pub fn practice(&self, word: &str) -> Option<usize> {
        self.said_or(PRACTICE, word, || self.practices.find(word))
    }

    /// The case type that a cell names.
    #[must_use]
    pub fn case_type(&self, word: &str) -> Option<usize> {
        self.said_or(CASE_TYPE, word, || self.name(CASE_TYPE, word))
    }

    /// The source that a cell names.
    #[must_use]
    pub fn source(&self, word: &str) -> Option<usize> {
        self.said_or(SOURCE, word, || self.name(SOURCE, word))
    }

    /// The outcome that a cell names; within, nothing for a referral that goes on.
    #[must_use]
    pub fn outcome(&self, word: &str) -> Option<Ending> {
        self.outcomes
            .get(&compared(word))
            .copied()
            .or_else(|| outcome(word))
    }
}
