//! How a command fails: the line on stderr and the exit code.

use crate::import::Faults;
use crate::report::folder::FolderError;
use crate::scenario::Problems;
use std::io::{self, Write};
use std::process::ExitCode;

/// Exit code of wrong usage.
pub const WRONG_USAGE: u8 = 2;

/// Why a command did not do what was asked.
#[derive(Debug)]
pub enum Failure {
    /// The scenario was refused; every problem of it.
    Refused(Problems),
    /// Scenarios of a folder were refused; the problems of each, as told.
    RefusedFolder(String),
    /// Published files were refused; everything that is wrong with them.
    RefusedFiles(Faults),
    /// The scenario, or a file that it needs, could not be read.
    Unreadable(String),
    /// The command line asks for something impossible.
    Usage(String),
    /// Results could not be written, or something else failed.
    Other(String),
    /// A known answer was not reproduced; which one stands in what was printed.
    NotVerified,
    /// Somebody pressed Ctrl-C.
    Interrupted,
    /// Whoever read our output has closed it; there is nobody to tell.
    NobodyReads,
}

impl Failure {
    /// Prints it and gives the exit code.
    #[must_use]
    pub fn report(self) -> ExitCode {
        let code = match self {
            Self::Refused(_)
            | Self::RefusedFolder(_)
            | Self::RefusedFiles(_)
            | Self::Unreadable(_) => 1,
            Self::Usage(_) => WRONG_USAGE,
            Self::Other(_) => 3,
            Self::NotVerified => 4,
            Self::Interrupted => 130,
            Self::NobodyReads => return ExitCode::SUCCESS,
        };
        // Where stderr is closed too, the exit code has to say it alone.
        let _ = writeln!(io::stderr(), "{}", self.text());
        ExitCode::from(code)
    }

    /// What is told of it.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Refused(problems) => problems.to_string().trim_end().to_owned(),
            Self::RefusedFolder(text) => text.clone(),
            Self::RefusedFiles(faults) => faults.to_string(),
            Self::Unreadable(text) | Self::Usage(text) | Self::Other(text) => {
                format!("error: {text}")
            }
            Self::NotVerified => "error: not every known answer holds".to_owned(),
            Self::Interrupted => super::interrupt::what_is_left(),
            Self::NobodyReads => String::new(),
        }
    }
}

impl From<FolderError> for Failure {
    fn from(error: FolderError) -> Self {
        Self::Other(error.to_string())
    }
}

impl From<Faults> for Failure {
    fn from(faults: Faults) -> Self {
        Self::RefusedFiles(faults)
    }
}

impl From<Problems> for Failure {
    fn from(problems: Problems) -> Self {
        Self::Refused(problems)
    }
}
