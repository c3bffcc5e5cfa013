//! The old sites of a paper, and the keys under which the addresses of one are
//! kept.
//!
//! A key alone does not say whose it is: two sites have a `?p=12` each. So
//! where a paper has taken over more than one site, an address is kept a second
//! time with its site before it, `//old.example?p=12`, or, of a site in a
//! folder, `//old.example/blog?p=12`; what is asked of a known site is looked
//! up so first. A name that a thing had before (`_wp_old_slug`) is kept under a
//! `~`, and looked up last: another thing may have that name now.

use editorial::urls::encode;

use super::Asked;
use super::parts::{
    decoded, host, joined, named, original_of, path_keys, query_key, renditions_of, split,
};

/// A WordPress site as its addresses name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OldSite {
    host: String,
    /// The parts of the folder it lives in; none where it is the whole host.
    folder: Vec<String>,
}

impl OldSite {
    /// The site at an address such as `https://old.example/blog`; `None` where
    /// it names no host.
    ///
    /// ```
    /// # use importer::address::OldSite;
    /// let site = OldSite::of("https://www.Old.example/blog/").expect("a host");
    /// assert_eq!(site.prefix(), "//old.example/blog");
    /// assert_eq!(OldSite::of("/blog"), None);
    /// ```
    pub fn of(url: &str) -> Option<Self> {
        let (named, path, _) = split(url);
        let host = host(named);
        (!host.is_empty()).then(|| Self {
            host,
            folder: decoded(path),
        })
    }

    /// What stands before the keys of this site alone.
    pub fn prefix(&self) -> String {
        format!("//{}{}", self.host, joined(&self.folder))
    }

    /// How many parts of a path are the site's folder; `None` where the path
    /// is not within it.
    pub(super) fn holds(&self, parts: &[String]) -> Option<usize> {
        parts.starts_with(&self.folder).then_some(self.folder.len())
    }

    /// What stands before the keys of its paths, which have the folder in them.
    pub(super) fn host_prefix(&self) -> String {
        format!("//{}", self.host)
    }

    pub(super) fn is_at(&self, host: &str) -> bool {
        self.host == host
    }

    /// How many parts of a path on this site are its folder.
    fn folder_of(&self, parts: &[String]) -> usize {
        self.holds(parts).unwrap_or(0)
    }
}

/// A file below the uploads of a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    /// Its address.
    pub url: String,
    /// The key of its path.
    pub key: String,
    /// Where it may lie below the folder, the likeliest first.
    pub below: Vec<String>,
}

/// How the addresses of one site are kept.
#[derive(Clone, Debug)]
pub struct Keeping {
    site: Option<OldSite>,
    /// Whether the paper has taken over other sites too.
    shared: bool,
}

impl Keeping {
    /// For the site at `url`; `shared` says whether the paper has taken over
    /// other sites too.
    pub fn of(url: &str, shared: bool) -> Self {
        Self {
            site: OldSite::of(url),
            shared,
        }
    }

    /// Whether the paper has taken over other sites too.
    pub fn is_shared(&self) -> bool {
        self.shared
    }

    /// The keys of an address of the item with that number. A site that was
    /// copied from another has guids with the numbers of the other; those that
    /// name its own host are left out, for another item may have that number.
    pub fn address_of(&self, number: &str, url: &str) -> Vec<String> {
        let (named_host, _, query) = split(url);
        match query.and_then(query_key) {
            Some(key)
                if self.elsewhere(named_host).is_none()
                    && Some(&key) != query_key(&format!("p={number}")).as_ref() =>
            {
                Vec::new()
            }
            _ => self.address(url),
        }
    }

    /// The host that an address names, where that is not the site's.
    fn elsewhere(&self, named: &str) -> Option<String> {
        Some(host(named)).filter(|host| {
            !host.is_empty() && !self.site.as_ref().is_some_and(|own| own.is_at(host))
        })
    }

    /// The keys of an address that the site's export names: the number alone
    /// where it has one (`/blog/?p=12`), else its path. One that names another
    /// host is that host's too.
    pub fn address(&self, url: &str) -> Vec<String> {
        let (named_host, path, query) = split(url);
        let elsewhere = self.elsewhere(named_host);
        let parts = decoded(path);
        if let Some(key) = query.and_then(query_key) {
            return match elsewhere {
                // Another site's number is not a number of this one.
                Some(host) => vec![format!("//{host}{}{key}", joined(&parts))],
                None => self.with_site(vec![key], true),
            };
        }
        let folder = self.site.as_ref().map_or(0, |site| site.folder_of(&parts));
        let parts = named(parts, folder);
        let rest = &parts[folder..];
        if rest.is_empty() || matches!(rest, [only] if only == "index.php") {
            return Vec::new();
        }
        let mut keys = path_keys(&parts);
        if let Some((file, folders)) = parts.split_last()
            && let Some(name) = original_of(file)
        {
            // The sizes are named after the picture itself.
            keys.push(joined(folders) + "/" + &name);
        }
        let theirs: Vec<String> = elsewhere
            .iter()
            .flat_map(|host| keys.iter().map(move |key| format!("//{host}{key}")))
            .collect();
        let mut keys = self.with_site(keys, false);
        keys.extend(theirs);
        keys
    }

    /// The keys of an address below the site's folder, such as `/tag/x/`.
    pub fn below(&self, path: &str) -> Vec<String> {
        let folder = self
            .site
            .as_ref()
            .map_or_else(String::new, |site| joined(&site.folder));
        self.address(&format!("{folder}{path}"))
    }

    /// The keys of an address under which a thing was known before.
    pub fn former(&self, url: &str) -> Vec<String> {
        let keys = self.address(url);
        keys.into_iter().map(|key| format!("~{key}")).collect()
    }

    /// Whether an address is one of the site itself.
    pub fn is_own(&self, url: &str) -> bool {
        let (named_host, path, _) = split(url);
        let whole = url.contains("://");
        if !whole && (url.starts_with("//") || !url.starts_with(['/', '?'])) {
            return false;
        }
        let Some(site) = &self.site else {
            return !whole;
        };
        (!whole || site.is_at(&host(named_host))) && site.holds(&decoded(path)).is_some()
    }

    /// The file that an address below the site's uploads is of, itself or in
    /// one of its sizes; `None` where it is none of the site's.
    ///
    /// ```
    /// # use importer::address::Keeping;
    /// let keeping = Keeping::of("https://old.example", false);
    /// let upload = keeping.upload("/wp-content/uploads/2017/Map-300x200.jpg?x=1").expect("a file");
    /// assert_eq!(upload.below, ["2017/Map.jpg", "2017/Map-300x200.jpg"]);
    /// assert_eq!(upload.url, "http://old.example/wp-content/uploads/2017/Map.jpg");
    /// assert!(keeping.upload("https://else.example/uploads/x.jpg").is_none());
    /// ```
    pub fn upload(&self, url: &str) -> Option<Upload> {
        let (_, path, _) = split(url);
        let (folder, below) = path.rsplit_once("/uploads/")?;
        let (place, file) = below.rsplit_once('/').unwrap_or(("", below));
        if !self.is_own(url) || !file.contains('.') {
            return None;
        }
        let file = editorial::urls::decode(file);
        let of = |name: &str| {
            if place.is_empty() {
                name.to_owned()
            } else {
                format!("{}/{name}", editorial::urls::decode(place))
            }
        };
        let original = renditions_of(&file).pop();
        let own = original.as_deref().unwrap_or(&file);
        let path = match place {
            "" => format!("{folder}/uploads/{}", encode(own)),
            place => format!("{folder}/uploads/{place}/{}", encode(own)),
        };
        Some(Upload {
            url: self.whole(&path),
            key: self.address(&path).into_iter().next()?,
            below: original
                .iter()
                .map(|name| of(name))
                .chain([of(&file)])
                .collect(),
        })
    }

    /// An address of the site with its host, where it has none.
    pub fn whole(&self, url: &str) -> String {
        match &self.site {
            Some(site) if url.starts_with(['/', '?']) => format!("http://{}{url}", site.host),
            _ => url.to_owned(),
        }
    }

    /// The keys under which an address in the site's own texts is looked up.
    pub fn looked_up(&self, url: &str) -> Vec<String> {
        let site = self.site.as_slice();
        let host = self.site.as_ref().map(|site| site.host.as_str());
        Asked::of(url, host, site).keys()
    }

    /// The keys of a number, such as `?p=12`.
    pub fn number(&self, name: &str, value: &str) -> Vec<String> {
        let key = query_key(&format!("{name}={value}"));
        self.with_site(key.into_iter().collect(), true)
    }

    /// The keys, and where other sites share the paper the same with the site
    /// before them: the host alone before a path, which has the folder in it.
    fn with_site(&self, mut keys: Vec<String>, is_number: bool) -> Vec<String> {
        if let (Some(site), true) = (&self.site, self.shared) {
            let before = if is_number {
                site.prefix()
            } else {
                site.host_prefix()
            };
            let own: Vec<String> = keys.iter().map(|key| format!("{before}{key}")).collect();
            keys.extend(own);
        }
        keys
    }
}
