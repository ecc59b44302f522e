// The publications, filtered by words, year, type and topic; without it links lead to lists

const { filter, of } = document.currentScript.dataset;
const facets = document.querySelector(".facets");
const works = [...document.querySelectorAll(".works .work")];
const texts = works.map((work) => `${work.textContent} ${work.dataset.words}`.toLowerCase());
const count = facets.querySelector("[role=status]");
const every = count.textContent;
const chosen = new Map();

const input = document.createElement("input");
input.type = "search";
input.ariaLabel = input.placeholder = filter;
input.addEventListener("input", show);
facets.prepend(input);

// The ids of the works that a link leads to: of a year, or in a list.
function members(link) {
  const section = document.getElementById(decodeURIComponent(link.hash.slice(1))).parentElement;
  const linked = Array.from(section.querySelectorAll("li a"), (one) => decodeURIComponent(one.hash.slice(1)));
  return [...linked, ...Array.from(section.querySelectorAll(".work"), (work) => work.id)];
}

function show() {
  const words = input.value.toLowerCase().split(/\s+/), groups = [...chosen.values()].map(members);
  works.forEach((work, at) => {
    work.hidden = words.some((word) => !texts[at].includes(word)) || groups.some((group) => !group.includes(work.id));
  });
  for (const year of document.querySelectorAll(".works")) year.hidden = !year.querySelector(".work:not([hidden])");
  const left = works.filter((work) => !work.hidden).length;
  document.querySelector(".index").hidden = left < works.length;
  count.textContent = left < works.length ? of.replace("{number}", left).replace("{total}", every) : every;
}

facets.addEventListener("click", (event) => {
  const link = event.target.closest("ul ul a");
  if (!link) return;
  event.preventDefault();
  const list = link.closest("ul");
  const before = chosen.get(list);
  before?.removeAttribute("aria-current");
  chosen.delete(list);
  if (before !== link) chosen.set(list, link).get(list).ariaCurrent = "true";
  show();
});
