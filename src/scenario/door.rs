//! The input door: bytes in, text out, or a plain word about what the file is instead.

/// Largest scenario or referred file, in bytes: 10 MB.
pub const LARGEST_FILE: usize = 10_000_000;

const SAVE_AS_UTF8: &str =
    "save it as UTF-8 (in Notepad: File, Save as, Encoding; in Excel: CSV UTF-8)";

/// Why a file is not text that can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What it is: `the file is empty`.
    pub what: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl Refusal {
    fn new(what: impl Into<String>, hint: Option<&str>) -> Self {
        Self {
            what: what.into(),
            hint: hint.map(str::to_owned),
        }
    }
}

/// The text of a file: UTF-8 with or without a byte order mark, any line ends.
///
/// # Errors
/// What the file is instead.
pub fn text_of(bytes: &[u8]) -> Result<&str, Refusal> {
    if bytes.len() > LARGEST_FILE {
        return Err(Refusal::new("the file is larger than 10 MB", None));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.trim_ascii().is_empty() {
        return Err(Refusal::new("the file is empty", None));
    }
    if looks_like_utf16(bytes) {
        return Err(Refusal::new("the file is UTF-16", Some(SAVE_AS_UTF8)));
    }
    if bytes.starts_with(b"PK\x03\x04") {
        let hint = "a scenario is a plain text file; export the sheet as CSV UTF-8";
        return Err(Refusal::new("the file is a workbook or a zip", Some(hint)));
    }
    if bytes.contains(&0) {
        return Err(Refusal::new("the file is binary, not text", None));
    }
    std::str::from_utf8(bytes).map_err(|error| not_utf8(bytes, error.valid_up_to()))
}

fn not_utf8(bytes: &[u8], at: usize) -> Refusal {
    let before = String::from_utf8_lossy(&bytes[..at]);
    let line = before.matches('\n').count() + 1;
    let what = format!(
        "the file is not UTF-8: byte {} (line {line}) begins no character",
        at + 1
    );
    Refusal::new(what, Some(SAVE_AS_UTF8))
}

/// A byte order mark of UTF-16 or UTF-32, or a NUL in most pairs of the first bytes.
fn looks_like_utf16(bytes: &[u8]) -> bool {
    let beginning = &bytes[..bytes.len().min(400)];
    let pairs = beginning.len() / 2;
    let with_nul = beginning
        .chunks_exact(2)
        .filter(|pair| pair.iter().filter(|b| **b == 0).count() == 1);
    let has_mark = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    has_mark || (pairs > 0 && with_nul.count() * 4 >= pairs * 3)
}
