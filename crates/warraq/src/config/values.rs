//! Values that are written as a text, in the file and as options alike, each
//! read by one rule.

use std::{fmt::Display, net::SocketAddr, str::FromStr};

use editorial::settings::{SettingsFault, check_host, check_origin};
use serde::{Deserialize, Deserializer, de};

/// A value of the file that stands there as a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Text<T>(pub(crate) T);

impl<'de, T: FromStr<Err: Display>> Deserialize<'de> for Text<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        text.parse().map(Self).map_err(de::Error::custom)
    }
}

/// What can be listened on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Address(pub(crate) SocketAddr);

impl FromStr for Address {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let address = text.parse().map(Self);
        address.map_err(|_| "give an address and a port, such as 127.0.0.1:8080 or [::]:80")
    }
}

/// A network, such as `10.0.0.0/8`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Network(pub(crate) ipnet::IpNet);

impl FromStr for Network {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let network = text.parse().map(Self);
        network.map_err(|_| "give a network, such as 10.0.0.0/8")
    }
}

/// A name that the site answers to, in lower case.
#[derive(Clone, Debug)]
pub(crate) struct Host(pub(crate) String);

impl FromStr for Host {
    type Err = SettingsFault;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        check_host(text)?;
        Ok(Self(text.to_lowercase()))
    }
}

/// The site's own address, without a stroke at its end.
#[derive(Clone, Debug)]
pub(crate) struct Origin(pub(crate) String);

impl FromStr for Origin {
    type Err = SettingsFault;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let origin = text.strip_suffix('/').unwrap_or(text);
        check_origin(origin)?;
        Ok(Self(origin.to_owned()))
    }
}

/// How the archive is rendered ahead.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Prepare {
    Off,
    Gentle,
    Fast,
}

impl FromStr for Prepare {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "off" => Ok(Self::Off),
            "gentle" => Ok(Self::Gentle),
            "fast" => Ok(Self::Fast),
            _ => Err("give off, gentle or fast"),
        }
    }
}

/// Megabytes from `MIN` to `MAX`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Megabytes<const MIN: u64, const MAX: u64>(u64);

impl<const MIN: u64, const MAX: u64> Megabytes<MIN, MAX> {
    /// So many of them; `None` where that is out of bounds.
    pub(crate) fn new(count: u64) -> Option<Self> {
        (MIN..=MAX).contains(&count).then_some(Self(count))
    }

    pub(crate) const fn bytes(self) -> u64 {
        self.0 * 1024 * 1024
    }

    fn wanted() -> String {
        format!("give {MIN} to {MAX} megabytes, as a whole number")
    }
}

impl<const MIN: u64, const MAX: u64> FromStr for Megabytes<MIN, MAX> {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let count = text.parse().ok();
        count.and_then(Self::new).ok_or_else(Self::wanted)
    }
}

impl<'de, const MIN: u64, const MAX: u64> Deserialize<'de> for Megabytes<MIN, MAX> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let count = i64::deserialize(from)?;
        let count = u64::try_from(count).ok();
        let megabytes = count.and_then(Self::new);
        megabytes.ok_or_else(|| de::Error::custom(Self::wanted()))
    }
}
