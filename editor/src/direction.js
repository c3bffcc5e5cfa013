// The direction of each block: the article's, unless its language says another
// or most of its letters are of the other script. What a sentence opens with,
// BBC or @name or #tag or 3-1, does not turn it.
import { Extension } from "@tiptap/core";
import { Plugin } from "@tiptap/pm/state";
import { Decoration, DecorationSet } from "@tiptap/pm/view";

const RIGHT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/gu;
const LEFT = /[A-Za-z\u00c0-\u024f\u0370-\u052f\u1e00-\u1fff]/gu;
const RIGHT_LANGUAGES = ["ar", "fa", "ur", "ckb", "he", "ps", "sd", "ug", "yi", "dv", "syr"];

export const directionOf = (language) => (RIGHT_LANGUAGES.includes((language || "").split("-")[0].toLowerCase()) ? "rtl" : "ltr");

export const directionOfText = (text, own) => {
  const right = (text.match(RIGHT) || []).length;
  const left = (text.match(LEFT) || []).length;
  if (own === "rtl") return left > right ? "ltr" : "rtl";
  return right > left ? "rtl" : "ltr";
};

export const Direction = Extension.create({
  name: "direction",
  addOptions: () => ({ own: () => "rtl" }),
  addProseMirrorPlugins() {
    const { own } = this.options;
    return [new Plugin({
      props: {
        decorations: ({ doc }) => {
          const made = [];
          doc.forEach((block, at) => {
            const { lang } = block.attrs;
            const dir = lang ? directionOf(lang) : directionOfText(block.textContent, own());
            const attributes = lang ? { dir, lang } : { dir };
            made.push(Decoration.node(at, at + block.nodeSize, attributes));
          });
          return DecorationSet.create(doc, made);
        },
      },
    })];
  },
});
