// Takes the icons named in icons.txt out of @tabler/icons and writes them to pathways/web/icons.json,
// which is committed: the server and the tests need no npm. Run after a change of icons.txt.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const root = join(import.meta.dirname, "..", "..");
const require = createRequire(join(root, "package.json"));
const source = dirname(dirname(require.resolve("@tabler/icons/outline/check.svg")));
const names = readFileSync(join(import.meta.dirname, "icons.txt"), "utf8").split("\n").filter(Boolean).sort();

const shapes = {};
for (const name of names) {
  const svg = readFileSync(join(source, "outline", `${name}.svg`), "utf8");
  shapes[name] = svg
    .slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.indexOf("</svg>"))
    .replace(/\s*<path stroke="none"[^>]*>/, "")
    .replace(/\s*\n\s*/g, "")
    .replace(/ \/>/g, "/>");
}
writeFileSync(join(root, "pathways", "web", "icons.json"), JSON.stringify(shapes, null, 1) + "\n");
console.log(`icons: ${names.length}`);
