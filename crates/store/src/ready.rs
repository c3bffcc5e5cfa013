//! Changes made ready to be written: all that can be done before their
//! transaction begins, so that it is short.

use std::collections::BTreeMap;

use editorial::{
    Changes, SiteSettings, Write, accounts::AccountWrite, audit::AuditEntry, comment::CommentWrite,
    front::FrontWrite, schedule::ScheduleWrite, ticker::TickerWrite, workflow::WorkflowWrite,
};
use serde_json::{Value, json};
use sqlx::AnyConnection;

use crate::{
    StoreError, accounts, aggregates, articles, comments, front, origins, rows, schedules, ticker,
    workflow, working_copies,
};

/// Changes that are ready for [`crate::Store::commit_ready`].
pub struct Ready {
    lists: rows::Lists,
    articles: articles::Ready,
    account_writes: Vec<AccountWrite>,
    comment_writes: Vec<CommentWrite>,
    working_copies: Vec<working_copies::Ready>,
    schedules: Vec<ScheduleWrite>,
    workflow: Vec<WorkflowWrite>,
    ticker: Vec<TickerWrite>,
    front: Vec<FrontWrite>,
    /// Descriptions of media as rows, with the versions they were loaded at.
    described: Vec<(String, i64)>,
    /// The settings as they were loaded, and as they are to be.
    settings: Option<(Box<SiteSettings>, Box<SiteSettings>)>,
    pub(crate) audit: Vec<AuditEntry>,
    /// The keys of the change log, as a list; none where there are none.
    pub(crate) keys: Option<String>,
}

impl Ready {
    /// Makes `changes` ready; reads nothing.
    ///
    /// # Errors
    /// [`StoreError::Nul`] where a text cannot be kept.
    pub fn of(changes: Changes) -> Result<Self, StoreError> {
        let keys = changes.all_keys();
        let keys: Vec<_> = keys.iter().map(|key| Value::from(key.code())).collect();
        let keys = (!keys.is_empty()).then(|| rows::list(keys)).transpose()?;
        let mut lists: BTreeMap<&'static str, Vec<Value>> = BTreeMap::new();
        let mut written = Vec::new();
        let mut ready = Self {
            lists: rows::Lists::default(),
            articles: articles::Ready::default(),
            account_writes: Vec::new(),
            comment_writes: Vec::new(),
            working_copies: Vec::new(),
            schedules: Vec::new(),
            workflow: Vec::new(),
            ticker: Vec::new(),
            front: Vec::new(),
            described: Vec::new(),
            settings: None,
            audit: changes.audit,
            keys,
        };
        for write in changes.writes {
            let (statement, value) = match write {
                Write::Article {
                    article,
                    loaded_version,
                } => {
                    written.push((article, loaded_version));
                    continue;
                }
                Write::Account(write) => {
                    ready.account_writes.push(write);
                    continue;
                }
                Write::Front(write) => {
                    ready.front.push(write);
                    continue;
                }
                Write::Ticker(write) => {
                    if let TickerWrite::Pushed(item) | TickerWrite::Changed(item) = &write {
                        rows::without_nul(&json!([item.text, item.url]).to_string())?;
                    }
                    ready.ticker.push(write);
                    continue;
                }
                Write::Settings { loaded, settings } => {
                    ready.settings = Some((loaded, settings));
                    continue;
                }
                Write::Section(section) => (aggregates::SECTIONS, json!(section)),
                Write::Tag(tag) => (aggregates::TAGS, json!(tag)),
                Write::Author(author) => (aggregates::AUTHORS, json!(author)),
                Write::Media(media) => (aggregates::MEDIA, crate::media::row(&media)),
                Write::Correction(correction) => (
                    aggregates::CORRECTIONS,
                    aggregates::correction_row(&correction),
                ),
                Write::Comment(CommentWrite::Imported(comment)) => {
                    (aggregates::COMMENTS, aggregates::comment_row(&comment))
                }
                Write::MediaDescribed {
                    media,
                    loaded_version,
                } => {
                    let list = rows::list(vec![crate::media::row(&media)])?;
                    ready.described.push((list, loaded_version));
                    continue;
                }
                Write::Schedule(write) => {
                    ready.schedules.push(write);
                    continue;
                }
                Write::Workflow(write) => {
                    ready.workflow.push(write);
                    continue;
                }
                Write::WorkingCopy(write) => {
                    ready.working_copies.push(working_copies::Ready::of(write)?);
                    continue;
                }
                Write::Comment(write) => {
                    ready.comment_writes.push(write);
                    continue;
                }
                Write::OldAddress { key, target } => (
                    aggregates::OLD_ADDRESSES,
                    aggregates::old_address_row(&key, target),
                ),
                Write::OldAddressMoved { key, from, to } => (
                    aggregates::OLD_ADDRESSES_MOVED,
                    aggregates::moved_address_row(&key, from, to),
                ),
                Write::Origin {
                    source,
                    kind,
                    foreign,
                    id,
                    fingerprint,
                } => (
                    origins::INSERT,
                    json!({ "source": source, "kind": kind, "foreign": foreign, "id": id, "fingerprint": fingerprint }),
                ),
            };
            lists.entry(statement).or_default().push(value);
        }
        for (statement, values) in lists {
            ready.lists.push(statement, values)?;
        }
        ready.articles = articles::Ready::of(written)?;
        Ok(ready)
    }

    /// Writes all of it.
    pub(crate) async fn write(&self, connection: &mut AnyConnection) -> Result<(), StoreError> {
        self.lists.write(connection).await?;
        self.articles.write(connection).await?;
        for write in &self.account_writes {
            accounts::write(connection, write).await?;
        }
        for write in &self.comment_writes {
            comments::write(connection, write).await?;
        }
        for copy in &self.working_copies {
            copy.write(connection).await?;
        }
        for write in &self.schedules {
            schedules::write(connection, write).await?;
        }
        for write in &self.workflow {
            workflow::write(connection, write).await?;
        }
        for write in &self.front {
            front::write(connection, write).await?;
        }
        for write in &self.ticker {
            ticker::write(connection, write).await?;
        }
        for (row, loaded_version) in &self.described {
            crate::media::describe(connection, row, *loaded_version).await?;
        }
        if let Some((loaded, wanted)) = &self.settings {
            aggregates::write_settings(connection, loaded, wanted).await?;
        }
        Ok(())
    }

    /// Whether it holds only while there is an administrator.
    pub(crate) fn asks_for_an_administrator(&self) -> bool {
        let asks = |write: &AccountWrite| matches!(write, AccountWrite::AdministratorStays);
        self.account_writes.iter().any(asks)
    }
}
