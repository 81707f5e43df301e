// Keeps the last seen first page, calendar and list of papers for when there is no net, and the style they need.
// Only pages that the server marks are kept (not on a shared phone), for one person and one language at a time.
const KEPT = [{% for page in kept %}"{{ page|escapejs }}"{% if not forloop.last %}, {% endif %}{% endfor %}];
const OFFLINE = "{{ offline|escapejs }}";
const STATIC = "{{ static|escapejs }}";
const HEADER = "{{ header|escapejs }}";
const PAGES = "portal-pages", FILES = "portal-files";
const FILES_KEPT = 60;

self.addEventListener("install", (event) => event.waitUntil(self.skipWaiting()));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => { if (event.data === "forget") event.waitUntil(forget()); });

const forget = () => caches.delete(PAGES);

// Whose pages are kept is remembered beside them; somebody else's page makes the others go.
async function keep(path, response) {
  const owner = response.headers.get(HEADER);
  if (!owner) return forget();
  let pages = await caches.open(PAGES);
  const before = await pages.match("owner");
  if (before && (await before.text()) !== owner) {
    await forget();
    pages = await caches.open(PAGES);
  }
  await pages.put("owner", new Response(owner));
  await pages.put(path, response);
  if (!(await pages.match(OFFLINE))) await pages.add(OFFLINE).catch(() => {});
}

// The note that a page is an old one is there from the start, hidden: it is only uncovered.
async function kept(path) {
  const pages = await caches.open(PAGES);
  const found = (await pages.match(path)) || (await pages.match(OFFLINE));
  if (!found) return Response.error();
  const text = (await found.text()).replace("data-kept hidden", "data-kept");
  const policy = found.headers.get("Content-Security-Policy") || "default-src 'none'";
  return new Response(text, { headers: { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": policy } });
}

async function page(request) {
  const path = new URL(request.url).pathname;
  try {
    const response = await fetch(request);
    if (KEPT.includes(path)) {
      if (response.type === "opaqueredirect") await forget();  // to sign-in: the session is over, nothing stays
      else if (response.ok) await keep(path, response.clone());
    }
    return response;
  } catch {
    return kept(path);
  }
}

async function file(request) {
  const files = await caches.open(FILES);
  const found = await files.match(request);
  if (found) return found;
  const response = await fetch(request);
  if (response.ok) {
    await files.put(request, response.clone());
    const names = await files.keys();
    await Promise.all(names.slice(0, Math.max(0, names.length - FILES_KEPT)).map((name) => files.delete(name)));
  }
  return response;
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (pathname.startsWith(STATIC)) event.respondWith(file(request));
});
