// A tree of the page as the server sent it, and how it becomes another one.

const ALIKE = 10_000; // how many pairs of nodes are looked at for likeness; of more, the first of a kind are taken

// What readers and scripts did to the page is not in its twin: only what the server says differently is changed, and
// everything else stays as it is. `shown` are the nodes of the page, in the order of those below `root`.
export class Twin {
  constructor(root, shown) {
    this.root = root;
    this.page = new WeakMap(); // the node of the page, by that of the twin
    this.pair(nodes(root), shown);
  }

  pair(own, shown) {
    own.forEach((node, at) => this.page.set(node, shown[at]));
  }

  // Makes the page what `next` is; answers the elements of the page in which something is new.
  become(next) {
    this.changed = new Set();
    this.waits = [];
    this.gone = [];
    this.change(this.root, next);
    Promise.all(this.waits).then(this.leave.bind(this, this.gone));
    return this.changed;
  }

  leave(gone) {
    for (const node of gone) node.remove();
  }

  change(own, next) {
    const shown = this.page.get(own);
    if (own.nodeType !== Node.ELEMENT_NODE) {
      rewrite(shown, next.data);
      if (next.data.trim() || own.data.trim()) this.changed.add(shown.parentElement);
      own.data = next.data;
      return;
    }
    for (const { name } of [...own.attributes]) if (!next.hasAttribute(name)) for (const one of [own, shown]) one.removeAttribute(name);
    for (const { name, value } of next.attributes) {
      if (own.getAttribute(name) === value) continue;
      for (const one of [own, shown]) one.setAttribute(name, value);
      this.changed.add(shown);
    }
    this.changeChildren(own, next);
  }

  changeChildren(own, next) {
    const olds = [...own.childNodes];
    const nexts = [...next.childNodes];
    const from = origins(olds, nexts);
    const kept = new Set(from);
    for (const node of olds) if (!kept.has(node)) this.remove(node);
    nexts.forEach((node, at) => {
      if (!from[at]) this.insert(node, own, from[at - 1]);
      else if (!from[at].isEqualNode(node)) this.change(from[at], node);
      from[at] ??= node;
    });
  }

  remove(own) {
    const shown = this.page.get(own);
    if (is(own, "link[rel=stylesheet]")) this.gone.push(shown);
    else {
      if (own.nodeType === Node.TEXT_NODE ? own.data.trim() : isInline(shown)) this.changed.add(shown.parentElement);
      shown.remove();
    }
    own.remove();
  }

  // A style sheet that is no longer asked for goes when the new ones have come.
  insert(node, parent, previous) {
    const shown = document.importNode(node, true);
    if (is(node, "link[rel=stylesheet]")) this.waits.push(new Promise((come) => (shown.onload = shown.onerror = come)));
    const place = this.page.get(parent);
    const after = this.page.get(previous);
    if (after?.parentNode === place) after.after(shown);
    else place.prepend(shown);
    if (previous) previous.after(node);
    else parent.prepend(node);
    this.pair(nodes(node), nodes(shown));
    if (node.nodeType === Node.ELEMENT_NODE) this.changed.add(shown);
    else if (node.data.trim()) this.changed.add(place);
  }
}

// All nodes of a tree, in their order.
export function nodes(root) {
  const walker = document.createTreeWalker(root);
  const found = [root];
  while (walker.nextNode()) found.push(walker.currentNode);
  return found;
}

const is = (node, selector) => node.nodeType === Node.ELEMENT_NODE && node.matches(selector);

export const isInline = (node) => node instanceof Element && /^(inline$|contents|ruby)/.test(getComputedStyle(node).display);

// Writes a text anew where it differs, so that what is selected in the rest of it stays selected.
function rewrite(node, text) {
  const most = Math.min(node.length, text.length);
  let start = 0;
  let end = 0;
  while (start < most && node.data[start] === text[start]) start++;
  while (end < most - start && node.data.at(-1 - end) === text.at(-1 - end)) end++;
  node.replaceData(start, node.length - start - end, text.slice(start, text.length - end));
}

/* What became of what. */

// For each of `nexts` the one of `olds` that it comes from, if any, in the order of both.
function origins(olds, nexts) {
  const from = nexts.map(() => undefined);
  let [first, last, end] = [0, olds.length, nexts.length];
  while (first < last && first < end && olds[first].isEqualNode(nexts[first])) from[first] = olds[first++];
  while (last > first && end > first && olds[last - 1].isEqualNode(nexts[end - 1])) from[--end] = olds[--last];
  let [old, next] = [first, first];
  for (const [a, b] of [...anchors(olds, nexts, first, last, end), [last, end]]) {
    likely(olds.slice(old, a), nexts.slice(next, b)).forEach((node, at) => (from[next + at] = node));
    if (b < end) from[b] = olds[a];
    [old, next] = [a + 1, b + 1];
  }
  return from;
}

// The places of nodes that are surely the same, by their id or by everything in them: the longest row in the order of both.
function anchors(olds, nexts, first, last, end) {
  if (first === last || first === end) return [];
  const places = once(olds, first, last);
  const rows = []; // for each length, the row that ends earliest
  for (const [key, b] of once(nexts, first, end)) {
    if (b === undefined || places.get(key) === undefined) continue;
    const a = places.get(key);
    let [low, high] = [0, rows.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (rows[middle].a < a) low = middle + 1;
      else high = middle;
    }
    rows[low] = { a, b, before: rows[low - 1] };
  }
  const found = [];
  for (let row = rows.at(-1); row; row = row.before) found.unshift([row.a, row.b]);
  return found;
}

// The places of nodes by what tells them from all others; nothing for those that are not alone.
function once(nodes, first, last) {
  const places = new Map();
  for (let at = first; at < last; at++) {
    const key = nodes[at].id ? `${kind(nodes[at])}#${nodes[at].id}` : (nodes[at].outerHTML ?? nodes[at].data);
    places.set(key, places.has(key) ? undefined : at);
  }
  return places;
}

const kind = (node) => (is(node, "link, script, style") ? node.outerHTML : node.nodeName);

// For each of `nexts` the most similar of `olds`, so that the likenesses together are greatest.
function likely(olds, nexts) {
  const from = nexts.map(() => undefined);
  if (olds.length * nexts.length > ALIKE) return inOrder(olds, nexts);
  const words = new Map([...olds, ...nexts].map((node) => [node, new Set(node.textContent.match(/\S+/g))]));
  const best = Array.from({ length: olds.length + 1 }, () => new Float32Array(nexts.length + 1));
  const likeness = (a, b) => (kind(olds[a]) === kind(nexts[b]) ? shared(words.get(olds[a]), words.get(nexts[b])) : -Infinity);
  for (let a = olds.length - 1; a >= 0; a--) {
    for (let b = nexts.length - 1; b >= 0; b--) {
      best[a][b] = Math.max(best[a + 1][b], best[a][b + 1], best[a + 1][b + 1] + likeness(a, b));
    }
  }
  for (let a = 0, b = 0; a < olds.length && b < nexts.length; ) {
    if (best[a][b] === best[a + 1][b]) a++;
    else if (best[a][b] === best[a][b + 1]) b++;
    else from[b++] = olds[a++];
  }
  return from;
}

function shared(some, others) {
  let both = 0;
  for (const word of some) if (others.has(word)) both++;
  return 0.1 + (2 * both) / (some.size + others.size || 1);
}

function inOrder(olds, nexts) {
  let at = 0;
  return nexts.map((node) => {
    const found = olds.findIndex((old, place) => place >= at && kind(old) === kind(node));
    if (found >= 0) at = found + 1;
    return olds[found];
  });
}
