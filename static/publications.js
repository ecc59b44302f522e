// The list of publications, filtered while one types, and by year, type and topic. Without it the links lead to lists.

const facets = document.querySelector(".facets");
const works = [...document.querySelectorAll(".works .work")];
const texts = works.map((work) => `${work.textContent} ${work.dataset.words}`.toLowerCase());
const count = facets.querySelector("[role=status]");
const every = count.textContent;
const chosen = new Map();

const input = document.createElement("input");
input.type = "search";
input.ariaLabel = input.placeholder = "Filter by words";
input.addEventListener("input", show);
facets.prepend(input);

// The ids of the works that a link leads to: those of a year, or those in the list of a type or a topic.
function members(link) {
  const section = document.getElementById(decodeURIComponent(link.hash.slice(1))).parentElement;
  const linked = [...section.querySelectorAll("li a")].map((one) => decodeURIComponent(one.hash.slice(1)));
  return [...linked, ...[...section.querySelectorAll(".work")].map((work) => work.id)];
}

function show() {
  const words = input.value.toLowerCase().split(/\s+/);
  const groups = [...chosen.values()].map(members);
  works.forEach((work, at) => {
    work.hidden = words.some((word) => !texts[at].includes(word)) || groups.some((group) => !group.includes(work.id));
  });
  for (const year of document.querySelectorAll(".works")) year.hidden = !year.querySelector(".work:not([hidden])");
  const left = works.filter((work) => !work.hidden).length;
  document.querySelector(".index").hidden = left < works.length;
  count.textContent = left < works.length ? `${left} of ${every}` : every;
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
