//! What is set aside: row, column and reason, never what stood there.

/// Something that could not be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aside {
    /// Row, counted as a spreadsheet does: the header is row 1.
    pub row: u64,
    /// The column, where it is one.
    pub column: Option<&'static str>,
    /// How much is lost by it.
    pub lost: Lost,
    /// Why.
    pub reason: &'static str,
}

/// How much of a row is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lost {
    /// All of it: it is no referral that can be counted.
    Row,
    /// What became of the referral; it is counted as received.
    Pathway,
    /// What this one cell says.
    Cell,
}

impl Lost {
    /// In words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Row => "the row",
            Self::Pathway => "all but received and practice",
            Self::Cell => "the cell",
        }
    }
}
