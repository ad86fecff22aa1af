//! Files that documents show whole: each stands in its document as it is shipped.

use super::{read, root};
use std::fs;

/// Documents, and the folders whose files they show.
const SHOWN: [(&str, &str); 2] = [
    ("docs/clusters.md", "docs/clusters"),
    ("docs/analysis.md", "docs/analysis"),
];

#[test]
fn every_file_stands_in_its_document_as_it_is() {
    for (document, folder) in SHOWN {
        let text = read(document);
        let files = fs::read_dir(root().join(folder)).expect("the folder can be read");
        let names = files.map(|file| file.expect("a file").file_name());
        let names: Vec<String> = names
            .map(|name| name.to_string_lossy().into_owned())
            .collect();
        assert!(names.len() >= 3, "{folder}");
        for name in names.iter().filter(|name| !name.ends_with(".png")) {
            let file = read(&format!("{folder}/{name}"));
            let is_shown = text.contains(&format!("\n{file}```\n"));
            assert!(
                is_shown,
                "{document} shows another {name} than {folder} has"
            );
            let link = folder.trim_start_matches("docs/");
            let link = format!("]({link}/{name})");
            assert!(text.contains(&link), "{document} does not link to {name}");
        }
    }
}
