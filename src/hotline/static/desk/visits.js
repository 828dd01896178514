// On the spot with a bad connection: photos wait in this phone until each has arrived, and are sent again by
// themselves; what is written stays until it was recorded. Everything works without this script too, only less well.
(() => {
  const page = document.querySelector(".visit");
  const photos = page?.querySelector("[data-photo-form]");
  const finding = page?.querySelector("[data-visit-form]");
  const queue = page?.querySelector("[data-queue]");
  const LONGEST = 60000;
  const SLOW = 60000;
  const owner = document.body.dataset.person || "";
  let memory = [];
  let wait = 3000;
  let busy = false;
  let timer;

  // ---- what waits, kept by the browser ----
  function opened() {
    return new Promise((done, failed) => {
      const asked = indexedDB.open("visits", 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore("photos", { keyPath: "key" });
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => failed(asked.error);
    });
  }

  async function stored(mode, work) {
    try {
      const base = await opened();
      return await new Promise((done, failed) => {
        const asked = work(base.transaction("photos", mode).objectStore("photos"));
        asked.onsuccess = () => done(asked.result);
        asked.onerror = () => failed(asked.error);
      });
    } catch {
      return undefined; // a browser that keeps nothing: what waits is held by the page
    }
  }

  const keep = (photo) => stored("readwrite", (all) => all.put(photo));
  const forget = (photo) => stored("readwrite", (all) => all.delete(photo.key));
  const mine = (photo) => photo.visit === photos.dataset.visit && photo.owner === owner;

  // ---- where the phone is ----
  function position() {
    return new Promise((done) => {
      if (!navigator.geolocation) done({});
      const found = ({ coords }) => done({ latitude: coords.latitude, longitude: coords.longitude });
      navigator.geolocation?.getCurrentPosition(found, () => done({}), { timeout: 8000, maximumAge: 60000, enableHighAccuracy: true });
    });
  }

  // ---- the list of what waits ----
  function line(photo) {
    const item = document.createElement("li");
    const said = document.createElement("p");
    said.textContent = `${photo.name} · ${photo.sentence || photos.dataset[photo.state] || ""}`;
    item.append(said);
    if (photo.state === "refused") item.append(...mending(photo));
    item.classList.toggle("refused", photo.state === "refused");
    return item;
  }

  function mending(photo) {
    const asked = { place: "text", reason: "text", taken_at: "datetime-local" };
    const labels = { place: "place", reason: "reason", taken_at: "time" };
    const wanted = new Set([...photo.fields, ...(photo.fields.includes("place") ? ["reason"] : [])]);
    const fields = Object.keys(asked).filter((name) => wanted.has(name)).map((name) => {
      const field = document.createElement("input");
      Object.assign(field, { className: "form-control", type: asked[name], name, placeholder: photos.dataset[labels[name]], value: photo.typed?.[name] || "" });
      field.setAttribute("aria-label", photos.dataset[labels[name]]);
      return field;
    });
    const again = button(photos.dataset.again, () => {
      photo.typed = { ...photo.typed, ...Object.fromEntries(fields.map((field) => [field.name, field.value])) };
      Object.assign(photo, { state: "waiting", sentence: "" });
      keep(photo);
      send();
    });
    const drop = button(photos.dataset.drop, () => {
      memory = memory.filter((other) => other !== photo);
      forget(photo);
      draw();
    });
    return fields.length ? [...fields, again, drop] : [drop];
  }

  function button(words, act) {
    const made = document.createElement("button");
    Object.assign(made, { type: "button", className: "btn btn-sm", textContent: words, onclick: act });
    return made;
  }

  const draw = () => queue.replaceChildren(...memory.map(line));

  // ---- sending ----
  async function send() {
    if (busy) return;
    busy = true;
    clearTimeout(timer);
    let arrived = false;
    for (const photo of memory.filter((one) => one.state !== "refused")) {
      photo.state = photo.tried ? "offline" : "sending"; // words that come and go would move what a finger is about to touch
      draw();
      const settled = await sent(photo);
      if (!settled) break;
      arrived ||= settled === "taken";
    }
    busy = false;
    draw();
    if (arrived) renew();
    if (memory.some((one) => one.state === "offline")) {
      timer = setTimeout(send, wait);
      wait = Math.min(2 * wait, LONGEST);
    } else if (memory.some((one) => one.state === "waiting")) send();
  }

  async function sent(photo) {
    const body = new FormData();
    body.set("csrfmiddlewaretoken", photos.querySelector("[name=csrfmiddlewaretoken]").value);
    body.set("file", photo.blob, photo.name);
    for (const name of ["phone_at", "latitude", "longitude"]) if (photo[name] !== undefined) body.set(name, photo[name]);
    for (const [name, value] of Object.entries(photo.typed || {})) body.set(name, value);
    let answer;
    try {
      answer = await fetch(photos.action, { method: "POST", body, headers: { Accept: "application/json" }, signal: AbortSignal.timeout(SLOW) });
      if (answer.status >= 500 || answer.redirected) throw new Error("later");
    } catch {
      Object.assign(photo, { state: "offline", tried: true });
      return "";
    }
    wait = 3000;
    if (answer.ok) {
      memory = memory.filter((other) => other !== photo);
      await forget(photo);
      return "taken";
    }
    const said = await answer.json().catch(() => ({}));
    Object.assign(photo, { state: "refused", sentence: (said.sentences || []).join(" "), fields: said.fields || [] });
    keep(photo);
    return "refused";
  }

  async function renew() {
    try {
      const answer = await fetch(location.href);
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-photos-there]");
      if (fresh) page.querySelector("[data-photos-there]").replaceWith(fresh);
    } catch {
      // the photos are there; the page shows them the next time
    }
  }

  async function taken(event) {
    const files = [...event.target.files];
    event.target.value = "";
    const where = await position();
    for (const file of files) {
      const key = `${owner}:${photos.dataset.visit}:${crypto.randomUUID?.() || Math.random()}`;
      const photo = { key, owner, visit: photos.dataset.visit, name: file.name, blob: file, phone_at: file.lastModified, ...where, state: "waiting" };
      memory.push(photo);
      keep(photo);
    }
    draw();
    send();
  }

  // ---- the finding ----
  function say(words) {
    const box = page.querySelector("[data-said]");
    const sentence = document.createElement("p");
    sentence.textContent = words;
    box.replaceChildren(sentence);
    box.scrollIntoView({ block: "center" });
  }

  async function record(event) {
    event.preventDefault();
    if (memory.length) {
      say(finding.dataset.pending);
      return;
    }
    const pressed = finding.querySelector(".visit-send");
    pressed.disabled = true;
    try {
      const answer = await fetch(finding.action, { method: "POST", body: new FormData(finding), redirect: "manual", signal: AbortSignal.timeout(SLOW) });
      if (answer.type === "opaqueredirect") {
        location.assign(finding.dataset.after); // recorded, or signed out meanwhile: that page knows, and the words are kept until then
        return;
      }
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-said]");
      if (answer.status >= 500 || !fresh) throw new Error("later");
      const wrong = [...fresh.ownerDocument.querySelectorAll("[data-said] p, [data-visit-form] .invalid")];
      say(wrong.map((one) => one.textContent).join(" "));
    } catch {
      say(finding.dataset.offline);
    } finally {
      pressed.disabled = false;
    }
  }

  async function begin() {
    page.classList.add("scripted");
    photos.querySelector("[type=file]").addEventListener("change", taken);
    finding?.addEventListener("submit", record);
    window.addEventListener("online", send);
    memory = ((await stored("readonly", (all) => all.getAll())) || []).filter(mine);
    for (const photo of memory) if (photo.state !== "refused") photo.state = "waiting";
    draw();
    send();
  }

  if (photos) begin();
})();
