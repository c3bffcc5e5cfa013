//! A statement as others read it: words, and offsets in code points.

use serde::Serialize;

use crate::statement::{
    Act, Article, Field, Kind, Resolution, Span, SpeakerKind, Stance, Statement,
};

/// A statement in the form that is handed out. Offsets count Unicode code
/// points of its field; what is not known is null.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Record {
    /// From 1, in the order of the article.
    pub n: usize,
    /// `title` or `text`.
    pub field: &'static str,
    /// The first code point of the content.
    pub start: usize,
    /// The code point after its last.
    pub end: usize,
    /// The content.
    pub quote: String,
    /// `direct`, `mixed` or `indirect`.
    pub kind: &'static str,
    /// The act among five.
    pub act: &'static str,
    /// The act among eleven.
    pub act_fine: &'static str,
    /// `neutral`, `distancing` or `endorsing`.
    pub stance: &'static str,
    /// The verb as written.
    pub verb: Option<String>,
    /// Where it begins.
    pub verb_start: Option<usize>,
    /// Where it ends.
    pub verb_end: Option<usize>,
    /// Its lemma.
    pub verb_lemma: Option<String>,
    /// The speaker as written beside the verb.
    pub speaker: Option<String>,
    /// Where it begins.
    pub speaker_start: Option<usize>,
    /// Where it ends.
    pub speaker_end: Option<usize>,
    /// The speaker in full.
    pub speaker_canonical: Option<String>,
    /// `person`, `organization`, `unnamed` or `document`.
    pub speaker_type: Option<&'static str>,
    /// The office of a named person.
    pub speaker_role: Option<String>,
    /// `explicit`, `anaphor` or `implicit`.
    pub resolution: &'static str,
    /// The day as written.
    pub date_text: Option<String>,
    /// The day, as YYYY-MM-DD.
    pub date: Option<String>,
    /// The place as written.
    pub place: Option<String>,
    /// The occasion as written.
    pub occasion: Option<String>,
    /// The medium that carried it.
    pub via: Option<String>,
    /// How sure the rule is, in percent.
    pub confidence: u8,
    /// The rule that found it.
    pub rule: &'static str,
}

/// The statements of an article as they are handed out; linear in the length of the article.
pub fn records(article: &Article<'_>, statements: &[Statement]) -> Vec<Record> {
    let title = Points::new(article.title, statements, Field::Title);
    let text = Points::new(article.text, statements, Field::Text);
    statements
        .iter()
        .enumerate()
        .map(|(at, statement)| {
            let (field, points) = match statement.field {
                Field::Title => (article.title, &title),
                Field::Text => (article.text, &text),
            };
            record(at + 1, statement, field, points)
        })
        .collect()
}

fn record(n: usize, statement: &Statement, field: &str, points: &Points) -> Record {
    let written = |span: Option<Span>| span.map(|span| span.of(field).to_owned());
    let start = |span: Option<Span>| span.map(|span| points.of(span.start));
    let end = |span: Option<Span>| span.map(|span| points.of(span.end));
    Record {
        n,
        field: match statement.field {
            Field::Title => "title",
            Field::Text => "text",
        },
        start: points.of(statement.content.start),
        end: points.of(statement.content.end),
        quote: statement.content.of(field).to_owned(),
        kind: match statement.kind {
            Kind::Direct => "direct",
            Kind::Mixed => "mixed",
            Kind::Indirect => "indirect",
        },
        act: act(statement.act.folded()),
        act_fine: act(statement.act),
        stance: match statement.stance {
            Stance::Neutral => "neutral",
            Stance::Distancing => "distancing",
            Stance::Endorsing => "endorsing",
        },
        verb: written(statement.verb),
        verb_start: start(statement.verb),
        verb_end: end(statement.verb),
        verb_lemma: statement.lemma.clone(),
        speaker: written(statement.speaker),
        speaker_start: start(statement.speaker),
        speaker_end: end(statement.speaker),
        speaker_canonical: statement.canonical.clone(),
        speaker_type: statement.speaker_kind.map(|kind| match kind {
            SpeakerKind::Person => "person",
            SpeakerKind::Organization => "organization",
            SpeakerKind::Unnamed => "unnamed",
            SpeakerKind::Document => "document",
        }),
        speaker_role: statement.role.clone(),
        resolution: match statement.resolution {
            Resolution::Explicit => "explicit",
            Resolution::Anaphor => "anaphor",
            Resolution::Implicit => "implicit",
        },
        date_text: written(statement.day),
        date: statement.date.map(|date| date.to_string()),
        place: written(statement.place),
        occasion: written(statement.occasion),
        via: written(statement.medium),
        confidence: statement.confidence,
        rule: statement.rule,
    }
}

const fn act(act: Act) -> &'static str {
    match act {
        Act::Assert => "assert",
        Act::Deny => "deny",
        Act::Call => "call",
        Act::Express => "express",
        Act::Commit => "commit",
        Act::Ask => "ask",
        Act::Warn => "warn",
        Act::Threaten => "threaten",
        Act::Concede => "concede",
        Act::Condemn => "condemn",
        Act::Predict => "predict",
    }
}

/// The code points before some bytes of a field.
struct Points(Vec<(usize, usize)>);

impl Points {
    /// Counts once through the field, for all offsets of its statements.
    fn new(field: &str, statements: &[Statement], which: Field) -> Self {
        let mut bytes: Vec<usize> = statements
            .iter()
            .filter(|statement| statement.field == which)
            .flat_map(|statement| [Some(statement.content), statement.verb, statement.speaker])
            .flatten()
            .flat_map(|span| [span.start, span.end])
            .collect();
        bytes.sort_unstable();
        bytes.dedup();
        let mut counted = Vec::with_capacity(bytes.len());
        let (mut byte, mut points) = (0, 0);
        for wanted in bytes {
            points += field
                .get(byte..wanted)
                .map_or(0, |part| part.chars().count());
            byte = wanted;
            counted.push((wanted, points));
        }
        Self(counted)
    }

    fn of(&self, byte: usize) -> usize {
        self.0
            .binary_search_by_key(&byte, |(wanted, _)| *wanted)
            .map_or(0, |at| self.0[at].1)
    }
}
