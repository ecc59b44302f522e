// The search. In a release it looks through the whole texts; elsewhere, opened from a disk, or under a policy that
// forbids WebAssembly, through the titles.

const bundle = new URL("../pagefind/", document.currentScript.src);
const place = document.querySelector("search");
const phrases = JSON.parse(place.dataset.words);
const form = place.querySelector("form");
const told = place.querySelector("[role=status]");
const list = place.querySelector("ol");
const more = place.querySelector("button");
const sections = [...document.querySelectorAll(".everything")];
const pages = [...document.querySelectorAll(".everything [data-type] li")];
const known = new Map(pages.map((page) => [path(page.firstChild.href), page]));
const SHOWN = 4;
const EMPTY = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]); // the smallest program of WebAssembly
const PAUSE = 120; // milliseconds without a key after which a query is asked

// Characters of scripts that write no spaces between words. In the index each is a word, with spaces around it.
const CHARACTER = "[\u2e80-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\u{20000}-\u{3ffff}]";
const single = new RegExp(CHARACTER, "gu");
const phrase = new RegExp(`^${CHARACTER}{2,}$`, "u");
const between = new RegExp(`(?<=${CHARACTER}(?:</mark>)?) +| +(?=(?:<mark>)?${CHARACTER})`, "gu");

let engine; // a promise of what searches, or of nothing
let facets; // a promise of the type and the year of every page by its name in the index
let asked = 0;
let waiting;

async function load() {
  if (location.protocol === "file:") return null;
  try {
    new WebAssembly.Module(EMPTY);
    const entry = await (await fetch(new URL("pagefind-entry.json", bundle))).json();
    if (!Object.keys(entry.languages).length) return null;
    const { createInstance } = await import(new URL("pagefind.js", bundle));
    const instance = createInstance({ noWorker: true });
    await instance.init();
    return instance;
  } catch {
    return null;
  }
}

function words(query) {
  const spaced = query.replace(single, " $& ").replace(/\s+/g, " ").trim();
  return phrase.test(query) ? `"${spaced}"` : spaced;
}

async function ask() {
  const turn = ++asked;
  const wanted = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, value.trim()]));
  const given = Object.entries(wanted).filter(([, value]) => value);
  history.replaceState(null, "", given.length ? `?${new URLSearchParams(given)}` : location.pathname);
  const searching = wanted.q && (await (engine ??= load()));
  if (turn !== asked) return;
  if (!searching) return filter(wanted);
  const { results } = await searching.search(words(wanted.q));
  const fitting = wanted.type || wanted.year ? await narrowed(results, wanted) : results;
  if (turn === asked) await show(fitting, wanted.q, turn);
}

async function narrowed(results, wanted) {
  facets ??= fetch(new URL("facets.json", bundle)).then((response) => response.json());
  const all = await facets;
  return results.filter(({ id }) => (!wanted.type || all[id][0] === wanted.type) && (!wanted.year || all[id][1] === wanted.year));
}

// The index of everything, with those pages alone whose titles have the words.
function filter({ q, type, year }) {
  const parts = q.toLowerCase().split(/\s+/);
  for (const page of pages) {
    const text = page.firstChild.textContent.toLowerCase();
    const fits = (!type || page.closest("[data-type]").dataset.type === type) && (!year || page.lastChild.textContent === year);
    page.hidden = !fits || parts.some((part) => !text.includes(part));
  }
  for (const section of document.querySelectorAll("[data-type]")) section.hidden = !section.querySelector("li:not([hidden])");
  for (const section of sections) section.hidden = false;
  const left = pages.filter((page) => !page.hidden).length;
  list.replaceChildren();
  more.hidden = true;
  tell(q || type || year ? left : -1, q, "title");
  if (q) told.append(`${say(". Only titles are searched here; a released site on a web server searches the whole texts.")}`);
}

// A phrase in the language of the page, of one thing or of several, with the values in their places.
function say(phrase, values = {}) {
  return phrases[phrase][values.count === 1 ? 0 : 1].replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

function tell(count, query, what) {
  const advice = say("try fewer words, the beginning of a word, or every type and year");
  const none = say(query ? `No ${what} with “{query}”: {advice}` : `No ${what}: {advice}`, { query, advice });
  told.textContent = count < 0 ? "" : count ? say(`{count} ${what}s`, { count }) : none;
}

async function show(results, query, turn) {
  const items = await Promise.all(results.slice(0, SHOWN).map(item));
  if (turn !== asked) return;
  for (const section of sections) section.hidden = true;
  list.replaceChildren(...items);
  tell(results.length, query, "result");
  more.hidden = results.length <= SHOWN;
  more.onclick = async () => {
    const next = await Promise.all(results.slice(list.children.length, list.children.length + 2 * SHOWN).map(item));
    list.append(...next);
    next[0].querySelector("a").focus();
    more.hidden = list.children.length >= results.length;
  };
}

// One result: its title, type and year as in the index, the section that fits best, and the words around what was found.
async function item(result) {
  const { url, excerpt, sub_results } = await result.data();
  const part = sub_results.reduce((best, one) => (one.locations.length > (best?.locations.length ?? 0) ? one : best), null);
  const page = known.get(path(url));
  const details = made("p", "details", made("span", "", page.closest("[data-type]").firstElementChild.textContent));
  if (page.children.length > 1) details.append(made("span", "", page.lastChild.textContent));
  if (part?.anchor) details.append(made("span", "", link(part)));
  const title = made("h2", "", page.firstChild.cloneNode(true));
  return made("li", "row", title, details, made("p", "lead", ...marked(part?.excerpt ?? excerpt)));
}

function path(url) {
  return decodeURIComponent(new URL(url, location).pathname);
}

function made(tag, name, ...inside) {
  const node = document.createElement(tag);
  if (name) node.className = name;
  node.append(...inside);
  return node;
}

function link({ url, title }) {
  const node = made("a", "", title.replace(between, ""));
  node.href = url;
  return node;
}

function marked(excerpt) {
  const parts = excerpt.replace(between, "").split(/<\/?mark>/);
  const texts = parts.map((part) => part.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&"));
  return texts.map((text, at) => (at % 2 ? made("mark", "", text) : text));
}

function move(event) {
  const stops = [form.q, ...list.querySelectorAll("h2 a")];
  const at = stops.indexOf(document.activeElement);
  const next = stops[at + (event.key === "ArrowDown" ? 1 : -1)];
  if (at < 0 || !next) return;
  event.preventDefault();
  next.focus();
}

function clear() {
  form.reset();
  form.q.focus();
  ask();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "/" && !event.target.matches("input, select, textarea")) {
    event.preventDefault();
    form.q.focus();
  } else if (event.key === "Escape" && place.contains(event.target)) clear();
  else if (event.key.startsWith("Arrow") && !event.target.matches("select")) move(event);
});
form.q.addEventListener("focus", () => (engine ??= load()), { once: true });
form.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(ask, PAUSE);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(waiting);
  ask();
});

place.hidden = false;
for (const [name, value] of new URLSearchParams(location.search)) if (form.elements[name]) form.elements[name].value = value;
ask();
