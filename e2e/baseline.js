// A browser of early 2018 (Chromium 64, Firefox 58), told by the style alone:
// only what both knew is kept, rule by rule, by the lists below.
const postcss = require('postcss');

/** Properties both knew, unprefixed. */
const properties = new Set(`
align-content align-items align-self background background-color border border-bottom border-bottom-color border-collapse
border-color border-left border-radius border-right border-spacing border-style border-top border-width bottom box-sizing
caption-side clear clip color column-count column-gap content cursor direction display flex flex-basis
flex-direction flex-flow flex-grow flex-shrink flex-wrap float font font-family font-size font-style font-variant font-weight
height justify-content left letter-spacing line-height list-style list-style-type margin margin-bottom margin-left
margin-right margin-top max-height max-width min-height min-width object-fit object-position opacity order outline
outline-color outline-offset outline-width overflow overflow-wrap overflow-x overflow-y padding padding-bottom padding-left
padding-right padding-top pointer-events position quotes resize right table-layout text-align text-decoration text-indent
text-overflow text-transform top transform transition unicode-bidi vertical-align visibility white-space width word-break
word-spacing word-wrap z-index
`.trim().split(/\s+/));
/** Functions in values that both knew. */
const functions = new Set(['attr', 'calc', 'hsl', 'hsla', 'linear-gradient', 'rect', 'rgb', 'rgba', 'rotate', 'translate', 'translatex', 'translatey', 'url', 'var']);
/** Values newer than the baseline though the property is not. */
const newValues = /\b(inline-start|inline-end|fit-content|min-content|max-content|anywhere|clip-path|contents|flow-root|revert|plaintext|balance|pretty)\b|\d(dvh|svh|lvh|dvw|svw|lvw|cqw|lh|ic|cap)\b/;
/** `start` and `end` of text both knew; of flex containers they did not. */
const newStarts = /^(align|justify)-/;
/** Selectors beyond type, class, id, attribute, combinators. */
const pseudos = new Set(['active', 'after', 'before', 'checked', 'disabled', 'empty', 'enabled', 'first-child', 'first-of-type', 'focus', 'hover', 'last-child', 'last-of-type', 'link', 'not', 'nth-child', 'nth-last-child', 'nth-of-type', 'only-child', 'root', 'target', 'visited']);
/** Media features. */
const media = new Set(['min-width', 'max-width', 'min-height', 'max-height', 'orientation', 'resolution']);

const known = (declaration) => declaration.prop.startsWith('--') || (
  properties.has(declaration.prop)
  && [...declaration.value.matchAll(/([a-z-]+)\(/gi)].every((found) => functions.has(found[1].toLowerCase()))
  && !newValues.test(declaration.value)
  && !(newStarts.test(declaration.prop) && /\b(start|end)\b/.test(declaration.value.replace(/flex-(start|end)/g, '')))
);
const selects = (selector) => [...selector.matchAll(/::?([a-z-]+)/gi)].every((found) => pseudos.has(found[1].toLowerCase()));

/** The style as such a browser reads it, and what it did not know. */
function of2018(css) {
  const root = postcss.parse(css);
  const dropped = [];
  const drop = (node, what) => { dropped.push(what); node.remove(); };
  root.walkAtRules((rule) => {
    if (rule.name === 'media') {
      const features = [...rule.params.matchAll(/\(\s*([a-z-]+)/g)].map((found) => found[1]);
      if (!features.every((feature) => media.has(feature))) drop(rule, `@media ${rule.params}`);
    } else if (rule.name === 'supports') {
      // Held against the lists: what they lack is not supported.
      const asked = [...rule.params.matchAll(/\(([a-z-]+)\s*:\s*([^)]+)\)/g)];
      if (asked.every(([, prop, value]) => known({ prop, value }))) rule.replaceWith(rule.nodes);
      else drop(rule, `@supports ${rule.params}`);
    } else if (rule.name !== 'font-face' && rule.name !== 'keyframes' && rule.name !== 'page') drop(rule, `@${rule.name}`);
  });
  root.walkRules((rule) => { if (!rule.selectors.every(selects)) drop(rule, rule.selector); });
  root.walkDecls((declaration) => { if (!known(declaration)) drop(declaration, `${declaration.prop}:${declaration.value}`); });
  return { css: root.toString(), dropped };
}

module.exports = { of2018 };
