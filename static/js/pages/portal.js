// The newcomer's pages: kept for when there is no net, forgotten on leaving. Nothing here is needed to read or to act.
(() => {
  if (!("serviceWorker" in navigator)) return;
  const forget = () => caches.delete("portal-pages");
  const script = document.querySelector("meta[name=pw-worker]");
  if (script) addEventListener("load", () => navigator.serviceWorker.register(script.content, { scope: "/my/" }).catch(() => {}));
  else forget();
  document.addEventListener("submit", (event) => { if ("forget" in event.target.dataset) forget(); });
})();
