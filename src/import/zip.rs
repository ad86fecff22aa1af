//! One member of a zip, as a stream that is inflated while it is read.
//!
//! Written for archives as NHS England publishes them: one disk, members stored or deflated, sizes
//! in the central directory (APPNOTE.TXT 6.3.10, PKWARE, sections 4.3 and 4.4). What is inflated is
//! limited by size and by ratio before and while it is read, and held against its length and its
//! CRC-32 at the end; encrypted archives, zip64 and other methods are refused.

use flate2::Crc;
use flate2::read::DeflateDecoder;
use std::io::{self, Read};

/// Bytes of one member at most: 400 MB, twenty times the largest file that is needed.
pub const LARGEST_MEMBER: u64 = 400_000_000;
/// Bytes of a member for each byte in the archive at most; real files have 12.
const HIGHEST_RATIO: u64 = 200;
/// Below so many bytes the ratio says nothing.
const SMALL: u64 = 1_000_000;
/// Members at most.
const MOST_MEMBERS: usize = 1_000;

const END: [u8; 4] = *b"PK\x05\x06";
const CENTRAL: [u8; 4] = *b"PK\x01\x02";
const LOCAL: [u8; 4] = *b"PK\x03\x04";
/// Lengths of the fixed parts of the three records.
const END_LENGTH: usize = 22;
const CENTRAL_LENGTH: usize = 46;
const LOCAL_LENGTH: usize = 30;
/// A comment at the end of the archive is at most so long.
const LONGEST_COMMENT: usize = 65_535;

/// What the directory says of one member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Name with its folders.
    pub name: String,
    is_encrypted: bool,
    method: u16,
    crc: u32,
    packed: u64,
    /// Length when inflated, as the directory says.
    pub length: u64,
    header: usize,
}

/// Whether these bytes begin as an archive does.
#[must_use]
pub fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(&LOCAL) || bytes.starts_with(&END)
}

const TRUNCATED: &str = "is a zip that is damaged or was not downloaded to its end";

/// The members of an archive, in its order, folders left out.
///
/// # Errors
/// What is wrong with the archive, in words that follow its name.
pub fn members(bytes: &[u8]) -> Result<Vec<Member>, String> {
    let end = end_record(bytes).ok_or(TRUNCATED)?;
    let count = usize::from(short(end, 10).ok_or(TRUNCATED)?);
    let start = long(end, 16).ok_or(TRUNCATED)?;
    if count == usize::from(u16::MAX) || start == u32::MAX {
        return Err("is a zip64 archive, which is far larger than these files are".to_owned());
    }
    if count > MOST_MEMBERS {
        return Err(format!(
            "is a zip of {count} files, more than {MOST_MEMBERS}"
        ));
    }
    let mut rest = bytes.get(start as usize..).ok_or(TRUNCATED)?;
    let mut members = Vec::with_capacity(count);
    for _ in 0..count {
        let (member, length) = member(rest).ok_or(TRUNCATED)?;
        rest = rest.get(length..).ok_or(TRUNCATED)?;
        if !member.name.ends_with('/') {
            members.push(member);
        }
    }
    Ok(members)
}

/// The record at the end of the archive, which says where the directory is.
fn end_record(bytes: &[u8]) -> Option<&[u8]> {
    let first = bytes.len().saturating_sub(END_LENGTH + LONGEST_COMMENT);
    let last = bytes.len().checked_sub(END_LENGTH)?;
    (first..=last)
        .rev()
        .map(|at| &bytes[at..])
        .find(|rest| rest.starts_with(&END))
}

/// The member at the beginning of the rest of the directory, and the length of its record.
fn member(rest: &[u8]) -> Option<(Member, usize)> {
    if !rest.starts_with(&CENTRAL) {
        return None;
    }
    let name_length = usize::from(short(rest, 28)?);
    let besides = usize::from(short(rest, 30)?) + usize::from(short(rest, 32)?);
    let name = rest.get(CENTRAL_LENGTH..CENTRAL_LENGTH + name_length)?;
    let member = Member {
        name: String::from_utf8_lossy(name).into_owned(),
        is_encrypted: short(rest, 8)? & 1 == 1,
        method: short(rest, 10)?,
        crc: long(rest, 16)?,
        packed: u64::from(long(rest, 20)?),
        length: u64::from(long(rest, 24)?),
        header: long(rest, 42)? as usize,
    };
    Some((member, CENTRAL_LENGTH + name_length + besides))
}

/// The content of a member, inflated while it is read.
///
/// # Errors
/// Why it cannot be read, in words that follow the archive's name.
pub fn open<'a>(bytes: &'a [u8], member: &Member) -> Result<Box<dyn Read + 'a>, String> {
    if member.is_encrypted {
        return Err("is a zip with a password".to_owned());
    }
    let is_bomb = member.length > SMALL && member.length / member.packed.max(1) > HIGHEST_RATIO;
    if member.length > LARGEST_MEMBER || is_bomb {
        return Err(format!(
            "is a zip whose member would be {} bytes long, from {}: more than these files are",
            member.length, member.packed
        ));
    }
    let packed = packed(bytes, member).ok_or(TRUNCATED)?;
    let inflated: Box<dyn Read + 'a> = match member.method {
        0 => Box::new(packed),
        8 => Box::new(DeflateDecoder::new(packed)),
        other => {
            return Err(format!(
                "is a zip packed by method {other}, which is not read here; unpack it and give the CSV"
            ));
        }
    };
    Ok(Box::new(Checked {
        inner: inflated,
        left: member.length,
        crc: Crc::new(),
        wanted: member.crc,
    }))
}

/// The packed bytes of a member.
fn packed<'a>(bytes: &'a [u8], member: &Member) -> Option<&'a [u8]> {
    let local = bytes.get(member.header..)?;
    if !local.starts_with(&LOCAL) {
        return None;
    }
    let start = LOCAL_LENGTH + usize::from(short(local, 26)?) + usize::from(short(local, 28)?);
    local.get(start..start.checked_add(usize::try_from(member.packed).ok()?)?)
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    let two = bytes.get(at..at + 2)?;
    Some(u16::from_le_bytes([two[0], two[1]]))
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at + 4)?;
    Some(u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
}

/// A stream that fails where it is longer or shorter than the directory says, or has another CRC.
struct Checked<R> {
    inner: R,
    left: u64,
    crc: Crc,
    wanted: u32,
}

impl<R: Read> Read for Checked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let damaged = || io::Error::new(io::ErrorKind::InvalidData, TRUNCATED);
        let read = self.inner.read(buffer).map_err(|_| damaged())?;
        self.left = self.left.checked_sub(read as u64).ok_or_else(damaged)?;
        self.crc.update(&buffer[..read]);
        let is_whole = self.left == 0 && self.crc.sum() == self.wanted;
        if read == 0 && !buffer.is_empty() && !is_whole {
            return Err(damaged());
        }
        Ok(read)
    }
}
