//! Studies: a file that names a scenario and says at which points it is run.
//!
//! A study is read in two steps, because its scenario is a file of its own: [`open_study`] says which,
//! [`OpenStudy::read`] reads both together and tells what is wrong with either. A point is one value of
//! each key and becomes a scenario when somebody asks for it. Nothing here draws a number or runs
//! anything: a spread design hands in where its points lie, as shares from 0 to 1 of each key.

mod keys;
mod listed;
mod size;

use std::collections::BTreeMap;

use super::checked::{Files, Override, ReferredFile, Scenario};
use super::file::{DesignWord, OptionTable, StudyFile, SweepTable};
use super::finding::{Finding, Findings};
use super::nearest::nearest;
use super::node::{Node, Value};
use super::problem::Problems;
use super::reader::{Reader, Written};
use super::resolve::BASE;
use super::source::Source;
use super::text::quoted;
use super::uncertain::Unknowns;
use super::vary::{Put, Trunk, first_words, trunk};
use super::{Outside, Quantiles, checked, door, named, options, read, referred_files, syntax};
use keys::Key;
use listed::Row;

/// How the points of a study are chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StudyDesign {
    /// Every choice of one value of each key, the last key changing fastest.
    Grid,
    /// So many points, spread evenly.
    LatinHypercube(usize),
    /// So many base points, each with as many runs as there are keys and two.
    Sobol(usize),
    /// So many walks through so many levels.
    Morris(usize, usize),
    /// The rows of a file.
    Listed,
}

/// A study that was read and checked, but for its points.
#[derive(Clone, Debug)]
pub struct Study {
    /// Version of the format of the file.
    pub schema: u64,
    /// How its points are chosen.
    pub design: StudyDesign,
    /// Replications of each point.
    pub replications: u64,
    /// Where the random numbers begin.
    pub seed: u64,
    /// Whether each point has random numbers of its own.
    pub is_independent: bool,
    /// Names of the measures that are kept; none: the usual ones.
    pub measures: Vec<String>,
    /// Files that the study itself refers to.
    pub files: Vec<ReferredFile>,
    points: usize,
    keys: Vec<Key>,
    rows: Vec<Row>,
    /// The scenario, and its options by name.
    trunks: Vec<(String, Trunk)>,
}

/// One value of each key of a study, in their order.
#[derive(Clone, Debug)]
pub struct Point(Vec<Node>);

impl Point {
    /// The values as tables show them.
    #[must_use]
    pub fn values(&self) -> Vec<String> {
        let shown = |node: &Node| match &node.value {
            Value::Text(text) => text.clone(),
            _ => node.written(),
        };
        self.0.iter().map(shown).collect()
    }
}

impl Study {
    /// Paths of the keys that vary.
    #[must_use]
    pub fn keys(&self) -> Vec<&str> {
        self.keys.iter().map(|key| key.name.as_str()).collect()
    }

    /// Points in all.
    #[must_use]
    pub const fn points(&self) -> usize {
        self.points
    }

    /// The point of this number, from 0. `shares` say where it lies in each key, from 0 to 1, in a
    /// design that is spread; in a grid and in a file they are not looked at.
    #[must_use]
    pub fn point(&self, number: usize, shares: &[f64]) -> Point {
        match self.design {
            StudyDesign::Listed => Point(self.rows[number].1.clone()),
            StudyDesign::Grid => {
                let mut rest = number;
                let mut nodes: Vec<Node> = Vec::with_capacity(self.keys.len());
                for key in self.keys.iter().rev() {
                    let values = key.count();
                    nodes.push(key.value(rest % values));
                    rest /= values;
                }
                nodes.reverse();
                Point(nodes)
            }
            design => {
                let has_ends = matches!(design, StudyDesign::Morris(..));
                let keys = self.keys.iter().zip(shares);
                Point(keys.map(|(key, share)| key.at(*share, has_ends)).collect())
            }
        }
    }

    /// The file and the line that a point stands in; `None` where points are laid out.
    #[must_use]
    pub fn line(&self, number: usize) -> Option<String> {
        let ((line, _), file) = (self.rows.get(number)?, self.files.first()?);
        Some(format!("{}, line {line}", quoted(&file.name)))
    }

    /// Where a point of a walk lies in each key once its values are rounded to what the key may have, from 0
    /// to 1, by the shares that it was laid out with.
    #[must_use]
    pub fn realised(&self, shares: &[f64]) -> Vec<f64> {
        let keys = self.keys.iter().zip(shares);
        keys.map(|(key, share)| key.realised(*share)).collect()
    }

    /// The scenario at a point, uncertain numbers at their centre.
    ///
    /// # Errors
    /// Why there is none, in words: its values do not fit together, or one is not allowed.
    pub fn scenario(&self, point: &Point) -> Result<Scenario, String> {
        let (mut option, mut puts) = (BASE, Vec::with_capacity(self.keys.len()));
        for (key, node) in self.keys.iter().zip(&point.0) {
            match key.is_option() {
                true => option = node.text().unwrap_or_default(),
                false => puts.push(Put {
                    steps: &key.steps,
                    node,
                }),
            }
        }
        let trunk = self.trunks.iter().find(|(name, _)| name == option);
        let Some((_, trunk)) = trunk else {
            return Err(format!("the scenario has no option \"{}\"", quoted(option)));
        };
        trunk.with(&puts).map_err(first_words)
    }
}

/// A study of which its scenario is still to be read.
pub struct OpenStudy<'a> {
    source: Source<'a>,
    files: &'a dyn Files,
    root: Node,
    findings: Findings,
    file: Option<StudyFile>,
    referred: BTreeMap<String, Vec<u8>>,
}

/// Reads the text of a study; `name` is what it is called in messages and `files` gives the files
/// beside it.
///
/// # Errors
/// When it is no TOML.
pub fn open_study<'a>(
    text: &'a [u8],
    name: &'a str,
    files: &'a dyn Files,
) -> Result<OpenStudy<'a>, Problems> {
    let text = door::text_of(text).map_err(|it| Problems::of_file(name, &it.what, it.hint))?;
    let source = Source::new(name, text, &[]);
    let mut findings = Findings::default();
    let Some(root) = syntax::tree(text, &mut findings) else {
        return Err(findings.into_problems(&source));
    };
    if root.child("sweep").is_none() && root.child("practices").is_some() {
        let hint = "write a study that names it: scenario = \"...\" and [sweep] (docs/sweeps.md)";
        let what = "this is a scenario, not a study of one";
        return Err(Problems::of_file(name, what, Some(hint.to_owned())));
    }
    if root.child("sweep").is_none() && root.child("calibrate").is_some() {
        let hint = "run it with `splw-sim calibrate`".to_owned();
        return Err(Problems::of_file(
            name,
            "this is a calibration, not a study",
            Some(hint),
        ));
    }
    let (central, none) = (Quantiles::new(), BTreeMap::new());
    let mut reader = Reader::new(false, files, Unknowns::of(&root, &central, &none));
    reader.findings = findings;
    let file: Option<StudyFile> = reader.table(&root, "");
    let (findings, referred) = (reader.findings, reader.referred);
    Ok(OpenStudy {
        source,
        files,
        root,
        findings,
        file,
        referred,
    })
}

impl OpenStudy<'_> {
    /// The scenario that the study names, as written; `None` where it names none, or one that lies
    /// elsewhere than in the study's folder or the one that holds it.
    #[must_use]
    pub fn scenario(&self) -> Option<String> {
        named::place(&self.file.as_ref()?.scenario)
    }

    /// What is wrong with a study whose scenario cannot be had, `why` if it is known.
    #[must_use]
    pub fn without_scenario(mut self, why: Option<&str>) -> Problems {
        let scenario = self.file.as_ref().map(|file| &file.scenario);
        let missing = scenario.and_then(|it| named::missing(it, "study", why));
        self.findings.extend(missing);
        self.findings.into_problems(&self.source)
    }

    /// Reads the scenario, from this text of a file with this name, and the study with it. The points
    /// are not read: some may still be refused. `targets` are measures that may be targets, and
    /// `measures` all that may be kept.
    ///
    /// # Errors
    /// What is wrong with the scenario, and what with the study.
    pub fn read(
        mut self,
        (text, name): (&[u8], &str),
        set: &[Override],
        files: &dyn Files,
        (targets, measures): (&[&str], &[&str]),
    ) -> Result<(Scenario, Study), Vec<Problems>> {
        let scenario = match read(text, name, set, files, targets) {
            Ok(scenario) => scenario,
            Err(problems) => {
                return Err(named::both_wrong(problems, self.findings, &self.source));
            }
        };
        let trunks = trunks(text, set, &scenario.files, targets);
        let study = self.study(&scenario, trunks, measures);
        match study.filter(|_| self.findings.is_empty()) {
            Some(study) => Ok((scenario, study)),
            None => Err(vec![self.findings.into_problems(&self.source)]),
        }
    }

    fn study(
        &mut self,
        scenario: &Scenario,
        trunks: Vec<(String, Trunk)>,
        measures: &[&str],
    ) -> Option<Study> {
        let file = self.file.take()?;
        let table = file.sweep.peek()?;
        let measures = chosen(table, measures, &mut self.findings);
        let design = *table.design.peek()?;
        size::check_words(table, design, &mut self.findings);
        let (keys, rows) = match design {
            DesignWord::Csv => self.listed(table, &trunks)?,
            _ => (
                keys::read(table, design, &trunks, &mut self.findings)?,
                Vec::new(),
            ),
        };
        let counts: Vec<usize> = keys.iter().map(Key::count).collect();
        let rows_given = rows.len();
        let (design, points) =
            size::design(table, design, (&counts, rows_given), &mut self.findings)?;
        size::check_rows(table, (points, measures.len()), &mut self.findings)?;
        Some(Study {
            schema: *file.schema.peek()?,
            design,
            replications: *table.replications.peek()?,
            seed: table
                .seed
                .peek()
                .copied()
                .unwrap_or(scenario.experiment.seed),
            is_independent: *table.streams.peek()?,
            measures,
            files: referred_files(std::mem::take(&mut self.referred)),
            points,
            keys,
            rows,
            trunks,
        })
    }

    /// The keys and rows of the file that the study names.
    fn listed(
        &mut self,
        table: &SweepTable,
        trunks: &[(String, Trunk)],
    ) -> Option<(Vec<Key>, Vec<Row>)> {
        let name = table.file.name()?;
        let (central, none) = (Quantiles::new(), BTreeMap::new());
        let unknowns = Unknowns::of(&self.root, &central, &none);
        let mut reader = Reader::new(false, self.files, unknowns);
        reader.findings = std::mem::take(&mut self.findings);
        reader.referred = std::mem::take(&mut self.referred);
        let read = listed::read(name, trunks, &mut reader);
        self.findings = reader.findings;
        self.referred = reader.referred;
        read
    }
}

/// The measures chosen, each once and each known.
fn chosen(table: &SweepTable, known: &[&str], findings: &mut Findings) -> Vec<String> {
    let mut met: BTreeMap<&str, &Written<String>> = BTreeMap::new();
    for name in table.measures.items() {
        if !known.contains(&name.value.as_str()) {
            let finding = Finding::at(&name.at, "is no measure");
            let finding = finding.found(format!("\"{}\"", quoted(&name.value)));
            findings.add(match nearest(&name.value, known.iter().copied()) {
                Some(meant) => finding.did_you_mean(Some(meant)),
                None => finding.hint("the measures of the PCN stand in summary.csv of every run"),
            });
        }
        if let Some(first) = met.insert(&name.value, name) {
            let finding = Finding::at(&name.at, "names a measure for the second time");
            findings.add(finding.first_given(first.at.place));
        }
    }
    let names = table.measures.items().iter();
    names.map(|name| name.value.clone()).collect()
}

/// The scenario of this text, and each of its options, as trees that values change.
fn trunks(
    text: &[u8],
    set: &[Override],
    files: &[ReferredFile],
    targets: &[&str],
) -> Vec<(String, Trunk)> {
    let Some((root, referred)) = named::tree(text, set, files) else {
        return Vec::new();
    };
    let of = |tree: Node| Trunk::of(tree, &referred, targets);
    let options = options::trees(&root, &tables_of(&root, &referred, targets));
    let base = (BASE.to_owned(), of(trunk(&root)));
    let options = options.into_iter().map(|(name, tree)| (name, of(tree)));
    std::iter::once(base).chain(options).collect()
}

/// The options of a tree as written.
fn tables_of(
    root: &Node,
    referred: &BTreeMap<String, Vec<u8>>,
    targets: &[&str],
) -> Vec<OptionTable> {
    if root.child("options").is_none() {
        return Vec::new();
    }
    let central = Quantiles::new();
    let outside = Outside {
        files: &super::NoFiles,
        targets,
        quantiles: &central,
    };
    let read = checked(
        root,
        &outside,
        &BTreeMap::new(),
        referred.clone(),
        Findings::default(),
    );
    read.options
}
