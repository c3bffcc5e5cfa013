//! Two saved texts of an article beside each other.

use arabic::bidi::direction_of_language;
use editorial::{
    Id, Mark, Revision,
    difference::{Difference, Fate, Line, Piece, Row, Side, Text},
};
use hyper::StatusCode;
use screens::difference::{Compared, Revised, ShownLine, ShownPiece, ShownRow, ShownSide, Stretch};

use super::Opened;
use crate::newsroom::{Asked, Failure, reply::Reply};

/// Rows in a line that do not differ, from which those within are folded.
const FOLDED_FROM: usize = 5;

impl Asked<'_> {
    /// The texts that the address names, beside each other; the list where it
    /// names none.
    pub(super) async fn compared(&self, opened: &Opened<'_>) -> Result<Reply, Failure> {
        let fields = self.fields();
        if !["one", "other", "compare"]
            .iter()
            .any(|name| fields.has(name))
        {
            return self.revisions(opened, None).await;
        }
        let (one, other) = (Id::parse(fields.one("one")), Id::parse(fields.one("other")));
        let (Some(one), Some(other)) = (one, other) else {
            let none = (StatusCode::UNPROCESSABLE_ENTITY, "compare-two");
            return self.revisions(opened, Some(none)).await;
        };
        if one == other {
            let same = (StatusCode::UNPROCESSABLE_ENTITY, "compare-two");
            return self.revisions(opened, Some(same)).await;
        }
        let (store, article) = (&self.site.store, opened.article.id);
        let (first, second) = (
            store.revision(article, one).await?,
            store.revision(article, other).await?,
        );
        let (Some(first), Some(second)) = (first, second) else {
            let gone = (StatusCode::NOT_FOUND, "revision-gone");
            return self.revisions(opened, Some(gone)).await;
        };
        // The older first, however they were chosen.
        let (older, newer) = if (first.at, first.id) <= (second.at, second.id) {
            (first, second)
        } else {
            (second, first)
        };
        let difference = Difference::between(text(&older), text(&newer));
        let names = self.names_of_users().await?;
        let language = opened.copy.content.language.as_str();
        let revised = |text: &Revision| Revised {
            id: text.id.get(),
            named: text.by.is_some(),
            saved: self.saved(text.by, text.at, &names),
            public: text.is_public,
        };
        let screen = Compared {
            id: article.get(),
            headline: opened.copy.content.headline.clone(),
            older: revised(&older),
            newer: revised(&newer),
            is_none: difference.is_none(),
            is_coarse: difference.is_coarse,
            stretches: stretches(difference, language),
        };
        self.show(StatusCode::OK, None, &screen)
    }
}

const fn text(revision: &Revision) -> Text<'_> {
    Text {
        headline: revision.headline.as_str(),
        standfirst: revision.standfirst.as_str(),
        body: &revision.body,
    }
}

/// All rows, those that do not differ folded where there are many in a line.
fn stretches(difference: Difference, language: &str) -> Vec<Stretch> {
    let head = [difference.headline, difference.standfirst];
    let head = head.into_iter().filter(|row| row.differs || !is_empty(row));
    let rows: Vec<Row> = head.chain(difference.body).collect();
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut rest = rows.into_iter().peekable();
    while let Some(row) = rest.next() {
        let differs = row.differs;
        let mut alike = vec![shown(row, language)];
        while let Some(next) = rest.next_if(|next| next.differs == differs) {
            alike.push(shown(next, language));
        }
        let stretch = |rows, is_folded| Stretch { rows, is_folded };
        if differs || alike.len() < FOLDED_FROM {
            stretches.push(stretch(alike, false));
            continue;
        }
        // What stands beside a difference stays in sight.
        let last = alike.split_off(alike.len() - 1);
        let within = alike.split_off(1);
        stretches.push(stretch(alike, false));
        stretches.push(stretch(within, true));
        stretches.push(stretch(last, false));
    }
    stretches
}

fn is_empty(row: &Row) -> bool {
    let sides = [&row.older, &row.newer];
    let mut lines = sides.into_iter().flatten().flat_map(|side| &side.lines);
    lines.all(|line| line.pieces.is_empty())
}

fn shown(row: Row, language: &str) -> ShownRow {
    ShownRow {
        older: row.older.map(|one| side(one, language)),
        newer: row.newer.map(|one| side(one, language)),
        is_moved: row.is_moved,
        differs: row.differs,
    }
}

fn side(side: Side, language: &str) -> ShownSide {
    let lang = side.lang.unwrap_or_else(|| language.to_owned());
    ShownSide {
        kind: side.kind,
        is_other_kind: side.is_other_kind,
        dir: direction_of_language(&lang).attribute(),
        lang,
        lines: side.lines.into_iter().map(line).collect(),
    }
}

fn line(line: Line) -> ShownLine {
    ShownLine {
        role: line.role,
        depth: line.depth.min(4),
        differs: line.differs,
        pieces: line.pieces.into_iter().map(piece).collect(),
    }
}

fn piece(piece: Piece) -> ShownPiece {
    let mut shown = ShownPiece {
        text: piece.text,
        fate: match piece.fate {
            Fate::Kept => "kept",
            Fate::Marked => "marked",
            Fate::Own => "own",
        },
        strong: false,
        emphasis: false,
        link: String::new(),
        lang: String::new(),
    };
    for mark in piece.marks {
        match mark {
            Mark::Strong => shown.strong = true,
            Mark::Emphasis => shown.emphasis = true,
            Mark::Link { url } => shown.link = url,
            Mark::Language { lang } => shown.lang = lang,
        }
    }
    shown
}
