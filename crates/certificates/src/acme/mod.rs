//! Certificates from an authority by ACME (RFC 8555): got where there is none,
//! and anew when a third of the life of one is left.
//!
//! Nothing here stops the site: what fails is told in one sentence and tried
//! again, later each time.

mod kept;
mod order;

use std::{path::PathBuf, time::Duration};

use crate::{
    challenges::Challenges,
    pem::CertificateError,
    served::Certificates,
    validity::{Validity, date},
};

/// Names in one certificate at the most.
pub const NAMES_MAX: usize = 100;
/// The longest wait after a failure.
const WAIT_MAX: Duration = Duration::from_hours(12);
/// How long the clock is not looked at, at the most: it may be set.
const SLEEP_MAX: Duration = Duration::from_hours(1);
/// A renewal is earlier by up to one part in so many of the certificate's life,
/// so that not all servers in the world come in the same second.
const JITTER: i64 = 50;

/// Which authority gives the certificate, and what for.
#[derive(Clone, Debug)]
pub struct Acme {
    /// The address of the authority's directory, over https.
    pub directory: String,
    /// Where the authority writes to when something is wrong, such as
    /// `mailto:desk@news.example`; none: it cannot.
    pub contact: Option<String>,
    /// The names in the certificate.
    pub names: Vec<String>,
    /// The certificate, in PEM, that the authority's own server is known by;
    /// none: one of those that the system trusts.
    pub root: Option<PathBuf>,
    /// Where the account's key and the certificates are kept.
    pub folder: PathBuf,
    /// The wait after a first failure; it doubles with each one after it.
    pub first_wait: Duration,
}

/// Random bytes.
pub type Chance = fn() -> [u8; 8];

/// The clock and chance, from the edge of the program.
#[derive(Clone, Copy, Debug)]
pub struct Surroundings {
    /// Seconds since 1970.
    pub clock: fn() -> i64,
    /// Random bytes.
    pub random: Chance,
}

/// Why there is no new certificate.
#[derive(Debug, thiserror::Error)]
pub enum AcmeError {
    /// The authority, or the way to it.
    #[error("{0}")]
    Authority(String),
    /// It has forgotten us, or was made anew.
    #[error("it does not know the account any more; the next try makes another")]
    NoAccount,
    /// The folder they are kept in.
    #[error("{path} cannot be written or read: {source}")]
    Folder {
        /// The file or folder.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// What the authority gave.
    #[error(transparent)]
    Certificate(#[from] CertificateError),
    /// The authority took too long.
    #[error("the authority did not finish in {} minutes", .0.as_secs() / 60)]
    Late(Duration),
}

impl Acme {
    /// Shows the certificate that is kept from earlier, if it is for the same
    /// names from the same authority.
    ///
    /// # Errors
    /// Where what is kept cannot be read.
    pub fn show_kept(&self, certificates: &Certificates) -> Result<bool, AcmeError> {
        let Some(loaded) = kept::certificate(self)? else {
            return Ok(false);
        };
        certificates.show(loaded);
        Ok(true)
    }

    /// Gets a certificate where none is shown, and the next ones in their time;
    /// it never returns. `challenges` must be answered on port 80 of each name.
    pub async fn keep(
        self,
        certificates: Certificates,
        challenges: Challenges,
        around: Surroundings,
    ) {
        let mut failures = 0;
        loop {
            if let Some(validity) = certificates.validity() {
                sleep_until(due(validity, around.random), around.clock).await;
            }
            match order::certificate(&self, &challenges).await {
                Ok(loaded) => {
                    failures = 0;
                    let until = date(loaded.validity.not_after);
                    tracing::info!("a certificate is shown that is good until {until}");
                    certificates.show(loaded);
                }
                Err(error) => {
                    let wait = wait(self.first_wait, failures, around.random);
                    failures += 1;
                    let now = (around.clock)();
                    tracing::warn!("{}", self.sentence(&error, &certificates, wait, now));
                    tokio::time::sleep(wait).await;
                }
            }
        }
    }

    fn sentence(
        &self,
        error: &AcmeError,
        certificates: &Certificates,
        wait: Duration,
        now: i64,
    ) -> String {
        let names = self.names.join(", ");
        let present = match certificates.validity() {
            None => "there is none yet".to_owned(),
            Some(validity) if validity.not_after < now => {
                format!("the present one ended on {}", date(validity.not_after))
            }
            Some(validity) => {
                format!("the present one is good until {}", date(validity.not_after))
            }
        };
        let minutes = wait.as_secs().div_ceil(60);
        format!(
            "no certificate for {names} from {}: {error}; {present}; it is tried again in {minutes} minutes",
            self.directory
        )
    }
}

/// When to ask for the next one, in seconds since 1970.
fn due(validity: Validity, random: Chance) -> i64 {
    let life = validity.not_after - validity.not_before;
    let earlier = (life / JITTER).max(1);
    let chance = i64::from(u32::from_be_bytes(first_four(random())));
    validity.renewal() - chance % earlier
}

/// The wait after so many failures before this one: doubled with each, then
/// between half and all of that.
fn wait(first: Duration, failures: u32, random: Chance) -> Duration {
    let doubled = first.saturating_mul(1 << failures.min(20)).min(WAIT_MAX);
    let chance = u32::from_be_bytes(first_four(random()));
    doubled / 2 + (doubled / 2).mul_f64(f64::from(chance) / f64::from(u32::MAX))
}

fn first_four([a, b, c, d, ..]: [u8; 8]) -> [u8; 4] {
    [a, b, c, d]
}

async fn sleep_until(moment: i64, clock: fn() -> i64) {
    loop {
        let left = u64::try_from(moment - clock()).unwrap_or(0);
        if left == 0 {
            return;
        }
        tokio::time::sleep(Duration::from_secs(left).min(SLEEP_MAX)).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_and_end_at_half_a_day() {
        let (least, most): (Chance, Chance) = (|| [0; 8], || [255; 8]);
        let first = Duration::from_mins(5);
        for (failures, minutes) in [(0, 5), (1, 10), (4, 80), (8, 720), (1_000_000, 720)] {
            let whole = Duration::from_mins(minutes);
            assert_eq!(wait(first, failures, most), whole, "{failures}");
            assert_eq!(wait(first, failures, least), whole / 2, "{failures}");
        }
    }

    #[test]
    fn a_renewal_is_early_rather_than_late() {
        let validity = Validity {
            not_before: 0,
            not_after: 90 * 86_400,
        };
        let (least, most): (Chance, Chance) = (|| [0; 8], || [255; 8]);
        assert_eq!(due(validity, least), 60 * 86_400);
        let early = due(validity, most);
        assert!((58 * 86_400..60 * 86_400).contains(&early), "{early}");
    }
}
