//! Deprivation: fifths of practices and PCNs, and a slope that only a user can give.

use super::{DEPRIVATION, ELM, FINGERTIPS, Files};

#[test]
fn practices_have_their_fifth_and_nothing_tilts_by_itself() {
    let import = Files::new()
        .with_deprivation(DEPRIVATION)
        .import(&ELM)
        .succeeded();
    let text = import.text("out.toml");
    assert!(
        text.contains("deprivation_fifth = 1       # score 40.5"),
        "{text}"
    );
    assert!(text.contains("\n# [demand.deprivation]\n"), "{text}");
    assert_eq!(text.matches("deprivation_fifth = ").count(), 2);
    let told = import.told.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        told.contains("The Surgery (P90002) has no score of deprivation, and no fifth."),
        "{told}"
    );
    assert!(
        told.contains("of the 9 practices with a score in that file, not of England's"),
        "{told}"
    );
    let plain = Files::new().import(&ELM).succeeded();
    let rates = |import: &super::Import| -> Vec<f64> {
        let scenario = import.scenario("out.toml");
        scenario
            .model
            .practices
            .iter()
            .map(|it| it.referrals_per_1000_a_year)
            .collect()
    };
    assert_eq!(rates(&import), rates(&plain));
    assert!(!plain.text("out.toml").contains("deprivation"));
}

#[test]
fn a_slope_is_the_users_own() {
    let arguments = [&ELM[..], &["--rate-factors", "1.5,1.25,1,0.75,0.5"]].concat();
    let import = Files::new()
        .with_deprivation(DEPRIVATION)
        .import(&arguments)
        .succeeded();
    let scenario = import.scenario("out.toml");
    let rates = scenario
        .model
        .practices
        .iter()
        .map(|it| it.referrals_per_1000_a_year);
    assert_eq!(rates.collect::<Vec<_>>(), [30.0, 20.0, 30.0]);
    let key = "demand.deprivation.rate_factors";
    let source = scenario.provenance.iter().find(|it| it.key == key);
    assert_eq!(source.and_then(|it| it.grade), Some('D'));
}

#[test]
fn fingertips_own_table_says_the_same() {
    let of = |text: &str| {
        let import = Files::new()
            .with_deprivation(text)
            .import(&["--england", "--out", "all"]);
        let import = import.succeeded();
        let rows = import.rows("all/pcns.csv");
        let columns = [
            "deprivation_score",
            "deprivation_fifth",
            "practices_with_a_score",
        ];
        rows.iter()
            .map(|row| columns.map(|it| row[it].clone()))
            .collect::<Vec<_>>()
    };
    let own = of(DEPRIVATION);
    assert_eq!(own, of(FINGERTIPS));
    // (40.5 x 8,000 + 20 x 12,500) / 20,500 = 28: weighted by list size, over those with a score.
    assert_eq!(own[0], ["28", "1", "2"]);
    assert_eq!(own[3], ["7", "4", "1"]);
}

#[test]
fn scores_that_are_none_are_refused() {
    for (wrong, told) in [
        (
            DEPRIVATION.replace("40.5", "140"),
            "row 2, column IMD_SCORE: is no score from 0 to 100",
        ),
        (
            DEPRIVATION.replace("40.5", "NaN"),
            "row 2, column IMD_SCORE",
        ),
        (
            DEPRIVATION.replace("P90003", "P90001"),
            "P90001 has another score in row 2",
        ),
        (
            FINGERTIPS
                .replace("Deprivation", "Smoking")
                .replace("(IMD", "("),
            "has no score of deprivation",
        ),
        (
            FINGERTIPS.replace("GPs", "PCNs"),
            "has no score of deprivation",
        ),
    ] {
        Files::new()
            .with_deprivation(&wrong)
            .import(&ELM)
            .refused(1, &["scores.csv", told]);
    }
}
