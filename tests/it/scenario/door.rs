//! The input door: encodings and what is no text.

use super::{MEASURES, RAYLEIGH, refusal};
use splw_sim::scenario::{LARGEST_FILE, NoFiles, read};

fn told(bytes: &[u8]) -> String {
    match read(bytes, "test.toml", &[], &NoFiles, &MEASURES) {
        Ok(_) => panic!("accepted"),
        Err(problems) => {
            assert_eq!(problems.count(), 1, "\n{problems}");
            problems.to_string()
        }
    }
}

#[test]
fn byte_order_marks_and_line_ends_change_nothing() {
    let plain = format!("{:?}", super::scenario(RAYLEIGH));
    let marked = format!("\u{feff}{RAYLEIGH}");
    let windows = marked.replace('\n', "\r\n");
    assert_eq!(format!("{:?}", super::scenario(&marked)), plain);
    assert_eq!(format!("{:?}", super::scenario(&windows)), plain);
}

#[test]
fn utf_16_is_to_be_saved_as_utf_8() {
    let little: Vec<u8> = RAYLEIGH.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = RAYLEIGH.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let marked = [b"\xff\xfe".as_slice(), &little].concat();
    // Without a single NUL the mark alone tells.
    let chinese = b"\xff\xfe\x61\x4f\x7d\x59".to_vec();
    for bytes in [little, big, marked, chinese] {
        let told = told(&bytes);
        assert!(
            told.contains("the file is UTF-16") && told.contains("save it as UTF-8"),
            "{told}"
        );
    }
}

#[test]
fn other_encodings_are_told_by_their_first_byte() {
    let latin = b"schema = 1\ntitle = \"Caf\xe9\"\n";
    let told = told(latin);
    assert!(
        told.contains("byte 24 (line 2)") && told.contains("save it as UTF-8"),
        "{told}"
    );
}

#[test]
fn what_is_no_text_is_called_by_its_name() {
    assert!(told(b"").contains("the file is empty"));
    assert!(told(b"\xef\xbb\xbf").contains("the file is empty"));
    assert!(told(b"PK\x03\x04rest of a workbook").contains("workbook"));
    assert!(told(b"schema = 1\n\0\x01\x02 text that goes on for a while").contains("binary"));
    assert!(told(&vec![b'#'; LARGEST_FILE + 1]).contains("larger than 10 MB"));
}

#[test]
fn an_empty_table_lacks_everything_that_is_required() {
    let problems = refusal("# nothing yet\n");
    let told: Vec<&str> = problems.iter().map(|it| it.key.as_str()).collect();
    assert_eq!(
        told,
        ["schema", "title", "period", "practices", "case_types"]
    );
}

#[test]
fn deep_nesting_is_refused_before_it_can_do_harm() {
    let dotted = format!("a{} = 1\n", ".a".repeat(1_000_000));
    let heading = format!("[{}a]\n", "a.".repeat(1_000_000));
    let steps = ["a"; 60].join(".");
    let both = format!(
        "x = {}1{}",
        format!("{{{steps} = ").repeat(79),
        "}".repeat(79)
    );
    let brackets = format!("a = {}", "[".repeat(1_000_000));
    for text in [dotted, heading, both, brackets] {
        assert!(told(text.as_bytes()).contains("nested too deeply"));
    }
}

#[test]
fn a_ruler_of_dots_is_no_nesting() {
    super::scenario(&super::small_and(&format!("# {}", ".".repeat(200))));
}
