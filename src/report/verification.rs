//! A proof in words and tables: theory beside ours, with interval and verdict.

use super::number::{counted, for_file, optional_for_file};
use super::prose::wrapped;
use super::tables::Table;
use crate::verification::{FAMILY_ALPHA, Finding, Proof, SystemProof, Verdict};
use std::collections::BTreeSet;
use std::io::{Result, Write};

/// The whole proof as text: a table for each system, then what it amounts to.
#[must_use]
pub fn text(proof: &Proof) -> String {
    let mut text = head();
    for system in &proof.systems {
        text += &format!("{}: {}\n", system.system.family, system.system.name);
        for finding in &system.findings {
            text += &line(finding);
        }
        text.push('\n');
    }
    text + &verdict(proof)
}

fn head() -> String {
    let (measure, theory, ours, interval) = ("measure", "theory", "ours", "95% interval");
    format!("System\n  {measure:<36}{theory:>8}{ours:>8}  {interval:>18}  verdict\n\n")
}

fn line(finding: &Finding) -> String {
    let reading = finding.point.reading.to_string();
    let theory = four_digits(finding.point.theory);
    let (ours, interval) = match finding.ours {
        Some(ours) => (four_digits(ours.mean), interval(ours.low, ours.high)),
        None => ("-".to_owned(), "-".to_owned()),
    };
    let verdict = finding.verdict.name();
    format!("  {reading:<36}{theory:>8}{ours:>8}  {interval:>18}  {verdict}\n")
}

fn interval(low: Option<f64>, high: Option<f64>) -> String {
    match (low, high) {
        (Some(low), Some(high)) => format!("{} to {}", four_digits(low), four_digits(high)),
        _ => "-".to_owned(),
    }
}

/// With four significant digits, and never an exponent.
fn four_digits(value: f64) -> String {
    let before_point = if value.abs() < 1.0 {
        0
    } else {
        value.abs().log10().floor() as i32 + 1
    };
    let leading_zeros = if value.abs() < 1.0 && value.abs() > 1e-9 {
        -value.abs().log10().floor() as i32 - 1
    } else {
        0
    };
    let decimals = (4 - before_point + leading_zeros).clamp(0, 9) as usize;
    format!("{value:.decimals$}")
}

/// What the proof amounts to, in words.
#[must_use]
pub fn verdict(proof: &Proof) -> String {
    let findings: Vec<&Finding> = proof.findings().collect();
    let of = |verdict: Verdict| findings.iter().filter(|it| it.verdict == verdict).count();
    let (failed, too_wide) = (of(Verdict::Fails), of(Verdict::TooWide));
    let mut text = String::new();
    let points = counted(findings.len(), "known answer");
    let systems = counted(proof.systems.len(), "system");
    let models = counted(models(proof), "model");
    text += &wrapped(
        "",
        &match (failed, too_wide) {
            (0, 0) => format!("All {points} of {systems} ({models}) hold."),
            _ => format!(
                "Of {points} of {systems} ({models}), {failed} FAIL and {too_wide} are TOO WIDE to say."
            ),
        },
    );
    text += &wrapped("", &how_judged(proof));
    text += &wrapped("", &distances(&findings));
    for system in &proof.systems {
        text += &to_look_at(system, proof.first_seed);
    }
    text
}

fn models(proof: &Proof) -> usize {
    let names: BTreeSet<&str> = proof.systems.iter().map(|it| it.system.family).collect();
    names.len()
}

fn how_judged(proof: &Proof) -> String {
    let form = proof.form.name();
    let widest = proof
        .findings()
        .filter_map(Finding::relative_half_width)
        .fold(0.0, f64::max);
    format!(
        "A verdict goes by an interval at confidence 1 - {FAMILY_ALPHA}/{}: if the engine is right, the \
         chance that any verdict is against it is {FAMILY_ALPHA} at most. The widest 95% interval reaches \
         {:.1}% of its answer to either side; the {form} form allows {:.0}%{}.",
        proof.points,
        widest * 100.0,
        proof.form.floor() * 100.0,
        slow_systems(proof)
    )
}

/// What is let pass of systems whose answers come in most slowly, if any was run.
fn slow_systems(proof: &Proof) -> String {
    let widest = proof.systems.iter().filter_map(|it| it.system.widest);
    match widest.clone().count() {
        0 => String::new(),
        count => format!(
            ", and {:.0}% of {} close to full",
            widest.fold(0.0, f64::max) * 100.0,
            counted(count, "system")
        ),
    }
}

/// How far off, all in all: root mean square near 1 is what chance alone gives.
fn distances(findings: &[&Finding]) -> String {
    let distances: Vec<f64> = findings
        .iter()
        .filter_map(|it| it.standard_errors())
        .collect();
    if distances.is_empty() {
        return String::new();
    }
    let squares: f64 = distances.iter().map(|it| it * it).sum();
    let largest = distances
        .iter()
        .fold(0.0_f64, |most, it| most.max(it.abs()));
    format!(
        "Distance from theory in standard errors: {:.2} in the root mean square (1 is chance alone), \
         {largest:.2} at most.",
        (squares / distances.len() as f64).sqrt()
    )
}

/// The command that runs a system with a point that does not hold.
fn to_look_at(system: &SystemProof, first: u64) -> String {
    let all_hold = system
        .findings
        .iter()
        .all(|it| it.verdict == Verdict::Holds);
    if all_hold {
        return String::new();
    }
    format!(
        "\n{}: {}\n  {}\n",
        system.system.family,
        system.system.name,
        system.system.command(first)
    )
}

/// `verification.csv`: one row a known answer.
///
/// # Errors
/// When `into` cannot be written.
pub fn csv(into: impl Write, proof: &Proof) -> Result<()> {
    let header = "model,system,scenario,seed,overrides,measure,theory,n,mean,ci95_low,ci95_high,\
                  simultaneous_low,simultaneous_high,standard_errors,verdict";
    let mut table = Table::begin(into, header)?;
    for system in &proof.systems {
        for finding in &system.findings {
            row(&mut table, (system, proof.first_seed), finding)?;
        }
    }
    table.end()
}

fn row<W: Write>(
    table: &mut Table<W>,
    (proof, first): (&SystemProof, u64),
    finding: &Finding,
) -> Result<()> {
    let system = &proof.system;
    let (ours, family) = (finding.ours, finding.simultaneous);
    table.row([
        system.family,
        &system.name,
        system.file,
        &system.seed(first).to_string(),
        &system.overrides.join("; "),
        &finding.point.reading.to_string(),
        &for_file(finding.point.theory),
        &proof.replications.to_string(),
        &optional_for_file(ours.map(|it| it.mean)),
        &optional_for_file(ours.and_then(|it| it.low)),
        &optional_for_file(ours.and_then(|it| it.high)),
        &optional_for_file(family.and_then(|it| it.low)),
        &optional_for_file(family.and_then(|it| it.high)),
        &optional_for_file(finding.standard_errors()),
        finding.verdict.name(),
    ])
}

/// The proof for programs.
#[must_use]
pub fn json(proof: &Proof) -> serde_json::Value {
    let points: Vec<serde_json::Value> = proof
        .systems
        .iter()
        .flat_map(|system| system.findings.iter().map(move |finding| (system, finding)))
        .map(|(system, finding)| point_json(system, proof.first_seed, finding))
        .collect();
    serde_json::json!({
        "form": proof.form.name(),
        "family_alpha": FAMILY_ALPHA,
        "points_in_family": proof.points,
        "holds": proof.holds(),
        "points": points,
    })
}

fn point_json(proof: &SystemProof, first: u64, finding: &Finding) -> serde_json::Value {
    let ours = finding.ours;
    let family = finding.simultaneous;
    serde_json::json!({
        "model": proof.system.family,
        "system": proof.system.name,
        "scenario": format!("scenarios/verification/{}", proof.system.file),
        "seed": proof.system.seed(first),
        "overrides": proof.system.overrides,
        "measure": finding.point.reading.to_string(),
        "theory": finding.point.theory,
        "n": proof.replications,
        "mean": ours.map(|it| it.mean),
        "ci95_low": ours.and_then(|it| it.low),
        "ci95_high": ours.and_then(|it| it.high),
        "simultaneous_low": family.and_then(|it| it.low),
        "simultaneous_high": family.and_then(|it| it.high),
        "standard_errors": finding.standard_errors(),
        "verdict": finding.verdict.name(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_digits_whatever_the_size() {
        let texts = [
            0.110_823,
            5.0,
            66.666_667,
            304.528_3,
            0.001_234_56,
            0.8,
            5_232.4,
            0.0,
        ]
        .map(four_digits);
        let expected = [
            "0.1108", "5.000", "66.67", "304.5", "0.001235", "0.8000", "5232", "0.0000",
        ];
        assert_eq!(texts, expected);
    }
}
