// Live counters and lists. One stream per browser: the tabs elect one of them (a Web Lock) to hold it, it tells the
// others over a channel. News carry no content, so a tab fetches its own page again, under its own permission, and
// exchanges rail and list. A tab in the background notes that it missed something and catches up when it is looked at.
// Several pieces of news are one fetch: it waits until they settle, but in a busy hour they never do, so not for long.
// No two browsers wait alike, or all would ask in the same moment; a page without a list has only counters to renew.
const LISTS = document.querySelector("[data-live-list], [data-live-tabs]");
const SETTLE = (LISTS ? 900 : 4000) + 600 * Math.random();
const LATEST = 8000 + 4000 * Math.random();
const RETRY = 5000;
const token = () => document.querySelector("[name=csrfmiddlewaretoken]")?.value;
const LOST = 20000;
let held = false;
let lost;

function light(state) {
  document.body.setAttribute("data-live", state);
  clearTimeout(lost);
  if (state === "on") held = true;
  if (state === "ended") away(document.body.dataset.ended);
  else if (state === "on") away("");
  else if (held) lost = setTimeout(() => away(document.body.dataset.away), LOST);
}

// A page that no longer follows what happens says so, in words and where people look.
function away(words) {
  const note = document.querySelector("[data-away-note]");
  if (!note || note.textContent === (words || "")) return;
  note.textContent = words || "";
  note.hidden = !words;
}
window.addEventListener("offline", () => away(document.body.dataset.away));
window.addEventListener("online", () => {
  away("");
  news();
});
let missed = false;
let settling;
let since = 0;

async function refresh() {
  since = 0;
  const typing = document.activeElement?.closest("[data-list] input:not([type=checkbox]), [data-list] select");
  if (document.hidden || typing) {
    missed = true;
    return;
  }
  missed = false;
  try {
    const answer = await fetch(location.href, { headers: { "X-Live": "1" } });
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of [".rail", ".bell > summary", "[data-live-tabs]", "[data-live-list]"]) exchange(part, page);
  } catch {
    missed = true;
  }
}

function exchange(part, page) {
  const here = document.querySelector(part);
  const fresh = page.querySelector(part);
  if (!here || !fresh || here.innerHTML === fresh.innerHTML) return;
  const focused = here.contains(document.activeElement) && same(document.activeElement);
  here.dispatchEvent(new CustomEvent("live:exchanging", { bubbles: true }));
  here.replaceChildren(...fresh.childNodes);
  if (focused) here.querySelector(focused)?.focus({ preventScroll: true });
  here.dispatchEvent(new CustomEvent("live:exchanged", { bubbles: true }));
}

// How the part that has the focus is found again: where it leads, or what it ticks.
function same(element) {
  const name = ["href", "value", "data-tick-all"].find((one) => element.hasAttribute(one));
  return name && `[${name}="${CSS.escape(element.getAttribute(name))}"]`;
}

function news() {
  since ||= Date.now();
  clearTimeout(settling);
  settling = setTimeout(refresh, Math.max(0, Math.min(SETTLE, since + LATEST - Date.now())));
}

document.addEventListener("visibilitychange", () => !document.hidden && missed && refresh());
window.addEventListener("pageshow", (event) => event.persisted && refresh());

const channel = new BroadcastChannel("hotline-live");
let holding = "";
let ended = false;
channel.addEventListener("message", (event) => {
  if (event.data === "change") news();
  else if (event.data !== "ask") light(event.data);
  else if (holding) channel.postMessage(holding);
});
channel.postMessage("ask");

function tell(what) {
  channel.postMessage(what);
  if (what === "change") return news();
  holding = what;
  light(what);
}

async function pass() {
  const body = new URLSearchParams({ csrfmiddlewaretoken: token() });
  const answer = await fetch("/live-cookie/", { method: "POST", body });
  await answer.text(); // a body that nobody reads keeps its request open
  ended = answer.redirected;
  return answer.ok && !answer.redirected;
}

async function hold() {
  for (;;) {
    try {
      if (await pass()) await streamed();
    } catch {
      // the server is away: try again
    }
    tell(ended ? "ended" : "off");
    await new Promise((done) => setTimeout(done, RETRY));
  }
}

function streamed() {
  return new Promise((ended) => {
    const stream = new EventSource("/live/");
    let opened = false;
    stream.addEventListener("open", () => {
      tell("on");
      if (opened) tell("change");
      opened = true;
    });
    stream.addEventListener("change", () => tell("change"));
    stream.addEventListener("resync", () => tell("change"));
    stream.addEventListener("error", () => {
      tell("off");
      if (stream.readyState === EventSource.CLOSED) ended();
    });
  });
}

if (document.body.dataset.person && token() && navigator.locks) navigator.locks.request("hotline-live", hold);
