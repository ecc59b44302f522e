// While a site is written: lets an open page become what the server has now, and shows for a moment what changed.

"use strict";

{
  const EVENT = "octavo-change"; // what the page's own scripts hear after a change
  const SCROLLED = "octavo-scrolled";

  const tag = document.currentScript;
  const page = { ...tag.dataset, fine: true }; // its token and its ETag, and whether it is no page of a mistake
  let twin;
  let panel;
  let seen; // which refresh of which start of the server this page has
  let state = "still"; // or "asking", or "late": something has changed since it was asked

  // Asks the server for this page, if it is another by now.
  async function update() {
    if (state !== "still") return (state = "late");
    do {
      state = "asking";
      await revalidate().catch(() => undefined); // a server that is away says when it comes back
    } while (state === "late");
    state = "still";
    panel.ask();
  }

  async function revalidate() {
    const answer = await fetch(location.href, { headers: { "If-None-Match": `"${page.etag}"` } });
    if (answer.status === 304 || !answer.headers.get("Content-Type")?.startsWith("text/html")) return;
    if (answer.redirected) return location.replace(answer.url);
    const next = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!answer.ok && page.fine) remember();
    if (!sameScripts(twin.root, next)) return location.reload();
    Object.assign(page, next.querySelector("script[data-token]")?.dataset);
    become(next.documentElement, answer.ok);
  }

  function become(next, fine) {
    const same = fine === page.fine;
    const places = same ? panel.reading() : [];
    const changed = twin.become(next);
    panel.readOn(places, changed);
    if (fine && !same) recall();
    page.fine = fine;
    if (changed.size) document.dispatchEvent(new Event(EVENT));
    panel.mark(same ? changed : []);
  }

  // A script that runs cannot be changed: with others the page begins anew.
  function sameScripts(...roots) {
    const runs = (one) => !one.dataset.token && /^$|script|module/.test(one.type);
    const [a, b] = roots.map((root) => [...root.querySelectorAll("script")].filter(runs).map((one) => one.outerHTML));
    return a.sort().join() === b.sort().join();
  }

  // A page that cannot be shown for a while is read on where it was left.
  function remember() {
    sessionStorage.setItem(SCROLLED, JSON.stringify([location.pathname, scrollY]));
  }

  function recall() {
    const [path, top] = JSON.parse(sessionStorage.getItem(SCROLLED) ?? "[]");
    sessionStorage.removeItem(SCROLLED);
    if (path === location.pathname) scrollTo({ top, behavior: "instant" });
  }

  function hear({ name, ...said }) {
    if (name === "refresh") said.start = seen?.start;
    if (name === "hello" || name === "refresh") {
      const news = seen?.refresh !== said.refresh || seen?.start !== said.start;
      seen = said;
      if (news) update();
    }
    panel.hear(name, said);
  }

  function listen() {
    const shared = "SharedWorker" in window;
    const worker = shared ? new SharedWorker("/_octavo/worker.js") : new Worker("/_octavo/worker.js");
    const port = shared ? worker.port : worker;
    port.onmessage = ({ data }) => hear(data);
    addEventListener("pagehide", () => (shared ? port.postMessage("bye") : worker.terminate()), { once: true });
  }

  // The nodes of the page in their order, before scripts that wait for its end change anything.
  function nodes() {
    const walker = document.createTreeWalker(document.documentElement);
    const found = [document.documentElement];
    while (walker.nextNode()) found.push(walker.currentNode);
    return found;
  }

  async function start() {
    const [root, shown] = [document.cloneNode(true).documentElement, nodes()];
    page.fine = (performance.getEntriesByType("navigation")[0]?.responseStatus ?? 200) < 400;
    if (page.fine) addEventListener("load", recall);
    const [{ Twin }, { Panel }] = await Promise.all([import("/_octavo/twin.js"), import("/_octavo/panel.js")]);
    twin = new Twin(root, shown);
    panel = new Panel(page);
    listen();
    addEventListener("pageshow", ({ persisted }) => {
      if (!persisted) return;
      listen();
      update();
    });
  }

  document.addEventListener("readystatechange", start, { once: true });
}
