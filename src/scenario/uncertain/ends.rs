//! What fits at the centre need not fit at the ends: the file is read with each uncertain input at
//! either end of what it may be, so that what cannot be is told before anything is simulated.

use super::{Found, Quantiles};
use crate::scenario::finding::{Finding, Findings};
use crate::scenario::kind::grouped;

/// Reads with each of the inputs at both ends of its distribution, the others at their centres; what
/// is wrong then is told of the input. `read` gives what is wrong in a draw.
pub fn try_ends(
    inputs: &[Found],
    findings: &mut Findings,
    mut read: impl FnMut(&Quantiles) -> Findings,
) {
    for found in inputs {
        for end in [0.0, 1.0] {
            let quantiles = Quantiles::from([(found.input.key.clone(), end)]);
            let (list, _) = read(&quantiles).into_list();
            if let Some(first) = list.into_iter().next() {
                findings.add(told_of(found, end, first));
                break;
            }
        }
    }
}

/// The finding as a consequence of the value that the input has at this end.
fn told_of(found: &Found, end: f64, finding: Finding) -> Finding {
    let value = format!("{:.3e}", found.input.value(end));
    let value = grouped(value.parse().unwrap_or_default());
    let does = format!("can come to {value}, and does not fit the rest then");
    finding.caused_by(found.place, found.input.key.clone(), &does)
}
