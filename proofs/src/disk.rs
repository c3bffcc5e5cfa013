//! A disk and the page cache above it, replayed from what a program did.
//!
//! For each file: the bytes on disk, and the writes that no sync has brought
//! there. For each folder: the names on disk, and the changes of names that no
//! sync of the folder has brought there.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use anyhow::{Context as _, bail};

use crate::{chance::Chance, record::Event};

/// What a disk writes whole or not at all.
const SECTOR: usize = 512;

type Names = BTreeMap<String, usize>;

enum FileChange {
    Bytes { at: usize, bytes: Vec<u8> },
    Length(usize),
}

enum NameChange {
    Set(String, usize),
    Removed(String),
    /// Two names exchanged: one here, the other wherever it is.
    Swapped {
        here: (String, usize),
        there: (usize, String, usize),
    },
    /// A rename: the new name here, and the old one wherever it was.
    Moved {
        to: String,
        node: usize,
        from: (usize, String),
    },
}

enum Node {
    File {
        on_disk: Vec<u8>,
        now: Vec<u8>,
        pending: Vec<FileChange>,
    },
    Folder {
        on_disk: Names,
        now: Names,
        pending: Vec<NameChange>,
    },
}

/// What of the page cache outlives the cut.
pub(crate) enum Luck<'a> {
    /// Nothing.
    None,
    /// Any sectors of any writes, in any order; of names, the first ones.
    Some(&'a mut Chance),
    /// All.
    All,
}

/// The folder that was recorded, and everything below it.
pub(crate) struct Disk {
    root: String,
    nodes: Vec<Node>,
    by_inode: BTreeMap<u64, usize>,
}

impl Disk {
    pub(crate) fn new(root: &str) -> Self {
        Self {
            root: root.to_owned(),
            nodes: vec![folder()],
            by_inode: BTreeMap::new(),
        }
    }

    /// All of what was recorded below `root`.
    pub(crate) fn replayed(events: &[Event], root: &Path) -> anyhow::Result<Self> {
        let mut disk = Self::new(&root.to_string_lossy());
        for event in events {
            disk.apply(event)?;
        }
        Ok(disk)
    }

    pub(crate) fn apply(&mut self, event: &Event) -> anyhow::Result<()> {
        match event {
            Event::Created { inode, path } => {
                let node = self.add(Node::File {
                    on_disk: Vec::new(),
                    now: Vec::new(),
                    pending: Vec::new(),
                });
                self.by_inode.insert(*inode, node);
                self.name(path, node)?;
            }
            Event::FolderMade { path } => {
                let node = self.add(folder());
                self.name(path, node)?;
            }
            Event::Written { inode, at, bytes } => {
                let bytes = bytes.clone();
                self.change(*inode, FileChange::Bytes { at: *at, bytes })?;
            }
            Event::Truncated { inode, length } => {
                self.change(*inode, FileChange::Length(*length))?;
            }
            Event::Synced { inode, path } => self.sync(*inode, path)?,
            Event::Linked { from, to } => {
                let node = self.find(from)?;
                self.name(to, node)?;
            }
            Event::Renamed { from, to } => {
                let node = self.find(from)?;
                let (old_folder, old_name) = self.place(from)?;
                let (new_folder, new_name) = self.place(to)?;
                self.names(old_folder)?.0.remove(&old_name);
                let (now, pending) = self.names(new_folder)?;
                now.insert(new_name.clone(), node);
                pending.push(NameChange::Moved {
                    to: new_name,
                    node,
                    from: (old_folder, old_name),
                });
            }
            Event::Exchanged { from, to } => {
                let (moved, replaced) = (self.find(from)?, self.find(to)?);
                let (from_folder, from_name) = self.place(from)?;
                let (to_folder, to_name) = self.place(to)?;
                self.names(from_folder)?
                    .0
                    .insert(from_name.clone(), replaced);
                let (now, pending) = self.names(to_folder)?;
                now.insert(to_name.clone(), moved);
                pending.push(NameChange::Swapped {
                    here: (to_name, moved),
                    there: (from_folder, from_name, replaced),
                });
            }
            Event::Unlinked { path } => {
                let (above, name) = self.place(path)?;
                let (now, pending) = self.names(above)?;
                now.remove(&name);
                pending.push(NameChange::Removed(name));
            }
            Event::Said { .. } => {}
        }
        Ok(())
    }

    /// Lays the files into `into` as they are after the power was cut.
    pub(crate) fn cut(&self, luck: &mut Luck<'_>, into: &Path) -> anyhow::Result<()> {
        let mut names = self.names_on_disk();
        for (number, node) in self.nodes.iter().enumerate() {
            if let Node::Folder { pending, .. } = node {
                let kept = match luck {
                    Luck::None => 0,
                    Luck::Some(chance) => {
                        usize::try_from(chance.below(pending.len() as u64 + 1)).unwrap_or(0)
                    }
                    Luck::All => pending.len(),
                };
                for change in &pending[..kept] {
                    rename(&mut names, number, change);
                }
            }
        }
        self.lay(&names, 0, luck, into, &mut BTreeSet::new())
    }

    /// The names on disk, by folder; none for a file.
    fn names_on_disk(&self) -> Vec<Names> {
        let names = self.nodes.iter().map(|node| match node {
            Node::Folder { on_disk, .. } => on_disk.clone(),
            Node::File { .. } => Names::new(),
        });
        names.collect()
    }

    /// Where the picture of the files differs from the real ones below `root`.
    pub(crate) fn compare(&self, root: &Path, ignored: &[&str]) -> anyhow::Result<Vec<String>> {
        let mut differences = Vec::new();
        self.compare_below(0, root, ignored, &mut differences)?;
        Ok(differences)
    }

    fn compare_below(
        &self,
        node: usize,
        real: &Path,
        ignored: &[&str],
        differences: &mut Vec<String>,
    ) -> anyhow::Result<()> {
        let shown = real.display();
        match &self.nodes[node] {
            Node::File { now, .. } => {
                if std::fs::read(real).ok().as_ref() != Some(now) {
                    differences.push(format!("{shown} has other bytes"));
                }
            }
            Node::Folder { now, .. } => {
                let left_out = |name: &str| ignored.iter().any(|ending| name.ends_with(ending));
                let mut found = BTreeSet::new();
                for entry in std::fs::read_dir(real).with_context(|| shown.to_string())? {
                    found.insert(entry?.file_name().to_string_lossy().into_owned());
                }
                for name in found.iter().filter(|name| !left_out(name)) {
                    match now.get(name) {
                        Some(node) => {
                            self.compare_below(*node, &real.join(name), ignored, differences)?;
                        }
                        None => differences.push(format!("{shown}/{name} is there unseen")),
                    }
                }
                for name in now
                    .keys()
                    .filter(|name| !left_out(name) && !found.contains(*name))
                {
                    differences.push(format!("{shown}/{name} is gone unseen"));
                }
            }
        }
        Ok(())
    }

    fn lay(
        &self,
        names: &[Names],
        node: usize,
        luck: &mut Luck<'_>,
        place: &Path,
        above: &mut BTreeSet<usize>,
    ) -> anyhow::Result<()> {
        match &self.nodes[node] {
            Node::File {
                on_disk, pending, ..
            } => {
                let mut bytes = on_disk.clone();
                for change in pending {
                    match luck {
                        Luck::None => {}
                        Luck::All => alter(&mut bytes, change),
                        Luck::Some(chance) => alter_by_chance(&mut bytes, change, chance),
                    }
                }
                std::fs::write(place, bytes)?;
            }
            Node::Folder { .. } => {
                use std::os::unix::fs::DirBuilderExt as _;
                std::fs::DirBuilder::new().mode(0o700).create(place)?;
                // Half-done moves of folders could make a ring.
                if above.insert(node) {
                    for (name, below) in &names[node] {
                        self.lay(names, *below, luck, &place.join(name), above)?;
                    }
                    above.remove(&node);
                }
            }
        }
        Ok(())
    }

    fn add(&mut self, node: Node) -> usize {
        self.nodes.push(node);
        self.nodes.len() - 1
    }

    fn change(&mut self, inode: u64, change: FileChange) -> anyhow::Result<()> {
        let node = *self
            .by_inode
            .get(&inode)
            .with_context(|| format!("file {inode} was never seen to be made"))?;
        let Node::File { now, pending, .. } = &mut self.nodes[node] else {
            bail!("a folder was written to");
        };
        alter(now, &change);
        pending.push(change);
        Ok(())
    }

    fn sync(&mut self, inode: u64, path: &str) -> anyhow::Result<()> {
        // A file is known by its number: its name may have changed since.
        let node = match inode {
            0 => self.find(path)?,
            inode => *self
                .by_inode
                .get(&inode)
                .with_context(|| format!("{path} was never seen to be made"))?,
        };
        let changes = match &mut self.nodes[node] {
            Node::File {
                on_disk, pending, ..
            } => {
                for change in pending.drain(..) {
                    alter(on_disk, &change);
                }
                return Ok(());
            }
            Node::Folder { pending, .. } => std::mem::take(pending),
        };
        let mut names = self.names_on_disk();
        for change in &changes {
            rename(&mut names, node, change);
        }
        for (node, names) in self.nodes.iter_mut().zip(names) {
            if let Node::Folder { on_disk, .. } = node {
                *on_disk = names;
            }
        }
        Ok(())
    }

    /// Gives a node a name.
    fn name(&mut self, path: &str, node: usize) -> anyhow::Result<()> {
        let (above, name) = self.place(path)?;
        let (now, pending) = self.names(above)?;
        now.insert(name.clone(), node);
        pending.push(NameChange::Set(name, node));
        Ok(())
    }

    fn names(&mut self, node: usize) -> anyhow::Result<(&mut Names, &mut Vec<NameChange>)> {
        match &mut self.nodes[node] {
            Node::Folder { now, pending, .. } => Ok((now, pending)),
            Node::File { .. } => bail!("a file has no names in it"),
        }
    }

    /// The folder that holds a path, and the name in it.
    fn place(&self, path: &str) -> anyhow::Result<(usize, String)> {
        let (above, name) = path.rsplit_once('/').context("a path has no folder")?;
        Ok((self.find(above)?, name.to_owned()))
    }

    fn find(&self, path: &str) -> anyhow::Result<usize> {
        let below = path
            .strip_prefix(&self.root)
            .with_context(|| format!("{path} is outside of what was recorded"))?;
        let mut node = 0;
        for name in below
            .split('/')
            .filter(|name| !name.is_empty() && *name != ".")
        {
            let Node::Folder { now, .. } = &self.nodes[node] else {
                bail!("{path} leads through a file");
            };
            node = *now
                .get(name)
                .with_context(|| format!("{path} was never seen to be made"))?;
        }
        Ok(node)
    }
}

fn folder() -> Node {
    Node::Folder {
        on_disk: Names::new(),
        now: Names::new(),
        pending: Vec::new(),
    }
}

fn rename(names: &mut [Names], folder: usize, change: &NameChange) {
    match change {
        NameChange::Set(name, node) => {
            names[folder].insert(name.clone(), *node);
        }
        NameChange::Removed(name) => {
            names[folder].remove(name);
        }
        NameChange::Swapped { here, there } => {
            names[folder].insert(here.0.clone(), here.1);
            names[there.0].insert(there.1.clone(), there.2);
        }
        NameChange::Moved { to, node, from } => {
            names[from.0].remove(&from.1);
            names[folder].insert(to.clone(), *node);
        }
    }
}

fn alter(file: &mut Vec<u8>, change: &FileChange) {
    match change {
        FileChange::Length(length) => file.resize(*length, 0),
        FileChange::Bytes { at, bytes } => put(file, *at, bytes),
    }
}

fn put(file: &mut Vec<u8>, at: usize, bytes: &[u8]) {
    let end = at + bytes.len();
    if file.len() < end {
        file.resize(end, 0);
    }
    file[at..end].copy_from_slice(bytes);
}

/// Each sector by itself, or not.
fn alter_by_chance(file: &mut Vec<u8>, change: &FileChange, chance: &mut Chance) {
    let FileChange::Bytes { at, bytes } = change else {
        if chance.coin() {
            alter(file, change);
        }
        return;
    };
    let (mut at, mut rest) = (*at, bytes.as_slice());
    while !rest.is_empty() {
        let (sector, after) = rest.split_at((SECTOR - at % SECTOR).min(rest.len()));
        if chance.coin() {
            put(file, at, sector);
        }
        at += sector.len();
        rest = after;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn disk(events: &[Event]) -> Disk {
        let mut disk = Disk::new("/paper");
        for event in events {
            disk.apply(event).expect("possible");
        }
        disk
    }

    /// The files left by a cut, by path.
    fn left(disk: &Disk, mut luck: Luck<'_>) -> Vec<(String, Vec<u8>)> {
        static NUMBER: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let place = std::env::temp_dir().join(format!("disk-{}-{number}", std::process::id()));
        disk.cut(&mut luck, &place).expect("laid");
        let mut found = Vec::new();
        let mut waiting = vec![place.clone()];
        while let Some(folder) = waiting.pop() {
            for entry in std::fs::read_dir(folder).expect("a folder") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    waiting.push(path);
                } else {
                    let name = path
                        .strip_prefix(&place)
                        .expect("below")
                        .display()
                        .to_string();
                    found.push((name, std::fs::read(path).expect("a file")));
                }
            }
        }
        std::fs::remove_dir_all(place).expect("removed");
        found.sort();
        found
    }

    fn created(path: &str) -> Event {
        Event::Created {
            inode: 7,
            path: path.into(),
        }
    }

    fn written(at: usize, bytes: &[u8]) -> Event {
        Event::Written {
            inode: 7,
            at,
            bytes: bytes.into(),
        }
    }

    fn synced(inode: u64, path: &str) -> Event {
        Event::Synced {
            inode,
            path: path.into(),
        }
    }

    fn file(name: &str, bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
        vec![(name.to_owned(), bytes.to_vec())]
    }

    #[test]
    fn a_file_needs_its_own_sync_and_its_folder_s() {
        let mut events = vec![created("/paper/a"), written(0, b"one")];
        assert_eq!(left(&disk(&events), Luck::None), []);
        assert_eq!(left(&disk(&events), Luck::All), file("a", b"one"));
        events.push(synced(0, "/paper"));
        assert_eq!(left(&disk(&events), Luck::None), file("a", b""));
        events.push(synced(7, "/paper/a"));
        events.push(written(3, b" two"));
        assert_eq!(left(&disk(&events), Luck::None), file("a", b"one"));
        assert_eq!(left(&disk(&events), Luck::All), file("a", b"one two"));
        events.push(Event::Truncated {
            inode: 7,
            length: 1,
        });
        assert_eq!(left(&disk(&events), Luck::None), file("a", b"one"));
        assert_eq!(left(&disk(&events), Luck::All), file("a", b"o"));
    }

    #[test]
    fn a_rename_needs_the_sync_of_the_new_folder() {
        let mut events = vec![
            Event::FolderMade {
                path: "/paper/x".into(),
            },
            synced(0, "/paper"),
            created("/paper/new"),
            written(0, b"bytes"),
            synced(7, "/paper/new"),
            synced(0, "/paper"),
            Event::Renamed {
                from: "/paper/new".into(),
                to: "/paper/x/kept".into(),
            },
        ];
        assert_eq!(left(&disk(&events), Luck::None), file("new", b"bytes"));
        assert_eq!(left(&disk(&events), Luck::All), file("x/kept", b"bytes"));
        events.push(synced(0, "/paper/x"));
        assert_eq!(left(&disk(&events), Luck::None), file("x/kept", b"bytes"));
    }

    #[test]
    fn an_exchange_is_whole_or_not_at_all() {
        let mut events = vec![
            created("/paper/old"),
            written(0, b"old"),
            synced(7, "/paper/old"),
            Event::FolderMade {
                path: "/paper/x".into(),
            },
            Event::Created {
                inode: 8,
                path: "/paper/x/new".into(),
            },
            synced(0, "/paper/x"),
            synced(0, "/paper"),
            Event::Exchanged {
                from: "/paper/x/new".into(),
                to: "/paper/old".into(),
            },
        ];
        let before = [file("old", b"old"), file("x/new", b"")].concat();
        let after = [file("old", b""), file("x/new", b"old")].concat();
        assert_eq!(left(&disk(&events), Luck::None), before);
        assert_eq!(left(&disk(&events), Luck::All), after);
        events.push(synced(0, "/paper"));
        assert_eq!(left(&disk(&events), Luck::None), after);
    }

    #[test]
    fn writes_are_torn_at_sectors() {
        let events = [
            created("/paper/a"),
            synced(0, "/paper"),
            written(0, &[1; 4 * SECTOR]),
            synced(7, "/paper/a"),
            written(100, &[2; 2 * SECTOR]),
        ];
        let disk = disk(&events);
        let (mut torn, mut chance) = (0, Chance::new(1));
        for _ in 0..50 {
            let found = left(&disk, Luck::Some(&mut chance));
            let bytes = &found[0].1;
            assert_eq!(bytes.len(), 4 * SECTOR);
            let parts = [&bytes[100..512], &bytes[512..1024], &bytes[1024..1124]];
            for part in parts {
                assert!(part.iter().all(|byte| *byte == part[0]));
            }
            torn += u32::from(parts.iter().any(|part| part[0] != parts[0][0]));
            assert!(
                bytes[..100]
                    .iter()
                    .chain(&bytes[1124..])
                    .all(|byte| *byte == 1)
            );
        }
        assert!(torn > 20, "{torn}");
    }
}
