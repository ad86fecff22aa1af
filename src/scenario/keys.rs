//! Which key a path leads to, by the declarations of `file`.

use super::file::Forms;
use super::kind::{KeyDescription, Kind, TableDescription};
use super::nearest::nearest;
use super::path::Step;
use super::reader::Table as _;

/// Why a step leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Astray {
    /// What is wrong, in words that follow the path.
    pub what: String,
    /// What was probably meant.
    pub meant: Option<String>,
    /// What to do about it, where nothing was probably meant.
    pub hint: Option<String>,
}

impl Astray {
    /// A step that leads nowhere.
    #[must_use]
    pub fn new(what: &str, meant: Option<&str>) -> Self {
        Self {
            what: what.to_owned(),
            meant: meant.map(str::to_owned),
            hint: None,
        }
    }
}

/// What lies below a kind that has something below it.
#[derive(Clone, Debug)]
pub enum Below {
    /// Keys.
    Keys(TableDescription),
    /// An array of tables with these keys.
    Tables(TableDescription),
    /// Keys that the user chooses.
    Anything(Kind),
}

/// What lies below a kind.
///
/// # Errors
/// When nothing does.
pub fn below(kind: &Kind) -> Result<Below, Astray> {
    match kind {
        Kind::Table(describe) => Ok(Below::Keys(describe())),
        Kind::Distribution(_) => Ok(Below::Keys(Forms::describe())),
        Kind::Tables(describe, _) => Ok(Below::Tables(describe())),
        Kind::Map(_, of) => Ok(Below::Anything((**of).clone())),
        Kind::Either(kinds) => kinds.last().map_or_else(|| Err(nothing_below()), below),
        _ => Err(nothing_below()),
    }
}

fn nothing_below() -> Astray {
    Astray::new("has no keys below it: it is set as a whole", None)
}

/// The key of a table that a step names.
///
/// # Errors
/// When there is none.
pub fn key<'a>(table: &'a TableDescription, step: &Step) -> Result<&'a KeyDescription, Astray> {
    let word = step.written();
    let known = table
        .keys
        .iter()
        .find(|key| key.key == word && *step != Step::Every);
    known.ok_or_else(|| match table.elsewhere.contains(&word) {
        true if word == "calibrate" => {
            Astray::new("belongs to a calibration, which is a file of its own", None)
        }
        true => Astray::new("belongs to a study, which is a file of its own", None),
        false => {
            let keys = table.keys.iter().map(|key| key.key);
            let meant = nearest(word, keys.clone()).map(str::to_owned);
            let all = format!(
                "the keys here are `{}`",
                keys.collect::<Vec<_>>().join("`, `")
            );
            Astray {
                what: "is not a known key".to_owned(),
                hint: meant.is_none().then_some(all),
                meant,
            }
        }
    })
}

/// Follows a path through the declarations alone, to what may stand at its end: every position and
/// name is taken to exist.
///
/// # Errors
/// The number of the step that leads nowhere, and why.
pub fn follow(kind: &Kind, steps: &[Step]) -> Result<Kind, (usize, Astray)> {
    let mut kind = kind.clone();
    for (number, step) in steps.iter().enumerate() {
        let astray = |astray| (number, astray);
        kind = match below(&kind).map_err(|it| (number.saturating_sub(1), it))? {
            Below::Keys(table) => key(&table, step).map_err(astray)?.kind.clone(),
            Below::Anything(of) => of,
            Below::Tables(table) => {
                let is_key = table.keys.iter().any(|key| key.key == step.written());
                if is_key {
                    let what = "needs a position, a name or * before it";
                    return Err(astray(Astray::new(what, None)));
                }
                Kind::Table(describe_of(&kind))
            }
        };
    }
    Ok(kind)
}

fn describe_of(kind: &Kind) -> fn() -> TableDescription {
    match kind {
        Kind::Tables(describe, _) | Kind::Table(describe) => *describe,
        _ => Forms::describe,
    }
}
