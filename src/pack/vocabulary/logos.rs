//! `logos.yaml`: what the owner's logos look like, and where pictures are used.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Vocabulary;
use crate::facts::picture::{FourSquares, Logo, Look, Picture};
use crate::pack::Glob;

/// `logos.yaml`: what the owner's logos look like, and where pictures are used.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Logos {
    /// Marks of four squares.
    pub squares: Vec<Squares>,
    /// Marks of the panes of a window in one colour: the like of them is drawn by others, so
    /// that they count where the repository speaks of the mark.
    pub panes: Vec<Squares>,
    /// Marks of other shapes.
    pub pictures: Vec<Drawn>,
    /// Hosts that draw a logo into a badge or icon, by its name in the address.
    pub badges: Vec<Badge>,
    /// What the classes of icons in fonts begin with: `fa-`.
    pub icon_classes: Vec<IconClass>,
    /// Paths at which a picture is the icon of an app by convention.
    pub icons: Vec<Glob>,
    /// Words that may stand beside a mark in the alternative text of its logo: `the`.
    pub beside: Vec<String>,
    /// Words of buttons and banners that hold a logo by the owner's leave: `deploy`.
    pub buttons: Vec<String>,
}

/// A mark of four squares.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Squares {
    /// The mark.
    pub mark: String,
    /// The colours of the squares by rows, as `#rrggbb`.
    pub colours: [Colour; 4],
    /// Where this is told.
    pub source: String,
}

/// A mark of another shape.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Drawn {
    /// The mark.
    pub mark: String,
    /// What it looks like, as `termscheck pack hash` writes it.
    #[serde(deserialize_with = "look")]
    #[schemars(with = "String")]
    pub look: Look,
    /// The picture that it was made from.
    pub source: String,
}

/// A font of icons.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IconClass {
    /// What the classes of its icons begin with.
    pub start: String,
    /// It holds nothing but brands: an ordinary word is the name of one.
    #[serde(default)]
    pub brands: bool,
}

/// A host that draws logos.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Badge {
    /// The host.
    pub host: String,
    /// The parameter of the address that names the logo; without one its path does.
    #[serde(default)]
    pub parameter: Option<String>,
}

/// A colour: red, green, blue.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(with = "String")]
pub struct Colour([u8; 3]);

impl TryFrom<String> for Colour {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let wrong = || format!("`{text}` is no colour; expected one such as #00a4ef");
        let digits = text.strip_prefix('#').filter(|rest| rest.len() == 6);
        let digits = digits.ok_or_else(wrong)?;
        let part = |at: usize| digits.get(at..at + 2);
        let mut colour = [0; 3];
        for (at, channel) in colour.iter_mut().enumerate() {
            let part = part(at * 2).ok_or_else(wrong)?;
            *channel = u8::from_str_radix(part, 16).map_err(|_| wrong())?;
        }
        Ok(Self(colour))
    }
}

fn look<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Look, D::Error> {
    let text = String::deserialize(deserializer)?;
    Look::read(&text).ok_or_else(|| {
        serde::de::Error::custom("no look; expected what `termscheck pack hash` writes")
    })
}

/// Degrees that a hue may lie from that of a mark: compression and other profiles move it
/// by less, and the pure red, green and blue of a palette lie further off.
const HUE: f32 = 13.0;
/// Steps of a channel within which a colour is the mark's own, where no gap is seen
/// between the squares.
const OWN: u8 = 18;
/// Likeness of outlines from which two drawings are one. Of the icons of twelve packages
/// none that is another comes nearer than 0.79 to an outline of much detail, and than
/// 0.84 to one of less; the marks themselves, from 32 pixels on, keep 0.85 and 0.87.
const LIKE: f32 = 0.81;
const LIKE_PLAIN: f32 = 0.86;
/// Detail from which an outline says much.
const MUCH: f32 = 4.2;
/// Share of places that have the same colours.
const TONES: f32 = 0.75;
/// How far the sides of two drawings may differ, in hundredths of the one.
const ASPECT: u16 = 12;
/// Detail under which an outline says too little, whatever its colours.
pub const DETAIL: f32 = 2.8;

impl Logos {
    /// The mark that a picture shows.
    pub fn find(&self, picture: &Picture) -> Option<&str> {
        if let Some(squares) = &picture.squares
            && let Some(known) = self.squares.iter().find(|known| known.is(squares))
        {
            return Some(&known.mark);
        }
        let looks = picture.looks.iter();
        let found = looks.flat_map(|look| {
            self.pictures
                .iter()
                .filter_map(move |known| Some((known.likeness(look)?, known)))
        });
        // Of equals the first in the file.
        let best = found.reduce(|best, next| if next.0 > best.0 { next } else { best });
        best.map(|(_, known)| known.mark.as_str())
    }

    /// The mark that a picture shows, or what others draw as well.
    pub fn seen(&self, picture: &Picture) -> Option<Logo> {
        let sure = self.find(picture).map(str::to_owned);
        if let Some(mark) = sure {
            return Some(Logo {
                mark,
                common: false,
            });
        }
        let panes = picture.panes.as_ref()?;
        let known = self.panes.iter().find(|known| known.is_shaded(panes))?;
        Some(Logo {
            mark: known.mark.clone(),
            common: true,
        })
    }

    /// Whether it knows any logo.
    pub fn is_empty(&self) -> bool {
        self.squares.is_empty() && self.panes.is_empty() && self.pictures.is_empty()
    }
}

impl Squares {
    fn is(&self, squares: &FourSquares) -> bool {
        let near = |(own, seen): (&Colour, &[u8; 3])| {
            let apart = own.0.iter().zip(seen).map(|(a, b)| a.abs_diff(*b)).max();
            let own_colour = apart.is_some_and(|apart| apart <= OWN);
            own_colour || (squares.gap && is_like(own.0, *seen))
        };
        self.colours.iter().zip(&squares.colours).all(near)
    }

    /// Whether panes have its colours in any shade.
    fn is_shaded(&self, panes: &[[u8; 3]; 4]) -> bool {
        let near = |(own, seen): (&Colour, &[u8; 3])| {
            let (own, seen) = (shade(own.0), shade(*seen));
            own.is_near_in_hue(&seen)
                && (own.saturation - seen.saturation).abs() <= 0.45
                && (own.value - seen.value).abs() <= 0.3
        };
        self.colours.iter().zip(panes).all(near)
    }
}

/// Whether two colours have the same hue, and neither is much greyer or darker.
fn is_like(own: [u8; 3], seen: [u8; 3]) -> bool {
    let (own, seen) = (shade(own), shade(seen));
    own.is_near_in_hue(&seen)
        && (own.saturation - seen.saturation).abs() <= 0.3
        && (own.value - seen.value).abs() <= 0.25
}

struct Shade {
    hue: f32,
    saturation: f32,
    value: f32,
}

impl Shade {
    fn is_near_in_hue(&self, other: &Self) -> bool {
        let apart = (self.hue - other.hue).abs();
        apart.min(360.0 - apart) <= HUE
    }
}

fn shade(colour: [u8; 3]) -> Shade {
    let [red, green, blue] = colour.map(|channel| f32::from(channel) / 255.0);
    let value = red.max(green).max(blue);
    let range = value - red.min(green).min(blue);
    let sixth = if range <= 0.0 {
        0.0
    } else if value <= red {
        (green - blue) / range
    } else if value <= green {
        (blue - red) / range + 2.0
    } else {
        (red - green) / range + 4.0
    };
    Shade {
        hue: (sixth * 60.0).rem_euclid(360.0),
        saturation: if value > 0.0 { range / value } else { 0.0 },
        value,
    }
}

impl Drawn {
    /// How like the mark a picture looks, where it is like enough.
    fn likeness(&self, look: &Look) -> Option<f32> {
        let own = &self.look;
        let allowed = own.aspect.max(look.aspect) * ASPECT / 100;
        if own.aspect.abs_diff(look.aspect) > allowed {
            return None;
        }
        // A drawing of many colours is not the mark of one; a mark of one is drawn in any.
        if own.is_coloured() != look.is_coloured()
            || (own.is_coloured() && own.tone_likeness(look) < TONES)
        {
            return None;
        }
        let likeness = own.likeness(look);
        let wanted = if own.detail() >= MUCH {
            LIKE
        } else {
            LIKE_PLAIN
        };
        (likeness >= wanted).then_some(likeness)
    }
}

impl Vocabulary for Logos {
    const FILE: &'static str = "logos.yaml";

    fn validate(&self) -> Result<(), (String, String)> {
        for (index, squares) in self.squares.iter().enumerate() {
            named(&format!("squares.{index}"), &squares.mark, &squares.source)?;
        }
        for (index, panes) in self.panes.iter().enumerate() {
            named(&format!("panes.{index}"), &panes.mark, &panes.source)?;
        }
        for (index, drawn) in self.pictures.iter().enumerate() {
            let key = format!("pictures.{index}");
            named(&key, &drawn.mark, &drawn.source)?;
            if drawn.look.detail() < DETAIL {
                let message = "an outline that says too little: others look like it";
                return Err((format!("{key}.look"), message.to_owned()));
            }
        }
        Ok(())
    }
}

fn named(key: &str, mark: &str, source: &str) -> Result<(), (String, String)> {
    for (name, value) in [("mark", mark), ("source", source)] {
        if value.trim().is_empty() {
            return Err((format!("{key}.{name}"), format!("the {name} is empty")));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLOURS: &str =
        "squares: [{mark: Acme, source: a, colours: ['#f25022', '#7fba00', '#00a4ef', '#ffb900']}]";

    fn seen(colours: [[u8; 3]; 4], gap: bool) -> Picture {
        Picture {
            looks: Vec::new(),
            squares: Some(FourSquares { colours, gap }),
            panes: None,
        }
    }

    #[test]
    fn panes_are_known_by_their_colour_in_any_shade_and_are_common() {
        let text = "panes: [{mark: Acme, source: a, colours: ['#0078d4', '#0078d4', '#0078d4', '#0078d4']}]";
        let logos: Logos = serde_yaml::from_str(text).expect("logos");
        let seen = |colour: [u8; 3]| {
            let panes = Some([[0, 120, 212], [70, 190, 250], colour, [0, 120, 212]]);
            let picture = Picture {
                panes,
                ..Picture::default()
            };
            logos.seen(&picture).map(|logo| (logo.mark, logo.common))
        };
        assert_eq!(seen([20, 130, 220]), Some(("Acme".to_owned(), true)));
        assert_eq!(seen([0, 160, 60]), None);
        assert_eq!(seen([60, 70, 80]), None);
    }

    #[test]
    fn squares_are_known_by_their_hues_and_order() {
        let logos: Logos = serde_yaml::from_str(COLOURS).expect("logos");
        let own = [[242, 80, 34], [127, 186, 0], [0, 164, 239], [255, 185, 0]];
        assert_eq!(logos.find(&seen(own, true)), Some("Acme"));
        assert_eq!(logos.find(&seen(own, false)), Some("Acme"));
        let shifted = [
            [235, 90, 40],
            [120, 180, 20],
            [20, 160, 230],
            [250, 190, 20],
        ];
        assert_eq!(logos.find(&seen(shifted, true)), Some("Acme"));
        let other_order = [own[1], own[0], own[2], own[3]];
        let palette = [[255, 0, 0], [0, 255, 0], [0, 0, 255], [255, 255, 0]];
        for colours in [other_order, palette] {
            assert_eq!(logos.find(&seen(colours, true)), None);
        }
        assert_eq!(logos.find(&Picture::default()), None);
    }

    #[test]
    fn what_is_wrong_is_told() {
        for text in [
            "squares: [{mark: A, source: b, colours: ['#f25022', red, '#00a4ef', '#ffb900']}]",
            "pictures: [{mark: A, source: b, look: x}]",
        ] {
            assert!(serde_yaml::from_str::<Logos>(text).is_err(), "{text}");
        }
        let flat = format!("100:{}:{}", "a".repeat(16), "f".repeat(144));
        let text = format!("pictures: [{{mark: A, source: b, look: '{flat}'}}]");
        let logos: Logos = serde_yaml::from_str(&text).expect("logos");
        assert_eq!(logos.validate().expect_err("a square").0, "pictures.0.look");
    }
}
