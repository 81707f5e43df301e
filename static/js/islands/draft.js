// The forms of a draft: saved as one types, with the state of saving said; faults shown at their place; rules moved by hand.
const WAIT = 900;
const AGAIN = 5000;
const csrf = () => JSON.parse(document.body.getAttribute("hx-headers") || "{}")["X-CSRFToken"];

function faults(box, listed) {
  const shape = document.getElementById("fault-shape").content.firstElementChild;
  box.replaceChildren(...listed.map((text) => {
    const line = shape.cloneNode(true);
    line.querySelector("span").textContent = text;
    return line;
  }));
  const field = document.getElementById(box.id.replace(/-faults$/, ""));
  if (field?.matches(".form-control, .form-select")) { field.classList.toggle("is-invalid", listed.length > 0); field.toggleAttribute("aria-invalid", listed.length > 0); }
}
document.addEventListener("pw:faults", (event) => faults(event.target, event.detail));

function saver(form) {
  const state = document.querySelector("[data-saved]");
  let waiting, dirty = false, running = null, told = false;
  const say = (text, name) => { state.textContent = text; state.dataset.is = name; };

  async function save() {
    clearTimeout(waiting);
    dirty = false;
    say(form.dataset.saving, "saving");
    const body = new FormData(form);
    body.delete("_once");
    let answer;
    try {
      answer = await fetch(form.action, { method: "POST", body, redirect: "manual", headers: { "X-Autosave": "1", "X-CSRFToken": csrf() } });
    } catch { answer = null; }
    if (!answer || answer.type === "opaqueredirect" || (answer.status !== 200 && answer.status !== 409 && answer.status !== 422)) {
      dirty = true;
      say(form.dataset.unsaved, "unsaved");
      waiting = setTimeout(() => start(), AGAIN);
      return;
    }
    const found = await answer.json();
    say(found.said, answer.status === 200 ? "saved" : "unsaved");
    if (answer.status === 409) return conflict();
    if (answer.status === 200) adopt(found);
  }
  function adopt(found) {
    document.querySelectorAll("[data-base]").forEach((input) => { input.value = found.base; });
    if (new URL(found.address, location.href).pathname !== location.pathname) history.replaceState(null, "", found.address);
    form.action = found.address;
    form.querySelectorAll("[data-faults]").forEach((box) => faults(box, found.faults[box.id.replace(/-faults$/, "")] ?? []));
    document.querySelectorAll("[data-step] button").forEach((button, i) => { button.disabled = i > 0; });
    document.querySelector("h1").textContent = found.title;
  }
  function conflict() {
    if (told) return;
    told = true;
    const button = document.createElement("button");
    button.className = "btn btn-sm btn-primary";
    button.type = "button";
    button.textContent = form.dataset.look;
    button.addEventListener("click", () => { dirty = false; form.requestSubmit(); });
    state.after(button);
    button.focus();
  }
  function start() {
    if (told) return Promise.resolve();
    running = (running ?? Promise.resolve()).then(save).finally(() => { running = null; if (dirty && !told && state.dataset.is !== "unsaved") start(); });
    return running;
  }
  const touched = () => { dirty = true; clearTimeout(waiting); waiting = setTimeout(start, WAIT); };
  form.addEventListener("input", touched);
  form.addEventListener("change", touched);
  // A form that is sent by its button waits for a saving that is under way, so that nobody gets in their own way.
  form.addEventListener("submit", (event) => {
    clearTimeout(waiting);
    const button = event.submitter;
    if (running) {
      event.preventDefault();
      event.stopImmediatePropagation();
      running.finally(() => form.requestSubmit(button ?? undefined));
    } else dirty = false;
  }, { capture: true });
  addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });
}
document.querySelectorAll("form[data-draft]").forEach(saver);

// What a box opens.
const open = (box) => { const part = box.closest("fieldset").querySelector("[data-opened]"); if (part) part.hidden = !box.checked; };
document.querySelectorAll("[data-opens]").forEach(open);
document.addEventListener("change", (event) => { if (event.target.matches?.("[data-opens]")) open(event.target); });

// Rules by hand; the buttons beside do the same.
for (const list of document.querySelectorAll("[data-reorder]")) {
  let held = null;
  const rows = () => [...list.children];
  for (const row of rows()) {
    const grip = row.querySelector("[data-grip]");
    if (!grip) continue;
    grip.hidden = false;
    grip.addEventListener("pointerdown", () => { row.draggable = true; });
    grip.addEventListener("pointerup", () => { row.draggable = false; });
    row.addEventListener("dragstart", (event) => { held = row; event.dataTransfer.effectAllowed = "move"; row.dataset.held = ""; });
    row.addEventListener("dragend", () => { row.draggable = false; delete row.dataset.held; held = null; });
    row.addEventListener("dragover", (event) => {
      if (!held || held === row) return;
      event.preventDefault();
      const box = row.getBoundingClientRect();
      row[event.clientY < box.top + box.height / 2 ? "before" : "after"](held);
    });
  }
  list.addEventListener("drop", (event) => {
    if (!held) return;
    event.preventDefault();
    const form = held.querySelector("form[data-move]");
    const to = document.createElement("input");
    Object.assign(to, { type: "hidden", name: "to", value: rows().indexOf(held) });
    form.append(to);
    form.requestSubmit();
  });
}
