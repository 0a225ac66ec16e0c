//! XML as a flat list of entries, by roxmltree: the text of an element by its path,
//! an attribute by the path, `@` and its name.

use roxmltree::{Document, Node, ParsingOptions};

use super::flat::{Flat, MAX_DEPTH};
use crate::facts::Problem;
use crate::source::Source;

/// More nodes than this and the file is no manifest.
const MAX_NODES: u32 = 200_000;

/// Reads XML.
pub fn read(source: &Source) -> Flat {
    read_by(source, false, walk)
}

/// Reads the outermost table of a property list: texts by the keys before them. Each names
/// its document type; one that declares entities of its own is not read.
pub fn read_plist(source: &Source) -> Flat {
    let doctype = source.text.find("<!DOCTYPE").map(|at| &source.text[at..]);
    let declares = doctype.is_some_and(|text| {
        let end = text.find('>').unwrap_or(text.len());
        text[..end].contains('[')
    });
    read_by(source, !declares, walk_plist)
}

/// Reads the texts of an Android app: those of elements by their `name`.
pub fn read_resources(source: &Source) -> Flat {
    read_by(source, false, walk_resources)
}

type Walk = fn(&Source, &Document<'_>, &mut Flat);

fn read_by(source: &Source, doctype: bool, walk: Walk) -> Flat {
    let mut flat = Flat::default();
    // roxmltree nests its own calls with the elements' depth.
    if let Some(at) = too_deep(&source.text) {
        flat.problem(Problem {
            span: Some(source.span(at..at)),
            message: "nested too deeply to be read".to_owned(),
        });
        return flat;
    }
    let options = ParsingOptions {
        nodes_limit: MAX_NODES,
        allow_dtd: doctype,
        ..ParsingOptions::default()
    };
    match Document::parse_with_options(&source.text, options) {
        Ok(document) => walk(source, &document, &mut flat),
        Err(error) => {
            let at = offset(source, error.pos());
            flat.problem(Problem {
                span: Some(source.span(at..at)),
                message: format!("not valid XML: {error}"),
            });
        }
    }
    flat
}

/// Where nesting goes over the limit, told from the tags alone.
fn too_deep(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut depth = 0usize;
    for at in memchr::memchr_iter(b'<', bytes) {
        match bytes.get(at + 1) {
            Some(b'/') => depth = depth.saturating_sub(1),
            Some(b'!' | b'?') | None => {}
            Some(_) => {
                // Without an end here there is none further on.
                let Some(end) = memchr::memchr(b'>', &bytes[at..]).map(|end| at + end) else {
                    break;
                };
                if bytes[end - 1] != b'/' {
                    depth += 1;
                }
            }
        }
        if depth > MAX_DEPTH {
            return Some(at);
        }
    }
    None
}

fn offset(source: &Source, position: roxmltree::TextPos) -> usize {
    let start = source
        .line_starts()
        .get(position.row.saturating_sub(1) as usize)
        .map_or(0, |&start| start as usize);
    source.text[start..]
        .char_indices()
        .nth(position.col.saturating_sub(1) as usize)
        .map_or(start, |(at, _)| start + at)
}

fn walk(source: &Source, document: &Document<'_>, flat: &mut Flat) {
    for node in document.descendants() {
        if !source.budget.spend(1) {
            return;
        }
        if node.is_element() {
            for attribute in node.attributes() {
                flat.push(
                    source,
                    format!("{}@{}", path(node), attribute.name()),
                    attribute.value().to_owned(),
                    attribute.range_qname(),
                    attribute.range_value(),
                );
            }
        } else if node.is_text()
            && let Some(text) = node.text()
            && let Some(parent) = node.parent_element()
        {
            let raw = source.text.get(node.range()).unwrap_or("");
            let start = node.range().start + (raw.len() - raw.trim_start().len());
            let raw = raw.trim();
            if raw.is_empty() {
                continue;
            }
            let (raw_start, raw_end) = match raw
                .strip_prefix("<![CDATA[")
                .and_then(|inner| inner.strip_suffix("]]>"))
            {
                Some(inner) => (start + 9, start + 9 + inner.len()),
                None => (start, start + raw.len()),
            };
            let tag = parent.range().start;
            flat.push(
                source,
                path(parent),
                text.trim().to_owned(),
                tag..tag,
                raw_start..raw_end,
            );
        }
    }
}

fn walk_plist(source: &Source, document: &Document<'_>, flat: &mut Flat) {
    let table = document
        .root_element()
        .children()
        .find(|node| node.has_tag_name("dict"));
    let children = table.into_iter().flat_map(|table| table.children());
    let mut key: Option<Node<'_, '_>> = None;
    for node in children.filter(Node::is_element) {
        if !source.budget.spend(1) {
            return;
        }
        if node.has_tag_name("key") {
            key = Some(node);
            continue;
        }
        let text = node.children().find(Node::is_text);
        if let Some(name) = key
            .filter(|_| node.has_tag_name("true"))
            .and_then(|key| key.text())
        {
            let name = name.trim().to_owned();
            flat.push(source, name, "true".to_owned(), node.range(), node.range());
        }
        if let Some(key) = key.take().filter(|_| node.has_tag_name("string"))
            && let (Some(name), Some(text)) = (key.text(), text)
            && let Some(value) = text.text()
        {
            let (name, value) = (name.trim().to_owned(), value.trim().to_owned());
            flat.push(source, name, value, key.range(), text.range());
        }
    }
}

fn walk_resources(source: &Source, document: &Document<'_>, flat: &mut Flat) {
    let root = document.root_element();
    for node in root.children().filter(|node| node.has_tag_name("string")) {
        if !source.budget.spend(1) {
            return;
        }
        let text = node.first_child().filter(Node::is_text);
        let attribute = node.attribute_node("name");
        if let (Some(attribute), Some(text)) = (attribute, text)
            && let Some(value) = text.text()
        {
            // Quotes keep the spaces of a text.
            let raw = &source.text[text.range()];
            let inner = raw.trim().trim_matches('"');
            let start = text.range().start + raw.find(inner).unwrap_or(0);
            flat.push(
                source,
                attribute.value().to_owned(),
                value.trim().trim_matches('"').to_owned(),
                attribute.range_value(),
                start..start + inner.len(),
            );
        }
    }
}

fn path(node: Node<'_, '_>) -> String {
    let mut names: Vec<_> = node
        .ancestors()
        .filter(Node::is_element)
        .map(|node| node.tag_name().name())
        .collect();
    names.reverse();
    names.join(".")
}

#[cfg(test)]
mod tests {
    use super::super::flat::testing::{entry, list};
    use super::*;
    use crate::source::FileId;

    fn flat(text: &str) -> Flat {
        read(&Source::from_text(FileId(0), "a.csproj", text))
    }

    #[test]
    fn paths_and_spans() {
        let text = "<Project Sdk=\"S\">\n <P><Id> é &amp; x </Id><!-- c --><D><![CDATA[<b>]]></D><E/></P></Project>";
        let list = list(&flat(text), text);
        assert_eq!(
            list,
            [
                entry("Project@Sdk", "S", "S"),
                entry("Project.P.Id", "é & x", "é &amp; x"),
                entry("Project.P.D", "<b>", "<b>"),
            ]
        );
    }

    #[test]
    fn property_lists_are_read_by_their_keys() {
        let text = "<?xml version=\"1.0\"?>\n<!DOCTYPE plist PUBLIC \"-//A//DTD PLIST 1.0//EN\" \"http://a.example/p.dtd\">\n<plist><dict><key>A</key><string>é &amp; x</string><key>B</key><true/><key>C</key><dict><key>D</key><string>no</string></dict><string>no</string><key>E</key><string/></dict></plist>";
        let flat = read_plist(&Source::from_text(FileId(0), "Info.plist", text));
        assert_eq!(
            list(&flat, text),
            [
                entry("A", "é & x", "é &amp; x"),
                entry("B", "true", "<true/>")
            ]
        );
        let bomb = "<!DOCTYPE plist [<!ENTITY a \"b\">]><plist><dict><key>A</key><string>&a;</string></dict></plist>";
        let flat = read_plist(&Source::from_text(FileId(0), "Info.plist", bomb));
        assert!(flat.entries.is_empty() && flat.problem.is_some());
    }

    #[test]
    fn texts_of_an_app_are_read_by_their_names() {
        let text = "<resources xmlns:t=\"u\"><string name=\"app_name\">\"é &amp; x\"</string><string name=\"b\" t:c=\"d\"> y </string><string/><array name=\"c\"><item>z</item></array></resources>";
        let flat = read_resources(&Source::from_text(FileId(0), "strings.xml", text));
        let wanted = [
            entry("app_name", "é & x", "é &amp; x"),
            entry("b", "y", "y"),
        ];
        assert_eq!(list(&flat, text), wanted);
    }

    #[test]
    fn damage_and_depth_are_said() {
        assert!(flat("<a><b></a>").problem.is_some());
        assert!(flat("é<").problem.is_some());
        assert!(flat("").problem.is_some());
        assert!(flat(&"<a>".repeat(10_000)).problem.is_some());
        assert!(flat(&"<".repeat(10_000)).problem.is_some());
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "[<>/a!&;\\[\\]CDATA\"= é\n-]{0,60}") {
            let _ = flat(&text);
        }
    }
}
