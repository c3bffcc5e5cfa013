//! The settings of the site on one form: each in a sentence, faults beside the fields,
//! and nothing that was typed is lost.

use actions::{ActionError, change_settings};
use editorial::{
    SiteSettings,
    audit::Actor,
    settings::{MenuItem, SettingsFault},
};
use hyper::StatusCode;
use screens::{
    Script,
    articles::Fault,
    contexts::Notice,
    settings::{EditSettings, Field, Group},
};
use serde_json::{Value, json};
use store::StoreError;

use super::{Asked, Failure, Visitor, articles::fault, reply::Reply};

/// Time zones that are suggested: those of the countries where Arabic is written, and of
/// many who read it elsewhere.
const ZONES: [&str; 30] = [
    "Africa/Algiers",
    "Africa/Cairo",
    "Africa/Casablanca",
    "Africa/Djibouti",
    "Africa/El_Aaiun",
    "Africa/Khartoum",
    "Africa/Mogadishu",
    "Africa/Ndjamena",
    "Africa/Nouakchott",
    "Africa/Tripoli",
    "Africa/Tunis",
    "America/Montreal",
    "America/New_York",
    "Asia/Aden",
    "Asia/Amman",
    "Asia/Baghdad",
    "Asia/Bahrain",
    "Asia/Beirut",
    "Asia/Damascus",
    "Asia/Dubai",
    "Asia/Gaza",
    "Asia/Hebron",
    "Asia/Kuwait",
    "Asia/Muscat",
    "Asia/Qatar",
    "Asia/Riyadh",
    "Europe/Berlin",
    "Europe/Istanbul",
    "Europe/London",
    "Europe/Paris",
];

/// Letters of a value that are told in a fault.
const LETTERS_TOLD: usize = 60;

/// What a field takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Words.
    Line,
    /// A text of letters that run from left to right.
    Code,
    Zone,
    Number,
    Switch,
    Months,
    OtherMonths,
    Offset,
    Menu,
}

impl Kind {
    const fn name(self) -> &'static str {
        match self {
            Self::Line => "line",
            Self::Code => "code",
            Self::Zone => "zone",
            Self::Number => "number",
            Self::Switch => "switch",
            Self::Months => "months",
            Self::OtherMonths => "other-months",
            Self::Offset => "offset",
            Self::Menu => "menu",
        }
    }
}

/// A setting: its place in the document of all, the name of its field, what it takes.
type Known = (&'static str, &'static str, Kind);

/// The form, in groups.
const GROUPS: [(&str, &[Known]); 6] = [
    (
        "paper",
        &[
            ("name", "name", Kind::Line),
            ("tagline", "tagline", Kind::Line),
            ("time_zone", "time-zone", Kind::Zone),
            ("language", "language", Kind::Code),
            ("origin", "origin", Kind::Code),
        ],
    ),
    (
        "dates",
        &[
            ("dates.months", "dates-months", Kind::Months),
            (
                "dates.second_months",
                "dates-second-months",
                Kind::OtherMonths,
            ),
            ("dates.separator", "dates-separator", Kind::Line),
            ("dates.arabic_digits", "dates-arabic-digits", Kind::Switch),
            ("dates.hijri", "dates-hijri", Kind::Switch),
            ("dates.hijri_offset", "dates-hijri-offset", Kind::Offset),
        ],
    ),
    (
        "reading",
        &[
            ("ticker_lines", "ticker-lines", Kind::Number),
            ("ticker_fill", "ticker-fill", Kind::Switch),
            ("old_after_days", "old-after-days", Kind::Number),
            ("approved_only", "approved-only", Kind::Switch),
        ],
    ),
    (
        "comments",
        &[
            ("comments.open", "comments-open", Kind::Switch),
            (
                "comments.close_after_days",
                "comments-close-after-days",
                Kind::Number,
            ),
            ("comments.trust", "comments-trust", Kind::Switch),
            (
                "comments.newest_first",
                "comments-newest-first",
                Kind::Switch,
            ),
            ("comments.rules", "comments-rules", Kind::Code),
            ("comments.sender_days", "comments-sender-days", Kind::Number),
        ],
    ),
    (
        "search",
        &[
            ("freshness.percent", "freshness-percent", Kind::Number),
            (
                "freshness.half_life_days",
                "freshness-half-life-days",
                Kind::Number,
            ),
        ],
    ),
    (
        "menus",
        &[
            ("header_menu", "header-menu", Kind::Menu),
            ("footer_menu", "footer-menu", Kind::Menu),
        ],
    ),
];

/// What of the form is shown again.
struct Again {
    status: StatusCode,
    notice: Option<Notice>,
    faults: Vec<Fault>,
    /// What the form was made from.
    seen: String,
}

impl Asked<'_> {
    pub(super) async fn settings(&self) -> Result<Reply, Failure> {
        let loaded = self.site.store.settings().await?;
        let saved = self.query("done") == "saved";
        let again = Again {
            status: StatusCode::OK,
            notice: saved.then(|| Notice::done("done-saved")),
            faults: Vec::new(),
            seen: hash(&loaded),
        };
        self.settings_form(&loaded, |known| written(&loaded, known), again)
    }

    fn settings_form(
        &self,
        example: &SiteSettings,
        value: impl Fn(&Known) -> String,
        again: Again,
    ) -> Result<Reply, Failure> {
        let field = |known: &Known| Field {
            name: known.1,
            kind: known.2.name(),
            value: value(known),
        };
        let screen = EditSettings {
            groups: GROUPS
                .iter()
                .map(|(name, fields)| Group {
                    name,
                    fields: fields.iter().map(field).collect(),
                })
                .collect(),
            seen: again.seen,
            example: self.site.theme.day(example, self.now),
            zones: ZONES.to_vec(),
            faulty: again.faults.iter().map(|fault| fault.field).collect(),
            faults: again.faults,
            script: self.script(Script::Board),
        };
        self.show(again.status, again.notice, &screen)
    }

    /// What was typed, in the place of what was there.
    fn typed(&self, known: &Known) -> String {
        self.form.one(known.1).replace("\r\n", "\n")
    }

    /// The form with what was typed, and today's date as far as it can be written so.
    fn typed_again(
        &self,
        loaded: &SiteSettings,
        read: Option<&SiteSettings>,
        again: Again,
    ) -> Result<Reply, Failure> {
        let example = read.unwrap_or(loaded);
        self.settings_form(example, |known| self.typed(known), again)
    }

    /// What was typed as settings, and what is wrong with it.
    fn read_settings(&self, loaded: &SiteSettings) -> Result<SiteSettings, Vec<Fault>> {
        let mut document = json!(loaded);
        let mut faults = Vec::new();
        for known in GROUPS.iter().flat_map(|(_, fields)| *fields) {
            match read(known, &self.typed(known)) {
                Ok(value) => *slot(&mut document, known.0) = value,
                Err(fault) => faults.push(fault),
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        // A choice that is in no list.
        let settings: SiteSettings = serde_json::from_value(document).map_err(|_| Vec::new())?;
        match settings.check() {
            Ok(()) => Ok(settings),
            Err(wrong) => Err(vec![told(&wrong, &settings)]),
        }
    }

    pub(super) async fn save_settings(&self, visitor: &Visitor) -> Result<Reply, Failure> {
        let loaded = self.site.store.settings().await?;
        let seen = self.form.one("seen").to_owned();
        let read = self.read_settings(&loaded);
        let settings = match read {
            Err(faults) => {
                let unread = faults.is_empty();
                let again = Again {
                    status: StatusCode::UNPROCESSABLE_ENTITY,
                    notice: unread.then(|| Notice::refused("settings-unread")),
                    faults,
                    seen,
                };
                return self.typed_again(&loaded, None, again);
            }
            Ok(settings) => settings,
        };
        if seen != hash(&loaded) {
            return self.settings_conflict(&loaded, &settings);
        }
        if settings == loaded {
            return Ok(Reply::see("/newsroom/settings?done=saved"));
        }
        let (store, actor) = (&self.site.store, Actor::User(visitor.user.id));
        match change_settings(store, loaded, settings.clone(), actor, self.now).await {
            Ok(_) => Ok(Reply::see("/newsroom/settings?done=saved")),
            Err(ActionError::Store(StoreError::Conflict)) => {
                let loaded = store.settings().await?;
                self.settings_conflict(&loaded, &settings)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Somebody else saved in between: what differs is named.
    fn settings_conflict(
        &self,
        loaded: &SiteSettings,
        typed: &SiteSettings,
    ) -> Result<Reply, Failure> {
        let all = GROUPS.iter().flat_map(|(_, fields)| *fields);
        let differ = all.filter(|known| written(loaded, known) != written(typed, known));
        let names = differ.map(|known| {
            let line = written(loaded, known);
            line.chars().take(LETTERS_TOLD).collect::<String>()
        });
        let names = names.collect::<Vec<_>>().join("، ");
        let again = Again {
            status: StatusCode::CONFLICT,
            notice: Some(Notice::refused("settings-changed-meanwhile").with(names)),
            faults: Vec::new(),
            seen: hash(loaded),
        };
        self.typed_again(loaded, Some(typed), again)
    }

    /// The form with what was typed, and how dates are written so; nothing is saved.
    pub(super) async fn settings_example(&self) -> Result<Reply, Failure> {
        let loaded = self.site.store.settings().await?;
        let read = self.read_settings(&loaded);
        let (settings, faults) = match read {
            Ok(settings) => (Some(settings), Vec::new()),
            Err(faults) => (None, faults),
        };
        let again = Again {
            status: StatusCode::OK,
            notice: None,
            faults,
            seen: self.form.one("seen").to_owned(),
        };
        self.typed_again(&loaded, settings.as_ref(), again)
    }

    /// What is answered to settings whose form is not ours any more.
    pub(super) async fn settings_not_saved(&self) -> Result<Reply, Failure> {
        let loaded = self.site.store.settings().await?;
        let again = Again {
            status: StatusCode::FORBIDDEN,
            notice: Some(Notice::refused("settings-stale")),
            faults: Vec::new(),
            seen: self.form.one("seen").to_owned(),
        };
        self.typed_again(&loaded, None, again)
    }
}

/// What the settings say, in short: the guard of the form.
fn hash(settings: &SiteSettings) -> String {
    let digest = credentials::token::hash_of(json!(settings).to_string().as_bytes()).0;
    digest
        .iter()
        .take(12)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// The place of a setting in the document of all.
fn slot<'a>(document: &'a mut Value, key: &str) -> &'a mut Value {
    key.split('.')
        .fold(document, |place, part| &mut place[part])
}

/// A setting as it stands in its field.
fn written(settings: &SiteSettings, known: &Known) -> String {
    match known.1 {
        "header-menu" => return menu_text(&settings.header_menu),
        "footer-menu" => return menu_text(&settings.footer_menu),
        _ => {}
    }
    match slot(&mut json!(settings), known.0) {
        Value::String(text) => text.clone(),
        Value::Bool(true) => "on".to_owned(),
        Value::Bool(false) | Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// What was typed into a field as a value of the document.
fn read((_, name, kind): &Known, typed: &str) -> Result<Value, Fault> {
    let line = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    Ok(match kind {
        Kind::OtherMonths if line.is_empty() => Value::Null,
        Kind::Line | Kind::Code | Kind::Zone | Kind::Months | Kind::OtherMonths => json!(line),
        Kind::Switch => json!(typed == "on"),
        Kind::Number => match latin_digits(&line).parse::<u32>() {
            Ok(number) => json!(number),
            Err(_) => return Err(fault(name, "set-number", 0)),
        },
        Kind::Offset => match line.parse::<i8>() {
            Ok(number) => json!(number),
            Err(_) => return Err(fault(name, "set-offset", 0)),
        },
        Kind::Menu => json!(menu(typed).map_err(|line| fault(name, "set-orphan", line))?),
    })
}

/// With 0-9 in place of ٠-٩.
fn latin_digits(text: &str) -> String {
    let arabic = "٠١٢٣٤٥٦٧٨٩";
    let each = text.chars().map(|letter| {
        let at = arabic.chars().position(|digit| digit == letter);
        at.and_then(|at| u32::try_from(at).ok())
            .and_then(|at| char::from_digit(at, 10))
            .unwrap_or(letter)
    });
    each.collect()
}

/// A menu as it is typed: a link on a line, `words | address`; what begins with `-` stands
/// below the one before it.
fn menu_text(menu: &[MenuItem]) -> String {
    let line = |item: &MenuItem| match &*item.url {
        "" => item.label.clone(),
        url => format!("{} | {url}", item.label),
    };
    let mut lines = Vec::new();
    for item in menu {
        lines.push(line(item));
        lines.extend(
            item.children
                .iter()
                .map(|below| format!("- {}", line(below))),
        );
    }
    lines.join("\n")
}

/// Reads a menu; the number of the line that stands below nothing.
fn menu(typed: &str) -> Result<Vec<MenuItem>, usize> {
    let mut menu: Vec<MenuItem> = Vec::new();
    for (number, line) in (1_usize..).zip(typed.lines()) {
        let line = line.trim();
        let (below, line) = match line.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, line),
        };
        if line.trim().is_empty() && !below {
            continue;
        }
        let (label, url) = line.rsplit_once('|').unwrap_or((line, ""));
        let item = MenuItem {
            label: label.split_whitespace().collect::<Vec<_>>().join(" "),
            url: url.trim().to_owned(),
            children: Vec::new(),
        };
        if below {
            menu.last_mut().ok_or(number)?.children.push(item);
        } else {
            menu.push(item);
        }
    }
    Ok(menu)
}

/// What a rule of the settings says, beside its field.
fn told(wrong: &SettingsFault, settings: &SiteSettings) -> Fault {
    let short = |text: &str| -> String { text.chars().take(LETTERS_TOLD).collect() };
    let valued = |field, message, text: &str| Fault {
        value: short(text),
        ..fault(field, message, 0)
    };
    // Of two menus, the one in which it stands.
    let of_menu = |label: &str| {
        let mut header = settings.header_menu.iter();
        let holds = |item: &MenuItem| {
            item.label == label || item.children.iter().any(|below| below.label == label)
        };
        if header.any(holds) {
            "header-menu"
        } else {
            "footer-menu"
        }
    };
    match wrong {
        SettingsFault::NoName => fault("name", "set-no-name", 0),
        SettingsFault::TooLong(what, most) => {
            let field = match *what {
                "the name" => "name",
                "the tagline" => "tagline",
                "the separator" => "dates-separator",
                _ => "header-menu",
            };
            fault(field, "set-long", *most)
        }
        SettingsFault::Language(_) => fault("language", "set-language", 0),
        SettingsFault::Origin(_) | SettingsFault::Host(_) => fault("origin", "set-origin", 0),
        SettingsFault::TimeZone(zone) => valued("time-zone", "set-zone", zone),
        SettingsFault::HijriOffset(_) => fault("dates-hijri-offset", "set-offset", 0),
        SettingsFault::TickerLines(_) => fault("ticker-lines", "set-lines", 0),
        SettingsFault::FreshnessPercent(_) => fault("freshness-percent", "set-percent", 0),
        SettingsFault::HalfLife(_) => fault("freshness-half-life-days", "set-half-life", 0),
        SettingsFault::CloseAfterDays(_) => fault("comments-close-after-days", "set-close", 0),
        SettingsFault::SenderDays(_) => fault("comments-sender-days", "set-sender", 0),
        SettingsFault::Rules(_) => fault("comments-rules", "set-rules", 0),
        SettingsFault::MenuTooLong => fault("header-menu", "set-menu-long", 0),
        SettingsFault::NoLabel => fault(of_menu(""), "set-no-label", 0),
        SettingsFault::Link(label, _) => valued(of_menu(label), "set-link", label),
        SettingsFault::Heading(label) => valued(of_menu(label), "set-heading", label),
        SettingsFault::TooDeep(label) => valued(of_menu(label), "set-deep", label),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_menu_is_read_as_it_is_written() {
        let typed = "سوريا | /section/syria\nالعالم\n- أوروبا | https://e.example/?a|b\n- آسيا | /section/asia";
        let read = menu(typed).expect("a menu");
        assert_eq!((read.len(), read[1].children.len()), (2, 2));
        assert_eq!(read[0].url, "/section/syria");
        let plain = "سوريا | /section/syria\n\n العالم \n-آسيا|/section/asia";
        let written = menu_text(&menu(plain).expect("a menu"));
        assert_eq!(
            written,
            "سوريا | /section/syria\nالعالم\n- آسيا | /section/asia"
        );
        assert_eq!(menu(&written).map(|menu| menu_text(&menu)), Ok(written));
        assert_eq!(menu("\n- تحت لا شيء | /").map(|menu| menu.len()), Err(2));
    }

    #[test]
    fn every_setting_but_the_sample_has_a_field_that_keeps_it() {
        let settings = SiteSettings::default();
        let mut document = json!(SiteSettings {
            name: "غيره".into(),
            ..SiteSettings::default()
        });
        let all: Vec<&Known> = GROUPS.iter().flat_map(|(_, fields)| *fields).collect();
        for known in &all {
            let value = read(known, &written(&settings, known)).expect("good");
            *slot(&mut document, known.0) = value;
        }
        assert_eq!(document, json!(settings));
        let mut leaves = 0;
        for value in document.as_object().expect("an object").values() {
            leaves += value.as_object().map_or(1, serde_json::Map::len);
        }
        assert_eq!(all.len() + 1, leaves);
        assert_eq!(latin_digits("٣٠"), "30");
    }
}
