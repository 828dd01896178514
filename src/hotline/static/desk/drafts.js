// What is typed is kept in this tab until it is done: a refused act, a closed panel or an expired session loses nothing.
// Only this tab holds it and it goes when the tab closes: what a caller said must not stay on a shared machine.
const person = () => document.body.dataset.person || "";
const place = (name) => `draft:${person()}:${name}`;
// A form that stays is filled in on the way, on a phone of one's own: it outlasts the tab, until it is done or one signs out.
const shelf = (form) => ("draftStays" in form.dataset ? localStorage : sessionStorage);
const UNKEPT = new Set(["csrfmiddlewaretoken", "token", "version", "next"]);

function keep(form) {
  const typed = [...new FormData(form)].filter(([name, value]) => !UNKEPT.has(name) && typeof value === "string");
  shelf(form).setItem(place(form.dataset.draft), JSON.stringify(typed));
}

function restore(form) {
  const kept = shelf(form).getItem(place(form.dataset.draft));
  if (!kept || "typed" in form.dataset) return;
  const values = new Map();
  for (const [name, value] of JSON.parse(kept)) values.set(name, [...(values.get(name) || []), value]);
  for (const field of form.elements) {
    if (!field.name || UNKEPT.has(field.name) || field.type === "hidden") continue;
    const given = values.get(field.name) || [];
    if (field.type === "checkbox" || field.type === "radio") field.checked = given.includes(field.value);
    else if (field.multiple) for (const option of field.options) option.selected = given.includes(option.value);
    else if (given.length) field.value = given[0];
    if (field.tagName === "SELECT") field.dispatchEvent(new Event("restored"));
  }
}

function restoreAll(root) {
  for (const form of root.querySelectorAll("form[data-draft]")) restore(form);
}

function forgetAll() {
  sessionStorage.clear();
  for (const name of Object.keys(localStorage)) if (name.startsWith("draft:")) localStorage.removeItem(name);
  indexedDB.deleteDatabase("visits");
}

for (const done of document.querySelectorAll("[data-done]")) {
  for (const name of done.dataset.done.split(" ")) {
    for (const kept of [sessionStorage, localStorage]) kept.removeItem(place(name));
  }
}
document.addEventListener("input", (event) => event.target.form?.dataset.draft && keep(event.target.form));
document.addEventListener("change", (event) => event.target.form?.dataset.draft && keep(event.target.form));
document.addEventListener("submit", (event) => {
  const form = event.target;
  if ("signsOut" in form.dataset) forgetAll();
  if (!("once" in form.dataset) || event.defaultPrevented) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("[data-sent]")) delete form.dataset.sent;
});
restoreAll(document);

// A panel arrived: what was typed into it before is there again, and the caret stands in its first field.
document.addEventListener("htmx:after:swap", (event) => {
  const panel = document.querySelector("[data-panel]");
  if (!panel || !panel.firstElementChild) return;
  restoreAll(panel);
  const fields = "input:not([type=hidden]), textarea, select:not(type-to-find select)";
  const wrong = panel.querySelector(`.has-error :is(${fields})`);
  (wrong || panel.querySelector(fields) || panel.querySelector("h2")).focus();
  panel.scrollIntoView({ block: "nearest" });
});
document.addEventListener("htmx:error", () => {
  const trouble = document.querySelector("#trouble");
  if (trouble) trouble.textContent = document.body.dataset.offline || "";
});
