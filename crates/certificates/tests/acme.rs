//! An authority of our own on loopback gives certificates, refuses, forgets.

use std::{
    net::SocketAddr,
    os::unix::fs::PermissionsExt as _,
    path::Path,
    time::{Duration, Instant, SystemTime},
};

use certificates::{
    Certificates, Challenges,
    acme::{Acme, Surroundings},
};
use testing::authority::{Directory, Moods};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
    task::JoinHandle,
};

#[expect(clippy::disallowed_methods, reason = "the authority has this clock")]
fn clock() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    i64::try_from(since.expect("after 1970").as_secs()).expect("small")
}

const AROUND: Surroundings = Surroundings {
    clock,
    random: || [0; 8],
};

/// Answers what is asked over plain HTTP, as the server does.
async fn answering(challenges: Challenges) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("known");
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut bytes = [0; 1024];
            let count = stream.read(&mut bytes).await.unwrap_or(0);
            let text = String::from_utf8_lossy(&bytes[..count]);
            let path = text.split(' ').nth(1).unwrap_or("");
            let answer = match challenges.answer(path) {
                Some(answer) => format!("HTTP/1.1 200 OK\r\n\r\n{answer}"),
                None => "HTTP/1.1 404 Not Found\r\n\r\n".to_owned(),
            };
            let _ = stream.write_all(answer.as_bytes()).await;
        }
    });
    address
}

struct Kept {
    directory: Directory,
    folder: tempfile::TempDir,
    certificates: Certificates,
    challenges: Challenges,
}

impl Kept {
    async fn new(lifetime: Duration) -> Self {
        let challenges = Challenges::default();
        let directory = Directory::start(Moods {
            answers_at: Some(answering(challenges.clone()).await),
            lifetime,
            orders_refused: 0,
            nonces_refused: 0,
        })
        .await;
        let folder = tempfile::tempdir().expect("a folder");
        let root = directory.authority().root_pem();
        std::fs::write(folder.path().join("root.pem"), root).expect("written");
        Self {
            directory,
            folder,
            certificates: Certificates::none(),
            challenges,
        }
    }

    fn acme(&self) -> Acme {
        Acme {
            directory: self.directory.url(),
            contact: Some("mailto:desk@news.example".to_owned()),
            names: vec!["news.example".to_owned(), "www.news.example".to_owned()],
            root: Some(self.folder.path().join("root.pem")),
            folder: self.folder.path().join("tls"),
            first_wait: Duration::from_millis(50),
        }
    }

    fn keep(&self) -> JoinHandle<()> {
        let (certificates, challenges) = (self.certificates.clone(), self.challenges.clone());
        tokio::spawn(self.acme().keep(certificates, challenges, AROUND))
    }

    /// Waits until so many certificates were given, and one is shown.
    async fn given(&self, count: usize) {
        let begun = Instant::now();
        while self.directory.counts().2 < count || self.certificates.validity().is_none() {
            assert!(begun.elapsed() < Duration::from_secs(30), "no certificate");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

fn mode(path: &Path) -> u32 {
    let found = std::fs::metadata(path).expect("there");
    found.permissions().mode() & 0o777
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_is_got_kept_and_found_again() {
    let kept = Kept::new(Duration::from_hours(90 * 24)).await;
    kept.directory.change(|moods| moods.nonces_refused = 1);
    let keeping = kept.keep();
    kept.given(1).await;
    keeping.abort();
    let mut fetched = kept.directory.fetched();
    fetched.sort();
    assert_eq!(fetched, ["news.example", "www.news.example"]);
    assert_eq!(kept.directory.counts(), (1, 1, 1));
    let folder = kept.folder.path().join("tls");
    assert_eq!(mode(&folder), 0o700);
    let mut files = 0;
    for file in std::fs::read_dir(&folder).expect("listed") {
        let path = file.expect("listed").path();
        assert_eq!(mode(&path), 0o600, "{}", path.display());
        assert_ne!(path.extension().expect("an ending"), "new");
        files += 1;
    }
    assert_eq!(files, 2);
    // A server that starts again asks nobody.
    let again = Certificates::none();
    assert!(kept.acme().show_kept(&again).expect("read"));
    assert_eq!(again.validity(), kept.certificates.validity());
    // For other names another one is needed, of the same account.
    let mut other = kept.acme();
    other.names.pop();
    assert!(!other.show_kept(&Certificates::none()).expect("read"));
    let next = Certificates::none();
    let keeping = tokio::spawn(other.keep(next.clone(), kept.challenges.clone(), AROUND));
    kept.given(2).await;
    keeping.abort();
    assert_eq!(kept.directory.counts(), (1, 2, 2));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_refused_is_tried_again() {
    let kept = Kept::new(Duration::from_hours(24)).await;
    kept.directory.change(|moods| moods.orders_refused = 2);
    let keeping = kept.keep();
    kept.given(1).await;
    assert_eq!(kept.directory.counts(), (1, 1, 1));
    keeping.abort();
    // The authority has lost its memory; a new account is made.
    kept.directory.forget_accounts();
    let _ = std::fs::remove_file(kept.folder.path().join("tls/certificate.pem"));
    let next = Certificates::none();
    let acme = kept.acme();
    let keeping = tokio::spawn(acme.keep(next, kept.challenges.clone(), AROUND));
    kept.given(2).await;
    keeping.abort();
    assert_eq!(kept.directory.counts().0, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_answer_gives_no_certificate() {
    let kept = Kept::new(Duration::from_hours(24)).await;
    let elsewhere = answering(Challenges::default()).await;
    kept.directory
        .change(|moods| moods.answers_at = Some(elsewhere));
    let keeping = kept.keep();
    let begun = Instant::now();
    while kept.directory.counts().1 < 2 {
        assert!(begun.elapsed() < Duration::from_secs(30), "not tried again");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    keeping.abort();
    assert_eq!(kept.directory.counts().2, 0);
    assert_eq!(kept.certificates.validity(), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_is_renewed_in_its_last_third() {
    let kept = Kept::new(Duration::from_secs(6)).await;
    let keeping = kept.keep();
    kept.given(1).await;
    let first = kept.certificates.validity().expect("shown");
    let got = Instant::now();
    kept.given(2).await;
    let waited = got.elapsed();
    assert!(waited.as_secs() >= 2, "not in the last third: {waited:?}");
    while kept.certificates.validity() == Some(first) {
        assert!(
            got.elapsed() < Duration::from_secs(10),
            "the old one is shown"
        );
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    keeping.abort();
}
