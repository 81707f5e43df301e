// The newcomer's pages: kept for when there is no net, forgotten on leaving. Nothing here is needed to read or to act.
(() => {
  // What a page asks to be told at once, as that its messages are seen; without scripts the form has a button.
  for (const form of document.querySelectorAll("form[data-at-once]"))
    fetch(form.action, { method: "POST", body: new FormData(form), headers: { "HX-Request": "true" } }).catch(() => {});
  if (!("serviceWorker" in navigator)) return;
  const forget = () => caches.delete("portal-pages");
  const script = document.querySelector("meta[name=pw-worker]");
  if (script) addEventListener("load", () => navigator.serviceWorker.register(script.content, { scope: "/my/" }).catch(() => {}));
  else forget();
  document.addEventListener("submit", (event) => { if ("forget" in event.target.dataset) forget(); });
})();
