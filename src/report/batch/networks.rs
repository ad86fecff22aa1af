//! What an import says of its networks in `pcns.csv` beside their scenarios: their ICB, how deprived they
//! are, and whether their posts are known at all.

use std::collections::BTreeMap;

/// Name of the table beside the scenarios.
pub const NETWORKS: &str = "pcns.csv";

/// What is known of one network besides its scenario.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Network {
    /// The ICB: its code and name.
    pub icb: Option<String>,
    /// Fifth of deprivation, 1 the most deprived.
    pub fifth: Option<String>,
    /// Whether it is not in the workforce file: how many posts it has is not known.
    pub posts_not_known: bool,
}

/// The networks of a `pcns.csv` by the stem of their scenario; none where it is another table of that name.
#[must_use]
pub fn networks(text: &[u8]) -> BTreeMap<String, Network> {
    let mut reader = csv::Reader::from_reader(text);
    let Ok(header) = reader.headers().cloned() else {
        return BTreeMap::new();
    };
    let column = |name: &str| header.iter().position(|it| it == name);
    let (Some(code), Some(in_file)) = (column("code"), column("in_workforce_file")) else {
        return BTreeMap::new();
    };
    let icb = [column("icb_code"), column("icb_name")];
    let fifth = column("deprivation_fifth");
    let told = |row: &csv::StringRecord, at: Option<usize>| {
        let cell = row.get(at?)?;
        (!cell.is_empty()).then(|| cell.to_owned())
    };
    let network = |row: csv::StringRecord| {
        let words: Vec<String> = icb.iter().filter_map(|at| told(&row, *at)).collect();
        let network = Network {
            icb: (!words.is_empty()).then(|| words.join(" ")),
            fifth: told(&row, fifth),
            posts_not_known: row.get(in_file) == Some("no"),
        };
        Some((row.get(code)?.to_owned(), network))
    };
    let rows = reader.into_records().filter_map(Result::ok);
    rows.filter_map(network).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_of_an_import_is_read_by_its_headings() {
        let text = b"code,name,icb_code,icb_name,in_workforce_file,deprivation_fifth\n\
            U1,One,QKK,\"South, East\",yes,2\nU2,Two,,,no,\n";
        let found = networks(text);
        let one = Network {
            icb: Some("QKK South, East".to_owned()),
            fifth: Some("2".to_owned()),
            posts_not_known: false,
        };
        let two = Network {
            posts_not_known: true,
            ..Network::default()
        };
        assert_eq!(
            found,
            BTreeMap::from([("U1".to_owned(), one), ("U2".to_owned(), two)])
        );
    }

    #[test]
    fn another_table_of_that_name_says_nothing() {
        assert!(networks(b"pcn,staff\nU1,2\n").is_empty());
        assert!(networks(b"\xff\xfe\0").is_empty());
        assert!(networks(b"").is_empty());
    }
}
