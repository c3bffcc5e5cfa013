//! A directory for ACME (RFC 8555) on loopback, over https: accounts, orders,
//! the challenge http-01, which is really fetched, and certificates.

use std::{
    collections::HashMap,
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use rcgen::{PublicKeyData, SignatureAlgorithm};
use ring::{
    rand::{SecureRandom as _, SystemRandom},
    signature,
};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig,
        crypto::ring as provider,
        pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _},
    },
};

use super::{
    Authority,
    jws::{self, Key, Signed},
};

/// How the directory behaves; may be changed while it runs.
#[derive(Clone, Debug)]
pub struct Moods {
    /// Where the answers of all names are fetched, in place of port 80.
    pub answers_at: Option<SocketAddr>,
    /// How long a certificate is good.
    pub lifetime: Duration,
    /// Orders that are refused from now on.
    pub orders_refused: u32,
    /// Requests whose nonce is said to be bad, from now on.
    pub nonces_refused: u32,
}

#[derive(Default)]
struct State {
    nonces: Vec<String>,
    accounts: HashMap<String, Key>,
    orders: Vec<Order>,
    fetched: Vec<String>,
}

#[derive(Clone)]
struct Order {
    account: String,
    names: Vec<Authorization>,
    chain: Option<String>,
}

#[derive(Clone)]
struct Authorization {
    name: String,
    token: String,
    status: &'static str,
    error: Option<String>,
}

struct Shared {
    authority: Authority,
    base: String,
    state: Mutex<State>,
    moods: Mutex<Moods>,
}

/// A directory that runs until it is dropped.
pub struct Directory {
    shared: Arc<Shared>,
    served: JoinHandle<()>,
}

struct Answer {
    status: u16,
    location: Option<String>,
    media_type: &'static str,
    body: String,
}

impl Directory {
    /// Starts one on a free port of loopback.
    pub async fn start(moods: Moods) -> Self {
        let authority = Authority::new();
        let pair = authority.pair(&["localhost", "127.0.0.1"], Duration::from_hours(24));
        let chain = CertificateDer::pem_slice_iter(pair.chain.as_bytes())
            .collect::<Result<Vec<_>, _>>()
            .expect("a chain");
        let key = PrivateKeyDer::from_pem_slice(pair.key.as_bytes()).expect("a key");
        let config = ServerConfig::builder_with_provider(Arc::new(provider::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .expect("a certificate");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("known").port();
        let shared = Arc::new(Shared {
            authority,
            base: format!("https://localhost:{port}"),
            state: Mutex::default(),
            moods: Mutex::new(moods),
        });
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let served = tokio::spawn({
            let shared = Arc::clone(&shared);
            async move {
                while let Ok((stream, _)) = listener.accept().await {
                    let (shared, acceptor) = (Arc::clone(&shared), acceptor.clone());
                    tokio::spawn(async move {
                        if let Ok(stream) = acceptor.accept(stream).await {
                            let _ = shared.connection(BufReader::new(stream)).await;
                        }
                    });
                }
            }
        });
        Self { shared, served }
    }

    /// The address of the directory.
    pub fn url(&self) -> String {
        format!("{}/directory", self.shared.base)
    }

    /// Who gives the certificates.
    pub fn authority(&self) -> &Authority {
        &self.shared.authority
    }

    /// Changes how it behaves.
    pub fn change(&self, change: impl FnOnce(&mut Moods)) {
        change(&mut lock(&self.shared.moods));
    }

    /// Accounts, orders, and certificates given until now.
    pub fn counts(&self) -> (usize, usize, usize) {
        let state = lock(&self.shared.state);
        let given = state.orders.iter().filter(|order| order.chain.is_some());
        (state.accounts.len(), state.orders.len(), given.count())
    }

    /// The names whose answers were fetched, in order.
    pub fn fetched(&self) -> Vec<String> {
        lock(&self.shared.state).fetched.clone()
    }

    /// Forgets every account.
    pub fn forget_accounts(&self) {
        lock(&self.shared.state).accounts.clear();
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        self.served.abort();
    }
}

impl Shared {
    async fn connection<S>(self: Arc<Self>, mut stream: BufReader<S>) -> std::io::Result<()>
    where
        S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin,
    {
        loop {
            let mut line = String::new();
            if stream.read_line(&mut line).await? == 0 {
                return Ok(());
            }
            let mut words = line.split_whitespace();
            let method = words.next().unwrap_or("").to_owned();
            let path = words.next().unwrap_or("").to_owned();
            let mut length = 0;
            loop {
                let mut header = String::new();
                stream.read_line(&mut header).await?;
                let Some((name, value)) = header.trim().split_once(':') else {
                    break;
                };
                if name.eq_ignore_ascii_case("content-length") {
                    length = value.trim().parse().unwrap_or(0);
                }
            }
            let mut body = vec![0; length];
            stream.read_exact(&mut body).await?;
            let answer = self.answer(&method, &path, &body);
            let mut text = format!(
                "HTTP/1.1 {} x\r\nReplay-Nonce: {}\r\nContent-Type: {}\r\nContent-Length: {}\r\n",
                answer.status,
                self.nonce(),
                answer.media_type,
                answer.body.len()
            );
            if let Some(location) = &answer.location {
                text.push_str(&format!("Location: {}{location}\r\n", self.base));
            }
            text.push_str("\r\n");
            if method != "HEAD" {
                text.push_str(&answer.body);
            }
            stream.write_all(text.as_bytes()).await?;
            stream.flush().await?;
        }
    }

    fn nonce(&self) -> String {
        let nonce = random();
        lock(&self.state).nonces.push(nonce.clone());
        nonce
    }

    fn answer(self: &Arc<Self>, method: &str, path: &str, body: &[u8]) -> Answer {
        match (method, path) {
            ("GET", "/directory") => {
                let at = |path: &str| format!("{}{path}", self.base);
                Answer::of(
                    200,
                    &json!({
                        "newNonce": at("/nonce"), "newAccount": at("/account"),
                        "newOrder": at("/order"), "revokeCert": at("/revoke"),
                        "keyChange": at("/key"),
                    }),
                )
            }
            ("HEAD" | "GET", "/nonce") => Answer::of(200, &json!(null)),
            ("POST", _) => {
                let known = |account: &str| lock(&self.state).accounts.get(account).cloned();
                match jws::read(body, known) {
                    Some((signed, own)) => self.signed(path, &signed, own),
                    None => Answer::problem("accountDoesNotExist", "no such account or key"),
                }
            }
            _ => Answer::problem("malformed", "there is no such address"),
        }
    }

    fn signed(self: &Arc<Self>, path: &str, signed: &Signed, own: Option<Key>) -> Answer {
        let is_fresh = {
            let nonces = &mut lock(&self.state).nonces;
            let at = nonces.iter().position(|nonce| *nonce == signed.nonce);
            at.map(|at| nonces.swap_remove(at)).is_some()
        };
        if !is_fresh || take(&mut lock(&self.moods).nonces_refused) {
            return Answer::problem("badNonce", "the nonce is not good");
        }
        if signed.url != format!("{}{path}", self.base) {
            return Answer::problem("unauthorized", "signed for another address");
        }
        let mut parts = path.trim_start_matches('/').split('/');
        let what = parts.next().unwrap_or("");
        let mut number = || parts.next().and_then(|text| text.parse::<usize>().ok());
        let (first, second) = (number(), number());
        match (what, first, second, own) {
            ("account", None, _, Some(key)) => self.account(signed, key),
            ("order", None, _, None) => self.new_order(signed),
            ("order", Some(at), _, None) => {
                self.with_order(signed, at, |order| (200, order.document(&self.base, at)))
            }
            ("finalize", Some(at), _, None) => self.finalize(signed, at),
            ("authorization", Some(at), Some(name), None) => self.with_order(signed, at, |order| {
                (200, order.authorization(&self.base, at, name))
            }),
            ("challenge", Some(at), Some(name), None) => self.challenge(signed, at, name),
            ("certificate", Some(at), _, None) => {
                let orders = &lock(&self.state).orders;
                let chain = orders.get(at).and_then(|order| order.chain.clone());
                Answer {
                    status: 200,
                    location: None,
                    media_type: "application/pem-certificate-chain",
                    body: chain.unwrap_or_default(),
                }
            }
            _ => Answer::problem("malformed", "there is no such address"),
        }
    }

    fn account(&self, signed: &Signed, key: Key) -> Answer {
        if signed.payload["termsOfServiceAgreed"] != true {
            return Answer::problem("userActionRequired", "agree to the terms first");
        }
        let path = format!("/account/{}", key.thumbprint());
        let account = format!("{}{path}", self.base);
        lock(&self.state).accounts.insert(account, key);
        let mut answer = Answer::of(201, &json!({ "status": "valid" }));
        answer.location = Some(path);
        answer
    }

    fn new_order(&self, signed: &Signed) -> Answer {
        if take(&mut lock(&self.moods).orders_refused) {
            return Answer::problem("rateLimited", "too many orders: come back later");
        }
        let names: Vec<Authorization> = signed.payload["identifiers"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|identifier| identifier["value"].as_str())
            .map(|name| Authorization {
                name: name.to_owned(),
                token: random(),
                status: "pending",
                error: None,
            })
            .collect();
        let mut state = lock(&self.state);
        let at = state.orders.len();
        let order = Order {
            account: signed.account.clone().unwrap_or_default(),
            names,
            chain: None,
        };
        let mut answer = Answer::of(201, &order.document(&self.base, at));
        answer.location = Some(format!("/order/{at}"));
        state.orders.push(order);
        answer
    }

    fn with_order(
        &self,
        signed: &Signed,
        at: usize,
        answer: impl FnOnce(&mut Order) -> (u16, Value),
    ) -> Answer {
        let mut state = lock(&self.state);
        let own = state
            .orders
            .get_mut(at)
            .filter(|order| signed.account.as_deref() == Some(&*order.account));
        let Some(order) = own else {
            return Answer::problem("unauthorized", "the order of another account");
        };
        let (status, document) = answer(order);
        Answer::of(status, &document)
    }

    fn challenge(self: &Arc<Self>, signed: &Signed, at: usize, name: usize) -> Answer {
        let expected = signed.thumbprint.clone();
        let asked = self.with_order(signed, at, |order| {
            if let Some(authorization) = order.names.get_mut(name) {
                authorization.status = "processing";
            }
            let document = order.authorization(&self.base, at, name);
            (200, document["challenges"][0].clone())
        });
        let shared = Arc::clone(self);
        tokio::spawn(async move { shared.validate(at, name, &expected).await });
        asked
    }

    /// Fetches the answer and compares it.
    async fn validate(&self, at: usize, name: usize, thumbprint: &str) {
        let authorization = lock(&self.state).orders[at].names[name].clone();
        let expected = format!("{}.{thumbprint}", authorization.token);
        let answers_at = lock(&self.moods).answers_at;
        let path = format!("/.well-known/acme-challenge/{}", authorization.token);
        let got = match answers_at {
            Some(address) => fetch(address, &authorization.name, &path).await,
            None => Err(std::io::Error::other("nobody listens on port 80")),
        };
        let (status, error) = match got {
            Ok(body) if body.trim_end() == expected => ("valid", None),
            Ok(body) => (
                "invalid",
                Some(format!("the answer is another one: {body}")),
            ),
            Err(error) => ("invalid", Some(error.to_string())),
        };
        let mut state = lock(&self.state);
        state.fetched.push(authorization.name);
        let authorization = &mut state.orders[at].names[name];
        (authorization.status, authorization.error) = (status, error);
    }

    fn finalize(&self, signed: &Signed, at: usize) -> Answer {
        let lifetime = lock(&self.moods).lifetime;
        let csr = signed.payload["csr"].as_str().and_then(jws::decoded);
        let Some(csr) = csr.and_then(|csr| Csr::read(&csr)) else {
            return Answer::problem("badCSR", "the request cannot be read");
        };
        self.with_order(signed, at, |order| {
            let is_ready = order.names.iter().all(|name| name.status == "valid");
            let mut names: Vec<&str> = order.names.iter().map(|name| &*name.name).collect();
            names.sort_unstable();
            if !is_ready || csr.names != names {
                return (
                    403,
                    json!({ "type": "urn:ietf:params:acme:error:orderNotReady" }),
                );
            }
            order.chain = Some(self.authority.sign(&names, &csr, lifetime));
            (200, order.document(&self.base, at))
        })
    }
}

impl Order {
    fn document(&self, base: &str, at: usize) -> Value {
        let each = || self.names.iter();
        let status = if self.chain.is_some() {
            "valid"
        } else if each().any(|name| name.status == "invalid") {
            "invalid"
        } else if each().all(|name| name.status == "valid") {
            "ready"
        } else {
            "pending"
        };
        let identifiers: Vec<Value> = each()
            .map(|name| json!({ "type": "dns", "value": name.name }))
            .collect();
        let authorizations: Vec<String> = (0..self.names.len())
            .map(|name| format!("{base}/authorization/{at}/{name}"))
            .collect();
        let mut document = json!({
            "status": status, "identifiers": identifiers, "authorizations": authorizations,
            "finalize": format!("{base}/finalize/{at}"),
        });
        if self.chain.is_some() {
            document["certificate"] = format!("{base}/certificate/{at}").into();
        }
        document
    }

    fn authorization(&self, base: &str, at: usize, name: usize) -> Value {
        let Some(authorization) = self.names.get(name) else {
            return json!(null);
        };
        let mut challenge = json!({
            "type": "http-01", "token": authorization.token, "status": authorization.status,
            "url": format!("{base}/challenge/{at}/{name}"),
        });
        if let Some(error) = &authorization.error {
            challenge["error"] = json!({
                "type": "urn:ietf:params:acme:error:unauthorized", "detail": error,
            });
        }
        let status = match authorization.status {
            "processing" => "pending",
            status => status,
        };
        json!({
            "status": status, "challenges": [challenge],
            "identifier": { "type": "dns", "value": authorization.name },
        })
    }
}

impl Answer {
    fn of(status: u16, document: &Value) -> Self {
        Self {
            status,
            location: None,
            media_type: "application/json",
            body: document.to_string(),
        }
    }

    fn problem(kind: &str, detail: &str) -> Self {
        let kind = format!("urn:ietf:params:acme:error:{kind}");
        Self::of(
            400,
            &json!({ "type": kind, "detail": detail, "status": 400 }),
        )
    }
}

/// What a request for a certificate says (RFC 2986), its signature checked.
struct Csr {
    point: Vec<u8>,
    names: Vec<String>,
}

impl Csr {
    fn read(der: &[u8]) -> Option<Self> {
        let (whole, _) = value(der)?;
        let (info, after) = value(whole)?;
        let signed = &whole[..whole.len() - after.len()];
        let (_algorithm, after) = value(after)?;
        let (bits, _) = value(after)?;
        let (_version, rest) = value(info)?;
        let (_subject, rest) = value(rest)?;
        let (public, rest) = value(rest)?;
        let (_algorithm, point) = value(public)?;
        let (point, _) = value(point)?;
        // Before the bits stands how many of the last byte are not used: none.
        let (point, signature) = (&point[1..], &bits[1..]);
        signature::UnparsedPublicKey::new(&signature::ECDSA_P256_SHA256_ASN1, point)
            .verify(signed, signature)
            .ok()?;
        let mut names = Vec::new();
        collect_names(rest, &mut names);
        names.sort_unstable();
        Some(Self {
            point: point.to_vec(),
            names,
        })
    }
}

impl PublicKeyData for Csr {
    fn der_bytes(&self) -> &[u8] {
        &self.point
    }

    fn algorithm(&self) -> &'static SignatureAlgorithm {
        &rcgen::PKCS_ECDSA_P256_SHA256
    }
}

/// The content of the value at the start, whatever it is, and what is after it.
fn value(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (&[_, first], rest) = bytes.split_first_chunk()?;
    let (length, rest) = match first {
        0..=0x7f => (usize::from(first), rest),
        0x81 => (usize::from(*rest.first()?), &rest[1..]),
        0x82 => {
            let (&[high, low], rest) = rest.split_first_chunk()?;
            (usize::from(high) << 8 | usize::from(low), rest)
        }
        _ => return None,
    };
    rest.split_at_checked(length)
}

/// Each name in the extension for other names (RFC 5280, 4.2.1.6), wherever
/// that stands below.
fn collect_names(mut bytes: &[u8], names: &mut Vec<String>) {
    while let (Some(tag), Some((content, rest))) = (bytes.first(), value(bytes)) {
        match tag {
            0x82 => names.push(String::from_utf8_lossy(content).into_owned()),
            0x30 | 0x31 | 0xa0 | 0x04 => collect_names(content, names),
            _ => {}
        }
        bytes = rest;
    }
}

async fn fetch(address: SocketAddr, host: &str, path: &str) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(address).await?;
    let request = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut text = String::new();
    stream.read_to_string(&mut text).await?;
    match text.split_once("\r\n\r\n") {
        Some((head, body)) if head.starts_with("HTTP/1.1 200 ") => Ok(body.to_owned()),
        _ => Err(std::io::Error::other(format!("it answered {text}"))),
    }
}

/// One less, if there is any.
fn take(count: &mut u32) -> bool {
    let is_any = *count > 0;
    *count = count.saturating_sub(1);
    is_any
}

fn random() -> String {
    let mut bytes = [0; 16];
    SystemRandom::new().fill(&mut bytes).expect("random bytes");
    URL_SAFE_NO_PAD.encode(bytes)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
