//! Whether what an uncertain number may come to is what its key may hold.

use super::{TAIL, UncertainInput};
use crate::scenario::finding::{Finding, Findings};
use crate::scenario::kind::{Kind, Range, grouped};
use crate::scenario::node::Node;

/// What a number may be.
#[derive(Clone, Debug)]
pub struct Limits {
    range: Range,
    is_whole: bool,
    allowed: String,
}

impl Limits {
    /// The limits of a kind; `None` if it holds no number.
    #[must_use]
    pub fn of(kind: &Kind) -> Option<Self> {
        use std::ops::Bound::Included;
        let between = |low, high| Range {
            low: Included(low),
            high: Included(high),
        };
        let (range, is_whole) = match kind {
            Kind::Number(range) => (*range, false),
            Kind::Whole(low, high) => (between(*low as f64, *high as f64), true),
            Kind::Distribution(most) => (between(0.0, *most), false),
            Kind::Either(kinds) => return kinds.last().and_then(Self::of),
            _ => return None,
        };
        let allowed = match kind {
            Kind::Distribution(most) => format!("a number from 0 to {}", grouped(*most)),
            other => other.allowed(),
        };
        Some(Self {
            range,
            is_whole,
            allowed,
        })
    }

    /// Whether only whole numbers are meant.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        self.is_whole
    }

    /// Something if all values of an input lie within; otherwise a finding at its place.
    pub fn check(
        &self,
        input: &UncertainInput,
        node: &Node,
        path: &str,
        findings: &mut Findings,
    ) -> Option<()> {
        let ends = [input.value(TAIL), input.value(1.0 - TAIL)];
        let beyond = ends.into_iter().find(|end| !self.range.holds(*end));
        let Some(beyond) = beyond else {
            return Some(());
        };
        let finding = Finding::new(node.place, path, "can come to a value out of range");
        findings.add(
            finding
                .found(grouped(shortened(beyond)))
                .allowed(self.allowed.clone())
                .hint("a uniform or triangular distribution ends where you say"),
        );
        None
    }
}

/// To four significant digits, for messages.
fn shortened(value: f64) -> f64 {
    format!("{value:.3e}").parse().unwrap_or(value)
}
