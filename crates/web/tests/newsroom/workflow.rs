//! The way of a text through the hands of the staff: handed to review, sent back and approved,
//! assigned, spoken of beside it; desks, and whose a pen name is. From outside, over a socket.

use actions::{DeskWanted, create_authors, keep_desk};
use editorial::{Id, accounts::Role, audit::Actor};

use crate::{
    articles::{begin, path, plain, says, send, then},
    browser::{Answer, Browser},
    desk::{Desk, PASSWORD, now},
};

const HEADLINE: &str = "افتتاح سوق الحبوب";

async fn told(browser: &mut Browser) -> Answer {
    let answer = browser.get("/newsroom/notifications").await;
    assert_eq!(answer.status, 200);
    answer
}

async fn listed(browser: &mut Browser, query: &str) -> bool {
    let list = browser.get(&format!("/newsroom/articles?{query}")).await;
    assert_eq!(list.status, 200, "{query}");
    list.body.contains(HEADLINE)
}

/// A desk of the paper's first section, with the users of these roles.
async fn make_desk(desk: &Desk, roles: &[Role]) -> Id {
    let sections = desk.store().sections().await.expect("read");
    let mut members = std::collections::BTreeSet::new();
    for role in roles {
        members.insert(desk.user(*role).await);
    }
    let wanted = DeskWanted {
        name: "الاقتصاد".into(),
        members,
        sections: sections.iter().map(|section| section.id).take(1).collect(),
    };
    keep_desk(desk.store(), None, wanted, Actor::CommandLine, now())
        .await
        .expect("kept")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_goes_to_review_and_back_and_is_approved() {
    for (place, desk) in Desk::on_each_engine().await {
        desk.section().await;
        make_desk(&desk, &[Role::Editor, Role::Reporter]).await;
        let section = desk.store().sections().await.expect("read")[0]
            .id
            .to_string();
        let mut reporter = desk.signed_in(Role::Reporter).await;
        let mut editor = desk.signed_in(Role::Editor).await;
        let mut chief = desk.signed_in(Role::ChiefEditor).await;
        let article = begin(&mut reporter).await;
        let fields = [
            ("headline", HEADLINE),
            ("body", "افتُتح السوق اليوم."),
            ("section", &section),
            ("step", "submit"),
        ];
        let sent = send(&mut reporter, "stage", &article, &fields).await;
        let sent = then(&mut reporter, sent).await;
        says(&sent, "أُرسل النص إلى المراجعة.");
        says(&sent, "قيد المراجعة");
        // Its writer does not approve it, nor twice sends it.
        assert!(!sent.body.contains("value=\"approve\""));
        let own = send(&mut reporter, "stage", &article, &[("step", "approve")]).await;
        assert_eq!(own.status, 409);
        let twice = send(&mut reporter, "stage", &article, &[("step", "submit")]).await;
        assert_eq!(twice.status, 409);
        // It waits for the editor of its desk, who is told; nobody else is.
        assert!(listed(&mut editor, "list=waiting").await);
        assert!(!listed(&mut chief, "list=waiting").await);
        assert!(listed(&mut chief, "list=work&stage=in-review").await);
        assert!(!listed(&mut chief, "list=work&stage=draft").await);
        says(&told(&mut editor).await, "أرسل نصًا إلى المراجعة");
        says(&told(&mut chief).await, "لا إخطارات لديك");
        // Who asks for changes says which.
        let silent = send(
            &mut editor,
            "stage",
            &article,
            &[("step", "ask-for-changes")],
        )
        .await;
        assert_eq!(silent.status, 422);
        says(&silent, "اكتب ما الذي يُعدَّل.");
        let fields = [("step", "ask-for-changes"), ("words", "أين <سعر> الطن؟")];
        let asked = send(&mut editor, "stage", &article, &fields).await;
        assert_eq!(asked.status, 303);
        assert!(listed(&mut reporter, "list=waiting").await);
        let home = told(&mut reporter).await;
        says(&home, "طلب تعديل نصك");
        says(&home, "id=\"count-nav-notifications\">1<");
        let form = reporter.get(&path("edit", &article)).await;
        says(&form, "أين &lt;سعر&gt; الطن؟");
        says(&form, "يحتاج إلى تعديل");
        // He mends it and sends it again; what he was told of it he has read with that.
        let fields = [
            ("body", "افتُتح السوق اليوم. الطن بمئتين."),
            ("step", "submit"),
        ];
        let sent = send(&mut reporter, "stage", &article, &fields).await;
        assert_eq!(sent.status, 303);
        let home = told(&mut reporter).await;
        assert!(!home.body.contains("count-nav-notifications"));
        let approved = send(&mut editor, "stage", &article, &[("step", "approve")]).await;
        let approved = then(&mut editor, approved).await;
        says(&approved, "معتمد");
        says(&told(&mut reporter).await, "اعتمد نصك");
        // A text that is changed after that is another text.
        let saved = send(&mut reporter, "save", &article, &[("kicker", "حلب")]).await;
        let saved = then(&mut reporter, saved).await;
        says(&saved, "قيد المراجعة");
        desk.end().await;
        drop(place);
    }
}

#[tokio::test]
async fn what_changed_in_between_is_not_approved_unseen() {
    let desk = Desk::open().await;
    let mut reporter = desk.signed_in(Role::Reporter).await;
    let mut editor = desk.signed_in(Role::Editor).await;
    let article = begin(&mut reporter).await;
    let fields = [("headline", HEADLINE), ("body", ""), ("step", "submit")];
    send(&mut reporter, "stage", &article, &fields).await;
    let form = editor.get(&path("edit", &article)).await;
    let seen = crate::articles::hidden(&form, "seen");
    send(&mut reporter, "save", &article, &[("headline", "غيره")]).await;
    for fields in [
        // The whole form, as it was, and the button alone.
        &[
            ("seen", &*seen),
            ("headline", HEADLINE),
            ("body", ""),
            ("step", "approve"),
        ][..],
        &[("seen", &*seen), ("step", "approve")],
    ] {
        let late = editor.send("POST", &path("stage", &article), fields).await;
        assert_eq!(late.status, 409, "{fields:?}");
    }
    let copy = desk
        .store()
        .working_copy(Id::parse(&article).expect("a number"));
    let copy = copy.await.expect("read").expect("there");
    assert_eq!(copy.stage, editorial::workflow::Stage::InReview);
    desk.end().await;
}

#[tokio::test]
async fn a_paper_may_publish_only_what_is_approved() {
    let desk = Desk::open().await;
    desk.section().await;
    let store = desk.store();
    let loaded = store.settings().await.expect("read");
    let mut settings = loaded.clone();
    settings.approved_only = true;
    actions::change_settings(store, loaded, settings, Actor::CommandLine, now())
        .await
        .expect("changed");
    let section = store.sections().await.expect("read")[0].id.to_string();
    let mut reporter = desk.signed_in(Role::Reporter).await;
    let mut editor = desk.signed_in(Role::Editor).await;
    let article = begin(&mut reporter).await;
    let fields = [
        ("headline", HEADLINE),
        ("body", ""),
        ("section", &*section),
        ("step", "submit"),
    ];
    send(&mut reporter, "stage", &article, &fields).await;
    for (act, fields) in [
        ("publish", &[][..]),
        ("schedule", &[("at", "2025-10-10T08:00")]),
    ] {
        let refused = send(&mut editor, act, &article, fields).await;
        assert_eq!(refused.status, 422, "{act}");
        says(&refused, "لا تنشر الصحيفة إلا ما اعتُمد");
    }
    send(&mut editor, "stage", &article, &[("step", "approve")]).await;
    let published = send(&mut editor, "publish", &article, &[]).await;
    let published = then(&mut editor, published).await;
    says(&published, "منشور");
    says(&told(&mut reporter).await, "نشر نصك");
    desk.end().await;
}

#[tokio::test]
async fn an_article_is_given_to_somebody_who_then_may_write_it() {
    let desk = Desk::open().await;
    let mut reporter = desk.signed_in(Role::Reporter).await;
    let mut editor = desk.signed_in(Role::Editor).await;
    let article = begin(&mut editor).await;
    send(&mut editor, "save", &article, &[("headline", HEADLINE)]).await;
    assert_eq!(reporter.get(&path("edit", &article)).await.status, 403);
    let user = desk.user(Role::Reporter).await.to_string();
    let moderator = desk.user(Role::Moderator).await.to_string();
    for (fields, words) in [
        (
            [("assignee", &*moderator), ("deadline", "")],
            "لا يكتب هذا الحساب مقالات",
        ),
        (
            [("assignee", &*user), ("deadline", "2020-01-01T10:00")],
            "مضى هذا الموعد",
        ),
        (
            [("assignee", &*user), ("deadline", "2031-01-01T10:00")],
            "أبعد من سنة",
        ),
    ] {
        let refused = send(&mut editor, "assign", &article, &fields).await;
        assert_eq!(refused.status, 422);
        says(&refused, words);
    }
    // Other tests move the clock by days.
    let fields = [("assignee", &*user), ("deadline", "2026-06-01T08:00")];
    let given = send(&mut editor, "assign", &article, &fields).await;
    assert_eq!(given.status, 303);
    says(&told(&mut reporter).await, "أسند إليك مقالًا");
    assert!(listed(&mut reporter, "list=waiting").await);
    let form = reporter.get(&path("edit", &article)).await;
    assert_eq!(form.status, 200);
    says(&form, "2026-06-01 08:00");
    let written = send(&mut reporter, "save", &article, &[("body", "من الميدان.")]).await;
    assert_eq!(written.status, 303);
    let taken = send(&mut editor, "assign", &article, &[("assignee", "")]).await;
    assert_eq!(taken.status, 303);
    assert_eq!(reporter.get(&path("edit", &article)).await.status, 403);
    // What he was told stays, and shows nothing of what is shut.
    let shut = told(&mut reporter).await;
    says(&shut, "لم يعد هذا المقال متاحًا لك");
    assert!(!shut.body.contains(HEADLINE));
    desk.end().await;
}

#[tokio::test]
async fn who_is_at_a_desk_writes_what_is_in_its_sections() {
    let desk = Desk::open().await;
    desk.section().await;
    let section = desk.store().sections().await.expect("read")[0]
        .id
        .to_string();
    let mut reporter = desk.signed_in(Role::Reporter).await;
    let mut editor = desk.signed_in(Role::Editor).await;
    let article = begin(&mut editor).await;
    let fields = [("headline", HEADLINE), ("section", &*section)];
    send(&mut editor, "save", &article, &fields).await;
    assert!(!listed(&mut reporter, "list=work").await);
    let mut chief = desk.signed_in(Role::ChiefEditor).await;
    let user = desk.user(Role::Reporter).await.to_string();
    let fields = [
        ("name", " الاقتصاد "),
        ("section", &*section),
        ("member", &*user),
    ];
    let made = chief.send("POST", "/newsroom/desks/keep", &fields).await;
    let made = then(&mut chief, made).await;
    says(&made, "<bdi>الاقتصاد</bdi>");
    assert!(listed(&mut reporter, "list=work").await);
    let form = reporter.get(&path("edit", &article)).await;
    assert_eq!(form.status, 200);
    says(&form, "المكتب: <bdi>الاقتصاد</bdi>");
    // A section is at one desk, and a desk has a name; what was typed stays.
    for (name, words) in [("المال", "خذه منه أولًا"), ("", "اكتب اسم المكتب")]
    {
        let fields = [("name", name), ("section", &*section), ("member", &*user)];
        let refused = chief.send("POST", "/newsroom/desks/keep", &fields).await;
        assert_eq!(refused.status, 422);
        says(&refused, words);
        assert!(refused.body.contains(&format!("value=\"{name}\"")));
    }
    let known = desk.store().desks().await.expect("read");
    let number = known[0].id.to_string();
    for (seen, status) in [("0", 422), ("1", 303)] {
        let fields = [("desk", &*number), ("seen", seen)];
        let gone = chief
            .send("POST", "/newsroom/desks/dissolve", &fields)
            .await;
        assert_eq!(gone.status, status);
    }
    assert_eq!(reporter.get(&path("edit", &article)).await.status, 403);
    desk.end().await;
}

#[tokio::test]
async fn colleagues_speak_beside_a_text() {
    let desk = Desk::open().await;
    let mut reporter = desk.signed_in(Role::Reporter).await;
    let mut editor = desk.signed_in(Role::Editor).await;
    let mut chief = desk.signed_in(Role::ChiefEditor).await;
    let article = begin(&mut reporter).await;
    send(&mut reporter, "save", &article, &[("headline", HEADLINE)]).await;
    let chief_is = desk.store().user(desk.user(Role::ChiefEditor).await).await;
    let name = chief_is.expect("read").expect("there").name;
    // With what is typed into the form, which is saved first.
    let remark = format!("@{name} أيصح الرقم؟\nراجعه.");
    let fields = [
        ("headline", HEADLINE),
        ("body", "باع التجار 300 طن."),
        ("quote", "300 طن"),
        ("remark", &*remark),
    ];
    let said = send(&mut editor, "remark", &article, &fields).await;
    let said = then(&mut editor, said).await;
    says(&said, "باع التجار 300 طن.");
    says(&said, "300 طن</blockquote>");
    says(&said, "أيصح الرقم؟\nراجعه.");
    says(&told(&mut chief).await, "ذكرك في ملاحظة");
    says(&told(&mut reporter).await, "أضاف ملاحظة على ما تكتب");
    says(&told(&mut editor).await, "لا إخطارات لديك");
    let empty = send(&mut editor, "remark", &article, &[("remark", " ")]).await;
    assert_eq!(empty.status, 422);
    let at = said
        .body
        .find("name=\"settle\" value=\"")
        .expect("a button");
    let number = said.body[at + "name=\"settle\" value=\"".len()..]
        .split('"')
        .next();
    let number = number.expect("a number").to_owned();
    let settled = send(&mut reporter, "settle", &article, &[("settle", &number)]).await;
    let settled = then(&mut reporter, settled).await;
    says(&settled, "ملاحظات سُوّيت (1)");
    let again = send(&mut editor, "settle", &article, &[("settle", &number)]).await;
    assert_eq!(again.status, 409);
    // All that he was told is read with one button.
    let all = told(&mut chief).await;
    let through = crate::articles::hidden(&all, "through");
    chief
        .send(
            "POST",
            "/newsroom/notifications/read",
            &[("through", &through)],
        )
        .await;
    assert!(
        !told(&mut chief)
            .await
            .body
            .contains("count-nav-notifications")
    );
    desk.end().await;
}

#[tokio::test]
async fn whose_a_pen_name_is_the_chief_editor_knows_alone() {
    let desk = Desk::open().await;
    let store = desk.store();
    create_authors(store, &["ابن الحارة".to_owned()], Actor::CommandLine, now())
        .await
        .expect("made");
    let author = store.authors().await.expect("read")[0].clone();
    let secret = desk.user(Role::Reporter).await;
    let name = store.user(secret).await.expect("read").expect("there").name;
    let mut chief = desk.signed_in(Role::ChiefEditor).await;
    let account = format!("/newsroom/authors/account/{}", author.id);
    let user = secret.to_string();
    chief
        .send("POST", "/newsroom/confirm", &[("password", PASSWORD)])
        .await;
    let kept = chief.send("POST", &account, &[("user", &user)]).await;
    let kept = then(&mut chief, kept).await;
    says(&kept, &format!("<option value=\"{user}\" selected>"));
    // Who keeps the accounts does not see it: on no screen, and not in the trail.
    let mut administrator = desk.signed_in(Role::Administrator).await;
    for screen in ["/newsroom/authors", "/newsroom/trail"] {
        let shown = administrator.get(screen).await;
        assert_eq!(shown.status, 200);
        let line = plain(&shown);
        assert!(!line.contains(&format!("value=\"{user}\"")), "{screen}");
        assert!(
            !line.contains(&name) || screen == "/newsroom/trail",
            "{screen}"
        );
    }
    let refused = administrator.send("POST", &account, &[("user", "")]).await;
    assert_eq!(refused.status, 403);
    let entries = store.newest_audit_entries(None, 10).await.expect("read");
    let entry = entries
        .iter()
        .find(|entry| entry.action == "author.pen-name");
    let entry = entry.expect("it is there");
    assert!(entry.note.is_empty() && entry.subject == author.id);
    // Another name is read by all, whole.
    let describe = format!("/newsroom/authors/describe/{}", author.id);
    let long = "ا".repeat(121);
    for (name, status) in [("", 422), (&*long, 422), ("بنت الحارة", 303)] {
        let fields = [("name", name), ("bio", "تكتب عن المدينة.")];
        let answer = administrator.send("POST", &describe, &fields).await;
        assert_eq!(answer.status, status, "{name}");
    }
    let page = Browser::new(desk.address)
        .get(&editorial::urls::Url::Author(author.slug, None).to_string())
        .await;
    assert_eq!(page.status, 200);
    says(&page, "بنت الحارة");
    desk.end().await;
}
