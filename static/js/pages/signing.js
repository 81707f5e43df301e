// Signing by hand: a pad for each side. Its strokes go into a hidden field as numbers; without this script one types one's name.
(() => {
  function open(form) {
    const canvas = form.querySelector("canvas");
    const drawing = form.querySelector("input[name=drawing]");
    const ink = () => getComputedStyle(canvas).color;
    const pad = new SignaturePad(canvas, { penColor: ink() });

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
    pad.addEventListener("endStroke", keep);
    form.querySelector("[data-clear]").addEventListener("click", () => { pad.clear(); drawing.value = ""; });

    const show = () => {
      const drawn = form.querySelector("input[name=method]:checked").value === "desk_drawn";
      form.querySelector("[data-draw]").hidden = !drawn;
      form.querySelector("[data-type]").hidden = drawn;
      if (drawn) fit();
    };
    form.querySelectorAll("input[name=method]").forEach((choice) => choice.addEventListener("change", show));
    form.querySelector("[data-methods]").hidden = false;
    if (!form.hasAttribute("data-refused")) form.querySelector("input[value=desk_drawn]").checked = true;
    window.addEventListener("resize", fit);
    show();
  }
  document.querySelectorAll("form[data-sign]").forEach(open);
})();
