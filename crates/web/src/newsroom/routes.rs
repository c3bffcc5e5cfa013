//! Every address behind /newsroom, with what it needs: the one table. A route
//! cannot be written without saying so, and what is in no row is not there.

use editorial::accounts::Permission;
use hyper::Method;

/// What somebody needs who comes to an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Needs {
    /// Nothing: whoever comes may read it, over any connection.
    Nothing,
    /// A connection over which a password may be sent.
    Connection,
    /// To be signed in, with a permission.
    May(Permission),
    /// The same, and to have given the password within the last minutes: for
    /// dangerous acts.
    Confirmed(Permission),
}

/// What is done at an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Act {
    Style,
    Language,
    ShowSignIn,
    SignIn,
    ShowLink,
    UseLink,
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
    Trail,
}

/// One row.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Route {
    pub(crate) method: &'static str,
    /// The whole path; `*` at its end is one part that is not empty.
    pub(crate) path: &'static str,
    pub(crate) needs: Needs,
    pub(crate) act: Act,
}

const GET: &str = "GET";
const POST: &str = "POST";

macro_rules! table {
    ($($method:ident $path:literal $needs:expr => $act:ident;)*) => {
        /// All rows.
        pub(crate) const ROUTES: &[Route] = &[$(Route { method: $method, path: $path, needs: $needs, act: Act::$act }),*];
    };
}

use Needs::{Confirmed, Connection, May, Nothing};

table! {
    GET "/newsroom/style/*" Nothing => Style;
    GET "/newsroom/language/*" Nothing => Language;
    GET "/newsroom/sign-in" Connection => ShowSignIn;
    POST "/newsroom/sign-in" Connection => SignIn;
    GET "/newsroom/link/*" Connection => ShowLink;
    POST "/newsroom/link/*" Connection => UseLink;
    GET "/newsroom" May(Permission::Enter) => Home;
    POST "/newsroom/sign-out" May(Permission::Enter) => SignOut;
    GET "/newsroom/confirm" May(Permission::Enter) => ShowConfirm;
    POST "/newsroom/confirm" May(Permission::Enter) => Confirm;
    GET "/newsroom/account" May(Permission::Enter) => Account;
    POST "/newsroom/account/password" May(Permission::Enter) => SetPassword;
    POST "/newsroom/account/sessions/end" May(Permission::Enter) => EndSession;
    POST "/newsroom/account/sessions/end-others" May(Permission::Enter) => EndOtherSessions;
    GET "/newsroom/account/second-factor" Confirmed(Permission::Enter) => ShowSecondFactor;
    POST "/newsroom/account/second-factor" Confirmed(Permission::Enter) => SetSecondFactor;
    POST "/newsroom/account/second-factor/remove" Confirmed(Permission::Enter) => RemoveSecondFactor;
    GET "/newsroom/users" May(Permission::ManageUsers) => Users;
    POST "/newsroom/users/invite" Confirmed(Permission::ManageUsers) => Invite;
    POST "/newsroom/users/reset" Confirmed(Permission::ManageUsers) => ResetUser;
    POST "/newsroom/users/disable" Confirmed(Permission::ManageUsers) => DisableUser;
    POST "/newsroom/users/enable" Confirmed(Permission::ManageUsers) => EnableUser;
    POST "/newsroom/users/roles" Confirmed(Permission::ManageUsers) => SetRoles;
    GET "/newsroom/trail" May(Permission::ReadAudit) => Trail;
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
    fn what_changes_something_needs_somebody() {
        for route in ROUTES {
            let is_open = matches!(route.needs, Nothing | Connection);
            let may_be = matches!(
                route.act,
                Act::Style
                    | Act::Language
                    | Act::ShowSignIn
                    | Act::SignIn
                    | Act::ShowLink
                    | Act::UseLink
            );
            assert_eq!(is_open, may_be, "{route:?}");
            assert!(is_own(route.path), "{route:?}");
        }
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
