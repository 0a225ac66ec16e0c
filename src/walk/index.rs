//! Which files git tracks, from the list that it keeps in its index. A file that is
//! tracked is part of the repository, even where `.gitignore` names it.

/// Longest path that is told of, as long as systems let one be.
const MAX_PATH: usize = 4096;

/// Bytes of an entry before the name of its object: times, owner, mode, size.
const STAT: usize = 40;

/// Where in an entry the mode stands.
const MODE: usize = 24;

/// Lengths of the names of objects, the usual one first.
const OBJECT_NAMES: [usize; 2] = [20, 32];

/// Calls `visit` with the path of each regular file that an index lists, in its order, and
/// the name of its object; tells whether it is one: one that is cut off gives nothing.
pub fn tracked(bytes: &[u8], mut visit: impl FnMut(&[u8], &[u8])) -> bool {
    // The length of the names is said elsewhere: the wrong one gives no list.
    let name = OBJECT_NAMES
        .into_iter()
        .find(|&name| entries(bytes, name, &mut |_, _| {}).is_some());
    let Some(name) = name else { return false };
    entries(bytes, name, &mut visit).is_some()
}

/// Goes through the entries with object names of a length; nothing where they are no
/// list of entries.
fn entries(bytes: &[u8], object_name: usize, visit: &mut dyn FnMut(&[u8], &[u8])) -> Option<()> {
    let mut rest = bytes.strip_prefix(b"DIRC")?;
    let version = number(&mut rest)?;
    if !(2..=4).contains(&version) {
        return None;
    }
    let count = number(&mut rest)?;
    let mut path = Vec::new();
    for _ in 0..count {
        let start = rest;
        let mode = u32::from_be_bytes(*rest.get(MODE..)?.first_chunk()?);
        rest = rest.get(STAT + object_name..)?;
        let flags = u16::from_be_bytes(*rest.first_chunk()?);
        let extended = version > 2 && flags & 0x4000 != 0;
        rest = rest.get(if extended { 4 } else { 2 }..)?;
        if version == 4 {
            let dropped = varint(&mut rest)?;
            path.truncate(path.len().checked_sub(dropped)?);
        } else {
            path.clear();
        }
        let length = memchr::memchr(0, rest)?;
        if path.len() + length > MAX_PATH {
            return None;
        }
        path.extend_from_slice(&rest[..length]);
        rest = &rest[length..];
        let used = start.len() - rest.len();
        // Zeros to a multiple of eight, one at least.
        let padding = if version == 4 { 1 } else { 8 - used % 8 };
        if rest.get(..padding)?.iter().any(|&byte| byte != 0) {
            return None;
        }
        rest = &rest[padding..];
        let kind = mode >> 12;
        // Files, links, submodules, and folders of a sparse checkout.
        if path.is_empty() || !matches!(kind, 0o10 | 0o12 | 0o16 | 0o4) {
            return None;
        }
        if kind == 0o10 {
            visit(&path, start.get(STAT..STAT + object_name)?);
        }
    }
    Some(())
}

fn number(rest: &mut &[u8]) -> Option<u32> {
    let (first, after) = rest.split_first_chunk()?;
    *rest = after;
    Some(u32::from_be_bytes(*first))
}

/// A number of variable length as git writes it in packs: each further byte counts one
/// more than its bits say.
fn varint(rest: &mut &[u8]) -> Option<usize> {
    let mut value = 0_usize;
    loop {
        let (&byte, after) = rest.split_first()?;
        *rest = after;
        value = value
            .checked_shl(7)?
            .checked_add(usize::from(byte & 0x7F))?;
        if byte & 0x80 == 0 {
            return Some(value);
        }
        if value > MAX_PATH {
            return None;
        }
        value += 1;
    }
}

#[cfg(test)]
pub(in crate::walk) mod tests {
    use proptest::prelude::*;

    use super::*;

    /// An index as git writes it.
    pub(in crate::walk) fn index(
        version: u32,
        object_name: usize,
        files: &[(&str, u32)],
    ) -> Vec<u8> {
        let mut bytes = b"DIRC".to_vec();
        bytes.extend(version.to_be_bytes());
        bytes.extend((files.len() as u32).to_be_bytes());
        let mut last = "";
        for (path, mode) in files {
            let start = bytes.len();
            bytes.extend([0x5A; MODE]);
            bytes.extend(mode.to_be_bytes());
            bytes.resize(start + STAT + object_name, 0x5A);
            let extended = version == 3;
            let length = path.len().min(0xFFF) as u16;
            bytes.extend((length | if extended { 0x4000 } else { 0 }).to_be_bytes());
            if extended {
                bytes.extend([0x20, 0]);
            }
            if version == 4 {
                let same = path.bytes().zip(last.bytes()).take_while(|(a, b)| a == b);
                let same = same.count();
                bytes.push((last.len() - same) as u8);
                bytes.extend(&path.as_bytes()[same..]);
                bytes.push(0);
                last = path;
            } else {
                bytes.extend(path.as_bytes());
                let padding = 8 - (bytes.len() - start) % 8;
                bytes.resize(bytes.len() + padding, 0);
            }
        }
        // The digest at the end is not read.
        bytes.extend([1; 20]);
        bytes
    }

    fn paths(bytes: &[u8]) -> Vec<String> {
        let mut paths = Vec::new();
        tracked(bytes, |path, _| {
            paths.push(String::from_utf8_lossy(path).into_owned());
        });
        paths
    }

    #[test]
    fn every_version_lists_the_files() {
        let files = [
            ("a.md", 0o100_644),
            ("docs/a", 0o120_000),
            ("docs/a.md", 0o100_755),
            ("lib", 0o160_000),
        ];
        for version in 2..=4 {
            for object_name in OBJECT_NAMES {
                let bytes = index(version, object_name, &files);
                let label = format!("version {version}, {object_name}");
                assert_eq!(paths(&bytes), ["a.md", "docs/a.md"], "{label}");
            }
        }
        assert_eq!(paths(&index(5, 20, &files)), <[String; 0]>::default());
    }

    #[test]
    fn numbers_of_variable_length() {
        for (bytes, value) in [
            (&[0x00][..], 0),
            (&[0x7F], 127),
            (&[0x80, 0x00], 128),
            (&[0x81, 0x01], 257),
        ] {
            assert_eq!(varint(&mut &*bytes), Some(value));
        }
        assert_eq!(varint(&mut &[0xFF; 20][..]), None);
        assert_eq!(varint(&mut &[0x80][..]), None);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            for version in 2..=4_u32 {
                let mut whole = b"DIRC".to_vec();
                whole.extend(version.to_be_bytes());
                whole.extend(&bytes);
                let _ = paths(&whole);
            }
        }

        #[test]
        fn a_broken_index_is_read_without_panic(
            version in 2..=4_u32,
            at in 0..400_usize,
            byte in any::<u8>(),
            end in 0..400_usize,
        ) {
            let files = [("a.md", 0o100_644), ("a/b.md", 0o100_644), ("a/b/c.md", 0o100_644)];
            let mut bytes = index(version, 20, &files);
            let at = at % bytes.len();
            bytes[at] = byte;
            bytes.truncate(end.max(12));
            for path in paths(&bytes) {
                prop_assert!(path.len() <= MAX_PATH);
            }
        }
    }
}
