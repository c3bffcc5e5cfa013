//! Comments on pages: those of an article, made anew by themselves, and the pages
//! of all comments.

use editorial::{
    Article, ArticleKind, ChangeKey, Id, Standing, Timestamp, comment::may_be_written_until,
    urls::Url,
};

use super::{Fill, PageError};
use crate::{
    cache::{Content, Stored, Talk},
    respond,
    site::Site,
};

impl Site {
    /// The same page with its comments as they are now.
    pub(super) async fn with_talk_anew(
        &self,
        page: &Stored,
        now: Timestamp,
    ) -> Result<Stored, PageError> {
        let Some(talk) = page.content.talk() else {
            return Err(PageError::Late);
        };
        let _turn = self.turn().await?;
        let shared = self.shared(now).await?;
        let settings = &shared.frame.settings;
        let newest_first = settings.comments.newest_first;
        let read = self
            .store
            .comment_thread(talk.article, 1, newest_first)
            .await?;
        let thread = self
            .theme
            .thread(settings, talk.article, &read.value, talk.open)?;
        Ok(page.with_talk(Talk {
            position: read.position,
            thread: respond::compress(thread.as_bytes()),
            ..talk.clone()
        }))
    }
}

impl Fill<'_> {
    /// Whether comments may be written under an article now.
    pub(super) fn takes_comments(&self, article: &Article) -> bool {
        may_be_written_until(article, self.settings).is_some_and(|until| self.now < until)
    }

    /// A page of all comments under an article.
    pub(super) async fn comments(
        &self,
        url: &Url,
        article: Id,
        page: u32,
        newest_first: Option<bool>,
    ) -> Result<Option<Stored>, PageError> {
        let by_setting = self.settings.comments.newest_first;
        let newest_first = newest_first.unwrap_or(by_setting);
        let read = self
            .site
            .store
            .comments_page(article, page, newest_first)
            .await?;
        let Some((article, thread)) = read.value else {
            return Ok(None);
        };
        let is_shown = Standing::of_article(article.state) == Standing::Shown;
        if !is_shown || article.kind != ArticleKind::Story || thread.page != page {
            return Ok(None);
        }
        let open = self.takes_comments(&article);
        let parts = self
            .site
            .theme
            .comments(self.settings, &article, &thread, &self.meta(None))?;
        // The page is the comments: they and the rest of it are one part.
        let talk = open.then(|| Talk {
            position: read.position,
            article: article.id,
            thread: respond::compress(b""),
            open,
        });
        let until = may_be_written_until(&article, self.settings).filter(|until| self.now < *until);
        let content = Content::page(&parts).with_talk(talk);
        Ok(Some(
            Stored::new(read.position, url.to_string(), content)
                .depends_on([
                    ChangeKey::article(article.id),
                    ChangeKey::comments(article.id),
                ])
                .until(until.unwrap_or(Timestamp(i64::MAX))),
        ))
    }
}
