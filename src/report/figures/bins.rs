//! The bar chart of cases a year in the bins of the national survey.

use super::Figures;
use crate::report::plots::{Band, Bin, BinsFigure, Known};

/// The bins: measure, words, and what is known of them from elsewhere.
///
/// The survey (NHS England, Social Prescribing Link Worker Survey 2023, published March 2024, n = 777)
/// says in words that more than 300 a year remains the largest group; the shares of its chart are not in
/// the published text (evidence, A21 and A22), so none is drawn. Guidance of 200 to 250 a year: Health
/// Education England.
pub(in crate::report) const BINS: [(&str, &str, Option<Known>); 7] = [
    ("posts_at_0_50_cases_a_year", "0 to 50", None),
    ("posts_at_51_100_cases_a_year", "51 to 100", None),
    ("posts_at_101_150_cases_a_year", "101 to 150", None),
    ("posts_at_151_200_cases_a_year", "151 to 200", None),
    (
        "posts_at_201_250_cases_a_year",
        "201 to 250",
        Some(Known::Guidance),
    ),
    ("posts_at_251_300_cases_a_year", "251 to 300", None),
    (
        "posts_at_over_300_cases_a_year",
        "over 300",
        Some(Known::Survey),
    ),
];

impl Figures<'_> {
    /// The bar chart; `None` where no post had cases to count.
    pub(super) fn survey_bins(&self) -> Option<BinsFigure> {
        let rows =
            BINS.map(|(measure, ..)| self.estimates.of_pcn(measure).and_then(|it| it.estimate));
        let posts: f64 = rows.iter().flatten().map(|it| it.mean).sum();
        if posts <= 0.0 {
            return None;
        }
        let bins = BINS.iter().zip(&rows).map(|((_, label, known), row)| Bin {
            label: (*label).to_owned(),
            share: row.map(|it| Band {
                mean: it.mean / posts,
                p10: (it.low.unwrap_or(it.mean) / posts).clamp(0.0, 1.0),
                p90: (it.high.unwrap_or(it.mean) / posts).clamp(0.0, 1.0),
            }),
            known: known.map(|it| (said_of(it).to_owned(), it)),
        });
        let bins: Vec<Bin> = bins.collect();
        Some(BinsFigure {
            title: finding(&bins),
            subtitle: format!(
                "Posts by first contacts a year per WTE, in the bins of the national survey of link workers. {}",
                self.story.title
            ),
            across: "Cases a year per WTE".to_owned(),
            bins,
            note: self.note_on_bins(),
            replications: self.count(),
        })
    }

    fn note_on_bins(&self) -> String {
        let counted = match self.kinds_of_case() {
            Some("light and full") => " Guidance counts full cases, the bars count light ones too.",
            Some(_) => " Guidance counts full cases, the bars count every type.",
            None => "",
        };
        format!(
            "Survey: NHS England, 2023 (777 link workers): it says that over 300 is the largest group and publishes no share \
             of any bin as text, so none is drawn.{counted}"
        )
    }
}

const fn said_of(known: Known) -> &'static str {
    match known {
        Known::Guidance => "guidance: 200 to 250 full cases",
        Known::Survey => "largest group in England, 2023",
    }
}

/// The bin with more posts than any other, and whether it is the survey's.
fn finding(bins: &[Bin]) -> String {
    let mean = |bin: &Bin| bin.share.map_or(0.0, |it| it.mean);
    let most = bins
        .iter()
        .max_by(|one, other| mean(one).total_cmp(&mean(other)));
    let Some(most) = most else {
        return "Posts by cases a year".to_owned();
    };
    let as_nationally = matches!(most.known, Some((_, Known::Survey)));
    let nationally = match as_nationally {
        true => ", as in England",
        false => "; in England it is over 300",
    };
    format!(
        "The commonest is {} cases a year per WTE{nationally}",
        most.label
    )
}
