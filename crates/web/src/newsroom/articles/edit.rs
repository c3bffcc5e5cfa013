//! The form of an article, and what becomes of what is sent from it.

use actions::{ActionError, Seen, open_copy, save_copy};
use arabic::bidi::direction_of_language;
use editorial::{
    ArticleKind, ArticleState, WorkingCopy, accounts::Permission, correction::CorrectionKind,
    urls::Url,
};
use hyper::StatusCode;
use screens::{
    articles::{Choice, EditArticle, Fault, Lead, Other, Typed},
    contexts::Notice,
};

use super::{
    Opened,
    content::{no_room, written},
    form_of, house, state_name, work,
};
use crate::newsroom::{Asked, Failure, reply::Reply};

/// The languages that are offered, by their own names.
const LANGUAGES: [(&str, &str); 11] = [
    ("ar", "العربية"),
    ("en", "English"),
    ("fr", "Français"),
    ("de", "Deutsch"),
    ("es", "Español"),
    ("tr", "Türkçe"),
    ("fa", "فارسی"),
    ("ur", "اردو"),
    ("ckb", "کوردیی ناوەندی"),
    ("ku", "Kurdî"),
    ("ru", "Русский"),
];

/// The fields that may be wrong, in the order of the form.
const FIELDS: [&str; 21] = [
    "kicker",
    "headline",
    "standfirst",
    "dateline",
    "agency",
    "body",
    "section",
    "authors",
    "tags",
    "language",
    "slug",
    "lead",
    "at",
    "how",
    "note",
    "reason",
    "words",
    "quote",
    "remark",
    "assignee",
    "deadline",
];

/// What of the form is shown again.
pub(super) struct Again {
    status: StatusCode,
    notice: Option<Notice>,
    faults: Vec<Fault>,
    /// Whether there are names that could be made.
    unknown: bool,
    /// Whether the form goes on from what is kept now, seen or not.
    from_now: bool,
    /// Whether somebody else saved in between.
    conflict: bool,
}

impl Again {
    /// With faults.
    pub(super) const fn faults(faults: Vec<Fault>) -> Self {
        Self {
            status: StatusCode::UNPROCESSABLE_ENTITY,
            notice: None,
            faults,
            unknown: false,
            from_now: false,
            conflict: false,
        }
    }

    /// What was typed is saved, as the message says.
    fn saved(message: &'static str) -> Self {
        Self {
            status: StatusCode::OK,
            notice: Some(Notice::done(message)),
            from_now: true,
            ..Self::faults(Vec::new())
        }
    }

    /// What was typed is saved, and then something was refused.
    pub(super) fn refused(notice: Option<Notice>, faults: Vec<Fault>) -> Self {
        Self {
            notice,
            from_now: true,
            ..Self::faults(faults)
        }
    }

    /// The form is not ours any more.
    pub(super) fn stale() -> Self {
        Self {
            status: StatusCode::FORBIDDEN,
            notice: Some(Notice::refused("article-stale")),
            ..Self::faults(Vec::new())
        }
    }

    /// The same under another status.
    pub(super) fn with(self, status: StatusCode) -> Self {
        Self { status, ..self }
    }

    fn conflict() -> Self {
        Self {
            status: StatusCode::CONFLICT,
            notice: Some(Notice::refused("article-other-saved")),
            from_now: true,
            conflict: true,
            ..Self::faults(Vec::new())
        }
    }
}

impl Asked<'_> {
    pub(super) async fn show_article(&self, opened: &Opened<'_>) -> Result<Reply, Failure> {
        let notice = match self.fields().one("done") {
            "saved" => Some("article-saved"),
            "publish" => Some("article-did-publish"),
            "schedule" => Some("article-did-schedule"),
            "unschedule" => Some("article-did-unschedule"),
            "amend" => Some("article-did-amend"),
            "note" => Some("article-did-note"),
            "withdraw" => Some("article-did-withdraw"),
            "restore" => Some("article-did-restore"),
            "lead" => Some("article-did-lead"),
            "revert" => Some("article-did-revert"),
            other => work::did(other),
        };
        let mut typed = self.typed_of(&opened.copy.content).await?;
        if let Some(schedule) = self.site.store.schedule(opened.article.id).await? {
            typed.at = self.written(schedule.at, "%Y-%m-%dT%H:%M");
        }
        self.type_assignment(opened, &mut typed).await?;
        let again = Again {
            notice: notice.map(Notice::done),
            ..Again::saved("article-saved")
        };
        self.edit_screen(opened, typed, again).await
    }

    /// The form with what was typed.
    pub(super) async fn edit_again(
        &self,
        opened: &Opened<'_>,
        again: Again,
    ) -> Result<Reply, Failure> {
        let before = self.typed_of(&opened.copy.content).await?;
        self.edit_screen(opened, self.typed_over(&before), again)
            .await
    }

    pub(super) async fn save_article(&self, opened: Opened<'_>) -> Result<Reply, Failure> {
        let id = opened.article.id;
        match self.save_typed(opened).await? {
            Err(reply) => Ok(reply),
            Ok(_) if self.form.one("then") == "preview" => {
                Ok(Reply::see(&format!("/newsroom/articles/preview/{id}")))
            }
            // What is for another button stays in the form.
            Ok(opened)
                if !["note", "reason", "words", "remark"]
                    .iter()
                    .all(|name| self.form.one(name).is_empty()) =>
            {
                self.edit_again(&opened, Again::saved("article-saved"))
                    .await
            }
            Ok(_) => Ok(Reply::see(&form_of(id, "saved"))),
        }
    }

    /// Saves what was typed, and opens the article anew; or the answer that holds
    /// what was typed and says why it is not saved.
    pub(super) async fn save_typed<'a>(
        &self,
        opened: Opened<'a>,
    ) -> Result<Result<Opened<'a>, Reply>, Failure> {
        let before = self.typed_of(&opened.copy.content).await?;
        let typed = self.typed_over(&before);
        let read = self.read(&opened, &before, &typed).await?;
        if !read.faults.is_empty() {
            let again = Again {
                unknown: read.unknown,
                ..Again::faults(read.faults)
            };
            return Ok(Err(self.edit_screen(&opened, typed, again).await?));
        }
        let content = self.with_names_made(read, &typed, &opened).await?;
        let (store, id) = (&self.site.store, opened.article.id);
        let number = |name| self.form.one(name).parse().unwrap_or(0);
        // A text that was not touched stays as it is, whoever writes in it meanwhile.
        let is_typed = typed.body != before.body;
        let seen = Seen {
            version: number("seen"),
            text: is_typed.then(|| number("seen_text")),
        };
        let saved = save_copy(store, id, seen, content, opened.actor(), self.now).await;
        let again = match saved {
            Ok(_) => None,
            Err(ActionError::Content(faults)) => {
                Some(Again::faults(faults.into_iter().map(no_room).collect()))
            }
            Err(ActionError::SavedByAnother(_)) => Some(Again::conflict()),
            Err(error) => return Err(error.into()),
        };
        let (article, copy) = open_copy(store, id, opened.actor(), self.now).await?;
        let opened = Opened {
            article,
            copy,
            ..opened
        };
        match again {
            None => Ok(Ok(opened)),
            Some(again) => Ok(Err(self.edit_screen(&opened, typed, again).await?)),
        }
    }

    async fn edit_screen(
        &self,
        opened: &Opened<'_>,
        typed: Typed,
        mut again: Again,
    ) -> Result<Reply, Failure> {
        let Opened { article, copy, .. } = opened;
        let place = |fault: &Fault| FIELDS.iter().position(|field| *field == fault.field);
        again.faults.sort_by_key(place);
        let store = &self.site.store;
        let names = self.names_of_users().await?;
        let saved = || self.saved(copy.saved_by, copy.saved_at, &names);
        let plain = copy.content.body.plain_text();
        let lead = match copy.content.lead {
            Some(id) => store.media(id).await?,
            None => None,
        };
        let seen = self.form.one("seen").parse().ok();
        let seen_text = self.form.one("seen_text").parse().ok();
        let due = store.schedule(article.id).await?;
        let sections = store.sections().await?;
        let mut languages: Vec<Choice> = LANGUAGES
            .iter()
            .map(|(code, name)| Choice {
                value: (*code).to_owned(),
                name: (*name).to_owned(),
            })
            .collect();
        if !languages.iter().any(|one| one.value == typed.language) {
            languages.push(Choice {
                value: typed.language.clone(),
                name: typed.language.clone(),
            });
        }
        // What was typed and is not what is kept stands in the form, where it can be seen.
        let is_kept = typed.body == written(&copy.content.body);
        let editor = self.newsroom.screens.editor().filter(|_| is_kept);
        let screen = EditArticle {
            id: article.id.get(),
            state: state_name(article.state),
            page: article.kind == ArticleKind::Page,
            path: opened.public_path(),
            seen: seen.filter(|_| !again.from_now).unwrap_or(copy.version),
            seen_text: seen_text
                .filter(|_| !again.from_now)
                .unwrap_or(copy.last_update()),
            editor: editor.map(|asset| asset.path.clone()),
            dir: direction_of_language(&typed.language).attribute(),
            sections: sections
                .into_iter()
                .map(|section| Choice {
                    value: section.id.to_string(),
                    name: section.name,
                })
                .collect(),
            languages,
            notes: CorrectionKind::SHOWN.map(CorrectionKind::name).to_vec(),
            faulty: again.faults.iter().map(|fault| fault.field).collect(),
            unknown: again.unknown,
            saved: (copy.version > 0).then(saved),
            letters: plain.chars().filter(|c| !c.is_whitespace()).count(),
            words: copy.content.body.word_count(),
            lead: lead.map(|media| Lead {
                id: media.id.get(),
                path: media
                    .is_picture()
                    .then(|| Url::Media(media.id, 0).to_string()),
                alt: media.alt,
                credit: media.credit,
            }),
            other: again.conflict.then(|| Other {
                saved: saved(),
                headline: copy.content.headline.clone(),
                body: written(&copy.content.body),
            }),
            due: due.map(|schedule| self.moment(schedule.at)),
            zone: self.zone.iana_name().unwrap_or("UTC").to_owned(),
            acts: acts(opened, due.is_some()),
            work: self.work(opened, &names).await?,
            counts: house::counts(&typed),
            house: if copy.version > 0 {
                house::told(&copy.content)
            } else {
                Vec::new()
            },
            faults: again.faults,
            typed,
        };
        self.show(again.status, again.notice, &screen)
    }
}

/// What may be done with an article, by its state and by whom.
fn acts(opened: &Opened<'_>, is_scheduled: bool) -> Vec<&'static str> {
    let Opened {
        article,
        copy: WorkingCopy { version, .. },
        visitor,
        ..
    } = opened;
    let may = |permission| visitor.user.roles.allow(permission);
    let state = article.state;
    let all = [
        (
            "publish",
            may(Permission::Publish) && state == ArticleState::Unpublished,
        ),
        (
            "schedule",
            may(Permission::Publish) && state == ArticleState::Unpublished,
        ),
        ("unschedule", may(Permission::Publish) && is_scheduled),
        (
            "amend",
            may(Permission::Publish) && state == ArticleState::Published,
        ),
        (
            "withdraw",
            may(Permission::Withdraw) && state == ArticleState::Published,
        ),
        (
            "restore",
            may(Permission::Withdraw) && state == ArticleState::Withdrawn,
        ),
        ("discard", *version > 0),
    ];
    let can = all.into_iter().filter(|(_, can)| *can);
    can.map(|(act, _)| act).collect()
}
