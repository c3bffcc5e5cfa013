//! Every address behind /newsroom, with what it needs: the one table. A route
//! cannot be written without saying so, and what is in no row is not there.

use editorial::accounts::Permission;
use hyper::Method;

use crate::forms::Form;

/// The address of the settings.
pub(crate) const SETTINGS: &str = "/newsroom/settings";

/// What is done at an address, with what somebody needs who comes to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Act {
    /// For whoever comes, over any connection; nobody's session is looked for.
    Open(Open),
    /// Over a connection that a password may be sent over.
    Guarded(Guarded),
}

/// What is open to all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Open {
    Asset,
    Language,
}

/// What is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Guarded {
    /// For whoever comes.
    Door(Door),
    /// For somebody who is signed in.
    Room {
        needs: Permission,
        /// Whether the password must have been given within the last minutes:
        /// for dangerous acts.
        confirmed: bool,
        act: Room,
    },
}

/// What is done with somebody who comes in, or goes by a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Door {
    ShowSignIn,
    SignIn,
    ShowForgotten,
    AskForPassword,
    ShowLink,
    UseLink,
}

/// What is done for somebody who is signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Room {
    SignOut,
    ShowConfirm,
    Confirm,
    Home,
    Account,
    SetPassword,
    EndSession,
    EndOtherSessions,
    ShowSecondFactor,
    SetSecondFactor,
    RemoveSecondFactor,
    Users,
    Invite,
    ResetUser,
    DisableUser,
    EnableUser,
    SetRoles,
    Keys,
    Trail,
    DataRequests,
    LinkToData,
    Comments,
    DecideComments,
    UndoDecisions,
    LiveComments,
    BlockedWriters,
    ShowReveal,
    Reveal,
    ShowAnswer,
    Answer,
    SetCommenting,
    Articles,
    NewArticle,
    ShowArticle,
    SaveArticle,
    PreviewArticle,
    ArticlePage,
    WriteTogether,
    PublishArticle,
    ScheduleArticle,
    UnscheduleArticle,
    AmendArticle,
    NoteArticle,
    WithdrawArticle,
    RestoreArticle,
    ShowDiscard,
    DiscardText,
    Revisions,
    RevertArticle,
    StageArticle,
    LeaveRemark,
    SettleRemark,
    AssignArticle,
    Notifications,
    ReadNotifications,
    Desks,
    KeepDesk,
    DissolveDesk,
    Authors,
    DescribeAuthor,
    SetPenName,
    Ticker,
    LiveTicker,
    PushHeadline,
    MoveHeadline,
    SetUrgent,
    RecallHeadline,
    ShowHeadline,
    ChangeHeadline,
    Front,
    LiveFront,
    AddStory,
    RemoveStory,
    MoveStory,
    ScheduleFront,
    UnscheduleFront,
    Settings,
    SaveSettings,
    SettingsExample,
    SetLead,
    Library,
    UploadMedia,
    BeginUpload,
    ShowUpload,
    SendPart,
    FinishUpload,
    ShowMedia,
    DescribeMedia,
}

/// One row.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Route {
    pub(crate) method: &'static str,
    /// The whole path; `*` at its end is one part that is not empty.
    pub(crate) path: &'static str,
    pub(crate) act: Act,
}

const GET: &str = "GET";
const POST: &str = "POST";

macro_rules! table {
    ($($method:ident $path:literal $needs:ident$(($permission:ident))? => $act:ident;)*) => {
        /// All rows.
        pub(crate) const ROUTES: &[Route] = &[$(Route {
            method: $method,
            path: $path,
            act: act!($needs $(($permission))? $act),
        }),*];
    };
}

/// What a row needs, in its words.
macro_rules! act {
    (Nothing $act:ident) => {
        Act::Open(Open::$act)
    };
    (Connection $act:ident) => {
        Act::Guarded(Guarded::Door(Door::$act))
    };
    (May($permission:ident) $act:ident) => {
        act!($permission, false, $act)
    };
    (Confirmed($permission:ident) $act:ident) => {
        act!($permission, true, $act)
    };
    ($permission:ident, $confirmed:literal, $act:ident) => {
        Act::Guarded(Guarded::Room {
            needs: Permission::$permission,
            confirmed: $confirmed,
            act: Room::$act,
        })
    };
}

table! {
    GET "/newsroom/style/*" Nothing => Asset;
    GET "/newsroom/script/*" Nothing => Asset;
    GET "/newsroom/language/*" Nothing => Language;
    GET "/newsroom/sign-in" Connection => ShowSignIn;
    POST "/newsroom/sign-in" Connection => SignIn;
    GET "/newsroom/forgotten" Connection => ShowForgotten;
    POST "/newsroom/forgotten" Connection => AskForPassword;
    GET "/newsroom/link/*" Connection => ShowLink;
    POST "/newsroom/link/*" Connection => UseLink;
    GET "/newsroom" May(Enter) => Home;
    POST "/newsroom/sign-out" May(Enter) => SignOut;
    GET "/newsroom/confirm" May(Enter) => ShowConfirm;
    POST "/newsroom/confirm" May(Enter) => Confirm;
    GET "/newsroom/account" May(Enter) => Account;
    POST "/newsroom/account/password" May(Enter) => SetPassword;
    POST "/newsroom/account/sessions/end" May(Enter) => EndSession;
    POST "/newsroom/account/sessions/end-others" May(Enter) => EndOtherSessions;
    GET "/newsroom/account/second-factor" Confirmed(Enter) => ShowSecondFactor;
    POST "/newsroom/account/second-factor" Confirmed(Enter) => SetSecondFactor;
    POST "/newsroom/account/second-factor/remove" Confirmed(Enter) => RemoveSecondFactor;
    GET "/newsroom/users" May(ManageUsers) => Users;
    POST "/newsroom/users/invite" Confirmed(ManageUsers) => Invite;
    POST "/newsroom/users/reset" Confirmed(ManageUsers) => ResetUser;
    POST "/newsroom/users/disable" Confirmed(ManageUsers) => DisableUser;
    POST "/newsroom/users/enable" Confirmed(ManageUsers) => EnableUser;
    POST "/newsroom/users/roles" Confirmed(ManageUsers) => SetRoles;
    GET "/newsroom/keys" May(Enter) => Keys;
    GET "/newsroom/trail" May(ReadAudit) => Trail;
    GET "/newsroom/comments/data" May(ManageUsers) => DataRequests;
    POST "/newsroom/comments/data" Confirmed(ManageUsers) => LinkToData;
    GET "/newsroom/comments" May(Moderate) => Comments;
    POST "/newsroom/comments/decide" May(Moderate) => DecideComments;
    POST "/newsroom/comments/undo" May(Moderate) => UndoDecisions;
    GET "/newsroom/comments/live" May(Moderate) => LiveComments;
    GET "/newsroom/comments/blocked" May(Moderate) => BlockedWriters;
    GET "/newsroom/comments/reveal/*" Confirmed(Moderate) => ShowReveal;
    POST "/newsroom/comments/reveal/*" Confirmed(Moderate) => Reveal;
    GET "/newsroom/comments/answer/*" May(Moderate) => ShowAnswer;
    POST "/newsroom/comments/answer/*" May(Moderate) => Answer;
    POST "/newsroom/comments/article/*" May(Moderate) => SetCommenting;
    GET "/newsroom/articles" May(Write) => Articles;
    POST "/newsroom/articles/new" May(Write) => NewArticle;
    GET "/newsroom/articles/edit/*" May(Write) => ShowArticle;
    POST "/newsroom/articles/save/*" May(Write) => SaveArticle;
    GET "/newsroom/articles/preview/*" May(Write) => PreviewArticle;
    GET "/newsroom/articles/page/*" May(Write) => ArticlePage;
    GET "/newsroom/articles/live/*" May(Write) => WriteTogether;
    POST "/newsroom/articles/publish/*" May(Publish) => PublishArticle;
    POST "/newsroom/articles/schedule/*" May(Publish) => ScheduleArticle;
    POST "/newsroom/articles/unschedule/*" May(Publish) => UnscheduleArticle;
    POST "/newsroom/articles/amend/*" May(Publish) => AmendArticle;
    POST "/newsroom/articles/note/*" May(Publish) => NoteArticle;
    POST "/newsroom/articles/withdraw/*" May(Withdraw) => WithdrawArticle;
    POST "/newsroom/articles/restore/*" May(Withdraw) => RestoreArticle;
    GET "/newsroom/articles/discard/*" May(Write) => ShowDiscard;
    POST "/newsroom/articles/discard/*" May(Write) => DiscardText;
    GET "/newsroom/articles/revisions/*" May(Write) => Revisions;
    POST "/newsroom/articles/revert/*" May(Write) => RevertArticle;
    POST "/newsroom/articles/stage/*" May(Write) => StageArticle;
    POST "/newsroom/articles/remark/*" May(Write) => LeaveRemark;
    POST "/newsroom/articles/settle/*" May(Write) => SettleRemark;
    POST "/newsroom/articles/assign/*" May(Publish) => AssignArticle;
    GET "/newsroom/notifications" May(Write) => Notifications;
    POST "/newsroom/notifications/read" May(Write) => ReadNotifications;
    GET "/newsroom/desks" May(ManageDesks) => Desks;
    POST "/newsroom/desks/keep" May(ManageDesks) => KeepDesk;
    POST "/newsroom/desks/dissolve" May(ManageDesks) => DissolveDesk;
    GET "/newsroom/authors" May(ChangeSettings) => Authors;
    POST "/newsroom/authors/describe/*" May(ChangeSettings) => DescribeAuthor;
    POST "/newsroom/authors/account/*" Confirmed(KnowPenNames) => SetPenName;
    GET "/newsroom/ticker" May(PushHeadlines) => Ticker;
    GET "/newsroom/ticker/live" May(PushHeadlines) => LiveTicker;
    POST "/newsroom/ticker/push" May(PushHeadlines) => PushHeadline;
    POST "/newsroom/ticker/move" May(PushHeadlines) => MoveHeadline;
    POST "/newsroom/ticker/urgent/*" May(PushHeadlines) => SetUrgent;
    POST "/newsroom/ticker/recall/*" May(PushHeadlines) => RecallHeadline;
    GET "/newsroom/ticker/edit/*" May(PushHeadlines) => ShowHeadline;
    POST "/newsroom/ticker/edit/*" May(PushHeadlines) => ChangeHeadline;
    GET "/newsroom/front" May(Publish) => Front;
    GET "/newsroom/front/live" May(Publish) => LiveFront;
    POST "/newsroom/front/add" May(Publish) => AddStory;
    POST "/newsroom/front/remove" May(Publish) => RemoveStory;
    POST "/newsroom/front/move" May(Publish) => MoveStory;
    POST "/newsroom/front/schedule" May(Publish) => ScheduleFront;
    POST "/newsroom/front/unschedule" May(Publish) => UnscheduleFront;
    GET "/newsroom/settings" May(ChangeSettings) => Settings;
    POST "/newsroom/settings" May(ChangeSettings) => SaveSettings;
    POST "/newsroom/settings/example" May(ChangeSettings) => SettingsExample;
    POST "/newsroom/articles/lead/*" May(Write) => SetLead;
    GET "/newsroom/media" May(Write) => Library;
    POST "/newsroom/media/upload" May(Write) => UploadMedia;
    POST "/newsroom/media/begin" May(Write) => BeginUpload;
    GET "/newsroom/media/part/*" May(Write) => ShowUpload;
    POST "/newsroom/media/part/*" May(Write) => SendPart;
    POST "/newsroom/media/finish/*" May(Write) => FinishUpload;
    GET "/newsroom/media/show/*" May(Write) => ShowMedia;
    POST "/newsroom/media/describe/*" May(Write) => DescribeMedia;
}

/// Where a request leads.
#[derive(Debug)]
pub(crate) enum Found<'a> {
    /// To a row; the part that `*` stands for, or nothing.
    Row(&'static Route, &'a str),
    /// The address is there, for other methods than this.
    OtherMethod(Vec<&'static str>),
    /// There is no such address.
    Nothing,
}

/// Whether a path is that of a stream, which has no end.
pub(crate) fn is_live(path: &str) -> bool {
    path.ends_with("/live") && is_own(path)
}

/// Whether a form sent to this path holds the text of an article, and may be as
/// long as one.
pub(crate) fn takes_text(path: &str) -> bool {
    path.strip_prefix("/newsroom/articles/")
        .and_then(|rest| rest.split_once('/'))
        .is_some_and(|(act, _)| {
            [
                "save",
                "publish",
                "schedule",
                "unschedule",
                "amend",
                "note",
                "withdraw",
                "restore",
                "stage",
                "remark",
                "settle",
                "assign",
                "lead",
            ]
            .contains(&act)
        })
}

/// Whether a form sent to this path holds a headline of the ticker.
pub(crate) fn takes_headline(path: &str) -> bool {
    path.strip_prefix("/newsroom/ticker/")
        .is_some_and(|act| act == "push" || act.starts_with("edit/"))
}

/// Whether a form sent to this path holds what somebody wrote: the text of an article, a headline
/// of the ticker, the settings.
pub(crate) fn holds_text(path: &str, form: &Form) -> bool {
    takes_text(path) && (form.has("body") || form.has("together"))
        || takes_headline(path) && form.has("text")
        || path == SETTINGS && form.has("seen")
}

/// Whether files are sent to this path: a form with all of them, or a part of one.
pub(crate) fn takes_files(path: &str) -> bool {
    path == "/newsroom/media/upload" || takes_part(path)
}

/// Whether a part of a file is sent to this path, and nothing else.
pub(crate) fn takes_part(path: &str) -> bool {
    path.starts_with("/newsroom/media/part/")
}

/// Whether a path is behind /newsroom.
pub(crate) fn is_own(path: &str) -> bool {
    path.strip_prefix("/newsroom")
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Finds the row of a request. A path is compared as it came: another spelling
/// of it (`//`, `%2f`, upper case, a slash at its end) is another path.
pub(crate) fn find<'a>(method: &Method, path: &'a str) -> Found<'a> {
    let asked = if *method == Method::HEAD {
        GET
    } else {
        method.as_str()
    };
    let mut others = Vec::new();
    for route in ROUTES {
        let part = match route.path.strip_suffix('*') {
            None => (route.path == path).then_some(""),
            Some(before) => path
                .strip_prefix(before)
                .filter(|part| !part.is_empty() && !part.contains(['/', '%'])),
        };
        match part {
            Some(part) if route.method == asked => return Found::Row(route, part),
            Some(_) => others.push(route.method),
            None => {}
        }
    }
    if others.is_empty() {
        Found::Nothing
    } else {
        Found::OtherMethod(others)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changes_something_is_guarded() {
        for route in ROUTES {
            let changes = route.method != GET;
            let is_open = matches!(route.act, Act::Open(_));
            assert!(!(changes && is_open), "{route:?}");
            assert!(is_own(route.path), "{route:?}");
        }
    }

    #[test]
    fn what_whoever_comes_may_do_is_little() {
        let door = |route: &&Route| matches!(route.act, Act::Guarded(Guarded::Door(_)));
        let paths: Vec<&str> = ROUTES.iter().filter(door).map(|route| route.path).collect();
        let (sign_in, link) = ("/newsroom/sign-in", "/newsroom/link/*");
        let forgotten = "/newsroom/forgotten";
        assert_eq!(paths, [sign_in, sign_in, forgotten, forgotten, link, link]);
    }

    #[test]
    fn one_spelling_alone_is_an_address() {
        for path in ["/newsroom/users", "/newsroom", "/newsroom/link/abc"] {
            assert!(matches!(find(&Method::GET, path), Found::Row(..)), "{path}");
        }
        for path in [
            "/newsroom/",
            "//newsroom",
            "/newsroom//users",
            "/newsroom/Users",
            "/newsroom%2fusers",
            "/newsroom/users/",
            "/newsroom/link/",
            "/newsroom/link/a/b",
            "/newsroom/link/a%2fb",
            "/newsroom/users?x",
            "/newsroom/./users",
        ] {
            assert!(matches!(find(&Method::GET, path), Found::Nothing), "{path}");
        }
        assert!(matches!(
            find(&Method::PUT, "/newsroom/users"),
            Found::OtherMethod(_)
        ));
        assert!(is_own("/newsroom") && is_own("/newsroom/x") && !is_own("/newsrooms"));
    }
}
