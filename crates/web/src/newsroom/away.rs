//! What is answered to a text while the database is away: the text, with a button that sends it
//! once more. Nothing else is known then, not even who asks.

use hyper::{Method, StatusCode, http::request::Parts};
use screens::{Frame, articles::KeptText};

use super::{Newsroom, language_of, reply::Reply, routes};
use crate::{
    clients,
    forms::Form,
    guard::{self, Way},
    peer::Peer,
    site::Site,
};

/// The answer, where what was sent is the text of an article and comes from a page of this site.
pub(super) fn kept(
    site: &Site,
    newsroom: &Newsroom,
    parts: &Parts,
    body: &[u8],
    peer: Peer,
) -> Option<Reply> {
    let path = parts.uri.path();
    let form = Form::read(body);
    if parts.method != Method::POST || !routes::holds_text(path, &form) {
        return None;
    }
    let (headers, proxies) = (&parts.headers, &site.config.trusted_proxies);
    let host = clients::host(peer.address, headers, parts.uri.authority(), proxies)?;
    let way = Way::of(peer, headers, host, proxies);
    if way == Way::PlainElsewhere || !guard::is_from_here(headers, host, way) {
        return None;
    }
    let fields = form.each().filter(|(name, _)| *name != "form");
    let own = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
    let screen = KeptText {
        why: "kept-away",
        again: Some(path.to_owned()),
        signed_out: false,
        fields: fields.map(own).collect(),
        headline: form.one("headline").to_owned(),
        body: form.one("body").to_owned(),
    };
    let frame = Frame {
        lang: language_of(headers, way),
        paper: String::new(),
        user: None,
        places: Vec::new(),
        // It is who sent it who gets it back.
        form: form.one("form").to_owned(),
        notice: None,
    };
    let html = newsroom.screens.render(&frame, &screen).ok()?;
    Some(Reply::screen(StatusCode::SERVICE_UNAVAILABLE, html).retry())
}
