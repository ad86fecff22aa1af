//! A small reader of the page: it takes only what is well formed, as XML is, and gives a tree.

/// Elements that hold nothing.
const VOID: [&str; 2] = ["meta", "wbr"];
/// Elements whose content is no markup.
const RAW: [&str; 2] = ["style", "script"];

/// An element, or a text without a name.
#[derive(Clone, Debug, Default)]
pub struct Node {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub children: Vec<Node>,
    pub text: String,
}

impl Node {
    /// The value of an attribute.
    pub fn get(&self, name: &str) -> Option<&str> {
        let mut attributes = self.attributes.iter();
        let found = attributes.find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }

    /// All text in it.
    pub fn words(&self) -> String {
        let inner: String = self.children.iter().map(Node::words).collect();
        format!("{}{inner}", self.text)
    }

    /// Every element in it of this name, itself included.
    pub fn all<'a>(&'a self, name: &str) -> Vec<&'a Node> {
        let own = (self.name == name).then_some(self).into_iter();
        let inner = self.children.iter().flat_map(|it| it.all(name));
        own.chain(inner).collect()
    }

    /// The element with this id.
    pub fn by_id<'a>(&'a self, id: &str) -> Option<&'a Node> {
        if self.get("id") == Some(id) {
            return Some(self);
        }
        self.children.iter().find_map(|it| it.by_id(id))
    }

    /// Every id in it.
    pub fn ids(&self) -> Vec<&str> {
        let own = self.get("id").into_iter();
        own.chain(self.children.iter().flat_map(Node::ids))
            .collect()
    }

    /// The cells of a row of a table.
    pub fn cells(&self) -> Vec<&Node> {
        let is_cell = |it: &&Node| it.name == "td" || it.name == "th";
        self.children.iter().filter(is_cell).collect()
    }
}

/// The root element of a page.
///
/// # Errors
/// What is not well formed, and what follows it.
pub fn read(page: &str) -> Result<Node, String> {
    let rest = page.strip_prefix("<!DOCTYPE html>\n").ok_or("no doctype")?;
    let (root, rest) = element(rest)?;
    match rest.trim().is_empty() {
        true => Ok(root),
        false => Err(format!("after the end: {}", head(rest))),
    }
}

fn element(text: &str) -> Result<(Node, &str), String> {
    let wrong = |why: &str| format!("{why}: {}", head(text));
    let inside = text.strip_prefix('<').ok_or_else(|| wrong("no element"))?;
    let end = inside
        .find(['>', ' ', '/'])
        .ok_or_else(|| wrong("no end"))?;
    let mut node = Node {
        name: inside[..end].to_owned(),
        ..Node::default()
    };
    let mut rest = &inside[end..];
    loop {
        rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix("/>") {
            return Ok((node, after));
        }
        if let Some(after) = rest.strip_prefix('>') {
            rest = after;
            break;
        }
        let (key, after) = rest
            .split_once("=\"")
            .ok_or_else(|| wrong("no attribute"))?;
        let (value, after) = after.split_once('"').ok_or_else(|| wrong("no quote"))?;
        if key.is_empty() || key.contains([' ', '<', '>', '"']) || value.contains('<') {
            return Err(wrong("no attribute"));
        }
        node.attributes.push((key.to_owned(), plain(value)?));
        rest = after;
    }
    if VOID.contains(&node.name.as_str()) {
        return Err(wrong("is not closed"));
    }
    let close = format!("</{}>", node.name);
    if RAW.contains(&node.name.as_str()) {
        let (raw, after) = rest.split_once(&close).ok_or_else(|| wrong("never ends"))?;
        node.children.push(Node {
            text: raw.to_owned(),
            ..Node::default()
        });
        return Ok((node, after));
    }
    loop {
        if let Some(after) = rest.strip_prefix(&close) {
            return Ok((node, after));
        }
        if rest.starts_with('<') {
            let (child, after) = element(rest)?;
            node.children.push(child);
            rest = after;
            continue;
        }
        let end = rest.find('<').ok_or_else(|| wrong("never ends"))?;
        node.children.push(Node {
            text: plain(&rest[..end])?,
            ..Node::default()
        });
        rest = &rest[end..];
    }
}

/// Text without references; a bare `&`, `>` or quote is an error.
fn plain(text: &str) -> Result<String, String> {
    let known = [
        ("&lt;", '<'),
        ("&gt;", '>'),
        ("&quot;", '"'),
        ("&#39;", '\''),
        ("&amp;", '&'),
    ];
    let mut plain = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if first == '&' {
            let found = known
                .iter()
                .find(|(reference, _)| rest.starts_with(reference));
            let (reference, letter) = found.ok_or_else(|| format!("a bare &: {}", head(rest)))?;
            plain.push(*letter);
            rest = &rest[reference.len()..];
        } else if first == '>' {
            return Err(format!("a bare >: {}", head(rest)));
        } else {
            plain.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    Ok(plain)
}

fn head(text: &str) -> String {
    text.chars().take(120).collect()
}

#[test]
fn what_is_not_well_formed_is_refused() {
    let wrong = [
        "<p>",
        "<p><b></p></b>",
        "<p>a & b</p>",
        "<p title=\"<\"></p>",
        "<p title=a></p>",
        "<p></p><p></p>",
        "<wbr>",
    ];
    for page in wrong {
        assert!(read(&format!("<!DOCTYPE html>\n{page}")).is_err(), "{page}");
    }
    let page = read("<!DOCTYPE html>\n<p title=\"&lt;\">a &amp; <b>b</b><wbr/></p>\n");
    let page = page.expect("well formed");
    assert_eq!(
        (page.words().as_str(), page.get("title")),
        ("a & b", Some("<"))
    );
}
