//! One picture or file of the library: what it shows, whose it is, on what terms,
//! and the point that stays in view.

use actions::{ActionError, describe_media};
use editorial::{
    ArticleState, Id, Timestamp,
    accounts::Permission,
    audit::Actor,
    media::{Description, FOCAL_MAX, Media},
    urls::Url,
};
use hyper::StatusCode;
use screens::{
    Script,
    contexts::Notice,
    media::{Described, MediaFault, ShowMedia, Use},
};
use store::StoreError;

use super::path_of;
use crate::newsroom::{Asked, Failure, Visitor, reply::Reply};

/// Articles that are told of one picture.
const USES: u32 = 20;
/// How wide the picture is on which the point is chosen, in pixels of the style.
const POINT_WIDTH: i64 = 280;
/// A point is typed in hundredths.
const PER_HUNDREDTH: i64 = FOCAL_MAX / 100;

impl Asked<'_> {
    pub(in crate::newsroom) async fn show_media(&self) -> Result<Reply, Failure> {
        let Some(media) = self.media_asked().await? else {
            return self.problem(StatusCode::NOT_FOUND, "media-gone");
        };
        let notice = match self.query("done").as_str() {
            "kept" => Some(Notice::done("media-kept")),
            "described" => Some(Notice::done("media-described")),
            _ => None,
        };
        let typed = self.described(&media);
        self.media_screen(StatusCode::OK, notice, &media, typed, Vec::new())
            .await
    }

    pub(in crate::newsroom) async fn describe_media(
        &self,
        visitor: &Visitor,
    ) -> Result<Reply, Failure> {
        let Some(media) = self.media_asked().await? else {
            return self.problem(StatusCode::NOT_FOUND, "media-gone");
        };
        let mut typed = Described {
            alt: self.line_typed("alt"),
            caption: self.line_typed("caption"),
            credit: self.line_typed("credit"),
            rights: self.line_typed("rights"),
            expires: self.line_typed("expires"),
            focal_x: self.line_typed("focal_x"),
            focal_y: self.line_typed("focal_y"),
        };
        if let Some((x, y)) = self.point(&media) {
            (typed.focal_x, typed.focal_y) = (x.to_string(), y.to_string());
        }
        let words = match self.read_description(&typed) {
            Ok(words) => words,
            Err(faults) => {
                let status = StatusCode::UNPROCESSABLE_ENTITY;
                return self.media_screen(status, None, &media, typed, faults).await;
            }
        };
        let seen = self.form.one("seen").parse().unwrap_or(0);
        let (store, actor) = (&self.site.store, Actor::User(visitor.user.id));
        let is_moved = (media.focal_x, media.focal_y) != (words.focal_x, words.focal_y);
        match describe_media(store, media.id, seen, words, actor, self.now).await {
            Ok(_) => {
                if is_moved {
                    crate::pictures::forget_share(self.site, media.id).await;
                }
                Ok(Reply::see(&path_of(
                    media.id,
                    self.chosen_for(),
                    "described",
                )))
            }
            Err(ActionError::Description(faults)) => {
                let faults = faults.into_iter().map(|fault| MediaFault {
                    field: fault.field,
                    message: if fault.field.starts_with("focal") {
                        "media-bad-point"
                    } else {
                        "media-too-long"
                    },
                    number: fault.most,
                });
                let status = StatusCode::UNPROCESSABLE_ENTITY;
                self.media_screen(status, None, &media, typed, faults.collect())
                    .await
            }
            Err(ActionError::Store(StoreError::Conflict)) => {
                let notice = Notice::refused("media-changed-meanwhile");
                let status = StatusCode::CONFLICT;
                self.media_screen(status, Some(notice), &media, typed, Vec::new())
                    .await
            }
            Err(error) => Err(error.into()),
        }
    }

    async fn media_asked(&self) -> Result<Option<Media>, StoreError> {
        match Id::parse(self.part) {
            None => Ok(None),
            Some(id) => self.site.store.media(id).await,
        }
    }

    /// A field on one line.
    fn line_typed(&self, name: &str) -> String {
        let text = self.form.one(name).replace(['\n', '\r', '\t'], " ");
        let plain: String = text.chars().filter(|c| !c.is_control()).collect();
        plain.trim().to_owned()
    }

    /// The point of the picture that was clicked at, in hundredths: a browser sends it without
    /// script.
    fn point(&self, media: &Media) -> Option<(i64, i64)> {
        let x: i64 = self.form.one("point.x").parse().ok()?;
        let y: i64 = self.form.one("point.y").parse().ok()?;
        if !media.is_picture() || (x, y) == (0, 0) {
            // By keyboard there is no point: the fields say it.
            return None;
        }
        let height = (POINT_WIDTH * media.height / media.width).max(1);
        let share = |at: i64, whole: i64| at.clamp(0, whole) * 100 / whole;
        Some((share(x, POINT_WIDTH), share(y, height)))
    }

    fn read_description(&self, typed: &Described) -> Result<Description, Vec<MediaFault>> {
        let mut faults = Vec::new();
        let mut hundredths = |field: &'static str, text: &str| {
            let number = text.parse::<i64>().ok();
            let number = number.filter(|number| (0..=100).contains(number));
            if number.is_none() {
                faults.push(MediaFault {
                    field,
                    message: "media-bad-point",
                    number: 100,
                });
            }
            number.unwrap_or(0) * PER_HUNDREDTH
        };
        let focal_x = hundredths("focal_x", &typed.focal_x);
        let focal_y = hundredths("focal_y", &typed.focal_y);
        let zone = self.zone.iana_name().unwrap_or("UTC");
        // To the end of the last day.
        let end = format!("{}T23:59:59.999999", typed.expires);
        let expires_at = Timestamp::parse_local(&end, zone);
        if !typed.expires.is_empty() && expires_at.is_none() {
            faults.push(MediaFault {
                field: "expires",
                message: "media-bad-day",
                number: 0,
            });
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(Description {
            alt: typed.alt.clone(),
            caption: typed.caption.clone(),
            credit: typed.credit.clone(),
            rights: typed.rights.clone(),
            expires_at,
            focal_x,
            focal_y,
        })
    }

    /// What the form holds before anything is typed.
    fn described(&self, media: &Media) -> Described {
        let day = |at| self.written(at, "%Y-%m-%d");
        Described {
            alt: media.alt.clone(),
            caption: media.caption.clone(),
            credit: media.credit.clone(),
            rights: media.rights.clone(),
            expires: media.expires_at.map_or_else(String::new, day),
            focal_x: (media.focal_x / PER_HUNDREDTH).to_string(),
            focal_y: (media.focal_y / PER_HUNDREDTH).to_string(),
        }
    }

    async fn media_screen(
        &self,
        status: StatusCode,
        notice: Option<Notice>,
        media: &Media,
        typed: Described,
        faults: Vec<MediaFault>,
    ) -> Result<Reply, Failure> {
        let mut uses = self.site.store.led_by(media.id, USES).await?;
        // What is not public is told to those alone who see all of it.
        let sees_all = self
            .visitor
            .as_ref()
            .is_some_and(|visitor| visitor.user.roles.allow(Permission::Publish));
        uses.retain(|line| sees_all || line.state == ArticleState::Published);
        let names = self.names_of_users().await?;
        let uploaded = media
            .uploaded_at
            .map(|at| self.saved(media.uploaded_by, at, &names));
        let screen = ShowMedia {
            script: self.script(Script::Uploading),
            media: self.shown(media, 720),
            article: self.chosen_for().map(Id::get),
            seen: media.version,
            point_height: (POINT_WIDTH * media.height.max(1) / media.width.max(1)).max(1),
            uploaded,
            uses: uses
                .into_iter()
                .map(|line| Use {
                    id: line.id.get(),
                    headline: line.headline,
                    path: (line.state == ArticleState::Published)
                        .then(|| Url::of_article(line.kind, line.id, line.slug).to_string()),
                })
                .collect(),
            faulty: faults.iter().map(|fault| fault.field).collect(),
            faults,
            typed,
        };
        self.show(status, notice, &screen)
    }
}
