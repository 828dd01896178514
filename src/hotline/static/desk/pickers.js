// A long <select> that people find in by typing: Chinese, first letters of the pinyin, or the code.
// The select stays the field that is posted; without this script it is simply used as it is.
class TypeToFind extends HTMLElement {
  connectedCallback() {
    this.select = this.querySelector("select");
    if (!this.select || this.input) return;
    this.many = this.select.multiple;
    this.choices = [...this.select.options].filter((o) => o.value);
    this.box = document.createElement("div");
    this.box.className = "find";
    this.input = document.createElement("input");
    Object.assign(this.input, { type: "text", className: "form-control", autocomplete: "off", id: this.select.id });
    for (const name of ["aria-describedby", "aria-invalid", "aria-required"]) {
      if (this.select.hasAttribute(name)) this.input.setAttribute(name, this.select.getAttribute(name));
    }
    this.list = document.createElement("ul");
    Object.assign(this.list, { className: "found", hidden: true, id: `${this.select.id}_found` });
    this.select.removeAttribute("id");
    this.list.setAttribute("role", "listbox");
    this.input.setAttribute("role", "combobox");
    this.input.setAttribute("aria-controls", this.list.id);
    this.input.setAttribute("aria-expanded", "false");
    this.box.append(this.input);
    this.append(this.box, this.list);
    this.classList.add("on");
    this.input.addEventListener("input", () => this.find());
    this.input.addEventListener("focus", () => this.input.select());
    this.input.addEventListener("click", () => this.find());
    this.input.addEventListener("blur", () => this.leave());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const line = event.target.closest("li[data-at]");
      if (line) this.choose(Number(line.dataset.at));
    });
    this.select.addEventListener("restored", () => this.show());
    this.show();
  }

  show() {
    const chosen = [...this.select.selectedOptions].filter((o) => o.value);
    this.box.querySelectorAll(".picked").forEach((tag) => tag.remove());
    if (!this.many) {
      this.input.value = chosen.length ? chosen[0].text : "";
      return;
    }
    this.input.value = "";
    for (const option of chosen) this.input.before(this.tag(option));
  }

  tag(option) {
    const tag = document.createElement("span");
    const off = document.createElement("button");
    tag.className = "picked";
    tag.textContent = option.text;
    Object.assign(off, { type: "button", textContent: "×" });
    off.addEventListener("click", () => this.set(option, false));
    tag.append(off);
    return tag;
  }

  rank(option, typed) {
    const name = option.text.toLowerCase();
    const letters = option.dataset.py || "";
    if (name.startsWith(typed) || option.value.toLowerCase() === typed) return 0;
    if (letters.startsWith(typed)) return 1;
    if (name.includes(typed)) return 2;
    if (letters.includes(typed)) return 3;
    return option.value.toLowerCase().startsWith(typed) ? 4 : 9;
  }

  find() {
    const typed = this.input.value.trim().toLowerCase();
    const chosen = this.select.selectedOptions[0];
    const all = !typed || (!this.many && chosen && chosen.text.toLowerCase() === typed);
    const ranked = this.choices.map((option) => [all ? 0 : this.rank(option, typed), option]).filter(([r]) => r < 9);
    if (!all) ranked.sort((a, b) => a[0] - b[0]);
    this.found = ranked.slice(0, all ? 80 : 20).map(([, option]) => option);
    this.list.replaceChildren(...this.found.map((option, at) => this.line(option, at)));
    if (!this.found.length) this.list.append(Object.assign(document.createElement("li"), { className: "none", textContent: "—" }));
    this.open(true);
    this.mark(0);
  }

  line(option, at) {
    const line = document.createElement("li");
    const above = document.createElement("small");
    line.setAttribute("role", "option");
    Object.assign(line, { id: `${this.list.id}_${at}`, textContent: option.text });
    line.dataset.at = at;
    above.textContent = option.parentElement.label || "";
    line.append(above);
    return line;
  }

  mark(at) {
    this.at = at;
    [...this.list.children].forEach((line, i) => line.setAttribute("aria-selected", i === at));
    this.list.children[at]?.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", `${this.list.id}_${at}`);
  }

  open(yes) {
    this.list.hidden = !yes;
    this.input.setAttribute("aria-expanded", String(yes));
  }

  choose(at) {
    const option = this.found?.[at];
    if (option) this.set(option, true);
  }

  set(option, on) {
    option.selected = on;
    this.open(false);
    this.show();
    this.select.dispatchEvent(new Event("change", { bubbles: true }));
  }

  leave() {
    if (!this.list.hidden && this.input.value.trim() && this.found?.length === 1) this.choose(0);
    if (!this.many && !this.input.value.trim() && this.select.value) {
      this.select.value = "";
      this.select.dispatchEvent(new Event("change", { bubbles: true }));
    }
    this.open(false);
    this.show();
  }

  key(event) {
    if (event.isComposing || event.ctrlKey) return;
    const last = this.list.children.length - 1;
    if (event.key === "ArrowDown") this.list.hidden ? this.find() : this.mark(Math.min(this.at + 1, last));
    else if (event.key === "ArrowUp") this.mark(Math.max((this.at || 0) - 1, 0));
    else if (event.key === "Enter" && !this.list.hidden) this.choose(this.at);
    else if (event.key === "Tab" && !this.list.hidden && this.input.value.trim()) return this.choose(this.at);
    else if (event.key === "Escape" && !this.list.hidden) this.open(false);
    else if (event.key === "Backspace" && this.many && !this.input.value) {
      const chosen = [...this.select.selectedOptions];
      if (chosen.length) this.set(chosen[chosen.length - 1], false);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
customElements.define("type-to-find", TypeToFind);
