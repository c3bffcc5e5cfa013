// Keys of every screen: ? tells them, Ctrl+K (⌘K) leads to a screen by some letters
// of its name. Keys are known by their places, so that they work on any layout. What
// is told stands on the page /newsroom/keys, which is all of it without this script.
"use strict";
(() => {
  const PAGE = "/newsroom/keys";
  const KEPT = "warraq-keys";
  const SHOWN = 12;
  let asked;

  // The parts of that page, fetched once: its two dialogs, and the screens.
  const parts = () => {
    asked ??= (async () => {
      let page = document;
      if (location.pathname !== PAGE) {
        const answer = await fetch(PAGE, { headers: { accept: "text/html" } });
        if (!answer.ok) throw new Error(String(answer.status));
        page = new DOMParser().parseFromString(await answer.text(), "text/html");
        for (const id of ["palette", "help"]) document.body.append(document.importNode(page.getElementById(id), true));
      }
      const screens = [...page.querySelectorAll("#screens a")].map((link) => ({
        path: link.getAttribute("href"),
        name: link.textContent.trim(),
        other: link.dataset.other,
        words: fold(`${link.textContent} ${link.dataset.other}`).split(/[^\p{L}\p{N}]+/u).filter(Boolean),
      }));
      prepareHelp();
      return { screens, find: preparePalette(screens) };
    })();
    // Another try is made where the first one failed.
    asked.catch(() => { asked = undefined; });
    return asked;
  };

  // One key for the spellings of a word, as the search of the site has it.
  const fold = (text) => text.normalize("NFKC").toLowerCase()
    .replace(/[\p{M}\p{Cf}\u0640]/gu, "")
    .replace(/[أإآٱ]/g, "ا").replace(/[ىی]/g, "ي").replace(/ة/g, "ه").replace(/ک/g, "ك").replace(/[ؤئ]/g, "ء");

  // Every word that is typed begins a word of the name, with or without its article.
  const bare = (word) => (word.length > 3 ? word.replace(/^و?ال/, "") : word);
  const fits = (screen, typed) => typed.every((word) =>
    screen.words.some((own) => own.startsWith(word) || bare(own).startsWith(bare(word))));

  const preparePalette = (screens) => {
    const dialog = document.getElementById("palette");
    const field = dialog.querySelector("input"), list = dialog.querySelector("[role=listbox]");
    const none = dialog.querySelector("[role=status]");
    let shown = [], at = 0;
    const mark = () => {
      [...list.children].forEach((option, place) => option.setAttribute("aria-selected", String(place === at)));
      const own = list.children[at];
      if (own) {
        field.setAttribute("aria-activedescendant", own.id);
        own.scrollIntoView({ block: "nearest" });
      } else field.removeAttribute("aria-activedescendant");
    };
    const find = () => {
      const typed = fold(field.value).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
      shown = screens.filter((screen) => fits(screen, typed)).slice(0, SHOWN);
      at = 0;
      list.replaceChildren(...shown.map((screen, place) => {
        const option = document.createElement("li");
        option.id = `palette-${place}`;
        option.setAttribute("role", "option");
        const name = document.createElement("span"), other = document.createElement("span");
        name.textContent = screen.name;
        other.textContent = screen.other;
        other.className = "hint";
        other.dir = "auto";
        other.lang = document.documentElement.lang === "ar" ? "en" : "ar";
        option.append(name, " ", other);
        option.addEventListener("click", () => location.assign(screen.path));
        return option;
      }));
      field.setAttribute("aria-expanded", String(shown.length > 0));
      list.hidden = shown.length === 0;
      none.textContent = shown.length ? "" : none.dataset.none;
      mark();
    };
    field.addEventListener("input", find);
    field.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.code === "ArrowDown") at = shown.length ? (at + 1) % shown.length : 0;
      else if (event.code === "ArrowUp") at = shown.length ? (at + shown.length - 1) % shown.length : 0;
      else if (event.code === "Enter" || event.code === "NumpadEnter") {
        if (shown[at]) location.assign(shown[at].path);
      } else return;
      event.preventDefault();
      mark();
    });
    return () => { field.value = ""; find(); };
  };

  // The keys of this screen, and those of all.
  const prepareHelp = () => {
    const dialog = document.getElementById("help");
    for (const section of dialog.querySelectorAll("[data-screen]")) {
      section.hidden = !location.pathname.startsWith(section.dataset.screen);
    }
    const on = dialog.querySelector("input");
    on.checked = keysOn();
    on.addEventListener("change", () => {
      try { localStorage.setItem(KEPT, on.checked ? "on" : "off"); } catch { /* not kept then */ }
    });
  };
  const keysOn = () => {
    try { return localStorage.getItem(KEPT) !== "off"; } catch { return true; }
  };

  const open = async (id) => {
    try {
      const { find } = await parts();
      if (document.querySelector("dialog[open]")) return;
      if (id === "palette") find();
      document.getElementById(id).showModal();
    } catch { location.assign(PAGE); }
  };
  const isTyping = (element) =>
    element.isContentEditable || element.matches("textarea, select, input:not([type=checkbox], [type=radio])");
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.repeat || event.defaultPrevented) return;
    const withControl = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (withControl && event.code === "KeyK") {
      event.preventDefault();
      open("palette");
    } else if (event.code === "Slash" && event.shiftKey && !event.ctrlKey && !event.altKey && !event.metaKey) {
      // The moderators' screen tells its own keys.
      if (isTyping(event.target) || !keysOn() || document.getElementById("keys")) return;
      event.preventDefault();
      open("help");
    }
  });
})();
