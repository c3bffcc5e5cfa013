//! Which encoding a client takes (RFC 9110, 12.5.3).

/// How a body is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// `br`
    Brotli,
    /// `gzip`
    Gzip,
    /// As it is.
    Identity,
}

/// The best encoding for the value of `Accept-Encoding`: the one with the
/// highest weight, Brotli before gzip where they weigh the same. What cannot
/// be read is passed over; an empty value means identity.
pub fn negotiate(accepted: &str) -> Encoding {
    let (mut brotli, mut gzip, mut any, mut identity) = (None, None, None, None);
    for item in accepted.split(',').take(32) {
        let mut parts = item.split(';');
        let name = parts.next().unwrap_or("").trim();
        let weight = parts
            .find_map(|part| {
                part.trim()
                    .strip_prefix(['q', 'Q'])?
                    .trim_start()
                    .strip_prefix('=')
            })
            .map_or(Some(1000), |value| parse_weight(value.trim()));
        let Some(weight) = weight else { continue };
        if name.eq_ignore_ascii_case("br") {
            brotli = Some(weight);
        } else if name.eq_ignore_ascii_case("gzip") || name.eq_ignore_ascii_case("x-gzip") {
            gzip = Some(weight);
        } else if name.eq_ignore_ascii_case("identity") {
            identity = Some(weight);
        } else if name == "*" {
            any = Some(weight);
        }
    }
    let brotli = brotli.or(any).unwrap_or(0);
    let gzip = gzip.or(any).unwrap_or(0);
    let identity = identity.unwrap_or(0);
    if brotli > 0 && brotli >= gzip && brotli >= identity {
        Encoding::Brotli
    } else if gzip > 0 && gzip >= identity {
        Encoding::Gzip
    } else {
        Encoding::Identity
    }
}

/// A weight in thousandths: 0, 1, or either with up to three decimals.
fn parse_weight(text: &str) -> Option<u32> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let whole: u32 = whole.parse().ok().filter(|whole| *whole <= 1)?;
    if decimals.len() > 3 || !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let fraction: u32 = format!("{decimals:0<3}").parse().ok()?;
    Some((whole * 1000 + fraction).min(1000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_decide() {
        use Encoding::{Brotli, Gzip, Identity};
        for (accepted, expect) in [
            ("gzip, deflate, br, zstd", Brotli),
            ("gzip", Gzip),
            ("", Identity),
            ("*", Brotli),
            ("*;q=0", Identity),
            ("br;q=0, gzip;q=0.5", Gzip),
            ("br;q=0.5, gzip;q=0.8", Gzip),
            ("gzip;q=0.5, identity", Identity),
            ("identity;q=0, gzip;q=0.001", Gzip),
            ("GZIP;Q=1.000", Gzip),
            ("gzip;q=2", Identity),
            ("gzip;q=abc, br;q=0.1", Brotli),
            (";;;,,,=", Identity),
            ("deflate", Identity),
        ] {
            assert_eq!(negotiate(accepted), expect, "{accepted}");
        }
    }
}
