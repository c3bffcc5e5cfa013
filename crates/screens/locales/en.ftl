# The words of the newsroom's screens.
newsroom = Newsroom
sign-in = Sign in
sign-out = Sign out
signed-in-as = { $name } in the newsroom
skip = Skip to the content
places = Screens
language = Language
address = E-mail address
password = Password
password-new = New password
password-now = Present password
password-hint = Fifteen letters or more. Several words in a row are easy to keep in mind.
number = Number from your telephone
number-hint = The six digits that your authenticator shows, or one of your recovery codes.
name = Name
name-hint = As your colleagues know you.
save = Save
go-on = Go on
back = Back
refused-title = Nobody signs in over this connection
refused-why = Passwords are not sent over a connection that is not encrypted. Open the same address with https, or sign in on the machine that the server runs on.
plain-note = The connection is not encrypted; it is accepted because it does not leave this machine.
new-account = A new account
new-account-roles = In the newsroom you will be:
new-password = A new password
confirm = Confirm that it is you
confirm-why = What you are about to do is dangerous: type your password once more.
nav-home = Start
nav-account = Your account
nav-users = Accounts
nav-trail = Audit trail
may = What you may do
may-write = write articles
may-publish = publish and correct
may-withdraw = withdraw and restore
may-ticker = push headlines into the ticker
may-moderate = moderate the readers’ comments
may-settings = set the site
may-trail = read the audit trail
may-users = keep the accounts
role-reporter = reporter
role-editor = editor
role-chief-editor = chief editor
role-moderator = moderator
role-administrator = administrator
roles = Roles
change-password = Change your password
second-factor = Second factor
second-factor-on = A number from your telephone is asked for each time you sign in.
second-factor-off = Whoever knows your password can sign in as you. Add your telephone as a second factor.
second-factor-add = Add your telephone
second-factor-remove = Remove the second factor
second-factor-scan = Open the authenticator on your telephone, add this key, and type the number that it shows.
second-factor-open = Open it in an application on this machine
codes-left = { $count ->
    [one] One recovery code is left
   *[other] { $count } recovery codes are left
}
codes = Recovery codes
codes-why = Each code stands in for the telephone’s number once, should you lose it. They are not shown again: print them, or write them down, and keep them away from this machine.
sessions = Where you are signed in
session-own = this browser
session-used = last used { $time }
session-end = End
sessions-end = End all others
browser-unnamed = A browser without a name
users-since = since { $time }
user-disabled = disabled
user-disable = Disable
user-enable = Enable
user-reset = A link to a new password
user-roles = Change the roles
user-own = you
invite = Invite a colleague
invite-why = Choose the roles; a link that works once is shown then: send it yourself.
invite-address = Your colleague’s e-mail address
invite-mail = Choose the roles and type the address; a link that works once is sent there. Without an address the link is shown to you: send it yourself.
forgotten = Forgot your password?
forgotten-title = A new password
forgotten-why = Type the address that you sign in with; a link to set a new password is sent there. It works for an hour, once.
forgotten-send = Send the link
letter-invitation-subject = An invitation to the newsroom of { $paper }
letter-invitation-why = You are invited to the newsroom of { $paper }. Open this link to make your account:
letter-invitation-end = The link works once, within seven days. If you do not expect this invitation, leave it.
letter-password-subject = A new password for your account at { $paper }
letter-password-why = Whoever keeps the accounts at { $paper } sends you this link to set a new password:
letter-password-end = The link works once, within a day. When you set it you are signed out everywhere.
letter-forgotten-subject = A new password for your account at { $paper }
letter-forgotten-why = A new password was asked for, for your account at { $paper }. If it was you, open this link:
letter-forgotten-end = The link works once, within an hour. If it was not you, leave this letter: your password stays as it is.
link-title = A link that works once
link-invitation = Send it to your colleague alone: whoever opens it makes the account. It works for seven days.
link-password = Send it to the account’s user alone: whoever opens it sets a new password. It works for a day.
link-once = This link is not shown again.
trail = Audit trail
trail-time = Time
trail-who = Who
trail-what = What
trail-thing = Number
trail-older = Older
done-saved = Your changes are saved.
done-password = The new password is set; you were signed out everywhere else.
done-account = Your account is made. Sign in with it.
done-mailed = The link is sent by mail.
done-asked = If there is an account with this address, a link will reach it within minutes. If none comes, look among the unwanted mail, or ask whoever keeps the accounts.
not-mailed-unreachable = The letter was not sent: the mail server does not answer. Send the link yourself.
not-mailed-insecure = The letter was not sent: the connection to the mail server is not safe. Send the link yourself, and see the settings of mail.
not-mailed-unfit = The letter was not sent: the mail server does not offer what the settings of mail ask for. Send the link yourself, and see the settings.
not-mailed-login = The letter was not sent: the mail server did not take our user or password. Send the link yourself, and see the settings of mail.
not-mailed-later = The letter was not sent: the mail server takes none now (it said { $value }). Send the link yourself.
not-mailed-refused = The letter was not sent: the mail server refused it (it said { $value }). See that the address is right, or send the link yourself.
not-mailed-unsendable = The letter was not sent: no mail can go to this address. Send the link yourself.
mail-trouble = The newest letter was not sent ({ $time }). Whoever did not get a link stands in the audit trail by number: give a new one, and see the settings of mail.
done-ended = You were signed out there.
done-second-factor-removed = The second factor is removed.
wrong = The e-mail address or the password is not right. Try again.
wrong-password = The password is not right. Try again.
wrong-number = The number is not right. Wait for the next one, and see that the telephone’s clock is right.
number-needed = Type the number that your telephone shows.
crowd = Many passwords are being tried at this moment. Sign in from a browser or a network where you signed in before, or ask whoever keeps the accounts for a link to a new password, or try here after { $value }.
wait = Too many tries have failed. Try again after { $value }.
busy = Many people are signing in at this moment. Try again in a few seconds.
no-address = This is no e-mail address. Type it whole, such as layla@example.org
address-taken = There is an account with this address. Use another, or ask for a link to a new password.
no-name = Type the name by which your colleagues know you.
name-too-long = The name is longer than sixty letters. Shorten it.
no-role = Choose at least one role.
password-too-short = The password is shorter than fifteen letters. Several words in a row are easy to keep in mind.
password-too-long = The password is longer than 256 letters. Shorten it.
password-easy = The password is easily guessed. Choose words that have nothing to do with you.
last-administrator = This is the last administrator. Make another one first.
changed-meanwhile = This was changed in the meantime. Look at it, and try again.
no-link = This link was used, or is too old. Ask for a new one.
no-letters = This site sends no mail. Ask whoever keeps the accounts for a link.
no-user = There is no account of that number.
not-allowed = You may not do this. Ask whoever keeps the accounts.
not-found = There is no screen at this address.
stale-form = This page is old, or came from another site; nothing was done. Open it anew, and try again.
too-large = What was sent is larger than this page takes.
unavailable = This cannot be done now. Try again in a moment.
act-article-publish = published an article
act-article-correct = corrected an article
act-article-withdraw = withdrew an article
act-article-restore = restored an article
act-article-import = imported an article
act-ticker-push = pushed a headline
act-ticker-remove = removed a headline
act-settings-change = set the site
act-user-add = made an account
act-user-disable = disabled an account
act-user-enable = enabled an account
act-user-change = changed an account’s roles
act-user-password = set a password
act-user-password-ask = a new password was asked for at the door
act-user-second-factor = changed a second factor
act-link-make = made a link
act-letter-send = a letter was sent
act-letter-fail = a letter was not sent
act-session-begin = signed in
act-session-end = ended a session
act-session-fail = a try to sign in failed
act-import-batch = imported a batch
actor-system = the program
actor-cli = the command line
actor-import = the importer
letter-data-subject = What { $paper } keeps of you
letter-data-why = Somebody asked { $paper } for the comments that were written under this address. If it was you, open this link to get a copy of them or to erase them:
letter-data-end = The link works for three days, and whoever opens it sees your comments: send it to nobody. If it was not you, leave this letter.
nav-data = Readers’ requests
data-why = Whoever asked here for what is kept of him, and got no letter, asks you for his link. Type the address that he wrote to you from: if it is the one that he asked with, a link is made that works for three days; send it to that address alone.
data-none = No request waits.
data-request = Request { $number }
data-asked = came { $time }
data-linked = its link was made { $time }
data-address = The reader’s e-mail
data-make = Make a link
data-link = Send it to the reader alone: whoever opens it sees his comments and can erase them. It works for three days.
data-gone = There is no request of this number: perhaps it is older than three days, or another one came after it.
data-other-address = This is not the address that asked, so no link was made. See which address wrote to you.
act-comments-export = handed out what is kept of a reader
act-comments-erase = erased what was kept of a reader
actor-reader = a reader
act-comment-approve = approved a comment
act-comment-reject = rejected a comment
act-comment-spam = marked a comment as spam
act-comment-withdraw = withdrew a comment
act-comment-wait = let a comment wait again
act-comment-block = blocked a comment’s writer
act-comment-unblock = unblocked a comment’s writer
act-comment-reveal = revealed the address of a comment’s writer
act-comments-set = opened or closed an article’s comments
nav-comments = Readers’ comments
comments-filters = Which comments
comments-waiting = Waiting
comments-reported = Reported
comments-approved = Approved
comments-rejected = Rejected
comments-spam = Spam
comments-withdrawn = Withdrawn
comments-all = All
comments-search = Search names and texts
comments-search-go = Search
comments-none = There are no comments here now.
comments-none-found = No comment here holds these words.
comments-newest = Newest
comments-siblings = This article’s comments
comments-article-gone = The article is gone
comments-new-window = (in a new window)
comments-place = On the page
comments-above = What it answers
comments-below = What answers it
comments-staff = newsroom
comments-edited = changed by its writer
comments-erased = Its text was erased at its writer’s wish.
comments-holds = Why it was held
comments-in-name = (in the name)
comments-colon = :
comments-reports = { $count ->
    [one] One report by a reader
   *[other] { $count } reports by readers
}
comments-no-reason = no reason given
comments-select = Select the comment of
comments-several = Selected comments
comments-selected = Selected
comments-undo = Undo
comments-new = A new comment has come in.
comments-news = New comments have come in.
comments-failed = The decision was not saved. See that you are connected, and try again.
comments-not-here = This cannot be done with this comment.
comments-cut = This page no longer updates itself. Open it anew to see what is new.
comments-no-act = Nothing to do was chosen, and nothing was done. Go back and choose.
comments-no-undo = This cannot be undone. Decide on the comment anew.
comments-no-article = There is no article of that number.
no-comment = There is no comment of that number.
comments-blocked = Blocked writers
blocked-none = Nobody is blocked.
state-waiting = waiting
state-approved = approved
state-spam = spam
state-withdrawn = withdrawn
state-rejected = rejected
do-approve = Approve
do-keep = Keep it
do-reject = Reject
do-spam = Spam
do-withdraw = Withdraw
do-wait = Let it wait
do-block = Block the writer
do-unblock = Unblock the writer
do-answer = Answer
do-reveal = Reveal the address
did-approve = { $count ->
    [one] The comment is approved.
   *[other] { $count } comments are approved.
}
did-reject = { $count ->
    [one] The comment is rejected.
   *[other] { $count } comments are rejected.
}
did-spam = { $count ->
    [one] The comment is marked as spam.
   *[other] { $count } comments are marked as spam.
}
did-withdraw = { $count ->
    [one] The comment is withdrawn.
   *[other] { $count } comments are withdrawn.
}
did-wait = { $count ->
    [one] The comment waits again.
   *[other] { $count } comments wait again.
}
did-block = { $count ->
    [one] The writer is blocked: what he sends from now on is spam.
   *[other] { $count } writers are blocked: what they send from now on is spam.
}
did-unblock = { $count ->
    [one] The writer is unblocked.
   *[other] { $count } writers are unblocked.
}
did-undo = { $count ->
    [one] The decision is taken back.
   *[other] { $count } decisions are taken back.
}
did-changed = { $count ->
    [one] A comment was changed in the meantime and stands as it did: look at it, and decide.
   *[other] { $count } comments were changed in the meantime and stand as they did: look at them, and decide.
}
did-left = { $count ->
    [one] With one comment there was nothing to do.
   *[other] With { $count } comments there was nothing to do.
}
done-answered = Your answer is published.
hold-approval = The paper reads each comment first
hold-word = A word of the list
hold-advertising = Advertising
hold-links = Many links, or a disguised one
hold-telephone = A telephone number
hold-duplicate = The same text was sent before
hold-near-duplicate = Nearly the same text was sent before
hold-repetition = Repetition
hold-hidden-field = A field was filled in that no reader sees
hold-too-fast = Sent faster than anybody writes
hold-blocked = Its writer is blocked
hold-staff-name = A name like that of somebody in the newsroom
hold-edited = Its writer changed it after it was shown
hold-taken-back = Its writer took it back; it is not shown again
writer-record = Its writer:
writer-approved = { $count } approved
writer-rejected = { $count } rejected
writer-spam = { $count } spam
writer-blocked = blocked
writer-unknown = The address of its writer is not known.
commenting = Comments on this article
commenting-by-age = open for as long as the site says
commenting-open = always open
commenting-closed = closed
comments-keys = Keys
comments-keys-why = By their places on the keyboard, whatever its language. They act on the comment you are at, or on those you selected.
comments-keys-on = Use the keys
key-next = Next comment
key-previous = Previous comment
key-approve = Approve
key-reject = Reject
key-spam = Spam
key-withdraw = Withdraw what was shown
key-block = Block the writer
key-select = Select or leave
key-undo = Undo the last decision
key-list = This list
close = Close
reveal-title = The address of a comment’s writer
reveal-typed = Why do you need it?
reveal-hint = The reason is kept in the audit trail, with your name and the time. Do not write the address itself into it.
reveal-go = Reveal the address
reveal-is = The writer’s address:
reveal-once = It is shown now alone, and not again without another reason.
reveal-no-reason = Give a reason: it is kept in the audit trail.
reveal-no-address = The address of this comment’s writer is not known.
reveal-key-away = This address was sealed under a key that is not here. Bring the key files back.
answer-title = An answer of the newsroom
answer-typed = Your answer
answer-hint = It is published at once under your name, marked as the newsroom’s.
answer-go = Publish the answer
answer-not-shown = This comment is not shown, so it cannot be answered. Approve it first.
answer-no-text = Write the answer.
answer-too-long = The answer is longer than five thousand letters. Shorten it.
