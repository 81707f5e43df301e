// Islands: the few parts of a page that need packages from npm. Each static/js/islands/<name>.js or .jsx becomes one
// file static/vendor/islands/<name>.js, whole in itself: no chunk names another, so that hashed names of the static
// files stay right. A page loads it with <script src="{% static "vendor/islands/<name>.js" %}" defer>; it must find its
// places in the page itself and may add no inline script or style attribute (the content security policy refuses both).
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "vite";

const root = join(import.meta.dirname, "..", "..");
const sources = join(root, "static", "js", "islands");
const out = join(root, "static", "vendor", "islands");

// Entries are the files of the folder itself; what they share lies in folders below it.
export const entries = () =>
  existsSync(sources) ? readdirSync(sources, { withFileTypes: true }).filter((file) => file.isFile() && /\.jsx?$/.test(file.name)).map((file) => join(sources, file.name)).sort() : [];

async function island(entry) {
  const name = basename(entry, extname(entry));
  await build({
    root,
    configFile: false,
    envDir: false,
    logLevel: "warn",
    publicDir: false,
    define: { "process.env.NODE_ENV": '"production"' },
    build: {
      outDir: out,
      emptyOutDir: false,
      copyPublicDir: false,
      sourcemap: false,
      target: "es2022",
      reportCompressedSize: false,
      chunkSizeWarningLimit: 2000,
      rollupOptions: { input: entry, output: { format: "iife", entryFileNames: `${name}.js`, codeSplitting: false } },
    },
  });
  return `${name}: ${(gzipSync(readFileSync(join(out, `${name}.js`))).length / 1024).toFixed(1)} kB gzip`;
}

export async function islands() {
  mkdirSync(out, { recursive: true });
  const built = [];
  for (const entry of entries()) built.push(await island(entry));
  return built;
}
