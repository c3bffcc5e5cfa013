//! What an update from outside holds, read before anything is done with it.
//!
//! The form is that of Yjs, version 1. It is walked once, strictly: every count
//! is checked against the bytes that are there, and what our documents never
//! hold (other roots, documents in documents, binary, JSON, objects as
//! attributes) is refused. So no bytes make the library reserve much or nest deeply.

use yrs::{ClientID, StateVector};

use crate::{UpdateFault, schema};

/// The longest name of an element, an attribute or a mark, in bytes.
const NAME_BYTES_MAX: usize = 64;
/// The longest attribute of an element, in bytes.
const ATTRIBUTE_BYTES_MAX: usize = 40_000;
/// The longest value of a mark, in bytes of its JSON.
const FORMAT_BYTES_MAX: usize = 40_000;
/// Brackets in the value of a mark: an object of one attribute has one.
const FORMAT_BRACKETS_MAX: usize = 4;
/// The highest number of a client: what JavaScript counts exactly.
const CLIENT_MAX: u64 = (1 << 53) - 1;
/// The highest clock of a client.
const CLOCK_MAX: u64 = (1 << 31) - 1;

const GC: u8 = 0;
const DELETED: u8 = 1;
const STRING: u8 = 4;
const FORMAT: u8 = 6;
const TYPE: u8 = 7;
const ANY: u8 = 8;

const UNUSED: u8 = 0x10;
const HAS_PARENT_NAME: u8 = 0x20;
const HAS_RIGHT_ORIGIN: u8 = 0x40;
const HAS_ORIGIN: u8 = 0x80;
const KIND: u8 = 0x0f;

const XML_ELEMENT: u64 = 3;
const XML_TEXT: u64 = 6;

/// What was found in an update.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Found {
    /// New elements and texts.
    pub(crate) elements: usize,
    /// Whether it says anything that is not there.
    pub(crate) is_news: bool,
    /// Whether it deletes anything, perhaps what is deleted already.
    pub(crate) deletes: bool,
}

/// Reads an update through that comes over the state `there`.
///
/// # Errors
/// [`UpdateFault::Damaged`] where it is not one of ours, [`UpdateFault::Missing`] where a writer's
/// parts begin after the last that is there.
pub(crate) fn look_through(bytes: &[u8], there: &StateVector) -> Result<Found, UpdateFault> {
    let mut walk = Walk { rest: bytes };
    let mut found = Found::default();
    let clients = walk.structs(&mut found).ok_or(UpdateFault::Damaged)?;
    for (client, from, to) in clients {
        let known = u64::from(there.get(&ClientID::new(client)));
        if from > known {
            return Err(UpdateFault::Missing);
        }
        found.is_news |= to > known;
    }
    Ok(found)
}

/// Checks a state vector, as a client tells it: what it has of each client.
pub(crate) fn is_state_vector(bytes: &[u8]) -> bool {
    let mut walk = Walk { rest: bytes };
    let mut walked = || {
        for _ in 0..walk.count()? {
            walk.client()?;
            walk.clock()?;
        }
        Some(())
    };
    walked().is_some() && walk.rest.is_empty()
}

struct Walk<'a> {
    rest: &'a [u8],
}

impl<'a> Walk<'a> {
    /// All of it: each writer, with the clocks at which his parts begin and end.
    fn structs(&mut self, found: &mut Found) -> Option<Vec<(u64, u64, u64)>> {
        let mut clients = Vec::new();
        for _ in 0..self.count()? {
            let parts = self.count()?;
            let (client, from) = (self.client()?, self.clock()?);
            let mut clock = from;
            for _ in 0..parts {
                clock = clock.checked_add(self.part(found)?)?;
                if clock > CLOCK_MAX {
                    return None;
                }
            }
            clients.push((client, from, clock));
        }
        for _ in 0..self.count()? {
            self.client()?;
            for _ in 0..self.count()? {
                let (from, length) = (self.clock()?, self.clock()?);
                if from + length > CLOCK_MAX {
                    return None;
                }
                found.deletes = true;
            }
        }
        self.rest.is_empty().then_some(clients)
    }

    /// One part; how many clocks it takes.
    fn part(&mut self, found: &mut Found) -> Option<u64> {
        let info = self.byte()?;
        if info == GC {
            return self.length();
        }
        if info & UNUSED != 0 {
            return None;
        }
        if info & HAS_ORIGIN != 0 {
            self.id()?;
        }
        if info & HAS_RIGHT_ORIGIN != 0 {
            self.id()?;
        }
        let mut name = None;
        if info & (HAS_ORIGIN | HAS_RIGHT_ORIGIN) == 0 {
            if self.number()? == 1 {
                if self.text(NAME_BYTES_MAX)? != schema::ROOT {
                    return None;
                }
            } else {
                self.id()?;
            }
            if info & HAS_PARENT_NAME != 0 {
                name = Some(self.text(NAME_BYTES_MAX)?);
            }
        }
        match info & KIND {
            DELETED => self.length(),
            STRING => {
                let text = self.text(usize::MAX)?;
                let units = u64::from(crate::offsets::units(text));
                (units > 0).then_some(units)
            }
            FORMAT => {
                self.text(NAME_BYTES_MAX)?;
                let value = self.text(FORMAT_BYTES_MAX)?;
                let brackets = value.matches(['{', '[']).count();
                // In a value's text a bracket may stand as well: an address.
                let nested = value
                    .split('"')
                    .step_by(2)
                    .map(|part| part.matches(['{', '[']).count())
                    .sum::<usize>();
                (brackets.min(nested) <= FORMAT_BRACKETS_MAX).then_some(1)
            }
            TYPE if name.is_none() => {
                found.elements += 1;
                match self.number()? {
                    XML_ELEMENT => self.text(NAME_BYTES_MAX).map(|_| 1),
                    XML_TEXT => Some(1),
                    _ => None,
                }
            }
            ANY => {
                let count = self.count()?;
                for _ in 0..count {
                    self.plain_value()?;
                }
                let count = u64::try_from(count).ok()?;
                (count > 0).then_some(count)
            }
            _ => None,
        }
    }

    /// A value of an attribute: nothing that holds others.
    fn plain_value(&mut self) -> Option<()> {
        match self.byte()? {
            119 => self.text(ATTRIBUTE_BYTES_MAX).map(|_| ()),
            120 | 121 | 126 | 127 => Some(()),
            125 => self.signed(),
            124 => self.take(4).map(|_| ()),
            123 | 122 => self.take(8).map(|_| ()),
            _ => None,
        }
    }

    fn id(&mut self) -> Option<()> {
        self.client()?;
        self.clock()?;
        Some(())
    }

    fn client(&mut self) -> Option<u64> {
        self.number().filter(|client| *client <= CLIENT_MAX)
    }

    fn clock(&mut self) -> Option<u64> {
        self.number().filter(|clock| *clock <= CLOCK_MAX)
    }

    /// How many clocks something takes that holds nothing.
    fn length(&mut self) -> Option<u64> {
        self.clock().filter(|length| *length > 0)
    }

    /// How many things follow, each of one byte at least.
    fn count(&mut self) -> Option<usize> {
        let count = usize::try_from(self.number()?).ok()?;
        (count <= self.rest.len()).then_some(count)
    }

    fn text(&mut self, bytes_max: usize) -> Option<&'a str> {
        let length = self.count()?;
        if length > bytes_max {
            return None;
        }
        std::str::from_utf8(self.take(length)?).ok()
    }

    /// A number of at most 63 bits, seven in each byte, the lowest first.
    fn number(&mut self) -> Option<u64> {
        let mut number = 0_u64;
        for shift in (0..63).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    /// A number with a sign, of at most 8 bytes; what it is is no matter.
    fn signed(&mut self) -> Option<()> {
        for _ in 0..8 {
            if self.byte()? & 0x80 == 0 {
                return Some(());
            }
        }
        None
    }

    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(taken)
    }
}
