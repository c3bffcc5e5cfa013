//! Two nodes on one PostgreSQL: what is done to an account on one holds on the
//! other within a second.

use std::time::{Duration, Instant};

use editorial::accounts::Role;

use crate::{
    browser::Browser,
    desk::{Desk, PASSWORD, address_of},
};

/// How soon it must hold.
const SOON: Duration = Duration::from_secs(1);

/// Asks until the answer is as wanted; how long after `began` it was.
async fn holds(
    browser: &mut Browser,
    path: &str,
    status: u16,
    to: Option<&str>,
    began: Instant,
) -> Duration {
    loop {
        let answer = browser.get(path).await;
        if answer.status == status && answer.header("location") == to {
            return began.elapsed();
        }
        let (told, took) = (answer.status, began.elapsed());
        assert!(took < 10 * SOON, "{path} answers {told} after {took:?}");
    }
}

/// The same, of a browser that is sent to sign in.
async fn is_out(browser: &mut Browser, began: Instant) -> Duration {
    let to = "/newsroom/sign-in?next=/newsroom";
    holds(browser, "/newsroom", 303, Some(to), began).await
}

fn was_soon(what: &str, took: Duration) {
    #[expect(clippy::print_stdout, reason = "what was measured is said")]
    {
        println!(
            "{what}: on the other node {} us after it was asked for",
            took.as_micros()
        );
    }
    assert!(took < SOON, "{what}: {took:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_signs_out_everywhere_is_out_on_every_node() {
    let Some((place, [one, other])) = Desk::two_nodes().await else {
        return;
    };
    let mut here = one.signed_in(Role::Editor).await;
    let mut there = one.signed_in(Role::Editor).await;
    let mut third = other.signed_in(Role::Editor).await;
    let mut colleague = one.signed_in(Role::Reporter).await;
    there.goes_to(other.address);
    colleague.goes_to(other.address);
    assert_eq!(there.get("/newsroom").await.status, 200);
    let began = Instant::now();
    let ended = here
        .send("POST", "/newsroom/account/sessions/end-others", &[])
        .await;
    let path = "/newsroom/account?done=ended";
    assert_eq!(ended.header("location"), Some(path));
    was_soon(
        "signed out everywhere else",
        is_out(&mut there, began).await,
    );
    was_soon("and in the third browser", is_out(&mut third, began).await);
    // Whoever did it stays in, on both, and so does everybody else.
    here.goes_to(other.address);
    for browser in [&mut here, &mut colleague] {
        assert_eq!(browser.get("/newsroom").await.status, 200);
    }
    let began = Instant::now();
    here.send("POST", "/newsroom/sign-out", &[]).await;
    here.goes_to(one.address);
    was_soon("signed out", is_out(&mut here, began).await);
    end(place, [one, other]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_is_revoked_is_out_on_the_other_node() {
    let Some((place, [one, other])) = Desk::two_nodes().await else {
        return;
    };
    let mut here = one.signed_in(Role::Editor).await;
    let mut revoked = one.signed_in(Role::Editor).await;
    let page = here.get("/newsroom/account").await.body;
    let mark = "name=\"session\" value=\"";
    let at = page.find(mark).expect("the other session is listed") + mark.len();
    let session = page[at..].split('"').next().expect("a number").to_owned();
    // The third is not listed on that page yet, and stays.
    let mut third = one.signed_in(Role::Editor).await;
    for browser in [&mut revoked, &mut third] {
        browser.goes_to(other.address);
        assert_eq!(browser.get("/newsroom").await.status, 200);
    }
    let began = Instant::now();
    let fields = [("session", &*session)];
    here.send("POST", "/newsroom/account/sessions/end", &fields)
        .await;
    was_soon("one session revoked", is_out(&mut revoked, began).await);
    assert_eq!(third.get("/newsroom").await.status, 200);
    end(place, [one, other]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_user_who_is_disabled_is_out_on_the_other_node() {
    let Some((place, [one, other])) = Desk::two_nodes().await else {
        return;
    };
    let mut keeper = one.signed_in(Role::Administrator).await;
    let mut disabled = other.signed_in(Role::Editor).await;
    assert_eq!(disabled.get("/newsroom").await.status, 200);
    let user = one.user(Role::Editor).await.to_string();
    let fields = [("user", &*user)];
    let began = Instant::now();
    let done = keeper
        .send("POST", "/newsroom/users/disable", &fields)
        .await;
    assert_eq!(done.header("location"), Some("/newsroom/users?done=saved"));
    was_soon("a user disabled", is_out(&mut disabled, began).await);
    // Nor does it come in again there, until it is enabled.
    let address = address_of(Role::Editor);
    let right = [("address", &*address), ("password", PASSWORD)];
    let again = disabled.send("POST", "/newsroom/sign-in", &right).await;
    assert_eq!(again.status, 403);
    keeper.send("POST", "/newsroom/users/enable", &fields).await;
    let again = disabled.send("POST", "/newsroom/sign-in", &right).await;
    assert_eq!(again.status, 303);
    end(place, [one, other]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn other_roles_hold_on_the_other_node() {
    let Some((place, [one, other])) = Desk::two_nodes().await else {
        return;
    };
    let mut keeper = one.signed_in(Role::Administrator).await;
    let mut chief = other.signed_in(Role::ChiefEditor).await;
    let user = one.user(Role::ChiefEditor).await.to_string();
    for (role, before, after) in [(Role::Reporter, 200, 403), (Role::ChiefEditor, 403, 200)] {
        assert_eq!(chief.get("/newsroom/trail").await.status, before);
        let fields = [("user", &*user), ("role", role.name())];
        let began = Instant::now();
        let done = keeper.send("POST", "/newsroom/users/roles", &fields).await;
        assert_eq!(done.header("location"), Some("/newsroom/users?done=saved"));
        let took = holds(&mut chief, "/newsroom/trail", after, None, began).await;
        was_soon("other roles", took);
    }
    end(place, [one, other]).await;
}

async fn end(place: testing::Place, nodes: [Desk; 2]) {
    for node in nodes {
        node.end().await;
    }
    place.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_on_a_comment_is_on_the_page_of_every_node() {
    let Some((place, [one, other])) = Desk::two_nodes().await else {
        return;
    };
    one.publish(600).await;
    one.comment(700, 600).await;
    let mut here = one.signed_in(Role::Moderator).await;
    let mut reader = Browser::new(other.address);
    let path = "/a/600/%D8%AE%D8%A8%D8%B1";
    for (act, version, shown) in [("approve", 1, true), ("withdraw", 2, false)] {
        assert_eq!(
            reader.get(path).await.body.contains("شكرا على الخبر"),
            !shown
        );
        let began = Instant::now();
        let comment = format!("700-{version}");
        let fields = [("do", act), ("comment", &*comment)];
        let done = here
            .send("POST", "/newsroom/comments/decide", &fields)
            .await;
        assert_eq!(done.status, 303);
        while reader.get(path).await.body.contains("شكرا على الخبر") != shown {
            assert!(began.elapsed() < 10 * SOON, "{act}");
        }
        was_soon(act, began.elapsed());
    }
    end(place, [one, other]).await;
}
