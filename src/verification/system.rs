//! A system with known answers: a scenario file, what is changed in it, and what must come out.

use super::point::{Point, Reading};
use super::proof::Form;
use crate::scenario::{NoFiles, Override, Scenario, read};

/// The seed of the files, fixed before the first run.
pub const FIRST_SEED: u64 = 20_261_005;

/// A scenario of `scenarios/verification/` with what theory says about it.
#[derive(Clone, Debug)]
pub struct System {
    /// The model of queueing theory.
    pub family: &'static str,
    /// What distinguishes it from others of the family.
    pub name: String,
    /// Name of the scenario file.
    pub file: &'static str,
    /// The file.
    pub text: &'static str,
    /// What is changed in it, as `--set` takes it.
    pub overrides: Vec<String>,
    /// Left out of the quick form, because its intervals narrow slowly.
    pub long: bool,
    /// Half-width of a 95% interval that is let pass, as a share of the answer, where it is not the
    /// form's.
    pub widest: Option<f64>,
    /// The known answers.
    pub points: Vec<Point>,
}

impl System {
    /// A system as its file stands, with no points yet.
    #[must_use]
    pub fn new(
        family: &'static str,
        (file, text): (&'static str, &'static str),
        name: impl Into<String>,
    ) -> Self {
        Self {
            family,
            name: name.into(),
            file,
            text,
            overrides: Vec::new(),
            long: false,
            widest: None,
            points: Vec::new(),
        }
    }

    /// With a key set to a value, as `--set` takes it.
    #[must_use]
    pub fn set(mut self, key: &str, value: impl std::fmt::Display) -> Self {
        self.overrides.push(format!("{key}={value}"));
        self
    }

    /// For the full form alone.
    #[must_use]
    pub const fn long(mut self) -> Self {
        self.long = true;
        self
    }

    /// For the full form alone, and with intervals up to `widest` of the answer to either side.
    #[must_use]
    pub const fn slow(mut self, widest: f64) -> Self {
        self.widest = Some(widest);
        self.long()
    }

    /// With one more known answer.
    #[must_use]
    pub fn gives(mut self, reading: Reading, theory: f64) -> Self {
        debug_assert!(theory.is_finite() && theory > 0.0, "{reading}: {theory}");
        self.points.push(Point { reading, theory });
        self
    }

    /// The seed of its random numbers: `first` plus a number below a million made (FNV-1a) of what is
    /// run, the file's name and the overrides. So two systems share no chance, and a system's
    /// numbers do not depend on what else is proved.
    #[must_use]
    pub fn seed(&self, first: u64) -> u64 {
        let texts = std::iter::once(self.file).chain(self.overrides.iter().map(String::as_str));
        let bytes = texts.flat_map(|text| text.bytes().chain([0]));
        let mixed = bytes.fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
        });
        first + mixed % 1_000_000
    }

    /// The scenario, read from its file with its overrides.
    ///
    /// # Panics
    /// When the shipped file is refused, which the tests rule out.
    #[must_use]
    pub fn scenario(&self) -> Scenario {
        let overrides: Vec<Override> = self
            .overrides
            .iter()
            .map(|text| Override::parse(text).expect("a shipped override is key=value"))
            .collect();
        read(self.text.as_bytes(), self.file, &overrides, &NoFiles, &[])
            .expect("a shipped scenario is right")
    }

    /// Replications that `form` runs.
    ///
    /// # Panics
    /// As [`System::scenario`].
    #[must_use]
    pub fn replications(&self, form: Form) -> u64 {
        form.replications(self.scenario().experiment.replications)
    }

    /// The command that runs this system alone, as the full form of a proof from `first` does.
    #[must_use]
    pub fn command(&self, first: u64) -> String {
        let (file, seed) = (self.file, self.seed(first));
        let mut command = format!("splw-sim run scenarios/verification/{file} --seed {seed}");
        for change in &self.overrides {
            let quote = if change.contains([' ', '"', '*']) {
                "'"
            } else {
                ""
            };
            command += &format!(" --set {quote}{change}{quote}");
        }
        command
    }
}
