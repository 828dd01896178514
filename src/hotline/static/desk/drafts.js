// What is typed is kept until it is done: a refused act, a closed panel or an expired session loses nothing. This tab
// holds it, and at every pause the server does too, for its writer alone: a browser that was closed, a machine that went
// dark or a second caller in mid-form loses nothing either. On a shared machine nothing stays when the tab closes: only
// a form marked `data-draft-stays` does.
(() => {
  "use strict";
  const home = document.body.dataset;
  const place = (name) => `draft:${home.person || ""}:${name}`;
  const UNKEPT = new Set(["csrfmiddlewaretoken", "token", "version", "next"]);
  const PAUSE = 2500;
  const LATEST_KEPT = 15000;
  const GIVEN_UP = 15000;
  const waiting = new Map();

  // A form that stays is filled in on the way, on a phone of one's own: it outlasts the tab, until it is done or one signs out.
  const shelf = (form) => ("draftStays" in form.dataset ? localStorage : sessionStorage);

  function kept(name) {
    try {
      return JSON.parse(sessionStorage.getItem(place(name)) ?? localStorage.getItem(place(name)));
    } catch {
      return null;
    }
  }

  function forget(name) {
    for (const store of [sessionStorage, localStorage]) store.removeItem(place(name));
  }

  function forgetAll() {
    sessionStorage.clear();
    for (const name of Object.keys(localStorage)) if (name.startsWith("draft:")) localStorage.removeItem(name);
    indexedDB.deleteDatabase("visits");
  }

  const newKey = () => [...crypto.getRandomValues(new Uint8Array(12))].map((part) => part.toString(16).padStart(2, "0")).join("");
  const written = (form) => [...form.elements].some((one) => one.name && /^(text|textarea|tel|search)$/.test(one.type) && one.value.trim().length > 1);

  function keep(form) {
    const name = form.dataset.draft;
    const typed = [...new FormData(form)].filter(([field, value]) => !UNKEPT.has(field) && typeof value === "string");
    const key = kept(name)?.key || newKey();
    shelf(form).setItem(place(name), JSON.stringify({ key, typed }));
    if (home.drafts) later(form, { form: name, key, typed: JSON.stringify(typed) });
  }

  // With the server, once the hands rest; in long typing every quarter of a minute all the same.
  function later(form, said) {
    const before = waiting.get(said.key);
    clearTimeout(before?.timer);
    const since = before?.since || Date.now();
    const timer = setTimeout(() => send(said.key), Math.max(0, Math.min(PAUSE, since + LATEST_KEPT - Date.now())));
    waiting.set(said.key, { form, said, since, timer });
  }

  function body(said) {
    const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value || "";
    return new URLSearchParams({ csrfmiddlewaretoken: token, ...said });
  }

  async function send(key) {
    const one = waiting.get(key);
    if (!one) return;
    waiting.delete(key);
    if (!written(one.form)) return;
    try {
      const answer = await fetch(home.drafts, { method: "POST", body: body(one.said), keepalive: true });
      if (answer.ok && !answer.redirected) light(one.form);
    } catch {
      if (!waiting.has(key)) waiting.set(key, one); // away: it goes when the network is back or the page is left
    }
  }

  function light(form) {
    const foot = form.querySelector("footer");
    if (!foot) return;
    const lamp = foot.querySelector(".draft-light") || foot.appendChild(Object.assign(document.createElement("small"), { className: "draft-light" }));
    const at = new Date();
    lamp.textContent = `${home.draftSaved} ${at.toTimeString().slice(0, 5)}`;
  }

  function leaving() {
    for (const [key, one] of waiting) {
      clearTimeout(one.timer);
      waiting.delete(key);
      if (written(one.form)) navigator.sendBeacon(home.drafts, body(one.said));
    }
  }
  window.addEventListener("pagehide", leaving);
  document.addEventListener("visibilitychange", () => document.hidden && leaving());

  function drop(key) {
    clearTimeout(waiting.get(key)?.timer);
    waiting.delete(key);
    if (home.drafts) fetch(`${home.drafts}done/`, { method: "POST", body: body({ key }), keepalive: true }).catch(() => {});
  }

  function put(form, typed) {
    const values = new Map();
    for (const [name, value] of typed) values.set(name, [...(values.get(name) || []), value]);
    for (const field of form.elements) {
      if (!field.name || UNKEPT.has(field.name) || field.type === "hidden" || field.type === "file") continue;
      const given = values.get(field.name) || [];
      if (field.type === "checkbox" || field.type === "radio") field.checked = given.includes(field.value);
      else if (field.multiple) for (const option of field.options) option.selected = given.includes(option.value);
      else if (given.length) field.value = given[0];
      if (field.tagName === "SELECT") field.dispatchEvent(new Event("restored"));
    }
  }

  function blank(form) {
    form.reset();
    for (const field of form.querySelectorAll("select")) field.dispatchEvent(new Event("restored"));
    form.querySelector("[data-restored]")?.remove();
    form.querySelector(".draft-light")?.remove();
  }

  // On top of the form, below its own heading.
  function announce(form, note) {
    const head = form.querySelector(":scope > header");
    if (head) head.after(note);
    else form.prepend(note);
  }

  function restore(form) {
    if ("typed" in form.dataset) return;
    const own = kept(form.dataset.draft);
    if (!own?.typed) return void offer(form, "");
    put(form, own.typed);
    const words = document.querySelector("#draft-restored");
    if (words && written(form)) announce(form, words.content.cloneNode(true).firstElementChild);
  }

  async function offer(form, but) {
    if (!home.drafts) return;
    try {
      const answer = await fetch(`${home.drafts}offers/`, { method: "POST", body: body({ form: form.dataset.draft, but }) });
      if (answer.status !== 200 || answer.redirected) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      form.querySelector("[data-offers]")?.remove();
      announce(form, document.adoptNode(page.querySelector("[data-offers]")));
    } catch {
      // away: what this tab holds is there
    }
  }

  function taken(form, button) {
    const typed = JSON.parse(button.dataset.typed);
    put(form, typed);
    shelf(form).setItem(place(form.dataset.draft), JSON.stringify({ key: button.dataset.takes, typed }));
    form.querySelector("[data-offers]").remove();
    for (const field of form.elements) if (field.name === "phone" || field.name === "content") field.dispatchEvent(new Event("input", { bubbles: true }));
    form.querySelector("input:not([type=hidden]), textarea")?.focus();
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest(".drafts button");
    const form = button?.closest("form");
    if (!form) return;
    const name = form.dataset.draft;
    if (button.dataset.takes) return taken(form, button);
    if (button.dataset.drops) {
      drop(button.dataset.drops);
      const line = button.closest("p");
      const box = line.parentElement;
      line.remove();
      if (!box.children.length) box.remove();
      return;
    }
    const own = kept(name);
    forget(name);
    if ("clears" in button.dataset && own) drop(own.key);
    if ("setsAside" in button.dataset && own) {
      waiting.set(own.key, { form, said: { form: name, key: own.key, typed: JSON.stringify(own.typed) } });
      send(own.key).then(() => offer(form, ""));
    }
    blank(form);
    form.querySelector("input:not([type=hidden]), textarea")?.focus();
  });

  function restoreAll(root) {
    for (const form of root.querySelectorAll("form[data-draft]")) restore(form);
    for (const link of document.querySelectorAll("[data-draft-of]")) {
      if (!kept(link.dataset.draftOf)?.typed || link.querySelector(".has-draft")) continue;
      link.append(Object.assign(document.createElement("small"), { className: "has-draft", textContent: home.draftHere }));
    }
  }

  for (const said of document.querySelectorAll("[data-done]")) {
    for (const name of said.dataset.done.split(" ")) {
      const own = kept(name);
      if (own?.key) drop(own.key);
      forget(name);
    }
  }
  document.addEventListener("input", (event) => event.target.form?.dataset.draft && keep(event.target.form));
  document.addEventListener("change", (event) => event.target.form?.dataset.draft && keep(event.target.form));

  // Nothing is sent into a network that is away: the page would be gone, and with it what stands on it.
  function trouble(form, words) {
    form.querySelector("[data-trouble]")?.remove();
    if (!words) return;
    const note = Object.assign(document.createElement("div"), { className: "notice notice-stop", textContent: words });
    note.setAttribute("role", "alert");
    note.dataset.trouble = "";
    const foot = form.querySelector("footer") || form.querySelector("button:not([type=button])");
    foot ? foot.before(note) : form.append(note);
    note.scrollIntoView({ block: "nearest" });
  }
  window.addEventListener("online", () => {
    for (const note of document.querySelectorAll("[data-trouble]")) note.remove();
    for (const key of waiting.keys()) send(key);
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented && !form.hasAttribute("hx-post")) return;
    const own = form.dataset.draft && kept(form.dataset.draft);
    if (own && waiting.has(own.key)) send(own.key);
    if (!navigator.onLine && form.method === "post" && !form.hasAttribute("hx-post")) {
      event.preventDefault();
      return trouble(form, home.offline);
    }
    if ("signsOut" in form.dataset) forgetAll();
    if (!("once" in form.dataset)) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
    setTimeout(() => delete form.dataset.sent, GIVEN_UP); // whoever stopped a slow page may press again
  });
  // Back to a page that was posted: how things stand now is for the server to say.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted && document.querySelector("[data-sent]")) return location.reload();
    for (const form of document.querySelectorAll("[data-sent]")) delete form.dataset.sent;
  });
  restoreAll(document);
  document.querySelector("main .has-error :is(input:not([type=hidden]), textarea, select:not(type-to-find select))")?.focus();

  // A panel arrived: what was typed into it before is there again, and the caret stands in its first field.
  document.addEventListener("htmx:after:swap", (event) => {
    const troubled = document.querySelector("#trouble:not(:empty)");
    if (troubled) return troubled.scrollIntoView({ block: "nearest" });
    const panel = document.querySelector("[data-panel]");
    if (!panel || !panel.firstElementChild) return;
    restoreAll(panel);
    const fields = "input:not([type=hidden]), textarea, select:not(type-to-find select)";
    const wrong = panel.querySelector(`.has-error :is(${fields})`);
    (wrong || panel.querySelector(fields) || panel.querySelector("h2")).focus();
    panel.scrollIntoView({ block: "nearest" });
  });
  document.addEventListener("htmx:error", () => {
    const troubled = document.querySelector("#trouble");
    if (!troubled) return;
    troubled.textContent = home.offline || "";
    troubled.scrollIntoView({ block: "nearest" });
  });
})();
