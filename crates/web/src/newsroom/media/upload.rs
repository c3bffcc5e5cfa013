//! Files come in: several at once in a form, or one in parts that go on after a
//! line that broke. Each is looked at away from the threads that answer.

use std::{sync::Arc, time::Duration};

use actions::{NewMedia, keep_media};
use bytes::Bytes;
use editorial::{Id, audit::Actor};
use hyper::StatusCode;
use media::{MediaError, Originals, originals::ORIGINAL_BYTES_MAX};
use screens::{Argument, contexts::Notice, media::Refused};
use serde_json::json;

use super::{
    library::Told,
    path_of, uploads,
    uploads::{PART_BYTES, Upload, UploadError},
};
use crate::newsroom::{Asked, Failure, Visitor, reply::Reply};

/// Files of one form at the most.
const FILES_MAX: usize = 20;
/// How long a file may be looked at before its sender is told that it is too much.
const LOOK_MAX: Duration = Duration::from_mins(1);

/// Why a file is not kept: the name of the message is `media-…`, and its number.
#[derive(Clone, Copy, Debug)]
struct Fault {
    message: &'static str,
    number: i64,
}

impl Fault {
    const fn of(message: &'static str) -> Self {
        Self { message, number: 0 }
    }
}

const MEGABYTES_MAX: i64 = 32;
const _: () = assert!(ORIGINAL_BYTES_MAX == 32 * 1024 * 1024);

/// What is told of a fault of the file; none where the fault is ours.
fn told(error: &MediaError) -> Option<Fault> {
    Some(match error {
        MediaError::TooManyBytes { .. } => Fault {
            message: "too-large",
            number: MEGABYTES_MAX,
        },
        MediaError::TooManyPixels { .. } => Fault {
            message: "too-many-pixels",
            number: 50,
        },
        MediaError::TooCostly => Fault::of("too-costly"),
        MediaError::Damaged(_) => Fault::of("damaged"),
        MediaError::Refused(why) => Fault::of(match why.name() {
            "empty" => "empty",
            "svg" => "svg",
            "markup" => "markup",
            "avif" | "heic" => "other-picture",
            "bmp" | "tiff" => "old-picture",
            "film" => "other-film",
            _ => "unknown",
        }),
        _ => return None,
    })
}

impl Asked<'_> {
    /// Takes the files of a form.
    pub(in crate::newsroom) async fn upload_media(
        &self,
        visitor: &Visitor,
    ) -> Result<Reply, Failure> {
        let article = self.chosen_for();
        let (mut kept, mut refused) = (Vec::new(), Vec::new());
        for (at, file) in self.files.iter().enumerate() {
            let done = if at < FILES_MAX {
                self.keep(visitor, &file.name, file.bytes.clone()).await?
            } else {
                Err(Fault {
                    message: "too-many",
                    number: 20,
                })
            };
            match done {
                Ok(id) => kept.push(id),
                Err(Fault { message, number }) => refused.push(Refused {
                    name: file.name.clone(),
                    message,
                    number,
                }),
            }
        }
        match (kept.as_slice(), refused.is_empty()) {
            ([], true) => {
                let notice = Notice::refused("media-none-chosen");
                self.library_with(
                    StatusCode::UNPROCESSABLE_ENTITY,
                    Some(notice),
                    Told::default(),
                )
                .await
            }
            ([one], true) => Ok(Reply::see(&path_of(*one, article, "kept"))),
            (_, true) => {
                let article = article.map_or_else(String::new, |id| format!("&for={id}"));
                Ok(Reply::see(&format!("/newsroom/media?done=kept{article}")))
            }
            _ => {
                let told = Told { refused };
                self.library_with(StatusCode::UNPROCESSABLE_ENTITY, None, told)
                    .await
            }
        }
    }

    /// Begins an upload in parts.
    pub(in crate::newsroom) async fn begin_upload(
        &self,
        visitor: &Visitor,
    ) -> Result<Reply, Failure> {
        let (uploads, now) = (uploads(self.site), self.now);
        let id = self.accounts().token().to_text();
        let (user, name) = (visitor.user.id, self.form.one("name").to_owned());
        let bytes = self.form.one("bytes").parse().unwrap_or(u64::MAX);
        let begun = aside(move || uploads.begin(id, user, &name, bytes, now)).await;
        Ok(match begun {
            Ok(upload) => {
                let begun = json!({ "id": upload.id, "at": 0, "part": PART_BYTES });
                Reply::json(StatusCode::OK, &begun)
            }
            Err(error) => self.upload_refused(&error),
        })
    }

    /// How much of an upload is there.
    pub(in crate::newsroom) async fn show_upload(
        &self,
        visitor: &Visitor,
    ) -> Result<Reply, Failure> {
        let (uploads, id, user) = (uploads(self.site), self.part.to_owned(), visitor.user.id);
        let found = aside(move || uploads.find(&id, user)).await;
        Ok(match found {
            Ok((_, at)) => Reply::json(StatusCode::OK, &json!({ "at": at })),
            Err(error) => self.upload_refused(&error),
        })
    }

    /// Takes a part.
    pub(in crate::newsroom) async fn send_part(&self, visitor: &Visitor) -> Result<Reply, Failure> {
        let (uploads, id, user) = (uploads(self.site), self.part.to_owned(), visitor.user.id);
        let at = self.query("at").parse().unwrap_or(u64::MAX);
        let part = self.body.clone();
        let written = aside(move || uploads.write(&id, user, at, &part)).await;
        Ok(match written {
            Ok(at) => Reply::json(StatusCode::OK, &json!({ "at": at })),
            Err(error) => self.upload_refused(&error),
        })
    }

    /// Keeps an upload that has come to its end; asked again, it answers the same.
    pub(in crate::newsroom) async fn finish_upload(
        &self,
        visitor: &Visitor,
    ) -> Result<Reply, Failure> {
        let (folder, id, user) = (uploads(self.site), self.part.to_owned(), visitor.user.id);
        let whole = aside(move || {
            let (upload, there) = folder.find(&id, user)?;
            if upload.kept.is_none() && there < upload.bytes {
                return Err(UploadError::Gap(there));
            }
            let bytes = match upload.kept {
                Some(_) => Vec::new(),
                None => folder.whole(&upload)?,
            };
            Ok((upload, bytes))
        });
        let (upload, bytes) = match whole.await {
            Ok(whole) => whole,
            Err(error) => return Ok(self.upload_refused(&error)),
        };
        let article = self.chosen_for();
        if let Some(kept) = upload.kept {
            let to = path_of(kept, article, "kept");
            return Ok(Reply::json(StatusCode::OK, &json!({ "to": to })));
        }
        match self.keep(visitor, &upload.name, bytes.into()).await? {
            Ok(kept) => {
                self.upload_ended(upload, Some(kept)).await;
                let to = path_of(kept, article, "kept");
                Ok(Reply::json(StatusCode::OK, &json!({ "to": to })))
            }
            Err(fault) => {
                self.upload_ended(upload, None).await;
                Ok(self.not_kept(StatusCode::UNPROCESSABLE_ENTITY, fault))
            }
        }
    }

    /// Notes what an upload became, or that it became nothing.
    async fn upload_ended(&self, upload: Upload, kept: Option<Id>) {
        let uploads = uploads(self.site);
        let ended = aside(move || match kept {
            Some(kept) => uploads.keep(upload, kept),
            None => uploads.remove(&upload.id),
        });
        if let Err(error) = ended.await {
            tracing::warn!(%error, "an upload that ended stays on the disk for a day");
        }
    }

    /// Looks at a file and keeps it.
    async fn keep(
        &self,
        visitor: &Visitor,
        name: &str,
        bytes: Bytes,
    ) -> Result<Result<Id, Fault>, Failure> {
        let Ok(Ok(turn)) =
            tokio::time::timeout(LOOK_MAX, Arc::clone(&self.site.intakes).acquire_owned()).await
        else {
            return Ok(Err(Fault::of("busy")));
        };
        let folder = self.site.config.data.join("media/originals");
        let looked = tokio::task::spawn_blocking(move || {
            // Who does not wait for it any more does not make room for another.
            let _turn = turn;
            let originals = Originals::open(folder, ORIGINAL_BYTES_MAX)?;
            originals.within_limit(bytes.len() as u64)?;
            let taken = media::take_in(bytes.into())?;
            let stored = originals.put(&taken.bytes)?;
            Ok((stored, taken.size, taken.colour))
        });
        let (stored, size, colour) = match tokio::time::timeout(LOOK_MAX, looked).await {
            Ok(Ok(Ok(taken))) => taken,
            Ok(Ok(Err(error))) => {
                return told(&error)
                    .map_or_else(|| Err(Failure::Media(error)), |fault| Ok(Err(fault)));
            }
            // It went wrong, or goes on for too long: the file is at fault.
            Ok(Err(_)) | Err(_) => return Ok(Err(Fault::of("too-costly"))),
        };
        let new = NewMedia {
            stored,
            size,
            colour: &colour,
            name,
        };
        let actor = Actor::User(visitor.user.id);
        Ok(Ok(keep_media(&self.site.store, new, actor, self.now).await?))
    }

    fn upload_refused(&self, error: &UploadError) -> Reply {
        let (status, fault) = match error {
            UploadError::TooLarge => (
                StatusCode::PAYLOAD_TOO_LARGE,
                Fault {
                    message: "too-large",
                    number: MEGABYTES_MAX,
                },
            ),
            UploadError::TooMany => (StatusCode::SERVICE_UNAVAILABLE, Fault::of("busy")),
            UploadError::Gone => (StatusCode::GONE, Fault::of("upload-gone")),
            UploadError::Gap(at) => {
                return Reply::json(StatusCode::CONFLICT, &json!({ "at": at }));
            }
            UploadError::Disk(error) => {
                tracing::warn!(%error, "an upload cannot be written");
                (StatusCode::SERVICE_UNAVAILABLE, Fault::of("disk"))
            }
        };
        self.not_kept(status, fault)
    }

    /// A sentence for the script.
    fn not_kept(&self, status: StatusCode, fault: Fault) -> Reply {
        let id = format!("media-{}", fault.message);
        let number = [("number".to_owned(), Argument::Number(fault.number))];
        let words = self.newsroom.screens.say(self.language, &id, &number);
        Reply::json(status, &json!({ "error": words }))
    }
}

/// Does something with the disk away from the threads that answer.
async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, UploadError> + Send + 'static,
) -> Result<T, UploadError> {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|error| Err(UploadError::Disk(std::io::Error::other(error))))
}
