// The bell fetches its last ten when it is opened; its number is kept by live.js. Esc closes it, `n` opens it.
const bell = () => document.querySelector("details.bell");

document.addEventListener(
  "toggle",
  async (event) => {
    if (event.target !== bell() || !event.target.open) return;
    const body = event.target.querySelector(".menu-body");
    try {
      const answer = await fetch(body.dataset.latest, { headers: { "HX-Request": "true" } });
      if (answer.status === 200 && !answer.redirected) body.innerHTML = await answer.text();
    } catch {
      // the link to the whole page stays
    }
  },
  true,
);

document.addEventListener(
  "keydown",
  (event) => {
    const open = document.querySelector("details.menu[open]");
    if (event.key !== "Escape" || !open) return;
    open.open = false;
    open.querySelector("summary").focus();
    event.preventDefault();
    event.stopPropagation();
  },
  true,
);
