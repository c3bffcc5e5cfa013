//! `warraq serve` over TLS as a whole: a certificate from files, and one that
//! it gets and renews by itself; asked by curl, where that is there.

use std::{
    io::{BufRead as _, BufReader, Read as _},
    net::SocketAddr,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use testing::authority::{Authority, Directory, Encrypted, Moods, Pair, connect};

const DAY: Duration = Duration::from_hours(24);

struct Served {
    process: Child,
    encrypted: SocketAddr,
    plain: SocketAddr,
    document: serde_json::Value,
}

impl Served {
    fn start(folder: &Path) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_warraq"))
            .args(["serve", "--json", "--config"])
            .arg(folder.join("warraq.toml"))
            .arg("--data")
            .arg(folder.join("paper"))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        let mut line = String::new();
        let output = process.stdout.take().expect("piped");
        BufReader::new(output).read_line(&mut line).expect("a line");
        let document: serde_json::Value = serde_json::from_str(&line).expect(&line);
        let address = |key: &str, scheme: &str| {
            let told = document[key].as_str().expect("told");
            let told = told.strip_prefix(scheme).expect(told);
            told.parse().expect("an address")
        };
        Self {
            encrypted: address("listening", "https://"),
            plain: address("plain", "http://"),
            process,
            document,
        }
    }

    /// Ends it as the system does; what it said on standard error.
    fn end(mut self) -> String {
        self.signal("-TERM");
        let ended = self.process.wait().expect("it ends");
        assert!(ended.success(), "{ended}");
        let mut said = String::new();
        let mut errors = self.process.stderr.take().expect("piped");
        errors.read_to_string(&mut said).expect("text");
        said
    }

    fn signal(&self, name: &str) {
        let id = self.process.id().to_string();
        let sent = Command::new("kill").args([name, &id]).status();
        assert!(sent.expect("sent").success());
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn write(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, text).expect("written");
    let closed = std::fs::Permissions::from_mode(0o600);
    std::fs::set_permissions(&path, closed).expect("set");
    path
}

fn write_pair(folder: &Path, pair: &Pair) {
    write(folder, "key.pem", &pair.key);
    write(folder, "fullchain.pem", &pair.chain);
}

/// The certificate that is shown now.
async fn shown(address: SocketAddr, authority: &Authority) -> Option<Vec<u8>> {
    let root = authority.root();
    let connected: std::io::Result<Encrypted> =
        connect(address, "news.example", root, &["h2"]).await;
    let stream = connected.ok()?;
    let session = stream.get_ref().1;
    assert_eq!(session.alpn_protocol(), Some(&b"h2"[..]));
    Some(session.peer_certificates()?[0].to_vec())
}

/// Waits until another certificate than `last` is shown.
async fn next(address: SocketAddr, authority: &Authority, last: Option<&[u8]>) -> Vec<u8> {
    let begun = Instant::now();
    loop {
        match shown(address, authority).await {
            Some(now) if Some(&*now) != last => return now,
            _ => assert!(begun.elapsed() < Duration::from_secs(30), "no certificate"),
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// What curl prints, where the machine has it.
fn curl(served: &Served, root: &Path, arguments: &[&str]) -> Option<String> {
    let port = served.encrypted.port();
    let done = Command::new("curl")
        .args(["-sS", "--max-time", "20", "--cacert"])
        .arg(root)
        .args(["--resolve", &format!("news.example:{port}:127.0.0.1")])
        .args(arguments)
        .arg(format!("https://news.example:{port}/healthz"))
        .output()
        .ok()?;
    let wrong = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{wrong}");
    Some(String::from_utf8_lossy(&done.stdout).into_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_from_files_is_served_and_changed() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let authority = Authority::new();
    write_pair(folder, &authority.pair(&["news.example"], DAY));
    let root = write(folder, "root.pem", &authority.root_pem());
    let text = "listen = \"127.0.0.1:0\"\nhosts = [\"news.example\"]\nsegments = 0\n[tls]\n\
         listen = \"127.0.0.1:0\"\ncertificate = \"fullchain.pem\"\nkey = \"key.pem\"\n";
    let config = write(folder, "warraq.toml", text);
    let checked = Command::new(env!("CARGO_BIN_EXE_warraq"))
        .args(["config", "check"])
        .arg(&config)
        .status();
    assert!(checked.expect("it runs").success());
    let served = Served::start(folder);
    // The link to the first account leads to the name of the certificate.
    let link = served.document["first_account"].as_str().expect("told");
    let own = format!(
        "https://news.example:{}/newsroom/link/",
        served.encrypted.port()
    );
    assert!(link.starts_with(&own), "{link}");
    for (protocol, version) in [("--http2", "2"), ("--http1.1", "1.1")] {
        let arguments = [protocol, "-w", "%{http_version} %{http_code}"];
        if let Some(told) = curl(&served, &root, &arguments) {
            assert_eq!(told, format!("ok\n{version} 200"));
        }
    }
    let first = next(served.encrypted, &authority, None).await;
    // A broken one is not taken.
    write(folder, "fullchain.pem", "no certificate");
    served.signal("-HUP");
    tokio::time::sleep(Duration::from_millis(500)).await;
    let still = next(served.encrypted, &authority, None).await;
    assert_eq!(still, first);
    // A good one is, at once when it is told, and by itself within seconds.
    write_pair(folder, &authority.pair(&["news.example"], DAY));
    served.signal("-HUP");
    let second = next(served.encrypted, &authority, Some(&first)).await;
    write_pair(folder, &authority.pair(&["news.example"], DAY));
    let third = next(served.encrypted, &authority, Some(&second)).await;
    assert_ne!(third, first);
    let said = served.end();
    assert!(
        said.contains("the new certificate is not taken, the one before it stays"),
        "{said}"
    );
    // A key that others may read is refused at once.
    let open = std::fs::Permissions::from_mode(0o644);
    std::fs::set_permissions(folder.join("key.pem"), open).expect("set");
    let refused = Command::new(env!("CARGO_BIN_EXE_warraq"))
        .args(["serve", "--config"])
        .arg(&config)
        .arg("--data")
        .arg(folder.join("paper"))
        .output()
        .expect("it runs");
    let said = String::from_utf8_lossy(&refused.stderr);
    assert_eq!(refused.status.code(), Some(1), "{said}");
    assert!(
        said.contains("line 7, tls.key: others may read the key"),
        "{said}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_is_got_from_an_authority_and_renewed() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let directory = Directory::start(Moods {
        answers_at: None,
        lifetime: Duration::from_secs(9),
        orders_refused: 0,
        nonces_refused: 0,
    })
    .await;
    let authority = directory.authority();
    let root = write(folder, "root.pem", &authority.root_pem());
    // The authority asks for its answer where port 80 would lead.
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let plain = taken.local_addr().expect("known");
    drop(taken);
    directory.change(|moods| moods.answers_at = Some(plain));
    let text = format!(
        "listen = \"{plain}\"\nhosts = [\"news.example\"]\nsegments = 0\n[tls]\n\
         listen = \"127.0.0.1:0\"\n[tls.acme]\ndirectory = \"{}\"\n\
         contact = \"mailto:desk@news.example\"\naccept_terms = true\nroot = \"root.pem\"\n",
        directory.url()
    );
    write(folder, "warraq.toml", &text);
    let served = Served::start(folder);
    assert_eq!(served.plain, plain);
    let first = next(served.encrypted, authority, None).await;
    if let Some(told) = curl(&served, &root, &["--http2", "-w", "%{http_version}"]) {
        assert_eq!(told, "ok\n2");
    }
    next(served.encrypted, authority, Some(&first)).await;
    assert!(directory.counts().2 >= 2);
    assert!(
        directory
            .fetched()
            .iter()
            .all(|name| name == "news.example")
    );
    let said = served.end();
    assert!(!said.contains("tried again"), "{said}");
    // One that starts again shows what was kept, though the authority is away.
    directory.change(|moods| moods.lifetime = DAY);
    let before = directory.counts().2;
    let served = Served::start(folder);
    let begun = Instant::now();
    while directory.counts().2 == before {
        assert!(begun.elapsed() < Duration::from_secs(30), "not renewed");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    tokio::time::sleep(Duration::from_millis(500)).await;
    let last = next(served.encrypted, authority, None).await;
    drop(served.end());
    directory.change(|moods| moods.orders_refused = u32::MAX);
    let served = Served::start(folder);
    assert_eq!(next(served.encrypted, authority, None).await, last);
    served.end();
}
