// The editor's nodes and marks, made of the schema that the server reads by.
import { Mark, Node } from "@tiptap/core";
import schema from "../schema.json" with { type: "json" };

export const ROOT = schema.root;
export const MARKS = schema.marks;

const LEVELS = { h1: "2", h2: "2", h3: "3", h4: "4", h5: "4", h6: "4" };
// Addresses that a link may lead to, as the server takes them.
const ADDRESS = /^(https?:\/\/|mailto:|tel:|\/(?!\/)|#)\S+$/i;
export const isAddress = (text) => ADDRESS.test(text);

// What of pasted HTML is which node.
const READ = {
  paragraph: [{ tag: "p" }, { tag: "div", priority: 10 }, { tag: "pre" }],
  heading: Object.entries(LEVELS).map(([tag, level]) => ({ tag, attrs: { level } })),
  list: [{ tag: "ul" }, { tag: "ol", attrs: { ordered: "true" } }],
  item: [{ tag: "li" }],
  line: [{ tag: "p", context: "item/|quotation/", priority: 60 }],
  quotation: [{ tag: "blockquote" }],
  table: [{ tag: "table" }],
  row: [{ tag: "tr" }],
  cell: [{ tag: "td" }, { tag: "th" }],
  separator: [{ tag: "hr" }],
};

// How a node stands in the editor. An atom tells its attributes in words.
const told = (node) => {
  const { alt, caption, title, url, media } = node.attrs;
  return [alt, caption, title, url].find((words) => words) || (media ? `#${media}` : "…");
};
const SHOWN = {
  paragraph: () => ["p", 0],
  heading: (node) => [`h${["2", "3", "4"].includes(node.attrs.level) ? node.attrs.level : "2"}`, 0],
  list: (node) => [node.attrs.ordered ? "ol" : "ul", 0],
  item: () => ["li", 0],
  line: () => ["p", 0],
  quotation: () => ["blockquote", 0],
  source: () => ["footer", 0],
  image: (node) => ["figure", ["bdi", told(node)]],
  gallery: () => ["div", { class: "gallery" }, 0],
  table: () => ["table", ["tbody", 0]],
  row: () => ["tr", 0],
  cell: () => ["td", 0],
  embed: (node) => ["figure", ["bdi", told(node)]],
  separator: () => ["hr"],
};

const bare = (name) => ({ default: null, rendered: false, keepOnSplit: name !== "id", parseHTML: () => null });

const nodes = schema.nodes.map(({ name, block, content, marks, attributes }) => Node.create({
  name,
  content,
  group: block ? "block" : undefined,
  marks: marks ? "_" : "",
  atom: !content,
  defining: name === "heading" || name === "item" || name === "quotation",
  whitespace: content === "text*" ? "pre" : "normal",
  addAttributes() {
    const own = block ? ["id", "lang"] : [];
    return Object.fromEntries([...own, ...attributes].map((one) => [one, bare(one)]));
  },
  parseHTML: () => READ[name] || [],
  renderHTML: ({ node }) => SHOWN[name](node),
}));

const MARKED = {
  link: {
    read: [{ tag: "a[href]", getAttrs: (at) => isAddress(at.getAttribute("href")) && { url: at.getAttribute("href") } }],
    shown: ({ url }) => ["a", { href: url, rel: "noopener" }, 0],
  },
  language: {
    read: [{ tag: "span[lang]", getAttrs: (at) => ({ lang: at.getAttribute("lang") }) }],
    shown: ({ lang }) => ["bdi", { lang }, 0],
  },
  strong: { read: [{ tag: "strong" }, { tag: "b" }], shown: () => ["strong", 0] },
  emphasis: { read: [{ tag: "em" }, { tag: "i" }], shown: () => ["em", 0] },
};

const marks = schema.marks.map(({ name, attribute }) => Mark.create({
  name,
  inclusive: name !== "link",
  addAttributes: () => (attribute ? { [attribute]: { default: null, rendered: false } } : {}),
  parseHTML: () => MARKED[name].read,
  renderHTML: ({ mark }) => MARKED[name].shown(mark.attrs),
}));

export const extensions = [
  Node.create({ name: "doc", topNode: true, content: "block+" }),
  Node.create({ name: "text", group: "inline" }),
  ...nodes,
  ...marks,
];
