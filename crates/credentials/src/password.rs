//! Passwords, hashed by argon2id on a few threads of their own.
//!
//! A hash is meant to be dear: 19 MiB and two passes (OWASP, password storage).
//! So few are made at once, few wait, and the rest is told to come again; the
//! threads stand behind all others, so that readers' pages do not wait.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicU64, Ordering},
    mpsc::{Receiver, SyncSender, sync_channel},
};

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher as _, PasswordVerifier as _, phc},
};
use editorial::accounts::PasswordHash;
use tokio::sync::oneshot;
use unicode_normalization::UnicodeNormalization as _;

/// KiB of memory, and passes over them.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
/// Passwords that wait for a thread.
const WAITING_MAX: usize = 32;

/// A password as it was typed, in one form of Unicode (RFC 8265, OpaqueString:
/// NFC), so that two keyboards spell it alike. It cannot be printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl Password {
    /// As typed.
    pub fn new(typed: &str) -> Self {
        Self(typed.nfc().collect())
    }

    /// To look at what it is made of: see [`editorial::accounts::users::password`].
    pub fn expose_for_check(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Password {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Password(…)")
    }
}

/// Too many passwords are waiting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("too many people are signing in at this moment: try again in a few seconds")]
pub struct Busy;

type Work = Box<dyn FnOnce() + Send>;

/// The threads that hash. Cheap to clone; they end with the last clone.
#[derive(Clone, Debug)]
pub struct Hashing {
    queue: SyncSender<Work>,
    /// The hash of nobody's password.
    nobody: Arc<PasswordHash>,
    /// Passwords that a thread took up.
    taken_up: Arc<AtomicU64>,
}

impl Hashing {
    /// On as many threads, at least one; `begin` is called on each first, to
    /// have it stand behind others. `salt` is random.
    pub fn start(threads: usize, salt: [u8; 16], begin: fn()) -> Self {
        let (queue, work) = sync_channel::<Work>(WAITING_MAX);
        let work = Arc::new(Mutex::new(work));
        for _ in 0..threads.max(1) {
            let work = Arc::clone(&work);
            let run = move || {
                begin();
                while let Some(work) = next(&work) {
                    work();
                }
            };
            let started = std::thread::Builder::new()
                .name("passwords".into())
                .spawn(run);
            // One that cannot be started is one less; with none, all are told
            // to come again once the queue is full.
            drop(started);
        }
        let nobody = Arc::new(hash(&Password(String::new()), salt));
        Self {
            queue,
            nobody,
            taken_up: Arc::default(),
        }
    }

    /// How many passwords the threads have taken up since they started.
    pub fn taken_up(&self) -> u64 {
        self.taken_up.load(Ordering::Relaxed)
    }

    /// The hash of a password under a salt that is never used twice.
    ///
    /// # Errors
    /// [`Busy`].
    pub async fn hash(&self, password: Password, salt: [u8; 16]) -> Result<PasswordHash, Busy> {
        self.run(move || hash(&password, salt)).await
    }

    /// Whether that is the password. Where nobody has one it takes as long, and
    /// it is not.
    ///
    /// # Errors
    /// [`Busy`].
    pub async fn verify(
        &self,
        password: Password,
        known: Option<PasswordHash>,
    ) -> Result<bool, Busy> {
        let nobody = Arc::clone(&self.nobody);
        self.run(move || {
            let is_somebody = known.is_some();
            let matches = verify(&password, known.as_ref().unwrap_or(&nobody));
            matches && is_somebody
        })
        .await
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Busy> {
        let (answer, answered) = oneshot::channel();
        let taken_up = Arc::clone(&self.taken_up);
        let work = Box::new(move || {
            taken_up.fetch_add(1, Ordering::Relaxed);
            // Whoever asked may be gone.
            let _ = answer.send(work());
        });
        self.queue.try_send(work).map_err(|_| Busy)?;
        answered.await.map_err(|_| Busy)
    }
}

fn next(work: &Mutex<Receiver<Work>>) -> Option<Work> {
    let waiting = work.lock().unwrap_or_else(PoisonError::into_inner);
    waiting.recv().ok()
}

fn argon2id() -> Argon2<'static> {
    let params = Params::new(MEMORY_KIB, PASSES, 1, None).expect("within argon2's limits");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

fn hash(password: &Password, salt: [u8; 16]) -> PasswordHash {
    let hash: phc::PasswordHash = argon2id()
        .hash_password_with_salt(password.0.as_bytes(), &salt)
        .expect("argon2 takes any password below 4 GiB, and a salt of 16 bytes");
    PasswordHash(hash.to_string())
}

fn verify(password: &Password, known: &PasswordHash) -> bool {
    phc::PasswordHash::new(&known.0).is_ok_and(|known| {
        argon2id()
            .verify_password(password.0.as_bytes(), &known)
            .is_ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::{Duration, Instant};

    fn hashing() -> Hashing {
        Hashing::start(1, [9; 16], || {})
    }

    #[tokio::test]
    async fn a_password_is_known_again() {
        let hashing = hashing();
        let right = Password::new("قطار أزرق في محطة القمح");
        let known = hashing.hash(right.clone(), [1; 16]).await.expect("hashed");
        assert!(known.0.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        let verify = |password: Password, known| hashing.verify(password, known);
        assert_eq!(verify(right.clone(), Some(known.clone())).await, Ok(true));
        let wrong = Password::new("قطار أزرق في محطة القمر");
        assert_eq!(verify(wrong, Some(known)).await, Ok(false));
        assert_eq!(verify(right.clone(), None).await, Ok(false));
        assert_eq!(verify(Password::new(""), None).await, Ok(false));
        let damaged = PasswordHash("$argon2id$nothing".into());
        assert_eq!(verify(right, Some(damaged)).await, Ok(false));
    }

    #[tokio::test]
    async fn two_spellings_of_one_letter_are_one_password() {
        let hashing = hashing();
        let composed = Password::new("أستاذ في مدرسة الحي");
        let apart = Password::new("\u{627}\u{654}ستاذ في مدرسة الحي");
        let known = hashing.hash(composed, [1; 16]).await.expect("hashed");
        assert_eq!(hashing.verify(apart, Some(known)).await, Ok(true));
    }

    /// Nobody learns by the time an answer takes whether an account is there.
    #[tokio::test]
    async fn nobody_takes_as_long_as_somebody() {
        let hashing = hashing();
        let password = || Password::new("قطار أزرق في محطة القمح");
        let known = hashing.hash(password(), [1; 16]).await.expect("hashed");
        let mut times = [Duration::MAX; 2];
        for _ in 0..5 {
            for (time, known) in times.iter_mut().zip([Some(known.clone()), None]) {
                let began = Instant::now();
                hashing.verify(password(), known).await.expect("verified");
                *time = (*time).min(began.elapsed());
            }
        }
        let ratio = times[0].as_secs_f64() / times[1].as_secs_f64();
        assert!((0.5..2.0).contains(&ratio), "{times:?}");
    }

    #[tokio::test]
    async fn a_flood_is_told_to_come_again() {
        let hashing = hashing();
        let all = (0..200).map(|_| {
            let hashing = hashing.clone();
            tokio::spawn(async move { hashing.verify(Password::new("x"), None).await })
        });
        let all: Vec<_> = all.collect();
        let mut busy = 0;
        for one in all {
            busy += u64::from(one.await.expect("it ends") == Err(Busy));
        }
        assert!((100..200).contains(&busy), "{busy}");
        assert_eq!(hashing.taken_up(), 200 - busy);
    }

    #[test]
    fn a_password_is_not_printed() {
        assert_eq!(format!("{:?}", Password::new("سر")), "Password(…)");
    }
}
