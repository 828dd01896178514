// Working through a list without leaving it: j and k show the ticket beside it, space ticks, acts open in the pane.
// Without this script every row leads to its ticket's page, and the tick boxes and buttons post as they are.
{
  const WIDE = matchMedia("(min-width: 1280px)");
  const WAIT = 140;
  const pane = document.querySelector("#preview");
  const work = document.querySelector("[data-worklist]");
  const spoken = document.querySelector("[data-said]");
  const bar = document.querySelector("[data-bulk]");
  const all = (css, root = document) => [...root.querySelectorAll(css)];
  const links = () => all("[data-list] .c-number a");
  const boxes = () => all("[data-list] [name=ticket]");
  const rowOf = (number) => number && document.querySelector(`[data-list] tr[data-number="${CSS.escape(number)}"]`);
  const openNumber = () => new URL(location.href).searchParams.get("at") || "";
  const typed = () => pane.querySelector("[data-panel]")?.firstElementChild;
  const say = (words) => (spoken.textContent = words);
  let asking;
  let timer;
  let last;

  function address(number) {
    const url = new URL(location.href);
    url.searchParams.delete("then");
    if (number) url.searchParams.set("at", number);
    else url.searchParams.delete("at");
    return url;
  }

  function mark(number) {
    for (const row of all("[data-list] tbody tr")) {
      const on = row.dataset.number === number;
      row.classList.toggle("is-open", on);
      const link = row.querySelector(".c-number a");
      if (on) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }

  async function fetched(url) {
    asking?.abort();
    asking = new AbortController();
    const answer = await fetch(url, { headers: { "HX-Request": "true" }, signal: asking.signal });
    const elsewhere = answer.headers.get("HX-Redirect");
    if (elsewhere || answer.redirected) {
      location.assign(elsewhere || location.href);
      return null;
    }
    return answer.text();
  }

  function fill(html) {
    pane.innerHTML = html;
    work.classList.add("with-preview");
    htmx.process(pane);
  }

  async function show(number, { quiet = false } = {}) {
    const url = address(number);
    try {
      const html = await fetched(url);
      if (html === null) return;
      fill(html);
      pane.scrollTop = 0;
      history.replaceState(null, "", url);
      mark(number);
      const title = pane.querySelector("#preview-title")?.textContent || "";
      if (!quiet) say(`${number} ${title} ${spoken.dataset.shown}`);
    } catch (error) {
      if (error.name !== "AbortError") say(document.body.dataset.offline);
    }
  }

  function close() {
    if (!pane.firstElementChild) return false;
    const number = openNumber() || last;
    pane.replaceChildren();
    work.classList.remove("with-preview");
    history.replaceState(null, "", address(""));
    mark("");
    (rowOf(number)?.querySelector(".c-number a") || links()[0])?.focus();
    return true;
  }

  function later(number) {
    clearTimeout(timer);
    last = number;
    timer = setTimeout(() => show(number), WAIT);
  }

  document.addEventListener("list:moved", (event) => {
    const number = event.target.closest("tr")?.dataset.number;
    if (number && WIDE.matches) later(number);
  });

  // ticking
  function count() {
    if (!bar) return;
    bar.classList.add("scripted");
    const some = boxes().filter((box) => box.checked).length;
    bar.classList.toggle("some", some > 0);
    bar.querySelector("[data-count]").textContent = some ? `${some} ${spoken.dataset.ticked}` : "";
    bar.querySelector("[data-untick]").hidden = !some;
    const whole = document.querySelector("[data-tick-all]");
    if (!whole) return;
    whole.hidden = false;
    whole.checked = some > 0 && some === boxes().length;
    whole.indeterminate = some > 0 && !whole.checked;
  }

  function tick(box, on, range) {
    const row = boxes();
    const from = range ? row.findIndex((other) => other.value === last) : -1;
    const to = row.indexOf(box);
    const few = from < 0 ? [box] : row.slice(Math.min(from, to), Math.max(from, to) + 1);
    for (const one of few) one.checked = on;
    last = box.value;
    count();
    say(bar.querySelector("[data-count]").textContent);
  }

  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-tick-all]")) {
      for (const box of boxes()) box.checked = event.target.checked;
      count();
    } else if (event.target.matches("[data-list] [name=ticket]")) count();
  });

  function bulk(button) {
    const url = new URL(button.formAction || bar.action, location.href);
    for (const [name, value] of new FormData(bar)) url.searchParams.append(name, value);
    url.searchParams.set("next", address("").pathname + address("").search);
    beside(url);
  }

  async function beside(url) {
    try {
      const html = await fetched(url);
      if (html === null) return;
      fill(html);
      const field = pane.querySelector(".find input, form input:not([type=hidden]), form textarea");
      (field || pane.querySelector("h2"))?.focus();
    } catch (error) {
      if (error.name !== "AbortError") location.assign(url);
    }
  }

  document.addEventListener("click", (event) => {
    const target = event.target;
    if (target.closest("[data-untick]")) {
      for (const box of boxes()) box.checked = false;
      count();
      return;
    }
    const box = target.closest("[data-list] [name=ticket]");
    if (box) return void tick(box, box.checked, event.shiftKey);
    if (event.ctrlKey || event.metaKey || event.button) return;
    if (target.closest("[data-closes-preview]")) {
      event.preventDefault();
      return void close();
    }
    if (target.closest("[data-opens-filters]")) {
      event.preventDefault();
      return void openFilters();
    }
    if (!WIDE.matches) return;
    const alike = target.closest("[data-key-alike]");
    if (alike) {
      event.preventDefault();
      return void beside(alike.href);
    }
    const link = target.closest("[data-list] .c-number a");
    if (!link) return;
    if (event.shiftKey) {
      event.preventDefault();
      const own = link.closest("tr").querySelector("[name=ticket]");
      if (own) tick(own, true, true);
      return;
    }
    if (!event.detail) return; // Enter on the link opens the ticket's own page
    event.preventDefault();
    link.focus();
    last = link.closest("tr").dataset.number;
    show(last);
  });

  bar?.addEventListener("submit", (event) => {
    if (!WIDE.matches) return;
    event.preventDefault();
    bulk(event.submitter || bar.querySelector("button"));
  });

  // the filter bar is fetched when it is opened for the first time
  async function openFilters() {
    const link = document.querySelector("[data-opens-filters]");
    try {
      const html = link && (await fetched(link.href));
      if (html) link.outerHTML = html;
    } catch (error) {
      if (error.name !== "AbortError") location.assign(link.href);
    }
    const drop = document.querySelector("details.filters");
    if (!drop) return;
    drop.open = true;
    drop.querySelector("select, input").focus();
  }

  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-filters]")) return;
    for (const field of event.target.elements) if (field.name && !field.value) field.disabled = true;
  });

  // keys of the list; those of every page stand in keys.js
  const busy = (target) => target.closest("input:not([type=checkbox]), textarea, select, dialog[open], [contenteditable]");
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && !event.defaultPrevented && !document.querySelector("dialog[open]")) {
      const drop = document.querySelector("details.drop[open]");
      if (drop) {
        drop.open = false;
        drop.querySelector("summary").focus();
      } else if (typed() && pane.querySelector(".preview-ticket")) {
        pane.querySelector("[data-panel]").replaceChildren();
        (rowOf(openNumber())?.querySelector(".c-number a") || pane.querySelector(".act"))?.focus();
      } else if (!close()) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    if (busy(event.target)) return;
    const row = event.target.closest("[data-list] tbody tr");
    const box = row?.querySelector("[name=ticket]");
    if (event.key === " " && box && event.target !== box) tick(box, !box.checked, event.shiftKey);
    else if (event.key === "b" && bar?.classList.contains("some")) bar.requestSubmit(bar.querySelector("[data-key-bulk]"));
    else if (event.key === "a" && pane.querySelector("[data-key-alike]")) pane.querySelector("[data-key-alike]").click();
    else if (event.key === "f") openFilters();
    else return;
    event.preventDefault();
  }, true);

  document.addEventListener("toggle", (event) => {
    if (!event.target.matches?.("details.drop") || !event.target.open) return;
    for (const other of all("details.drop[open]")) if (other !== event.target) other.open = false;
  }, true);

  // a live list was exchanged: ticks stay, and what is open beside it is looked at again
  let ticked = new Set();
  document.addEventListener("live:exchanging", () => {
    ticked = new Set(boxes().filter((box) => box.checked).map((box) => box.value));
  });
  document.addEventListener("live:exchanged", () => {
    for (const box of boxes()) box.checked = ticked.has(box.value);
    count();
    const open = pane.querySelector(".preview-ticket");
    if (!open) return;
    mark(open.dataset.number);
    const row = rowOf(open.dataset.number);
    if (row?.dataset.version === open.dataset.version) return;
    if (row && !typed()) return void show(open.dataset.number, { quiet: true });
    const note = open.querySelector("[data-moved-on]");
    note.hidden = false;
    note.textContent = row ? spoken.dataset.moved : spoken.dataset.gone;
  });

  // some of several were done: their rows go now, not with the next news
  document.addEventListener("htmx:after:swap", () => pane.querySelector("[data-some-done]") && refresh());

  // an act was done and the next ticket is open: the keys go on from its row, and what was done is said
  count();
  if (pane.firstElementChild) {
    last = openNumber();
    const link = rowOf(last)?.querySelector(".c-number a");
    if (link && WIDE.matches) link.focus();
    const done = document.querySelector(".flash")?.textContent;
    if (done) setTimeout(() => say(done), 300);
  }
}
