//! `journal.txt`: what came of each point, a line a point, written as points finish.
//!
//! A line is a checksum, a blank and JSON; the first says what the study is. Lines are only ever added,
//! each in one write, so that whatever ends the program leaves whole lines and at most one that is torn,
//! which is dropped when the journal is opened again. A line that does not bear its checksum counts
//! as not there: its point is run again.

use super::super::manifest::sha256;
use super::{Done, Facts};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Error, ErrorKind, Read, Result, Seek, SeekFrom, Write};
use std::path::Path;

/// Characters of the checksum.
const SUM: usize = 16;

/// A journal being written; nobody else writes to it meanwhile.
#[derive(Debug)]
pub struct Journal {
    file: File,
}

impl Journal {
    /// Opens the journal at `path`, or begins it, and gives what is in it. `None` in place of both where
    /// somebody else is writing to it.
    ///
    /// # Errors
    /// When it cannot be read or written, or holds results of another study.
    pub fn open(path: &Path, facts: &Facts) -> Result<Option<(Self, BTreeMap<usize, Done>)>> {
        let mut options = OpenOptions::new();
        let mut file = options.read(true).append(true).create(true).open(path)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(None),
            // Some network drives have no locks; there nobody is kept out.
            Err(TryLockError::Error(_)) => {}
        }
        let text = read_lines(&mut file)?;
        let (there, done) = parse(&text);
        match there {
            Some(there) if there == *facts => {}
            None if done.is_empty() => {
                file.set_len(0)?;
                file.write_all(line(facts).as_bytes())?;
                file.sync_data()?;
            }
            _ => {
                let what =
                    "its first line is damaged, or of another study; --overwrite begins again";
                return Err(Error::new(ErrorKind::InvalidData, what));
            }
        }
        let is_ours = |done: &Done| {
            facts.holds(done.point)
                && done.point < facts.points
                && done.rows.len() == facts.measures.len()
        };
        let done = done.into_iter().filter(|(_, done)| is_ours(done)).collect();
        Ok(Some((Self { file }, done)))
    }

    /// Adds what came of a point; with `durably` it, and all before it, survives a power cut.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn add(&mut self, done: &Done, durably: bool) -> Result<()> {
        self.file.write_all(line(done).as_bytes())?;
        match durably {
            true => self.file.sync_data(),
            false => Ok(()),
        }
    }
}

/// What a journal says the study is, and what came of its points.
///
/// # Errors
/// When it cannot be read, or does not say.
pub fn read(path: &Path) -> Result<(Facts, BTreeMap<usize, Done>)> {
    let text = std::fs::read(path)?;
    let (facts, done) = parse(&text);
    let facts = facts.ok_or_else(|| Error::new(ErrorKind::InvalidData, "it is damaged"))?;
    Ok((facts, done))
}

/// The whole lines of a journal; what follows the last is cut off.
fn read_lines(file: &mut File) -> Result<Vec<u8>> {
    let mut text = Vec::new();
    file.seek(SeekFrom::Start(0))?;
    file.read_to_end(&mut text)?;
    let end = text.iter().rposition(|byte| *byte == b'\n');
    let end = end.map_or(0, |at| at + 1);
    if end < text.len() {
        text.truncate(end);
        file.set_len(end as u64)?;
    }
    Ok(text)
}

fn parse(text: &[u8]) -> (Option<Facts>, BTreeMap<usize, Done>) {
    let mut lines = text.split_inclusive(|byte| *byte == b'\n');
    let facts = lines.next().and_then(read_line);
    let mut points = BTreeMap::new();
    for done in lines.filter_map(read_line::<Done>) {
        points.entry(done.point).or_insert(done);
    }
    (facts, points)
}

/// A line: checksum and JSON.
pub fn line(what: &impl Serialize) -> String {
    let json = serde_json::to_string(what).expect("plain text and whole numbers");
    let sum = sha256(json.as_bytes());
    format!("{} {json}\n", &sum[..SUM])
}

/// What stands in a whole line that bears its checksum.
fn read_line<T: DeserializeOwned>(line: &[u8]) -> Option<T> {
    let line = line.strip_suffix(b"\n")?;
    let (sum, json) = line.split_at_checked(SUM)?;
    let json = json.strip_prefix(b" ")?;
    let is_right = sha256(json).as_bytes().starts_with(sum);
    is_right.then(|| serde_json::from_slice(json).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts() -> Facts {
        Facts {
            title: "A".to_owned(),
            design: "a grid".to_owned(),
            spread: None,
            seed: 1,
            keys: vec!["posts.0.wte".to_owned()],
            points: 5,
            replications: 2,
            is_independent: false,
            measures: vec!["lapsed".to_owned()],
            uncertain: 0,
            shard: None,
        }
    }

    fn done(point: usize) -> Done {
        let cell = |number: usize| format!("{point}.{number}");
        Done {
            point,
            events: 7,
            rows: vec![std::array::from_fn(cell)],
        }
    }

    fn points(path: &Path) -> Vec<usize> {
        let (_, done) = Journal::open(path, &facts())
            .expect("readable")
            .expect("nobody else");
        done.into_keys().collect()
    }

    #[test]
    fn what_was_added_is_there_again() {
        let place = tempfile::tempdir().expect("a folder");
        let path = place.path().join("journal.txt");
        {
            let (mut journal, there) = Journal::open(&path, &facts()).expect("new").expect("free");
            assert!(there.is_empty());
            for point in [3, 1] {
                journal.add(&done(point), point == 1).expect("written");
            }
            assert!(
                Journal::open(&path, &facts()).expect("readable").is_none(),
                "it is locked"
            );
        }
        let (_, there) = Journal::open(&path, &facts())
            .expect("readable")
            .expect("free");
        assert_eq!(there.into_values().collect::<Vec<_>>(), [done(1), done(3)]);
    }

    /// Cut after any byte, a journal has all points but the one in the cut line, and can be gone on with.
    #[test]
    fn a_torn_line_is_dropped_wherever_it_is_cut() {
        let place = tempfile::tempdir().expect("a folder");
        let path = place.path().join("journal.txt");
        let lines = [line(&facts()), line(&done(0)), line(&done(4))];
        let whole = lines.concat();
        for cut in 0..whole.len() {
            std::fs::write(&path, &whole[..cut]).expect("written");
            let ends = [lines[0].len() + lines[1].len(), whole.len()];
            let expected: Vec<usize> = [0, 4]
                .into_iter()
                .zip(ends)
                .filter(|(_, end)| cut >= *end)
                .map(|(point, _)| point)
                .collect();
            {
                let (mut journal, there) = Journal::open(&path, &facts())
                    .expect("readable")
                    .expect("free");
                assert_eq!(
                    there.into_keys().collect::<Vec<_>>(),
                    expected,
                    "cut at {cut}"
                );
                journal.add(&done(2), true).expect("written");
            }
            assert!(points(&path).contains(&2), "cut at {cut}");
        }
    }

    #[test]
    fn a_line_that_was_changed_counts_as_not_there() {
        let place = tempfile::tempdir().expect("a folder");
        let path = place.path().join("journal.txt");
        let text = [line(&facts()), line(&done(0)), line(&done(4))].concat();
        std::fs::write(&path, text.replace("\"0.1\"", "\"9.1\"")).expect("written");
        assert_eq!(points(&path), [4]);
    }

    #[test]
    fn a_journal_of_another_study_is_refused() {
        let place = tempfile::tempdir().expect("a folder");
        let path = place.path().join("journal.txt");
        let other = Facts {
            points: 6,
            ..facts()
        };
        let text = [line(&other), line(&done(0))].concat();
        std::fs::write(&path, &text).expect("written");
        assert!(Journal::open(&path, &facts()).is_err());
        assert_eq!(std::fs::read_to_string(&path).expect("still there"), text);
    }
}
