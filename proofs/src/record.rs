//! What the recorder noted, read back.

use std::path::Path;

use anyhow::Context as _;

/// Something a program did to its files, or said.
#[derive(Clone, Debug)]
pub(crate) enum Event {
    Created {
        inode: u64,
        path: String,
    },
    Truncated {
        inode: u64,
        length: usize,
    },
    Written {
        inode: u64,
        at: usize,
        bytes: Vec<u8>,
    },
    Synced {
        inode: u64,
        path: String,
    },
    FolderMade {
        path: String,
    },
    Renamed {
        from: String,
        to: String,
    },
    Unlinked {
        path: String,
    },
    Linked {
        from: String,
        to: String,
    },
    /// The two names were exchanged in one step.
    Exchanged {
        from: String,
        to: String,
    },
    /// Words on standard output of this process.
    Said {
        process: u32,
        words: String,
    },
}

/// Reads the whole log.
pub(crate) fn read(log: &Path) -> anyhow::Result<Vec<Event>> {
    let bytes = std::fs::read(log).context("the recorder wrote no log")?;
    let (mut events, mut rest) = (Vec::new(), bytes.as_slice());
    while !rest.is_empty() {
        let (event, after) = one(rest).context("the log ends within a note")??;
        events.push(event);
        rest = after;
    }
    Ok(events)
}

/// The first note, and what comes after it; `None` where it is cut.
fn one(note: &[u8]) -> Option<anyhow::Result<(Event, &[u8])>> {
    let (head, rest) = note.split_first_chunk::<29>()?;
    let number =
        |at: usize| u32::from_le_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]);
    let long = |at: usize| u64::from(number(at)) | u64::from(number(at + 4)) << 32;
    let (process, inode, offset) = (number(1), long(5), long(13));
    let (first, rest) = rest.split_at_checked(number(21) as usize)?;
    let (second, rest) = rest.split_at_checked(number(25) as usize)?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let at = usize::try_from(offset).unwrap_or(usize::MAX);
    let path = text(first);
    let event = match head[0] {
        1 => Event::Created { inode, path },
        2 => Event::Truncated { inode, length: at },
        3 => Event::Written {
            inode,
            at,
            bytes: second.to_vec(),
        },
        4 => Event::Synced { inode, path },
        5 => Event::FolderMade { path },
        6 => Event::Renamed {
            from: path,
            to: text(second),
        },
        7 => Event::Unlinked { path },
        8 => Event::Linked {
            from: path,
            to: text(second),
        },
        9 => Event::Said {
            process,
            words: path,
        },
        10 => Event::Exchanged {
            from: path,
            to: text(second),
        },
        kind => return Some(Err(anyhow::anyhow!("the log holds a note of kind {kind}"))),
    };
    Some(Ok((event, rest)))
}
