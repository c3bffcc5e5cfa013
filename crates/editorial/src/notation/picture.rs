//! The line of a picture: `![وصف](media:17 "شرح" "مصدر")`.

use super::{
    Faults, NotationFault,
    letters::{
        Letter, digit, escaped, escaped_address, escaped_name, is_picture_address, letters, words,
    },
    lines::{Line, bracket_end},
};
use crate::{Id, body::Image};

/// A part of what stands in the parentheses.
enum Part {
    Quoted(String),
    Word(String),
    /// `-`: nothing in this place.
    Nothing,
}

/// Reads the line of a picture.
pub(super) fn read(line: Line<'_>, faults: &mut Faults) -> Option<Image> {
    let letters = letters(line.text);
    let found = bracket_end(&letters)
        .filter(|_| letters.last().is_some_and(|last| last.is(')')))
        .and_then(|middle| {
            let inside = letters.get(middle + 2..letters.len() - 1)?;
            image(words(&letters[2..middle]), parts(inside)?)
        });
    let Some(image) = found else {
        faults.add(|| NotationFault::BrokenPicture { line: line.number });
        return None;
    };
    if let Some(address) = image.url.as_deref().filter(|url| !is_picture_address(url)) {
        faults.add(|| NotationFault::address(line.number, address));
        return None;
    }
    Some(image)
}

fn is_quote(letter: Letter) -> bool {
    ['"', '“', '”'].iter().any(|quote| letter.is(*quote))
}

fn parts(letters: &[Letter]) -> Option<Vec<Part>> {
    let mut out = Vec::new();
    let mut rest = letters;
    loop {
        let blanks = rest
            .iter()
            .take_while(|letter| letter.sign.is_whitespace())
            .count();
        rest = &rest[blanks..];
        let Some(first) = rest.first() else {
            return Some(out);
        };
        if is_quote(*first) {
            let end = 1 + rest[1..].iter().position(|letter| is_quote(*letter))?;
            out.push(Part::Quoted(words(&rest[1..end])));
            rest = &rest[end + 1..];
        } else {
            let end = rest
                .iter()
                .position(|letter| letter.sign.is_whitespace() || is_quote(*letter))
                .unwrap_or(rest.len());
            out.push(if end == 1 && first.is('-') {
                Part::Nothing
            } else {
                Part::Word(words(&rest[..end]))
            });
            rest = &rest[end..];
        }
    }
}

fn image(alt: String, parts: Vec<Part>) -> Option<Image> {
    let mut image = Image {
        alt,
        ..Image::default()
    };
    let mut parts = parts.into_iter().peekable();
    if let Some(Part::Nothing) = parts.peek() {
        parts.next();
    } else {
        while let Some(Part::Word(word)) = parts.next_if(|part| matches!(part, Part::Word(_))) {
            if let (Some(number), None) = (word.strip_prefix("media:"), image.media) {
                image.media = Some(media(number)?);
            } else if image.url.is_none() {
                image.url = Some(word);
            } else {
                return None;
            }
        }
        // Without a picture it would be an accident.
        if image.media.is_none() && image.url.is_none() {
            return None;
        }
    }
    for place in [&mut image.caption, &mut image.credit] {
        *place = match parts.next() {
            Some(Part::Quoted(words)) => Some(words),
            Some(Part::Word(_)) => return None,
            Some(Part::Nothing) | None => None,
        };
    }
    parts.next().is_none().then_some(image)
}

fn media(number: &str) -> Option<Id> {
    let number: Option<String> = number
        .chars()
        .map(|sign| char::from_digit(digit(sign)?, 10))
        .collect();
    Id::parse(&number?)
}

/// Writes the line of a picture.
pub(super) fn write(out: &mut String, image: &Image) {
    out.push_str("![");
    out.push_str(&escaped_name(&image.alt));
    out.push_str("](");
    match (image.media, &image.url) {
        (None, None) => out.push('-'),
        (media, url) => {
            if let Some(media) = media {
                out.push_str(&format!("media:{media}"));
            }
            if let Some(url) = url {
                if media.is_some() {
                    out.push(' ');
                }
                let url = escaped_address(url);
                if url.starts_with('-') {
                    out.push('\\');
                }
                for sign in url.chars() {
                    if matches!(sign, '"' | '“' | '”') {
                        out.push('\\');
                    }
                    out.push(sign);
                }
            }
        }
    }
    let parts = [&image.caption, &image.credit];
    let count = parts
        .iter()
        .rposition(|part| part.is_some())
        .map_or(0, |last| last + 1);
    for part in &parts[..count] {
        match part {
            Some(words) => {
                out.push_str(" \"");
                out.push_str(&escaped(words, &['"', '“', '”']));
                out.push('"');
            }
            None => out.push_str(" -"),
        }
    }
    out.push(')');
}
