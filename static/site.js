// Octavo's only script. Nothing depends on it: it saves a reader a click here and there.

// A folder opened from a disk does not show its index.html by itself.
if (location.protocol === "file:") {
  for (const link of document.querySelectorAll("a[href]")) {
    const url = new URL(link.href);
    if (url.protocol === "file:" && url.pathname.endsWith("/")) {
      url.pathname += "index.html";
      link.href = url.href;
    }
  }
}

// A button that copies a block of code, where the browser lets a page do so. Its word is in the style sheet.
if (navigator.clipboard) {
  for (const block of document.querySelectorAll("pre > code")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.ariaLabel = "Copy the code";
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(block.textContent);
      button.classList.add("done");
      setTimeout(() => button.classList.remove("done"), 1500);
    });
    block.parentElement.append(button);
  }
}

// A formula wider than the screen can be scrolled by keyboard too.
const reachable = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    target.toggleAttribute("tabindex", target.scrollWidth > target.clientWidth);
    if (target.hasAttribute("tabindex")) target.tabIndex = 0;
  }
});
for (const formula of document.querySelectorAll(".equation, .prose :is(p, li, dd):has(math)")) reachable.observe(formula);

// The table of contents follows the reader, who is below the last heading in the upper half of the window.
const marks = new Map(
  [...document.querySelectorAll(".contents a")].map((link) => [document.getElementById(link.getAttribute("href").slice(1)), link]),
);
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
