// Suggestions while words are typed: the combobox of the ARIA Authoring Practices
// (a list below a field, and the focus stays in the field). Loaded when a field
// gets the focus; without it the forms work.
(function () {
  'use strict';
  if (!window.fetch || !window.AbortController) return;
  var PAUSE = 120, count = 0;

  function equip(form) {
    var field = form.querySelector('input[type=search]');
    if (!field || field.getAttribute('role')) return;
    var list = document.createElement('ul'), status = document.createElement('span');
    var items = [], chosen = -1, typed = '', timer = 0, asked = null;
    count += 1;
    list.id = 'hints-' + count;
    list.className = 'hints';
    list.hidden = true;
    list.setAttribute('role', 'listbox');
    list.setAttribute('aria-label', 'اقتراحات');
    status.className = 'hidden';
    status.setAttribute('role', 'status');
    field.setAttribute('role', 'combobox');
    field.setAttribute('aria-autocomplete', 'list');
    field.setAttribute('aria-controls', list.id);
    field.setAttribute('aria-expanded', 'false');
    field.parentNode.appendChild(list);
    form.appendChild(status);

    function close() {
      list.hidden = true;
      chosen = -1;
      field.setAttribute('aria-expanded', 'false');
      field.removeAttribute('aria-activedescendant');
      if (asked) asked.abort();
      clearTimeout(timer);
    }
    function choose(at) {
      Array.prototype.forEach.call(list.children, function (line, number) {
        line.setAttribute('aria-selected', String(number === at));
      });
      chosen = at;
      if (at < 0) {
        field.removeAttribute('aria-activedescendant');
      } else {
        field.setAttribute('aria-activedescendant', list.children[at].id);
        list.children[at].scrollIntoView({ block: 'nearest' });
      }
    }
    function show(found) {
      items = found;
      list.textContent = '';
      items.forEach(function (item, at) {
        var line = document.createElement('li'), words = document.createElement('bdi');
        line.id = list.id + '-' + at;
        line.setAttribute('role', 'option');
        line.setAttribute('aria-selected', 'false');
        words.textContent = item.text;
        line.appendChild(words);
        if (item.kind) {
          line.appendChild(document.createTextNode(' '));
          line.appendChild(document.createElement('small')).textContent = item.kind;
        }
        list.appendChild(line);
      });
      chosen = -1;
      list.hidden = !items.length;
      field.setAttribute('aria-expanded', String(!!items.length));
      field.removeAttribute('aria-activedescendant');
      status.textContent = items.length ? 'اقتراحات: ' + items.length : '';
    }
    function ask() {
      var words = field.value.trim();
      if (words === typed && !list.hidden) return;
      typed = words;
      if (asked) asked.abort();
      if (words.length < 2) { show([]); return; }
      var own = asked = new AbortController();
      fetch('/search/suggest?q=' + encodeURIComponent(words), { signal: own.signal })
        .then(function (answer) { return answer.ok ? answer.json() : { items: [] }; })
        .then(function (answer) {
          // The field may have been left, or say something else by now.
          if (own.signal.aborted || field.value.trim() !== words || document.activeElement !== field) return;
          show(answer.items);
        })
        .catch(function () {});
    }
    field.addEventListener('input', function () {
      clearTimeout(timer);
      timer = setTimeout(ask, PAUSE);
    });
    field.addEventListener('keydown', function (event) {
      if (event.isComposing) return;
      var open = !list.hidden, last = items.length - 1;
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        event.preventDefault();
        if (!open) { typed = ''; ask(); return; }
        if (event.key === 'ArrowDown') choose(chosen < last ? chosen + 1 : -1);
        else choose(chosen < 0 ? last : chosen - 1);
      } else if (event.key === 'Enter' && open && chosen >= 0) {
        event.preventDefault();
        window.location.href = items[chosen].url;
      } else if (event.key === 'Escape') {
        // The first one closes the list, the second one empties the field.
        if (open) { event.preventDefault(); close(); } else { field.value = ''; }
      } else if (event.key === 'Tab') {
        close();
      }
    });
    // What is not chosen is not in the address.
    form.addEventListener('submit', function () {
      Array.prototype.forEach.call(form.elements, function (part) {
        if (part.name && part !== field && !part.value) part.disabled = true;
      });
    });
    window.addEventListener('pageshow', function () {
      Array.prototype.forEach.call(form.elements, function (part) { part.disabled = false; });
    });
    field.addEventListener('blur', close);
    // Before the field loses the focus.
    list.addEventListener('mousedown', function (event) { event.preventDefault(); });
    list.addEventListener('click', function (event) {
      var line = event.target.closest('li');
      if (line) window.location.href = items[Array.prototype.indexOf.call(list.children, line)].url;
    });
    if (field.value.trim().length > 1 && document.activeElement === field && !form.classList.contains('ask')) ask();
  }

  Array.prototype.forEach.call(document.querySelectorAll('form[data-script]'), equip);
})();
