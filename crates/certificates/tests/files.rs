//! A certificate in two files: what is refused, and what is noticed.

use std::{fs, os::unix::fs::PermissionsExt as _, path::Path, sync::Arc, time::Duration};

use certificates::{CertificateFiles, Certificates, watch};
use testing::authority::{Authority, Pair};
use tokio::sync::Notify;

fn write(folder: &Path, pair: &Pair) -> CertificateFiles {
    let files = CertificateFiles {
        certificate: folder.join("fullchain.pem"),
        key: folder.join("key.pem"),
    };
    // As those do it that renew certificates: another file under the same name.
    for (path, text) in [(&files.key, &pair.key), (&files.certificate, &pair.chain)] {
        let new = path.with_extension("new");
        fs::write(&new, text).expect("written");
        fs::set_permissions(&new, fs::Permissions::from_mode(0o640)).expect("set");
        fs::rename(&new, path).expect("renamed");
    }
    files
}

#[test]
fn what_cannot_be_used_is_refused_with_the_reason() {
    let folder = tempfile::tempdir().expect("a folder");
    let authority = Authority::new();
    let hour = Duration::from_hours(1);
    let pair = authority.pair(&["news.example"], hour);
    let files = write(folder.path(), &pair);
    let refused = |why: &str| {
        let error = files.load().expect_err(why).to_string();
        assert!(error.contains(why), "{error}");
        assert!(!error.contains('\n'), "{error}");
    };
    let loaded = files.load().expect("fine");
    let life = loaded.validity.not_after - loaded.validity.not_before;
    assert_eq!(life, 3_600);
    fs::set_permissions(&files.key, fs::Permissions::from_mode(0o644)).expect("set");
    refused("others may read the key");
    fs::set_permissions(&files.key, fs::Permissions::from_mode(0o600)).expect("set");
    let other = authority.pair(&["news.example"], hour);
    fs::write(&files.key, &other.key).expect("written");
    refused("is not that of the certificate");
    fs::write(&files.key, "no key").expect("written");
    refused("holds no private key");
    fs::write(&files.key, &pair.key).expect("written");
    for wrong in ["", "no certificate", &pair.key] {
        fs::write(&files.certificate, wrong).expect("written");
        refused("holds no chain");
    }
    let cut = pair.chain.replacen("MII", "AII", 1);
    fs::write(&files.certificate, cut).expect("written");
    refused("fullchain.pem");
    fs::remove_file(&files.certificate).expect("removed");
    refused("it is not there");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_file_is_noticed_and_a_broken_one_is_not_taken() {
    let folder = tempfile::tempdir().expect("a folder");
    let authority = Authority::new();
    let pair = |hours| authority.pair(&["news.example"], Duration::from_hours(hours));
    let files = write(folder.path(), &pair(1));
    let certificates = Certificates::none();
    certificates.show(files.load().expect("fine"));
    let hours = || {
        let validity = certificates.validity().expect("shown");
        (validity.not_after - validity.not_before) / 3_600
    };
    let asked = Arc::new(Notify::new());
    let every = Duration::from_millis(20);
    let watching = watch(
        certificates.clone(),
        files.clone(),
        every,
        Arc::clone(&asked),
    );
    let watching = tokio::spawn(watching);
    let comes = async |expected| {
        let begun = std::time::Instant::now();
        while hours() != expected {
            assert!(begun.elapsed() < Duration::from_secs(10), "{expected}");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    write(folder.path(), &pair(2));
    comes(2).await;
    // The key of another one: nothing changes, however often it is looked at.
    let third = pair(3);
    fs::write(&files.certificate, &third.chain).expect("written");
    tokio::time::sleep(every * 10).await;
    assert_eq!(hours(), 2);
    write(folder.path(), &third);
    comes(3).await;
    watching.abort();
    // Told to look, it does so at once.
    let seldom = Duration::from_hours(1);
    let watching = watch(certificates.clone(), files, seldom, Arc::clone(&asked));
    let watching = tokio::spawn(watching);
    write(folder.path(), &pair(4));
    asked.notify_one();
    comes(4).await;
    watching.abort();
}
