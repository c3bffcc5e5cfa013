//! The staff's screens, at /newsroom: typed contexts to HTML. Words stand in
//! `locales/`, in Arabic and in English; a template holds none.

pub mod articles;
pub mod board;
pub mod comments;
pub mod contexts;
pub mod difference;
pub mod house;
pub mod keys;
pub mod media;
mod messages;
pub mod settings;
pub mod workflow;

use std::sync::Arc;

use minijinja::{
    Environment, Output, State, Value,
    syntax::SyntaxConfig,
    value::{Kwargs, Serde},
};
use serde::Serialize;
use sha2::{Digest as _, Sha256};

pub use contexts::{Frame, Screen};
pub use messages::{Argument, Language, Messages};

/// Instructions that one template may take.
const FUEL: u64 = 2_000_000;

/// Why a screen cannot be rendered.
#[derive(Debug, thiserror::Error)]
#[error("a screen cannot be rendered: {0:#}")]
pub struct ScreenError(#[from] minijinja::Error);

/// A style or a script: a file, so that nothing is inline.
#[derive(Clone, Debug)]
pub struct Asset {
    /// Its address; it holds the hash of the bytes.
    pub path: String,
    /// Its bytes.
    pub bytes: &'static [u8],
}

impl Asset {
    fn of(bytes: &'static [u8], folder: &str, ending: &str) -> Self {
        let hash = Sha256::digest(bytes);
        let hash: String = hash
            .iter()
            .take(6)
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let path = format!("{folder}{hash}{ending}");
        Self { path, bytes }
    }
}

/// The editor's script, or nothing where it was not built before this program.
const EDITOR: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/editor.js"));

/// All screens.
pub struct Screens {
    templates: Environment<'static>,
    messages: Arc<Messages>,
    style: Asset,
    scripts: [Asset; 5],
    editor: Option<Asset>,
}

/// A script of the screens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Script {
    /// The moderators' queue.
    Moderation,
    /// Keys, on every screen.
    Keys,
    /// Letters of a field, counted.
    Letters,
    /// Screens on which things are put in order.
    Board,
    /// The library.
    Uploading,
}

macro_rules! templates {
    ($($name:literal),* $(,)?) => {
        const TEMPLATES: &[(&str, &str)] = &[$(($name, include_str!(concat!("../templates/", $name)))),*];
    };
}

templates!(
    "frame.html",
    "board_parts.html",
    "ticker.html",
    "ticker_line.html",
    "front.html",
    "settings.html",
    "articles_parts.html",
    "library.html",
    "media.html",
    "house.html",
    "articles.html",
    "article_work.html",
    "article.html",
    "kept_text.html",
    "keys.html",
    "preview.html",
    "discard_text.html",
    "revisions.html",
    "difference.html",
    "comments_item.html",
    "comments_did.html",
    "comments.html",
    "comment.html",
    "blocked.html",
    "sign_in.html",
    "forgotten.html",
    "refused.html",
    "new_account.html",
    "new_password.html",
    "confirm.html",
    "home.html",
    "account.html",
    "second_factor.html",
    "codes.html",
    "users.html",
    "link.html",
    "data_requests.html",
    "notifications.html",
    "desks.html",
    "authors.html",
    "trail.html",
    "problem.html",
);

impl Screens {
    /// The screens of this program.
    ///
    /// # Errors
    /// [`ScreenError`] where a template is wrong.
    pub fn new() -> Result<Self, ScreenError> {
        let mut templates = Environment::new();
        templates.set_fuel(Some(FUEL));
        let syntax = SyntaxConfig::builder()
            .trim_blocks(true)
            .lstrip_blocks(true)
            .build()?;
        templates.set_syntax(syntax);
        templates.set_undefined_behavior(minijinja::UndefinedBehavior::Strict);
        templates.set_formatter(write_escaped);
        let messages = Arc::new(Messages::new());
        let own = Arc::clone(&messages);
        templates.add_function(
            "t",
            move |state: &State<'_, '_>, id: &str, named: Kwargs| {
                let language = state
                    .lookup("lang")
                    .and_then(|lang| Language::of(lang.as_str()?));
                let words = own.say(language.unwrap_or_default(), id, &arguments(&named)?);
                named.assert_all_used()?;
                words.ok_or_else(|| {
                    let words = format!("there is no message {id}");
                    minijinja::Error::new(minijinja::ErrorKind::InvalidOperation, words)
                })
            },
        );
        for (name, source) in TEMPLATES {
            templates.add_template(name, source)?;
        }
        let script = |bytes| Asset::of(bytes, "/newsroom/script/", ".js");
        let style = include_bytes!("../assets/newsroom.css");
        Ok(Self {
            templates,
            messages,
            style: Asset::of(style, "/newsroom/style/", ".css"),
            scripts: [
                script(include_bytes!("../assets/moderation.js")),
                script(include_bytes!("../assets/keys.js")),
                script(include_bytes!("../assets/letters.js")),
                script(include_bytes!("../assets/board.js")),
                script(include_bytes!("../assets/uploading.js")),
            ],
            editor: (!EDITOR.is_empty()).then(|| script(EDITOR)),
        })
    }

    /// The words of the screens.
    pub fn messages(&self) -> &Messages {
        &self.messages
    }

    /// A sentence for a script, in a language.
    pub fn say(&self, language: Language, id: &str, named: &[(String, Argument)]) -> String {
        let words = self.messages.say(language, id, named);
        words.unwrap_or_default()
    }

    /// A script.
    pub const fn script(&self, script: Script) -> &Asset {
        let [moderation, keys, letters, board, uploading] = &self.scripts;
        match script {
            Script::Board => board,
            Script::Uploading => uploading,
            Script::Moderation => moderation,
            Script::Keys => keys,
            Script::Letters => letters,
        }
    }

    /// The style or the script at an address, with its media type.
    pub fn asset(&self, path: &str) -> Option<(&Asset, &'static str)> {
        let style = [(&self.style, "text/css; charset=utf-8")];
        let scripts = self.scripts.iter().chain(&self.editor);
        let scripts = scripts.map(|script| (script, "text/javascript; charset=utf-8"));
        let mut all = style.into_iter().chain(scripts);
        all.find(|(asset, _)| asset.path == path)
    }

    /// The editor in which articles are written together; none where this program was built
    /// without it.
    pub const fn editor(&self) -> Option<&Asset> {
        self.editor.as_ref()
    }

    /// A screen as HTML.
    ///
    /// # Errors
    /// [`ScreenError`] where its template is wrong.
    pub fn render<S: Screen>(&self, frame: &Frame, screen: &S) -> Result<String, ScreenError> {
        #[derive(Serialize)]
        struct Whole<'a, S> {
            #[serde(flatten)]
            frame: &'a Frame,
            style: &'a str,
            keys: &'a str,
            letters: &'a str,
            dir: &'static str,
            screen: &'a S,
        }
        let whole = Whole {
            frame,
            style: &self.style.path,
            keys: &self.script(Script::Keys).path,
            letters: &self.script(Script::Letters).path,
            dir: frame.lang.direction(),
            screen,
        };
        let template = self.templates.get_template(S::TEMPLATE)?;
        Ok(template.render(Value::from(Serde(&whole)))?)
    }
}

/// Writes a value into a template, escaped for text and for attributes in
/// double quotes. Safe is what a macro wrote, whose values went through here, and
/// nothing else: no template uses the filter `safe`.
fn write_escaped(
    out: &mut Output<'_>,
    _state: &mut State<'_, '_>,
    value: &Value,
) -> Result<(), minijinja::Error> {
    let text = value.to_string();
    if value.is_safe() {
        return out.write_str(&text).map_err(unwritten);
    }
    let mut rest = text.as_str();
    while let Some(at) = rest.find(['&', '<', '>', '"', '\'']) {
        let (before, from) = rest.split_at(at);
        let written = match from.as_bytes()[0] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "&#39;",
        };
        out.write_str(before)
            .and_then(|()| out.write_str(written))
            .map_err(unwritten)?;
        rest = &from[1..];
    }
    out.write_str(rest).map_err(unwritten)
}

fn unwritten(fault: std::fmt::Error) -> minijinja::Error {
    let kind = minijinja::ErrorKind::WriteFailure;
    minijinja::Error::new(kind, "a screen cannot be written").with_source(fault)
}

/// The named arguments of a message: texts and whole numbers.
fn arguments(named: &Kwargs) -> Result<Vec<(String, Argument)>, minijinja::Error> {
    named
        .args()
        .map(|name| {
            let value: Value = named.get(name)?;
            let argument = match value.as_i64() {
                Some(number) => Argument::Number(number),
                None => Argument::Text(value.to_string()),
            };
            Ok((name.to_owned(), argument))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use contexts::{Home, Place, SignIn};

    fn frame(lang: Language) -> Frame {
        Frame {
            lang,
            paper: "<ورّاق> & \"co\"".into(),
            user: Some("'عمر'".into()),
            places: vec![Place {
                path: "/newsroom",
                name: "nav-home",
                count: String::new(),
                here: true,
            }],
            form: "f".into(),
            notice: None,
        }
    }

    #[test]
    fn the_editor_is_in_where_it_was_built() {
        let screens = Screens::new().expect("templates");
        if std::env::var_os("WARRAQ_TEST_EDITOR").is_some() {
            let editor = screens.editor().expect("it was built before");
            assert!(editor.bytes.len() > 100_000, "{}", editor.bytes.len());
            assert_ne!(editor.path, screens.script(Script::Moderation).path);
        }
    }

    #[test]
    fn what_people_typed_is_escaped() {
        let screens = Screens::new().expect("templates");
        let screen = SignIn {
            address: "\"><script>".into(),
            number: true,
            next: "/newsroom".into(),
            forgotten: true,
        };
        for (language, ..) in Language::ALL {
            let html = screens.render(&frame(language), &screen).expect("rendered");
            assert!(
                html.contains("value=\"&quot;&gt;&lt;script&gt;\""),
                "{html}"
            );
            assert!(html.contains("&lt;ورّاق&gt; &amp; &quot;co&quot;"), "{html}");
            assert!(!html.contains("<script>"), "{html}");
        }
    }

    #[test]
    fn no_template_calls_anything_safe() {
        for (name, source) in TEMPLATES {
            assert!(!source.contains("safe"), "{name}");
        }
    }

    #[test]
    fn every_role_and_permission_has_its_words() {
        let screens = Screens::new().expect("templates");
        let roles = editorial::accounts::Role::ALL.map(editorial::accounts::Role::name);
        let screen = Home {
            roles: roles.to_vec(),
            may: Vec::new(),
        };
        for (language, ..) in Language::ALL {
            screens.render(&frame(language), &screen).expect("rendered");
        }
        let unknown = Home {
            roles: vec!["king"],
            may: Vec::new(),
        };
        screens
            .render(&frame(Language::Arabic), &unknown)
            .expect_err("no such message");
    }
}
