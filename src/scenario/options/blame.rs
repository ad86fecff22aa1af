//! Which key of which option a problem is about: values keep the place where they were written,
//! wherever they are put.

use std::collections::BTreeMap;

use crate::scenario::finding::Finding;
use crate::scenario::node::{Node, Place};
use crate::scenario::path::{Step, join, parse};
use crate::scenario::reader::At;

/// Everything that the options say, by place. Paths are put together when they are asked for.
pub struct Blame {
    by_place: BTreeMap<Place, usize>,
    /// Each key or position, and the number of the one that it stands below; the first is the root.
    steps: Vec<(usize, String)>,
}

impl Blame {
    /// The paths in all options of a file.
    #[must_use]
    pub fn of(options: &[Node]) -> Self {
        let mut blame = Self {
            by_place: BTreeMap::new(),
            steps: vec![(0, "options".to_owned())],
        };
        for (index, option) in options.iter().enumerate() {
            let name = option.child("name").and_then(Node::text);
            let step = blame.below(0, name.unwrap_or(&index.to_string()));
            blame.walk(option, step);
        }
        blame
    }

    fn below(&mut self, above: usize, step: &str) -> usize {
        self.steps.push((above, step.to_owned()));
        self.steps.len() - 1
    }

    fn walk(&mut self, node: &Node, step: usize) {
        for (index, item) in node.items().unwrap_or_default().iter().enumerate() {
            let below = self.below(step, &index.to_string());
            self.walk(item, below);
        }
        for entry in node.entries().unwrap_or_default() {
            let below = self.below(step, &entry.key);
            self.by_place.entry(entry.key_place).or_insert(below);
            self.walk(&entry.node, below);
        }
        self.by_place.entry(node.place).or_insert(step);
    }

    /// The path to a step: `options."Two".set."posts.0.wte"`.
    fn path(&self, step: usize) -> String {
        let (above, word) = &self.steps[step];
        match step {
            0 => word.clone(),
            _ => join(&self.path(*above), word),
        }
    }

    /// The path of an option, by its name.
    #[must_use]
    pub fn key_of_option(&self, at: &At) -> String {
        let step = self.by_place.get(&at.place);
        step.map_or_else(|| at.path.clone(), |step| self.path(*step))
    }

    /// The path in an option of what a finding is about, if an option is where it was written.
    #[must_use]
    pub fn key_of(&self, finding: &Finding) -> Option<String> {
        let step = *self.by_place.get(&finding.place())?;
        let here = &self.steps[step].1;
        // What is set has its own path as its key.
        let here = last_word(here).unwrap_or_else(|| here.clone());
        let told = last_word(finding.key())?;
        let told = last_word(&told).unwrap_or(told);
        let is_position = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
        let path = self.path(step);
        match here == told || (is_position(&here) && is_position(&told)) {
            true => Some(path),
            // The table stands in the option, and the finding is about a key that it lacks.
            false => Some(join(&path, &told)),
        }
    }
}

/// The last word of a path, if it is one.
fn last_word(path: &str) -> Option<String> {
    match parse(path).ok()?.pop()? {
        Step::Every => Some("*".to_owned()),
        Step::Word(word) => Some(word),
    }
}
