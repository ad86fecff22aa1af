//! Changes of bytes, of lines and of TOML's words.

use super::schema::{Schema, WILD};
use crate::dice::Dice;

/// Pieces that mean something to a reader of TOML or of text.
const PIECES: [&str; 40] = [
    "\"",
    "'",
    "\"\"\"",
    "'''",
    "[",
    "]",
    "[[",
    "]]",
    "{",
    "}",
    "=",
    ".",
    ",",
    "#",
    "\n",
    "\r\n",
    "\r",
    "\t",
    " ",
    "\0",
    "\u{feff}",
    "\u{202e}",
    "\u{200b}",
    "é",
    "日本",
    "😀",
    "e\u{301}",
    "nan",
    "-inf",
    "1e999",
    "_",
    "+",
    "-0",
    "0x",
    "1_000",
    "\\u0000",
    "\\",
    "[[posts]]\n",
    "[start]\n",
    "9434765919",
];

fn index(chance: &mut Dice, length: usize) -> usize {
    chance.below(length.max(1) as u64) as usize
}

/// Bytes of any sort, TOML's own pieces among them.
pub fn noise(chance: &mut Dice) -> Vec<u8> {
    let mut bytes = Vec::new();
    for _ in 0..chance.below(60) {
        match chance.below(4) {
            0 => bytes.push(chance.below(256) as u8),
            1 => bytes.push(b' ' + chance.below(95) as u8),
            2 => bytes.extend(chance.pick(&PIECES).as_bytes()),
            _ => bytes.extend(
                chance
                    .pick(&["a", "posts", "wte", "schema = 1\n", "1"])
                    .as_bytes(),
            ),
        }
    }
    bytes
}

/// A scenario's text changed in one to six places, now and then in another encoding.
pub fn mutated(chance: &mut Dice, text: &str, others: &[&str]) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    let most = if chance.yes(60) { 2 } else { 6 };
    let many = 1 + chance.below(most);
    for _ in 0..many {
        change(chance, &mut bytes, others);
    }
    encoded(chance, bytes)
}

fn encoded(chance: &mut Dice, bytes: Vec<u8>) -> Vec<u8> {
    match chance.below(40) {
        0 => [b"\xef\xbb\xbf", &bytes[..]].concat(),
        1 => String::from_utf8_lossy(&bytes)
            .replace('\n', "\r\n")
            .into_bytes(),
        2 => String::from_utf8_lossy(&bytes)
            .replace('\n', "\r")
            .into_bytes(),
        3 => {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            text.encode_utf16().flat_map(u16::to_le_bytes).collect()
        }
        4 => {
            let text = format!("\u{feff}{}", String::from_utf8_lossy(&bytes));
            text.encode_utf16().flat_map(u16::to_be_bytes).collect()
        }
        _ => bytes,
    }
}

fn change(chance: &mut Dice, bytes: &mut Vec<u8>, others: &[&str]) {
    match chance.below(14) {
        0 => change_bytes(chance, bytes),
        1 => {
            let at = index(chance, bytes.len() + 1);
            let piece = chance.pick(&PIECES).bytes();
            bytes.splice(at..at, piece);
        }
        2 => splice(chance, bytes, others),
        3 | 4 => change_lines(chance, bytes, others),
        5 => nest(chance, bytes),
        6 => swap_words(chance, bytes),
        _ => change_value(chance, bytes),
    }
}

/// Sets, takes out or doubles a few bytes.
fn change_bytes(chance: &mut Dice, bytes: &mut Vec<u8>) {
    if bytes.is_empty() {
        return;
    }
    let from = index(chance, bytes.len());
    let to = (from + index(chance, 40)).min(bytes.len());
    match chance.below(3) {
        0 => bytes[from] = chance.below(256) as u8,
        1 => drop(bytes.drain(from..to)),
        _ => {
            let piece = bytes[from..to].to_vec();
            bytes.splice(from..from, piece);
        }
    }
}

/// Puts a piece of another scenario in.
fn splice(chance: &mut Dice, bytes: &mut Vec<u8>, others: &[&str]) {
    let other = chance.pick(others).as_bytes();
    let from = index(chance, other.len());
    let to = (from + index(chance, 300)).min(other.len());
    let at = index(chance, bytes.len() + 1);
    bytes.splice(at..at, other[from..to].iter().copied());
}

fn lines(bytes: &[u8]) -> Vec<Vec<u8>> {
    bytes
        .split_inclusive(|byte| *byte == b'\n')
        .map(<[u8]>::to_vec)
        .collect()
}

/// Takes out, doubles or swaps lines, or takes one from elsewhere.
fn change_lines(chance: &mut Dice, bytes: &mut Vec<u8>, others: &[&str]) {
    let mut all = lines(bytes);
    if all.is_empty() {
        return;
    }
    let (a, b) = (index(chance, all.len()), index(chance, all.len()));
    match chance.below(4) {
        0 => drop(all.remove(a)),
        1 => all.insert(b, all[a].clone()),
        2 => all.swap(a, b),
        _ => {
            let other = lines(chance.pick(others).as_bytes());
            let line = other[index(chance, other.len())].clone();
            all.insert(a, line);
        }
    }
    *bytes = all.concat();
}

/// Makes something deep.
fn nest(chance: &mut Dice, bytes: &mut Vec<u8>) {
    let depth = [3, 39, 41, 80, 200, 5_000][index(chance, 6)];
    let piece = match chance.below(4) {
        0 => format!("deep = {}1{}\n", "[".repeat(depth), "]".repeat(depth)),
        1 => format!("deep = {}1{}\n", "{a=".repeat(depth), "}".repeat(depth)),
        2 => format!("deep{} = 1\n", ".a".repeat(depth)),
        _ => format!("[deep{}]\n", ".a".repeat(depth)),
    };
    let all = lines(bytes);
    let at: usize = all[..index(chance, all.len() + 1)]
        .iter()
        .map(Vec::len)
        .sum();
    bytes.splice(at..at, piece.into_bytes());
}

/// Places of the lines that give a key a value, and where the value begins.
fn values(bytes: &[u8]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    for line in lines(bytes) {
        let end = at + line.len();
        let equals = line.iter().position(|byte| *byte == b'=');
        if let Some(equals) = equals.filter(|_| line.first() != Some(&b'#')) {
            found.push((at + equals + 1, end));
        }
        at = end;
    }
    found
}

/// Another value for a key: a wild one, that of another key, or its digits changed.
fn change_value(chance: &mut Dice, bytes: &mut Vec<u8>) {
    let places = values(bytes);
    if places.is_empty() {
        return;
    }
    let (from, to) = places[index(chance, places.len())];
    let value = match chance.below(4) {
        0 => {
            let (from, to) = places[index(chance, places.len())];
            bytes[from..to].to_vec()
        }
        1 | 2 => changed_number(chance, &bytes[from..to]),
        _ => format!(" {}\n", wild(chance)).into_bytes(),
    };
    bytes.splice(from..to, value);
}

/// A value that no range expects, now and then of unusual length.
pub fn wild(chance: &mut Dice) -> String {
    match chance.below(12) {
        0 => "9".repeat(1 + index(chance, 400)),
        1 => format!("0.{}1", "0".repeat(index(chance, 400))),
        2 => format!("\"{}\"", "x".repeat(index(chance, 3_000))),
        3 => format!("[{}]", "1,".repeat(index(chance, 400))),
        _ => chance.pick(&WILD).to_owned(),
    }
}

/// The line's first number made larger, smaller, or something else.
fn changed_number(chance: &mut Dice, value: &[u8]) -> Vec<u8> {
    let is_number = |byte: &u8| byte.is_ascii_digit();
    let Some(from) = value.iter().position(is_number) else {
        return value.to_vec();
    };
    let length = value[from..]
        .iter()
        .take_while(|it| is_number(it) || **it == b'.')
        .count();
    let written = String::from_utf8_lossy(&value[from..from + length]).into_owned();
    let new = match (chance.below(8), written.parse::<f64>()) {
        (0, Ok(number)) => format!("{}", number * 1000.0),
        (1, Ok(number)) => format!("{}", number / 1000.0),
        (2 | 3, Ok(number)) => format!("{}", number * chance.between(0.0, 3.0)),
        (4, Ok(number)) => format!("{}", number.trunc() + 1.0),
        (5, _) => "0".to_owned(),
        (6, _) => format!("-{written}"),
        _ => wild(chance),
    };
    [&value[..from], new.as_bytes(), &value[from + length..]].concat()
}

/// Swaps two words of the text.
fn swap_words(chance: &mut Dice, bytes: &mut Vec<u8>) {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let words: Vec<&str> = text.split_inclusive([' ', '\n', '.', ',']).collect();
    if words.len() < 2 {
        return;
    }
    let (a, b) = (index(chance, words.len()), index(chance, words.len()));
    let mut swapped = words;
    swapped.swap(a, b);
    *bytes = swapped.concat().into_bytes();
}

/// What may follow `--set`, right or not.
pub fn argument(chance: &mut Dice, schema: &Schema) -> String {
    let set = schema.set(chance);
    let mut argument = format!("{}={}", set.path, set.value).into_bytes();
    match chance.below(6) {
        0 => String::from_utf8_lossy(&noise(chance)).into_owned(),
        1 => format!("{}={}", set.path, wild(chance)),
        2 => format!("{}{}=1", set.path, ".a".repeat(index(chance, 3_000))),
        3 => {
            let depth = index(chance, 3_000);
            format!("{}={{a{}=1}}", set.path, ".a".repeat(depth))
        }
        _ => {
            for _ in 0..=chance.below(3) {
                change_bytes(chance, &mut argument);
            }
            String::from_utf8_lossy(&argument).into_owned()
        }
    }
}
