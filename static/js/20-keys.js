// The keyboard: Ctrl K finds a person, arrows walk through a list, W asks why.
(() => {
  const typing = (element) => element.closest("input, textarea, select, [contenteditable]");
  const dialog = () => document.getElementById("search");
  const shown = (element) => element.getClientRects().length > 0;

  function openSearch() {
    if (!dialog().open) dialog().showModal();
    const input = dialog().querySelector("input[type=search]");
    input.focus();
    input.select();
  }

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-open=search]") && dialog() && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      openSearch();
    } else if (event.target === dialog()) dialog().close();   // the veil around it
  });

  // One step up or down in a list of elements; the focus stays at the ends.
  function walk(elements, from, step) {
    const list = elements.filter(shown);
    const place = list.indexOf(from);
    const next = place < 0 ? (step > 0 ? 0 : list.length - 1) : place + step;
    list[Math.max(0, Math.min(next, list.length - 1))]?.focus();
  }
  const step = (event) => ({ ArrowDown: 1, ArrowUp: -1 })[event.key];

  // In the search field and its results: the arrows choose, Enter opens the only or the first one.
  function inSearch(event) {
    const field = dialog().querySelector("[data-arrows]");
    const links = [...dialog().querySelectorAll(field.dataset.arrows)];
    if (step(event) && (event.target === field || links.includes(event.target))) {
      event.preventDefault();
      if (event.key === "ArrowUp" && event.target === links[0]) field.focus();
      else walk(links, event.target, step(event));
    } else if (event.key === "Enter" && event.target === field && links.length) {
      event.preventDefault();
      links[0].click();
    }
  }

  // In a queue (`<table data-keys>`): the focus moves from act to act, Enter does it, W opens its reasons, P the person.
  function inQueue(event) {
    const queue = document.querySelector("[data-keys]");
    if (!queue || typing(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    const row = event.target.closest("[data-keys] tr");
    const acts = [...queue.querySelectorAll("tbody tr")].map((line) => line.querySelector("[data-act]")).filter(Boolean);
    if (step(event) && (row || event.target === document.body || event.target.id === "main")) {
      event.preventDefault();
      walk(acts, row?.querySelector("[data-act]"), step(event));
    } else if (row && event.key.toLowerCase() === "w") row.querySelector(".pw-why")?.click();
    else if (row && event.key.toLowerCase() === "p") row.querySelector("th a")?.click();
  }

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k" && dialog()) {
      event.preventDefault();
      openSearch();
    } else if (dialog()?.open) inSearch(event);
    else inQueue(event);
  });
})();
