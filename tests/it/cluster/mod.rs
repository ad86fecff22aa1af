//! Parts of a study run by other people's programs, with the very files of `docs/clusters`: what comes
//! together is the study run in one go, byte for byte.

mod gnu_parallel;
mod slurm;
mod snakemake;

use crate::program::sweep::study;
use crate::program::{done, files};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A grid of 2 x 4 points of which each takes a moment: in seven parts the first has two, the others one.
const GRID: &str = r#"
schema = 1
scenario = "rayleigh.toml"

[sweep]
design = "grid"
replications = 2

[[sweep.vary]]
key = "posts.0.wte"
values = [1.0, 2.0]

[[sweep.vary]]
key = "demand.referrals_per_1000_a_year"
from = 10
to = 25
steps = 4
"#;

/// A folder with the study, `study.toml`, and what comes of it in one go, `local`.
fn place() -> TempDir {
    let (place, _) = study(GRID);
    let local = ["sweep", "study.toml", "--out", "local", "--quiet"];
    let (code, _, errors) = done(place.path(), &local);
    assert_eq!(code, Some(0), "{errors}");
    place
}

/// A file of `docs/clusters`.
fn shipped(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/clusters");
    folder.join(name)
}

/// Holds a folder of `place` against the study in one go.
fn is_the_whole(place: &TempDir, folder: &str) {
    let (whole, local) = (place.path().join(folder), place.path().join("local"));
    assert!(local.join("sweep.parquet").is_file());
    assert!(whole.join("run.log").is_file());
    let (whole, local) = (files(&whole), files(&local));
    let names = |files: &std::collections::BTreeMap<String, Vec<u8>>| {
        files.keys().cloned().collect::<Vec<String>>()
    };
    assert_eq!(names(&whole), names(&local));
    for (name, bytes) in local {
        assert!(
            whole[&name] == bytes,
            "{name} is another than that of one go"
        );
    }
}
