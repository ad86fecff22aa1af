//! What Python and R make of a study and a run: the scripts of `docs/analysis`, as they stand there.
//!
//! Python needs pandas, polars, pyarrow and matplotlib; R needs nothing but itself. Figures are left in
//! `target/tmp`, to be looked at.

use crate::program::sweep::study;
use crate::program::{done, rayleigh};
use crate::tools::{printed, skipped, tools};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// Set where Python with its packages must be there: the test fails where it would skip.
const PYTHON_REQUIRED: &str = "SPLW_SIM_PYTHON";

/// Set where R must be there: the test fails where it would skip.
const R_REQUIRED: &str = "SPLW_SIM_R";

/// The keys that the scripts look at, few points, and a key whose values are words.
const STUDY: &str = r#"
schema = 1
scenario = "rayleigh.toml"

[sweep]
design = "grid"
replications = 4

[[sweep.vary]]
key = "posts.0.wte"
values = [1.0, 2.0]

[[sweep.vary]]
key = "demand.referrals_per_1000_a_year"
values = [10, 20, 30]

[[sweep.vary]]
key = "demand.re_referral_delay_days"
values = [{ gamma = { mean = 150, cv = 0.5 } }]
"#;

/// So many that the values of the run fill more than one group of rows.
const REPLICATIONS: usize = 60;

/// A folder with `study` and `run`, what the scripts read.
fn results() -> TempDir {
    let (place, _) = study(STUDY);
    let sweep = ["sweep", "study.toml", "--out", "study", "--quiet"];
    let scenario = rayleigh().display().to_string();
    let run = [
        "run",
        &scenario,
        "--out",
        "run",
        "--quiet",
        "--replications",
        &REPLICATIONS.to_string(),
    ];
    for arguments in [&sweep[..], &run[..]] {
        let (code, _, errors) = done(place.path(), arguments);
        assert_eq!(code, Some(0), "{errors}");
    }
    place
}

fn script(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/analysis");
    folder.join(name)
}

/// Rows of a table, each with its cells by the names of the columns.
fn rows(path: &Path, of: &[&str]) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_path(path).expect("a table");
    let header = reader.headers().expect("a heading").clone();
    let place = |name: &&str| {
        header
            .iter()
            .position(|it| it == *name)
            .expect("the column")
    };
    let places: Vec<usize> = of.iter().map(place).collect();
    let rows = reader.records().map(|row| row.expect("a row"));
    rows.map(|row| places.iter().map(|at| row[*at].to_owned()).collect())
        .collect()
}

/// What every script says, worked out here from the CSV.
fn expected(place: &Path) -> String {
    let number = |cell: &str| cell.parse::<f64>().expect("a number");
    let keys = [
        "measure",
        "mean",
        "posts.0.wte",
        "demand.referrals_per_1000_a_year",
    ];
    let points = rows(&place.join("study/sweep.csv"), &keys);
    let points = points.iter().filter(|row| row[0] == "share_contacted_ever");
    let best = points
        .max_by(|a, b| number(&a[1]).total_cmp(&number(&b[1])))
        .expect("points");
    let runs = rows(
        &place.join("run/replications.csv"),
        &["option", "scope", "measure", "value"],
    );
    let is_it = |row: &&Vec<String>| row[..3] == ["base", "pcn", "share_contacted_ever"];
    let ever: Vec<f64> = runs
        .iter()
        .filter(is_it)
        .map(|row| number(&row[3]))
        .collect();
    let mean = ever.iter().sum::<f64>() / ever.len() as f64;
    let worst = ever.iter().copied().fold(f64::INFINITY, f64::min);
    format!(
        "{:.1}% at {} WTE and {} referrals\n{:.1}% over {} runs, the worst {:.1}%\n",
        100.0 * number(&best[1]),
        number(&best[2]),
        number(&best[3]),
        100.0 * mean,
        ever.len(),
        100.0 * worst
    )
}

/// The numbers that the page shows are those of the commands that it shows.
#[test]
fn the_page_says_what_the_tables_say() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/analysis.md");
    let page = fs::read_to_string(page).expect("the page");
    let (place, _) = study(STUDY);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (command, out) in [
        (
            "sweep scenarios/studies/rayleigh-staff-and-referrals.toml",
            "study",
        ),
        ("run scenarios/rayleigh.toml", "run"),
    ] {
        assert!(page.contains(&format!("\nsplw-sim {command} --out output/{out}\n")));
        let out = place.path().join(out).display().to_string();
        let words = command.split(' ').chain(["--quiet", "--out", &out]);
        let (code, _, errors) = done(root, &words.collect::<Vec<_>>());
        assert_eq!(code, Some(0), "{errors}");
    }
    let expected = expected(place.path());
    assert!(
        page.contains(&expected),
        "docs/analysis.md should show\n{expected}"
    );
}

/// Runs a script on the study and the run, and gives what it says; its figure is left to be looked at.
fn analysed(place: &Path, interpreter: &Path, name: &str) -> String {
    let mut command = Command::new(interpreter);
    command.current_dir(place).env("MPLBACKEND", "agg");
    command.env("MPLCONFIGDIR", place.join("settings"));
    command
        .arg(script(name))
        .args(["study", "run", "figure.png"]);
    let said = printed(&mut command);
    let figure = fs::read(place.join("figure.png")).expect("a figure");
    assert!(
        figure.starts_with(b"\x89PNG") && figure.len() > 10_000,
        "{name}"
    );
    let kept = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.png"));
    fs::write(kept, figure).expect("written");
    said
}

/// Python with what the scripts import; nothing where something is missing and nothing is required.
fn python() -> Option<PathBuf> {
    let [python] = tools(PYTHON_REQUIRED, ["python3"])?;
    let import = "import matplotlib, pandas, polars, pyarrow";
    let output = Command::new(&python).args(["-c", import]).output();
    let errors = output.map_or_else(
        |error| error.to_string(),
        |output| match output.status.success() {
            true => String::new(),
            false => String::from_utf8_lossy(&output.stderr).into_owned(),
        },
    );
    if !errors.is_empty() {
        skipped(
            PYTHON_REQUIRED,
            &format!("Python lacks a package: {errors}"),
        );
        return None;
    }
    Some(python)
}

#[test]
fn pandas_and_polars_say_what_the_tables_say() {
    let Some(python) = python() else {
        return;
    };
    let place = results();
    let citation = format!(
        "Cite as: splw-sim contributors. splw-sim: how many social prescribing link workers are enough? Version {}.\n",
        env!("CARGO_PKG_VERSION")
    );
    let expected = expected(place.path()) + &citation;
    for name in ["with_pandas.py", "with_polars.py"] {
        assert_eq!(analysed(place.path(), &python, name), expected, "{name}");
    }
}

/// Every cell, read by programs that have nothing to do with the writer.
#[test]
fn other_readers_find_the_cells_of_the_csv() {
    const COMPARE: &str = r#"
import sys
import pandas, polars, pyarrow.parquet
for name in sys.argv[1:]:
    table = pandas.read_csv(name + ".csv", keep_default_na=False, na_values={
        column: [""] for column in ["value", "mean", "ci95_low", "ci95_high", "p10", "p50", "p90"]})
    for columns in [
        pandas.read_parquet(name + ".parquet"),
        polars.read_parquet(name + ".parquet").to_pandas(),
    ]:
        pandas.testing.assert_frame_equal(table, columns, check_dtype=False, check_exact=True)
    file = pyarrow.parquet.ParquetFile(name + ".parquet")
    print(len(table), file.num_row_groups, file.schema_arrow.names == list(table.columns))
"#;
    let Some(python) = python() else {
        return;
    };
    let place = results();
    let mut command = Command::new(python);
    command.current_dir(place.path()).args(["-c", COMPARE]);
    let said = printed(command.args(["study/sweep", "run/replications"]));
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(lines[0], "84 1 True", "6 points of 14 measures");
    assert!(lines[1].ends_with(" 2 True"), "two groups of rows: {said}");
}

#[test]
fn r_says_what_the_tables_say() {
    let Some([r]) = tools(R_REQUIRED, ["Rscript"]) else {
        return;
    };
    let place = results();
    let said = analysed(place.path(), &r, "with_r.R");
    assert_eq!(said, expected(place.path()));
}
