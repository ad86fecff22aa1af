//! `splw-sim import log`: the inputs of a scenario fitted to a service's own referrals.

use super::super::command::LogArguments;
use super::super::failure::Failure;
use super::super::input::{FolderOfScenario, read_limited};
use super::super::output::tell;
use super::super::place::{FITS, Imported, check_folder, write_folder};
use super::log_told::Told;
use super::read_file;
use crate::import::log::{
    Current, Input, Meanings, Period, PracticeNow, TypeNow, a_year, counts, counts_csv, fits_csv,
    inputs, read, set_aside_csv, with_inputs,
};
use crate::model::{CalendarKind, Model, Pattern, SimDuration};
use crate::report::answer::target_names;
use crate::report::plots::{QuantilesFigure, quantiles, rasterise};
use crate::scenario::file::editing::{Step, holds};
use crate::scenario::{Scenario, read as read_scenario};
use std::path::Path;

/// Figures that fit badly have a p-value below this.
const BADLY: f64 = 0.01;

/// Fits the inputs and writes the folder.
///
/// # Errors
/// When the scenario or the log is refused, or the folder cannot be written.
pub fn log(arguments: &LogArguments) -> Result<(), Failure> {
    let out = &arguments.out;
    check_folder(out, arguments.overwrite, Imported::Log)?;
    let bytes = read_limited(&arguments.scenario)?;
    let scenario = checked(&bytes, &arguments.scenario)?;
    let text = String::from_utf8_lossy(&bytes);
    let text = text.trim_start_matches('\u{feff}');
    let now = current(&scenario.model, text)?;
    let given = read_file(&arguments.referrals).map_err(Failure::Unreadable)?;
    let read = read(&given, &meanings(arguments, &now)?, period(arguments)?)?;
    let inputs = inputs(&read, &now);
    let counts = counts(&read, &now)
        .ok_or_else(|| Failure::Other("the log has more rows than can be counted".to_owned()))?;
    let fitted = with_inputs(text, &scenario.title, &inputs, &read, &counts)
        .map_err(|error| Failure::Usage(format!("{}: {error}", arguments.scenario.display())))?;
    let shown = out.join("scenario.toml");
    let as_fitted = read_scenario(
        fitted.as_bytes(),
        &shown.to_string_lossy(),
        &[],
        &FolderOfScenario::of(&arguments.scenario),
        &target_names(),
    )?;
    let mut files = vec![
        ("scenario.toml".to_owned(), fitted.into_bytes()),
        (FITS.to_owned(), fits_csv(&inputs, &counts)),
        ("counts.csv".to_owned(), counts_csv(&counts)),
        ("set_aside.csv".to_owned(), set_aside_csv(&read.asides)),
    ];
    let referred = scenario.files.iter();
    files.extend(referred.map(|it| (format!("inputs/{}", it.name), it.bytes.clone())));
    for input in &inputs {
        files.extend(figures(input)?);
    }
    write_folder(out, &files, Imported::Log)?;
    if arguments.quiet {
        return Ok(());
    }
    let told = Told {
        log: &read,
        now: &now,
        inputs: &inputs,
        counts: &counts,
        a_year: a_year(&read, &inputs, &now).map(|log| (log, expected_a_year(&as_fitted.model))),
        out,
    };
    tell(&told.to_text())
}

/// Referrals a year that a scenario expects on its first day.
fn expected_a_year(model: &Model) -> f64 {
    let practices = model.practices.iter();
    let each = practices.map(|it| it.list_size * it.referrals_per_1000_a_year / 1_000.0);
    each.sum()
}

fn checked(bytes: &[u8], path: &Path) -> Result<Scenario, Failure> {
    let folder = FolderOfScenario::of(path);
    let name = path.to_string_lossy();
    Ok(read_scenario(bytes, &name, &[], &folder, &target_names())?)
}

fn period(arguments: &LogArguments) -> Result<Period, Failure> {
    let (from, to) = (arguments.from, arguments.to);
    match (from, to) {
        (Some(from), Some(to)) if from > to => {
            Err(Failure::Usage("--from is after --to".to_owned()))
        }
        _ => Ok(Period { from, to }),
    }
}

fn meanings(arguments: &LogArguments, now: &Current<'_>) -> Result<Meanings, Failure> {
    let mut meanings = Meanings::of(now);
    for text in &arguments.read_as {
        let added = meanings.add(text);
        added.map_err(|why| Failure::Usage(format!("--read-as {text}: {why}")))?;
    }
    Ok(meanings)
}

/// What the scenario says already.
fn current<'a>(model: &'a Model, text: &str) -> Result<Current<'a>, Failure> {
    if model.calendar.kind() != CalendarKind::England {
        let what = "the scenario has no working days (calendar = \"always-open\"); a log cannot be fitted to it";
        return Err(Failure::Usage(what.to_owned()));
    }
    let key = |key: &str| Step::Key(key.to_owned());
    let types = model.case_types.iter().enumerate();
    let types = types.map(|(index, it)| {
        let holds = |name: &str| holds(text, &[key("case_types"), Step::At(index), key(name)]);
        TypeNow {
            name: it.name.clone(),
            contacts: it.contacts.mean(),
            missed_share: it.missed_share.at(SimDuration::ZERO),
            missed_by_lead: holds("dna_by_days_ahead") || holds("reminder_factor"),
        }
    });
    let practices = model.practices.iter().map(|it| PracticeNow {
        name: it.name.clone(),
        code: it.ods_code.clone(),
        list_size: it.list_size,
    });
    let demand = &model.demand;
    Ok(Current {
        calendar: &model.calendar,
        start: model.calendar.date(model.period.opens.day()),
        practices: practices.collect(),
        case_types: if holds(text, &[key("case_types")]) {
            types.collect()
        } else {
            Vec::new()
        },
        sources: demand
            .sources_told_apart()
            .iter()
            .map(|it| it.name.clone())
            .collect(),
        factors: match demand.pattern {
            Pattern::Factors { month, weekday } => Some((
                month,
                [weekday[0], weekday[1], weekday[2], weekday[3], weekday[4]],
            )),
            Pattern::Seasonal { .. } => None,
        },
        growth: demand.growth_a_year,
        dispersion: demand.dispersion,
        attempts: model.first_contact.attempts,
        refers_again: demand.re_referral_share > 0.0,
    })
}

/// The figure of a law, as SVG and PNG; nothing for what is no law or keeps its own value.
fn figures(input: &Input) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let Some((law, goodness)) = input.test.filter(|_| !input.pairs.is_empty()) else {
        return Ok(Vec::new());
    };
    let fits = match goodness.p < BADLY {
        true => "does not fit well",
        false => "fits",
    };
    let figure = QuantilesFigure {
        title: format!("{}: the {law} {fits}", sentence(&input.label)),
        subtitle: format!(
            "Quantiles of the log against those of the {law}; chance alone is as far off with {}",
            match goodness.p < BADLY {
                true => "p below 0.01".to_owned(),
                false => format!("p = {:.2}", goodness.p),
            }
        ),
        unit: input.unit.to_owned(),
        pairs: input.pairs.clone(),
        note: "Each dot is a quantile that stands for 8 rows at least, not a person. Whole numbers are spread evenly."
            .to_owned(),
    };
    let failed = |error: crate::report::plots::FigureError| Failure::Other(error.to_string());
    let svg = quantiles::draw(&figure).map_err(failed)?;
    let png = rasterise(&svg).map_err(failed)?;
    let name = file_name(&input.key);
    Ok(vec![
        (format!("plots/{name}.svg"), svg.into_bytes()),
        (format!("plots/{name}.png"), png),
    ])
}

/// With a capital.
pub(super) fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|it| it.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

/// A key as the name of a file: `case_types.light.contacts`.
fn file_name(key: &str) -> String {
    let kept = key.chars().filter(|it| *it != '"');
    kept.map(|it| match it.is_alphanumeric() || it == '.' || it == '_' {
        true => it,
        false => '-',
    })
    .collect()
}
