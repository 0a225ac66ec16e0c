//! What is found again, and what is not.

use std::path::Path;
use std::sync::Arc;

use super::build::{Builder, Prints};
use super::*;

/// Words that nobody wrote: a page of so many, different for each number.
fn page(number: u64, words: usize) -> Vec<String> {
    let mut state = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    (0..words).map(|_| format!("w{}", next() % 900)).collect()
}

fn of(text: &str) -> Words {
    let mut words = Words::default();
    words.add(text, 0);
    words
}

fn bytes(pages: &[Vec<String>]) -> Vec<u8> {
    let mut builder = Builder::default();
    for (number, page) in pages.iter().enumerate() {
        let words = of(&page.join(" "));
        let told = Page {
            path: Arc::from(format!("p{number}.md")),
            title: Arc::from(format!("Page {number}")),
            url: Arc::from("https://docs.example/p"),
            licence: Arc::from("CC-BY-4.0"),
            lines: vec![(3, 9)],
        };
        builder.add(told, &Prints::of(&words)).expect("added");
    }
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    let open = file.as_file_mut().try_clone().expect("the same file");
    builder.write(open, Path::new("an index")).expect("written");
    std::fs::read(file.path()).expect("read")
}

fn opened(pages: &[Vec<String>]) -> Indexes {
    let index = Index::of_bytes(bytes(pages), Arc::from("an index")).expect("an index");
    Indexes::new(vec![index])
}

#[test]
fn forty_words_in_common_are_found_and_twenty_five_are_not() {
    let pages: Vec<_> = (1..40).map(|number| page(number, 300)).collect();
    let indexes = opened(&pages);
    let around = page(777, 200);
    let mut found = [0; 2];
    for at in 0..100 {
        for (found, long) in found.iter_mut().zip([25, 42]) {
            let taken = &pages[7][at..at + long];
            let text = [&around[..60], taken, &around[60..]].concat().join(" ");
            let shared = indexes.compare(&of(&text));
            *found += usize::from(!shared.is_empty());
            for one in &shared {
                assert_eq!(&*one.page.title, "Page 7");
                assert_eq!(one.passages[0].lines, (3, 9));
                assert!(one.words <= long as u32 + 2, "{}", one.words);
            }
        }
    }
    assert_eq!(found[0], 0);
    assert!(found[1] >= 95, "{found:?}");
}

#[test]
fn the_parts_of_a_text_may_stand_in_another_order() {
    let pages: Vec<_> = (1..10).map(|number| page(number, 400)).collect();
    let indexes = opened(&pages);
    let mut parts: Vec<Vec<String>> = pages[3].chunks(50).map(<[String]>::to_vec).collect();
    parts.reverse();
    let shared = indexes.compare(&of(&parts.concat().join(" ")));
    assert_eq!(shared.len(), 1);
    assert!(shared[0].share > 90, "{}", shared[0].share);
}

#[test]
fn what_stands_on_many_pages_is_nobodys() {
    let same = page(99, 60);
    let pages: Vec<_> = (1..30)
        .map(|number| [page(number, 100), same.clone()].concat())
        .collect();
    let indexes = opened(&pages);
    assert!(indexes.compare(&of(&same.join(" "))).is_empty());
    assert!(!indexes.compare(&of(&pages[4].join(" "))).is_empty());
}

#[test]
fn licences_are_nobodys() {
    let text = spdx::license_id("Apache-2.0").map_or("", |id| id.text());
    let words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
    let indexes = opened(&[words]);
    assert!(indexes.compare(&of(text)).is_empty());
}

#[test]
fn scripts_without_spaces_are_compared_by_characters() {
    let text: String = (0..400_u32)
        .filter_map(|at| char::from_u32(0x4e00 + at * 37 % 5000))
        .collect();
    let indexes = opened(&[vec![text.clone()]]);
    let part: String = text.chars().skip(100).take(120).collect();
    let shared = indexes.compare(&of(&format!("前置きです。{part}。それでは。")));
    assert_eq!(shared.len(), 1);
    let short: String = text.chars().skip(100).take(50).collect();
    assert!(indexes.compare(&of(&short)).is_empty());
}

#[test]
fn an_index_that_is_none_cut_or_changed_is_refused() {
    let good = bytes(&(1..30).map(|number| page(number, 300)).collect::<Vec<_>>());
    let open = |bytes: Vec<u8>| Index::of_bytes(bytes, Arc::from("x"));
    assert!(matches!(
        open(b"PK\x03\x04".to_vec()),
        Err(IndexError::Foreign { .. })
    ));
    assert!(matches!(open(Vec::new()), Err(IndexError::Foreign { .. })));
    let mut newer = good.clone();
    newer[8] = 9;
    assert!(matches!(
        open(newer),
        Err(IndexError::Version { found: 9, .. })
    ));
    for length in [9, 50, 200, good.len() - 1] {
        let cut = open(good[..length].to_vec());
        assert!(matches!(cut, Err(IndexError::Damaged { .. })), "{length}");
    }
    // Wherever a byte is changed, it is refused at once or told when it is read.
    let text = of(&page(5, 300).join(" "));
    for at in (8..good.len()).step_by(97) {
        let mut changed = good.clone();
        changed[at] ^= 0x55;
        if let Ok(index) = open(changed) {
            let indexes = Indexes::new(vec![index]);
            let found = indexes.compare(&text).len();
            assert!(indexes.failed().is_some() || found == 1, "byte {at}");
        }
    }
}

proptest::proptest! {
    #[test]
    fn any_bytes_are_refused_without_panic(tail in proptest::collection::vec(0_u8.., 0..400)) {
        for head in [&b""[..], b"TCINDEX\n\x01\0\0\0\x0a\x0c\x24\0"] {
            let index = Index::of_bytes([head, &tail].concat(), Arc::from("x"));
            assert!(index.is_err());
        }
    }

    #[test]
    fn the_same_words_give_the_same_prints_wherever_they_stand(
        before in 0_usize..40, after in 0_usize..40
    ) {
        let text = page(3, 120);
        let own: Vec<u64> = winnow::kept(&of(&text.join(" "))).iter().map(|run| run.hash).collect();
        let around = [page(8, before), text, page(9, after)].concat();
        let all: Vec<u64> = winnow::kept(&of(&around.join(" "))).iter().map(|run| run.hash).collect();
        // But for a window at each end.
        let lost = own.iter().filter(|hash| !all.contains(hash)).count();
        assert!(lost <= 6, "{lost}");
    }
}
