// The panel of an open page: what is wrong on it and on the site, who sees it, and what a release would change.

import { mark, reading, readOn } from "./sight.js";

const CLOSED = "octavo-closed"; // the problems of a page that its writer has closed the panel on
const OPEN = "octavo-open"; // there while the writer has the panel open, also on the pages that come next
const AGAIN = 2000; // milliseconds after which it is asked again while the check of the site is under way
const BADGES = { draft: "draft", unlisted: "unlisted", future: "date to come" };
const LISTED = 8; // how many URLs of a kind are shown

export class Panel {
  constructor(page) {
    this.page = page;
    this.told = {};
    this.host = document.documentElement.appendChild(make("octavo-panel"));
    this.root = this.host.attachShadow({ mode: "open" });
    this.build();
    this.unfold(OPEN in sessionStorage);
    this.ask();
    document.addEventListener("visibilitychange", () => this.ask());
  }

  build() {
    const sheet = make("link", { rel: "stylesheet", href: "/_octavo/panel.css" });
    this.button = make("button", { type: "button", className: "mark", onclick: () => this.show(this.body.hidden) });
    this.here = make("section", { ariaLabel: "This page" });
    this.there = make("section", { ariaLabel: "The site" });
    this.release = make("section", { ariaLabel: "The release" });
    const close = make("button", { type: "button", className: "close", ariaLabel: "Close", onclick: () => this.show(false) }, "×");
    this.body = make("div", { className: "body", role: "region", ariaLabel: "Octavo" }, close, this.here, this.there, this.release);
    this.body.addEventListener("keydown", ({ key }) => key === "Escape" && this.show(false));
    sheet.onload = () => (this.host.dataset.ready = "");
    this.root.append(sheet, this.button, this.body);
  }

  show(open) {
    this.unfold(open);
    if (open) {
      sessionStorage.setItem(OPEN, "");
      this.body.querySelector("button").focus({ preventScroll: true });
    } else {
      sessionStorage.removeItem(OPEN);
      sessionStorage.setItem(CLOSED, this.wrong);
      this.button.focus({ preventScroll: true });
    }
  }

  unfold(open) {
    this.body.hidden = !open;
    this.button.ariaExpanded = String(open);
  }

  /* What is told by the server. */

  async ask() {
    clearTimeout(this.again);
    if (document.hidden) return;
    const answer = await fetch(`/_octavo/state?path=${encodeURIComponent(location.pathname)}`).catch(() => undefined);
    if (!answer?.ok) return;
    this.told = await answer.json();
    if (!this.told.complete) this.again = setTimeout(() => this.ask(), AGAIN);
    this.render();
  }

  hear(name, said) {
    this.away = name === "away" || name === "restart";
    if (name === "state") this.ask();
    if (name === "release") this.told.release = said;
    this.render();
  }

  async send(what, said) {
    const headers = { "Content-Type": "application/json", "X-Octavo-Token": this.page.token };
    const answer = await fetch(`/_octavo/${what}`, { method: "POST", headers, body: JSON.stringify(said) }).catch(() => undefined);
    return answer?.ok;
  }

  // Opens a place in the writer's editor: by the server where it can, else by a link that the system knows.
  async open({ path, line, column, edit, open }) {
    if (!(open && (await this.send("open", { path, line, column }))) && edit) location.href = edit;
  }

  /* What is seen of a change, in the page itself. */

  reading = reading;
  readOn = readOn;

  mark(changed) {
    mark(changed);
    this.badge();
  }

  // Links to pages that not all will see say so.
  badge() {
    const { marked = {} } = this.told;
    for (const link of document.querySelectorAll("a[href]")) {
      const badges = link.origin === location.origin ? marked[link.pathname] : undefined;
      if (badges) link.dataset.octavo = badges.map((one) => BADGES[one]).join(", ");
      else delete link.dataset.octavo;
    }
  }

  /* The panel itself. */

  render() {
    const { page = [], rest = 0, site = [], more = 0, complete, badges = [], released, release } = this.told;
    const freezing = release?.state === "running";
    const elsewhere = site.length + more;
    this.button.dataset.state = this.away ? "away" : page.length ? "wrong" : elsewhere ? "elsewhere" : "fine";
    this.button.replaceChildren(
      ...words([
        this.away && "the server is away",
        freezing && `freezing ${share(release)}`,
        page.length && count(page.length + rest, "problem"),
        !page.length && elsewhere && `${count(elsewhere, "problem")} elsewhere`,
        ...badges.map((one) => BADGES[one]),
        released && "as released",
      ]),
    );
    this.button.ariaLabel = this.button.textContent ? null : "Octavo: nothing is wrong";
    fill(this.here, [page, rest, badges], () => [
      make("h2", {}, "This page", ...badges.map((one) => make("span", { className: "badge" }, BADGES[one]))),
      page.length ? this.list(page) : make("p", { className: "quiet" }, "Nothing is wrong here."),
      others(rest),
    ]);
    fill(this.there, [site, more, complete], () => this.elsewhere(site, more, complete));
    fill(this.release, [this.told.changes, released, release], () => this.releasing(this.told));
    this.badge();
    this.openFor(page);
  }

  // A page with a new problem opens its panel, unless it says itself what is wrong, or its writer has closed it.
  openFor(page) {
    const wrong = JSON.stringify([location.pathname, page.map(({ path, line, message }) => [path, line, message])]);
    const news = page.length && wrong !== this.wrong && wrong !== sessionStorage.getItem(CLOSED);
    this.wrong = wrong;
    if (news && this.page.fine) this.unfold(true);
  }

  elsewhere(site, more, complete) {
    const number = site.length + more;
    const checked = complete ? "" : "The site is being looked through …";
    if (!number) return [make("h2", {}, "The site"), make("p", { className: "quiet" }, checked || "Nothing is wrong anywhere else.")];
    const title = make("summary", {}, make("h2", {}, "The site"), count(number, "problem"));
    const folded = make("details", { open: this.there.querySelector("details")?.open }, title, this.list(site));
    folded.append(others(more));
    return [folded, checked && make("p", { className: "quiet" }, checked)];
  }

  list(problems) {
    return make("ul", {}, ...problems.map((one) => make("li", {}, ...this.problem(one))));
  }

  problem(one) {
    const place = `${one.path}:${one.line}:${one.column}`;
    const opens = one.open || one.edit;
    const lines = one.around.map(({ number, text, meant }) => make(meant ? "mark" : "span", {}, `${String(number).padStart(4)}  ${text}\n`));
    return [
      opens
        ? make("button", { type: "button", className: "place", title: "Open it in the editor", onclick: () => this.open(one) }, place)
        : make("code", { className: "place" }, place),
      make("p", {}, one.message),
      lines.length && make("pre", { tabIndex: 0 }, ...lines),
      one.hint && make("p", { className: "quiet" }, one.hint),
    ];
  }

  releasing({ changes, released, release }) {
    const freezing = release?.state === "running";
    const box = make("input", { type: "checkbox", checked: released, onchange: ({ target }) => this.send("view", { released: target.checked }) });
    return [
      make("h2", {}, "The release"),
      make("label", {}, box, "Show the site as it would be released"),
      ...different(changes, freezing),
      ...outcome(release, (problems) => this.list(problems)),
      make("button", { type: "button", className: "freeze", disabled: freezing, onclick: () => this.send("freeze", {}) }, "Freeze"),
    ];
  }
}

// What is left of a list that is shown in part.
const others = (number) => (number ? make("p", { className: "quiet" }, `and ${number} more`) : "");

function different(changes, freezing) {
  if (!changes) return [make("p", { className: "quiet" }, freezing ? "" : "What is different from the last release is being found out …")];
  if (!changes.counts) return [make("p", { className: "quiet" }, changes.message)];
  const ways = ["added", "changed", "removed"].filter((way) => changes.counts[way]);
  if (!ways.length) return [make("p", { className: "quiet" }, "Nothing is different from the last release.")];
  const told = ways.map((way) => `${changes.counts[way]} ${way}`).join(", ");
  const urls = ways.flatMap((way) => {
    const shown = changes[way].slice(0, LISTED).map((url) => make("li", { className: way }, way === "removed" ? url : make("a", { href: url }, url)));
    const rest = changes.counts[way] - shown.length;
    return rest ? [...shown, make("li", { className: way }, `and ${rest} more`)] : shown;
  });
  return [make("details", {}, make("summary", {}, `Different from the last release: ${told}`), make("ul", { className: "urls" }, ...urls))];
}

function outcome(release, list) {
  if (!release) return [];
  if (release.state === "running") return [make("progress", { max: release.of || 1, value: release.done, ariaLabel: "Freezing" }), make("p", { className: "quiet" }, `Freezing ${share(release)}`)];
  const lines = release.lines.filter(Boolean).map((line) => make("p", {}, line));
  return [make("div", { className: release.state, role: "status" }, ...lines), release.problems.length ? list(release.problems) : ""];
}

const share = ({ done, of }) => (of ? `${done} of ${of}` : "…");

const count = (number, word) => `${number} ${word}${number === 1 ? "" : "s"}`;

// Words for the mark, each apart from the others.
const words = (found) => found.filter(Boolean).map((one) => make("span", {}, one));

// Fills a part of the panel anew where what it shows has become something else; the focus stays where it was.
function fill(part, from, content) {
  const key = JSON.stringify(from);
  if (part.dataset.key === key) return;
  part.dataset.key = key;
  const focusable = () => [...part.querySelectorAll("button, input, summary, a, pre")];
  const at = focusable().indexOf(part.getRootNode().activeElement);
  part.replaceChildren(...content().filter(Boolean));
  focusable()[at]?.focus({ preventScroll: true });
}

function make(name, said = {}, ...children) {
  const element = Object.assign(document.createElement(name), said);
  element.append(...children.filter((one) => one || one === 0));
  return element;
}
