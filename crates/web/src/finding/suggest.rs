//! `/search/suggest`: what words that are being typed may become, as JSON.

use std::{
    net::IpAddr,
    sync::Arc,
    time::{Duration, Instant},
};

use actions::finding::hints;
use hyper::{
    Response, StatusCode,
    header::{self, HeaderValue},
};

use super::page::retry_after;
use crate::{
    limit::network,
    metrics::Event,
    respond::{self, Body, CachePolicy},
    site::Site,
};

/// Suggestions that are shown.
const SHOWN: usize = 8;
/// Suggestions that are asked for: some may not be published any more.
const ASKED: usize = 16;
/// When those may come back who met too many others.
const BUSY_FOR: Duration = Duration::from_secs(1);

/// Answers what `client` is typing.
pub(crate) async fn answer(site: &Arc<Site>, client: IpAddr, typed: String) -> Response<Body> {
    let finding = &site.finding;
    if let Err(wait) = finding.suggestions.take(network(client), Instant::now()) {
        site.metrics.count(Event::SearchRefused);
        let mut response = json(StatusCode::TOO_MANY_REQUESTS, &[]);
        retry_after(&mut response, wait);
        return response;
    }
    let Some(index) = finding.index().filter(|_| !typed.is_empty()) else {
        return json(StatusCode::OK, &[]);
    };
    let begun = Instant::now();
    let suggested = finding.pool.ask(move || index.suggest(&typed, ASKED)).await;
    let Ok(suggested) = suggested else {
        site.metrics.count(Event::SearchBusy);
        let mut response = json(StatusCode::SERVICE_UNAVAILABLE, &[]);
        retry_after(&mut response, BUSY_FOR);
        return response;
    };
    site.metrics.suggested(begun.elapsed());
    match hints(&site.store, &suggested, SHOWN).await {
        Ok(hints) => {
            let items: Vec<_> = hints
                .iter()
                .map(|hint| {
                    serde_json::json!({
                        "text": hint.text, "url": hint.url.to_string(), "kind": hint.kind,
                    })
                })
                .collect();
            json(StatusCode::OK, &items)
        }
        Err(error) => {
            tracing::warn!(%error, "nothing can be suggested");
            json(StatusCode::SERVICE_UNAVAILABLE, &[])
        }
    }
}

fn json(status: StatusCode, items: &[serde_json::Value]) -> Response<Body> {
    let body = serde_json::json!({ "items": items }).to_string();
    let mut response = respond::answer(status, CachePolicy::Never, respond::full(body));
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json; charset=utf-8"),
    );
    response
}
