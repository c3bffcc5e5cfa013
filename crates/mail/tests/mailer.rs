//! Letters as a server gets them, over each kind of connection, and what is
//! said where it takes none.

use std::{io::Write as _, process::Stdio, sync::Arc, time::Duration};

use arabic::bidi::Direction;
use editorial::{Timestamp, email::EmailAddress};
use mail::{
    Letter, Line, Login, Mailer, Secret, Security, Sender, Server, ServerFault, Undelivered,
};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _};
use testing::{
    authority::Authority,
    sink::{Encryption, Mood, Sink, Stream, Upgrade},
};
use tokio_rustls::TlsAcceptor;

const NOW: Timestamp = Timestamp(1_760_000_000_000_000);
const SUBJECT: &str = "دعوة إلى غرفة أخبار \u{2068}ورّاق\u{2069}: وصلتك من رئيس التحرير هذا الصباح";

fn server(sink: &Sink, security: Security) -> Server {
    Server {
        host: "localhost".into(),
        port: sink.address().port(),
        security,
        login: None,
        sender: "news@paper.example".parse().expect("a sender"),
        authorities: Vec::new(),
        patience: Duration::from_secs(10),
    }
}

fn with_login(server: Server, authority: &Authority) -> Server {
    Server {
        login: Some(Login {
            user: "news".into(),
            password: Secret::new("كلمة سر".into()),
        }),
        authorities: authority.root_pem().into_bytes(),
        ..server
    }
}

fn letter() -> Letter {
    Letter {
        to: EmailAddress::parse("layla@paper.example").expect("an address"),
        from_name: "ورّاق".into(),
        subject: SUBJECT.into(),
        lines: vec![
            Line::Words("افتح هذا الرابط لتصنع حسابك:".into()),
            Line::Link("https://news.example/newsroom/link/abc".into()),
        ],
        direction: Direction::Rtl,
    }
}

/// TLS for localhost, with a certificate of that authority.
fn upgrade(authority: &Authority) -> Upgrade {
    let pair = authority.pair(&["localhost"], Duration::from_hours(1));
    let certificate = CertificateDer::from_pem_slice(pair.chain.as_bytes()).expect("a certificate");
    let key = PrivateKeyDer::from_pem_slice(pair.key.as_bytes()).expect("a key");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .expect("it fits");
    let acceptor = TlsAcceptor::from(Arc::new(config));
    Arc::new(move |stream| {
        let accepted = acceptor.accept(stream);
        Box::pin(async move {
            let stream: Box<dyn Stream> = Box::new(accepted.await?);
            Ok(stream)
        })
    })
}

async fn send(server: Server) -> Result<(), Undelivered> {
    let mailer = Mailer::new(server).expect("usable");
    mailer.send(&letter(), NOW, [7; 16]).await
}

#[tokio::test]
async fn a_letter_arrives_as_it_was_written() {
    let sink = Sink::open().await;
    send(server(&sink, Security::None)).await.expect("sent");
    let caught = sink.letter(0).await;
    assert_eq!(caught.to, ["<layla@paper.example>"]);
    assert_eq!(caught.header("Subject").as_deref(), Some(SUBJECT));
    assert_eq!(
        caught.header("From").as_deref(),
        Some("ورّاق <news@paper.example>")
    );
    assert_eq!(
        caught.words(),
        "\u{200F}\u{2067}افتح هذا الرابط لتصنع حسابك:\u{2069}\r\n\r\nhttps://news.example/newsroom/link/abc\r\n"
    );
    // No line is longer than SMTP takes, and all is ASCII.
    assert!(caught.data.is_ascii());
    assert!(caught.data.lines().all(|line| line.len() <= 998));
}

/// The same, read by a parser that is not ours, where Python is installed.
#[tokio::test]
async fn another_parser_reads_the_same() {
    let sink = Sink::open().await;
    send(server(&sink, Security::None)).await.expect("sent");
    let caught = sink.letter(0).await;
    let program = "import sys, email, email.policy\n\
        m = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)\n\
        out = '\\n'.join([m['subject'], str(m['from'].addresses[0].display_name), m['to'].addresses[0].addr_spec, m['auto-submitted'], str(len(m.defects)), m.get_content()])\n\
        sys.stdout.buffer.write(out.encode())";
    let python = std::process::Command::new("python3")
        .args(["-c", program])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let mut python = match python {
        Ok(python) => python,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return,
        Err(error) => panic!("{error}"),
    };
    let mut input = python.stdin.take().expect("piped");
    input.write_all(caught.data.as_bytes()).expect("written");
    drop(input);
    let read = python.wait_with_output().expect("it ends");
    let read = String::from_utf8(read.stdout).expect("UTF-8");
    let read = read.replace("\r\n", "\n");
    let (head, body) = read.split_once("\n\u{200F}").expect("head and body");
    assert_eq!(
        head,
        format!("{SUBJECT}\nورّاق\nlayla@paper.example\nauto-generated\n0")
    );
    assert!(
        body.contains("\n\nhttps://news.example/newsroom/link/abc\n"),
        "{body}"
    );
}

#[tokio::test]
async fn a_password_goes_over_an_encrypted_connection() {
    let authority = Authority::new();
    for (security, encryption) in [
        (Security::Tls, Encryption::AtOnce(upgrade(&authority))),
        (
            Security::StartTls,
            Encryption::WhenAsked(upgrade(&authority)),
        ),
    ] {
        let sink = Sink::encrypted(encryption).await;
        send(with_login(server(&sink, security), &authority))
            .await
            .expect("sent");
        let caught = sink.letter(0).await;
        // "\0news\0…" in base64.
        let login = caught.login.expect("shown");
        assert!(login.starts_with("AG5ld3M"), "{security:?}");
    }
}

#[tokio::test]
async fn nothing_is_told_to_a_server_that_cannot_be_believed() {
    let authority = Authority::new();
    for (security, encryption, expect) in [
        // Its certificate is signed by nobody whom the system knows.
        (
            Security::Tls,
            Encryption::AtOnce(upgrade(&authority)),
            Undelivered::Insecure,
        ),
        (
            Security::StartTls,
            Encryption::WhenAsked(upgrade(&authority)),
            Undelivered::Insecure,
        ),
        // It is plain, and offers no STARTTLS.
        (Security::StartTls, Encryption::Never, Undelivered::Unfit),
        (Security::Tls, Encryption::Never, Undelivered::Insecure),
    ] {
        let sink = Sink::encrypted(encryption).await;
        let stranger = Server {
            authorities: Vec::new(),
            ..with_login(server(&sink, security), &authority)
        };
        assert_eq!(send(stranger).await, Err(expect), "{security:?}");
        assert!(sink.letters().is_empty());
    }
    // The right certificate under another name.
    let sink = Sink::encrypted(Encryption::AtOnce(upgrade(&authority))).await;
    let other = Server {
        host: "127.0.0.2".into(),
        ..with_login(server(&sink, Security::Tls), &authority)
    };
    let refused = send(other).await;
    assert!(
        matches!(
            refused,
            Err(Undelivered::Insecure | Undelivered::Unreachable)
        ),
        "{refused:?}"
    );
}

#[tokio::test]
async fn what_went_wrong_is_told_without_an_address() {
    let sink = Sink::open().await;
    for (mood, expect, passes) in [
        (Mood::Refuses(550), Undelivered::Refused(550), false),
        (Mood::Refuses(451), Undelivered::Later(451), true),
        (Mood::Refuses(530), Undelivered::Login, false),
        (Mood::Silent, Undelivered::Unreachable, true),
    ] {
        sink.set(mood);
        let hasty = Server {
            patience: Duration::from_millis(300),
            ..server(&sink, Security::None)
        };
        let error = send(hasty).await.expect_err("refused");
        assert_eq!((error, error.may_pass()), (expect, passes));
        let told = format!("{error} {error:?}");
        assert!(!told.contains('@') && !told.contains("layla"), "{told}");
    }
    let gone = server(&sink, Security::None);
    drop(sink);
    // The port may be taken by another test, which would not be a mail server's.
    assert_eq!(send(gone).await, Err(Undelivered::Unreachable));
}

#[test]
fn plain_letters_stay_on_this_machine() {
    let plain = |host: &str| Server {
        host: host.into(),
        port: 25,
        security: Security::None,
        login: None,
        sender: "ورّاق <news@paper.example>".parse().expect("a sender"),
        authorities: Vec::new(),
        patience: Duration::from_secs(1),
    };
    for (host, fault) in [
        ("127.0.0.1", None),
        ("::1", None),
        ("localhost", None),
        ("smtp.paper.example", Some(ServerFault::Plain)),
        ("203.0.113.9", Some(ServerFault::Plain)),
        ("", Some(ServerFault::Host)),
    ] {
        assert_eq!(Mailer::new(plain(host)).err(), fault, "{host}");
    }
    for bad in ["", "news", "news@", "a@b.c\r\nBcc: x@y.z", "<>"] {
        assert_eq!(bad.parse::<Sender>(), Err(ServerFault::Sender), "{bad}");
    }
    let shown = format!("{:?}", Secret::new("سر".into()));
    assert_eq!(shown, "Secret(…)");
}
