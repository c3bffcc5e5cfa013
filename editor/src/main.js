// The editor in which an article is written together. It stands in the place of the
// plain text area, which is there for whoever has no script, and which is left as
// it is until the text has come.
import { Editor, Extension } from "@tiptap/core";
import { Slice } from "@tiptap/pm/model";
import { Plugin } from "@tiptap/pm/state";
import { yCursorPlugin, ySyncPlugin, yUndoPlugin } from "@tiptap/y-tiptap";
import { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";
import { Direction, directionOf } from "./direction.js";
import { keep } from "./keep.js";
import { Keys, acts } from "./keys.js";
import { connect } from "./line.js";
import { ROOT, extensions } from "./schema.js";

// A line break of pasted HTML, and signs that turn letters around.
const BREAK = "\u2028";
const TURNING = /[\u202a-\u202e\u2066-\u2069]/g;

const start = async () => {
  const form = document.querySelector("form.edit");
  const area = document.getElementById("body");
  const place = document.getElementById("together");
  if (!form || !area || !place || !window.WebSocket) return;
  const words = place.dataset;
  const { article } = words;
  const label = document.querySelector("label[for=body]");
  label.id ||= "body-label";
  const language = document.getElementById("language");
  const status = place.querySelector("[role=status]");
  const trouble = place.querySelector("[role=alert]");
  const kept = await keep(Number(article));
  // The document that is written in now: another one when its text was saved
  // another way.
  let doc, fragment, awareness, line;
  let editor = null;

  const textOf = () => {
    const lines = [];
    const walk = (node) => {
      if (node instanceof Y.XmlText) lines.push(node.toDelta().map((one) => one.insert).join(""));
      else node.toArray().forEach(walk);
    };
    walk(fragment);
    return lines.join("\n\n");
  };

  const told = (state) => {
    if (status.dataset.state === state) return;
    status.dataset.state = state;
    status.textContent = words[state];
  };

  // What cannot be sent any more is shown, so that it can be copied.
  const complain = (sentence, text) => {
    trouble.hidden = false;
    trouble.textContent = sentence;
    if (!text) return;
    const left = document.createElement("textarea");
    left.readOnly = true;
    left.rows = 8;
    left.value = text;
    left.setAttribute("aria-label", sentence);
    trouble.append(left);
  };
  const close = (sentence, text) => {
    editor?.setEditable(false);
    complain(sentence, text);
  };

  const together = () => Extension.create({
    name: "together",
    addProseMirrorPlugins: () => [
      ySyncPlugin(fragment),
      yCursorPlugin(awareness, {
        cursorBuilder: (user) => {
          const caret = document.createElement("span");
          caret.className = "caret";
          const name = document.createElement("bdi");
          name.textContent = user.name || "";
          caret.append("\u2060", name, "\u2060");
          return caret;
        },
        selectionBuilder: () => ({ class: "selected-by" }),
      }),
      yUndoPlugin(),
      new Plugin({
        props: {
          transformPastedText: (text) => text.replace(TURNING, ""),
          transformPastedHTML: (html) => html.replace(/<br[^>]*>/gi, BREAK).replace(TURNING, ""),
          transformPasted: (slice, view) => Slice.fromJSON(view.state.schema, JSON.parse(JSON.stringify(slice.toJSON() || {}).replaceAll(BREAK, "\\n"))),
        },
      }),
    ],
  });

  const own = acts(words);
  const page = document.createElement("div");
  page.className = "page";

  // The text has come: the editor takes the place of the text area.
  const replace = () => {
    area.after(place, page);
    area.hidden = true;
    area.disabled = true;
    label.removeAttribute("for");
    const mark = document.createElement("input");
    mark.type = "hidden";
    mark.name = "together";
    mark.value = "1";
    form.append(mark);
    place.hidden = false;
    document.querySelector("details.notation")?.remove();
    document.getElementById("body-hint")?.remove();
    for (const button of place.querySelectorAll("[role=toolbar] button")) {
      button.addEventListener("mousedown", (event) => event.preventDefault());
      button.addEventListener("click", () => {
        own[button.dataset.act]({ editor, state: editor.state, view: editor.view });
        editor.view.focus();
      });
    }
  };

  const ready = () => {
    if (editor) return;
    if (!area.disabled) {
      // What was typed into the plain field meanwhile stays there, and is sent with the form.
      if (area.value !== area.defaultValue) return line.leave();
      replace();
    }
    editor = new Editor({
      element: page,
      injectCSS: false,
      extensions: [...extensions, Direction.configure({ own: () => directionOf(language?.value || "ar") }), Keys.configure({ acts: own }), together()],
      editorProps: {
        attributes: { class: "said", role: "textbox", "aria-multiline": "true", "aria-labelledby": label.id, dir: area.dir, spellcheck: "true" },
      },
    });
  };

  const scheme = location.protocol === "https:" ? "wss:" : "ws:";
  const begin = () => {
    editor?.destroy();
    editor = null;
    doc = new Y.Doc();
    fragment = doc.getXmlFragment(ROOT);
    awareness = new Awareness(doc);
    line = connect({
      address: `${scheme}//${location.host}/newsroom/articles/live/${article}`,
      doc, awareness, kept, textOf, told, ready,
      left: (text) => complain(words.left, text),
      ended: (isLeft) => close(words.ended, isLeft ? textOf() : ""),
      again: (isLeft) => (isLeft ? close(words.left, textOf()) : begin()),
      refused: (why) => close(why === 1 ? words.full : words.damaged, textOf()),
    });
  };
  begin();

  // What is saved is what the server has: the last letters go there first.
  let goes = false;
  form.addEventListener("submit", (event) => {
    if (!editor || goes || line.isOver() || line.isSettled()) return;
    event.preventDefault();
    const button = event.submitter;
    line.settle().then((all) => {
      if (!all) return complain(words.notSent, "");
      goes = true;
      form.requestSubmit(button);
      goes = false;
      return undefined;
    });
  });
};

start();
