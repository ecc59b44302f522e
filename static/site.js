// Octavo's only script. Nothing depends on it: it saves a reader a click here and there.

"use strict";

{
  const KEY = "octavo-scheme";
  const SCHEMES = ["auto", "light", "dark"];
  const PAUSE = 200; // milliseconds at a link after which it is asked, and away from it after which its preview goes
  const LINKS = ".prose :is(p, li, dd, td) a, :is(.abstract, .introduction) p a, .related a";

  const site = new URL("../", document.currentScript.src).href;
  const chosen = document.documentElement.dataset;

  // Light or dark as the reader chose, before anything is drawn: this is why the page waits for the script.
  recall();

  function recall() {
    try {
      const kept = localStorage.getItem(KEY);
      chosen.scheme = SCHEMES.includes(kept) ? kept : "auto";
    } catch {
      chosen.scheme ??= "auto"; // where the browser keeps nothing, a choice is for this page alone
    }
  }

  function keep(choice) {
    chosen.scheme = choice;
    try {
      localStorage.setItem(KEY, choice);
    } catch {}
  }

  function start() {
    const parts = document.querySelector("header.site template")?.content;
    openedFromDisk();
    if (parts) {
      addSchemes(parts.querySelector(".scheme"));
      addCopies(parts.querySelector(".copy"));
    }
    letFormulasScroll();
    followReader();
    showLinked();
  }


  // A folder opened from a disk does not show its index.html by itself.
  function openedFromDisk() {
    if (location.protocol !== "file:") return;
    for (const link of document.querySelectorAll("a[href]")) {
      const url = new URL(link.href);
      if (url.protocol === "file:" && url.pathname.endsWith("/")) {
        url.pathname += "index.html";
        link.href = url.href;
      }
    }
  }

  // A button that goes from the device's light or dark to light, to dark, and back; other windows follow.
  function addSchemes(button) {
    const tell = () => (button.title = button.ariaLabel = button.dataset[chosen.scheme]);
    const follow = () => {
      recall();
      tell();
    };
    button.addEventListener("click", () => {
      keep(SCHEMES[(SCHEMES.indexOf(chosen.scheme) + 1) % SCHEMES.length]);
      tell();
    });
    for (const event of ["storage", "pageshow"]) addEventListener(event, follow);
    tell();
    document.querySelector("header.site").append(button);
  }

  // A button that copies a block of code, where the browser lets a page do so.
  function addCopies(pattern) {
    if (!navigator.clipboard) return;
    for (const block of document.querySelectorAll("pre > code")) {
      const button = document.importNode(pattern, true);
      button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(block.textContent);
        button.classList.add("done");
        setTimeout(() => button.classList.remove("done"), 1500);
      });
      block.parentElement.append(button);
    }
  }

  // A formula wider than the screen can be scrolled by keyboard too.
  function letFormulasScroll() {
    const reachable = new ResizeObserver((entries) => {
      for (const { target } of entries) {
        target.toggleAttribute("tabindex", target.scrollWidth > target.clientWidth);
        if (target.hasAttribute("tabindex")) target.tabIndex = 0;
      }
    });
    for (const formula of document.querySelectorAll(".equation, :is(.prose, .abstract, .lead) :is(p, li, dd):has(math)")) reachable.observe(formula);
  }

  // The table of contents follows the reader, who is below the last heading in the upper half of the window.
  function followReader() {
    const links = document.querySelectorAll(".contents a");
    const marks = new Map([...links].map((link) => [document.getElementById(link.getAttribute("href").slice(1)), link]));
    const follower = new IntersectionObserver(
      () => {
        const above = [...marks.keys()].filter((heading) => heading.getBoundingClientRect().top < innerHeight / 2);
        for (const [heading, link] of marks) {
          if (heading === above.at(-1)) link.setAttribute("aria-current", "true");
          else link.removeAttribute("aria-current");
        }
      },
      { rootMargin: "0px 0px -50%" },
    );
    for (const heading of marks.keys()) follower.observe(heading);
  }

  // A link in a text to another page of the site shows that page's title and what introduces it, by mouse and by keyboard.
  // What a text cites or refers to is in its page already, and shown by the style sheet; Escape closes either.
  function showLinked() {
    const known = new Map(); // a promise of what is shown of each page, by its address
    const preview = document.createElement("span");
    preview.className = "preview";
    preview.id = "octavo-preview";
    preview.role = "tooltip";
    let wanted; // the link at which the reader is
    let shown; // the link whose preview is open
    let timer;

    function turn(target) {
      const link = preview.contains(target) ? shown : target.closest(LINKS);
      wanted = link && leads(link) ? link : undefined;
      clearTimeout(timer);
      if (wanted !== shown) timer = setTimeout(wanted ? open : close, PAUSE);
    }

    async function open() {
      const link = wanted;
      const url = address(link);
      if (!known.has(url)) known.set(url, introduction(url));
      const parts = await known.get(url);
      if (link !== wanted) return;
      close();
      if (!parts.length) return;
      shown = link;
      preview.replaceChildren(...parts);
      link.after(preview);
      link.setAttribute("aria-describedby", preview.id);
      const { bottom, height } = preview.getBoundingClientRect();
      const above = bottom > innerHeight && height < link.getBoundingClientRect().top;
      preview.style.insetBlockEnd = above ? `${preview.offsetParent.clientHeight - link.offsetTop}px` : "";
    }

    function close() {
      shown?.removeAttribute("aria-describedby");
      shown = undefined;
      preview.remove();
    }

    document.addEventListener("pointerover", (event) => event.pointerType === "mouse" && turn(event.target));
    document.documentElement.addEventListener("pointerleave", () => turn(document.body));
    document.addEventListener("focusin", ({ target }) => turn(target.matches(":focus-visible") ? target : document.body));
    document.addEventListener("keydown", ({ key }) => {
      if (key !== "Escape") return;
      wanted = undefined;
      close();
      for (const link of document.querySelectorAll(":is(.citation, .reference):is(:hover, :focus-within)")) {
        link.dataset.closed = "";
        for (const event of ["pointerleave", "focusout"]) link.addEventListener(event, () => delete link.dataset.closed, { once: true });
      }
    });
  }

  const address = (link) => link.href.split("#")[0];

  // Whether a link leads to another page of this site.
  function leads(link) {
    const url = address(link);
    return /^https?:/.test(url) && url.startsWith(site) && url.endsWith("/") && url !== address(location) && !link.closest(".citation, .reference");
  }

  // The title of a page and the paragraph that introduces it, to be shown on another; nothing where it cannot be had.
  async function introduction(url) {
    try {
      const answer = await fetch(url);
      const page = new DOMParser().parseFromString(answer.ok ? await answer.text() : "", "text/html");
      const parts = [page.querySelector("h1"), page.querySelector(":is(.abstract, .introduction, .prose) > p")];
      return parts.filter(Boolean).map(plain);
    } catch {
      return []; // without a network the link is as it was
    }
  }

  // A copy of a heading or a paragraph that leads nowhere.
  function plain(block) {
    const copy = document.createElement(block.localName === "h1" ? "b" : "span");
    copy.append(...document.importNode(block, true).childNodes);
    for (const part of copy.querySelectorAll(".preview, .permalink, .sidenote, .footnote-ref, img, picture")) part.remove();
    for (const link of copy.querySelectorAll("a")) link.replaceWith(...link.childNodes);
    for (const part of copy.querySelectorAll("[id]")) part.removeAttribute("id");
    return copy;
  }

  start();
}
