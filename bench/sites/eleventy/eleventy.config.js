import { feedPlugin } from "@11ty/eleventy-plugin-rss";
import highlight from "@11ty/eleventy-plugin-syntaxhighlight";
import { katex } from "@mdit/plugin-katex";
import anchor from "markdown-it-anchor";
import footnote from "markdown-it-footnote";

const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
const newest = (pages) => [...pages].sort((one, other) => other.date - one.date);

function groups(pages, keys) {
  const found = new Map();
  for (const page of pages) {
    for (const key of keys(page)) {
      if (!found.has(key)) found.set(key, []);
      found.get(key).push(page);
    }
  }
  return [...found].sort().map(([name, members]) => ({ name, pages: newest(members) }));
}

export default function (config) {
  const notes = (api) => api.getFilteredByGlob("content/*/*.md");
  config.addPlugin(highlight);
  config.addPlugin(feedPlugin, {
    type: "atom",
    outputPath: "/feed.xml",
    collection: { name: "notes", limit: 20 },
    metadata: { title: "Bench", language: "en", base: "https://example.org/", author: { name: "A. Scholar" } },
  });
  config.amendLibrary("md", (md) => {
    md.use(anchor).use(footnote);
    if (process.env.MATH_AT_BUILD) md.use(katex, { output: "mathml" });
  });
  config.addPassthroughCopy({ "content/img": "img", "content/style.css": "style.css" });
  config.addCollection("notes", (api) => newest(notes(api)).reverse());
  config.addCollection("newest", (api) => newest(notes(api)).slice(0, 10));
  config.addCollection("sections", (api) => groups(notes(api), (page) => [page.filePathStem.split("/")[1]]));
  config.addCollection("tagged", (api) => groups(notes(api), (page) => page.data.tags));
  config.addFilter("iso", (date) => date.toISOString().slice(0, 10));
  config.addFilter("human", (date) => day.format(date));
  config.addGlobalData("layout", "note.njk");
  return { dir: { input: "content", includes: "../includes", output: "_site" }, markdownTemplateEngine: false };
}
