//! The time zone: that of the old site, as its items tell it.

use std::sync::Arc;

use editorial::SiteSettings;
use importer::wordpress::Offsets;
use jiff::tz::TimeZone;

use super::Import;

/// What the first look learns of the old site's clock.
pub(super) struct Clock {
    /// The paper's zone when the import began.
    present: String,
    pub(super) offsets: Offsets,
    /// The zone that the paper is to have, where it has none of its own yet.
    pub(super) to_set: Option<String>,
}

impl Clock {
    pub(super) fn of(present: String) -> Self {
        Self {
            present,
            offsets: Offsets::default(),
            to_set: None,
        }
    }
}

impl Import<'_, '_> {
    /// Reads dates without UTC by the old site's clock from here on, and says
    /// where that is another one than the paper's.
    pub(super) fn settle_clock(&mut self) {
        let present = &self.clock.present;
        let Some(found) = std::mem::take(&mut self.clock.offsets).zone(present) else {
            return;
        };
        if found.name == *present {
            return;
        }
        if let Ok(zone) = TimeZone::get(&found.name) {
            Arc::make_mut(&mut self.aside).zone = zone;
        }
        let (name, items, of) = (&found.name, found.items, found.of);
        let why = if *present == SiteSettings::default().time_zone {
            let why = format!(
                "times follow {name}, as {items} of {of} items of the export do; change it with `warraq settings set time_zone ZONE`"
            );
            self.clock.to_set = Some(found.name);
            why
        } else {
            format!(
                "times follow {present}, as the paper is set, though {items} of {of} items of the export follow {name}; change it with `warraq settings set time_zone {name}`"
            )
        };
        self.report.note(0, 0, "site", "time_zone", &why);
    }
}
