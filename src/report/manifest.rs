//! `manifest.json`: what was run, to the byte, and nothing that changes from run to run.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// What was run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// Program that ran it.
    pub program: String,
    /// Its version.
    pub version: String,
    /// Version of the scenario format.
    pub schema: u32,
    /// Command: `run` and so on.
    pub command: String,
    /// SHA-256 of the scenario file as read.
    pub scenario_sha256: String,
    /// SHA-256 of each file that the scenario refers to, by name.
    pub inputs: BTreeMap<String, String>,
    /// Base seed.
    pub seed: u64,
    /// The part of the replications that was asked for, if only a part was.
    pub replication_range: Option<[u64; 2]>,
    /// Number of replications.
    pub replications: u64,
    /// Values given on the command line in place of the file's, in order.
    pub overrides: Vec<String>,
}

impl Manifest {
    /// Whether a folder with this manifest may take the results of `other` in its place: the same
    /// scenario, inputs, command, overrides and part of the replications.
    #[must_use]
    pub fn is_of_the_same_run_as(&self, other: &Self) -> bool {
        self.command == other.command
            && self.scenario_sha256 == other.scenario_sha256
            && self.inputs == other.inputs
            && self.overrides == other.overrides
            && self.replication_range == other.replication_range
    }

    /// As the file's text.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text =
            serde_json::to_string_pretty(self).expect("a manifest is plain text and numbers");
        text.push('\n');
        text
    }

    /// From the file's text; `None` where it is not a manifest.
    #[must_use]
    pub fn from_text(text: &[u8]) -> Option<Self> {
        serde_json::from_slice(text).ok()
    }
}

/// SHA-256 in lower-case hexadecimal.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_is_the_published_one() {
        // FIPS 180-4, the one-block message "abc".
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(sha256(b"abc"), expected);
    }
}
