//! Logos that are drawn here: in which role they are told, and pictures that are no
//! pictures.

use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;

use image::{DynamicImage, ImageFormat, Rgba, RgbaImage};
use serde_json::Value;
use tempfile::TempDir;

use crate::support::{Fixture, git, run, termscheck};

const COLOURS: [[u8; 3]; 4] = [[242, 80, 34], [127, 186, 0], [0, 164, 239], [255, 185, 0]];

/// The four squares, `side` pixels, on a background.
fn squares(side: u32, background: [u8; 4], order: [usize; 4]) -> DynamicImage {
    let gap = side / 21;
    let mut picture = RgbaImage::from_pixel(side, side, Rgba(background));
    let half = (side - gap) / 2;
    for y in 0..side {
        for x in 0..side {
            let place = |at: u32| match at {
                at if at < half => Some(0),
                at if at >= side - half => Some(1),
                _ => None,
            };
            if let (Some(column), Some(row)) = (place(x), place(y)) {
                let [red, green, blue] = COLOURS[order[column + 2 * row]];
                picture.put_pixel(x, y, Rgba([red, green, blue, 255]));
            }
        }
    }
    DynamicImage::from(picture)
}

fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    match format {
        ImageFormat::Jpeg => DynamicImage::from(picture.to_rgb8()).write_to(&mut out, format),
        _ => picture.write_to(&mut out, format),
    }
    .expect("encoded");
    out.into_inner()
}

fn mark(side: u32) -> DynamicImage {
    squares(side, [255, 255, 255, 0], [0, 1, 2, 3])
}

fn drawing() -> String {
    let rects = COLOURS.iter().enumerate().map(|(at, [red, green, blue])| {
        let (x, y) = ([0, 11][at % 2], [0, 11][at / 2]);
        format!("<path d='M{x} {y}h10v10h-10z' style='fill:#{red:02x}{green:02x}{blue:02x}'/>")
    });
    let rects: String = rects.collect();
    format!(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 42 42'>\
         <g transform='translate(2 2) scale(1.8)'>{rects}</g></svg>"
    )
}

struct Repository(TempDir);

impl Repository {
    fn new(remote: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let config = format!("[remote \"origin\"]\n\turl = https://github.com/{remote}.git\n");
        let own = Self(folder);
        own.write(".git/config", config.as_bytes());
        own.write(".git/HEAD", b"ref: refs/heads/main\n");
        own.write(
            "LICENSE",
            b"MIT License\n\nCopyright (c) 2026 Contoso Labs\n",
        );
        own
    }

    fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.0.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, bytes).expect("written");
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn run(&self, arguments: &[&str]) -> Value {
        let output = termscheck()
            .args(["--format", "json", "--fail-on", "never"])
            .args(["--select", "trademark/logo"])
            .args(arguments)
            .current_dir(self.path())
            .output()
            .expect("it runs");
        serde_json::from_slice(&output.stdout).expect("JSON")
    }

    /// Path, level and message of each finding.
    fn findings(&self, arguments: &[&str]) -> Vec<[String; 3]> {
        let report = self.run(arguments);
        let found = report["findings"].as_array().expect("findings");
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        found
            .iter()
            .map(|one| {
                [
                    text(&one["path"]),
                    text(&one["severity"]),
                    text(&one["message"]),
                ]
            })
            .collect()
    }
}

#[test]
fn a_logo_is_told_by_what_it_is_used_for() {
    let icon = encoded(&mark(128), ImageFormat::Png);
    let published = br#"{"name": "harbour", "publisher": "contoso", "icon": "media/a.png"}"#;
    let private = br#"{"name": "harbour", "private": true, "icon": "media/a.png"}"#;
    let emblem = b"![Harbour](media/a.png)\n\n# Harbour\n\nKeeps ships.\n";
    let page = b"<html><head><title>Harbour for Microsoft Teams</title><link rel=icon href=media/a.png></head></html>";
    let shown = b"# Harbour\n\nFor Microsoft Teams.\n\n## Works with\n\n![them](media/a.png)\n";
    for (path, text, level) in [
        ("package.json", &published[..], Some("error")),
        ("package.json", &private[..], Some("warning")),
        ("README.md", &emblem[..], Some("warning")),
        ("index.html", &page[..], Some("warning")),
        ("README.md", &shown[..], None),
    ] {
        let repository = Repository::new("contoso-labs/harbour");
        repository.write("media/a.png", &icon);
        repository.write(path, text);
        let found = repository.findings(&[]);
        let levels: Vec<_> = found.iter().map(|one| (&*one[0], &*one[1])).collect();
        let expected: Vec<_> = level.map(|level| (path, level)).into_iter().collect();
        assert_eq!(levels, expected, "{path}");
        let pedantic = repository.findings(&["--pedantic"]);
        assert_eq!(pedantic.len(), 1, "{path}: {pedantic:?}");
        assert!(
            pedantic[0][2].contains("the logo of Microsoft"),
            "{pedantic:?}"
        );
    }
}

/// A picture that changes is told to whoever asks for changes, though the file that shows it
/// stays as it is.
#[test]
fn an_icon_that_becomes_a_logo_is_a_change() {
    let plain = encoded(
        &squares(128, [255, 255, 255, 0], [0, 0, 0, 0]),
        ImageFormat::Png,
    );
    let package = br#"{"name": "harbour", "publisher": "contoso", "icon": "media/a.png"}"#;
    let fixture = Fixture::new(&[]);
    fixture.write("media/a.png", &plain);
    fixture.write("package.json", package);
    git(&fixture, &["init", "-q"]);
    git(&fixture, &["add", "."]);
    git(&fixture, &["commit", "-qm", "x"]);
    let found = |option: &[&str]| {
        let mut command = fixture.bare(&["--format", "json", "--select", "trademark/logo"]);
        run(command.args(option)).found().len()
    };
    assert_eq!(found(&["--since", "HEAD"]), 0);
    fixture.write("media/a.png", encoded(&mark(128), ImageFormat::Png));
    assert_eq!(found(&["--since", "HEAD"]), 1);
    assert_eq!(found(&["--staged"]), 0, "it is not staged");
    git(&fixture, &["add", "."]);
    assert_eq!(found(&["--staged"]), 1);
}

#[test]
fn nothing_binds_the_owner_and_others_squares_are_none() {
    let readme = b"![Harbour](media/a.png)\n\n# Harbour\n\nKeeps ships.\n";
    let owner = Repository::new("microsoft/harbour");
    owner.write("media/a.png", &encoded(&mark(128), ImageFormat::Png));
    owner.write("README.md", readme);
    assert_eq!(owner.findings(&["--pedantic"]).len(), 0);
    let other = Repository::new("contoso-labs/harbour");
    let turned = squares(128, [255, 255, 255, 0], [1, 0, 3, 2]);
    other.write("media/a.png", &encoded(&turned, ImageFormat::Png));
    other.write("README.md", readme);
    assert_eq!(other.findings(&["--pedantic"]).len(), 0);
}

/// Four panes of one colour in shades; `round` is how far their corners are cut, `gap` the
/// room between them, `over` the radius of what lies over their middle: shares of 200 pixels.
fn panes(colour: [u8; 3], gap: f32, round: f32, over: f32) -> Vec<u8> {
    const SIDE: u32 = 200;
    let pane = (1.0 - gap) / 2.0;
    let picture = RgbaImage::from_fn(SIDE, SIDE, |x, y| {
        let (x, y) = (
            (x as f32 + 0.5) / SIDE as f32,
            (y as f32 + 0.5) / SIDE as f32,
        );
        if (x - 0.5).hypot(y - 0.5) < over {
            return Rgba([0, 0, 0, 255]);
        }
        // How far a place lies from the nearer end of its pane.
        let within = |at: f32| {
            let at = if at > 0.5 { 1.0 - at } else { at };
            (at < pane).then_some(at.min(pane - at))
        };
        let (Some(across), Some(down)) = (within(x), within(y)) else {
            return Rgba([255, 255, 255, 0]);
        };
        let (cut, drop) = ((round - across).max(0.0), (round - down).max(0.0));
        if cut.hypot(drop) > round {
            return Rgba([255, 255, 255, 0]);
        }
        let lighter = (1.0 - f32::midpoint(x, y)) * 50.0;
        let light = |channel: u8| (f32::from(channel) + lighter).clamp(0.0, 255.0);
        #[expect(clippy::cast_sign_loss, reason = "it is clamped")]
        let [red, green, blue] = colour.map(|channel| light(channel) as u8);
        Rgba([red, green, blue, 255])
    });
    encoded(&DynamicImage::from(picture), ImageFormat::Png)
}

#[test]
fn panes_are_told_to_those_who_ask_where_the_repository_speaks_of_them() {
    const BLUE: [u8; 3] = [0, 120, 212];
    let speaks = b"# Harbour\n\nA desktop in the style of Windows 11, with Microsoft Teams and Microsoft Excel.\n";
    let other = b"# Harbour\n\nBoards for boats, with Microsoft Teams and Microsoft Excel.\n";
    let cases = [
        (panes(BLUE, 0.05, 0.0, 0.0), &speaks[..], true),
        (panes(BLUE, 0.05, 0.0, 0.38), &speaks[..], true),
        (panes(BLUE, 0.05, 0.0, 0.38), &other[..], false),
        // Tiles of a board: round, with room between them, in another colour, one plane.
        (panes(BLUE, 0.05, 0.12, 0.0), &speaks[..], false),
        (panes(BLUE, 0.2, 0.0, 0.0), &speaks[..], false),
        (panes([40, 160, 60], 0.05, 0.0, 0.0), &speaks[..], false),
        (panes(BLUE, 0.0, 0.0, 0.3), &speaks[..], false),
    ];
    for (number, (picture, readme, told)) in cases.into_iter().enumerate() {
        let repository = Repository::new("contoso-labs/harbour");
        repository.write("src/start.png", &picture);
        repository.write("README.md", readme);
        assert_eq!(repository.findings(&[]).len(), 0);
        let found = repository.findings(&["--pedantic"]);
        let places: Vec<_> = found.iter().map(|one| (&*one[0], &*one[1])).collect();
        let wanted = if told {
            &[("src/start.png", "note")][..]
        } else {
            &[]
        };
        assert_eq!(places, wanted, "case {number}: {found:?}");
    }
}

#[test]
fn every_format_place_and_size_is_seen() {
    let drawn = drawing();
    let dark = squares(96, [24, 26, 31, 255], [0, 1, 2, 3]);
    let files: [(&str, Vec<u8>); 7] = [
        ("favicon.ico", encoded(&mark(16), ImageFormat::Ico)),
        ("public/favicon.svg", drawn.clone().into_bytes()),
        (
            "app/src/main/res/mipmap-hdpi/ic_launcher.webp",
            encoded(&mark(72), ImageFormat::WebP),
        ),
        (
            "ios/AppIcon.appiconset/40.jpg",
            encoded(&dark, ImageFormat::Jpeg),
        ),
        (
            "site/apple-touch-icon.png",
            encoded(&mark(180), ImageFormat::Png),
        ),
        ("site/favicon-32.png", encoded(&mark(32), ImageFormat::Png)),
        ("a.iconset/icon.gif", encoded(&mark(64), ImageFormat::Gif)),
    ];
    for (path, bytes) in files {
        let repository = Repository::new("contoso-labs/harbour");
        repository.write(path, &bytes);
        let found = repository.findings(&[]);
        assert_eq!(found.len(), 1, "{path}: {found:?}");
        assert_eq!(found[0][..2], [path.to_owned(), "warning".to_owned()]);
    }
    let repository = Repository::new("contoso-labs/harbour");
    let data = drawn
        .replace('#', "%23")
        .replace('\'', "%27")
        .replace(' ', "%20");
    let readme = format!("<img alt=\"Harbour\" src=\"data:image/svg+xml,{data}\">\n\n# Harbour\n");
    repository.write("README.md", readme.as_bytes());
    assert_eq!(repository.findings(&[]).len(), 1);
}

#[test]
fn signs_of_fonts_are_told_to_those_who_ask() {
    let page = |element: &str| {
        format!("<title>Harbour</title>\n<p>Files of Microsoft OneDrive.</p>\n{element}\n")
    };
    for (element, found) in [
        ("<i class=\"fa-brands fa-microsoft\"></i>", true),
        ("<i class='devicon-azure-plain'></i>", true),
        ("<span class=\"si si-onedrive\"></span>", true),
        ("<i class=\"mdi mdi-microsoft-azure\"></i>", true),
        ("<i class=\"fa-solid fa-word\"></i>", false),
        ("<i class=\"fa-solid fa-azure\"></i>", false),
        ("<i class=\"fa-brands fa-github\"></i>", false),
        ("<i class=\"harbour-azure\"></i>", false),
        ("<pre>`<i class=\"fa-microsoft\"></i>`</pre>", false),
    ] {
        let repository = Repository::new("contoso-labs/harbour");
        repository.write("docs/index.html", page(element).as_bytes());
        assert_eq!(repository.findings(&[]).len(), 0, "{element}");
        let asked = repository.findings(&["--pedantic"]);
        assert_eq!(asked.len(), usize::from(found), "{element}: {asked:?}");
    }
}

#[test]
fn what_is_no_picture_is_told_and_harms_nobody() {
    let repository = Repository::new("contoso-labs/harbour");
    let icon = encoded(&mark(64), ImageFormat::Png);
    repository.write("cut.png", &icon[..icon.len() / 2]);
    repository.write("text.png", b"not a picture at all\0\0");
    let mut huge = icon.clone();
    // Width and height of the header; its checksum is wrong then as well.
    huge[16..24].copy_from_slice(&[0, 0, 255, 255, 0, 0, 255, 255]);
    repository.write("huge.png", &huge);
    repository.write("wrong-ending.jpg", &icon);
    let bomb = "<g><use href='#a'/><use href='#a'/></g>".repeat(40);
    let bomb = format!("<svg xmlns='http://www.w3.org/2000/svg'><g id='a'>{bomb}</g></svg>");
    repository.write("bomb.svg", bomb.as_bytes());
    let deep = format!(
        "<svg xmlns='http://www.w3.org/2000/svg'>{}",
        "<g>".repeat(20_000)
    );
    repository.write("deep.svg", deep.as_bytes());
    repository.write(
        "README.md",
        b"# Harbour\n\nFor Microsoft Teams.\n\n![a](huge.png) ![b](cut.png) ![c](bomb.svg)\n",
    );
    let report = repository.run(&["--pedantic", "-v"]);
    let found: Vec<_> = report["findings"]
        .as_array()
        .expect("findings")
        .iter()
        .collect();
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0]["path"], "wrong-ending.jpg");
    let notices = report["notices"].to_string();
    for path in ["cut.png", "text.png"] {
        assert!(notices.contains(path), "{path}: {notices}");
    }
}

/// A PNG whose header gives a size and whose data may be anything.
fn png(pixels: u32, data: &[u8]) -> Vec<u8> {
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut chunk = |name: &[u8; 4], data: &[u8]| {
        let mut crc = flate2::Crc::new();
        crc.update(name);
        crc.update(data);
        out.extend((data.len() as u32).to_be_bytes());
        out.extend(name);
        out.extend(data);
        out.extend(crc.sum().to_be_bytes());
    };
    let size = pixels.to_be_bytes();
    chunk(b"IHDR", &[&size[..], &size[..], &[8, 6, 0, 0, 0]].concat());
    chunk(b"IDAT", data);
    chunk(b"IEND", b"");
    out
}

#[test]
fn hostile_pictures_are_bounded_and_told() {
    let repository = Repository::new("contoso-labs/harbour");
    let mut zeros = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..64 {
        zeros.write_all(&vec![0; 1024 * 1024]).expect("packed");
    }
    let bomb = zeros.finish().expect("packed");
    repository.write("bomb.png", &png(8, &bomb));
    repository.write("huge.png", &png(65535, &bomb[..1000]));
    let screen = [&b"GIF89a"[..], &[255; 4], &[0x80, 0, 0], &[0; 6]].concat();
    let frame = [&[0x2c, 0, 0, 0, 0][..], &[255; 4], &[0, 2, 2, 0x4c, 1, 0]].concat();
    let frames = [screen, frame.repeat(1000), vec![0x3b]].concat();
    repository.write("frames.gif", &frames);
    let entry = [
        &[16, 16, 0, 0, 1, 0, 32, 0][..],
        &[100, 0, 0, 0, 22, 0, 0, 0],
    ]
    .concat();
    let many = [&[0, 0, 1, 0, 255, 255][..], &entry.repeat(65535)].concat();
    repository.write("many.ico", &many);
    let rects = "<rect width='1' height='1'/>".repeat(20_000);
    let large = format!("<svg xmlns='http://www.w3.org/2000/svg'>{rects}</svg>");
    repository.write("large.svg", large.as_bytes());
    repository.write("README.md", b"# Harbour\n\nFor Microsoft Teams.\n");
    let report = repository.run(&["--pedantic", "-v"]);
    assert_eq!(report["findings"].as_array().map(Vec::len), Some(0));
    let notices = report["notices"].to_string();
    for path in ["many.ico", "large.svg"] {
        assert!(notices.contains(path), "{path}: {notices}");
    }
    // What is too large in pixels is counted.
    assert_eq!(
        report["counts"]["files"]["skipped"]["over-size"], 2,
        "{report:#}"
    );
}

#[test]
fn looks_are_written_for_packs() {
    let repository = Repository::new("contoso-labs/harbour");
    repository.write("a.svg", drawing().as_bytes());
    repository.write(
        "b.svg",
        b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><path d='M0 0h9v9h-9z'/></svg>",
    );
    let run = |path: &str| {
        let output = termscheck()
            .args(["pack", "hash", path])
            .current_dir(repository.path())
            .output()
            .expect("it runs");
        let said = String::from_utf8([output.stdout, output.stderr].concat()).expect("UTF-8");
        (output.status.code(), said)
    };
    let (code, said) = run("a.svg");
    assert_eq!(code, Some(0), "{said}");
    assert!(
        said.contains("colours: ['#f25022', '#7fba00', '#00a4ef', '#ffb900']"),
        "{said}"
    );
    let (code, said) = run("b.svg");
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("says too little"), "{said}");
    assert_eq!(run("gone.svg").0, Some(2));
}
