# The words of the screens of the site itself: ticker, front page, settings.
nav-ticker = Ticker
act-ticker-change = changed a headline
act-ticker-order = moved a headline
line-push-title = A new headline
line-text = Headline
line-letters = { $count } letters at the most, on one line. Readers see it within a second.
line-url = Where does it lead?
line-url-hint = The number of an article, or an address that begins with https:// or /. It may be empty.
line-urgent = Mark it as urgent
line-stays = When does it leave the ticker?
line-stays-keep = When it is recalled
line-stays-30 = After half an hour
line-stays-60 = After an hour
line-stays-120 = After two hours
line-stays-360 = After six hours
line-stays-720 = After twelve hours
line-stays-1440 = After a day
line-stays-at = At the moment below
line-until = The moment
line-until-hint = In the paper’s time ({ $zone }), where you chose “At the moment below”.
line-push = Push it
lines-title = In the ticker now
lines-none = There is no headline in the ticker.
lines-filled = Nothing is pushed: readers see the newest articles in the ticker.
lines-no-room = Readers do not see it: the ticker shows the first { $count } alone.
lines-how = Drag the handle, or press Alt and an arrow within a line, to move it.
line-urgent-mark = Urgent
line-pushed = pushed
line-leaves = leaves
line-leaves-minutes = { $count ->
    [one] in a minute
   *[other] in { $count } minutes
}
line-leaves-hours = { $count ->
    [one] in an hour
   *[other] in { $count } hours
}
line-leaves-days = { $count ->
    [one] in a day
   *[other] in { $count } days
}
line-stays-on = stays until it is recalled
order-up = Up
order-down = Down
order-handle = Move: { $what }
order-moved = Now at place { $at } of { $of }.
order-failed = It was not moved: the server does not answer. Try again.
line-make-urgent = Make it urgent
line-make-plain = Not urgent
line-change = Change
line-recall = Recall
line-change-title = Change a headline
line-change-why = It keeps its place, and readers see the new words within a second.
line-new = The ticker has changed.
line-cut = The connection to the server is cut: open this page anew.
done-line-push = The headline is in the ticker.
done-line-change = The headline is changed.
done-line-order = The headline is moved.
done-line-urgent = The headline is urgent now.
done-line-plain = The headline is not urgent any more.
done-line-recall = The headline is recalled.
line-changed-meanwhile = Somebody else changed the ticker while you looked; nothing was done. This is how it is now: look at it, and try again.
line-other-saved = Somebody else changed this headline while you wrote; your words are not saved yet. They stand in the form, the others below: save, if yours shall replace them.
line-gone-typed = Somebody else recalled this headline while you wrote. Your words stand in the form: push them as a new one if you like.
line-gone = There is no headline of that number in the ticker.
line-stale = Nothing was done yet: you signed in anew, or this page is old. What you typed is here: press the button again.
line-other = What somebody else saved
fault-line-empty = Write the headline.
fault-line-long = The headline has { $number } letters, and the ticker takes 300. Shorten it.
fault-line-url = This is no address. Type the number of an article, or an address that begins with https://, http:// or /.
fault-line-nothing = Nothing is published here: { $value }. Type the number of a published article, or its address as the browser shows it.
fault-line-past = This moment is past: choose one ahead.
fault-line-no-until = Type the day and the time at which it leaves, or choose how long it stays.
nav-front = Front page
act-front-set = set the front page
act-front-schedule = set a front page for a moment ahead
act-front-unschedule = took back a front page for a moment ahead
front-now = Now
front-why = What you choose here stands first on the front page, in this order; what is published follows, the newest first. Readers see each change within a second.
front-why-then = This stands first on the front page from { $time } on. Until then it stays as it is.
front-chosen = Chosen
front-none = Nothing is chosen: the whole page sets itself, the newest first.
front-unseen = Readers do not see it now, and the front page leaves it out.
front-remove = Remove
front-add-title = Add a story
front-find = Search the newest headlines
front-find-go = Search
front-add-typed = Or type an article’s number or address
front-add = Add
front-recent = The newest
front-found = Found
front-found-none = Nothing among the newest. Try another word, or type the article’s number.
front-plans = Pages for moments ahead
front-plan-at = Moment
front-plan-zone = In the paper’s time ({ $zone }). It begins as a copy of what is chosen now; set it then as you like.
front-plan-go = Make a page for this moment
front-plan-cancel = Take this page back
front-plan-count = { $count ->
    [one] one story
   *[other] { $count } stories
}
front-changed = The front page has changed.
done-front-add = The story is added.
done-front-remove = The story is removed.
done-front-order = The story is moved.
done-front-plan = The page waits for its moment. Set it as you like.
done-front-cancel = The page is taken back; what stands now stays.
front-changed-meanwhile = Somebody else changed the front page while you looked; nothing was done. This is how it is now: look at it, and try again.
front-plan-gone = There is no page for this moment: it has come, or the page was taken back.
fault-front-full = At most { $number } are chosen. Remove one first.
fault-front-twice = This story is chosen already.
fault-front-nothing = No story is published here: { $value }. Type the number of a published story, or its address as the browser shows it.
fault-front-no-moment = Type the day and the time.
fault-front-moment-past = This moment is past: choose one ahead.
fault-front-moment-taken = There is a page for this moment already: set it, or choose another moment.
