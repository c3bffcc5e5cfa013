//! Reading an article: what was found, with speakers, days and the rest, as statements.

use crate::{
    days,
    find::{Found, find},
    flags::Flags,
    forms::Tense,
    headline,
    phrase::{Bound, Phrase, parse},
    speakers::{Speaker, Speakers},
    statement::{
        Act, Article, Field, Reading, Rejected, Resolution, Span, SpeakerKind, Stance, Statement,
    },
    surroundings::{medium, occasion, place},
    tokens::{Sort, Text},
};

/// The statements of an article.
pub(crate) fn read(article: &Article<'_>) -> Reading {
    let title = Text::new(article.title);
    let text = Text::new(article.text);
    let mut speakers = Speakers::default();
    speakers.learn(&text);
    speakers.learn(&title);
    let mut reading = Reading::default();
    let (found, silent, refused) = find(&text, &|word| speakers.is_surname(word));
    let (of_title, _, refused_of_title) = find(&title, &|word| speakers.is_surname(word));
    let headline = headline::read(&title, &|word| speakers.is_surname(word));
    let mut spoken = Vec::new();
    // Whoever is said not to have said something is the one of whom the text speaks, too.
    let mut silent = silent.iter().peekable();
    let mut statements: Vec<Statement> = found
        .iter()
        .enumerate()
        .map(|(at, report)| {
            while let Some((_, phrase)) = silent.next_if(|(of, _)| *of < report.trigger.0) {
                let (speaker, _) = speakers.resolve(&text, phrase);
                speakers.spoke(speaker);
            }
            let before = at.checked_sub(1).and_then(|before| found.get(before));
            settle(
                &text,
                Field::Text,
                report,
                before,
                &mut speakers,
                &mut spoken,
                article,
            )
        })
        .collect();
    match headline {
        Some(Ok((phrase, content))) => {
            let (speaker, resolution) = of_headline(&title, &phrase, &mut speakers, &spoken);
            if let Some(span) = title.span(content.start, content.end, false) {
                reading.statements.push(Statement {
                    field: Field::Title,
                    content: span,
                    kind: content.kind,
                    act: Act::Assert,
                    stance: Stance::Neutral,
                    verb: None,
                    lemma: None,
                    speaker: title.span(phrase.start, phrase.end, true),
                    canonical: Some(speaker.canonical),
                    speaker_kind: Some(speaker.kind),
                    role: speaker.role,
                    resolution,
                    medium: None,
                    day: None,
                    date: None,
                    place: None,
                    occasion: None,
                    confidence: 75,
                    rule: "headline-colon",
                });
            }
        }
        Some(Err((at, reason))) => {
            reject(&title, Field::Title, &[(at, reason)], &mut reading.rejected)
        }
        None => {}
    }
    // A headline is annotated as a statement in the form with a colon alone.
    let mut in_title = Vec::new();
    for report in &of_title {
        let colon =
            (report.trigger.1..report.content.start).any(|at| title.is_sort(at, Sort::Colon));
        if colon && reading.statements.is_empty() {
            let statement = settle(
                &title,
                Field::Title,
                report,
                None,
                &mut speakers,
                &mut spoken,
                article,
            );
            reading.statements.push(statement);
        } else {
            in_title.push((report.trigger.0, "a headline reports by a colon alone"));
        }
    }
    reject(
        &title,
        Field::Title,
        &refused_of_title,
        &mut reading.rejected,
    );
    reject(&title, Field::Title, &in_title, &mut reading.rejected);
    reject(&text, Field::Text, &refused, &mut reading.rejected);
    // A noun phrase that nobody is found to have said is taken for none.
    let nobody = |statement: &Statement| {
        statement.canonical.is_none()
            && !statement.rule.ends_with("that")
            && !statement.rule.ends_with("quotation")
    };
    for statement in statements.extract_if(.., |statement| nobody(statement)) {
        if let Some(word) = statement.verb {
            reading.rejected.push(Rejected {
                field: Field::Text,
                word,
                reason: "nobody is found who said it",
            });
        }
    }
    statements.sort_by_key(|statement| statement.content);
    statements.dedup_by_key(|statement| statement.content);
    reading.statements.append(&mut statements);
    reading
}

fn reject(
    text: &Text<'_>,
    field: Field,
    refused: &[(usize, &'static str)],
    out: &mut Vec<Rejected>,
) {
    for (at, reason) in refused {
        if let Some(word) = text.span(*at, at + 1, true) {
            out.push(Rejected {
                field,
                word,
                reason,
            });
        }
    }
}

fn of_headline(
    title: &Text<'_>,
    phrase: &Phrase,
    speakers: &mut Speakers,
    spoken: &[Speaker],
) -> (Speaker, Resolution) {
    let (speaker, _) = speakers.resolve(title, phrase);
    if !speaker.is_named()
        && matches!(speaker.kind, SpeakerKind::Person | SpeakerKind::Unnamed)
        && let Some(known) = Speakers::alike(speaker.keys(), spoken)
    {
        return (known, Resolution::Explicit);
    }
    (speaker, Resolution::Explicit)
}

fn settle(
    text: &Text<'_>,
    field: Field,
    report: &Found,
    before: Option<&Found>,
    speakers: &mut Speakers,
    spoken: &mut Vec<Speaker>,
    article: &Article<'_>,
) -> Statement {
    let sentence = text.sentence_starts[report.trigger.0];
    let (speaker, resolution) = match &report.subject {
        Some(phrase) => {
            let (mut speaker, resolution) = speakers.resolve(text, phrase);
            // «نفت مايا»: the verb tells the gender of an unknown name.
            if let Some(form) = report.known.map(|known| known.form)
                && matches!(form.tense, Tense::Perfect | Tense::Imperfect)
                && form.feminine
            {
                speaker.feminine = true;
            }
            (Some(speaker), resolution)
        }
        None => (
            unwritten(text, report, before, sentence, speakers),
            Resolution::Implicit,
        ),
    };
    if let Some(speaker) = &speaker {
        speakers.spoke(speaker.clone());
        if spoken.len() < 8 {
            spoken.push(speaker.clone());
        }
    }
    let written = report
        .subject
        .as_ref()
        .map(|phrase| (phrase.start, phrase.end));
    // Day, place and occasion: in the sentence, before what is said.
    let content_first = report.content.start < report.trigger.0;
    let from = match before {
        Some(before) if before.trigger.0 >= sentence => report.clause,
        _ if content_first => report.trigger.0,
        _ => sentence,
    };
    let to = report.marker.max(report.trigger.1).min(text.tokens.len());
    let day = days::find(text, from, to, article.published);
    let outside = |span: &Option<Span>| -> Option<Span> {
        span.filter(|span| {
            written
                .and_then(|(start, end)| text.span(start, end, true))
                .is_none_or(|of| span.end <= of.start || span.start >= of.end)
        })
    };
    let carrier = report
        .carrier
        .and_then(|(start, end)| text.span(start, end, true));
    Statement {
        field,
        content: content_span(text, report),
        kind: report.content.kind,
        act: act(text, report),
        stance: report
            .known
            .map_or(Stance::Neutral, |known| known.verb.stance),
        verb: text.span(report.trigger.0, report.trigger.1, true),
        lemma: Some(match report.known {
            Some(known) => known.verb.lemma.to_owned(),
            None => text
                .span(report.trigger.0, report.trigger.1, true)
                .map_or("", |span| span.of(text.field))
                .to_owned(),
        }),
        speaker: written.and_then(|(start, end)| speaker_span(text, start, end)),
        canonical: speaker.as_ref().map(|speaker| speaker.canonical.clone()),
        speaker_kind: speaker.as_ref().map(|speaker| speaker.kind),
        role: speaker.and_then(|speaker| speaker.role),
        resolution,
        medium: carrier.or_else(|| medium(text, from, to, written)),
        day: day.map(|day| day.span),
        date: day.and_then(|day| day.date),
        place: outside(&place(text, from, to)),
        occasion: outside(&occasion(text, from, to)),
        confidence: confidence(report),
        rule: report.rule,
    }
}

/// The act of the verb; «أعرب عن استعداد» commits.
fn act(text: &Text<'_>, report: &Found) -> Act {
    let act = report.known.map_or(Act::Assert, |known| known.verb.act);
    let first = text.tokens[report.content.start].stem();
    if act == Act::Express && first.starts_with("استعداد") {
        Act::Commit
    } else {
        act
    }
}

/// The bytes of the content; a leading و stays, a quotation mark around it does not.
fn content_span(text: &Text<'_>, report: &Found) -> Span {
    text.span(report.content.start, report.content.end, false)
        .unwrap_or(Span { start: 0, end: 0 })
}

/// The bytes of a speaker, without a preposition written to it.
fn speaker_span(text: &Text<'_>, start: usize, end: usize) -> Option<Span> {
    let span = text.span(start, end, true)?;
    let token = &text.tokens[start];
    let letters = match token.attached {
        Some(letter) if !token.definite => letter.len_utf8(),
        _ => 0,
    };
    Some(Span {
        start: span.start + letters,
        end: span.end,
    })
}

/// Who speaks where the verb has no subject beside it.
fn unwritten(
    text: &Text<'_>,
    report: &Found,
    before: Option<&Found>,
    sentence: usize,
    speakers: &mut Speakers,
) -> Option<Speaker> {
    let form = report.known.map(|known| known.form);
    // «الرئيس الذي قال إن»: the noun before.
    if report.trigger.0 > 0 && text.flags(report.trigger.0 - 1).any(Flags::RELATIVE) {
        let end = report.trigger.0 - 1;
        for start in (sentence.max(end.saturating_sub(8))..end).rev() {
            let token = &text.tokens[start];
            if token.is(Flags::SPEAKER)
                && token.attached.is_none()
                && let Some(phrase) = parse(text, start, end, Bound::Marker, None, &|word| {
                    speakers.is_surname(word)
                })
                && (phrase.end == end
                    || phrase.end + 1 == end && text.is_sort(phrase.end, Sort::Comma))
                && !text.flags(start.saturating_sub(1)).any(Flags::OFFICE)
            {
                return Some(speakers.resolve(text, &phrase).0);
            }
        }
    }
    let first_of_sentence = before.is_none_or(|before| before.trigger.0 < sentence);
    if first_of_sentence
        && report.clause > sentence
        && let Some(focus) = focus(text, sentence, report.clause, speakers)
    {
        return Some(focus);
    }
    if form.is_some_and(|form| form.tense == Tense::Noun) {
        return speakers.implicit(None);
    }
    speakers.implicit(form)
}

/// Tokens of a sentence that are looked at for its subject.
const FOCUS_MAX: usize = 16;

/// The subject of a sentence whose first verb reports nothing («تبنى الحرس
/// الثوري … مدعيا»), or with which it opens.
fn focus(text: &Text<'_>, sentence: usize, end: usize, speakers: &mut Speakers) -> Option<Speaker> {
    for start in sentence..end.min(sentence + FOCUS_MAX) {
        let first = &text.tokens[start];
        if !first.is_word() || first.attached.is_some() || first.joined && start > sentence {
            continue;
        }
        let before = start
            .checked_sub(1)
            .filter(|_| start > sentence)
            .map(|before| &text.tokens[before]);
        // A subject stands first, after a comma, or after a verb: a word that is nothing else.
        let free = before.is_none_or(|before| match before.sort {
            Sort::Word => {
                !before.definite
                    && before.attached.is_none()
                    && before.flags == Flags::NONE
                    && !before.is_verbal_noun()
            }
            Sort::Comma => true,
            _ => false,
        });
        if !free {
            continue;
        }
        if let Some(phrase) = parse(text, start, end, Bound::Object, None, &|word| {
            speakers.is_surname(word)
        }) && phrase.speaks
            && phrase.kind != SpeakerKind::Document
        {
            return Some(speakers.resolve(text, &phrase).0);
        }
    }
    None
}

/// How sure a rule is, in percent: the share of its statements that are
/// annotated, rounded down, where a rule was met at least ten times in the
/// annotated articles; less where it was met more rarely, and ten less where
/// the speaker is not written beside the verb.
fn confidence(report: &Found) -> u8 {
    let base: u8 = match report.rule {
        "verb-that" | "verb-colon-quotation" | "verb-colon-that" | "verb-preposition" => 95,
        "verb-object" => 85,
        "verb-bare-clause" => 60,
        _ => 75,
    };
    let named = report
        .subject
        .is_some_and(|phrase| phrase.speaks || phrase.name.is_some());
    if named { base } else { base - 10 }
}
