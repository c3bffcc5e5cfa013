// The queue of comments: keys by their places on the keyboard, decisions without
// leaving the place one is at, and what comes in while one looks. All of it works
// without this script, by forms.
"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const main = $("main"), list = $("list"), told = $("told"), trouble = $("trouble");
  const words = main.dataset;
  const PATIENCE = 10_000;
  // Elements made from an answer, and the markup they were made from.
  const made = new WeakMap();
  // Comments whose decision is on its way.
  const sent = new Set();
  let sending = Promise.resolve();
  let position = Number(words.position);
  let at = null;
  let undoEnds = 0;

  const all = () => [...list.children];
  const box = (comment) => comment.querySelector(".pick input");
  const selected = () => all().filter((comment) => box(comment).checked);
  const say = (text) => {
    told.textContent = "";
    // Emptied first, so that the same sentence is said again.
    setTimeout(() => { told.textContent = text; }, 50);
  };
  const complain = (text) => {
    trouble.textContent = text;
    trouble.hidden = !text;
  };

  // One comment is reached by the Tab key: the one that one is at.
  const settle = (comment) => {
    at = comment;
    for (const other of all()) other.tabIndex = other === comment ? 0 : -1;
  };
  const goTo = (comment) => {
    if (!comment) return;
    settle(comment);
    comment.focus({ preventScroll: true });
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const isLong = comment.offsetHeight > innerHeight * 0.8;
    comment.scrollIntoView({ block: isLong ? "start" : "nearest", behavior: calm ? "auto" : "smooth" });
  };
  const focused = () => document.activeElement?.closest?.("#list > article");
  const current = () => focused() ?? (at && list.contains(at) ? at : null);
  const besides = (comment, step) => {
    let other = comment;
    do { other = step > 0 ? other.nextElementSibling : other.previousElementSibling; }
    while (other && sent.has(other.dataset.id));
    return other;
  };
  const step = (by) => {
    const from = focused();
    goTo(from ? besides(from, by) : current());
  };

  const countSelected = () => {
    const count = selected().length;
    $("selected").textContent = count;
    $("selected").hidden = count === 0;
    $("several").classList.toggle("idle", count === 0);
    for (const button of $("several").querySelectorAll("button")) button.disabled = count === 0;
  };

  // Takes over what an answer shows, and leaves alone what stays as it is: the
  // place one is at, what is selected, what is typed.
  const show = (page) => {
    position = Number(page.querySelector("main").dataset.position);
    const anchor = current();
    const anchorId = anchor?.dataset.id;
    const active = document.activeElement;
    const wasInside = anchor?.contains(active) ?? false;
    const button = wasInside ? active.value : undefined;
    const next = anchor && (besides(anchor, 1) ?? besides(anchor, -1));
    const top = anchor?.getBoundingClientRect().top;
    const here = new Map(all().map((comment) => [comment.dataset.id, comment]));
    const newest = Math.max(0, ...all().map((comment) => Number(comment.dataset.id)));
    const kept = new Set();
    let fresh = 0;
    let cursor = list.firstElementChild;
    for (const coming of [...page.querySelectorAll("#list > article")]) {
      const id = coming.dataset.id;
      const markup = coming.outerHTML;
      let own = here.get(id);
      if (own && made.get(own) !== markup && !sent.has(id)) {
        const replaced = adopt(coming, markup);
        box(replaced).checked = box(own).checked && own.dataset.version === replaced.dataset.version;
        if (cursor === own) cursor = replaced;
        own.replaceWith(replaced);
        own = replaced;
      } else if (!own) {
        own = adopt(coming, markup);
        if (Number(id) > newest) fresh += 1;
      }
      kept.add(id);
      if (own === cursor) cursor = cursor.nextElementSibling;
      else list.insertBefore(own, cursor);
    }
    for (const [id, comment] of here) {
      if (!kept.has(id) && !sent.has(id) && comment.isConnected) comment.remove();
    }
    for (const id of ["filters", "pages", "none"]) swap(id, page);
    const [count, newCount] = ["count-nav-comments", "count-nav-comments"].map((id, which) =>
      (which ? page : document).getElementById(id));
    if (count) count.textContent = newCount?.textContent ?? "0";
    const stays = anchorId && all().find((comment) => comment.dataset.id === anchorId);
    settle(stays ?? (next && list.contains(next) ? next : list.firstElementChild));
    if (stays && top !== undefined) scrollBy({ top: stays.getBoundingClientRect().top - top, behavior: "instant" });
    if (wasInside && !list.contains(document.activeElement)) {
      const same = button && stays?.querySelector(`button[value="${button}"]`);
      if (same) same.focus({ preventScroll: true });
      else if (at) at.focus({ preventScroll: true });
      else main.focus();
    }
    countSelected();
    return fresh;
  };
  const adopt = (coming, markup) => {
    const own = document.importNode(coming, true);
    made.set(own, markup);
    own.tabIndex = -1;
    return own;
  };
  const swap = (id, page) => {
    const own = $(id), coming = page.getElementById(id);
    own.hidden = coming.hidden;
    if (own.innerHTML !== coming.innerHTML && !own.contains(document.activeElement)) {
      own.replaceChildren(...[...coming.childNodes].map((node) => document.importNode(node, true)));
    }
  };
  // What was done, and the button that takes it back, for ten seconds.
  const showDone = (page) => {
    const coming = page.querySelector("#did > *");
    clearTimeout(undoEnds);
    $("did").replaceChildren(...(coming ? [document.importNode(coming, true)] : []));
    if (coming) {
      say(coming.querySelector("p").textContent);
      $("did").firstElementChild.removeAttribute("role");
    }
    endUndo();
  };
  const endUndo = () => {
    undoEnds = setTimeout(() => {
      if ($("did").contains(document.activeElement)) (at ?? main).focus({ preventScroll: true });
      $("did").replaceChildren();
    }, PATIENCE);
  };

  const ask = async (address, fields) => {
    const answer = await fetch(address, fields
      ? { method: "POST", body: new URLSearchParams(fields) }
      : { headers: { accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    // Somebody who has to sign in again, for one.
    if (answer.ok && !page.getElementById("list")) location.assign(answer.url);
    if (!answer.ok || !page.getElementById("list")) throw new Error(String(answer.status));
    return page;
  };
  // One after the other, so that each answer shows what the one before did.
  const send = (form, act, ids) => {
    const fields = [...new FormData(form)].map(([name, value]) => [name, String(value)]);
    if (act) fields.push(["do", act]);
    const comments = all().filter((comment) => ids.includes(comment.dataset.id));
    for (const comment of comments) {
      sent.add(comment.dataset.id);
      comment.setAttribute("aria-busy", "true");
    }
    const done = () => {
      for (const comment of comments) {
        sent.delete(comment.dataset.id);
        comment.removeAttribute("aria-busy");
      }
    };
    sending = sending.then(async () => {
      try {
        const page = await ask(form.getAttribute("action"), fields);
        done();
        complain("");
        show(page);
        showDone(page);
      } catch {
        done();
        complain(words.failed);
      }
    });
  };
  const decide = (act) => {
    const several = selected();
    // What one is not at is not decided on: the first key leads there.
    if (!several.length && !focused()) return goTo(current());
    const chosen = several.length ? several : [focused()];
    if (chosen.some((comment) => sent.has(comment.dataset.id))) return;
    const ids = chosen.map((comment) => comment.dataset.id);
    if (several.length) {
      send($("several"), act, ids);
      for (const comment of several) box(comment).checked = false;
      countSelected();
      return;
    }
    const [one] = chosen;
    if (!one.querySelector(`.acts button[value="${act}"]`)) return say(words.notHere);
    goTo(besides(one, 1) ?? besides(one, -1));
    send(one.querySelector(".acts"), act, ids);
  };
  const undo = () => {
    if ($("undo")) send($("undo"), "", []);
  };

  document.addEventListener("submit", (event) => {
    const form = event.target, act = event.submitter?.value;
    if (form.id === "undo") {
      event.preventDefault();
      undo();
    } else if (form.id === "several") {
      event.preventDefault();
      if (selected().length) decide(act);
    } else if (form.matches("#list .acts")) {
      event.preventDefault();
      const one = form.closest("article");
      if (sent.has(one.dataset.id)) return;
      goTo(besides(one, 1) ?? besides(one, -1));
      send(form, act, [one.dataset.id]);
    }
  });
  list.addEventListener("change", countSelected);
  list.addEventListener("focusin", (event) => {
    const comment = event.target.closest("#list > article");
    if (comment) settle(comment);
  });

  const ACTS = { KeyA: "approve", KeyR: "reject", KeyS: "spam", KeyW: "withdraw", KeyB: "block" };
  const KEPT = "warraq-keys";
  const keysOn = $("keys-on");
  try { keysOn.checked = localStorage.getItem(KEPT) !== "off"; } catch { /* not kept then */ }
  keysOn.addEventListener("change", () => {
    try { localStorage.setItem(KEPT, keysOn.checked ? "on" : "off"); } catch { /* not kept then */ }
  });
  const showKeys = () => $("keys").showModal();
  const isTyping = (element) =>
    element.isContentEditable || element.matches("textarea, select, input:not([type=checkbox], [type=radio])");
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat && event.code !== "KeyJ" && event.code !== "KeyK") return;
    if (!keysOn.checked || $("keys").open || isTyping(event.target)) return;
    if (event.code === "Slash" && event.shiftKey) showKeys();
    else if (event.shiftKey) return;
    else if (event.code === "KeyJ") step(1);
    else if (event.code === "KeyK") step(-1);
    else if (event.code === "KeyZ") undo();
    else if (event.code === "KeyX" && focused()) box(focused()).click();
    else if (ACTS[event.code]) decide(ACTS[event.code]);
    else return;
    event.preventDefault();
  });
  $("show-keys").addEventListener("click", showKeys);

  // What comes in is fetched from this address again, once at a time.
  let isStale = false, isAsking = false;
  const refresh = async () => {
    isStale = true;
    if (isAsking) return;
    isAsking = true;
    try {
      while (isStale) {
        isStale = false;
        await sending;
        const address = new URL(location.href);
        address.searchParams.delete("did");
        address.searchParams.delete("seal");
        address.searchParams.delete("done");
        const fresh = show(await ask(address));
        if (fresh) say(fresh > 1 ? words.news : words.new);
      }
    } catch { /* The next event asks again. */ }
    isAsking = false;
  };
  const live = new EventSource(`/newsroom/comments/live?since=${position}`);
  live.addEventListener("comments", (event) => {
    if (Number(event.lastEventId) > position) refresh();
  });
  live.addEventListener("error", () => {
    if (live.readyState === EventSource.CLOSED) complain(words.cut);
  });
  addEventListener("pagehide", () => live.close());
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

  main.classList.add("scripted");
  list.setAttribute("role", "feed");
  for (const comment of all()) made.set(comment, comment.outerHTML);
  $("show-keys").hidden = false;
  settle(list.firstElementChild);
  countSelected();
  endUndo();
})();
