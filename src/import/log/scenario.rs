//! The inputs put into the text of a scenario, each with a comment and its provenance.

use super::counts::Counts;
use super::input::{Input, Verdict};
use super::reader::Log;
use crate::import::dates::in_words;
use crate::import::words::comment;
use crate::scenario::file::editing::{Change, EditError, Step, edited, holds};
use crate::scenario::file::writing::{literal, quoted};
use std::collections::BTreeSet;

/// What the title of a fitted scenario ends in.
const FITTED: &str = ", fitted to its own log";

/// The scenario with the inputs that it takes; everything else as it was.
///
/// # Errors
/// When a key cannot be put in.
pub fn with_inputs(
    text: &str,
    title: &str,
    inputs: &[Input],
    log: &Log,
    counts: &Counts,
) -> Result<String, EditError> {
    let mut changes: Vec<Change> = titled(title).into_iter().collect();
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
        sources.extend(provenance_keys(text, inputs, input));
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

/// The title says that the scenario is the fitted one, so that reports of the two can be told apart.
fn titled(title: &str) -> Option<Change> {
    (!title.ends_with(FITTED)).then(|| Change {
        path: vec![Step::Key("title".to_owned())],
        value: literal(&format!("{title}{FITTED}")),
        comment: String::new(),
    })
}

/// `own log; standard error 0.8`
fn remark(input: &Input) -> String {
    match &input.estimates[..] {
        [one] if one.standard_error > 0.0 => {
            format!("own log; standard error {}", one.error_shown())
        }
        [] => format!("own log; {}", input.method.trim_start_matches("none: ")),
        _ if input.assumption.is_some() => "own log and an assumption, see fits.csv".to_owned(),
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

/// The keys of `[provenance]` that speak of an input: `practices.*.list_size` where every table of the array takes
/// a value, else the one of this table; and those of this table that are there already.
fn provenance_keys(text: &str, inputs: &[Input], input: &Input) -> Vec<String> {
    let all = pattern(&input.path);
    let alike = inputs.iter().filter(|it| pattern(&it.path) == all);
    let mut keys = vec![match alike.into_iter().all(Input::is_used) {
        true => all,
        false => input.key.clone(),
    }];
    let unquoted = input.key.replace('"', "");
    let is_there = |key: &String| {
        let path = [Step::Key("provenance".to_owned()), Step::Key(key.clone())];
        holds(text, &path)
    };
    keys.extend([input.key.clone(), unquoted].into_iter().filter(is_there));
    keys
}

/// A way with `*` for the table of an array: `practices.*.list_size`.
fn pattern(path: &[Step]) -> String {
    let steps = path.iter().map(|step| match step {
        Step::Key(key) => key.as_str(),
        Step::At(_) => "*",
    });
    steps.collect::<Vec<_>>().join(".")
}
