//! Two files that are looked at every few seconds, and taken anew when one of
//! them has changed.

use std::{sync::Arc, time::Duration};

use tokio::sync::Notify;

use crate::{files::CertificateFiles, served::Certificates, validity::date};

/// Shows what stands in `files` whenever they change, which is looked for each
/// `every` and when `asked` is told; it never returns. What cannot be used is
/// told once, and the certificate before it stays.
pub async fn watch(
    certificates: Certificates,
    files: CertificateFiles,
    every: Duration,
    asked: Arc<Notify>,
) {
    // Nothing is known of what stood there when it was loaded first: so it is
    // loaded once more.
    let mut known = None;
    loop {
        let was_asked = tokio::select! {
            () = tokio::time::sleep(every) => false,
            () = asked.notified() => true,
        };
        // Read apart from the connections: a disk may be slow.
        let looked = files.clone();
        let looked = tokio::task::spawn_blocking(move || {
            let stamp = looked.stamp();
            (known != Some(stamp) || was_asked).then(|| (stamp, looked.load()))
        });
        let Ok(Some((stamp, loaded))) = looked.await else {
            continue;
        };
        known = Some(stamp);
        match loaded {
            Ok(loaded) => {
                let until = date(loaded.validity.not_after);
                tracing::info!("a certificate is shown that is good until {until}");
                certificates.show(loaded);
            }
            Err(error) => {
                tracing::warn!("the new certificate is not taken, the one before it stays: {error}")
            }
        }
    }
}
