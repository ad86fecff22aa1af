//! Problems as they are found, before they are given their lines.

use std::collections::BTreeSet;

use super::node::{Node, Place};
use super::path::pattern;
use super::problem::{Problem, Problems};
use super::reader::At;
use super::source::Source;

/// Problems listed at most; more are only counted.
const MOST_LISTED: usize = 200;

/// A problem with its place in bytes.
#[derive(Clone, Debug)]
pub struct Finding {
    place: Place,
    key: String,
    what: String,
    found: Option<String>,
    allowed: Option<String>,
    hint: Option<String>,
    first_given: Option<Place>,
}

impl Finding {
    /// Something about the key at `key`, written at `place`: `what` follows the key.
    #[must_use]
    pub fn new(place: Place, key: &str, what: impl Into<String>) -> Self {
        Self {
            place,
            key: key.to_owned(),
            what: what.into(),
            found: None,
            allowed: None,
            hint: None,
            first_given: None,
        }
    }

    /// Something about the key whose value was written there.
    #[must_use]
    pub fn at(at: &At, what: impl Into<String>) -> Self {
        Self::new(at.place, &at.path, what)
    }

    /// With what was found.
    #[must_use]
    pub fn found(mut self, found: impl Into<String>) -> Self {
        self.found = Some(found.into());
        self
    }

    /// With the value that was found.
    #[must_use]
    pub fn found_value(self, node: &Node) -> Self {
        self.found(node.found())
    }

    /// With what is allowed.
    #[must_use]
    pub fn allowed(mut self, allowed: impl Into<String>) -> Self {
        self.allowed = Some(allowed.into());
        self
    }

    /// With what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// With the word that was probably meant, if there is one.
    #[must_use]
    pub fn did_you_mean(self, word: Option<&str>) -> Self {
        match word {
            Some(word) => self.hint(format!("did you mean `{word}`?")),
            None => self,
        }
    }

    /// What makes it the same problem as another: place, key and what is wrong.
    #[must_use]
    pub fn identity(&self) -> (Place, String, String) {
        (self.place, pattern(&self.key), self.what.clone())
    }

    /// Where it is.
    #[must_use]
    pub const fn place(&self) -> Place {
        self.place
    }

    /// Path of the key that it is about.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The same about the key that really is to blame.
    #[must_use]
    pub fn about(self, key: String) -> Self {
        Self { key, ..self }
    }

    /// The same as a consequence of the key at `key`, written at `place`: it `does` that to what the
    /// finding was about.
    #[must_use]
    pub fn caused_by(self, place: Place, key: String, does: &str) -> Self {
        use super::text::quoted;
        let what = match self.key.as_str() {
            "" => format!("{does}: {}", self.what),
            old => format!("{does}: `{}` {}", quoted(old), self.what),
        };
        Self {
            place,
            key,
            what,
            ..self
        }
    }

    /// The same about the key at `key` of another file, written there at `place`.
    #[must_use]
    pub fn in_other_file(self, place: Place, key: String) -> Self {
        Self {
            place,
            key,
            first_given: None,
            ..self
        }
    }

    /// With the place of the earlier value that this one collides with.
    #[must_use]
    pub const fn first_given(mut self, place: Place) -> Self {
        self.first_given = Some(place);
        self
    }
}

/// All problems found so far.
#[derive(Debug, Default)]
pub struct Findings {
    list: Vec<Finding>,
    /// What is listed, so that a value copied by `like` is reported once.
    known: BTreeSet<(Place, String, String)>,
    not_listed: usize,
}

impl Findings {
    /// Adds a problem, unless it is known already.
    pub fn add(&mut self, finding: Finding) {
        let identity = finding.identity();
        if !self.known.contains(&identity) && self.has_room() {
            self.known.insert(identity);
            self.list.push(finding);
        }
    }

    /// Adds a problem, if there is one.
    pub fn extend(&mut self, finding: Option<Finding>) {
        if let Some(finding) = finding {
            self.add(finding);
        }
    }

    /// Whether there is room for one more problem. If not it is counted, and need not be explained.
    pub fn has_room(&mut self) -> bool {
        let has_room = self.list.len() < MOST_LISTED;
        self.not_listed += usize::from(!has_room);
        has_room
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Whether this very problem is listed.
    #[must_use]
    pub fn knows(&self, finding: &Finding) -> bool {
        self.known.contains(&finding.identity())
    }

    /// The problems listed, and how many more were only counted.
    #[must_use]
    pub fn into_list(self) -> (Vec<Finding>, usize) {
        (self.list, self.not_listed)
    }

    /// Counts problems that are not listed.
    pub const fn count_unlisted(&mut self, more: usize) {
        self.not_listed += more;
    }

    /// Takes out what is missing only because the post to be copied is not there.
    fn forget_what_follows(&mut self) {
        let strangers = self
            .list
            .iter()
            .filter_map(|it| it.key.strip_suffix(".like"));
        let strangers: Vec<String> = strangers.map(|it| format!("{it}.")).collect();
        self.list.retain(|it| {
            let is_of = |stranger: &String| it.key.starts_with(stranger.as_str());
            it.what != "is missing" || !strangers.iter().any(is_of)
        });
    }

    /// The problems with their lines, in the order of the file.
    #[must_use]
    pub fn into_problems(mut self, source: &Source<'_>) -> Problems {
        self.forget_what_follows();
        self.list.sort_by_key(|finding| finding.place);
        let problems = self
            .list
            .into_iter()
            .map(|it| in_lines(it, source))
            .collect();
        Problems::new(source.name(), problems, self.not_listed)
    }
}

fn in_lines(finding: Finding, source: &Source<'_>) -> Problem {
    use super::text::blotted;
    Problem {
        place: source.locate(finding.place),
        key: blotted(&finding.key),
        what: finding.what,
        found: finding.found,
        allowed: finding.allowed,
        hint: finding.hint.as_deref().map(blotted),
        first_given: finding
            .first_given
            .and_then(|place| source.line_and_column(place)),
    }
}
