// What the form for a comment gains where scripts run: it tells, signed, when
// writing began; what the browser was asked to remember is used; a second click
// sends nothing. Loaded when the form gets the focus; without it the form works.
(function () {
  'use strict';
  Array.prototype.forEach.call(document.querySelectorAll('form.write[data-script]'), function (form) {
    var ticket = form.elements.ticket, name = form.elements.name, email = form.elements.email;
    if (!ticket || ticket.value || !window.fetch) return;
    fetch('/comments/ticket', { credentials: 'same-origin', cache: 'no-store' })
      .then(function (answer) { return answer.ok ? answer.json() : {}; })
      .then(function (told) {
        ticket.value = told.ticket || '';
        if (!told.remembered) return;
        if (!name.value) name.value = told.name;
        email.required = false;
        email.placeholder = 'العنوان الذي حفظته';
        form.elements.remember.checked = true;
      })
      .catch(function () {});
  });
  function sent(form, is) {
    Array.prototype.forEach.call(form.querySelectorAll('button'), function (button) { button.disabled = is; });
  }
  document.addEventListener('submit', function (event) {
    var form = event.target;
    if (!form.classList.contains('write')) return;
    // After the form was read: a disabled button sends no value.
    setTimeout(function () { sent(form, true); }, 0);
  });
  window.addEventListener('pageshow', function () {
    Array.prototype.forEach.call(document.querySelectorAll('form.write'), function (form) { sent(form, false); });
  });
})();
