//! The files of the segment store: `000001.segments` holds records,
//! `000001.index` says what stands where in it.

use std::{
    fs::{self, File},
    io::{self, IoSliceMut},
    os::unix::fs::FileExt as _,
    path::{Path, PathBuf},
    sync::Arc,
};

use rustix::io::{Errno, ReadWriteFlags, preadv2};

/// What both files of a pair begin with: the form of what follows, and the epoch.
const MAGIC: [u8; 8] = *b"warraqS2";
pub(super) const HEADER: usize = 16;
/// An entry of the index: id, position, offset, length.
pub(super) const ENTRY: usize = 24;

/// One entry of an index.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub(super) id: u64,
    pub(super) position: i64,
    pub(super) offset: u32,
    pub(super) length: u32,
}

impl Entry {
    pub(super) fn write(self) -> [u8; ENTRY] {
        let mut bytes = [0; ENTRY];
        bytes[..8].copy_from_slice(&self.id.to_le_bytes());
        bytes[8..16].copy_from_slice(&self.position.to_le_bytes());
        bytes[16..20].copy_from_slice(&self.offset.to_le_bytes());
        bytes[20..].copy_from_slice(&self.length.to_le_bytes());
        bytes
    }

    fn read(bytes: &[u8; ENTRY]) -> Self {
        let (id, rest) = bytes.split_at(8);
        let (position, rest) = rest.split_at(8);
        let (offset, length) = rest.split_at(4);
        let long = |part: &[u8]| part.try_into().map_or(0, u64::from_le_bytes);
        let short = |part: &[u8]| part.try_into().map_or(0, u32::from_le_bytes);
        Self {
            id: long(id),
            position: long(position).cast_signed(),
            offset: short(offset),
            length: short(length),
        }
    }
}

/// A pair of files that was found.
pub(super) struct Found {
    pub(super) number: u32,
    pub(super) data: Arc<File>,
    pub(super) bytes: u64,
    pub(super) entries: Vec<Entry>,
}

pub(super) fn header(epoch: u64) -> [u8; HEADER] {
    let mut header = [0; HEADER];
    header[..8].copy_from_slice(&MAGIC);
    header[8..].copy_from_slice(&epoch.to_le_bytes());
    header
}

/// The names of a pair.
pub(super) fn names(folder: &Path, number: u32) -> (PathBuf, PathBuf) {
    let name = |ending| folder.join(format!("{number:06}.{ending}"));
    (name("segments"), name("index"))
}

/// The pairs in `folder` from this epoch, oldest first. The rest is removed;
/// all of it where a record is from after `newest`: then the database is
/// another one, or was put back to an earlier state.
pub(super) fn find(folder: &Path, epoch: u64, newest: i64) -> io::Result<Vec<Found>> {
    let mut numbers: Vec<u32> = fs::read_dir(folder)?
        .filter_map(|file| {
            let name = file.ok()?.file_name();
            let (number, _) = name.to_str()?.split_once('.')?;
            number.parse().ok()
        })
        .collect();
    numbers.sort_unstable();
    numbers.dedup();
    let mut found: Vec<Found> = numbers
        .iter()
        .filter_map(|number| open_pair(folder, *number, epoch))
        .collect();
    if found
        .iter()
        .flat_map(|file| &file.entries)
        .any(|entry| entry.position > newest)
    {
        found.clear();
    }
    for number in numbers {
        if found.iter().all(|file| file.number != number) {
            remove(folder, number);
        }
    }
    Ok(found)
}

fn open_pair(folder: &Path, number: u32, epoch: u64) -> Option<Found> {
    let (data_path, index_path) = names(folder, number);
    let index = fs::read(index_path).ok()?;
    let data = File::open(data_path).ok()?;
    let mut begin = [0; HEADER];
    data.read_exact_at(&mut begin, 0).ok()?;
    if begin != header(epoch) || !index.starts_with(&begin) {
        return None;
    }
    let bytes = data.metadata().ok()?.len();
    let entries = index[HEADER..]
        .as_chunks::<ENTRY>()
        .0
        .iter()
        .map(Entry::read)
        .filter(|entry| u64::from(entry.offset) + u64::from(entry.length) <= bytes)
        .collect();
    Some(Found {
        number,
        data: Arc::new(data),
        bytes: bytes + index.len() as u64,
        entries,
    })
}

pub(super) fn remove(folder: &Path, number: u32) {
    let (data, index) = names(folder, number);
    for path in [data, index] {
        if let Err(error) = fs::remove_file(path)
            && error.kind() != io::ErrorKind::NotFound
        {
            tracing::warn!(%error, "an old file of segments cannot be removed");
        }
    }
}

/// Fills `buffer` from `offset`, waiting for the disk.
pub(super) fn read(file: &File, buffer: &mut [u8], offset: u64) -> io::Result<()> {
    file.read_exact_at(buffer, offset)
}

/// Fills `buffer` from `offset` if all of it is in memory; else
/// [`io::ErrorKind::WouldBlock`].
pub(super) fn read_now(file: &File, buffer: &mut [u8], offset: u64) -> io::Result<()> {
    let wanted = buffer.len();
    let read = preadv2(
        file,
        &mut [IoSliceMut::new(buffer)],
        offset,
        ReadWriteFlags::NOWAIT,
    );
    match read {
        Ok(count) if count == wanted => Ok(()),
        // A part of it, or a file system that cannot tell: where waiting is allowed.
        Ok(_) | Err(Errno::AGAIN | Errno::OPNOTSUPP | Errno::INTR) => {
            Err(io::ErrorKind::WouldBlock.into())
        }
        Err(error) => Err(error.into()),
    }
}
