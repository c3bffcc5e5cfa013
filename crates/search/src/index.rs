//! The read side.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError, RwLock},
    time::Instant,
};

use arabic::search::variants::Variants;
use editorial::{Id, Timestamp};
use tantivy::{
    IndexReader, ReloadPolicy, Searcher, Term,
    query::{AllQuery, BooleanQuery, ConstScoreQuery, Occur, Query as Matches, TermQuery},
    schema::IndexRecordOption,
};

use crate::{
    Found, Hit, Marks, Order, Query, Suggestion, Unusable, correction,
    dictionary::Dictionary,
    document::number,
    fields::{self, Fields},
    folder::{self, Stamp},
    guard::guarded,
    matching::{self, Groups},
    ranking::{self, CANDIDATES},
    reading,
    scan::{self, Candidate, Scan, Seen, TIME_MAX},
    suggestions, writer,
};

/// The index as it is read: cheap to clone, for any number of threads.
///
/// Each call looks whether a writer, of any process, has committed or put a new
/// index in the place of the old one, and then reads that.
#[derive(Clone)]
pub struct Index {
    shared: Arc<Shared>,
}

struct Shared {
    folder: PathBuf,
    fields: Fields,
    opened: RwLock<Arc<Opened>>,
    /// Held by who opens anew; others go on with what is open.
    opening: Mutex<()>,
    /// Why the files cannot be read, as far as it was seen.
    fault: Mutex<Option<Unusable>>,
}

/// A generation at one of its commits.
struct Opened {
    number: u64,
    meta: PathBuf,
    index: tantivy::Index,
    reader: IndexReader,
    searcher: Searcher,
    position: i64,
    /// Of `current` and of the generation's own list of files.
    stamps: (Option<Stamp>, Option<Stamp>),
}

impl Index {
    /// The index in `folder`.
    ///
    /// Looks whether all files are there and end as they were written; what is
    /// damaged within is seen by [`Index::check`], or by a search that meets it.
    ///
    /// # Errors
    /// [`Unusable`], which says what to do.
    pub fn open(folder: &Path) -> Result<Self, Unusable> {
        let (_, fields) = fields::schema();
        let opened = Opened::new(folder)?;
        Ok(Self {
            shared: Arc::new(Shared {
                folder: folder.to_owned(),
                fields,
                opened: RwLock::new(Arc::new(opened)),
                opening: Mutex::new(()),
                fault: Mutex::new(None),
            }),
        })
    }

    /// The change-log position that it holds.
    pub fn position(&self) -> i64 {
        self.present().position
    }

    /// Articles that it holds.
    pub fn articles(&self) -> u64 {
        self.present().searcher.num_docs()
    }

    /// Why it cannot be read, where a search or a reload has met a fault.
    ///
    /// # Errors
    /// [`Unusable`], until a new index is in its place.
    pub fn state(&self) -> Result<(), Unusable> {
        self.present();
        let fault = self
            .shared
            .fault
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        fault.clone().map_or(Ok(()), Err)
    }

    /// Reads every byte of the index and compares the checksums: seconds for a
    /// million articles. [`Index::state`] tells the result from then on.
    ///
    /// # Errors
    /// [`Unusable::Broken`] where a file is not what was written.
    pub fn check(&self) -> Result<(), Unusable> {
        let present = self.present();
        let index = present.index.clone();
        let damaged = guarded(|| index.validate_checksum());
        let result = match damaged {
            Ok(Ok(damaged)) if damaged.is_empty() => Ok(()),
            Ok(Ok(damaged)) => Err(Unusable::broken(format!("{} of its files", damaged.len()))),
            Ok(Err(error)) => Err(Unusable::broken(error)),
            Err(fault) => Err(fault),
        };
        // A commit meanwhile removes files: what is gone is then no fault.
        if result.is_err() && !Arc::ptr_eq(&present, &self.present()) {
            return self.check();
        }
        if let Err(fault) = &result {
            self.note(fault.clone());
        }
        result
    }

    /// Answers a question. `now` makes new articles count a little more.
    ///
    /// Never fails on what was typed. Where the index cannot be read,
    /// [`Found::usable`] is false and nothing is found.
    pub fn search(&self, query: &Query, variants: &Variants, now: Timestamp) -> Found {
        self.read(|asked| asked.answer(query, variants, now))
            .unwrap_or_else(|| Found {
                page: 1,
                pages: 1,
                in_time: true,
                ..Found::default()
            })
    }

    /// What somebody who has typed this may be about to ask, at most `limit`.
    pub fn suggest(&self, typed: &str, limit: usize) -> Vec<Suggestion> {
        self.read(|asked| suggestions::suggest(typed, limit, asked.searcher, asked.fields))
            .unwrap_or_default()
    }

    /// Reads what is open. Damaged files can make the reading end in any way;
    /// that is noted, and is none of the caller's.
    fn read<T>(&self, what: impl Fn(&Asked<'_>) -> tantivy::Result<T>) -> Option<T> {
        let present = self.present();
        let asked = Asked {
            searcher: &present.searcher,
            fields: self.shared.fields,
        };
        match guarded(|| what(&asked)) {
            Ok(Ok(result)) => return Some(result),
            Ok(Err(error)) => self.note(Unusable::broken(error)),
            Err(fault) => self.note(fault),
        }
        None
    }

    fn note(&self, fault: Unusable) {
        *self
            .shared
            .fault
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = Some(fault);
    }

    /// What is to be read now.
    fn present(&self) -> Arc<Opened> {
        let shared = &self.shared;
        let opened = Arc::clone(&shared.opened.read().unwrap_or_else(PoisonError::into_inner));
        if opened.stamps == stamps(&shared.folder, &opened.meta) {
            return opened;
        }
        let Ok(_opening) = shared.opening.try_lock() else {
            return opened;
        };
        match opened.anew(&shared.folder) {
            Ok(anew) => {
                let anew = Arc::new(anew);
                *shared
                    .opened
                    .write()
                    .unwrap_or_else(PoisonError::into_inner) = Arc::clone(&anew);
                if anew.number != opened.number {
                    *shared.fault.lock().unwrap_or_else(PoisonError::into_inner) = None;
                }
                anew
            }
            Err(fault) => {
                self.note(fault);
                opened
            }
        }
    }
}

/// Words from which on a query is taken as a memory of a text, and not as a list
/// of what it must have: somebody pastes a headline, and the text has not all of
/// it.
const MANY: usize = 5;

/// How many of so many words an article must have where it has not all.
const fn enough(words: usize) -> usize {
    if words < MANY {
        words.saturating_sub(1)
    } else {
        (words * 3).div_ceil(10)
    }
}

fn hits<'c>(candidates: impl Iterator<Item = &'c Candidate>) -> Vec<Hit> {
    candidates
        .filter_map(|candidate| {
            Some(Hit {
                id: candidate.id()?,
                score: candidate.score,
            })
        })
        .collect()
}

fn stamps(folder: &Path, meta: &Path) -> (Option<Stamp>, Option<Stamp>) {
    (folder::current_stamp(folder), folder::stamp(meta))
}

impl Opened {
    /// Opens the present generation.
    fn new(folder: &Path) -> Result<Self, Unusable> {
        // A new generation may take its place between reading and opening.
        let mut number = folder::current(folder)?;
        loop {
            match Self::generation(folder, number) {
                Ok(opened) => return Ok(opened),
                Err(fault) => match folder::current(folder)? {
                    present if present == number => return Err(fault),
                    present => number = present,
                },
            }
        }
    }

    fn generation(folder: &Path, number: u64) -> Result<Self, Unusable> {
        let path = folder::generation(folder, number);
        let meta = path.join("meta.json");
        let stamps = stamps(folder, &meta);
        let open = || {
            let index = tantivy::Index::open_in_dir(&path).map_err(Unusable::broken)?;
            fields::prepare(&index);
            let position = writer::position(&index)?;
            let reader = index
                .reader_builder()
                .reload_policy(ReloadPolicy::Manual)
                .try_into()
                .map_err(Unusable::broken)?;
            Ok(Self {
                number,
                meta: meta.clone(),
                searcher: reader.searcher(),
                index,
                reader,
                position,
                stamps,
            })
        };
        guarded(open)?
    }

    /// What the writer has made of it.
    fn anew(&self, folder: &Path) -> Result<Self, Unusable> {
        let stamps = stamps(folder, &self.meta);
        if stamps.0 != self.stamps.0 {
            return Self::new(folder);
        }
        let reload = || {
            let position = writer::position(&self.index)?;
            self.reader.reload().map_err(Unusable::broken)?;
            Ok(Self {
                number: self.number,
                meta: self.meta.clone(),
                index: self.index.clone(),
                reader: self.reader.clone(),
                searcher: self.reader.searcher(),
                position,
                stamps,
            })
        };
        guarded(reload)?
    }
}

/// The index at the moment of a question.
struct Asked<'i> {
    searcher: &'i Searcher,
    fields: Fields,
}

impl Asked<'_> {
    fn answer(&self, query: &Query, variants: &Variants, now: Timestamp) -> tantivy::Result<Found> {
        let deadline = Instant::now() + TIME_MAX;
        let (mut found, groups) = self.find(query, variants, now, deadline, true)?;
        let all = if found.some_words { 0 } else { found.total };
        if all < correction::FEW && found.page == 1 {
            let dictionary = Dictionary::new(self.searcher);
            let offers = correction::offers(&query.text, &groups.wanted, dictionary, self.fields)?;
            for text in offers {
                if !found.in_time || Instant::now() > deadline {
                    break;
                }
                let other = Query {
                    text,
                    ..query.clone()
                };
                let (better, _) = self.find(&other, variants, now, deadline, false)?;
                if better.total > all {
                    found.did_you_mean = Some(other.text);
                    break;
                }
            }
        }
        Ok(found)
    }

    /// What is found until the deadline; what has only some of the words too,
    /// where that is wanted and few have all.
    fn find(
        &self,
        query: &Query,
        variants: &Variants,
        now: Timestamp,
        deadline: Instant,
        or_some_words: bool,
    ) -> tantivy::Result<(Found, Groups)> {
        let reading = reading::read(&query.text);
        let dictionary = Dictionary::new(self.searcher);
        let groups = matching::groups(&reading, variants, dictionary, self.fields)?;
        let mut found = Found {
            marks: Marks::of(&groups),
            shortened: reading.shortened,
            page: 1,
            pages: 1,
            in_time: true,
            usable: true,
            ..Found::default()
        };
        let filters = self.filters(query);
        let has_period = query.from.is_some() || query.until.is_some();
        if groups.wanted.is_empty()
            && groups.excluded.is_empty()
            && filters.is_empty()
            && !has_period
        {
            return Ok((found, groups));
        }
        let scan = Scan {
            from: query.from.map(|moment| moment.0),
            until: query.until.map(|moment| moment.0),
            order: if groups.wanted.is_empty() {
                Order::Newest
            } else {
                query.order
            },
            keep: CANDIDATES,
            now,
            factors: scan::factors(query.freshness),
            deadline,
        };
        let words = groups.wanted.len();
        let least = if words < MANY { words } else { enough(words) };
        let mut seen = self.scan(&scan, &groups, least, &filters)?;
        self.order(&scan, &mut seen, &groups)?;
        let size = query.page_size();
        let is_first = seen.total == 0 || query.page <= 1;
        if or_some_words && is_first && seen.first.len() < size && words > 1 && seen.in_time {
            let some = self.some_words(&scan, &groups, &filters)?;
            if seen.total == 0 {
                found.some_words = some.total > 0;
                seen = some;
            } else {
                let has_all = |some: &Candidate| seen.first.iter().any(|all| all.id == some.id);
                let rest = some.first.iter().filter(|some| !has_all(some));
                found.also = hits(rest.take(size - seen.first.len()));
            }
        }
        found.total = seen.total;
        found.in_time = seen.in_time;
        found.pages = seen.first.len().div_ceil(size).max(1);
        found.page = query.page.clamp(1, found.pages);
        found.hits = hits(seen.first.iter().skip((found.page - 1) * size).take(size));
        Ok((found, groups))
    }

    /// Articles that have enough of the words, or else any of them.
    fn some_words(&self, scan: &Scan, groups: &Groups, filters: &[Term]) -> tantivy::Result<Seen> {
        let known = groups.wanted.iter().filter(|group| !group.ways.is_empty());
        let mut least = known.count().min(enough(groups.wanted.len()));
        let mut seen = Seen {
            in_time: true,
            ..Seen::default()
        };
        while seen.total == 0 && seen.in_time && least > 0 {
            seen = self.scan(scan, groups, least, filters)?;
            least -= 1;
        }
        self.order(scan, &mut seen, groups)?;
        Ok(seen)
    }

    fn order(&self, scan: &Scan, seen: &mut Seen, groups: &Groups) -> tantivy::Result<()> {
        match scan.order {
            Order::Newest => Ok(()),
            Order::Relevance => {
                ranking::rank(&mut seen.first, &groups.wanted, self.searcher, self.fields)
            }
        }
    }

    fn scan(
        &self,
        scan: &Scan,
        groups: &Groups,
        least: usize,
        filters: &[Term],
    ) -> tantivy::Result<Seen> {
        let dictionary = Dictionary::new(self.searcher);
        let mut all = matching::query(groups, least, self.fields, dictionary)?;
        for term in filters {
            let filter = TermQuery::new(term.clone(), IndexRecordOption::Basic);
            let unscored = ConstScoreQuery::new(Box::new(filter), 0.0);
            all.push((Occur::Must, Box::new(unscored) as Box<dyn Matches>));
        }
        if groups.wanted.is_empty() && filters.is_empty() {
            all.push((Occur::Must, Box::new(AllQuery)));
        }
        scan.run(self.searcher, &BooleanQuery::new(all))
    }

    fn filters(&self, query: &Query) -> Vec<Term> {
        let fields = self.fields;
        let by_id = [
            (fields.section, query.section),
            (fields.author, query.author),
            (fields.tag, query.tag),
        ];
        let mut out: Vec<_> = by_id
            .into_iter()
            .filter_map(|(field, id): (_, Option<Id>)| {
                id.map(|id| Term::from_field_u64(field, number(id)))
            })
            .collect();
        if let Some(language) = &query.language {
            out.push(Term::from_field_text(fields.language, language));
        }
        out
    }
}
