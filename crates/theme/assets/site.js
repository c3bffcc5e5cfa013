// What a page gains where scripts run: the ticker moves and stays current,
// the permalink is copied. Without it every page is complete.
(function () {
  'use strict';
  // The script of a form is loaded once somebody goes to it.
  var loaded = [];
  document.addEventListener('focusin', function (event) {
    var form = event.target.closest && event.target.closest('form[data-script]');
    var own = form && form.getAttribute('data-script');
    if (!own || loaded.indexOf(own) >= 0) return;
    loaded.push(own);
    document.head.appendChild(document.createElement('script')).src = own;
  });

  var aside = document.querySelector('.ticker');
  if (!aside) return;
  var lines = aside.querySelector('.lines');
  var list = lines.querySelector('ul');
  var status = aside.querySelector('.ticker-status');
  var still = window.matchMedia('(prefers-reduced-motion: reduce)');
  var paused = false, held = false;

  // A button that stops and starts the movement (WCAG 2.2.2).
  var button = document.createElement('button');
  button.type = 'button';
  button.className = 'ticker-pause';
  function show() {
    button.setAttribute('aria-pressed', String(paused));
    button.setAttribute('aria-label', paused ? 'تشغيل شريط الأخبار' : 'إيقاف شريط الأخبار');
    button.textContent = paused ? '▶' : '❚❚';
    button.hidden = still.matches;
  }
  button.addEventListener('click', function () { paused = !paused; show(); });
  aside.insertBefore(button, status);
  aside.className += ' live';
  show();
  if (still.addEventListener) still.addEventListener('change', show);

  lines.addEventListener('mouseenter', function () { held = true; });
  lines.addEventListener('mouseleave', function () { held = false; });
  // What gets the focus is seen from its first word.
  var sign = document.documentElement.dir === 'ltr' ? 1 : -1;
  lines.addEventListener('focusin', function (event) {
    held = true;
    if (event.target === lines) return;
    var own = event.target.getBoundingClientRect(), strip = lines.getBoundingClientRect();
    var shift = sign < 0 ? own.right - strip.right : own.left - strip.left;
    if (shift * sign < 0 || own.left < strip.left || own.right > strip.right) lines.scrollLeft += shift;
  });
  lines.addEventListener('focusout', function () { held = false; });
  lines.addEventListener('touchstart', function () { paused = true; show(); }, { passive: true });

  // The text enters from the left and travels right: in a right-to-left box
  // the place to scroll to is negative, and the text moves right with it.
  // Browsers before 2020 count from the other end: both count down from where
  // the box stands at first. Left to right it is the other way round.
  var start = lines.scrollLeft, place = 0, last = 0;
  function step(now) {
    var elapsed = Math.min(now - last, 100);
    last = now;
    var room = lines.scrollWidth - lines.clientWidth;
    if (!paused && !held && !still.matches && room > 0 && !document.hidden) {
      place += elapsed * 0.03;
      if (place > room) { place = 0; }
      lines.scrollLeft = start + sign * place;
    } else {
      place = sign * (lines.scrollLeft - start);
    }
    window.requestAnimationFrame(step);
  }
  window.requestAnimationFrame(step);

  // New headlines, while the tab is seen.
  var stream = null, position = 0;
  function line(item) {
    var li = document.createElement('li');
    if (item.urgent) {
      var mark = document.createElement('b');
      mark.className = 'urgent';
      mark.textContent = 'عاجل';
      li.appendChild(mark);
      li.appendChild(document.createTextNode(' '));
    }
    var words = document.createElement('bdi');
    words.textContent = item.text;
    if (/^(https?:\/\/|\/(?!\/))/.test(item.url)) {
      var link = document.createElement('a');
      link.href = item.url;
      link.appendChild(words);
      li.appendChild(link);
    } else {
      li.appendChild(words);
    }
    li.appendChild(document.createTextNode(' '));
    var time = document.createElement('time');
    time.dateTime = item.at;
    time.textContent = item.when;
    li.appendChild(document.createElement('bdi')).appendChild(time);
    return li;
  }
  function says(lines) {
    var links = Array.prototype.map.call(lines.querySelectorAll('a'), function (link) { return link.href; });
    return lines.textContent.replace(/\s+/g, ' ').trim() + links.join(' ');
  }
  // A line may expire without a new position; an older one comes from a server
  // that is behind.
  var known = null;
  function update(event) {
    var data = JSON.parse(event.data);
    if (data.position < position) return;
    position = data.position;
    var ids = data.items.map(function (item) { return item.id; });
    var fresh = known && data.items.filter(function (item) { return known.indexOf(item.id) < 0; });
    known = ids;
    var focused = list.contains(document.activeElement) && document.activeElement.href;
    var made = document.createElement('ul');
    data.items.forEach(function (item) { made.appendChild(line(item)); made.appendChild(document.createTextNode('\n')); });
    // A page that says the same already, as a rule at its first event, is let be.
    if (says(made) === says(list)) return;
    list.textContent = '';
    while (made.firstChild) list.appendChild(made.firstChild);
    if (focused) {
      Array.prototype.some.call(list.querySelectorAll('a'), function (link) {
        if (link.href === focused) { link.focus({ preventScroll: true }); return true; }
        return false;
      });
    }
    if (fresh && fresh.length) { status.textContent = fresh[0].text; place = 0; }
  }
  function open() {
    if (stream || document.visibilityState !== 'visible' || !window.EventSource) return;
    stream = new EventSource('/live/ticker');
    stream.addEventListener('ticker', update);
    // The browser itself comes again after an interruption, with the last
    // event's id and after a pause of its own; refused, we ask later.
    stream.addEventListener('error', function () {
      if (stream && stream.readyState === 2) { close(); setTimeout(open, 30000 + Math.random() * 30000); }
    });
  }
  function close() { if (stream) { stream.close(); stream = null; } }
  document.addEventListener('visibilitychange', function () {
    if (document.visibilityState === 'visible') setTimeout(open, Math.random() * 2000); else close();
  });
  window.addEventListener('pagehide', close);
  window.addEventListener('pageshow', open);
  if (document.readyState === 'complete') open(); else window.addEventListener('load', open);

  var copy = document.querySelector('.copy');
  if (copy && navigator.clipboard) {
    copy.addEventListener('click', function (event) {
      event.preventDefault();
      navigator.clipboard.writeText(copy.href).then(function () { copy.textContent = 'نُسخ الرابط'; });
    });
  }
})();
