//! The keys that vary in a study, and the values that they take; how they are read is in `reading`.

mod reading;

pub use reading::{is_found, read, way};

use crate::model::Distribution;
use crate::scenario::node::{Node, Place, Value};
use crate::scenario::path::Step;
use crate::scenario::uncertain::TAIL;
use crate::scenario::vary::same;

/// Where a value that is tried stands: in none of the scenario's places.
const TRIED: Place = Place::Override(usize::MAX);

/// Of a walk through levels, where the lowest and the highest level of a distribution without ends lie.
const ENDS: (f64, f64) = (0.025, 0.975);

/// A key that varies.
#[derive(Clone, Debug)]
pub struct Key {
    /// Its path.
    pub name: String,
    /// The steps to it; none for the options.
    pub steps: Vec<Step>,
    values: Values,
}

/// Which values a key takes.
#[derive(Clone, Debug)]
enum Values {
    /// One of these.
    Listed(Vec<Node>),
    /// Between two, both included.
    Between { from: f64, to: f64, is_whole: bool },
    /// As likely as this says.
    Drawn {
        distribution: Distribution,
        is_whole: bool,
    },
}

impl Key {
    /// A key whose values are these.
    #[must_use]
    pub const fn listed(name: String, steps: Vec<Step>, values: Vec<Node>) -> Self {
        Self {
            name,
            steps,
            values: Values::Listed(values),
        }
    }

    /// Whether it stands for the options.
    #[must_use]
    pub const fn is_option(&self) -> bool {
        self.steps.is_empty()
    }

    /// Values that are listed.
    #[must_use]
    pub const fn count(&self) -> usize {
        match &self.values {
            Values::Listed(values) => values.len(),
            _ => 0,
        }
    }

    /// The value at a position of those listed.
    #[must_use]
    pub fn value(&self, position: usize) -> Node {
        match &self.values {
            Values::Listed(values) => values[position].clone(),
            _ => self.at(0.5, false),
        }
    }

    /// The value at a share from 0 to 1 of the way. With `has_ends` shares reach 0 and 1, and a
    /// distribution has its levels within its middle 95%.
    #[must_use]
    pub fn at(&self, share: f64, has_ends: bool) -> Node {
        match &self.values {
            Values::Listed(values) => {
                let position = (share * values.len() as f64) as usize;
                values[position.min(values.len() - 1)].clone()
            }
            Values::Between { from, to, is_whole } => match is_whole {
                // Each whole number as often as any other.
                true => {
                    let value = (from + share * (to - from + 1.0)).floor();
                    Node::of_number(TRIED, value.min(*to))
                }
                false => Node::of_number(TRIED, from + share * (to - from)),
            },
            Values::Drawn {
                distribution,
                is_whole,
            } => {
                let share = match has_ends {
                    true => ENDS.0 + share * (ENDS.1 - ENDS.0),
                    false => share.clamp(TAIL, 1.0 - TAIL),
                };
                let value = distribution.quantile(share);
                Node::of_number(TRIED, if *is_whole { value.round() } else { value })
            }
        }
    }

    /// How far from one end to the other the value of a walk at a share lies: the share itself, but of whole
    /// numbers and listed values, which cannot lie everywhere, where they do. Words are as far from
    /// each other as they stand in the list.
    ///
    /// Worked: of 2 to 4 the share 2/3 gives 4, which is all the way: 1.
    #[must_use]
    pub fn realised(&self, share: f64) -> f64 {
        let way = |value: f64, low: f64, high: f64| match high > low {
            true => (value - low) / (high - low),
            false => 0.0,
        };
        let there = |share: f64| number(&self.at(share, true)).unwrap_or_default();
        match &self.values {
            Values::Listed(values) => {
                let numbers: Option<Vec<f64>> = values.iter().map(number).collect();
                let Some(numbers) = numbers else {
                    let last = (values.len() - 1) as f64;
                    let position = (share * values.len() as f64).floor().min(last);
                    return way(position, 0.0, last);
                };
                let low = numbers.iter().copied().fold(f64::INFINITY, f64::min);
                let high = numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                way(there(share), low, high)
            }
            Values::Between { is_whole: true, .. } | Values::Drawn { is_whole: true, .. } => {
                way(there(share), there(0.0), there(1.0))
            }
            Values::Between { .. } | Values::Drawn { .. } => share,
        }
    }
}

/// The number that a value is.
const fn number(node: &Node) -> Option<f64> {
    match node.value {
        Value::Number { value, .. } => Some(value),
        _ => None,
    }
}

/// So many values from one end to the other; of a distribution the middles of as many equal shares.
fn stepped(values: &Values, steps: usize) -> Vec<Node> {
    let key = |values: &Values| Key {
        name: String::new(),
        steps: Vec::new(),
        values: values.clone(),
    };
    let mut nodes: Vec<Node> = match values {
        Values::Listed(nodes) => nodes.clone(),
        Values::Between { from, to, is_whole } => {
            let at = |step: usize| from + (to - from) * step as f64 / (steps - 1) as f64;
            let at = |step| {
                if *is_whole {
                    f64::round(at(step))
                } else {
                    at(step)
                }
            };
            (0..steps)
                .map(|step| Node::of_number(TRIED, at(step)))
                .collect()
        }
        Values::Drawn { .. } => {
            let share = |step: usize| (step as f64 + 0.5) / steps as f64;
            (0..steps)
                .map(|step| key(values).at(share(step), false))
                .collect()
        }
    };
    // More steps than there are whole numbers.
    nodes.dedup_by_key(|node| same(node));
    nodes
}

/// The same value standing nowhere in the scenario.
#[must_use]
pub fn marked(mut node: Node) -> Node {
    node.place = TRIED;
    match &mut node.value {
        Value::List(items) => {
            for item in items {
                *item = marked(item.clone());
            }
        }
        Value::Table(entries) => {
            for entry in entries {
                entry.key_place = TRIED;
                entry.node = marked(entry.node.clone());
            }
        }
        _ => {}
    }
    node
}
