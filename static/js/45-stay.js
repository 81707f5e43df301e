// A newcomer's session: warn before it ends, let it go on, and leave when nobody answers. Without scripts it simply ends.
(() => {
  const ask = document.querySelector("dialog[data-idle]");
  const key = "pw-seen";
  const fragment = location.hash.slice(1);
  const code = document.querySelector("form [name=code]");
  // The code in the picture of the letter stands behind "#", which no server sees: it is put in its box.
  if (/^\d{12}$/.test(fragment)) {
    if (code && location.pathname.endsWith("/code/")) {
      code.value = fragment.replace(/(\d{3})(?=\d)/g, "$1 ");
      history.replaceState(null, "", location.pathname + location.search);
    }
    const onward = document.querySelector("form.pw-tongues [name=next]");
    if (onward) onward.value += `#${fragment}`;
  }
  if (!ask) return;

  const idle = ask.dataset.idle * 1000;
  const warn = ask.dataset.warn * 1000;
  const left = ask.querySelector("[data-left]");
  const leave = ask.querySelector("form");
  let lively = false;
  const seen = () => Number(localStorage.getItem(key)) || Date.now();   // all tabs of this browser are one session
  const note = () => localStorage.setItem(key, Date.now());

  const stay = async () => {
    note();
    const token = leave.querySelector("[name=csrfmiddlewaretoken]").value;
    const answer = await fetch(ask.dataset.stay, { method: "POST", headers: { "X-CSRFToken": token, "X-Stay": "1" } }).catch(() => null);
    if (answer && answer.status === 401) location.reload();
  };
  const end = () => {
    const ended = document.createElement("input");
    Object.assign(ended, { type: "hidden", name: "ended", value: "1" });
    leave.append(ended);
    leave.submit();
  };
  const look = () => {
    const rest = seen() + idle - Date.now();
    if (rest <= 0) { clearInterval(clock); end(); return; }
    if (rest > warn) { if (ask.open) ask.close(); return; }
    if (!ask.open) ask.showModal();
    left.textContent = `${Math.floor(rest / 60000)}:${String(Math.floor(rest / 1000) % 60).padStart(2, "0")}`;
  };

  note();
  ask.querySelector("[data-stay-here]").addEventListener("click", () => { ask.close(); stay(); });
  ask.addEventListener("cancel", (event) => { event.preventDefault(); ask.close(); stay(); });   // Escape is an answer too
  // Who types or reads is there: the session goes on without a question, told to the server once a minute.
  ["keydown", "pointerdown", "scroll"].forEach((name) => addEventListener(name, () => { lively = !ask.open; }, { passive: true }));
  setInterval(() => { if (lively) { lively = false; stay(); } }, 60000);
  document.addEventListener("visibilitychange", look);
  const clock = setInterval(look, 1000);
})();
