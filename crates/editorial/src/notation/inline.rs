//! Marks within a text.

use super::{
    Faults, NotationFault,
    letters::{Letter, escaped_address, is_language, is_link, letters, words},
    lines::partners,
    tidy,
};
use crate::{Mark, Run};

/// Longest words between `{` and `}`: those of a language.
const TAG_LETTERS_MAX: usize = 35;

/// Each run of a link holds its address. All of them take at most this many
/// times the bytes of the text, and these bytes more.
const ADDRESS_TIMES_MAX: usize = 8;
const ADDRESS_BYTES_MORE: usize = 64 * 1024;

/// What a letter does.
#[derive(Clone, Copy)]
enum Part {
    /// It is text.
    Text,
    /// It belongs to a sign.
    Nothing,
    /// The mark of this number begins or ends.
    Begin(usize),
    End(usize),
    /// The link of this number has no words but its address.
    Bare(usize),
    Stars {
        strong: bool,
        emphasis: bool,
    },
}

/// Reads a text that begins in the line `line`; tidy.
pub(super) fn read(text: &str, line: usize, faults: &mut Faults) -> Vec<Run> {
    let letters = letters(text);
    let mut reader = Reader {
        parts: vec![Part::Text; letters.len()],
        partners: partners(&letters),
        letters: &letters,
        marks: Vec::new(),
        brackets: Vec::new(),
        strong: None,
        emphasis: None,
        line,
        faults,
    };
    reader.read();
    let (parts, marks) = (reader.parts, reader.marks);
    let bytes_max = text.len() * ADDRESS_TIMES_MAX + ADDRESS_BYTES_MORE;
    let runs = runs(&letters, &parts, &marks, bytes_max);
    if runs.is_none() {
        faults.add(|| NotationFault::TooManyMarks { line });
    }
    tidy::runs(&runs.unwrap_or_default())
}

struct Reader<'a> {
    letters: &'a [Letter],
    parts: Vec<Part>,
    partners: Vec<Option<usize>>,
    marks: Vec<Mark>,
    /// Open brackets.
    brackets: Vec<usize>,
    /// Where strong text began, and stressed text.
    strong: Option<usize>,
    emphasis: Option<usize>,
    line: usize,
    faults: &'a mut Faults,
}

impl Reader<'_> {
    fn read(&mut self) {
        let mut at = 0;
        while let Some(letter) = self.letters.get(at) {
            at = match letter.sign {
                _ if letter.escaped => at + 1,
                '*' => self.stars(at),
                '[' => {
                    self.brackets.push(at);
                    at + 1
                }
                ']' => self.bracket(at),
                _ => at + 1,
            };
        }
    }

    /// Reads a run of stars; returns the place behind it.
    fn stars(&mut self, at: usize) -> usize {
        let rest = &self.letters[at..];
        let count = rest.iter().take_while(|letter| letter.is('*')).count();
        let end = at + count;
        let before = at.checked_sub(1).map(|before| self.letters[before].sign);
        let after = self.letters.get(end).map(|letter| letter.sign);
        let between_digits =
            before.is_some_and(char::is_numeric) && after.is_some_and(char::is_numeric);
        if count > 3 || between_digits {
            return end;
        }
        let may_end = before.is_some_and(|sign| !sign.is_whitespace());
        let may_begin = after.is_some_and(|sign| {
            !sign.is_whitespace() && !matches!(sign, ',' | ';' | '،' | '؛' | ')' | '»')
        });
        let (strong, emphasis) = (self.strong.is_some(), self.emphasis.is_some());
        match count {
            1 if emphasis && may_end => self.end_emphasis(at),
            1 if !emphasis && may_begin => self.emphasis = Some(at),
            2 if strong && may_end => self.end_strong(at),
            2 if !strong && may_begin => self.strong = Some(at),
            3 if strong && emphasis && may_end => {
                self.end_emphasis(at);
                self.end_strong(at + 1);
            }
            3 if strong && !emphasis && may_end => {
                self.end_strong(at);
                self.emphasis = may_begin.then_some(at + 2);
            }
            3 if emphasis && !strong && may_end => {
                self.end_emphasis(at);
                self.strong = may_begin.then_some(at + 1);
            }
            3 if !strong && !emphasis && may_begin => {
                self.strong = Some(at);
                self.emphasis = Some(at + 2);
            }
            _ => {}
        }
        end
    }

    fn end_strong(&mut self, end: usize) {
        for at in self.strong.take().into_iter().chain([end]) {
            self.parts[at] = Part::Stars {
                strong: true,
                emphasis: false,
            };
            self.parts[at + 1] = Part::Nothing;
        }
    }

    fn end_emphasis(&mut self, end: usize) {
        for at in self.emphasis.take().into_iter().chain([end]) {
            self.parts[at] = Part::Stars {
                strong: false,
                emphasis: true,
            };
        }
    }

    /// Reads a `]` and what belongs to it; returns the place behind it.
    fn bracket(&mut self, at: usize) -> usize {
        let Some(start) = self.brackets.pop() else {
            return at + 1;
        };
        let next = self.letters.get(at + 1);
        if next.is_some_and(|next| next.is('('))
            && let Some(end) = self.partners[at + 1]
        {
            let address = words(&self.letters[at + 2..end]);
            self.link(start, at, end, address.trim());
            return end + 1;
        }
        if next.is_some_and(|next| next.is('{')) {
            let rest = &self.letters[at + 2..];
            let length = rest
                .iter()
                .take(TAG_LETTERS_MAX + 1)
                .position(|letter| letter.is('}'));
            if let Some(length) = length {
                let tag = words(&rest[..length]);
                let mark = match tag.as_str() {
                    "**" => Some(Mark::Strong),
                    "*" => Some(Mark::Emphasis),
                    _ => is_language(&tag).then_some(Mark::Language { lang: tag }),
                };
                if let Some(mark) = mark {
                    let end = at + 2 + length;
                    self.mark(start, at, end, mark);
                    return end + 1;
                }
            }
        }
        at + 1
    }

    fn link(&mut self, start: usize, at: usize, end: usize, address: &str) {
        let letters = self.letters;
        let line = self.line;
        let here = || {
            let before = letters[..start].iter();
            line + before.filter(|letter| letter.sign == '\n').count()
        };
        let picture = start
            .checked_sub(1)
            .is_some_and(|before| letters[before].is('!'));
        if picture {
            self.faults
                .add(|| NotationFault::PictureInText { line: here() });
        } else if is_link(address) {
            let url = address.to_owned();
            self.mark(start, at, end, Mark::Link { url });
        } else {
            self.faults.add(|| NotationFault::address(here(), address));
        }
    }

    fn mark(&mut self, start: usize, at: usize, end: usize, mark: Mark) {
        let number = self.marks.len();
        let bare = at == start + 1 && matches!(mark, Mark::Link { .. });
        self.marks.push(mark);
        self.parts[at..=end].fill(Part::Nothing);
        self.parts[start] = if bare {
            Part::Bare(number)
        } else {
            Part::Begin(number)
        };
        if !bare {
            self.parts[at] = Part::End(number);
        }
    }
}

/// What is open at a letter.
#[derive(Default)]
struct Open {
    /// Numbers of links and languages, the inner one last.
    links: Vec<usize>,
    langs: Vec<usize>,
    strong: usize,
    emphasis: usize,
    stars_strong: bool,
    stars_emphasis: bool,
}

impl Open {
    fn marks(&self, marks: &[Mark]) -> Vec<Mark> {
        let strong = self.strong > 0 || self.stars_strong;
        let emphasis = self.emphasis > 0 || self.stars_emphasis;
        let named = |open: &[usize]| open.last().map(|number| marks[*number].clone());
        [
            named(&self.links),
            named(&self.langs),
            strong.then_some(Mark::Strong),
            emphasis.then_some(Mark::Emphasis),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn turn(&mut self, number: usize, mark: &Mark, begins: bool) {
        let stack = match mark {
            Mark::Link { .. } => &mut self.links,
            Mark::Language { .. } => &mut self.langs,
            Mark::Strong => return count(&mut self.strong, begins),
            Mark::Emphasis => return count(&mut self.emphasis, begins),
        };
        if begins {
            stack.push(number);
        } else {
            stack.pop();
        }
    }
}

fn count(open: &mut usize, begins: bool) {
    *open = if begins {
        *open + 1
    } else {
        open.saturating_sub(1)
    };
}

/// The runs of a text, if their addresses take at most `bytes_max`.
fn runs(
    letters: &[Letter],
    parts: &[Part],
    marks: &[Mark],
    mut bytes_max: usize,
) -> Option<Vec<Run>> {
    let mut out: Vec<Run> = Vec::new();
    let mut open = Open::default();
    let mut changed = true;
    for (letter, part) in letters.iter().zip(parts) {
        let added = match *part {
            Part::Text => match out.last_mut() {
                Some(run) if !changed => {
                    run.text.push(letter.sign);
                    continue;
                }
                _ => Run {
                    text: letter.sign.to_string(),
                    marks: open.marks(marks),
                },
            },
            Part::Nothing => continue,
            Part::Bare(number) => {
                let Mark::Link { url } = &marks[number] else {
                    continue;
                };
                open.links.push(number);
                let marks = open.marks(marks);
                open.links.pop();
                Run {
                    text: url.clone(),
                    marks,
                }
            }
            Part::Begin(number) | Part::End(number) => {
                let begins = matches!(part, Part::Begin(_));
                open.turn(number, &marks[number], begins);
                changed = true;
                continue;
            }
            Part::Stars { strong, emphasis } => {
                open.stars_strong ^= strong;
                open.stars_emphasis ^= emphasis;
                changed = true;
                continue;
            }
        };
        let link = added.marks.iter().find_map(|mark| match mark {
            Mark::Link { url } => Some(url.len()),
            _ => None,
        });
        bytes_max = bytes_max.checked_sub(link.unwrap_or(0))?;
        changed = matches!(part, Part::Bare(_));
        out.push(added);
    }
    Some(out)
}

/// Writes a tidy text, line breaks as they are. Of three forms the first that
/// reads as the same: signs of text bare, signs of text escaped, each run
/// marked for itself in brackets.
pub(super) fn write(runs: &[Run], in_cell: bool) -> String {
    let reads_the_same = |text: &String| {
        let mut faults = Faults::default();
        read(text, 1, &mut faults) == runs && faults.0.is_empty()
    };
    let bare: &[char] = if in_cell { &['|'] } else { &[] };
    let signs: &[char] = &['*', '[', ']', '|'][..if in_cell { 4 } else { 3 }];
    [bare, signs]
        .into_iter()
        .map(|signs| stretched(runs, signs))
        .find(reads_the_same)
        .unwrap_or_else(|| single(runs, signs))
}

fn push_text(out: &mut String, text: &str, signs: &[char]) {
    for sign in text.chars() {
        if sign == '\\' || signs.contains(&sign) {
            out.push('\\');
        }
        out.push(sign);
    }
}

/// Writes the beginning of a bracket, which behind `!` would be a picture's.
fn push_bracket(out: &mut String) {
    if out.ends_with('!') {
        out.pop();
        out.push_str("\\!");
    }
    out.push('[');
}

fn push_end(out: &mut String, mark: &Mark) {
    match mark {
        Mark::Link { url } => {
            out.push_str("](");
            out.push_str(&escaped_address(url));
            out.push(')');
        }
        Mark::Language { lang } => {
            out.push_str("]{");
            out.push_str(lang);
            out.push('}');
        }
        Mark::Strong => out.push_str("]{**}"),
        Mark::Emphasis => out.push_str("]{*}"),
    }
}

/// Each run for itself.
fn single(runs: &[Run], signs: &[char]) -> String {
    let mut out = String::new();
    for run in runs {
        run.marks.iter().for_each(|_| push_bracket(&mut out));
        push_text(&mut out, &run.text, signs);
        run.marks
            .iter()
            .rev()
            .for_each(|mark| push_end(&mut out, mark));
    }
    out
}

/// The runs from `start` to before `end` that a mark is on.
#[derive(Clone, Copy)]
struct Stretch<'a> {
    start: usize,
    end: usize,
    mark: &'a Mark,
}

fn rank(mark: &Mark) -> usize {
    match mark {
        Mark::Link { .. } => 0,
        Mark::Language { .. } => 1,
        Mark::Strong => 2,
        Mark::Emphasis => 3,
    }
}

/// Each mark over as many runs as it is on.
fn stretched(runs: &[Run], signs: &[char]) -> String {
    let stretches = stretches(runs);
    let mut beginning: Vec<&Stretch<'_>> = stretches.iter().collect();
    // The longer one is outside.
    beginning.sort_by_key(|it| (it.start, std::cmp::Reverse(it.end), rank(it.mark)));
    let mut ending: Vec<&Stretch<'_>> = stretches.iter().collect();
    ending.sort_by_key(|it| (it.end, std::cmp::Reverse((it.start, rank(it.mark)))));

    let (mut beginning, mut ending) = (
        beginning.into_iter().peekable(),
        ending.into_iter().peekable(),
    );
    let mut out = String::new();
    for at in 0..=runs.len() {
        while let Some(stretch) = ending.next_if(|it| it.end == at) {
            match stretch.mark {
                Mark::Strong => out.push_str("**"),
                Mark::Emphasis => out.push('*'),
                mark => push_end(&mut out, mark),
            }
        }
        while let Some(stretch) = beginning.next_if(|it| it.start == at) {
            match stretch.mark {
                Mark::Strong => out.push_str("**"),
                Mark::Emphasis => out.push('*'),
                _ => push_bracket(&mut out),
            }
        }
        if let Some(run) = runs.get(at) {
            push_text(&mut out, &run.text, signs);
        }
    }
    out
}

fn stretches(runs: &[Run]) -> Vec<Stretch<'_>> {
    let mut out: Vec<Stretch<'_>> = Vec::new();
    let mut links: Vec<Option<Stretch<'_>>> = vec![None; runs.len()];
    for wanted in 0..4 {
        let mut found: Vec<Stretch<'_>> = Vec::new();
        for (at, run) in runs.iter().enumerate() {
            let Some(mark) = run.marks.iter().find(|mark| rank(mark) == wanted) else {
                continue;
            };
            match found.last_mut() {
                Some(last) if last.end == at && last.mark == mark => last.end += 1,
                _ => found.push(Stretch {
                    start: at,
                    end: at + 1,
                    mark,
                }),
            }
        }
        match wanted {
            0 => {
                for link in &found {
                    links[link.start..link.end].fill(Some(*link));
                }
                out.append(&mut found);
            }
            1 => found
                .into_iter()
                .for_each(|lang| push_parted(&mut out, lang, &links)),
            _ => out.append(&mut found),
        }
    }
    out
}

/// Parts a stretch where it crosses the beginning or end of a link.
fn push_parted<'a>(
    out: &mut Vec<Stretch<'a>>,
    mut lang: Stretch<'a>,
    links: &[Option<Stretch<'a>>],
) {
    if let Some(link) =
        links[lang.start].filter(|link| link.start < lang.start && link.end < lang.end)
    {
        out.push(Stretch {
            end: link.end,
            ..lang
        });
        lang.start = link.end;
    }
    if let Some(link) =
        links[lang.end - 1].filter(|link| lang.end < link.end && lang.start < link.start)
    {
        out.push(Stretch {
            start: link.start,
            ..lang
        });
        lang.end = link.start;
    }
    out.push(lang);
}
