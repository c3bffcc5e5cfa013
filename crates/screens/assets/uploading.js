// The library: files chosen, dropped or pasted go up in parts, with their progress,
// and go on after a line that broke. All of it works without this script, by a form.
"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const pause = (time) => new Promise((done) => { setTimeout(done, time); });
  const TRIES = 30;

  const copied = $("notation");
  if (copied && navigator.clipboard) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "quiet";
    button.textContent = copied.dataset.copy;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(copied.value);
      button.textContent = copied.dataset.copied;
    });
    copied.after(button);
  }

  const form = $("upload");
  if (!form) return;
  const chosen = $("files"), coming = $("coming"), words = form.dataset;
  const token = form.elements.form.value, article = form.elements.for?.value ?? "";
  const fields = (more) => new URLSearchParams({ form: token, for: article, ...more });

  /** The answer to a request, tried again while the line or the server is away. */
  async function ask(path, options) {
    for (let turn = 0; ; turn += 1) {
      try {
        const answer = await fetch(path, { redirect: "error", ...options });
        if (answer.status !== 503 && answer.headers.get("content-type") === "application/json") {
          return { status: answer.status, ...await answer.json() };
        }
        if (answer.status === 401 || answer.status === 403) return { status: answer.status, error: words.signedOut };
      } catch { /* The line is away. */ }
      if (turn >= TRIES) return { status: 0, error: words.failed };
      await pause(Math.min(500 * 2 ** turn, 10_000));
    }
  }

  async function send(file) {
    const line = document.createElement("li");
    const name = document.createElement("bdi");
    const bar = document.createElement("progress");
    const says = document.createElement("span");
    name.textContent = file.name;
    bar.max = file.size || 1;
    bar.value = 0;
    bar.setAttribute("aria-label", file.name);
    says.textContent = ` ${words.waits}`;
    line.append(name, " ", bar, says);
    coming.append(line);
    const fail = (why) => {
      line.className = "fault";
      line.replaceChildren(name, `: ${why}`);
      return null;
    };
    const begun = await ask("/newsroom/media/begin", { method: "POST", body: fields({ name: file.name, bytes: file.size }) });
    if (begun.error) return fail(begun.error);
    says.textContent = "";
    let at = begun.at;
    while (at < file.size) {
      const part = file.slice(at, at + begun.part);
      const sent = await ask(`/newsroom/media/part/${begun.id}?at=${at}`, {
        method: "POST", body: part, headers: { "content-type": "application/octet-stream", "warraq-form": token },
      });
      if (sent.error) return fail(sent.error);
      at = sent.at;
      bar.value = at;
    }
    says.textContent = ` ${words.waits}`;
    const done = await ask(`/newsroom/media/finish/${begun.id}`, { method: "POST", body: fields({}) });
    if (done.error) return fail(done.error);
    bar.remove();
    says.textContent = " ✓";
    return done.to;
  }

  async function sendAll(files) {
    coming.replaceChildren();
    const kept = [];
    for (const file of files) kept.push(await send(file));
    chosen.value = "";
    if (kept.includes(null) || kept.length === 0) return;
    const back = new URL("/newsroom/media?done=kept", location.href);
    if (article) back.searchParams.set("for", article);
    location.assign(kept.length === 1 ? kept[0] : back);
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    sendAll([...chosen.files]);
  });
  chosen.addEventListener("change", () => { if (chosen.files.length > 0) sendAll([...chosen.files]); });
  document.addEventListener("paste", (event) => {
    if (event.clipboardData.files.length === 0) return;
    event.preventDefault();
    sendAll([...event.clipboardData.files]);
  });
  document.addEventListener("dragover", (event) => { event.preventDefault(); form.classList.add("over"); });
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) form.classList.remove("over"); });
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("over");
    if (event.dataTransfer.files.length > 0) sendAll([...event.dataTransfer.files]);
  });
})();
