//! How numbers and dates are written in figures.
//!
//! Thousands have separators, percentages no decimals, dates read "Oct 2026". Must not know any
//! figure, nor where text goes.

use jiff::civil::Date;

use super::Band;

/// Names of the months, as axes show them.
const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// Scales from which on numbers are written in words, largest first.
const SCALES: [(f64, &str); 3] = [(1e12, "trillion"), (1e9, "billion"), (1e6, "million")];

/// A number: "0.4", "7", "1,234", "2.5 million", "1e20"; "no value" if it is not finite.
///
/// One decimal below 10 and in words, where it is not nought; else none.
pub(super) fn number(value: f64) -> String {
    let size = value.abs();
    if !size.is_finite() {
        return "no value".to_owned();
    }
    if size >= 1e16 {
        return format!("{value:.0e}");
    }
    if let Some((scale, name)) = SCALES.into_iter().find(|(scale, _)| size >= *scale) {
        return format!("{} {name}", one_decimal(value / scale));
    }
    if size < 9.95 {
        return one_decimal(value);
    }
    separated(value)
}

/// One way to write all numbers of a figure: "3.0" beside "3.1", never "3" beside "3.1".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Alike {
    decimals: usize,
    is_share: bool,
}

/// Decimals at most.
const MOST_DECIMALS: usize = 4;

impl Alike {
    /// With as many decimals as the largest of these asks for: 0 from ten, 1 from one, 2 below.
    pub(super) fn of(values: &[f64], is_share: bool) -> Self {
        let scale = if is_share { 100.0 } else { 1.0 };
        let finite = values.iter().filter(|value| value.is_finite());
        let size = finite.fold(0.0_f64, |most, value| most.max(value.abs() * scale));
        let decimals = match size {
            size if size >= 9.95 || size <= 0.0 => 0,
            size if size >= 0.995 => 1,
            size if size >= 0.0995 => 2,
            _ => 3,
        };
        Self { decimals, is_share }
    }

    /// With decimals enough, besides, to tell these apart where they lie close together.
    pub(super) fn telling_apart(values: &[f64], is_share: bool) -> Self {
        let mut alike = Self::of(values, is_share);
        let scale = if is_share { 100.0 } else { 1.0 };
        let finite = values.iter().copied().filter(|value| value.is_finite());
        let (low, high) = finite.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
            (low.min(value), high.max(value))
        });
        let span = (high - low) * scale;
        let step = |decimals: usize| 10_f64.powi(-(decimals as i32));
        while alike.decimals < MOST_DECIMALS && span > 0.0 && span < 4.0 * step(alike.decimals) {
            alike.decimals += 1;
        }
        alike
    }

    /// A number so written: "3.0", "97%"; "no value" if it is not finite.
    pub(super) fn write(self, value: f64) -> String {
        let scaled = if self.is_share { value * 100.0 } else { value };
        let sign = if self.is_share { "%" } else { "" };
        if !scaled.is_finite() {
            return "no value".to_owned();
        }
        if self.decimals == 0 {
            return format!("{}{sign}", number(scaled.round()));
        }
        let text = format!("{scaled:.*}", self.decimals);
        let is_nothing = !text.contains(|c: char| ('1'..='9').contains(&c));
        let text = if is_nothing {
            text.trim_start_matches('-')
        } else {
            &text
        };
        format!("{text}{sign}")
    }
}

/// A share (0 to 1) as a percentage without decimals: "37%".
///
/// "<1%" and ">99%" keep what is not nothing from looking like nothing, and what is not
/// everything from looking like everything.
pub(super) fn percent(share: f64) -> String {
    let percent = share * 100.0;
    if percent > 0.0 && percent < 0.5 {
        "<1%".to_owned()
    } else if (99.5..100.0).contains(&percent) {
        ">99%".to_owned()
    } else {
        format!("{}%", separated(percent))
    }
}

/// A value in a sentence: "mean 312, 8 in 10 runs: 270 to 350", or "312" with a single run.
pub(super) fn sentence(band: Band, replications: usize, write: fn(f64) -> String) -> String {
    let mean = write(band.mean);
    if replications > 1 {
        format!("mean {mean}, 8 in 10 runs: {}", range(band, write))
    } else {
        mean
    }
}

/// The ends of a band: "270 to 350".
pub(super) fn range(band: Band, write: fn(f64) -> String) -> String {
    format!("{} to {}", write(band.p10), write(band.p90))
}

/// A month: "Oct 2026".
pub(super) fn month(date: Date) -> String {
    format!("{} {}", month_name(date), date.year())
}

/// A day: "5 Oct 2026".
pub(super) fn day(date: Date) -> String {
    format!("{} {}", date.day(), month(date))
}

/// `words` as a sentence that others may follow.
pub(super) fn closed(words: &str) -> String {
    match words.ends_with(['.', '?', '!']) || words.is_empty() {
        true => words.to_owned(),
        false => format!("{words}."),
    }
}

/// What a mean line and a band are, for a figure's note.
pub(super) fn line_and_band(replications: usize) -> String {
    if replications > 1 {
        let runs = separated(replications as f64);
        format!("Line: mean of {runs} runs. Band: 8 in 10 runs.")
    } else {
        "Line: a single run, so the figure cannot show how much runs differ.".to_owned()
    }
}

fn month_name(date: Date) -> &'static str {
    let index = usize::from(date.month().unsigned_abs()) - 1;
    MONTHS
        .get(index)
        .expect("a date's month is between 1 and 12")
}

/// At most one decimal, none where it would be nought.
fn one_decimal(value: f64) -> String {
    let text = format!("{value:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if text == "-0" { "0" } else { text }.to_owned()
}

/// A whole number with a comma between thousands.
fn separated(value: f64) -> String {
    let digits = format!("{:.0}", value.abs());
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if value <= -0.5 {
        format!("-{text}")
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_separators_and_few_decimals() {
        let cases = [
            (0.0, "0"),
            (-0.01, "0"),
            (0.44, "0.4"),
            (7.0, "7"),
            (9.97, "10"),
            (312.4, "312"),
            (1_234.0, "1,234"),
            (-1_234.0, "-1,234"),
            (999_999.4, "999,999"),
            (2_500_000.0, "2.5 million"),
            (3e12, "3 trillion"),
            (1e20, "1e20"),
        ];
        for (value, expected) in cases {
            assert_eq!(number(value), expected);
        }
    }

    #[test]
    fn numbers_of_one_figure_have_as_many_decimals() {
        let written = |alike: Alike, values: &[f64]| -> Vec<String> {
            values.iter().map(|value| alike.write(*value)).collect()
        };
        let values = [3.0, 3.1, 0.4];
        assert_eq!(
            written(Alike::of(&values, false), &values),
            ["3.0", "3.1", "0.4"]
        );
        let values = [3.1, 12.0, 1_234.4];
        assert_eq!(
            written(Alike::of(&values, false), &values),
            ["3", "12", "1,234"]
        );
        let shares = [0.023, 0.5, 0.97];
        assert_eq!(
            written(Alike::of(&shares, true), &shares),
            ["2%", "50%", "97%"]
        );
        let close = [0.981, 0.984, 0.989];
        let apart = Alike::telling_apart(&close, true);
        assert_eq!(written(apart, &close), ["98.1%", "98.4%", "98.9%"]);
        assert_eq!(Alike::telling_apart(&[50.0, 50.0], false).write(50.0), "50");
        assert_eq!(Alike::of(&[2.0], false).write(-0.01), "0.0");
        assert_eq!(Alike::of(&[1.04, 0.5], false).write(0.5), "0.5");
        assert_eq!(Alike::of(&[0.5], false).write(0.5), "0.50");
        assert_eq!(Alike::of(&[], false).write(f64::NAN), "no value");
    }

    #[test]
    fn percentages_never_round_to_none_or_all() {
        let cases = [
            (0.0, "0%"),
            (0.001, "<1%"),
            (0.374, "37%"),
            (0.996, ">99%"),
            (1.0, "100%"),
        ];
        for (share, expected) in cases {
            assert_eq!(percent(share), expected);
        }
    }

    #[test]
    fn sentences_end() {
        assert_eq!(closed("Sixty practices"), "Sixty practices.");
        assert_eq!(closed("How long?"), "How long?");
    }

    #[test]
    fn dates_name_their_month() {
        let date = Date::constant(2026, 10, 5);
        assert_eq!(month(date), "Oct 2026");
        assert_eq!(day(date), "5 Oct 2026");
    }
}
