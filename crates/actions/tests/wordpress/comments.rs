//! Comments.

use crate::export::{comment, imported, post, says};
use crate::paper::{Paper, count};
use editorial::Timestamp;
use editorial::comment::{CommentState, Commenting};
use testing::{Place, on_both_engines};

on_both_engines! {
    comments_in_threads_and_states
}

async fn comments_in_threads_and_states(place: &Place) {
    let paper = Paper::new(place).await;
    let with = |comments: &[String]| {
        [post(
            1,
            "publish",
            "https://old.example/1/",
            &(comments.concat() + "<wp:comment_status>closed</wp:comment_status>"),
        )]
    };
    let first = [
        comment(11, 10, "1", "comment", "رد قبل أصله"),
        comment(
            10,
            0,
            "1",
            "",
            "أصل <b>طيب</b>\n\nفقرة <script>x</script>ثانية",
        ),
        comment(12, 0, "0", "comment", "ينتظر"),
        comment(13, 0, "spam", "comment", "مزعج"),
        comment(14, 0, "trash", "comment", "محذوف"),
        comment(15, 0, "1", "pingback", "x"),
        comment(16, 0, "1", "trackback", "x"),
        comment(17, 0, "1", "order_note", "x"),
    ];
    let report = imported(&paper, &with(&first)).await;
    assert_eq!(
        (
            count(&report, "comments_new"),
            count(&report, "pingbacks_left_out")
        ),
        (5, 2),
        "{report:?}"
    );
    says(&report, "17", "order_note");
    let article = paper.article("?p=1").await;
    assert!(article.commenting == Commenting::Closed);
    let of = async |number: &str| {
        let origins = paper
            .store
            .origins(
                "wordpress:https://old.example",
                "comment",
                &[number.to_owned()],
            )
            .await
            .expect("read");
        paper
            .store
            .comment(origins[0].id)
            .await
            .expect("read")
            .expect("there")
    };
    let original = of("10").await;
    assert_eq!(of("11").await.reply_to, Some(original.id));
    assert_eq!(original.text, "أصل طيب\nفقرة ثانية");
    assert_eq!(
        original.written_at,
        Timestamp::parse("2019-03-05T07:00:00Z").expect("a time")
    );
    assert_eq!(
        [
            of("12").await.state,
            of("13").await.state,
            of("14").await.state
        ],
        [
            CommentState::Waiting,
            CommentState::Spam,
            CommentState::Withdrawn
        ]
    );
    // A later export: one was approved there, one was deleted, one is new.
    let later = [
        comment(11, 10, "1", "comment", "رد قبل أصله"),
        comment(
            10,
            0,
            "1",
            "",
            "أصل <b>طيب</b>\n\nفقرة <script>x</script>ثانية",
        ),
        comment(12, 0, "1", "comment", "ينتظر"),
        comment(13, 0, "spam", "comment", "مزعج"),
        comment(18, 0, "1", "comment", "جديد"),
    ];
    let report = imported(&paper, &with(&later)).await;
    assert_eq!(
        (
            count(&report, "comments_new"),
            count(&report, "comments_updated"),
            count(&report, "comments_gone_there"),
            count(&report, "articles_unchanged")
        ),
        (1, 1, 1, 1),
        "{report:?}"
    );
    says(&report, "14", "not in this export any more");
    assert_eq!(of("12").await.state, CommentState::Approved);
    let position = *paper.store.position().borrow();
    imported(&paper, &with(&later)).await;
    assert_eq!(
        *paper.store.position().borrow(),
        position,
        "nothing is left to do"
    );
}
