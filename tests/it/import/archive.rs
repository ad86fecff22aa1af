//! Zips: made for the tests, right ones and wrong ones.

use super::{ELM, Files, MAP};
use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};
use std::io::Write;

/// How a member is packed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Packed {
    Stored,
    Deflated,
}

/// A zip of these members.
pub fn zip(members: &[(&str, &[u8], Packed)]) -> Vec<u8> {
    let mut archive = Vec::new();
    let mut directory = Vec::new();
    for (name, content, packed) in members {
        let bytes = match packed {
            Packed::Stored => content.to_vec(),
            Packed::Deflated => deflated(content),
        };
        let mut crc = Crc::new();
        crc.update(content);
        let method = u16::from(*packed == Packed::Deflated) * 8;
        let mut about = Vec::new();
        about.extend(20u16.to_le_bytes());
        about.extend(0u16.to_le_bytes());
        about.extend(method.to_le_bytes());
        about.extend(0u32.to_le_bytes());
        about.extend(crc.sum().to_le_bytes());
        about.extend((bytes.len() as u32).to_le_bytes());
        about.extend((content.len() as u32).to_le_bytes());
        about.extend((name.len() as u16).to_le_bytes());
        about.extend(0u16.to_le_bytes());
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(&about);
        directory.extend([0; 10]);
        directory.extend((archive.len() as u32).to_le_bytes());
        directory.extend(name.as_bytes());
        archive.extend(b"PK\x03\x04");
        archive.extend(about);
        archive.extend(name.as_bytes());
        archive.extend(bytes);
    }
    let count = (members.len() as u16).to_le_bytes();
    let (length, start) = (directory.len() as u32, archive.len() as u32);
    archive.extend(directory);
    archive.extend(b"PK\x05\x06\0\0\0\0");
    archive.extend([count, count].concat());
    archive.extend([length.to_le_bytes(), start.to_le_bytes()].concat());
    archive.extend(0u16.to_le_bytes());
    archive
}

fn deflated(content: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content).expect("memory takes it");
    encoder.finish().expect("memory takes it")
}

/// Where the directory begins, and the lengths in it.
const LENGTH: usize = 24;

fn directory_of(archive: &[u8]) -> usize {
    let found = archive.windows(4).position(|it| it == b"PK\x01\x02");
    found.expect("there is a directory")
}

fn of_map(change: impl Fn(&mut Vec<u8>)) -> super::Import {
    let mut bytes = zip(&[("map.csv", MAP.as_bytes(), Packed::Deflated)]);
    change(&mut bytes);
    Files::new().with_map(bytes).import(&ELM)
}

#[test]
fn a_whole_zip_is_read() {
    of_map(|_| {}).succeeded();
    // A comment at the end, as some programs leave it.
    of_map(|bytes| {
        let last = bytes.len() - 2;
        bytes[last] = 7;
        bytes.extend(b"comment");
    })
    .succeeded();
}

#[test]
fn a_truncated_zip_is_refused_wherever_it_is_cut() {
    let whole = zip(&[("map.csv", MAP.as_bytes(), Packed::Deflated)]);
    for length in [5, 40, whole.len() / 2, whole.len() - 30, whole.len() - 1] {
        let import = of_map(|bytes| bytes.truncate(length));
        import.refused(1, &["map.csv", "not downloaded to its end"]);
    }
}

#[test]
fn a_damaged_zip_is_refused() {
    for at in [60, 200, 400] {
        of_map(|bytes| bytes[at] ^= 0x10).refused(1, &["map.csv", "damaged"]);
    }
    // Another letter of a name, in a member that is not packed: only its checksum knows.
    let mut stored = zip(&[("map.csv", MAP.as_bytes(), Packed::Stored)]);
    let name = stored.windows(11).position(|it| it == b"THE SURGERY");
    stored[name.expect("it is there")] ^= 0x01;
    let import = Files::new().with_map(stored).import(&ELM);
    import.refused(1, &["map.csv", "damaged"]);
    // A comma that is none any more, in the header and in a row: no word of columns that are not as they should be.
    let last = MAP.lines().last().expect("a row");
    let more: String = (0..40)
        .map(|it| last.replace("P90010", &format!("P91{it:03}")) + "\n")
        .collect();
    let long = format!("{MAP}{more}");
    let whole = zip(&[("map.csv", long.as_bytes(), Packed::Stored)]);
    for column in [b"PRACTICE_CODE,", b"P90001,THE SUR"] {
        let at = whole.windows(column.len()).position(|it| it == column);
        let at =
            at.expect("it is there") + column.iter().position(|it| *it == b',').expect("a comma");
        let mut damaged = whole.clone();
        damaged[at] ^= 0x01;
        let import = Files::new().with_map(damaged).import(&ELM);
        import.refused(1, &["map.csv", "damaged"]);
        assert!(!import.errors.contains("column"), "{}", import.errors);
    }
}

#[test]
fn a_bomb_is_refused_before_it_goes_off() {
    // It says that it is large.
    let zeros = vec![b'0'; 50_000_000];
    let bomb = zip(&[("map.csv", &zeros, Packed::Deflated)]);
    let import = Files::new().with_map(bomb.clone()).import(&ELM);
    import.refused(1, &["50000000 bytes"]);
    // It says that it is small.
    let mut liar = bomb;
    let at = directory_of(&liar) + LENGTH;
    liar[at..at + 4].copy_from_slice(&1_000u32.to_le_bytes());
    let import = Files::new().with_map(liar).import(&ELM);
    import.refused(1, &["damaged"]);
    // It says that it is larger than anything.
    let import = of_map(|bytes| {
        let at = directory_of(bytes) + LENGTH;
        bytes[at..at + 4].copy_from_slice(&4_000_000_000u32.to_le_bytes());
    });
    import.refused(1, &["4000000000 bytes"]);
}

#[test]
fn what_is_packed_otherwise_is_refused() {
    let with = |offset: usize, value: u8| {
        of_map(|bytes| {
            let at = directory_of(bytes) + offset;
            bytes[at] = value;
        })
    };
    with(8, 1).refused(1, &["a zip with a password"]);
    with(10, 12).refused(1, &["packed in an unusual way"]);
}

#[test]
fn a_zip_without_the_file_is_refused() {
    let files = |members: &[(&str, &[u8], Packed)]| Files::new().with_map(zip(members));
    files(&[("read me.txt", b"hello", Packed::Stored)])
        .import(&ELM)
        .refused(1, &["a zip without a CSV", "gp-reg-pat-prac-map"]);
    files(&[
        ("a.csv", b"A\n", Packed::Stored),
        ("b.csv", b"B\n", Packed::Stored),
    ])
    .import(&ELM)
    .refused(1, &["several CSVs (a.csv, b.csv)"]);
    files(&[("[Content_Types].xml", b"<Types/>", Packed::Stored)])
        .import(&ELM)
        .refused(1, &["a workbook, not a CSV"]);
    files(&[]).import(&ELM).refused(1, &["a zip without a CSV"]);
    files(&[("../../map.csv", MAP.as_bytes(), Packed::Stored)])
        .import(&ELM)
        .refused(
            1,
            &["a zip whose CSV is hidden or has a path that leads out of it"],
        );
}
