//! Files that are no pictures: sent in pieces, to be saved and never shown. What
//! is in them came from outside, so no browser is let guess or run it.

use std::{sync::Arc, time::Duration};

use bytes::Bytes;
use editorial::{
    Id,
    urls::{Url, encode},
};
use http_body_util::{BodyExt, StreamBody};
use hyper::{
    HeaderMap, Response, StatusCode,
    body::Frame,
    header::{self, HeaderValue},
};
use media::{MediaKey, Originals, originals::ORIGINAL_BYTES_MAX};
use tokio::{io::AsyncReadExt as _, sync::mpsc};

use crate::{
    respond::{self, Body, CachePolicy},
    site::Site,
};

/// Files sent at the same time.
pub(crate) const DOWNLOADS_MAX: usize = 64;
/// Bytes of a file held for one reader.
const PIECE_BYTES: usize = 64 * 1024;
/// A reader who takes nothing for so long gets no more.
const STALL_MAX: Duration = Duration::from_mins(1);

/// `/file/{id}/{name}`. `None` where there is no such file.
pub(crate) async fn show(
    site: &Arc<Site>,
    request: &HeaderMap,
    id: Id,
    name: &str,
) -> Option<Response<Body>> {
    let media = site.store.media(id).await.ok()??;
    let url = media.address()?;
    let Url::File(_, own_name) = &url else {
        return None;
    };
    if own_name != name {
        return Some(respond::moved(&url.to_string()));
    }
    let key: MediaKey = media.key.parse().ok()?;
    let tag = format!("\"{key}\"");
    if respond::names(request, &tag) {
        let body = respond::full(Bytes::new());
        let response = respond::answer(StatusCode::NOT_MODIFIED, CachePolicy::Picture, body);
        return Some(with(response, header::ETAG, &tag));
    }
    let Ok(place) = Arc::clone(&site.downloads).try_acquire_owned() else {
        let words = "Too many files are being sent.\n";
        let response = respond::text(StatusCode::SERVICE_UNAVAILABLE, words);
        return Some(with(response, header::RETRY_AFTER, "30"));
    };
    let folder = site.config.data.join("media/originals");
    let opened = tokio::task::spawn_blocking(move || {
        Originals::open(folder, ORIGINAL_BYTES_MAX)?.file(&key)
    });
    let (file, length) = opened.await.ok()?.ok()??;
    let mut file = tokio::fs::File::from_std(file);
    let first = piece(&mut file).await.unwrap_or_default();
    let media_type = media::download_type(&first);
    let (give, mut given) = mpsc::channel::<Bytes>(1);
    tokio::spawn(async move {
        let mut next = first;
        while !next.is_empty() {
            let sent = tokio::time::timeout(STALL_MAX, give.send(next.into())).await;
            if !matches!(sent, Ok(Ok(()))) {
                break;
            }
            // A file that cannot be read on is shorter than was said, which
            // the reader's program notices.
            next = piece(&mut file).await.unwrap_or_default();
        }
        drop(place);
    });
    let pieces = futures_util::stream::poll_fn(move |context| {
        given
            .poll_recv(context)
            .map(|piece| piece.map(|bytes| Ok(Frame::data(bytes))))
    });
    let body = BodyExt::boxed_unsync(StreamBody::new(pieces));
    let mut response = respond::answer(StatusCode::OK, CachePolicy::Picture, body);
    let disposition = format!("attachment; filename*=UTF-8''{}", encode(own_name));
    for (name, value) in [
        (header::CONTENT_TYPE, media_type),
        (header::CONTENT_LENGTH, &length.to_string()),
        (header::CONTENT_DISPOSITION, &disposition),
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; sandbox",
        ),
        (header::ETAG, &tag),
    ] {
        response = with(response, name, value);
    }
    Some(response)
}

/// The next bytes of a file; none at its end.
async fn piece(file: &mut tokio::fs::File) -> std::io::Result<Vec<u8>> {
    let mut bytes = vec![0; PIECE_BYTES];
    let mut filled = 0;
    while filled < bytes.len() {
        let count = file.read(&mut bytes[filled..]).await?;
        if count == 0 {
            break;
        }
        filled += count;
    }
    bytes.truncate(filled);
    Ok(bytes)
}

fn with(mut response: Response<Body>, name: header::HeaderName, value: &str) -> Response<Body> {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
    response
}
