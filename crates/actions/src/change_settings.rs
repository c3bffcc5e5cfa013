//! Changing the settings of the site.

use editorial::{
    ChangeKey, Changes, SiteSettings, Timestamp, Write,
    audit::{Action, Actor, AuditEntry},
};
use store::Store;

use crate::{ActionError, draw_id};

/// Changes the settings from those that were `loaded`. Returns the position of
/// the change log; every page shows them from then on.
///
/// # Errors
/// [`ActionError`] where the settings say what cannot be, somebody else has
/// changed them in between, or the store fails.
pub async fn change_settings(
    store: &Store,
    loaded: SiteSettings,
    settings: SiteSettings,
    actor: Actor,
    now: Timestamp,
) -> Result<i64, ActionError> {
    settings.check()?;
    let entry = AuditEntry {
        at: now,
        actor,
        action: Action::SettingsChange,
        subject: draw_id(store).await?,
        note: String::new(),
    };
    let changes = Changes::new()
        .write(Write::Settings {
            loaded: Box::new(loaded),
            settings: Box::new(settings),
        })
        .audit(entry)
        .key(ChangeKey::SETTINGS);
    Ok(store.commit(changes).await?)
}
