//! The section `[comments]`: how many may be sent in a minute.

use serde::{Deserialize, Deserializer, de};
use web::CommentLimits;

/// The most comments a minute that a limit may allow.
const A_MINUTE_MAX: u32 = 1_000_000;

/// What stands in the section. Each number is how many may be sent in a minute
/// for good; as many may come at once.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct CommentsSection {
    /// From one range of addresses: /24 of IPv4, /56 of IPv6.
    from_range: Option<AMinute>,
    /// Under one article.
    on_article: Option<AMinute>,
    /// On the whole site.
    in_all: Option<AMinute>,
}

/// Comments a minute.
#[derive(Clone, Copy, Debug)]
struct AMinute(u32);

impl<'de> Deserialize<'de> for AMinute {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let count = i64::deserialize(from)?;
        let fits = u32::try_from(count)
            .ok()
            .filter(|count| (1..=A_MINUTE_MAX).contains(count));
        fits.map(Self).ok_or_else(|| {
            de::Error::custom(format!(
                "give 1 to {A_MINUTE_MAX} comments a minute, as a whole number"
            ))
        })
    }
}

impl CommentsSection {
    /// The limits, with those that are built in where the section says nothing.
    pub(crate) fn limits(&self) -> CommentLimits {
        let of = |given: Option<AMinute>, built_in| {
            given.map_or(built_in, |AMinute(count)| (count, count))
        };
        let built_in = CommentLimits::default();
        CommentLimits {
            range: of(self.from_range, built_in.range),
            article: of(self.on_article, built_in.article),
            site: of(self.in_all, built_in.site),
        }
    }
}
