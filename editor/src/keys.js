// What keys and buttons do. Keys are known by their places, so that they are the
// same on every layout.
import { Extension } from "@tiptap/core";
import { wrapIn } from "@tiptap/pm/commands";
import { liftListItem, sinkListItem, splitListItem, wrapInList } from "@tiptap/pm/schema-list";
import { Plugin, TextSelection } from "@tiptap/pm/state";
import { redo, undo } from "@tiptap/y-tiptap";
import { isAddress } from "./schema.js";

const isIn = (state, name) => {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth -= 1) if ($from.node(depth).type.name === name) return true;
  return false;
};

// Words between two signs, or both with the caret between them.
const between = (open, close) => ({ state, view }) => {
  const { from, to } = state.selection;
  const words = state.doc.textBetween(from, to);
  const tr = state.tr.insertText(close, to).insertText(open, from);
  view.dispatch(tr.setSelection(TextSelection.create(tr.doc, words ? to + open.length + close.length : from + open.length)));
  return true;
};

const mark = (name) => ({ editor }) => editor.commands.toggleMark(name);
const asked = (name, attribute, words, is) => ({ editor }) => {
  if (editor.isActive(name)) return editor.chain().extendMarkRange(name).unsetMark(name).run();
  if (editor.state.selection.empty) return false;
  const value = (window.prompt(words, name === "language" ? "en" : "https://") || "").trim();
  return is(value) && editor.commands.setMark(name, { [attribute]: value });
};
const block = (name, attributes) => ({ editor }) => editor.commands.setNode(name, attributes);
const command = (make) => ({ state, view, editor }) => make(editor.schema.nodes)(state, view.dispatch, view);

export const acts = (words) => ({
  strong: mark("strong"),
  emphasis: mark("emphasis"),
  link: asked("link", "url", words.askLink, isAddress),
  language: asked("language", "lang", words.askLanguage, (code) => /^[a-z][a-z0-9-]{1,34}$/i.test(code)),
  paragraph: block("paragraph"),
  heading: block("heading", { level: "2" }),
  heading3: block("heading", { level: "3" }),
  heading4: block("heading", { level: "4" }),
  list: command((nodes) => wrapInList(nodes.list)),
  numbered: command((nodes) => wrapInList(nodes.list, { ordered: "true" })),
  quotation: command((nodes) => wrapIn(nodes.quotation)),
  separator: ({ editor }) => editor.commands.insertContent({ type: "separator" }),
  guillemets: between("«", "»"),
  quotes: between("“", "”"),
  undo: ({ state }) => undo(state),
  redo: ({ state }) => redo(state),
});

// By the place of the key: with Ctrl (Cmd), with Ctrl and Shift, with Ctrl and Alt.
const CTRL = { KeyB: "strong", KeyI: "emphasis", KeyZ: "undo", KeyY: "redo" };
const SHIFT = { KeyK: "link", KeyZ: "redo" };
const ALT = {
  Digit0: "paragraph", Digit2: "heading", Digit3: "heading3", Digit4: "heading4",
  KeyU: "list", KeyO: "numbered", KeyQ: "quotation", KeyL: "language",
  Comma: "guillemets", Period: "quotes", Minus: "separator",
};

export const Keys = Extension.create({
  name: "keys",
  priority: 1000,
  addOptions: () => ({ acts: {} }),
  addProseMirrorPlugins() {
    const { editor, options } = this;
    const run = (name) => options.acts[name]({ editor, state: editor.state, view: editor.view });
    return [new Plugin({
      props: {
        handleKeyDown: (view, event) => {
          const ctrl = event.ctrlKey || event.metaKey;
          if (!ctrl || event.getModifierState("AltGraph")) return false;
          const table = event.altKey ? ALT : event.shiftKey ? SHIFT : CTRL;
          const name = table[event.code];
          if (!name) return false;
          event.preventDefault();
          run(name);
          return true;
        },
      },
    })];
  },
  addKeyboardShortcuts() {
    const on = (make) => () => {
      const { state, view, schema } = this.editor;
      return make(schema.nodes)(state, view.dispatch);
    };
    // An empty line at the end of a list or a quotation leads out of it.
    const out = () => {
      const { state } = this.editor;
      const { $from, empty } = state.selection;
      if (!empty || $from.parent.content.size || !isIn(state, "quotation")) return false;
      if ($from.parent.type.name === "line" && $from.node(-1).childCount < 2) return false;
      const after = $from.after(1);
      const tr = state.tr.insert(after, state.schema.nodes.paragraph.create());
      tr.setSelection(TextSelection.create(tr.doc, after + 1));
      tr.delete($from.before(), $from.after());
      this.editor.view.dispatch(tr.scrollIntoView());
      return true;
    };
    return {
      Enter: () => out() || on((nodes) => splitListItem(nodes.item))() || on((nodes) => liftListItem(nodes.item))(),
      "Shift-Enter": () => this.editor.commands.command(({ tr }) => { tr.insertText("\n"); return true; }),
      Tab: () => isIn(this.editor.state, "item") && (on((nodes) => sinkListItem(nodes.item))() || true),
      "Shift-Tab": () => isIn(this.editor.state, "item") && (on((nodes) => liftListItem(nodes.item))() || true),
    };
  },
});
