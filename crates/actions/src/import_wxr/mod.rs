//! Importing a WordPress export.
//!
//! Two passes over the file: the first writes authors, terms and pictures, the
//! second articles, pages and comments, each in small transactions. What was
//! imported is remembered by its WordPress number and a hash, so that a run
//! that was killed is simply run again, a second run changes nothing, and a
//! later export adds and updates what changed there.

mod articles;
mod comments;
mod menus;
mod names;
mod pictures;
mod report;

use std::{
    collections::HashSet,
    fs::File,
    io::BufReader,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use editorial::{
    Changes, Id, Timestamp,
    audit::{Action, Actor, AuditEntry},
    id::IdBlock,
};
use importer::wordpress::{Entry, Item, Reader, WxrError};
use media::{MediaError, Originals};
use store::{Store, StoreError, seal::EmailSealer};

use jiff::tz::TimeZone;
use tokio::task::JoinHandle;

pub use report::{ImportReport, ReportLine};

use names::Names;

/// How long one transaction may hold the database.
const COMMIT_TIME_MAX: Duration = Duration::from_millis(50);
/// Items in one transaction at most.
const BATCH_MAX: usize = 400;
/// Ids drawn at once.
const IDS_DRAWN: i64 = 2_000;

/// Why an import ended early. What was written before stays.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file cannot be opened or read.
    #[error("{path} cannot be read: {source}")]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file is broken.
    #[error("{path}: {source}")]
    Wxr {
        /// The file.
        path: PathBuf,
        /// Where and how.
        source: WxrError,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A picture could not be kept.
    #[error(transparent)]
    Media(#[from] MediaError),
}

/// How to import.
pub struct ImportOptions<'a> {
    /// Read and count, write nothing.
    pub dry_run: bool,
    /// The folder with the old site's `wp-content/uploads`, where there is one.
    pub uploads: Option<&'a Path>,
    /// Where pictures are kept.
    pub originals: &'a Originals,
    /// Seals commenters' addresses.
    pub sealer: &'a EmailSealer,
    /// Random bytes for the seal, never the same twice.
    pub nonce: &'a mut dyn FnMut() -> [u8; 24],
    /// The time.
    pub now: Timestamp,
    /// Told the bytes read of the bytes there are, both passes together, and
    /// the items read.
    pub progress: &'a mut dyn FnMut(u64, u64, u64),
}

/// Imports one export.
///
/// # Errors
/// [`ImportError`]; the report tells what was done until then, and running
/// the import again goes on from there.
pub async fn import_wxr(
    store: &Store,
    path: &Path,
    options: ImportOptions<'_>,
    report: &mut ImportReport,
) -> Result<(), ImportError> {
    let zone = TimeZone::get(&store.settings().await?.time_zone).unwrap_or(TimeZone::UTC);
    let mut import = Import {
        store,
        zone,
        ids: None,
        names: Names::default(),
        menus: menus::Menus::default(),
        source: String::new(),
        batch_size: 32,
        items: 0,
        seen: HashSet::new(),
        writing: None,
        options,
        report,
    };
    import.first_pass(path).await?;
    import.written().await?;
    let read = import.second_pass(path).await;
    import.written().await?;
    read?;
    import.finish().await
}

/// An import at work.
struct Import<'a, 'b> {
    store: &'a Store,
    /// The site's time zone.
    zone: TimeZone,
    ids: Option<IdBlock>,
    names: Names,
    menus: menus::Menus,
    /// `wordpress:` and the old site's address.
    source: String,
    batch_size: usize,
    items: u64,
    /// WordPress's numbers met in this run: a file may hold an item twice.
    seen: HashSet<String>,
    /// The batch that is being written.
    writing: Option<JoinHandle<Result<Duration, StoreError>>>,
    options: ImportOptions<'b>,
    report: &'a mut ImportReport,
}

impl Import<'_, '_> {
    /// Authors, terms and pictures.
    async fn first_pass(&mut self, path: &Path) -> Result<(), ImportError> {
        let (mut reader, length) = open(path)?;
        let mut waiting = Vec::new();
        let mut terms_told = false;
        loop {
            // A broken file ends here too; the second pass meets the same break
            // and tells of it, after it has written what came before.
            let entry = reader.next_entry().unwrap_or_default();
            let ended = entry.is_none();
            let item_met = matches!(entry, Some(Entry::Item(_)));
            match entry {
                Some(Entry::Site {
                    title,
                    url,
                    tagline,
                }) => self.meet_site(title, &url, tagline),
                Some(Entry::Author { id, login, name }) => self.names.author_told(id, login, name),
                Some(Entry::Category(term)) => self.names.category_told(term),
                Some(Entry::Tag(term)) => self.names.tag_told(term),
                Some(Entry::Item(item)) if item.kind == "attachment" => waiting.push(*item),
                Some(Entry::Item(_)) | None => {}
            }
            if ended || item_met {
                if !terms_told {
                    self.settle_names().await?;
                    terms_told = true;
                }
                if ended || waiting.len() >= self.batch_size {
                    self.pictures(std::mem::take(&mut waiting)).await?;
                    (self.options.progress)(reader.position(), 2 * length, self.items);
                }
            }
            if ended {
                return Ok(());
            }
        }
    }

    /// Articles, pages, comments and menus.
    async fn second_pass(&mut self, path: &Path) -> Result<(), ImportError> {
        let (mut reader, length) = open(path)?;
        let mut waiting: Vec<Item> = Vec::new();
        loop {
            let entry = reader.next_entry().map_err(|source| ImportError::Wxr {
                path: path.to_owned(),
                source,
            });
            match entry {
                Ok(Some(Entry::Item(item))) => {
                    self.items += 1;
                    match item.kind.as_str() {
                        "post" | "page" => waiting.push(*item),
                        "attachment" => {}
                        "nav_menu_item" => self.menus.told(&item),
                        "revision" | "customize_changeset" | "oembed_cache" => {
                            self.report.count("left_out")
                        }
                        kind => {
                            let why = format!("items of the type {kind} have no place in a paper");
                            self.report.note(item.line, item.byte, kind, &item.id, &why);
                        }
                    }
                    if waiting.len() >= self.batch_size {
                        self.articles(std::mem::take(&mut waiting)).await?;
                        (self.options.progress)(length + reader.position(), 2 * length, self.items);
                    }
                }
                Ok(Some(_)) => {}
                Ok(None) => return self.articles(waiting).await,
                Err(error) => {
                    self.articles(waiting).await?;
                    return Err(error);
                }
            }
        }
    }

    fn meet_site(&mut self, title: String, url: &str, tagline: String) {
        let address = url.trim().trim_end_matches('/').to_lowercase();
        self.source = format!("wordpress:{address}");
        self.menus.site = (title, tagline, address);
    }

    /// Hands what a batch gathered to the store, once the batch before it is
    /// written, and fits the size of the next one to the time that took. The
    /// next batch is prepared while this one is written.
    async fn commit(&mut self, changes: Changes, subject: Option<Id>) -> Result<(), ImportError> {
        let (Some(subject), false) = (subject, self.options.dry_run) else {
            return Ok(());
        };
        self.written().await?;
        let entry = AuditEntry {
            at: self.options.now,
            actor: Actor::Importer,
            action: Action::ImportBatch,
            subject,
        };
        let (store, changes) = (self.store.clone(), changes.audit(entry).coarse());
        self.writing = Some(tokio::spawn(async move {
            let started = Instant::now();
            store.commit(changes).await.map(|_| started.elapsed())
        }));
        Ok(())
    }

    /// Waits until the batch in work is on disk.
    async fn written(&mut self) -> Result<(), ImportError> {
        let Some(writing) = self.writing.take() else {
            return Ok(());
        };
        let took = writing.await.expect("a commit does not panic")?;
        if took > COMMIT_TIME_MAX * 4 / 5 {
            self.batch_size = (self.batch_size / 2).max(1);
        } else if took < COMMIT_TIME_MAX / 2 {
            self.batch_size = (self.batch_size + self.batch_size / 4 + 1).min(BATCH_MAX);
        }
        Ok(())
    }

    /// Notes in the report what became of an item.
    fn note(&mut self, item: &Item, why: &str) {
        self.report
            .note(item.line, item.byte, &item.kind, &item.id, why);
    }

    async fn id(&mut self) -> Result<Id, ImportError> {
        if self.options.dry_run {
            return Ok(Id::new(1).expect("1 is an id"));
        }
        if let Some(id) = self.ids.as_mut().and_then(IdBlock::draw) {
            return Ok(id);
        }
        let mut block = self.store.draw_ids(IDS_DRAWN).await?;
        let id = block.draw().expect("a fresh block holds an id");
        self.ids = Some(block);
        Ok(id)
    }
}

type Export = (Reader<BufReader<File>>, u64);

fn open(path: &Path) -> Result<Export, ImportError> {
    let failed = |source| ImportError::File {
        path: path.to_owned(),
        source,
    };
    let file = File::open(path).map_err(failed)?;
    let length = file.metadata().map_err(failed)?.len();
    Ok((
        Reader::new(BufReader::with_capacity(256 * 1024, file)),
        length,
    ))
}

/// A moment as WordPress writes it (`2017-09-15 16:20:00`), in that zone;
/// `None` for zeros and everything else.
fn moment(text: &str, zone: &TimeZone) -> Option<Timestamp> {
    let (day, time) = text.trim().split_once(' ')?;
    let joined: jiff::civil::DateTime = format!("{day}T{time}").parse().ok()?;
    let zoned = joined.to_zoned_datetime(zone.clone()).ok()?;
    Some(Timestamp(zoned.timestamp().as_microsecond()))
}
