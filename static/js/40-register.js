// The register of a class: letters set a mark and go down. What is not sent yet is kept on this device, with a number of its
// own for each mark, and sent when there is a connection: sent twice it is still kept once.
(() => {
  const LETTERS = "PLEA";
  const VALUES = { P: "present", L: "late", E: "excused", A: "absent", "": "" };
  const PREFIX = "pw-register:";
  const csrf = () => JSON.parse(document.body.getAttribute("hx-headers") || "{}")["X-CSRFToken"];
  const read = (name) => { try { return JSON.parse(localStorage.getItem(name)) || {}; } catch { return {}; } };
  const write = (name, box) => {
    if (Object.keys(box.marks || {}).length) localStorage.setItem(name, JSON.stringify(box));
    else localStorage.removeItem(name);
  };
  const newKey = () => crypto.randomUUID?.() || "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) => (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16));

  // Sends what a box holds; answers what the server said, or why it could not be asked ("offline", "signin", "failed").
  async function sendBox(box) {
    const entries = Object.entries(box.marks).map(([enrolment, mark]) => ({ enrolment, ...mark }));
    try {
      const answer = await fetch(box.url, {
        method: "POST", redirect: "manual", body: JSON.stringify({ entries }),
        headers: { "Content-Type": "application/json", "X-CSRFToken": csrf() },
      });
      if (answer.type === "opaqueredirect" || answer.status === 403) return "signin";
      if (answer.ok || answer.status === 422) return await answer.json();
      return "failed";
    } catch { return "offline"; }
  }
  // Takes out of a box what was sent, unless it has been changed again meanwhile.
  function settle(name, sent) {
    const box = read(name);
    for (const [enrolment, mark] of Object.entries(sent)) if (box.marks?.[enrolment]?.key === mark.key) delete box.marks[enrolment];
    write(name, box);
  }
  // What other pages of this teacher have left behind goes out from any page of the classroom.
  async function sendOthers(owner, but) {
    const names = Object.keys(localStorage).filter((name) => name.startsWith(`${PREFIX}${owner}:`) && name !== but);
    for (const name of names) {
      const box = read(name), answer = await sendBox(box);
      if (typeof answer === "object" && !answer.refused) settle(name, box.marks);
    }
  }

  const form = document.querySelector("form[data-register]");
  const owner = form?.dataset.owner || document.querySelector("[data-register-owner]")?.dataset.registerOwner;
  if (!owner) return;
  const name = form && `${PREFIX}${owner}:${form.dataset.session}`;
  sendOthers(owner, name);
  addEventListener("online", () => sendOthers(owner, name));
  const status = form?.querySelector("[data-saved]");
  if (!status) return;

  const words = JSON.parse(status.dataset.words);
  const table = form.querySelector("table");
  const rows = [...table.querySelectorAll("tr[data-row]")].filter((row) => row.querySelector("[data-now]"));
  const cell = (row) => row.querySelector("[data-now]");
  const minutes = (row) => row.querySelector("input[type=number]");
  const reason = (row) => row.querySelector("input[type=text]");
  const history = [];
  let late = null, timer = 0, busy = false, trouble = "", savedAt = "";

  function show(row) {
    const mark = cell(row).dataset.m, person = row.querySelector("th bdi").textContent;
    const time = mark === "L" && minutes(row).value ? ` ${minutes(row).value} min.` : "";
    cell(row).setAttribute("aria-label", `${person}: ${words[mark]}${time}`);
    cell(row).querySelector("select").value = VALUES[mark];
    minutes(row).hidden = mark !== "L";
    reason(row).hidden = !mark || mark === "P";
    cell(row).toggleAttribute("data-unsaved", row.dataset.row in (read(name).marks || {}));
  }
  function say() {
    const waiting = Object.keys(read(name).marks || {}).length, d = status.dataset;
    const count = waiting === 1 ? d.one : d.many.replace("{n}", waiting);
    const open = rows.filter((row) => !cell(row).dataset.m).length;
    let text = waiting ? `${count}. ${d[trouble] || d.works}` : savedAt ? d.at.replace("{time}", savedAt) : d.all;
    if (!waiting && status.dataset.told) text = `${status.dataset.told} ${text}`;
    if (status.textContent !== text) status.textContent = text;
    status.toggleAttribute("data-waiting", waiting > 0);
    const rest = document.querySelector("[data-rest]");
    if (rest) {
      rest.hidden = open === 0;
      rest.querySelector("[data-rest-words]").textContent = d.rest.replace("{n}", open);
    }
    form.querySelector("[data-undo]").hidden = history.length === 0;
  }
  const state = (row) => [cell(row).dataset.m, minutes(row).value, reason(row).value];

  // Remembers what a row says now as not saved yet; `was` stays what the server last said.
  function keep(row) {
    const box = { url: form.dataset.send, marks: {}, ...read(name) };
    const [mark, min, why] = state(row);
    box.marks[row.dataset.row] = { mark, minutes: mark === "L" ? min : "", reason: mark && mark !== "P" ? why : "", was: cell(row).dataset.was, key: newKey() };
    write(name, box);
    delete status.dataset.told;
    show(row);
    say();
    clearTimeout(timer);
    timer = setTimeout(send, 1500);
  }
  function set(row, mark) {
    history.push([row, ...state(row)]);
    cell(row).dataset.m = mark;
    if (mark !== "L") minutes(row).value = "";
    late = mark === "L" ? row : null;
    keep(row);
  }
  function undo() {
    const last = history.pop();
    if (!last) return;
    const [row, mark, min, why] = last;
    cell(row).dataset.m = mark;
    minutes(row).value = min;
    reason(row).value = why;
    keep(row);
    focus(row);
  }
  async function send() {
    clearTimeout(timer);
    const box = read(name), sent = { ...box.marks };
    if (busy || !Object.keys(sent).length) return;
    busy = true;
    const answer = await sendBox(box);
    busy = false;
    if (typeof answer === "string") {
      trouble = answer === "failed" ? "offline" : answer;
      timer = setTimeout(send, 15000);
    } else receive(answer, sent);
    say();
    if (!trouble && Object.keys(read(name).marks || {}).length) send();
  }
  function receive(answer, sent) {
    trouble = "";
    settle(name, sent);
    savedAt = new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
    const d = status.dataset, met = Object.keys(answer.conflicts || {}), told = [answer.refused];
    if (met.length) told.push(d.conflict.replace("{n}", met.length));
    if (answer.locked?.length) told.push(d.kept.replace("{n}", answer.locked.length));
    const text = told.filter(Boolean).join(" ");
    if (text) d.told = text;
    for (const row of rows) {
      const key = row.dataset.row;
      if (met.includes(key)) cell(row).dataset.m = (answer.conflicts[key] || "")[0]?.toUpperCase() || "";
      if (answer.saved?.includes(key)) cell(row).dataset.was = sent[key]?.mark ?? cell(row).dataset.was;
      if (met.includes(key)) cell(row).dataset.was = cell(row).dataset.m;
      if (answer.locked?.includes(key)) cell(row).dataset.m = cell(row).dataset.was;
      if (answer.figures?.[key]) {
        row.querySelectorAll("[data-figure]").forEach((figure) => figure.remove());
        row.insertAdjacentHTML("beforeend", answer.figures[key]);
      }
      show(row);
    }
  }

  // The keyboard: one cell of the column can be reached by Tab, arrows move between them.
  function focus(row) {
    rows.forEach((one) => { cell(one).tabIndex = one === row ? 0 : -1; });
    cell(row).focus();
  }
  const step = (row, by) => focus(rows[Math.max(0, Math.min(rows.indexOf(row) + by, rows.length - 1))]);
  function typeMinutes(digit) {
    history.push([late, ...state(late)]);
    minutes(late).value = String(Math.min(Number(minutes(late).value + digit), Number(form.dataset.minutes)));
    keep(late);
  }
  function press(event, row) {
    const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
    if (key === "P" && event.shiftKey) return markRest();
    if (LETTERS.includes(key) && key.length === 1) { set(row, key); return step(row, 1); }
    if (/^\d$/.test(key) && late) return typeMinutes(key);
    if (key === "Delete" || key === "Backspace") return set(row, "");
    if (key === "ArrowDown" || key === "Enter") return step(row, 1);
    if (key === "ArrowUp") return step(row, -1);
    if (key === "Home") return focus(rows[0]);
    if (key === "End") return focus(rows[rows.length - 1]);
    if (key === "ArrowRight") return ([minutes(row), reason(row)].find((input) => !input.hidden) || cell(row)).focus();
    return false;
  }
  const markRest = () => rows.filter((row) => !cell(row).dataset.m).forEach((row) => set(row, "P"));

  form.dataset.live = "";
  table.setAttribute("role", "grid");
  for (const row of rows) {
    cell(row).tabIndex = -1;
    cell(row).setAttribute("role", "gridcell");
    const mine = read(name).marks?.[row.dataset.row];
    if (mine) {   // left behind by a lost connection or a closed page
      cell(row).dataset.m = mine.mark;
      minutes(row).value = mine.minutes;
      reason(row).value = mine.reason;
    }
    show(row);
  }
  if (rows.length) cell(rows.find((row) => !cell(row).dataset.m) || rows[0]).tabIndex = 0;
  table.addEventListener("keydown", (event) => {
    const at = event.target.closest("[data-now]");
    if (!at || event.ctrlKey || event.metaKey || event.altKey) {
      if (event.key === "Enter" && event.target.matches("input")) { event.preventDefault(); step(event.target.closest("tr"), 1); }
      return;
    }
    if (press(event, at.closest("tr")) !== false) event.preventDefault();
  });
  table.addEventListener("click", (event) => {   // a finger or mouse goes round the marks
    const at = event.target.closest("[data-now]");
    if (!at) return;
    const row = at.closest("tr"), order = ["P", "L", "E", "A", ""];
    set(row, order[(order.indexOf(at.dataset.m) + 1) % order.length]);
    focus(row);
  });
  table.addEventListener("change", (event) => { if (event.target.matches("input")) keep(event.target.closest("tr")); });
  document.addEventListener("keydown", (event) => {
    const key = event.key.toLowerCase(), typing = event.target.closest("input, textarea");
    if (!(event.ctrlKey || event.metaKey) || (key !== "s" && (key !== "z" || typing))) return;
    event.preventDefault();
    if (key === "s") send(); else undo();
  });
  form.addEventListener("submit", (event) => { event.preventDefault(); event.stopPropagation(); send(); });
  form.querySelector("[data-undo]").addEventListener("click", undo);
  document.querySelector("[data-rest]")?.addEventListener("click", markRest);
  addEventListener("online", send);
  addEventListener("offline", () => { trouble = "offline"; say(); });
  addEventListener("beforeunload", () => { if (Object.keys(read(name).marks || {}).length) send(); });
  say();
  send();
})();
