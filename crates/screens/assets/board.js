// Lists that are put in order: by dragging a handle, and by Alt with an arrow; what
// others do meanwhile comes in while one looks. All of it works without this script,
// by forms.
"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const main = $("main"), words = main.dataset;
  const told = $("told"), trouble = $("trouble");

  // How many letters are typed, as the server counts them.
  const text = $("text"), letters = $("letters");
  if (text && letters) {
    const count = () => {
      const used = [...text.value.trim().replace(/\s+/gu, " ")].length;
      const most = Number(text.dataset.most);
      letters.textContent = `${used} / ${most}`;
      letters.classList.toggle("over", used > most);
      letters.hidden = false;
    };
    text.addEventListener("input", count);
    count();
  }
  // How dates are written, as it is chosen.
  const example = $("example");
  if (example) {
    const form = $("settings"), button = $("example-go");
    let asked = 0;
    form.addEventListener("change", async (event) => {
      if (!/^(dates-|time-zone$)/.test(event.target.name)) return;
      const own = asked += 1;
      try {
        const answer = await fetch(button.formAction, { method: "POST", body: new URLSearchParams(new FormData(form)) });
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const coming = page.getElementById("example");
        if (coming && own === asked) example.textContent = coming.textContent;
      } catch { /* The button asks again. */ }
    });
  }
  if (!words.live) return;

  let position = Number(words.position);
  // Moves on their way, one after the other.
  let sending = Promise.resolve(), pending = 0;
  let leaves = 0;

  const list = () => $("lines");
  const all = () => [...(list()?.children ?? [])];
  const say = (sentence) => {
    told.textContent = "";
    // Emptied first, so that the same sentence is said again.
    setTimeout(() => { told.textContent = sentence; }, 50);
  };
  const complain = (sentence) => {
    trouble.textContent = sentence;
    trouble.hidden = !sentence;
  };
  const lineOf = (element) => element?.closest?.("#lines > li");

  const showHandles = () => {
    for (const handle of document.querySelectorAll("#lines .handle")) handle.hidden = false;
    $("how").hidden = all().length < 2;
  };
  // Takes over the list of an answer, and stays where one is.
  const show = (page) => {
    const active = document.activeElement;
    const line = lineOf(active);
    const at = line ? all().indexOf(line) : -1;
    const which = line ? [...line.querySelectorAll("button, a")].indexOf(active) : -1;
    position = Number(page.getElementById("main").dataset.position);
    $("around").replaceChildren(...[...page.getElementById("around").childNodes].map((node) => document.importNode(node, true)));
    // What is added goes on from the order that is shown now.
    const own = document.querySelector("#add [name=seen]"), coming = page.querySelector("#add [name=seen]");
    if (own && coming) own.value = coming.value;
    showHandles();
    if (at >= 0) {
      const stays = $(line.id) ?? all()[Math.min(at, all().length - 1)];
      const targets = stays ? [...stays.querySelectorAll("button, a")] : [];
      (targets[Math.min(which, targets.length - 1)] ?? text ?? main).focus({ preventScroll: true });
    }
    wait(Number(page.getElementById("main").dataset.next));
  };
  const ask = async (address, fields) => {
    const answer = await fetch(address, fields
      ? { method: "POST", body: new URLSearchParams(fields) }
      : { headers: { accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!page.getElementById("around")) {
      // Somebody who has to sign in again, for one.
      if (answer.ok) location.assign(answer.url);
      throw new Error(String(answer.status));
    }
    return page;
  };

  // Sends a move that the list shows already.
  const send = (seen, line, to) => {
    const { action, form } = list().dataset;
    pending += 1;
    sending = sending.then(async () => {
      try {
        const page = await ask(action, { form, seen, line, to });
        pending -= 1;
        const refused = page.querySelector(".notice.refused:not(#trouble)");
        complain(refused?.textContent ?? "");
        // A later move is shown already.
        if (!pending || refused) show(page);
      } catch {
        pending -= 1;
        complain(words.failed);
        refresh();
      }
    });
  };
  const order = () => all().map((line) => line.dataset.id);
  const place = (line, to) => {
    const before = order();
    const from = before.indexOf(line.dataset.id);
    if (to < 0 || to >= before.length || to === from) return;
    const active = document.activeElement;
    const others = all().filter((other) => other !== line);
    list().insertBefore(line, others[to] ?? null);
    if (line.contains(active)) active.focus();
    say(words.moved.replace("@at", to + 1).replace("@of", before.length));
    send(before.join("-"), line.dataset.id, String(to));
  };

  document.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    const line = lineOf(document.activeElement);
    if (!line) return;
    event.preventDefault();
    place(line, all().indexOf(line) + (event.key === "ArrowUp" ? -1 : 1));
  });

  // The line that is dragged, where it was, and the order that was seen.
  let dragged = null;
  document.addEventListener("pointerdown", (event) => {
    const handle = event.target.closest?.(".handle");
    const line = lineOf(handle);
    if (!line || event.button !== 0) return;
    event.preventDefault();
    handle.focus();
    dragged = { line, pointer: event.pointerId, before: order() };
    line.classList.add("dragged");
  });
  document.addEventListener("pointermove", (event) => {
    if (dragged?.pointer !== event.pointerId) return;
    const over = all().find((line) => {
      const box = line.getBoundingClientRect();
      return event.clientY >= box.top && event.clientY < box.bottom;
    });
    if (!over || over === dragged.line) return;
    const lines = all();
    const down = lines.indexOf(dragged.line) < lines.indexOf(over);
    const box = over.getBoundingClientRect();
    // Past its middle, so that lines of different heights do not jump to and fro.
    const middle = box.top + box.height / 2;
    if (down ? event.clientY > middle : event.clientY < middle) {
      list().insertBefore(dragged.line, down ? over.nextElementSibling : over);
    }
  });
  const drop = (event) => {
    if (dragged?.pointer !== event.pointerId) return;
    const { line, before } = dragged;
    dragged = null;
    line.classList.remove("dragged");
    const to = all().indexOf(line);
    if (before.indexOf(line.dataset.id) === to || !line.isConnected) return;
    line.querySelector(".handle").focus();
    say(words.moved.replace("@at", to + 1).replace("@of", before.length));
    send(before.join("-"), line.dataset.id, String(to));
  };
  document.addEventListener("pointerup", drop);
  document.addEventListener("pointercancel", drop);

  // This screen without what it says was just done.
  const here = () => {
    const address = new URL(location.href);
    address.searchParams.delete("done");
    return address;
  };
  // What comes in is fetched from this address again, once at a time.
  let isStale = false, isAsking = false;
  const refresh = async (silent) => {
    isStale = true;
    if (isAsking) return;
    isAsking = true;
    try {
      while (isStale) {
        isStale = false;
        await sending;
        const before = order().join();
        const page = await ask(here());
        if (pending || dragged) { isStale = true; await new Promise((go) => { setTimeout(go, 200); }); continue; }
        show(page);
        if (!silent && order().join() !== before) say(words.news);
      }
    } catch { /* The next event asks again. */ }
    isAsking = false;
  };
  // Something leaves, or comes, by itself.
  const wait = (next) => {
    clearTimeout(leaves);
    if (next) leaves = setTimeout(() => refresh(), Math.min(Math.max(next - Date.now(), 0) + 700, 2 ** 31 - 1));
  };
  const live = new EventSource(`${words.live}?since=${position}`);
  live.addEventListener("changed", (event) => {
    if (Number(event.lastEventId) > position) refresh();
  });
  live.addEventListener("error", () => {
    if (live.readyState === EventSource.CLOSED) complain(words.cut);
  });
  addEventListener("pagehide", () => live.close());
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  showHandles();
  wait(Number(words.next));
})();
