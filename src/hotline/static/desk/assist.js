// Beside the intake form: what the caller asked before, and what the typed text resembles. Offers change nothing until
// somebody takes one, by click or by Alt with the key shown beside it.
const WAIT = 600;

function assist(panel) {
  const form = panel.closest("form");
  const names = new Set(panel.dataset.on.split(" "));
  let timer, running;

  async function ask() {
    const typed = new FormData(form);
    const sent = new URLSearchParams();
    for (const name of ["csrfmiddlewaretoken", "title", "content", "category", "request_type", "urgency", "region", "phone"]) {
      sent.set(name, typed.get(name) || "");
    }
    if (![...names].some((name) => sent.get(name)?.trim())) return;
    running?.abort();
    running = new AbortController();
    try {
      const answer = await fetch(panel.dataset.assist, { method: "POST", body: sent, signal: running.signal });
      if (answer.ok) panel.innerHTML = await answer.text();
    } catch {
      // away or overtaken by the next pause: the form works without suggestions
    }
  }

  form.addEventListener("input", (event) => {
    if (!names.has(event.target.name)) return;
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  form.addEventListener("change", (event) => names.has(event.target.name) && ask());
  ask();
}

function pick(form, name, value) {
  const field = form.elements[name];
  if (!field) return;
  field.value = value;
  (field.length ? [...field].find((one) => one.value === value) : field)?.dispatchEvent?.(new Event("change", { bubbles: true }));
  field.closest?.("type-to-find")?.show?.();
}

document.addEventListener("click", (event) => {
  const offer = event.target.closest(".assist button");
  const form = offer?.closest("form");
  if (!form) return;
  if (offer.dataset.set) pick(form, offer.dataset.set, offer.dataset.value);
  if (offer.dataset.then) pick(form, "then", offer.dataset.then);
  if (offer.dataset.cite) {
    pick(form, "then", "answer");
    const reply = form.elements.reply;
    reply.value = reply.value.trim() ? `${reply.value.trim()}\n${offer.dataset.answer}` : offer.dataset.answer;
    const cited = form.elements.cited;
    cited.value = [...new Set([...cited.value.split(" "), offer.dataset.cite])].filter(Boolean).join(" ");
    reply.focus();
  }
});

document.addEventListener("keydown", (event) => {
  if (!event.altKey || event.ctrlKey || event.metaKey) return;
  const offer = document.querySelector(`.assist [data-alt="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!offer) return;
  event.preventDefault();
  offer.click();
});

// The caller's open tickets: arrows or a number go to one of them, a letter does what stands beside it.
document.addEventListener("keydown", (event) => {
  const at = event.target.closest?.("[data-caller-ticket]");
  if (!at || event.altKey || event.ctrlKey || event.metaKey) return;
  const lines = [...at.parentElement.children];
  const steps = { ArrowDown: lines.indexOf(at) + 1, ArrowUp: lines.indexOf(at) - 1 };
  const to = event.key in steps ? steps[event.key] : /^[1-9]$/.test(event.key) ? Number(event.key) - 1 : -1;
  const target = to < 0 ? at.querySelector(`[data-act="${CSS.escape(event.key)}"]`) : lines[to]?.querySelector("a");
  if (!target) return;
  event.preventDefault();
  event.stopPropagation();
  if (to < 0) target.click();
  else target.focus();
}, true);

// Fields that only some channels need open by themselves.
for (const part of document.querySelectorAll("details[data-opens]")) {
  const wanted = part.dataset.opens.split(" ").map((one) => one.split("="));
  const form = part.closest("form");
  const look = () => {
    if (wanted.some(([name, value]) => form.elements[name]?.value === value)) part.open = true;
  };
  form.addEventListener("change", look);
  look();
}

for (const panel of document.querySelectorAll("[data-assist]")) assist(panel);
