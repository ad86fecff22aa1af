//! The inputs put into the text of a scenario, each with a comment and its provenance.

use super::counts::Counts;
use super::input::{Input, Verdict};
use super::reader::Log;
use crate::import::dates::in_words;
use crate::import::words::comment;
use crate::scenario::file::editing::{Change, EditError, Step, edited};
use crate::scenario::file::writing::{literal, quoted};
use std::collections::BTreeSet;

/// The scenario with the inputs that it takes; everything else as it was.
///
/// # Errors
/// When a key cannot be put in.
pub fn with_inputs(
    text: &str,
    inputs: &[Input],
    log: &Log,
    counts: &Counts,
) -> Result<String, EditError> {
    let mut changes = Vec::new();
    let mut sources = BTreeSet::new();
    for input in inputs {
        let Verdict::Used(value) = &input.verdict else {
            continue;
        };
        changes.push(Change {
            path: input.path.clone(),
            value: value.clone(),
            comment: remark(input),
        });
        sources.insert(pattern(&input.path));
    }
    for key in sources {
        changes.push(Change {
            path: vec![Step::Key("provenance".to_owned()), Step::Key(key)],
            value: provenance(log, counts),
            comment: String::new(),
        });
    }
    let period = format!("{} to {}", in_words(log.from), in_words(log.to));
    let head = comment(&format!(
        "Values marked \"own log\" were fitted by splw-sim import log to the service's own referrals of {period}; \
         how, how surely and from how many rows stands in fits.csv. Remarks above them are about what stood there \
         before."
    ));
    Ok(head + "#\n" + &edited(text, &changes)?)
}

/// `own log; standard error 0.8`
fn remark(input: &Input) -> String {
    match &input.estimates[..] {
        [one] if one.standard_error > 0.0 => {
            format!("own log; standard error {}", one.error_shown())
        }
        [] => format!("own log; {}", input.method.trim_start_matches("none: ")),
        _ => "own log".to_owned(),
    }
}

fn provenance(log: &Log, counts: &Counts) -> String {
    let source = format!(
        "the service's own log of referrals ({}, {} rows)",
        quoted(&log.file),
        counts.all()
    );
    let note = format!(
        "fitted to referrals received from {} to {}; see fits.csv",
        in_words(log.from),
        in_words(log.to)
    );
    format!(
        "{{ source = {}, date = {}, grade = \"C\", note = {} }}",
        literal(&source),
        log.seen_until,
        literal(&note)
    )
}

/// A way as `[provenance]` has it: `practices.*.list_size`.
fn pattern(path: &[Step]) -> String {
    let steps = path.iter().map(|step| match step {
        Step::Key(key) => key.as_str(),
        Step::At(_) => "*",
    });
    steps.collect::<Vec<_>>().join(".")
}
