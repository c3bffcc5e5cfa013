//! Pictures at the widths of the pages, scaled on first use and kept in files.

use std::{path::PathBuf, sync::Arc};

use anyhow::Context as _;
use editorial::{Id, media::Media};
use hyper::{
    Response, StatusCode,
    header::{self, HeaderValue},
};

use media::originals::ORIGINAL_BYTES_MAX;

use crate::{
    pages::PageError,
    respond::{self, Body, CachePolicy},
    site::Site,
};

/// `/media/{id}/{width}.jpg`. `None` where there is no such picture or width.
///
/// # Errors
/// Where it was never scaled and the database cannot tell what it is.
pub(crate) async fn show(
    site: &Arc<Site>,
    id: Id,
    width: u32,
) -> Result<Option<Response<Body>>, PageError> {
    if !media::is_width(width) {
        return Ok(None);
    }
    let path = site
        .config
        .data
        .join("media/renditions")
        .join(format!("{id}-{width}.jpg"));
    let bytes = match tokio::fs::read(&path).await {
        Ok(bytes) => bytes,
        Err(_) => match make(site, id, width, path).await? {
            Some(bytes) => bytes,
            None => return Ok(None),
        },
    };
    let mut response = respond::answer(StatusCode::OK, CachePolicy::Picture, respond::full(bytes));
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static("image/jpeg"));
    Ok(Some(response))
}

/// Forgets the picture for sharing, which is cut around another point from now on.
pub(crate) async fn forget_share(site: &Site, id: Id) {
    let path = site.config.data.join("media/renditions");
    // Where there is none, none was made yet.
    let _ = tokio::fs::remove_file(path.join(format!("{id}-0.jpg"))).await;
}

async fn make(
    site: &Arc<Site>,
    id: Id,
    width: u32,
    path: PathBuf,
) -> Result<Option<Vec<u8>>, PageError> {
    if site.store.health().is_some() {
        return Err(PageError::Stopped);
    }
    let Some(media) = site.store.media(id).await? else {
        return Ok(None);
    };
    let turn = site.scalings.acquire().await;
    let _turn = turn.map_err(|_| PageError::Busy)?;
    let originals = site.config.data.join("media/originals");
    let made = tokio::task::spawn_blocking(move || scale(originals, &media, width, &path)).await;
    Ok(match made {
        Ok(Ok(bytes)) => Some(bytes),
        Ok(Err(error)) => {
            tracing::warn!(media.id = %id, %error, "a picture cannot be scaled");
            None
        }
        Err(_) => None,
    })
}

fn scale(
    folder: PathBuf,
    media: &Media,
    width: u32,
    path: &std::path::Path,
) -> anyhow::Result<Vec<u8>> {
    let originals = media::Originals::open(folder, ORIGINAL_BYTES_MAX)?;
    let key = media.key.parse()?;
    let original = originals
        .get(&key)?
        .context("the original is not in the media folder")?;
    let bytes = if width == 0 {
        let thousandths = |value: i64| u16::try_from(value.clamp(0, 1000)).unwrap_or(500);
        let focus = media::Focus {
            x: thousandths(media.focal_x),
            y: thousandths(media.focal_y),
        };
        media::share_picture(&original, focus)?
    } else {
        media::rendition(&original, width)?
    };
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let partial = path.with_extension("part");
    std::fs::write(&partial, &bytes)?;
    std::fs::rename(&partial, path)?;
    Ok(bytes)
}
