// Signing by hand: a pad for each side. Its strokes go into a hidden field as numbers; without this script one types one's name.
// At the desk a choice says how; in the portal the buttons `data-switch` go from one way to the other.
(() => {
  function open(form) {
    const canvas = form.querySelector("canvas");
    const drawing = form.querySelector("input[name=drawing]");
    const ways = form.querySelectorAll("input[name=method]");
    const ink = () => getComputedStyle(canvas).color;
    const pad = new SignaturePad(canvas, { penColor: ink() });
    let byHand = !form.hasAttribute("data-refused");

    // The canvas has as many pixels as the screen; what was drawn is drawn again.
    function fit() {
      const ratio = Math.max(window.devicePixelRatio || 1, 1);
      const kept = pad.toData();
      canvas.width = canvas.offsetWidth * ratio;
      canvas.height = canvas.offsetHeight * ratio;
      canvas.getContext("2d").scale(ratio, ratio);
      pad.penColor = ink();
      pad.clear();
      pad.fromData(kept);
    }
    const keep = () => { drawing.value = JSON.stringify(pad.toData().map((stroke) => stroke.points.map(({ x, y }) => [Math.round(x * 10) / 10, Math.round(y * 10) / 10]))); };
    const clear = () => { pad.clear(); drawing.value = ""; };
    pad.addEventListener("endStroke", keep);
    form.querySelector("[data-clear]").addEventListener("click", clear);

    const show = () => {
      const drawn = ways.length ? form.querySelector("input[name=method]:checked").value === "desk_drawn" : byHand;
      form.querySelector("[data-draw]").hidden = !drawn;
      form.querySelector("[data-type]").hidden = drawn;
      if (drawn) fit();
    };
    ways.forEach((choice) => choice.addEventListener("change", show));
    form.querySelectorAll("[data-switch]").forEach((button) => {
      button.hidden = false;
      button.addEventListener("click", () => {
        byHand = !byHand;
        clear();
        show();
        form.querySelector(byHand ? "[data-draw] [data-switch]" : "input[name=name]").focus();
      });
    });
    if (ways.length) {
      form.querySelector("[data-methods]").hidden = false;
      if (byHand) form.querySelector("input[value=desk_drawn]").checked = true;
    } else drawing.value = "";
    window.addEventListener("resize", fit);
    show();
  }
  document.querySelectorAll("form[data-sign]").forEach(open);
})();
