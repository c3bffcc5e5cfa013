//! Samples of the pages that are a reader's own.

use editorial::{
    Timestamp,
    comment::{Comment, CommentState, DraftFault, Received},
};

use crate::{
    DataView, Notice, OwnComment, OwnView, PageMeta, Parts, ReportView, Theme, ThemeError, Typed,
    WriteView,
    samples::{NOW, article, id, settings, thread},
};

/// A comment that was written a minute before the page is made.
fn comment(state: CommentState) -> Comment {
    Comment {
        id: id(44),
        article: id(4821),
        reply_to: None,
        name: "ليلى <b>".into(),
        email: None,
        text: "سطر\n\nسطر ثانٍ </textarea>".into(),
        written_at: NOW.plus(-60 * Timestamp::SECOND),
        state,
        received: Received {
            writer: Some(editorial::accounts::TokenHash([1; 32])),
            ..Received::default()
        },
    }
}

/// Each sample by its name: a template's, and what of it is shown.
pub(crate) fn rendered(
    theme: &Theme,
    meta: &PageMeta,
) -> Vec<(&'static str, Result<Parts, ThemeError>)> {
    let (settings, page, thread) = (settings(), article(), thread());
    let waiting = comment(CommentState::Waiting);
    let gone = comment(CommentState::Withdrawn);
    let own = |comment, typed| OwnComment {
        comment,
        slug: "خبر".into(),
        headline: "خبر".into(),
        typed,
    };
    let typed = Typed {
        name: "\"ليلى\"".into(),
        email: "ليس عنوانًا".into(),
        text: "<textarea>نعم".into(),
        remember: true,
    };
    let write = |answered: Option<_>, faults, notice| WriteView {
        id: page.article.id,
        article: answered.is_some().then_some(&page.article),
        answered,
        typed: typed.clone(),
        faults,
        notice,
        remembered: answered.is_some(),
        page: "1.a".into(),
        ticket: "2.b".into(),
    };
    let faults = vec![
        DraftFault::NameTooLong(61),
        DraftFault::EmailUnfit,
        DraftFault::NoText,
    ];
    let report = |done| ReportView {
        article: id(4821),
        comment: &thread.lines[1],
        done,
        notice: (!done).then_some(Notice::Flood(70)),
        page: "1.a".into(),
    };
    let asked = DataView {
        notice: Some(Notice::NoLink),
        email: ("x".into(), Some(DraftFault::EmailUnfit)),
        number: Some(id(77)),
        page: "1.a".into(),
        ..DataView::default()
    };
    let shown = DataView {
        shown: Some(("token".into(), vec![own(&gone, None)])),
        count: 300,
        sure: true,
        ..DataView::default()
    };
    let own_view = |comments, notice| OwnView {
        comments,
        notice,
        form: "f".into(),
    };
    let mended = own(&waiting, Some(("<x>".into(), DraftFault::NoText)));
    vec![
        (
            "write_comment.html faults",
            theme.write_comment(&settings, write(None, faults, None), meta),
        ),
        (
            "write_comment.html answer",
            theme.write_comment(
                &settings,
                write(Some(&thread.lines[1]), Vec::new(), Some(Notice::LookAgain)),
                meta,
            ),
        ),
        (
            "own_comments.html",
            theme.own_comments(
                &settings,
                own_view(
                    vec![own(&waiting, None), mended, own(&gone, None)],
                    Some(Notice::Waits),
                ),
                meta,
            ),
        ),
        (
            "own_comments.html empty",
            theme.own_comments(&settings, own_view(Vec::new(), None), meta),
        ),
        (
            "report_comment.html",
            theme.report_comment(&settings, report(false), meta),
        ),
        (
            "report_comment.html done",
            theme.report_comment(&settings, report(true), meta),
        ),
        (
            "comment_data.html ask",
            theme.comment_data(&settings, asked, meta),
        ),
        (
            "comment_data.html shown",
            theme.comment_data(&settings, shown, meta),
        ),
    ]
}
