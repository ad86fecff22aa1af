//! `splw-sim import`: scenarios of real PCNs from published files, and inputs fitted to a service's own log.

mod log;
mod log_told;
mod told;

use super::command::{Import, ImportArguments, PcnArguments};
use super::failure::Failure;
use super::input::in_plain_words;
use super::output::print;
use super::place::{Imported, NOT_MATCHED, check_file, check_folder, write_file, write_folder};
use crate::import::pcn::{
    Choices, Files, Network, Sources, Unmet, Which, networks_csv, not_matched_csv, read, scenario,
};
use crate::import::{Faults, Given};
use crate::report::answer::target_names;
use crate::report::batch::NETWORKS;
use crate::scenario::{NoFiles, read as read_scenario};
use std::fs;
use std::io::Read;
use std::path::Path;
use told::Told;

/// Bytes of a file at most: twenty times the largest that is needed.
const LARGEST: u64 = 400_000_000;

/// Imports what is asked for.
///
/// # Errors
/// When a file is refused, there is no such PCN, or the scenarios cannot be written.
pub fn import(arguments: &ImportArguments) -> Result<(), Failure> {
    match &arguments.what {
        Import::Pcn(arguments) => pcn(arguments),
        Import::Log(arguments) => log::log(arguments),
    }
}

fn pcn(arguments: &PcnArguments) -> Result<(), Failure> {
    let out = &arguments.out;
    let which = which(arguments);
    let is_one = matches!(which, Which::Network(_));
    match is_one {
        true => check_file(out, arguments.overwrite)?,
        false => check_folder(out, arguments.overwrite, Imported::Networks)?,
    }
    let choices = Choices {
        with_mental_health: !arguments.without_mental_health,
        mixed_months: arguments.mixed_months,
    };
    let published = read(&files(arguments)?, choices)?;
    let england = published.join();
    let wanted = which.of(&england, &published).map_err(unmet)?;
    let sources = Sources::of(&published, &england.remarks);
    let factors = arguments.rate_factors.as_ref();
    let texts = wanted.iter().map(|it| checked(it, &sources, factors));
    let mut texts: Vec<(String, Vec<u8>)> = texts.collect::<Result<_, _>>()?;
    let not_matched = which.not_matched(&england, &wanted);
    match (is_one, texts.first()) {
        (true, Some((_, text))) => write_file(out, text)?,
        _ => {
            texts.push((NETWORKS.to_owned(), networks_csv(&wanted)));
            texts.push((NOT_MATCHED.to_owned(), not_matched_csv(&not_matched)));
            write_folder(out, &texts, Imported::Networks)?;
        }
    }
    if arguments.quiet {
        return Ok(());
    }
    let told = Told {
        which: &which,
        wanted: &wanted,
        not_matched: &not_matched,
        england: &england,
        published: &published,
        out,
    };
    print(&told.to_text())
}

fn which(arguments: &PcnArguments) -> Which {
    match (&arguments.pcn, &arguments.icb) {
        (Some(code), _) => Which::Network(code.clone()),
        (None, Some(code)) => Which::Icb(code.clone()),
        (None, None) => Which::England,
    }
}

/// Files that say nothing of what was asked for are refused; what is in none of them is wrong usage.
fn unmet(why: Unmet) -> Failure {
    match why {
        Unmet::NoSuch(what) => Failure::Usage(what),
        Unmet::NoData(fault) => Failure::RefusedFiles(Faults::one(fault)),
    }
}

/// The scenario of a PCN, which is right: the name of its file, and its text.
fn checked(
    network: &Network,
    sources: &Sources,
    factors: Option<&[f64; 5]>,
) -> Result<(String, Vec<u8>), Failure> {
    let name = format!("{}.toml", network.code);
    let text = scenario(network, sources, factors).into_bytes();
    read_scenario(&text, &name, &[], &NoFiles, &target_names())?;
    Ok((name, text))
}

/// The files that were given; every one that cannot be read is told.
fn files(arguments: &PcnArguments) -> Result<Files, Failure> {
    let given = |path: &Path| read_file(path);
    let map = given(&arguments.map);
    let lists = given(&arguments.lists);
    let workforce = given(&arguments.workforce);
    let deprivation = arguments.deprivation.as_deref().map(given).transpose();
    match (map, lists, workforce, deprivation) {
        (Ok(map), Ok(lists), Ok(workforce), Ok(deprivation)) => Ok(Files {
            map,
            lists,
            workforce,
            deprivation,
        }),
        (map, lists, workforce, deprivation) => {
            let wrong = [map.err(), lists.err(), workforce.err(), deprivation.err()];
            let wrong: Vec<String> = wrong.into_iter().flatten().collect();
            Err(Failure::Unreadable(wrong.join("\nerror: ")))
        }
    }
}

/// A whole file, if it is a file and not too large.
fn read_file(path: &Path) -> Result<Given, String> {
    let cannot = |why: &str| format!("cannot read {}: {why}", path.display());
    let metadata = fs::metadata(path).map_err(|error| cannot(&in_plain_words(&error)))?;
    if metadata.is_dir() {
        return Err(cannot("it is a folder; name the zip or the CSV"));
    }
    if !metadata.is_file() {
        return Err(cannot("it is not a regular file"));
    }
    if metadata.len() > LARGEST {
        return Err(cannot("it is larger than 400 MB; these files have a few"));
    }
    let mut bytes = Vec::new();
    fs::File::open(path)
        .and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes))
        .map_err(|error| cannot(&in_plain_words(&error)))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Ok(Given {
        name: name.into_owned(),
        bytes,
    })
}
