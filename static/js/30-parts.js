// Parts that a script makes handier: dropping a file, choosing rows, watching a job.
(() => {
  // A file may be dropped on the frame of its field.
  const dropOf = (event) => event.target.closest?.("[data-drop]");
  for (const name of ["dragenter", "dragover"]) {
    document.addEventListener(name, (event) => {
      const drop = dropOf(event);
      if (!drop) return;
      event.preventDefault();
      drop.dataset.over = "";
    });
  }
  document.addEventListener("dragleave", (event) => { const drop = dropOf(event); if (drop && !drop.contains(event.relatedTarget)) delete drop.dataset.over; });
  document.addEventListener("drop", (event) => {
    const drop = dropOf(event);
    if (!drop) return;
    event.preventDefault();
    delete drop.dataset.over;
    const input = drop.querySelector("input[type=file]");
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });

  // Choosing rows: `data-all` ticks every box of its table; `data-count` says how many are chosen.
  function count(form) {
    const chosen = form.querySelectorAll("input[data-row]:checked").length;
    form.querySelectorAll("[data-count]").forEach((place) => { place.textContent = chosen; });
    form.querySelectorAll("[data-needs-rows]").forEach((part) => { part.hidden = chosen === 0; });
  }
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form:has(input[data-row])");
    if (!form) return;
    if ("all" in event.target.dataset) form.querySelectorAll("input[data-row]").forEach((box) => { box.checked = event.target.checked; });
    count(form);
  });
  const start = () => document.querySelectorAll("form:has(input[data-row])").forEach(count);
  document.addEventListener("htmx:load", start);
  start();
})();
