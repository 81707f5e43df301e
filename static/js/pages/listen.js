// What a page says, read aloud by the voice of the device: parts marked `data-spoken`, started by the button `data-listen`.
// The button shows only where the device has a voice for the language of the page.
(() => {
  const buttons = document.querySelectorAll("[data-listen]");
  if (!buttons.length || !("speechSynthesis" in window)) return;
  const own = document.documentElement.lang;
  const voices = (lang) => speechSynthesis.getVoices().filter((voice) => voice.lang.toLowerCase().split(/[-_]/)[0] === lang);
  const offer = () => { for (const button of buttons) button.hidden = !voices(own).length; };
  const pressed = (on) => { for (const button of buttons) button.setAttribute("aria-pressed", on); };

  // One utterance a line: long ones are cut off by some voices. What is folded away or has no voice is left out.
  const lines = () => [...document.querySelectorAll("[data-spoken]")].flatMap((part) => {
    const found = [part, ...part.querySelectorAll("h2, h3, h4, p, li, dt, dd")].filter((one) => !one.querySelector("h2, h3, h4, p, li, dt, dd"));
    return found.filter((one) => one.checkVisibility?.() ?? true).map((one) => [one.innerText.trim(), one.closest("[lang]").lang]);
  }).filter(([text, lang]) => text && voices(lang).length);

  const stop = () => { speechSynthesis.cancel(); pressed(false); };
  const start = () => {
    const said = lines().map(([text, lang]) => {
      const one = new SpeechSynthesisUtterance(text);
      [one.lang, one.voice] = [lang, voices(lang)[0]];
      return one;
    });
    if (!said.length) return;
    said.at(-1).addEventListener("end", () => pressed(false));
    pressed(true);
    said.forEach((one) => speechSynthesis.speak(one));
  };
  for (const button of buttons) button.addEventListener("click", () => (button.getAttribute("aria-pressed") === "true" ? stop() : start()));
  speechSynthesis.addEventListener("voiceschanged", offer); // many browsers know their voices only after a while
  addEventListener("pagehide", stop);
  offer();
})();
