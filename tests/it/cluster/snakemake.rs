//! Parts as a workflow of Snakemake's.

use super::{is_the_whole, place, shipped};
use crate::tools::{path_with_program, printed, tools};
use std::fs;
use std::process::Command;

/// Set where Snakemake must be there: the test fails where it would skip.
const REQUIRED: &str = "SPLW_SIM_SNAKEMAKE";

#[test]
fn a_workflow_makes_the_study_of_one_go() {
    let Some([snakemake]) = tools(REQUIRED, ["snakemake"]) else {
        return;
    };
    let place = place();
    let workflow = || {
        let mut command = Command::new(&snakemake);
        command
            .current_dir(place.path())
            .env("PATH", path_with_program());
        command.env("HOME", place.path());
        command.arg("--snakefile").arg(shipped("Snakefile"));
        command.args([
            "--cores",
            "2",
            "--config",
            "study=study.toml",
            "parts=7",
            "results=results",
        ]);
        printed(&mut command);
    };
    workflow();
    is_the_whole(&place, "results/whole");
    // Nothing is left to do, and it knows.
    let log = || fs::read(place.path().join("results/part-1/run.log")).expect("a log");
    let before = log();
    workflow();
    assert!(before == log(), "the first part was run again");
}
