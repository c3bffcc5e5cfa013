//! Where comments come from: a network address is kept as a keyed hash alone,
//! under a key of its own for each day. Once the key is gone, the hash says
//! nothing to anybody.

use std::{
    net::IpAddr,
    sync::{Mutex, PoisonError},
};

use editorial::{Changes, Timestamp, Write, comment::CommentWrite};
use store::{
    StoreError,
    seal::{SealedAs, keyed_hash},
};

use super::Comments;

/// Digits of a hash that are kept: 128 bits.
const DIGITS: usize = 32;

/// The key of the day that was asked for last.
#[derive(Default)]
pub(super) struct Keys(Mutex<Option<(i64, [u8; 32])>>);

impl Comments {
    /// The keyed hash of an address on the day of `now`.
    ///
    /// # Errors
    /// [`StoreError`] where the day has no key yet and none can be kept.
    pub async fn sender(&self, from: IpAddr, now: Timestamp) -> Result<String, StoreError> {
        let day = now.0.div_euclid(Timestamp::DAY);
        let key = self.sender_key(day).await?;
        let mut hash = keyed_hash(&key, from.to_canonical().to_string().as_bytes());
        hash.truncate(DIGITS);
        Ok(hash)
    }

    async fn sender_key(&self, day: i64) -> Result<[u8; 32], StoreError> {
        let known = *self
            .shared
            .sender_keys
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some((own, key)) = known
            && own == day
        {
            return Ok(key);
        }
        let mut sealed = self.store.sender_key(day).await?;
        if sealed.is_none() {
            let fresh = (self.random)();
            let sealed_now = self
                .sealer
                .seal_bytes(SealedAs::SenderKey, &fresh, self.nonce());
            let write = CommentWrite::SenderKey {
                day,
                sealed: sealed_now,
            };
            self.store
                .commit(Changes::new().write(Write::Comment(write)))
                .await?;
            // Another node may have been first.
            sealed = self.store.sender_key(day).await?;
        }
        let opened = sealed
            .as_deref()
            .and_then(|sealed| self.sealer.open_bytes(SealedAs::SenderKey, sealed))
            .and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
        // Sealed under a key that is not here: this process has one of its own.
        let key = opened.unwrap_or_else(self.random);
        *self
            .shared
            .sender_keys
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = Some((day, key));
        Ok(key)
    }
}
