//! Readers' comments, as the moderators of the newsroom see them.

mod acts;
mod decide;
mod item;
mod view;

use actions::comments::Comments;
use editorial::{Id, comment::CommentState, urls::Url};
use hyper::StatusCode;
use screens::{
    Script,
    comments::{self as shown, Filter, ShownArticle},
    contexts::Notice,
};
use store::{Counts, Wants};

use self::view::{Done, View};
use super::{Asked, Failure, reply::Reply};

/// The choices, in their order.
const FILTERS: [Wants; 7] = [
    Wants::State(CommentState::Waiting),
    Wants::Reported,
    Wants::State(CommentState::Approved),
    Wants::State(CommentState::Rejected),
    Wants::State(CommentState::Spam),
    Wants::State(CommentState::Withdrawn),
    Wants::All,
];

impl Asked<'_> {
    /// The queue.
    pub(super) async fn comments(&self) -> Result<Reply, Failure> {
        // Before anything is read, so that nothing is missed by whoever goes on
        // from here.
        let position = self.site.changes.position();
        let fields = self.fields();
        let view = View::read(&fields);
        let store = &self.site.store;
        let listed = store.comments(&view.wanted()).await?;
        let counts = store.comment_counts().await?;
        let notice = match fields.one("done") {
            "answered" => Some(Notice::done("done-answered")),
            "set" => Some(Notice::done("done-saved")),
            _ => None,
        };
        let screen = shown::Comments {
            view: view.query(),
            filters: filters(&view, &counts),
            article: self.shown_article(view.wants).await?,
            items: listed
                .items
                .into_iter()
                .map(|item| self.item(item))
                .collect(),
            older: listed.next.map(|next| view.from(Some(next)).path()),
            newest: view.before.map(|_| view.from(None).path()),
            words: view.words,
            did: self.done(),
            position,
            script: self.script(Script::Moderation),
        };
        self.show(StatusCode::OK, notice, &screen)
    }

    async fn shown_article(&self, wants: Wants) -> Result<Option<ShownArticle>, Failure> {
        let Wants::Article(id) = wants else {
            return Ok(None);
        };
        let article = self.site.store.article(id).await?;
        Ok(article.map(|article| ShownArticle {
            id: id.get(),
            path: Url::Article(id, article.slug).to_string(),
            headline: article.headline,
            commenting: article.commenting.name(),
        }))
    }

    /// What was just done, where the address says so under our seal.
    fn done(&self) -> Option<shown::Did> {
        let fields = self.fields();
        let (text, seal) = (fields.one("did"), fields.one("seal"));
        let done = Done::parse(text, seal, &self.holder)?;
        if !done.is_news(self.now) {
            return None;
        }
        let may_undo = done.act != view::Act::Undo && !done.decided.is_empty();
        Some(shown::Did {
            what: done.act.name(),
            count: done.decided.len(),
            changed: done.changed,
            left: done.left,
            undo: if may_undo {
                text.to_owned()
            } else {
                String::new()
            },
            seal: seal.to_owned(),
        })
    }

    /// The acts on comments; none where their addresses cannot be sealed.
    fn talks(&self) -> Option<&Comments> {
        self.site.talks.as_ref().map(|talks| &talks.comments)
    }

    /// The comment that the path names.
    fn comment_asked(&self) -> Option<Id> {
        Id::parse(self.part)
    }
}

fn filters(view: &View, counts: &Counts) -> Vec<Filter> {
    let each = FILTERS.into_iter().map(|wants| Filter {
        name: view::name(wants),
        path: View {
            words: view.words.clone(),
            ..View::of(wants)
        }
        .path(),
        count: match wants {
            Wants::State(state) => {
                let at = CommentState::ALL.iter().position(|known| *known == state);
                at.map_or_else(String::new, |at| counted(counts.states[at]))
            }
            Wants::Reported => counted(counts.reported),
            Wants::Article(_) | Wants::All => String::new(),
        },
        here: view.wants == wants,
    });
    each.collect()
}

/// A count, written out; beyond what is counted it says so.
pub(super) fn counted(count: u32) -> String {
    if count >= Counts::MAX {
        format!("{}+", Counts::MAX)
    } else {
        count.to_string()
    }
}
