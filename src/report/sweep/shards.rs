//! Parts of a study, run apart, joined to the whole: every part once, all of one study and one version.

use super::super::folder::MANIFEST;
use super::super::manifest::Manifest;
use super::folder::JOURNAL;
use super::{Done, Facts, journal};
use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

/// What an override of the manifest begins with that says which part it is.
pub const SHARD: &str = "shard=";

/// The parts of a study, joined.
#[derive(Debug)]
pub struct Parts {
    /// Of the whole.
    pub manifest: Manifest,
    /// Of the whole.
    pub facts: Facts,
    /// What came of every point.
    pub done: BTreeMap<usize, Done>,
    /// Of every point the value of each key, as written.
    pub values: Vec<Vec<String>>,
    /// Where the first part is, whose study and scenario are those of all.
    pub first: PathBuf,
}

/// Why parts cannot be joined: everything that is wrong.
#[derive(Debug)]
pub struct ShardError(Vec<String>);

impl fmt::Display for ShardError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for fault in &self.0 {
            writeln!(f, "error: {fault}")?;
        }
        write!(f, "nothing was merged")
    }
}

/// One part as it stands in its folder.
struct Shard {
    at: PathBuf,
    manifest: Manifest,
    facts: Facts,
    done: BTreeMap<usize, Done>,
    part: (usize, usize),
    points: Vec<u8>,
}

/// Joins the parts in these folders.
///
/// # Errors
/// Everything that is wrong: folders that are no parts, parts of other studies or versions, parts that
/// are missing, there twice, or not finished.
pub fn join_shards(folders: &[PathBuf]) -> Result<Parts, ShardError> {
    let (mut shards, mut faults) = (Vec::new(), Vec::new());
    for folder in folders {
        match read(folder) {
            Ok(shard) => shards.push(shard),
            Err(why) => faults.push(format!("{}: {why}", folder.display())),
        }
    }
    if let Some((first, others)) = shards.split_first() {
        for other in others {
            faults.extend(strangeness(first, other));
        }
        let twice_or_missing = each_once(&shards);
        faults.extend(twice_or_missing);
    }
    faults.extend(shards.iter().filter_map(unfinished));
    match faults.is_empty() {
        true => joined(shards).map_err(|why| ShardError(vec![why])),
        false => Err(ShardError(faults)),
    }
}

fn read(folder: &Path) -> Result<Shard, String> {
    let manifest = fs::read(folder.join(MANIFEST)).ok();
    let manifest = manifest.and_then(|text| Manifest::from_text(&text));
    let manifest = manifest.filter(|it| it.command == "sweep");
    let manifest = manifest.ok_or("it holds no results of `splw-sim sweep`")?;
    let (facts, done) = journal::read(&folder.join(JOURNAL))
        .map_err(|why| format!("its {JOURNAL} cannot be read: {why}"))?;
    let part = facts
        .shard
        .ok_or("it holds a whole study, not a part made with --shard")?;
    let points = fs::read(folder.join("points.csv"))
        .map_err(|why| format!("its points.csv cannot be read: {why}"))?;
    Ok(Shard {
        at: folder.to_owned(),
        manifest,
        facts,
        done,
        part,
        points,
    })
}

/// What makes another part not of the same study.
fn strangeness(first: &Shard, other: &Shard) -> Option<String> {
    let told = |what: &str| {
        Some(format!(
            "{} is of {what} than {}",
            other.at.display(),
            first.at.display()
        ))
    };
    let (a, b) = (&first.manifest, &other.manifest);
    if a.version != b.version {
        return told(&format!(
            "another version of splw-sim ({}, not {})",
            b.version, a.version
        ));
    }
    if first.part.1 != other.part.1 {
        return told(&format!(
            "another division (part {} of {}, not of {})",
            other.part.0, other.part.1, first.part.1
        ));
    }
    if whole(a.clone()) != whole(b.clone()) || first.points != other.points {
        return told("another study, scenario, seed or set of overrides");
    }
    let alike = |facts: &Facts| Facts {
        shard: None,
        ..facts.clone()
    };
    match alike(&first.facts) == alike(&other.facts) {
        true => None,
        false => told("another study"),
    }
}

/// The parts that are missing, and those that are there twice.
fn each_once(shards: &[Shard]) -> Vec<String> {
    let Some(of) = shards.first().map(|it| it.part.1) else {
        return Vec::new();
    };
    let mut faults = Vec::new();
    let mut there: BTreeMap<usize, &Path> = BTreeMap::new();
    for shard in shards.iter().filter(|it| it.part.1 == of) {
        let part = shard.part.0;
        match there.get(&part) {
            Some(before) => faults.push(format!(
                "part {part} of {of} is there twice: {} and {}",
                before.display(),
                shard.at.display()
            )),
            None => {
                there.insert(part, &shard.at);
            }
        }
    }
    let missing: Vec<String> = (1..=of)
        .filter(|part| !there.contains_key(part))
        .map(|part| part.to_string())
        .collect();
    if !missing.is_empty() {
        let parts = if missing.len() == 1 { "part" } else { "parts" };
        faults.push(format!("{parts} {} of {of} missing", missing.join(", ")));
    }
    faults
}

fn unfinished(shard: &Shard) -> Option<String> {
    let (done, all) = (shard.done.len(), shard.facts.own_points());
    let foreign = shard.done.keys().find(|point| !shard.facts.holds(**point));
    if let Some(point) = foreign {
        return Some(format!(
            "{} has point {}, which is of another part",
            shard.at.display(),
            point + 1
        ));
    }
    (done != all).then(|| {
        format!(
            "{} is not finished: {done} of its {all} points are done; run its command again",
            shard.at.display()
        )
    })
}

/// The manifest of the whole that a part is of.
fn whole(manifest: Manifest) -> Manifest {
    let overrides = manifest.overrides.into_iter();
    Manifest {
        overrides: overrides.filter(|it| !it.starts_with(SHARD)).collect(),
        ..manifest
    }
}

fn joined(shards: Vec<Shard>) -> Result<Parts, String> {
    let first = shards.first().ok_or("no parts were given")?;
    let values =
        values(&first.points).map_err(|why| format!("points.csv cannot be read: {why}"))?;
    if values.len() != first.facts.points {
        return Err(format!(
            "{} has a points.csv of another study",
            first.at.display()
        ));
    }
    Ok(Parts {
        manifest: whole(first.manifest.clone()),
        facts: Facts {
            shard: None,
            ..first.facts.clone()
        },
        first: first.at.clone(),
        values,
        done: shards.into_iter().flat_map(|it| it.done).collect(),
    })
}

/// The values of each point in `points.csv`.
fn values(points: &[u8]) -> Result<Vec<Vec<String>>, csv::Error> {
    let mut reader = csv::Reader::from_reader(points);
    let rows = reader.records();
    rows.map(|row| row.map(|row| row.iter().skip(1).map(str::to_owned).collect()))
        .collect()
}
