//! The chain of audit entries.

use editorial::{
    Changes, Timestamp,
    audit::{Action, Actor, AuditEntry},
};
use testing::{Place, on_both_engines};

use crate::paper::{id, published, tamper};

on_both_engines! {
    the_audit_chain_holds
}

async fn the_audit_chain_holds(place: &Place) {
    let store = place.open().await;
    published(&store, 10..15).await;
    let report = store.audit_verify().await.expect("read");
    assert_eq!((report.entries, report.broken_at), (5, None));
    let entry = AuditEntry {
        at: Timestamp(1),
        actor: Actor::User(id(9)),
        action: Action::ArticleImport,
        subject: id(10),
        note: String::new(),
    };
    store
        .commit(Changes::new().audit(entry))
        .await
        .expect("committed");
    tamper(
        place,
        "UPDATE audit_entry SET subject = 99 WHERE number = 3",
    )
    .await;
    assert_eq!(store.audit_verify().await.expect("read").broken_at, Some(3));
    tamper(
        place,
        "UPDATE audit_entry SET subject = 12 WHERE number = 3",
    )
    .await;
    assert_eq!(store.audit_verify().await.expect("read").broken_at, None);
    tamper(place, "DELETE FROM audit_entry WHERE number = 6").await;
    assert_eq!(store.audit_verify().await.expect("read").broken_at, Some(6));
}
