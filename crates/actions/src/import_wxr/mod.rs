//! Importing a WordPress export.
//!
//! Two passes over the files: the first looks for authors, terms, pictures and
//! reusable blocks and writes them, the second writes articles, pages and
//! comments, each in small transactions. What was imported is remembered by
//! its WordPress number and a hash, so that a run that was killed is simply
//! run again, a second run changes nothing, and a later export adds and
//! updates what changed there.
//!
//! A thread reads the file, others reduce the texts of a batch, and the batch
//! before it is written meanwhile; ids are drawn and lines of the report
//! written in the order of the file.

mod addresses;
mod alts;
mod articles;
mod attachment_pages;
mod clock;
mod comments;
mod draft;
mod first_look;
mod fit;
mod gone;
mod menu_place;
mod menus;
mod met;
mod names;
mod pictures;
mod read;
mod report;
mod terms;
mod uploads;

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use editorial::{
    Changes, Id, Timestamp,
    audit::{Action, Actor, AuditEntry},
    id::IdBlock,
};
use importer::wordpress::{Item, WxrError, date};
use media::{MediaError, Originals};
use store::{Ready, Store, StoreError, seal::EmailSealer};

use jiff::tz::TimeZone;
use tokio::task::JoinHandle;

pub use report::{ImportReport, ReportLine};

use draft::Aside;
use fit::{BATCH_MAX, fitted};
use met::Met;
use names::Names;
use read::Told;

/// What stands before a site's address in the name of a source.
pub(crate) const SOURCE: &str = "wordpress:";
/// Items in the first transaction of a pass.
const BATCH_START: usize = 32;
/// Ids drawn at once.
const IDS_DRAWN: i64 = 10_000;

/// Why an import ended early. What was written before stays.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file cannot be opened or read.
    #[error("{path} cannot be read: {fault}: see whether it is there and may be read")]
    File {
        /// The file.
        path: PathBuf,
        /// Why; part of the sentence, and so no source behind it.
        fault: std::io::Error,
    },
    /// The file is broken.
    #[error("{path}: {fault}")]
    Wxr {
        /// The file.
        path: PathBuf,
        /// Where and how; part of the sentence, and so no source behind it.
        fault: WxrError,
    },
    /// Files of two sites were given together.
    #[error(
        "{path} is an export of another site than the file before it: import it with a command of its own"
    )]
    OtherSite {
        /// The file.
        path: PathBuf,
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

/// Imports the files of one export, in their order.
///
/// # Errors
/// [`ImportError`]; the report tells what was done until then, and running
/// the import again goes on from there.
pub async fn import_wxr(
    store: &Store,
    paths: &[PathBuf],
    options: ImportOptions<'_>,
    report: &mut ImportReport,
) -> Result<(), ImportError> {
    let zone_set = store.settings().await?.time_zone;
    let zone = TimeZone::get(&zone_set).unwrap_or(TimeZone::UTC);
    let mut import = Import {
        store,
        ids: None,
        names: Names::default(),
        menus: menus::Menus::default(),
        pages: attachment_pages::Pages::default(),
        uploads: uploads::Uploads::default(),
        clock: clock::Clock::of(zone_set),
        alts: alts::Alts::default(),
        all_kept: false,
        source: String::new(),
        aside: Arc::new(Aside {
            zone,
            ..Aside::default()
        }),
        pictures: HashMap::new(),
        batch_size: Arc::new(AtomicUsize::new(BATCH_START)),
        size_in_hand: None,
        items: 0,
        bytes: (0, 0),
        met: Met::default(),
        writing: None,
        options,
        report,
    };
    for path in paths {
        import.bytes.1 += 2 * read::open(path, true)?.1;
    }
    let read = import.both_passes(paths).await;
    import.written().await?;
    import.report_left_out();
    read?;
    if import.report_gone().await? {
        import.note_kept().await?;
    }
    import.finish().await
}

/// How long a transaction in work will have taken.
type Writing = JoinHandle<Result<Duration, StoreError>>;

/// An import at work.
struct Import<'a, 'b> {
    store: &'a Store,
    ids: Option<IdBlock>,
    names: Names,
    menus: menus::Menus,
    pages: attachment_pages::Pages,
    uploads: uploads::Uploads,
    clock: clock::Clock,
    alts: alts::Alts,
    /// Whether every address of what came before is kept.
    all_kept: bool,
    /// `wordpress:` and the old site's address.
    source: String,
    /// What the texts of the posts refer to.
    aside: Arc<Aside>,
    /// Ids here of the attachments met in this run, by their numbers.
    pictures: HashMap<u64, Id>,
    batch_size: Arc<AtomicUsize>,
    /// The size that the batch in hand was cut to, until it is committed.
    size_in_hand: Option<usize>,
    items: u64,
    /// Bytes of the files that were read before, and bytes in all.
    bytes: (u64, u64),
    met: Met,
    /// The batch that is being written, and the size that it was cut to.
    writing: Option<(Writing, Option<usize>)>,
    options: ImportOptions<'b>,
    report: &'a mut ImportReport,
}

impl Import<'_, '_> {
    async fn both_passes(&mut self, paths: &[PathBuf]) -> Result<(), ImportError> {
        for path in paths {
            self.first_look(path).await?;
        }
        self.settle_clock();
        self.settle_names().await?;
        // Articles look for the pictures of the first look.
        self.written().await?;
        // What fitted pictures says nothing of articles, which cost more.
        self.batch_size.store(BATCH_START, Ordering::Relaxed);
        for path in paths {
            self.second_pass(path).await?;
        }
        self.last_attachment_pages().await?;
        self.late_uploads().await?;
        // Menus and what is gone are looked up among all that was written.
        self.written().await
    }

    /// Articles, pages, comments and menus.
    async fn second_pass(&mut self, path: &Path) -> Result<(), ImportError> {
        let (_, length) = read::open(path, true)?;
        let mut told = read::start(path.to_owned(), Arc::clone(&self.batch_size))?;
        while let Some(told) = told.recv().await {
            match told {
                Told::Batch {
                    articles,
                    others,
                    size,
                    position,
                } => {
                    self.size_in_hand = Some(size);
                    self.items += (articles.len() + others.len()) as u64;
                    for item in &others {
                        self.other_item(item);
                    }
                    self.attachment_pages(&others);
                    self.articles(articles).await?;
                    (self.options.progress)(self.bytes.0 + position, self.bytes.1, self.items);
                }
                Told::Broken(fault) => {
                    return Err(ImportError::Wxr {
                        path: path.to_owned(),
                        fault,
                    });
                }
            }
        }
        self.bytes.0 += length;
        Ok(())
    }

    fn other_item(&mut self, item: &Item) {
        match item.kind.as_str() {
            // What the first look has taken.
            "attachment" | "guest-author" | "wp_block" => {}
            "nav_menu_item" => self.menu_item_told(item),
            "revision" | "customize_changeset" | "oembed_cache" | "user_request" => {
                self.report.count("left_out")
            }
            kind => {
                let why = format!("items of the type {kind} have no place in a paper");
                self.report.note(item.line, item.byte, kind, &item.id, &why);
            }
        }
    }

    /// Hands what a batch gathered to the store, once the batch before it is
    /// written, and fits the size of the next one to the time that took. The
    /// next batch is prepared while this one is written.
    async fn commit(&mut self, changes: Changes) -> Result<(), ImportError> {
        let subject = changes.writes.iter().find_map(subject_of);
        let (Some(subject), false) = (subject, self.options.dry_run) else {
            return Ok(());
        };
        let entry = AuditEntry {
            at: self.options.now,
            actor: Actor::Importer,
            action: Action::ImportBatch,
            subject,
            note: String::new(),
        };
        let ready = tokio::spawn(async move { Ready::of(changes.audit(entry).coarse()) });
        self.written().await?;
        let store = self.store.clone();
        let writing = tokio::spawn(async move {
            let ready = ready.await.expect("making lists does not panic")?;
            Ok(store.commit_ready(ready).await?.held)
        });
        // What else comes of a batch, comments say, tells nothing of its size.
        self.writing = Some((writing, self.size_in_hand.take()));
        Ok(())
    }

    /// Waits until the batch in work is on disk.
    async fn written(&mut self) -> Result<(), ImportError> {
        let Some((writing, size)) = self.writing.take() else {
            return Ok(());
        };
        let took = writing.await.expect("a commit does not panic")?;
        self.report.transaction(took);
        if let Some(size) = size {
            self.batch_size.store(fitted(size, took), Ordering::Relaxed);
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

    /// Remembers where a thing came from.
    fn remember(
        &self,
        changes: &mut Changes,
        kind: &str,
        foreign: &str,
        id: Id,
        fingerprint: String,
    ) {
        changes.writes.push(editorial::Write::Origin {
            source: self.source.clone(),
            kind: kind.to_owned(),
            foreign: foreign.to_owned(),
            id,
            fingerprint,
        });
    }
}

/// What an audit entry of a batch names: the first thing it remembers.
fn subject_of(write: &editorial::Write) -> Option<Id> {
    match write {
        editorial::Write::Origin { id, .. } => Some(*id),
        editorial::Write::OldAddress { target, .. } => Some(target.id()),
        editorial::Write::OldAddressMoved { to, .. } => Some(to.id()),
        _ => None,
    }
}

/// A moment as WordPress writes it (`2017-09-15 16:20:00`), in that zone;
/// `None` for zeros and everything else.
fn moment(text: &str, zone: &TimeZone) -> Option<Timestamp> {
    let zoned = date(text)?.to_zoned_datetime(zone.clone()).ok()?;
    Some(Timestamp(zoned.timestamp().as_microsecond()))
}
