//! The members of a zip, one of them as a stream that is inflated while it is read.
//!
//! What is inflated is limited by size and by ratio before it is read, and by what the archive says
//! of it while it is; nothing is extracted. Encrypted archives and unusual ways of packing are refused.

use std::io::{self, Cursor, Read};
use zip::read::ZipFile;
use zip::{CompressionMethod, ZipArchive};

/// Bytes of one member at most: 400 MB, twenty times the largest file that is needed.
pub const LARGEST_MEMBER: u64 = 400_000_000;
/// Bytes of a member for each byte in the archive at most; real files have 12.
const HIGHEST_RATIO: u64 = 200;
/// Below so many bytes the ratio says nothing.
const SMALL: u64 = 1_000_000;
/// Members at most.
const MOST_MEMBERS: usize = 1_000;

const TRUNCATED: &str = "is a zip that is damaged or was not downloaded to its end";

/// An archive in memory.
pub type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// What the directory says of one member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Name with its folders.
    pub name: String,
    position: usize,
}

/// Whether these bytes begin as an archive does.
#[must_use]
pub fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// The archive in these bytes, and its members in their order, folders left out.
///
/// # Errors
/// What is wrong with the archive, in words that follow its name.
pub fn members(bytes: &[u8]) -> Result<(Archive<'_>, Vec<Member>), String> {
    let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| TRUNCATED)?;
    let count = archive.len();
    if count > MOST_MEMBERS {
        return Err(format!(
            "is a zip of {count} files, more than {MOST_MEMBERS}"
        ));
    }
    let mut members = Vec::with_capacity(count);
    for position in 0..count {
        let entry = archive.by_index_data(position).map_err(|_| TRUNCATED)?;
        let name = String::from_utf8_lossy(entry.name_raw()).into_owned();
        if !name.ends_with('/') {
            members.push(Member { name, position });
        }
    }
    Ok((archive, members))
}

/// The content of a member, inflated while it is read.
///
/// # Errors
/// Why it cannot be read, in words that follow the archive's name.
pub fn open<'a>(archive: &'a mut Archive<'_>, member: &Member) -> Result<impl Read + 'a, String> {
    let entry = archive.by_index_data(member.position);
    let entry = entry.map_err(|_| TRUNCATED)?;
    if entry.encrypted() {
        return Err("is a zip with a password".to_owned());
    }
    let (length, packed) = (entry.size(), entry.compressed_size());
    let is_bomb = length > SMALL && length / packed.max(1) > HIGHEST_RATIO;
    if length > LARGEST_MEMBER || is_bomb {
        return Err(format!(
            "is a zip whose member would be {length} bytes long, from {packed}: more than these files are"
        ));
    }
    if ![CompressionMethod::Stored, CompressionMethod::Deflated].contains(&entry.compression()) {
        return Err("is a zip packed in an unusual way; unpack it and give the CSV".to_owned());
    }
    let inner = archive.by_index(member.position).map_err(|_| TRUNCATED)?;
    Ok(Checked {
        inner,
        left: length,
    })
}

/// Reads a member to its end, where its checksum stands.
///
/// # Errors
/// That the archive is damaged, in words that follow its name.
pub fn check(archive: &mut Archive<'_>, member: &Member) -> Result<(), String> {
    let mut stream = open(archive, member)?;
    let read = io::copy(&mut stream, &mut io::sink());
    read.map(drop).map_err(|_| TRUNCATED.to_owned())
}

/// A stream that fails where it is longer or shorter than the directory says; its reader fails where
/// the checksum differs.
struct Checked<'a, 'b> {
    inner: ZipFile<'a, Cursor<&'b [u8]>>,
    left: u64,
}

impl Read for Checked<'_, '_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let damaged = || io::Error::new(io::ErrorKind::InvalidData, TRUNCATED);
        let read = self.inner.read(buffer).map_err(|_| damaged())?;
        self.left = self.left.checked_sub(read as u64).ok_or_else(damaged)?;
        if read == 0 && !buffer.is_empty() && self.left > 0 {
            return Err(damaged());
        }
        Ok(read)
    }
}
