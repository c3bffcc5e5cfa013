//! The newsroom from outside: who gets in, and who does not, over a socket.

mod articles;
mod board;
mod browser;
mod desk;
mod letters;
mod library;
mod moderation;
mod nodes;
mod revisions;
mod settings;
mod together;
mod workflow;

use browser::{Answer, Browser};
use desk::{Desk, PASSWORD};
use editorial::accounts::{LinkPurpose, Role};

/// Every address behind /newsroom that shows or does something for somebody
/// who is signed in: method, path, and the roles that may.
const ADDRESSES: &[(&str, &str, &[Role])] = {
    use Role::{Administrator, ChiefEditor, Editor, Moderator, Reporter};
    const ALL: &[Role] = &[Reporter, Editor, ChiefEditor, Moderator, Administrator];
    const KEEPERS: &[Role] = &[Administrator];
    const MODERATORS: &[Role] = &[Editor, ChiefEditor, Moderator];
    const WRITERS: &[Role] = &[Reporter, Editor, ChiefEditor];
    // The article 600 was begun by nobody: no reporter's.
    const EDITORS: &[Role] = &[Editor, ChiefEditor];
    const CHIEFS: &[Role] = &[ChiefEditor];
    const ORGANISERS: &[Role] = &[ChiefEditor, Administrator];
    &[
        ("GET", "/newsroom", ALL),
        ("GET", "/newsroom/confirm", ALL),
        ("POST", "/newsroom/confirm", ALL),
        ("GET", "/newsroom/account", ALL),
        ("POST", "/newsroom/account/password", ALL),
        ("POST", "/newsroom/account/sessions/end", ALL),
        ("POST", "/newsroom/account/sessions/end-others", ALL),
        ("GET", "/newsroom/account/second-factor", ALL),
        ("POST", "/newsroom/account/second-factor", ALL),
        ("POST", "/newsroom/account/second-factor/remove", ALL),
        ("GET", "/newsroom/users", KEEPERS),
        ("POST", "/newsroom/users/invite", KEEPERS),
        ("POST", "/newsroom/users/reset", KEEPERS),
        ("POST", "/newsroom/users/disable", KEEPERS),
        ("POST", "/newsroom/users/enable", KEEPERS),
        ("POST", "/newsroom/users/roles", KEEPERS),
        ("GET", "/newsroom/comments/data", KEEPERS),
        ("POST", "/newsroom/comments/data", KEEPERS),
        ("GET", "/newsroom/keys", ALL),
        ("GET", "/newsroom/trail", &[ChiefEditor, Administrator]),
        ("GET", "/newsroom/comments", MODERATORS),
        ("POST", "/newsroom/comments/decide", MODERATORS),
        ("POST", "/newsroom/comments/undo", MODERATORS),
        ("GET", "/newsroom/comments/live", MODERATORS),
        ("GET", "/newsroom/comments/blocked", MODERATORS),
        ("GET", "/newsroom/comments/reveal/700", MODERATORS),
        ("POST", "/newsroom/comments/reveal/700", MODERATORS),
        ("GET", "/newsroom/comments/answer/700", MODERATORS),
        ("POST", "/newsroom/comments/answer/700", MODERATORS),
        ("POST", "/newsroom/comments/article/600", MODERATORS),
        ("GET", "/newsroom/articles", WRITERS),
        ("POST", "/newsroom/articles/new", WRITERS),
        ("GET", "/newsroom/articles/edit/600", EDITORS),
        ("POST", "/newsroom/articles/save/600", EDITORS),
        ("GET", "/newsroom/articles/preview/600", EDITORS),
        ("GET", "/newsroom/articles/page/600", EDITORS),
        ("GET", "/newsroom/articles/live/600", EDITORS),
        ("POST", "/newsroom/articles/publish/600", EDITORS),
        ("POST", "/newsroom/articles/amend/600", EDITORS),
        ("POST", "/newsroom/articles/note/600", EDITORS),
        ("POST", "/newsroom/articles/withdraw/600", CHIEFS),
        ("POST", "/newsroom/articles/restore/600", CHIEFS),
        ("GET", "/newsroom/articles/discard/600", EDITORS),
        ("POST", "/newsroom/articles/discard/600", EDITORS),
        ("GET", "/newsroom/articles/revisions/600", EDITORS),
        ("POST", "/newsroom/articles/revert/600", EDITORS),
        ("POST", "/newsroom/articles/stage/600", EDITORS),
        ("POST", "/newsroom/articles/remark/600", EDITORS),
        ("POST", "/newsroom/articles/settle/600", EDITORS),
        ("POST", "/newsroom/articles/assign/600", EDITORS),
        ("GET", "/newsroom/notifications", WRITERS),
        ("POST", "/newsroom/notifications/read", WRITERS),
        ("GET", "/newsroom/desks", ORGANISERS),
        ("POST", "/newsroom/desks/keep", ORGANISERS),
        ("POST", "/newsroom/desks/dissolve", ORGANISERS),
        ("GET", "/newsroom/authors", ORGANISERS),
        ("POST", "/newsroom/authors/describe/600", ORGANISERS),
        ("POST", "/newsroom/authors/account/600", CHIEFS),
        ("GET", "/newsroom/ticker", EDITORS),
        ("GET", "/newsroom/ticker/live", EDITORS),
        ("POST", "/newsroom/ticker/push", EDITORS),
        ("POST", "/newsroom/ticker/move", EDITORS),
        ("POST", "/newsroom/ticker/urgent/800", EDITORS),
        ("POST", "/newsroom/ticker/recall/800", EDITORS),
        ("GET", "/newsroom/ticker/edit/800", EDITORS),
        ("POST", "/newsroom/ticker/edit/800", EDITORS),
        ("GET", "/newsroom/front", EDITORS),
        ("GET", "/newsroom/front/live", EDITORS),
        ("POST", "/newsroom/front/add", EDITORS),
        ("POST", "/newsroom/front/remove", EDITORS),
        ("POST", "/newsroom/front/move", EDITORS),
        ("POST", "/newsroom/front/schedule", EDITORS),
        ("POST", "/newsroom/front/unschedule", EDITORS),
        ("GET", "/newsroom/settings", ORGANISERS),
        ("POST", "/newsroom/settings", ORGANISERS),
        ("POST", "/newsroom/settings/example", ORGANISERS),
        ("POST", "/newsroom/articles/lead/600", EDITORS),
        ("GET", "/newsroom/media", WRITERS),
        ("POST", "/newsroom/media/upload", WRITERS),
        ("POST", "/newsroom/media/begin", WRITERS),
        ("GET", "/newsroom/media/part/abc", WRITERS),
        ("POST", "/newsroom/media/part/abc", WRITERS),
        ("POST", "/newsroom/media/finish/abc", WRITERS),
        ("GET", "/newsroom/media/show/800", WRITERS),
        ("POST", "/newsroom/media/describe/800", WRITERS),
    ]
};

/// The address as it is, and as it is not.
fn spellings(path: &str) -> Vec<(String, bool)> {
    let rest = path.trim_start_matches("/newsroom");
    vec![
        (path.to_owned(), true),
        (format!("{path}/"), false),
        (format!("/{path}"), false),
        (format!("/newsroom/{rest}"), false),
        (path.to_uppercase(), false),
        (
            format!("/newsroom%2f{}", rest.trim_start_matches('/')),
            false,
        ),
        (format!("/newsroom/.{rest}"), false),
        (format!("/%6eewsroom{rest}"), false),
    ]
}

/// Neither sent on, nor refused, nor nothing: something was shown or done.
fn is_let_through(answer: &Answer) -> bool {
    let to_sign_in = answer
        .header("location")
        .is_some_and(|to| to.starts_with("/newsroom/sign-in"));
    !to_sign_in && !matches!(answer.status, 301 | 401 | 403 | 404 | 405)
}

#[tokio::test]
async fn every_role_gets_what_is_its_own_and_nothing_else() {
    let desk = Desk::open().await;
    desk.publish(600).await;
    desk.comment(700, 600).await;
    desk.headline(800, "خبر في الشريط").await;
    desk.file(800).await;
    let mut tried = 0;
    let everybody = Role::ALL.into_iter().map(Some).chain([None]);
    for role in everybody {
        let mut browser = Browser::new(desk.address);
        for &(method, path, roles) in ADDRESSES {
            // What was tried before may have ended the session.
            if let Some(role) = role
                && browser.get("/newsroom").await.status != 200
            {
                browser = desk.signed_in(role).await;
            }
            for (spelling, is_right) in spellings(path) {
                for method in [method, "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"] {
                    let own = ADDRESSES.iter().any(|row| row.0 == method && row.1 == path);
                    // Fields that do nothing: it is asked who gets through.
                    let answer = browser
                        .send(
                            method,
                            &spelling,
                            &[
                                ("user", "9007199254740000"),
                                ("session", "9007199254740000"),
                                ("password", ""),
                                ("now", ""),
                            ],
                        )
                        .await;
                    let expected =
                        is_right && own && role.is_some_and(|role| roles.contains(&role));
                    assert_eq!(
                        is_let_through(&answer),
                        expected,
                        "{role:?} {method} {spelling}: {}",
                        answer.status
                    );
                    tried += 1;
                }
            }
        }
    }
    assert_eq!(tried, 6 * ADDRESSES.len() * 8 * 6);
    desk.end().await;
}

#[tokio::test]
async fn nothing_is_done_for_another_site() {
    let desk = Desk::open().await;
    let posts = || {
        ADDRESSES
            .iter()
            .filter(|row| row.0 == "POST")
            .map(|row| row.1)
            .chain([
                "/newsroom/sign-in",
                "/newsroom/sign-out",
                "/newsroom/forgotten",
            ])
    };
    let mut accepted = 0;
    for path in posts() {
        for headers in [
            &[("origin", "https://evil.example")][..],
            &[("origin", "null")],
            &[("origin", "http://127.0.0.1:1")],
            &[("sec-fetch-site", "cross-site")],
            &[("sec-fetch-site", "same-site")],
            &[],
        ] {
            let mut browser = desk.signed_in(Role::Administrator).await;
            let form = browser.form_of("/newsroom/account").await;
            let fields = [
                ("form", &*form),
                ("user", "1"),
                ("address", desk::ADDRESS),
                ("password", PASSWORD),
            ];
            let answer = browser.raw("POST", path, headers, &fields).await;
            accepted += usize::from(answer.status != 403);
        }
        // From here, with the form of somebody else, or none.
        for form in ["", "AAAA", &"A".repeat(43)] {
            let mut browser = desk.signed_in(Role::Administrator).await;
            let fields = [
                ("form", form),
                ("user", "1"),
                ("address", desk::ADDRESS),
                ("password", PASSWORD),
            ];
            let answer = browser
                .raw("POST", path, &[("sec-fetch-site", "same-origin")], &fields)
                .await;
            accepted += usize::from(answer.status != 403);
        }
        let mut stranger = desk.signed_in(Role::Reporter).await;
        let form = stranger.form_of("/newsroom/account").await;
        let mut browser = desk.signed_in(Role::Administrator).await;
        let answer = browser
            .raw(
                "POST",
                path,
                &[("sec-fetch-site", "same-origin")],
                &[("form", &form), ("user", "1")],
            )
            .await;
        accepted += usize::from(answer.status != 403);
    }
    assert_eq!(accepted, 0);
    desk.end().await;
}

#[tokio::test]
async fn the_first_account_invites_the_second() {
    let desk = Desk::empty().await;
    let link = desk.first_link().await;
    let mut browser = Browser::new(desk.address);
    let person = [
        ("name", "ليلى حداد"),
        ("address", "layla@paper.example"),
        ("password", PASSWORD),
    ];
    let short = browser
        .send(
            "POST",
            &link,
            &[person[0], person[1], ("password", "قصيرة")],
        )
        .await;
    assert_eq!(short.status, 422);
    assert!(short.body.contains("أقصر من خمسة عشر") && short.body.contains("ليلى حداد"));
    let made = browser.send("POST", &link, &person).await;
    assert_eq!(
        made.header("location"),
        Some("/newsroom/sign-in?done=account")
    );
    assert_eq!(browser.get(&link).await.status, 404);
    let entered = browser
        .send(
            "POST",
            "/newsroom/sign-in",
            &[person[1], person[2], ("next", "/newsroom/users")],
        )
        .await;
    assert_eq!(entered.header("location"), Some("/newsroom/users"));
    let cookies = entered.headers("set-cookie");
    assert!(
        cookies
            .iter()
            .any(|line| line.starts_with("warraq-session=")
                && line.contains("HttpOnly")
                && line.contains("SameSite=Lax"))
    );
    let none = browser.send("POST", "/newsroom/users/invite", &[]).await;
    assert_eq!(none.status, 422);
    let invited = browser
        .send(
            "POST",
            "/newsroom/users/invite",
            &[("role", "editor"), ("role", "moderator")],
        )
        .await;
    let at = invited
        .body
        .find("/newsroom/link/")
        .expect("a link is shown");
    let link: String = invited.body[at..]
        .chars()
        .take("/newsroom/link/".len() + 43)
        .collect();
    let mut colleague = Browser::new(desk.address);
    assert!(colleague.get(&link).await.body.contains("محرر"));
    let person = [
        ("name", "عمر"),
        ("address", "omar@paper.example"),
        ("password", "باب خشبي في حارة ضيقة"),
    ];
    assert_eq!(colleague.send("POST", &link, &person).await.status, 303);
    assert_eq!(
        colleague
            .send("POST", "/newsroom/sign-in", &person)
            .await
            .status,
        303
    );
    let home = colleague.get("/newsroom").await;
    assert!(home.body.contains("تنشر وتصحّح") && !home.body.contains("/newsroom/users"));
    assert_eq!(colleague.get("/newsroom/users").await.status, 403);
    let trail = browser.get("/newsroom/trail").await;
    for entry in ["صنع رابطًا", "صنع حسابًا", "دخل", "ليلى حداد"] {
        assert!(trail.body.contains(entry), "{entry}");
    }
    assert!(!trail.body.contains('@'));
    desk.end().await;
}

#[tokio::test]
async fn a_session_that_is_ended_elsewhere_is_ended_at_once() {
    let desk = Desk::open().await;
    let mut here = desk.signed_in(Role::Editor).await;
    let mut there = desk.signed_in(Role::Editor).await;
    assert_eq!(there.get("/newsroom").await.status, 200);
    let ended = here
        .send("POST", "/newsroom/account/sessions/end-others", &[])
        .await;
    assert_eq!(
        ended.header("location"),
        Some("/newsroom/account?done=ended")
    );
    assert_eq!(
        there.get("/newsroom").await.header("location"),
        Some("/newsroom/sign-in?next=/newsroom")
    );
    assert_eq!(here.get("/newsroom").await.status, 200);
    let out = here.send("POST", "/newsroom/sign-out", &[]).await;
    assert_eq!(out.header("location"), Some("/newsroom/sign-in"));
    assert_eq!(here.get("/newsroom").await.status, 303);
    desk.end().await;
}

#[tokio::test]
async fn dangerous_acts_ask_for_the_password_again() {
    let desk = Desk::alone().await;
    let mut browser = desk.signed_in(Role::Administrator).await;
    desk::later(20 * 60);
    let sent_on = browser
        .send("POST", "/newsroom/users/invite", &[("role", "editor")])
        .await;
    assert_eq!(
        sent_on.header("location"),
        Some("/newsroom/confirm?next=/newsroom/users")
    );
    let wrong = browser
        .send(
            "POST",
            "/newsroom/confirm",
            &[("password", "غيرها"), ("next", "/newsroom/users")],
        )
        .await;
    assert_eq!(wrong.status, 422);
    let confirmed = browser
        .send(
            "POST",
            "/newsroom/confirm",
            &[("password", PASSWORD), ("next", "/newsroom/users")],
        )
        .await;
    assert_eq!(confirmed.header("location"), Some("/newsroom/users"));
    let invited = browser
        .send("POST", "/newsroom/users/invite", &[("role", "editor")])
        .await;
    assert_eq!(invited.status, 200);
    desk.end().await;
}

#[tokio::test]
async fn a_telephone_becomes_the_second_factor() {
    let desk = Desk::alone().await;
    let mut browser = desk.signed_in(Role::Reporter).await;
    let page = browser.get("/newsroom/account/second-factor").await;
    let at = page.body.find("<code>").expect("the secret is shown") + "<code>".len();
    let secret: String = page.body[at..]
        .chars()
        .take_while(|letter| *letter != '<')
        .collect();
    let factor = credentials::SecondFactor::parse(&secret).expect("a secret");
    let wrong = browser
        .send(
            "POST",
            "/newsroom/account/second-factor",
            &[("secret", &secret), ("number", "000000")],
        )
        .await;
    assert!(wrong.status == 422 && wrong.body.contains(&secret));
    let number = factor.number(desk::now());
    let set = browser
        .send(
            "POST",
            "/newsroom/account/second-factor",
            &[("secret", &secret), ("number", &number)],
        )
        .await;
    assert_eq!(set.body.matches("<li><code>").count(), 10);
    desk::later(60);
    let mut again = Browser::new(desk.address);
    let address = desk::address_of(Role::Reporter);
    let person = [("address", &*address), ("password", PASSWORD)];
    let asked = again.send("POST", "/newsroom/sign-in", &person).await;
    assert!(asked.status == 200 && asked.body.contains("one-time-code"));
    let number = factor.number(desk::now());
    let entered = again
        .send(
            "POST",
            "/newsroom/sign-in",
            &[person[0], person[1], ("number", &number)],
        )
        .await;
    assert_eq!(entered.header("location"), Some("/newsroom"));
    desk.end().await;
}

#[tokio::test]
async fn passwords_do_not_go_over_a_plain_connection_from_elsewhere() {
    let desk = Desk::open().await;
    let mut browser = Browser::new(desk.address);
    browser.host = "news.example".into();
    for (method, path) in [
        ("GET", "/newsroom/sign-in"),
        ("POST", "/newsroom/sign-in"),
        ("GET", "/newsroom"),
    ] {
        let refused = browser
            .raw(method, path, &[("origin", "http://news.example")], &[])
            .await;
        assert_eq!(refused.status, 403, "{path}");
        assert!(refused.body.contains("https") && refused.headers("set-cookie").is_empty());
    }
    // A session that was begun here does not go on there.
    let mut signed_in = desk.signed_in(Role::Editor).await;
    signed_in.host = "news.example".into();
    let refused = signed_in.raw("GET", "/newsroom", &[], &[]).await;
    assert!(refused.status == 403 && !refused.body.contains("sign-out"));
    desk.end().await;
}

#[tokio::test]
async fn screens_are_kept_by_nobody_and_hold_nothing_inline() {
    let desk = Desk::open().await;
    let mut browser = desk.signed_in(Role::Administrator).await;
    for path in [
        "/newsroom",
        "/newsroom/account",
        "/newsroom/users",
        "/newsroom/trail",
        "/newsroom/account/second-factor",
        "/newsroom/nothing",
    ] {
        let page = browser
            .raw("GET", path, &[("accept-encoding", "gzip, br")], &[])
            .await;
        assert_eq!(page.header("cache-control"), Some("no-store"), "{path}");
        assert_eq!(page.header("content-encoding"), None, "{path}");
        let policy = page.header("content-security-policy").expect("a policy");
        assert!(
            policy.contains("default-src 'none'") && !policy.contains("unsafe"),
            "{policy}"
        );
        let ours = page.body.matches("<script src=\"/newsroom/script/").count();
        assert!(
            page.body.matches("<script").count() == ours
                && !page.body.contains(" style=")
                && !page.body.contains("<style"),
            "{path}"
        );
        let style = page
            .body
            .split("href=\"")
            .skip(1)
            .find(|part| part.contains("style"))
            .expect("a style");
        let style = style.split('"').next().expect("an address").to_owned();
        let css = browser.get(&style).await;
        assert_eq!(
            (css.status, css.header("content-type")),
            (200, Some("text/css; charset=utf-8"))
        );
    }
    let english = browser.get("/newsroom/language/en").await;
    assert_eq!(english.status, 303);
    let page = browser.get("/newsroom").await;
    assert!(
        page.body.contains("lang=\"en\" dir=\"ltr\"") && page.body.contains("keep the accounts")
    );
    desk.end().await;
}

#[tokio::test]
async fn too_many_tries_are_told_when_to_come_again() {
    let desk = Desk::open().await;
    let mut browser = Browser::new(desk.address);
    let address = desk::address_of(Role::Editor);
    let wrong = [("address", &*address), ("password", "لا أعرف كلمة المرور")];
    for _ in 0..5 {
        assert_eq!(
            browser
                .send("POST", "/newsroom/sign-in", &wrong)
                .await
                .status,
            403
        );
    }
    let told = browser.send("POST", "/newsroom/sign-in", &wrong).await;
    assert_eq!(told.status, 429);
    assert!(
        told.body.contains("حاول مرة أخرى بعد الساعة"),
        "{}",
        told.body
    );
    let unknown = [
        ("address", "nobody@paper.example"),
        ("password", "لا أعرف كلمة المرور"),
    ];
    let answer = browser.send("POST", "/newsroom/sign-in", &unknown).await;
    assert_eq!(answer.status, 403);
    desk.end().await;
}

#[tokio::test]
async fn strangers_are_told_how_to_come_in_all_the_same() {
    let desk = Desk::open().await;
    let mut browser = Browser::new(desk.address);
    let mut told = Vec::new();
    for guess in 0..7 {
        let address = format!("nobody{guess}@paper.example");
        let wrong = [("address", &*address), ("password", "لا أعرف كلمة المرور")];
        told.push(browser.send("POST", "/newsroom/sign-in", &wrong).await);
    }
    let statuses: Vec<u16> = told.iter().map(|answer| answer.status).collect();
    assert_eq!(statuses, [403, 403, 403, 403, 403, 403, 429]);
    let address = desk::address_of(Role::Editor);
    let right = [("address", &*address), ("password", PASSWORD)];
    let refused = browser.send("POST", "/newsroom/sign-in", &right).await;
    let words = "من متصفح أو شبكة دخلت منها من قبل";
    for answer in [refused, told.remove(6)] {
        assert!(
            answer.status == 429 && answer.body.contains(words),
            "{}",
            answer.body
        );
    }
    let purpose = LinkPurpose::NewPassword(desk.user(Role::Editor).await);
    let link = desk.link(purpose).await;
    let new = [
        ("address", &*address),
        ("password", "باب خشبي في حارة ضيقة"),
    ];
    assert_eq!(browser.send("POST", &link, &new).await.status, 303);
    let entered = browser.send("POST", "/newsroom/sign-in", &new).await;
    assert_eq!(entered.header("location"), Some("/newsroom"));
    desk.end().await;
}

#[tokio::test]
async fn what_is_sent_has_a_limit() {
    let desk = Desk::open().await;
    let mut browser = Browser::new(desk.address);
    let large = "س".repeat(40_000);
    let answer = browser
        .send("POST", "/newsroom/sign-in", &[("address", &large)])
        .await;
    assert_eq!(answer.status, 413);
    desk.end().await;
}

#[tokio::test]
async fn over_tls_of_our_own_everybody_may_sign_in() {
    let desk = Desk::open().await;
    let mut browser = desk.over_tls().await;
    let person = [("address", desk::ADDRESS), ("password", PASSWORD)];
    let entered = browser.send("POST", "/newsroom/sign-in", &person).await;
    assert_eq!(entered.status, 303, "{}", entered.body);
    let cookies = entered.headers("set-cookie");
    assert!(!cookies.is_empty());
    for cookie in cookies {
        assert!(cookie.starts_with("__Host-warraq-"), "{cookie}");
        assert!(
            cookie.contains("; Secure") && cookie.contains("; Path=/;"),
            "{cookie}"
        );
        assert!(!cookie.to_lowercase().contains("domain"), "{cookie}");
    }
    assert_eq!(
        entered.header("strict-transport-security"),
        Some("max-age=31536000")
    );
    assert_eq!(browser.get("/newsroom/users").await.status, 200);
    // The same over a plain connection, with the name of the site: refused.
    let mut plain = Browser::new(desk.address);
    plain.host = "news.example".to_owned();
    assert_eq!(plain.get("/newsroom/sign-in").await.status, 403);
    drop(browser);
    desk.end().await;
}
