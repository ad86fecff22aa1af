//! Parts run side by side by GNU parallel.

use super::{is_the_whole, place, shipped};
use crate::tools::{path_with_program, printed, tools};
use std::fs;
use std::process::Command;

/// Set where GNU parallel must be there: the test fails where it would skip.
const REQUIRED: &str = "SPLW_SIM_PARALLEL";

/// In place of `ssh`: the machine is this one, and a login begins at home, in a shell that is told as
/// `SHELL` (GNU parallel asks for it there; the test itself may have none).
const LOGIN: &str = "#!/bin/bash\n\
    while [[ $1 == -* ]]; do shift; done\n\
    echo \"$1\" >> \"$LOGINS\"\n\
    shift\n\
    if [[ $1 == -- ]]; then shift; fi\n\
    export SHELL=/bin/bash\n\
    cd && exec bash -c \"$*\"\n";

#[test]
fn parts_on_two_machines_make_the_study_of_one_go() {
    if tools(REQUIRED, ["parallel", "bash"]).is_none() {
        return;
    }
    let place = place();
    let at = place.path();
    let login = at.join("login");
    fs::write(&login, LOGIN).expect("written");
    printed(Command::new("chmod").arg("+x").arg(&login));
    let home = at.join("home");
    fs::create_dir(&home).expect("a folder");
    let options = format!(
        "--ssh {} --sshlogin 1/node1,1/node2 --workdir .",
        login.display()
    );
    let mut command = Command::new("bash");
    command.current_dir(at).env("PATH", path_with_program());
    command.env("HOME", home).env("PARALLEL", options);
    command.env("LOGINS", at.join("logins.txt"));
    command.arg(shipped("parallel.sh"));
    printed(command.args(["study.toml", "7", "results"]));
    let logins = fs::read_to_string(at.join("logins.txt")).expect("somebody logged in");
    assert!(
        logins.contains("node1") && logins.contains("node2"),
        "{logins}"
    );
    is_the_whole(&place, "results/whole");
}

#[test]
fn parallel_parts_make_the_study_of_one_go() {
    if tools(REQUIRED, ["parallel", "bash"]).is_none() {
        return;
    }
    let place = place();
    let at = place.path();
    let script = || {
        let mut command = Command::new("bash");
        command.current_dir(at).env("PATH", path_with_program());
        command.env("HOME", at).arg(shipped("parallel.sh"));
        command.args(["study.toml", "7", "my results"]);
        printed(&mut command)
    };
    assert!(script().contains("8 points"));
    is_the_whole(&place, "my results/whole");
    // Again: no part is run a second time, and the whole is the same.
    script();
    let log = fs::read_to_string(at.join("my results/part-1/run.log")).expect("a log");
    assert!(log.contains("replications: 0"), "{log}");
    is_the_whole(&place, "my results/whole");
}
