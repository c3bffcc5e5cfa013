//! The text of a working copy as a document that several people write at once.
//!
//! A [`Manuscript`] is a Yjs document in the form that ProseMirror's editors
//! use ([`schema`]). It grows by updates, small pieces of bytes that may come
//! from any writer in any order between writers, and always tells one
//! [`Body`]. Nothing here reads a clock, a file or a network.
//!
//! What comes from outside is looked through first (`update`), then applied on a
//! stack of its own; whatever goes wrong, the manuscript is as it was before.

pub mod offsets;
mod read;
pub mod schema;
mod update;
mod write;

use editorial::{Block, BlockId, Body, Id, body::BLOCKS_MAX};
use std::collections::HashSet;
use yrs::{
    ClientID, Doc, OffsetKind, Options, ReadTxn as _, StateVector, Transact as _, Update,
    WriteTxn as _, XmlFragment as _, XmlFragmentRef, XmlOut,
    updates::{decoder::Decode as _, encoder::Encode as _},
};

/// The longest update, in bytes: what somebody types between two
/// acknowledgements, or a long text pasted.
pub const UPDATE_BYTES_MAX: usize = 1 << 20;
/// The longest document, in bytes as one update: some times the longest text.
pub const DOCUMENT_BYTES_MAX: usize = 8 << 20;
/// The most updates before they are joined ([`Manuscript::is_long`]).
pub const UPDATES_MAX: usize = 500;
/// How deep elements may be nested: the levels of lists, an item and a list
/// each, and what is in them.
pub const DEPTH_MAX: usize = 2 * editorial::notation::LIST_LEVELS_MAX + 16;

/// The stack on which an update is applied: the library deletes what is nested by
/// calling itself, and the shortest level takes seven bytes of an update.
const STACK_BYTES: usize = 256 << 20;

/// Why an update is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UpdateFault {
    /// It has more than [`UPDATE_BYTES_MAX`].
    #[error("the change is larger than {UPDATE_BYTES_MAX} bytes: paste the text in parts")]
    TooLong,
    /// The document would have more than [`DOCUMENT_BYTES_MAX`], or more than
    /// [`BLOCKS_MAX`] blocks.
    #[error("the text has no room for more: part it into several articles")]
    Full,
    /// It is not an update of such a document, or nested deeper than [`DEPTH_MAX`].
    #[error("the change cannot be read: reload the page")]
    Damaged,
    /// It goes on from something that is not here.
    #[error("the change goes on from one that is missing")]
    Missing,
}

/// Whether an update said something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// The document is another one now.
    News,
    /// All of it was there.
    Known,
}

/// A document that several people write.
pub struct Manuscript {
    doc: Doc,
    root: XmlFragmentRef,
    /// What it was made of, to make it anew.
    updates: Vec<Vec<u8>>,
    /// The length of all of them.
    bytes: usize,
}

impl Manuscript {
    /// A document that says `body`, in the form that notation gives it. It is the same, byte for
    /// byte, for the same body and the same `writer`, an id that nobody else writes under.
    pub fn begin(body: &Body, writer: Id) -> Self {
        let mut begun = Self::empty();
        let _ = begun.written_by(writer, |root, txn| write::over(root, txn, body));
        begun
    }

    /// The document that these updates make, in the order in which they were taken.
    ///
    /// # Errors
    /// The first that is not taken.
    pub fn of(updates: impl IntoIterator<Item = Vec<u8>>) -> Result<Self, UpdateFault> {
        let mut made = Self::empty();
        let updates: Vec<Vec<u8>> = updates.into_iter().collect();
        on_own_stack(|| apply(&made.doc, &made.root, &updates))?;
        made.bytes = updates.iter().map(Vec::len).sum();
        made.updates = updates;
        Ok(made)
    }

    /// Takes an update from outside.
    ///
    /// # Errors
    /// [`UpdateFault`]; the document is as it was.
    pub fn take(&mut self, update: &[u8]) -> Result<Taken, UpdateFault> {
        if update.len() > UPDATE_BYTES_MAX {
            return Err(UpdateFault::TooLong);
        }
        self.make_room(update.len())?;
        let one = [update.to_vec()];
        match on_own_stack(|| apply(&self.doc, &self.root, &one)) {
            Ok(Taken::Known) => Ok(Taken::Known),
            Ok(Taken::News) => {
                let [update] = one;
                self.bytes += update.len();
                self.updates.push(update);
                Ok(Taken::News)
            }
            Err(fault) => {
                let updates = std::mem::take(&mut self.updates);
                // What was taken once is taken again.
                *self = Self::of(updates).unwrap_or_else(|_| Self::empty());
                Err(fault)
            }
        }
    }

    /// What it says. A block without a number has the number 0 ([`Self::number_blocks`]).
    pub fn body(&self) -> Body {
        read::body(&self.root, &self.doc.transact())
    }

    /// Whether blocks have no number yet, or one that another block has.
    pub fn has_unnumbered(&self) -> bool {
        let mut seen = HashSet::new();
        let body = self.body();
        let is_new = |block: &Block| block.id != BlockId(0) && seen.insert(block.id);
        !body.blocks.iter().all(is_new)
    }

    /// Gives numbers above `highest` to blocks that have none, and to the later one of two that
    /// have the same; returns the update that says so, if there was any.
    pub fn number_blocks(&mut self, highest: BlockId, writer: Id) -> Option<Vec<u8>> {
        self.written_by(writer, |root, txn| {
            let blocks: Vec<_> = read::children(root, txn)
                .into_iter()
                .filter_map(XmlOut::into_xml_element)
                .collect();
            let numbers: Vec<_> = blocks.iter().map(|one| read::id(one, txn)).collect();
            let used = numbers.iter().flatten().map(|id| id.0);
            let mut last = used.chain([highest.0]).max().unwrap_or(0);
            let mut seen = HashSet::new();
            let mut written = false;
            for (block, number) in blocks.iter().zip(numbers) {
                if number.is_none_or(|number| !seen.insert(number)) {
                    last += 1;
                    write::set(block, txn, schema::ID, &last.to_string());
                    written = true;
                }
            }
            written
        })
    }

    /// Makes it say `body` as a change of blocks: what is the same in both stays as it is,
    /// with whatever is being written in it. Returns the update that says so, if anything differs.
    pub fn write(&mut self, body: &Body, writer: Id) -> Option<Vec<u8>> {
        self.written_by(writer, |root, txn| write::over(root, txn, body))
    }

    /// All of it as one update.
    pub fn snapshot(&self) -> Vec<u8> {
        let all = StateVector::default();
        self.doc.transact().encode_state_as_update_v1(&all)
    }

    /// Whether its updates have become so many, or so long, that they should be kept as one.
    pub fn is_long(&self) -> bool {
        self.updates.len() > UPDATES_MAX || self.bytes > DOCUMENT_BYTES_MAX
    }

    /// Joins all updates it was made of into one: [`Self::snapshot`].
    pub fn join(&mut self) {
        let snapshot = self.snapshot();
        self.bytes = snapshot.len();
        self.updates = vec![snapshot];
    }

    /// What it has of each writer, as Yjs tells it.
    pub fn state(&self) -> Vec<u8> {
        self.doc.transact().state_vector().encode_v1()
    }

    /// What somebody lacks who has `state`, as one update.
    ///
    /// # Errors
    /// [`UpdateFault::Damaged`] where `state` is none.
    pub fn missing_from(&self, state: &[u8]) -> Result<Vec<u8>, UpdateFault> {
        if !update::is_state_vector(state) {
            return Err(UpdateFault::Damaged);
        }
        let state = StateVector::decode_v1(state).map_err(|_| UpdateFault::Damaged)?;
        Ok(self.doc.transact().encode_state_as_update_v1(&state))
    }

    fn empty() -> Self {
        let (doc, root) = document(0);
        Self {
            doc,
            root,
            updates: Vec::new(),
            bytes: 0,
        }
    }

    fn make_room(&mut self, more: usize) -> Result<(), UpdateFault> {
        if self.bytes + more > 2 * DOCUMENT_BYTES_MAX {
            self.join();
            if self.bytes + more > DOCUMENT_BYTES_MAX {
                return Err(UpdateFault::Full);
            }
        }
        Ok(())
    }

    /// Writes as `writer`; the update, if anything was written.
    fn written_by(
        &mut self,
        writer: Id,
        write: impl FnOnce(&XmlFragmentRef, &mut yrs::TransactionMut) -> bool,
    ) -> Option<Vec<u8>> {
        let (doc, root) = document(writer.get().unsigned_abs());
        let mut txn = doc.transact_mut();
        let own = Update::decode_v1(&self.snapshot()).ok()?;
        txn.apply_update(own).ok()?;
        let before = txn.state_vector();
        if !write(&root, &mut txn) {
            return None;
        }
        drop(txn);
        let update = doc.transact().encode_state_as_update_v1(&before);
        (self.doc, self.root) = (doc, root);
        self.bytes += update.len();
        self.updates.push(update.clone());
        Some(update)
    }
}

fn document(writer: u64) -> (Doc, XmlFragmentRef) {
    let doc = Doc::with_options(Options {
        offset_kind: OffsetKind::Utf16,
        // What is applied is what was sent, and nothing else.
        cleanup_formatting: false,
        ..Options::with_client_id(ClientID::new(writer))
    });
    let root = doc.transact_mut().get_or_insert_xml_fragment(schema::ROOT);
    (doc, root)
}

/// Applies updates; whether the document is another one then.
fn apply(doc: &Doc, root: &XmlFragmentRef, updates: &[Vec<u8>]) -> Result<Taken, UpdateFault> {
    let mut taken = Taken::Known;
    let mut elements = 0;
    let mut txn = doc.transact_mut();
    for update in updates {
        let found = update::look_through(update, &txn.state_vector())?;
        if found.is_news || found.deletes {
            let update = Update::decode_v1(update).map_err(|_| UpdateFault::Damaged)?;
            txn.apply_update(update).map_err(|_| UpdateFault::Damaged)?;
        }
        if found.is_news || !txn.delete_set().is_empty() {
            taken = Taken::News;
        }
        elements += found.elements;
    }
    drop(txn);
    let txn = doc.transact();
    let store = txn.store();
    if store.pending_update().is_some() || store.pending_ds().is_some() {
        return Err(UpdateFault::Missing);
    }
    if elements > 0 {
        if usize::try_from(root.len(&txn)).is_ok_and(|blocks| blocks > BLOCKS_MAX) {
            return Err(UpdateFault::Full);
        }
        if !read::is_flat(root, &txn, DEPTH_MAX) {
            return Err(UpdateFault::Damaged);
        }
    }
    Ok(taken)
}

/// Runs what may go deep on a stack that is deep enough; what breaks off there is
/// a fault of the update.
fn on_own_stack<T: Send>(
    run: impl FnOnce() -> Result<T, UpdateFault> + Send,
) -> Result<T, UpdateFault> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new()
            .name("manuscript".to_owned())
            .stack_size(STACK_BYTES)
            .spawn_scoped(scope, run);
        match thread {
            Ok(thread) => thread.join().unwrap_or(Err(UpdateFault::Damaged)),
            Err(_) => Err(UpdateFault::Full),
        }
    })
}
