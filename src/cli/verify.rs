//! `splw-sim verify`: proof against closed forms.

use super::command::{Format, VerifyArguments};
use super::failure::Failure;
use super::interrupt;
use super::output::{print, tell};
use super::progress::Progress;
use crate::experiment::Stop;
use crate::report::folder::{Folder, MANIFEST};
use crate::report::manifest::{Manifest, sha256};
use crate::report::verification as words;
use crate::verification::{Form, Proof, System, all_systems, prove};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Name of the table within its folder.
const TABLE: &str = "verification.csv";

/// Runs the systems with known answers and prints theory, ours, interval and verdict.
///
/// # Errors
/// When a point does not hold, the results cannot be written, or somebody interrupts.
pub fn verify(arguments: &VerifyArguments) -> Result<(), Failure> {
    let form = if arguments.quick {
        Form::Quick
    } else {
        Form::Full
    };
    let systems = all_systems();
    let points = systems.iter().map(|system| system.points.len()).sum();
    let chosen = chosen(systems, form, arguments.only.as_deref())?;
    let manifest = manifest(&chosen, arguments, form);
    let begin = |out: &PathBuf| Folder::begin(out, &manifest, arguments.overwrite);
    let folder = arguments.out.as_ref().map(begin).transpose()?;
    let proof = simulate(arguments, chosen, points, form)?;
    if let Some(folder) = folder {
        folder.write(TABLE, |file| words::csv(file, &proof))?;
        folder.write(MANIFEST, |file| {
            file.write_all(manifest.to_text().as_bytes())
        })?;
        folder.finish()?;
    }
    if !arguments.quiet {
        match arguments.format {
            Format::Text => tell(&(words::text(&proof) + &place(arguments))),
            Format::Json => print(&format!("{:#}\n", words::json(&proof))),
        }?;
    }
    if proof.holds() {
        Ok(())
    } else {
        Err(Failure::NotVerified)
    }
}

/// Where the table is, if anywhere.
fn place(arguments: &VerifyArguments) -> String {
    let line = |out: &PathBuf| format!("\nThe table is in {}\n", out.join(TABLE).display());
    arguments.out.as_ref().map(line).unwrap_or_default()
}

fn simulate(
    arguments: &VerifyArguments,
    chosen: Vec<System>,
    points: usize,
    form: Form,
) -> Result<Proof, Failure> {
    let all = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let threads = arguments.threads.map_or(all, usize::from);
    let progress = Progress::of("systems", arguments.quiet);
    let proof = prove(
        chosen,
        points,
        (form, arguments.seed),
        threads,
        interrupt::flag(),
        &|done, most| progress.show(done, most),
    );
    progress.finish();
    proof.map_err(|stop| match stop {
        Stop::Interrupted => Failure::Interrupted,
        Stop::NoThreads => Failure::Other("no thread could be started; try --threads 1".to_owned()),
    })
}

/// What is proved, to the byte: every file with its overrides.
fn manifest(chosen: &[System], arguments: &VerifyArguments, form: Form) -> Manifest {
    let everything: String = chosen
        .iter()
        .map(|system| format!("{}\n{}\n", system.text, system.overrides.join("\n")))
        .collect();
    let replications = chosen.iter().map(|system| system.replications(form)).sum();
    let seed = format!("seed={}", arguments.seed);
    let only = arguments.only.iter().map(|only| format!("only={only}"));
    Manifest {
        program: env!("CARGO_PKG_NAME").to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        schema: 1,
        command: "verify".to_owned(),
        scenario_sha256: sha256(everything.as_bytes()),
        inputs: BTreeMap::new(),
        seed: arguments.seed,
        replication_range: None,
        replications,
        overrides: [format!("form={}", form.name()), seed]
            .into_iter()
            .chain(only)
            .collect(),
    }
}

/// The systems of this form, or those of one scenario file.
fn chosen(systems: Vec<System>, form: Form, only: Option<&str>) -> Result<Vec<System>, Failure> {
    let of_form = |system: &System| form == Form::Full || !system.long;
    let systems: Vec<System> = systems.into_iter().filter(of_form).collect();
    let Some(only) = only else {
        return Ok(systems);
    };
    let mut names: Vec<&str> = systems.iter().map(stem).collect();
    names.sort_unstable();
    names.dedup();
    let known = names.join(", ");
    let chosen: Vec<System> = systems.into_iter().filter(|it| stem(it) == only).collect();
    if chosen.is_empty() {
        let text = format!("--only {only}: no such scenario is verified; there are {known}");
        return Err(Failure::Usage(text));
    }
    Ok(chosen)
}

/// The name of a system's scenario file, without its ending.
fn stem(system: &System) -> &'static str {
    let stem = Path::new(system.file).file_stem();
    stem.and_then(|stem| stem.to_str()).unwrap_or(system.file)
}
