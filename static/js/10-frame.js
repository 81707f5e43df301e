// What every page may use: theme, menus, messages, and saying aloud when a request fails. Pages work without any of it.
(() => {
  const root = document.documentElement;
  const once = (name, handler, options) => document.addEventListener(name, handler, options);

  // The theme changes at once; the form itself stays for those without scripts.
  once("submit", (event) => {
    const form = event.target.closest("form[data-theme]");
    if (!form || !event.submitter) return;
    event.preventDefault();
    const theme = event.submitter.value;
    if (theme) root.dataset.bsTheme = theme; else delete root.dataset.bsTheme;
    const age = theme ? 31536000 : 0;
    document.cookie = `theme=${theme};path=/;max-age=${age};samesite=lax${location.protocol === "https:" ? ";secure" : ""}`;
    form.querySelectorAll("button").forEach((button) => button.setAttribute("aria-pressed", button === event.submitter));
  });

  // A form is sent once, however often its button is pressed; `data-again` for one that answers with a file.
  once("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || form.target || "again" in form.dataset) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    form.setAttribute("aria-busy", "true");
  });
  addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => {
    delete form.dataset.sent;
    form.removeAttribute("aria-busy");
  }));

  // Menus made of <details data-close> close on Escape and on a click elsewhere.
  const close = (menu) => { menu.open = false; };
  once("click", (event) => document.querySelectorAll("details[data-close][open]").forEach((menu) => menu.contains(event.target) || close(menu)));
  once("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = document.querySelector("details[data-close][open]");
    if (menu) { close(menu); menu.querySelector("summary").focus(); }
  });

  const showScripted = (part) => part.querySelectorAll("[data-dismiss][hidden], [data-print][hidden]").forEach((button) => { button.hidden = false; });
  once("click", (event) => {
    const button = event.target.closest("[data-dismiss], [data-print]");
    if (!button) return;
    if ("print" in button.dataset) print(); else button.closest(".pw-note").remove();
  });

  // A choice that applies at once: the form's own button is for those without scripts.
  once("change", (event) => {
    const form = event.target.form;
    if (form && "autosubmit" in form.dataset && !form.hasAttribute("hx-get")) form.requestSubmit();
  });

  const say = (text) => { document.getElementById("pw-live").textContent = text; };
  // A passkey that was refused or not found: allauth would only tell the console.
  once("allauth.error", (event) => { event.preventDefault(); say(document.body.dataset.failed); });
  once("htmx:beforeRequest", () => say(""));
  once("htmx:sendError", () => say(document.body.dataset.lost));
  once("htmx:responseError", (event) => say(event.detail.xhr.status === 404 ? event.detail.xhr.responseText : document.body.dataset.failed));
  // A form with errors comes back as 422 and is shown like any other answer.
  once("htmx:beforeSwap", (event) => { if (event.detail.xhr.status === 422) { event.detail.shouldSwap = true; event.detail.isError = false; } });
  once("htmx:load", (event) => showScripted(event.detail.elt));
  showScripted(document);
})();
