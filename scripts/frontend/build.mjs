// Builds what the browser loads, into static/vendor/: one style sheet (Tabler without what we don't use, then ours),
// one script (htmx, then ours) and the fonts, cut to the letters of European languages. `--watch` builds again on change.
import { existsSync, mkdirSync, readdirSync, readFileSync, watch, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { transform } from "lightningcss";
import { PurgeCSS } from "purgecss";
import subsetFont from "subset-font";
import { islands } from "./islands.mjs";

const root = join(import.meta.dirname, "..", "..");
const modules = join(root, "node_modules");
const out = join(root, "static", "vendor");
const read = (...path) => readFileSync(join(...path), "utf8");
const parts = (folder, kind) => readdirSync(join(root, "static", folder)).filter((n) => n.endsWith(kind)).sort();

const letters = (...ranges) => ranges.flatMap(([a, b]) => Array.from({ length: b - a + 1 }, (_, i) => String.fromCodePoint(a + i))).join("");
const range = (...ranges) => ranges.map(([a, b]) => `U+${a.toString(16)}-${b.toString(16)}`).join(",");
const LATIN = [[0x20, 0x7e], [0xa0, 0xff], [0x131, 0x131], [0x152, 0x153], [0x2013, 0x2014], [0x2018, 0x201a], [0x201c, 0x201e],
  [0x2022, 0x2022], [0x2026, 0x2026], [0x2039, 0x203a], [0x20ac, 0x20ac], [0x2190, 0x2193], [0x2212, 0x2212], [0x2264, 0x2265]];
const LATIN_EXT = [[0x100, 0x130], [0x132, 0x151], [0x154, 0x17f], [0x18f, 0x18f], [0x1cd, 0x1ce], [0x218, 0x21b], [0x259, 0x259], [0x1e9e, 0x1e9e]];
const CYRILLIC = [[0x400, 0x45f], [0x490, 0x491]];
const ARABIC = [[0x600, 0x6ff], [0x200c, 0x200d]];   // Persian, Dari and Pashto letters are among them
const ETHIOPIC = [[0x1200, 0x139f]];

const face = (family, file, weight, unicode) =>
  `@font-face{font-family:"${family}";font-style:normal;font-weight:${weight};font-display:swap;src:url(fonts/${file}) format("woff2");unicode-range:${unicode}}`;

async function fonts() {
  mkdirSync(join(out, "fonts"), { recursive: true });
  const css = [];
  for (const [name, ranges] of [["latin", LATIN], ["latin-ext", LATIN_EXT], ["cyrillic", CYRILLIC]]) {
    const whole = readFileSync(join(modules, "@fontsource-variable/inter/files", `inter-${name}-opsz-normal.woff2`));
    const cut = await subsetFont(whole, letters(...ranges), { targetFormat: "woff2", variationAxes: { wght: { min: 400, max: 700 } } });
    writeFileSync(join(out, "fonts", `inter-${name}.woff2`), cut);
    css.push(face("Inter Variable", `inter-${name}.woff2`, "400 700", range(...ranges)));
  }
  for (const [script, ranges] of [["arabic", ARABIC], ["ethiopic", ETHIOPIC]]) {   // loaded by the browser only where their letters stand on the page
    for (const weight of [400, 700]) {
      const whole = readFileSync(join(modules, `@fontsource/noto-sans-${script}/files`, `noto-sans-${script}-${script}-${weight}-normal.woff2`));
      const file = `noto-sans-${script}-${weight}.woff2`;
      writeFileSync(join(out, "fonts", file), await subsetFont(whole, letters(...ranges), { targetFormat: "woff2" }));
      css.push(face(`Noto Sans ${script[0].toUpperCase()}${script.slice(1)}`, file, weight, range(...ranges)));
    }
  }
  return css.join("\n");
}

// Whatever may name a class: templates, code and scripts. What crispy writes is in the safelist below.
const content = () => ["templates", "pathways", "accounts", "config", "static/js"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true }).filter((name) => /\.(html|py|jsx?)$/.test(name)).map((name) => join(root, folder, name)));

async function style(fontCss) {
  const own = parts("css", ".css").map((name) => read(root, "static", "css", name)).join("\n");
  const usedByUs = [...own.matchAll(/var\((--tblr-[\w-]+)/g)].map((match) => match[1]);
  const [{ css: tabler }] = await new PurgeCSS().purge({
    content: content(),
    css: [join(modules, "@tabler/core/dist/css/tabler.min.css")],
    variables: true,
    keyframes: true,
    safelist: { standard: [/^is-(in)?valid$/, /^(in)?valid-feedback$/, /^form-(control|select|check|label|hint|text)/, /^btn(-sm|-lg|-primary|-icon)?$/, /^visually-hidden/], variables: usedByUs },
  });
  const { code } = transform({ filename: "pathways.css", code: Buffer.from(`${fontCss}\n${tabler}\n${own}`), minify: true });
  writeFileSync(join(out, "pathways.css"), code);
  return code;
}

function script() {
  const own = parts("js", ".js").map((name) => read(root, "static", "js", name));
  const code = Buffer.from([read(modules, "htmx.org/dist/htmx.min.js"), ...own].join(";\n"));
  writeFileSync(join(out, "pathways.js"), code);
  return code;
}

// Scripts of single pages, each with the package it needs: static/js/pages/<name>.js becomes static/vendor/<name>.js.
// The newcomer's pages (portal) do without htmx: theirs is the frame's script and a little more.
const OWN = "../static/js";
const PAGES = {
  listen: [],
  signing: ["signature_pad/dist/signature_pad.umd.min.js"],
  portal: [`${OWN}/10-frame.js`, `${OWN}/30-parts.js`, `${OWN}/45-stay.js`],
};

function pageScripts() {
  for (const [name, packages] of Object.entries(PAGES)) {
    const code = [...packages.map((file) => read(modules, file)), read(root, "static", "js", "pages", `${name}.js`)].join(";\n");
    writeFileSync(join(out, `${name}.js`), code.replace(/^\/\/# sourceMappingURL=.*$/gm, ""));
  }
}

async function build(fontCss) {
  pageScripts();
  const files = { css: await style(fontCss), js: script() };
  const sizes = Object.entries(files).map(([kind, code]) => `${kind}: ${(gzipSync(code).length / 1024).toFixed(1)} kB gzip`);
  console.log([...sizes, ...(await islands())].join(", "));
}

if (!existsSync(modules)) throw new Error("Run `npm ci` first.");
const fontCss = await fonts();
await build(fontCss);
if (process.argv.includes("--watch")) {
  let waiting;
  for (const folder of ["templates", "static/css", "static/js", "pathways"]) {
    watch(join(root, folder), { recursive: true }, (_, file) => {
      if (!/\.(html|css|jsx?|py)$/.test(file ?? "")) return;
      clearTimeout(waiting);
      waiting = setTimeout(() => build(fontCss).catch(console.error), 150);
    });
  }
}
