//! Published files in, scenarios out: the program as a planner uses it, on made-up files in the
//! formats of the real ones (`tests/it/fixtures/import`), and on the real ones where they are.

mod archive;
mod formats;
mod log;
mod mutation;
mod new;
mod places;
mod published;
mod refusals;
mod scenarios;
mod tilt;

use crate::program::done;
use splw_sim::scenario::{NoFiles, Scenario, read};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::{TempDir, tempdir};

const MAP: &str = include_str!("../fixtures/import/map.csv");
const TOTALS: &str = include_str!("../fixtures/import/all.csv");
const AGE_BANDS: &str = include_str!("../fixtures/import/quin-age.csv");
const WORKFORCE: &str = include_str!("../fixtures/import/workforce.csv");
const DEPRIVATION: &str = include_str!("../fixtures/import/deprivation.csv");
const FINGERTIPS: &str = include_str!("../fixtures/import/fingertips.csv");

/// Files to import, by the names that they have in a folder.
struct Files {
    map: (String, Vec<u8>),
    lists: (String, Vec<u8>),
    workforce: (String, Vec<u8>),
    deprivation: Option<(String, Vec<u8>)>,
}

impl Files {
    /// The fixtures as they are.
    fn new() -> Self {
        let file = |name: &str, text: &str| (name.to_owned(), text.as_bytes().to_vec());
        Self {
            map: file("map.csv", MAP),
            lists: file("all.csv", TOTALS),
            workforce: file("workforce.csv", WORKFORCE),
            deprivation: None,
        }
    }

    fn with_map(self, bytes: impl Into<Vec<u8>>) -> Self {
        let map = (self.map.0, bytes.into());
        Self { map, ..self }
    }

    fn with_lists(self, bytes: impl Into<Vec<u8>>) -> Self {
        let lists = (self.lists.0, bytes.into());
        Self { lists, ..self }
    }

    fn with_workforce(self, bytes: impl Into<Vec<u8>>) -> Self {
        let workforce = (self.workforce.0, bytes.into());
        Self { workforce, ..self }
    }

    fn with_deprivation(self, text: &str) -> Self {
        let deprivation = Some(("scores.csv".to_owned(), text.as_bytes().to_vec()));
        Self {
            deprivation,
            ..self
        }
    }

    /// Writes them into a folder of their own and imports.
    fn import(&self, arguments: &[&str]) -> Import {
        let folder = tempdir().expect("a temporary folder");
        self.import_in(folder, arguments)
    }

    /// The same in a folder that is there.
    fn import_in(&self, folder: TempDir, arguments: &[&str]) -> Import {
        let mut typed = vec!["import", "pcn"];
        let given = [
            ("--map", Some(&self.map)),
            ("--lists", Some(&self.lists)),
            ("--workforce", Some(&self.workforce)),
            ("--deprivation", self.deprivation.as_ref()),
        ];
        for (flag, file) in given {
            if let Some((name, bytes)) = file {
                fs::write(folder.path().join(name), bytes).expect("a file is written");
                typed.extend([flag, name]);
            }
        }
        typed.extend(arguments);
        let (code, told, errors) = done(folder.path(), &typed);
        Import {
            folder,
            code,
            told,
            errors,
        }
    }
}

/// What an import did.
struct Import {
    folder: TempDir,
    code: Option<i32>,
    told: String,
    errors: String,
}

impl Import {
    /// That it went well.
    #[track_caller]
    fn succeeded(self) -> Self {
        assert_eq!(self.code, Some(0), "{}", self.errors);
        self
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    #[track_caller]
    fn text(&self, name: &str) -> String {
        let text = fs::read_to_string(self.path(name));
        text.unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    #[track_caller]
    fn scenario(&self, name: &str) -> Scenario {
        scenario_of(&self.text(name))
    }

    /// Rows of a table, each by the names of its columns.
    #[track_caller]
    fn rows(&self, name: &str) -> Vec<std::collections::BTreeMap<String, String>> {
        let mut reader = csv::Reader::from_path(self.path(name)).expect("the table is there");
        let rows = reader.deserialize();
        rows.map(|row| row.expect("the row is right")).collect()
    }

    /// That it was refused with this code, saying all of this, and wrote nothing to `out`.
    #[track_caller]
    fn refused(&self, code: i32, fragments: &[&str]) {
        assert_eq!(self.code, Some(code), "{}{}", self.told, self.errors);
        for fragment in fragments {
            let is_told = self.errors.contains(fragment);
            assert!(is_told, "{fragment:?} is not in\n{}", self.errors);
        }
        assert!(!self.path("out.toml").exists(), "a scenario was written");
        let partial = fs::read_dir(self.folder.path()).expect("the folder can be read");
        let partial = partial.filter_map(Result::ok).find(|entry| {
            let name = entry.file_name();
            name.to_string_lossy().contains("partial")
        });
        assert!(partial.is_none(), "something was left behind: {partial:?}");
    }
}

/// A scenario of a text, which has to be right.
#[track_caller]
fn scenario_of(text: &str) -> Scenario {
    let read = read(text.as_bytes(), "imported.toml", &[], &NoFiles, &targets());
    read.unwrap_or_else(|problems| panic!("{problems}\n{text}"))
}

/// The targets of written scenarios.
fn targets() -> [&'static str; 2] {
    ["contacted_within_14_days", "contacted_within_28_days"]
}

/// The arguments for the PCN with most in it.
const ELM: [&str; 4] = ["--pcn", "U90001", "--out", "out.toml"];

/// The folder beside the repository where the real files are, if they are.
fn real_files() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let is_there = folder.join("gp-reg-pat-prac-map_2026-07.zip").is_file();
    is_there.then_some(folder)
}
