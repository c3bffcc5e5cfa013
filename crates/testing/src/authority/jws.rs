//! Signed requests (RFC 8555, 6.2): ES256 alone.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use ring::{digest, signature};
use serde_json::{Value, json};

/// A request whose signature holds.
pub(super) struct Signed {
    /// What the request is for, as its signer says.
    pub(super) url: String,
    pub(super) nonce: String,
    /// The thumbprint of the key that signed (RFC 7638).
    pub(super) thumbprint: String,
    /// The account's address, where the key is not in the request.
    pub(super) account: Option<String>,
    /// Nothing, where it only reads.
    pub(super) payload: Value,
}

/// A public key: both coordinates, as they stand in requests.
#[derive(Clone)]
pub(super) struct Key {
    x: String,
    y: String,
}

impl Key {
    fn of(jwk: &Value) -> Option<Self> {
        let is_known = jwk["kty"] == "EC" && jwk["crv"] == "P-256";
        is_known.then_some(())?;
        Some(Self {
            x: jwk["x"].as_str()?.to_owned(),
            y: jwk["y"].as_str()?.to_owned(),
        })
    }

    pub(super) fn thumbprint(&self) -> String {
        let Self { x, y } = self;
        let text = format!(r#"{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}"#);
        let hash = digest::digest(&digest::SHA256, text.as_bytes());
        URL_SAFE_NO_PAD.encode(hash)
    }

    fn point(&self) -> Option<Vec<u8>> {
        let mut point = vec![4];
        point.extend(decoded(&self.x)?);
        point.extend(decoded(&self.y)?);
        Some(point)
    }
}

pub(super) fn decoded(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

/// Reads a request; `known` gives the key of an account. The key is given back
/// where it stands in the request.
pub(super) fn read(
    body: &[u8],
    known: impl FnOnce(&str) -> Option<Key>,
) -> Option<(Signed, Option<Key>)> {
    let body: Value = serde_json::from_slice(body).ok()?;
    let text = |name: &str| body[name].as_str();
    let (protected, payload) = (text("protected")?, text("payload")?);
    let header: Value = serde_json::from_slice(&decoded(protected)?).ok()?;
    (header["alg"] == "ES256").then_some(())?;
    let account = header["kid"].as_str().map(str::to_owned);
    let own = Key::of(&header["jwk"]);
    let key = match (&account, &own) {
        (Some(account), None) => known(account)?,
        (None, Some(own)) => own.clone(),
        _ => return None,
    };
    let signature = decoded(text("signature")?)?;
    let message = format!("{protected}.{payload}");
    signature::UnparsedPublicKey::new(&signature::ECDSA_P256_SHA256_FIXED, key.point()?)
        .verify(message.as_bytes(), &signature)
        .ok()?;
    let payload = decoded(payload)?;
    let signed = Signed {
        url: header["url"].as_str()?.to_owned(),
        nonce: header["nonce"].as_str()?.to_owned(),
        thumbprint: key.thumbprint(),
        account,
        payload: if payload.is_empty() {
            json!(null)
        } else {
            serde_json::from_slice(&payload).ok()?
        },
    };
    Some((signed, own))
}
