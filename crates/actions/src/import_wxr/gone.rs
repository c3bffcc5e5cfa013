//! What an earlier export had and this one has no more: reported, never
//! deleted here.

use editorial::ArticleState;

use super::{Import, ImportError, met::Numbers};

/// Origins looked at in one read.
const PAGE: u32 = 1_000;

impl Import<'_, '_> {
    /// Reports what was deleted on the old site since it was imported.
    pub(super) async fn report_gone(&mut self) -> Result<(), ImportError> {
        for kind in ["post", "attachment", "comment"] {
            let mut after = String::new();
            // An export of pictures alone says nothing about articles.
            if self.numbers(kind).is_empty() {
                continue;
            }
            loop {
                let page = self
                    .store
                    .origins_after(&self.source, kind, &after, PAGE)
                    .await?;
                let Some(last) = page.last() else { break };
                after.clone_from(&last.foreign);
                for origin in page {
                    let withdrawn = origin.state == Some(ArticleState::Withdrawn);
                    if withdrawn || self.numbers(kind).contains(&origin.foreign) {
                        continue;
                    }
                    let why = match kind {
                        "post" => format!(
                            "is not in this export any more; it stays here as article {0}: withdraw it with `warraq article withdraw {0}` if it was deleted there",
                            origin.id
                        ),
                        _ => "is not in this export any more; it stays here".to_owned(),
                    };
                    self.report.note(0, 0, kind, &origin.foreign, &why);
                    self.report.count(match kind {
                        "post" => "articles_gone_there",
                        "attachment" => "attachments_gone_there",
                        _ => "comments_gone_there",
                    });
                }
            }
        }
        Ok(())
    }

    fn numbers(&self, kind: &str) -> &Numbers {
        match kind {
            "post" => &self.met.posts,
            "attachment" => &self.met.attachments,
            _ => &self.met.comments,
        }
    }
}
