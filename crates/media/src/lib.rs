//! Pictures: where they are kept, their renditions, and pictures drawn by code.
//!
//! A picture comes in as bytes from a newsroom or from an import, so nothing in
//! it is believed: its kind is read from its first bytes ([`kind`]), its size in
//! pixels is checked before anything is decoded, and its name is the sha-256 of
//! its bytes ([`MediaKey`]), never a name from outside.
//!
//! * [`intake`] strips what the newsroom sends of all that is not the picture itself;
//! * [`originals`] keeps the bytes as they came, once, durably;
//! * [`renditions`] makes the pictures a reader gets, without any metadata;
//! * [`patterns`] draws lead images for articles that have no photograph.
//!
//! A file of another kind is kept as well where it came with a site, and is
//! only ever downloaded.
//!
//! Only [`originals`] touches the disk; the rest is pure.

pub mod error;
pub mod intake;
pub mod key;
pub mod kind;
pub mod originals;
pub mod patterns;
pub mod renditions;

pub use error::MediaError;
pub use intake::{Taken, take_in};
pub use key::MediaKey;
pub use kind::{Dimensions, MediaKind, Refusal, download_type};
pub use originals::{Originals, Stored};
pub use patterns::Rgb;
pub use renditions::{Focus, WIDTHS, is_width, rendition, share_picture};
