//! The file read by a thread of its own: while one batch is reduced and the
//! one before it written, the next is read. The queue is short, so that memory
//! holds a few batches whatever the file's size.

use std::{
    fs::File,
    io::BufReader,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use importer::wordpress::{Entry, Item, Reader, WxrError};
use sha2::{Digest as _, Sha256};
use tokio::sync::mpsc;

use super::ImportError;

/// Batches that wait.
const QUEUE: usize = 2;
/// Bytes of text in one batch at most, but for a single item that has more.
const BATCH_BYTES_MAX: usize = 2 * 1024 * 1024;

/// A post or page, and the hash of everything of it that an article shows.
pub(super) struct Arrived {
    pub(super) item: Item,
    pub(super) fingerprint: String,
}

/// What the thread tells.
pub(super) enum Told {
    /// Some items, and the bytes read so far.
    Batch {
        /// Posts and pages.
        articles: Vec<Arrived>,
        /// Items of every other kind.
        others: Vec<Item>,
        /// The size that it was cut to.
        size: usize,
        /// Bytes read.
        position: u64,
    },
    /// The file is broken; what came before was told.
    Broken(WxrError),
}

type Export = (Reader<BufReader<File>>, u64);

/// Opens a file; its length.
pub(super) fn open(path: &Path, skimming: bool) -> Result<Export, ImportError> {
    let failed = |fault| ImportError::File {
        path: path.to_owned(),
        fault,
    };
    let file = File::open(path).map_err(failed)?;
    let length = file.metadata().map_err(failed)?.len();
    let input = BufReader::with_capacity(256 * 1024, file);
    let reader = if skimming {
        Reader::skimming(input)
    } else {
        Reader::new(input)
    };
    Ok((reader, length))
}

/// Reads a file in batches of as many articles as `batch_size` says at the
/// time. The thread ends with the file, or once nobody listens.
pub(super) fn start(
    path: PathBuf,
    batch_size: Arc<AtomicUsize>,
) -> Result<mpsc::Receiver<Told>, ImportError> {
    let (mut reader, _) = open(&path, false)?;
    let (tell, told) = mpsc::channel(QUEUE);
    let run = move || {
        let (mut articles, mut others, mut bytes) = (Vec::new(), Vec::new(), 0);
        loop {
            let size = batch_size.load(Ordering::Relaxed);
            let entry = reader.next_entry();
            match entry {
                Ok(Some(Entry::Item(item))) => match item.kind.as_str() {
                    "post" | "page" => {
                        bytes += item.bytes();
                        let fingerprint = fingerprint(&item);
                        articles.push(Arrived {
                            item: *item,
                            fingerprint,
                        });
                    }
                    _ => others.push(*item),
                },
                Ok(Some(_)) => {}
                Ok(None) | Err(_) => {
                    let position = reader.position();
                    let last = Told::Batch {
                        articles,
                        others,
                        size,
                        position,
                    };
                    let told = tell.blocking_send(last);
                    if let (Ok(()), Err(fault)) = (told, entry) {
                        // Nobody listens any more only where the import failed.
                        let _ = tell.blocking_send(Told::Broken(fault));
                    }
                    return;
                }
            }
            if articles.len() >= size || others.len() >= size || bytes >= BATCH_BYTES_MAX {
                bytes = 0;
                let batch = Told::Batch {
                    articles: std::mem::take(&mut articles),
                    others: std::mem::take(&mut others),
                    size,
                    position: reader.position(),
                };
                if tell.blocking_send(batch).is_err() {
                    return;
                }
            }
        }
    };
    std::thread::Builder::new()
        .name("read-export".into())
        .spawn(run)
        .map_err(|fault| ImportError::File { path, fault })?;
    Ok(told)
}

/// A hash of everything of an item that an article shows.
fn fingerprint(item: &Item) -> String {
    let mut hash = Sha256::new();
    let parts = [
        &item.kind,
        &item.status,
        &item.title,
        &item.content,
        &item.excerpt,
        &item.name,
        &item.creator,
        &item.comment_status,
        &item.date,
        &item.date_gmt,
        &item.link,
    ];
    for part in parts {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    for (domain, slug, _) in &item.terms {
        hash.update(domain.as_bytes());
        hash.update(slug.as_bytes());
        hash.update([0]);
    }
    hash.update([u8::from(item.has_password)]);
    hash.update(item.field("_thumbnail_id").unwrap_or("").as_bytes());
    hex(hash)
}

/// Sixteen bytes of a hash, in hex.
pub(super) fn hex(hash: Sha256) -> String {
    use std::fmt::Write as _;
    let mut text = String::with_capacity(32);
    for byte in hash.finalize().iter().take(16) {
        let _ = write!(text, "{byte:02x}");
    }
    text
}
