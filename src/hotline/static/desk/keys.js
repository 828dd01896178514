// Keys for people who work here all day. `?` shows them. None works while somebody is typing, but Esc and Ctrl+Enter.
const typing = (target) => target.closest("input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]");

function move(step) {
  const links = [...document.querySelectorAll("[data-list] tbody a")];
  const row = document.activeElement?.closest("[data-list] tbody tr") || document.querySelector("[data-list] tr.is-open");
  const at = links.findIndex((link) => link.closest("tr") === row);
  const next = links[Math.min(Math.max(at + step, 0), links.length - 1)];
  next?.focus();
  next?.closest("tr").scrollIntoView({ block: "nearest" });
  next?.dispatchEvent(new CustomEvent("list:moved", { bubbles: true }));
}

function closePanel() {
  const panel = document.querySelector("[data-panel]");
  if (!panel?.firstElementChild) return false;
  panel.replaceChildren();
  document.querySelector(".acts .act")?.focus();
  return true;
}

// Alt with the key shown works while typing too. Browsers do the same with accesskey in their own ways; this is one way.
function atOnce(key) {
  const own = key && document.querySelector(`[accesskey="${CSS.escape(key)}"]`);
  if (!own || !own.checkVisibility()) return false;
  own.focus();
  if (!("focus" in own.dataset)) own.click();
  return true;
}

const KEYS = {
  "/": () => document.querySelector("#search")?.focus(),
  j: () => move(1),
  k: () => move(-1),
  n: () => document.querySelector(".bell > summary")?.click(),
  "?": () => document.querySelector("#keys")?.showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  if (event.key === "Escape" && !document.querySelector("dialog[open]")) {
    if (closePanel()) event.preventDefault();
    else document.activeElement?.blur?.();
    return;
  }
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    const form = event.target.form || document.querySelector("[data-panel] form, main form[data-draft]");
    form?.requestSubmit();
    return;
  }
  if (event.altKey && !event.ctrlKey && !event.metaKey) {
    if (atOnce(event.code.replace(/^(Key|Digit)/, "").toLowerCase())) event.preventDefault();
    return;
  }
  if (typing(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
  const act = /^[1-9]$/.test(event.key) && document.querySelector(`[data-key="${event.key}"]`);
  const done = act ? () => act.click() : KEYS[event.key];
  if (!done) return;
  event.preventDefault();
  done();
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-panel] [data-closes]")) {
    event.preventDefault();
    closePanel();
  }
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

// On a phone the desks lie side by side and more of them than fit: the one that is open is brought into view.
document.querySelector(".rail [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
