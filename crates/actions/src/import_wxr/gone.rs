//! What an earlier export had and this one has no more: reported, never
//! deleted here.

use editorial::ArticleState;
use store::Origin;

use super::{Import, ImportError, met::Numbers};

/// Origins looked at in one read.
const PAGE: u32 = 1_000;
/// What may be gone: its kind, and what its count is called.
const KINDS: [(&str, &str); 7] = [
    ("post", "articles_gone_there"),
    ("attachment", "attachments_gone_there"),
    ("comment", "comments_gone_there"),
    ("author", "authors_gone_there"),
    ("category", "sections_gone_there"),
    ("category_tag", "tags_gone_there"),
    ("tag", "tags_gone_there"),
];

impl Import<'_, '_> {
    /// Reports what was deleted on the old site since it was imported; whether
    /// this run has met everything that came before.
    pub(super) async fn report_gone(&mut self) -> Result<bool, ImportError> {
        let mut met_all = true;
        for (kind, counted) in KINDS {
            if !self.tells_of(kind) {
                let any = self.store.origins_after(&self.source, kind, "", 1).await?;
                met_all &= any.is_empty();
                continue;
            }
            let mut after = String::new();
            loop {
                let page = self
                    .store
                    .origins_after(&self.source, kind, &after, PAGE)
                    .await?;
                let Some(last) = page.last() else { break };
                after.clone_from(&last.foreign);
                for origin in page {
                    if self.is_gone(kind, &origin).await? {
                        met_all = false;
                        self.report
                            .note(0, 0, kind, &origin.foreign, &what_to_do(kind, &origin));
                        self.report.count(counted);
                    }
                }
            }
        }
        Ok(met_all)
    }

    /// Whether the export says anything of things of a kind: one of pictures
    /// alone has no articles, and one of some articles declares no tags.
    fn tells_of(&self, kind: &str) -> bool {
        match kind {
            // Comments come with their articles.
            "post" | "comment" => !self.met.posts.is_empty(),
            "attachment" => !self.met.attachments.is_empty(),
            "author" => self.met.declares_authors,
            "tag" => self.met.declares_tags,
            _ => self.met.declares_categories,
        }
    }

    async fn is_gone(&self, kind: &str, origin: &Origin) -> Result<bool, ImportError> {
        if origin.state == Some(ArticleState::Withdrawn)
            || self.numbers(kind).contains(&origin.foreign)
        {
            return Ok(false);
        }
        if kind != "comment" {
            return Ok(true);
        }
        // Those of an article that is gone itself went with it.
        let comment = self.store.comment(origin.id).await?;
        Ok(comment.is_some_and(|comment| self.met.articles.contains(&comment.article)))
    }

    fn numbers(&self, kind: &str) -> &Numbers {
        match kind {
            "post" => &self.met.posts,
            "attachment" => &self.met.attachments,
            "comment" => &self.met.comments,
            "author" => &self.met.authors,
            "tag" => &self.met.tags,
            _ => &self.met.categories,
        }
    }
}

fn what_to_do(kind: &str, origin: &Origin) -> String {
    match kind {
        "post" => format!(
            "is not in this export any more; it stays here as article {0}: withdraw it with `warraq article withdraw {0}` if it was deleted there",
            origin.id
        ),
        "author" | "category" | "category_tag" | "tag" => {
            "is not in this export any more; its page and its articles stay here".to_owned()
        }
        _ => "is not in this export any more; it stays here".to_owned(),
    }
}
