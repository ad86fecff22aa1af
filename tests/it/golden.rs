//! The committed example: what a run of Rayleigh gives, byte for byte.
//!
//! When numbers change on purpose, regenerate it with
//! `cargo run --release -- run scenarios/rayleigh.toml --replications 16 --out output/example --overwrite`
//! and read the difference as a statement of what the change does. The log is not part of it.

use crate::program::{files, program, rayleigh};
use std::path::Path;
use tempfile::tempdir;

#[test]
fn the_example_comes_out_again() {
    let place = tempdir().expect("a temporary folder");
    let out = place.path().join("example");
    program()
        .arg("run")
        .arg(rayleigh())
        .args(["--replications", "16", "--quiet", "--out"])
        .arg(&out)
        .assert()
        .success();
    let committed = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("output/example"));
    let now = files(&out);
    let names: Vec<&String> = now.keys().collect();
    assert_eq!(committed.keys().collect::<Vec<_>>(), names, "the files");
    for (name, bytes) in &now {
        assert!(
            committed[name] == *bytes,
            "{name} differs from output/example"
        );
    }
}
