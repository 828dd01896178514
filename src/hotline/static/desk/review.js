// The checklist by keyboard: y, n or x answers the point in focus and goes on to the next one.
const ANSWERS = { y: "yes", n: "no", x: "na" };
const points = document.querySelector("[data-points]");

points?.addEventListener("keydown", (event) => {
  const answer = ANSWERS[event.key];
  if (!answer || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  event.preventDefault();
  event.stopPropagation(); // `n` means something else elsewhere
  const point = event.target.closest(".point");
  const chosen = point.querySelector(`input[value="${answer}"]`);
  chosen.checked = true;
  chosen.dispatchEvent(new Event("change", { bubbles: true }));
  const next = point.nextElementSibling || document.querySelector(".field:has([name=verdict])");
  (next?.querySelector("input:checked") || next?.querySelector("input"))?.focus();
});

const first = document.querySelector(".has-error input, .has-error textarea") || points?.querySelector("input");
first?.focus({ preventScroll: true });
