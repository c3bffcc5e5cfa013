//! The page of an article as readers will see it, before they do.

use editorial::{ArticleKind, ArticleState, WorkingCopy, comment::Commenting, page::CommentThread};
use hyper::StatusCode;
use screens::articles::Preview;
use splice::Encoding;
use theme::{PageMeta, Parts};

use super::{Opened, house};
use crate::{
    frame::Shared,
    newsroom::{Asked, Failure, reply::Reply},
    respond,
};

/// Bytes of a KB.
const KB: usize = 1_024;

impl Asked<'_> {
    /// The screen on which the page is shown.
    pub(super) async fn preview(&self, opened: &Opened<'_>) -> Result<Reply, Failure> {
        let shared = self.site.shared(self.now).await?;
        let page = self.page_of(opened, &shared).await?;
        let (head, main) = (
            respond::compress(page.head.as_bytes()),
            respond::compress(page.main.as_bytes()),
        );
        let segments = [
            &shared.opening,
            &head,
            &shared.masthead,
            &main,
            &shared.closing,
        ];
        let weight = |encoding| kilobytes(splice::joined_length(&segments, encoding));
        let screen = Preview {
            id: opened.article.id.get(),
            headline: opened.copy.content.headline.clone(),
            wide: self.query("wide") == "1",
            compressed: weight(Encoding::Gzip),
            whole: weight(Encoding::Identity),
            house: house::told(&opened.copy.content),
        };
        Ok(self.show(StatusCode::OK, None, &screen)?.framing())
    }

    /// The page itself.
    pub(super) async fn article_page(&self, opened: &Opened<'_>) -> Result<Reply, Failure> {
        let shared = self.site.shared(self.now).await?;
        let page = self.page_of(opened, &shared).await?;
        let policy = respond::framed_policy(self.site.theme.style_hash());
        Ok(Reply::framed(shared.plain.around(&page), policy))
    }

    /// What the working copy says, as if it were public, without comments.
    async fn page_of(&self, opened: &Opened<'_>, shared: &Shared) -> Result<Parts, Failure> {
        let article = opened.article.clone();
        // What the public sees meanwhile is no matter here.
        let copy = WorkingCopy {
            base: article.revision,
            ..opened.copy.clone()
        };
        let mut article = article
            .with_copy(&copy)
            .map_err(actions::ActionError::Article)?;
        article.state = ArticleState::Published;
        article.published_at = article.published_at.or(Some(self.now));
        article.commenting = Commenting::Closed;
        let (theme, settings) = (&self.site.theme, &shared.frame.settings);
        let meta = PageMeta {
            now: self.now,
            origin: String::new(),
            json_ld: None,
        };
        let kind = article.kind;
        let mut page = self.site.store.preview_page(article).await?;
        page.thread = CommentThread {
            lines: Vec::new(),
            count: 0,
            ..page.thread
        };
        Ok(match kind {
            ArticleKind::Story => theme.article(settings, &page, &meta)?,
            ArticleKind::Page => {
                theme.standing_page(settings, &page.article, &page.images, &meta)?
            }
        })
    }
}

/// A size in KB with one digit after its point.
fn kilobytes(bytes: usize) -> String {
    let tenths = (bytes * 10).div_ceil(KB);
    format!("{}.{}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::kilobytes;

    #[test]
    fn a_size_is_rounded_up_to_a_tenth() {
        for (bytes, expect) in [(0, "0.0"), (1, "0.1"), (1_024, "1.0"), (14_700, "14.4")] {
            assert_eq!(kilobytes(bytes), expect, "{bytes}");
        }
    }
}
