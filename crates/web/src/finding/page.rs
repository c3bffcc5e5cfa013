//! `/search`: the form, and what was found.

use std::{
    net::IpAddr,
    sync::Arc,
    time::{Duration, Instant},
};

use actions::finding::{articles, results, wanted};
use editorial::{
    page::{FoundArticle, Remark, SearchPage},
    search::Asked,
};
use hyper::{
    HeaderMap, Response, StatusCode,
    header::{self, HeaderValue},
};
use search::{Found, Marks};
use store::ListOf;
use theme::{PageMeta, Problem};

use super::pool::Busy;
use crate::{
    cache::{Content, Stored},
    frame::Shared,
    limit::network,
    metrics::Event,
    pages::PageError,
    respond::{Body, CachePolicy},
    routes,
    site::Site,
};

/// The latest articles where nothing is found.
const LATEST: u32 = 6;
/// When those may come back who met too many others.
const BUSY_FOR: Duration = Duration::from_secs(3);

/// Answers what `client` asks.
pub(crate) async fn answer(
    site: &Arc<Site>,
    headers: &HeaderMap,
    client: IpAddr,
    asked: Asked,
) -> Result<Response<Body>, PageError> {
    if !asked.is_empty()
        && let Err(wait) = site.finding.searches.take(network(client), Instant::now())
    {
        site.metrics.count(Event::SearchRefused);
        return problem(site, headers, Problem::TooManySearches, wait).await;
    }
    if site.store.health().is_some() {
        return Err(PageError::Stopped);
    }
    let shared = site.shared(site.now()).await?;
    let page = match made(site, &shared, asked).await {
        Err(PageError::Busy) => {
            site.metrics.count(Event::SearchBusy);
            return problem(site, headers, Problem::SearchIsBusy, BUSY_FOR).await;
        }
        made => made?,
    };
    Ok(routes::with_joint(&page, &shared, |joint| {
        let mut joint = *joint;
        joint.policy = CachePolicy::Own;
        joint.response(headers)
    }))
}

/// The page, rendered where the index is asked: it takes longer than a page that
/// is kept, and shall keep none of those waiting.
async fn made(site: &Arc<Site>, shared: &Arc<Shared>, asked: Asked) -> Result<Stored, PageError> {
    let Read {
        mut page,
        first,
        also,
        marks,
    } = found(site, shared, asked).await?;
    let meta = PageMeta {
        now: site.now(),
        origin: String::new(),
        json_ld: None,
    };
    let (own, shared) = (Arc::clone(site), Arc::clone(shared));
    let render = move || {
        page.results = results(first, &marks);
        page.also = results(also, &marks);
        let parts = own.theme.search(&shared.frame.settings, &page, &meta)?;
        let content = Content::page(&parts);
        Ok(Stored::new(shared.position, String::new(), content))
    };
    site.finding.pool.ask(render).await?
}

impl From<Busy> for PageError {
    fn from(_: Busy) -> Self {
        Self::Busy
    }
}

/// A page before its articles are in it.
struct Read {
    page: SearchPage,
    first: Vec<FoundArticle>,
    also: Vec<FoundArticle>,
    /// What is to be marked in them.
    marks: Marks,
}

/// What stands on the page.
async fn found(site: &Arc<Site>, shared: &Shared, asked: Asked) -> Result<Read, PageError> {
    let finding = &site.finding;
    let settings = &shared.frame.settings;
    let wanted = wanted(&site.store, &asked, settings).await?;
    let index = finding.index();
    let mut found = Found {
        in_time: true,
        ..Found::default()
    };
    if let Some(index) = index.clone()
        && !asked.is_empty()
        && !wanted.is_nowhere
    {
        let begun = Instant::now();
        let (query, spellings, now) = (wanted.query, finding.spellings(), site.now());
        let question = move || index.search(&query, &spellings, now);
        found = finding.pool.ask(question).await?;
        site.metrics.searched(begun.elapsed());
    }
    let articles_of = |hits| articles(&site.store, hits);
    let (first, also) = (
        articles_of(&found.hits).await?,
        articles_of(&found.also).await?,
    );
    let latest = if first.is_empty() {
        let latest = site.store.list(&ListOf::Latest, None, LATEST).await?.value;
        latest.map_or_else(Vec::new, |(_, list)| list.articles)
    } else {
        Vec::new()
    };
    let remarks = [
        (wanted.is_nowhere, Remark::Nowhere),
        (asked.is_cut || found.shortened, Remark::Cut),
        (asked.is_misread, Remark::Misread),
        (
            found.page == found.pages
                && found.total
                    > (found.pages as u64) * u64::from(editorial::search::RESULTS_PER_PAGE),
            Remark::More,
        ),
        (found.some_words && !first.is_empty(), Remark::SomeWords),
        (!found.in_time, Remark::Late),
    ];
    let number = |value: usize| u32::try_from(value.max(1)).unwrap_or(u32::MAX);
    let page = SearchPage {
        section: wanted.places.section,
        author: wanted.places.author,
        tag: wanted.places.tag,
        sections: shared.frame.sections.clone(),
        // As the search has found it.
        index: finding.state(index.as_ref()),
        total: found.total,
        number: number(found.page),
        pages: number(found.pages),
        did_you_mean: found.did_you_mean,
        remarks: (remarks.into_iter())
            .filter_map(|(is_so, remark)| is_so.then_some(remark))
            .collect(),
        results: Vec::new(),
        also: Vec::new(),
        latest,
        asked,
    };
    Ok(Read {
        page,
        first,
        also,
        marks: found.marks,
    })
}

/// A page that says why there is no answer, and when to come back.
async fn problem(
    site: &Arc<Site>,
    headers: &HeaderMap,
    problem: Problem,
    wait: Duration,
) -> Result<Response<Body>, PageError> {
    let (key, status) = match problem {
        Problem::TooManySearches => ("too many searches", StatusCode::TOO_MANY_REQUESTS),
        _ => ("search is busy", StatusCode::SERVICE_UNAVAILABLE),
    };
    let page = site.problem_page(key, problem, status.as_u16()).await?;
    let shared = site.shared(site.now()).await?;
    let mut response = routes::with_joint(&page, &shared, |joint| {
        let mut joint = *joint;
        joint.policy = CachePolicy::Never;
        joint.response(headers)
    });
    retry_after(&mut response, wait);
    Ok(response)
}

/// Says when to come back, in whole seconds.
pub(super) fn retry_after(response: &mut Response<Body>, wait: Duration) {
    let seconds = wait.as_secs_f64().ceil().max(1.0);
    if let Ok(value) = HeaderValue::from_str(&format!("{seconds:.0}")) {
        response.headers_mut().insert(header::RETRY_AFTER, value);
    }
}
