//! What is read from a text: a statement, its parts and their words.

use jiff::civil::Date;

/// What is read: a headline, a text whose paragraphs are lines, and the day it was published.
#[derive(Clone, Copy, Debug, Default)]
pub struct Article<'a> {
    /// The headline; may be empty.
    pub title: &'a str,
    /// The text, one paragraph a line.
    pub text: &'a str,
    /// The day of publication, by which «أمس» and «الجمعة» become dates.
    pub published: Option<Date>,
}

/// Bytes of a field, from `start` to before `end`, on borders of characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

impl Span {
    /// What stands there; empty where the span is not of this text.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or("")
    }
}

/// Where a statement stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// The headline.
    Title,
    /// The text.
    Text,
}

/// How much of the content is the speaker's own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The whole stands in quotation marks.
    Direct,
    /// A part does.
    Mixed,
    /// None does.
    Indirect,
}

/// What the speaker does by saying it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// «قال»
    Assert,
    /// «نفى»: never shown as an assertion.
    Deny,
    /// «دعا»
    Call,
    /// «رحب»
    Express,
    /// «تعهد»
    Commit,
    /// «تساءل»
    Ask,
    /// «حذر»
    Warn,
    /// «هدد»
    Threaten,
    /// «أقر»
    Concede,
    /// «أدان»
    Condemn,
    /// «توقع»
    Predict,
}

impl Act {
    /// The act among five: assert, deny, call, express and commit.
    #[must_use]
    pub const fn folded(self) -> Self {
        match self {
            Self::Ask | Self::Warn | Self::Concede | Self::Predict | Self::Assert => Self::Assert,
            Self::Deny => Self::Deny,
            Self::Call => Self::Call,
            Self::Condemn | Self::Express => Self::Express,
            Self::Threaten | Self::Commit => Self::Commit,
        }
    }
}

/// What the writer's choice of the verb says about the content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stance {
    /// «قال»
    Neutral,
    /// «زعم»
    Distancing,
    /// «كشف»
    Endorsing,
}

/// How the speaker is written beside the verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// By name or by a first full description.
    Explicit,
    /// By what was said of him before: «الوزير».
    Anaphor,
    /// Not at all: «وأضاف».
    Implicit,
}

/// Who speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpeakerKind {
    /// A person, named or by office.
    Person,
    /// A state, a body, a medium.
    Organization,
    /// «مصادر»
    Unnamed,
    /// «تقرير»
    Document,
}

/// A statement. Spans are of the field that it stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Where it stands.
    pub field: Field,
    /// The content, without complementizer, outer quotation marks and final punctuation.
    pub content: Span,
    /// How much of it is quoted.
    pub kind: Kind,
    /// What is done by it; `Act::folded` gives the five.
    pub act: Act,
    /// The writer's stance.
    pub stance: Stance,
    /// The verb or cue, without a leading و or ف; none in a headline with a colon.
    pub verb: Option<Span>,
    /// The verb's lemma: «قال» for «تقول».
    pub lemma: Option<String>,
    /// The speaker as written beside the verb.
    pub speaker: Option<Span>,
    /// The speaker in full, as far as the article tells.
    pub canonical: Option<String>,
    /// What the speaker is; none where nobody is found.
    pub speaker_kind: Option<SpeakerKind>,
    /// The office of a named person, as written.
    pub role: Option<String>,
    /// How the speaker is written.
    pub resolution: Resolution,
    /// The medium that carried it: «رويترز».
    pub medium: Option<Span>,
    /// The day as written.
    pub day: Option<Span>,
    /// The day as a date, against the day of publication.
    pub date: Option<Date>,
    /// Where it was said.
    pub place: Option<Span>,
    /// On what occasion.
    pub occasion: Option<Span>,
    /// How sure the rule is, in percent.
    pub confidence: u8,
    /// The rule that found it.
    pub rule: &'static str,
}

/// What looked like a report and is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// Where it stands.
    pub field: Field,
    /// The word.
    pub word: Span,
    /// Why.
    pub reason: &'static str,
}

/// What was read from an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// The statements, in order.
    pub statements: Vec<Statement>,
    /// What was rejected, in order.
    pub rejected: Vec<Rejected>,
}
