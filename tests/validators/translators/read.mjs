// What web translators and reference managers find: read.mjs < {"page": HTML, "csl": text, "bibtex": text, "ris": text}
// Prints {"page": what html-metadata finds by vocabulary, "csl"|"bibtex"|"ris": {"data": CSL-JSON, "apa": citeproc-js}}.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const from = createRequire(pathToFileURL(`${process.argv[2]}/`));
const { load } = from("cheerio");
const { parseAll } = from("html-metadata/lib/index.js");
const { Cite } = from("@citation-js/core");
["csl", "bibtex", "ris"].forEach((name) => from(`@citation-js/plugin-${name}`));

const given = JSON.parse(readFileSync(0, "utf8"));
const forms = { csl: "@csl/object", bibtex: "@bibtex/text", ris: "@ris/file" };
const found = { page: await parseAll(load(given.page)) };
for (const [name, forceType] of Object.entries(forms)) {
  const read = new Cite(name === "csl" ? JSON.parse(given[name]) : given[name], { forceType });
  found[name] = { data: read.data, apa: read.format("bibliography", { template: "apa", lang: "en-US" }) };
}
console.log(JSON.stringify(found));
