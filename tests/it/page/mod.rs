//! `report.html` and `stress-des.md`: what they say is what the files say, whatever the scenario; and
//! they are read in a browser as a planner would read them.

mod browser;
mod devtools;
mod html;
mod numbers;
mod odd;
mod study;
mod words;

use crate::program::program;
use html::Node;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::{TempDir, tempdir};

/// A results folder with its page.
pub struct Made {
    /// The folder, which goes when this goes.
    pub folder: TempDir,
    /// What the program said on the terminal.
    pub said: String,
    /// The page as bytes.
    pub page: String,
}

impl Made {
    /// Runs the program on the scenario of this text.
    pub fn of(command: &str, scenario: &str, options: &[&str]) -> Self {
        let folder = tempdir().expect("a temporary folder");
        let file = folder.path().join("scenario-of-the-test.toml");
        fs::write(&file, scenario).expect("the scenario can be written");
        let output = program()
            .arg(command)
            .arg(&file)
            .args(options)
            .arg("--out")
            .arg(folder.path().join("out"))
            .output()
            .expect("the program runs");
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let complaints = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{complaints}");
        let page = folder.path().join("out/report.html");
        let page = fs::read_to_string(page).expect("there is a page");
        Self { folder, said, page }
    }

    /// Runs the program on a shipped scenario.
    pub fn of_shipped(command: &str, name: &str, options: &[&str]) -> Self {
        Self::of(command, &shipped(name), options)
    }

    /// The results.
    pub fn out(&self) -> PathBuf {
        self.folder.path().join("out")
    }

    /// The page as a tree.
    pub fn tree(&self) -> Node {
        html::read(&self.page).unwrap_or_else(|why| panic!("the page is not well formed: {why}"))
    }
}

/// The text of a shipped scenario.
pub fn shipped(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("scenarios/{name}.toml"));
    fs::read_to_string(path).expect("the scenario is there")
}

/// A run of Rayleigh, few times.
pub fn usual_run() -> Made {
    Made::of_shipped("run", "rayleigh", &["--replications", "16"])
}

/// Rayleigh's options, few times.
pub fn usual_comparison() -> Made {
    Made::of_shipped("compare", "rayleigh", &["--replications", "12"])
}

/// The plans of the shipped scenario, with a small budget.
pub fn usual_recommendation() -> Made {
    let small = [
        "--replications",
        "8",
        "--set",
        "recommend.budget_replications=900",
    ];
    Made::of_shipped("recommend", "recruit-to-target", &small)
}
