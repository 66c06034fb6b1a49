// The bar of tools over the list: one stop for the Tab key, arrows inside, Esc back.

export class Toolbar {
  constructor(list, hasChanges) {
    this.list = list;
    this.hasChanges = hasChanges;
    this.bar = list.section.querySelector("[data-toolbar]");
    this.buttons = [...this.bar.querySelectorAll("button")];
    this.shown = this.bar.querySelector("[data-current]");
    this.bar.hidden = false;
    this.select(this.buttons[0]);
    this.bar.addEventListener("keydown", (event) => this.moved(event));
    this.bar.addEventListener("focusin", (event) => {
      if (event.target.matches("button")) this.select(event.target);
    });
    // The text keeps its cursor where a mouse presses a tool.
    this.bar.addEventListener("mousedown", (event) => {
      if (event.target.closest("button")) event.preventDefault();
    });
    this.bar.addEventListener("click", (event) => this.clicked(event));
    list.section.addEventListener("focusin", (event) => this.follow(event));
    list.addEventListener("changed", () => this.refresh());
    list.section.addEventListener("input", () => this.refresh());
    this.refresh();
  }

  select(button) {
    for (const one of this.buttons) one.tabIndex = one === button ? 0 : -1;
  }

  enter() {
    this.buttons.find((one) => one.tabIndex === 0).focus();
  }

  moved(event) {
    const at = this.buttons.indexOf(document.activeElement);
    const last = this.buttons.length - 1;
    const to = {
      ArrowRight: at === last ? 0 : at + 1,
      ArrowLeft: at <= 0 ? last : at - 1,
      Home: 0,
      End: last,
    }[event.key];
    if (event.altKey) return;
    if (event.key === "Escape") this.list.focus(this.list.current);
    else if (to !== undefined) this.buttons[to].focus();
    else return;
    event.preventDefault();
  }

  follow(event) {
    const row = event.target.closest("[data-row]");
    if (!row || !this.list.list.contains(row)) return;
    this.list.current?.classList.remove("current");
    this.list.current = row;
    row.classList.add("current");
    this.refresh();
  }

  refresh() {
    const { current, past, future } = this.list;
    const live = current && this.list.list.contains(current);
    this.shown.textContent = live ? this.list.label(current) : "";
    for (const button of this.buttons) {
      const enabled = { undo: past.length > 0, redo: future.length > 0 }[button.dataset.do];
      if (enabled !== undefined) button.setAttribute("aria-disabled", String(!enabled));
    }
  }

  // A step of its own, of what is stored: so nothing may wait here to be saved.
  moveElsewhere() {
    const { list } = this;
    const key = list.current && list.refs(list.current).key.value;
    if (!key) list.say("noRow");
    else if (this.hasChanges()) list.say("saveFirst");
    else window.location.assign(`${list.section.dataset.moveUrl}?key=${key}`);
  }

  clicked(event) {
    const button = event.target.closest("button[data-do]");
    if (!button) return;
    const what = button.dataset.do;
    if (what === "paste") return; // opens a dialog of its own
    const { list } = this;
    const byKeyboard = document.activeElement === button;
    if (what === "elsewhere") this.moveElsewhere();
    else if (what === "undo" || what === "redo") list[what]();
    else if (what === "split" && list.current) {
      const { text } = list.refs(list.current);
      list.run("split", list.current, text.selectionStart, text.selectionEnd);
    } else list.run(what, list.current);
    // Moving on with the same tool; into the text where a row was made.
    if (byKeyboard && ["up", "down", "indent", "outdent", "undo", "redo"].includes(what)) {
      button.focus();
    }
  }
}
