// Rows moved by their handle, with mouse, pen or finger; what depends on them comes along.

const EDGE = 60; // pixels from the window's edge where it scrolls

export class Dragging {
  constructor(list) {
    this.list = list;
    this.row = null;
    for (const row of [...list.list.children, ...list.trash.children]) this.addHandle(row);
    list.addEventListener("made", (event) => this.addHandle(event.detail));
    list.list.addEventListener("pointerdown", (event) => this.start(event));
    this.line = document.createElement("li");
    this.line.className = "drop-line";
    this.line.setAttribute("aria-hidden", "true");
  }

  // By keyboard rows move with Alt and the arrows: the handle is for pointers alone.
  addHandle(row) {
    const handle = document.createElement("span");
    handle.className = "row-handle";
    handle.dataset.handle = "";
    handle.title = this.list.words.handle;
    handle.textContent = "⠿";
    handle.setAttribute("aria-hidden", "true");
    row.prepend(handle);
  }

  start(event) {
    const handle = event.target.closest("[data-handle]");
    if (!handle || event.button !== 0) return;
    event.preventDefault();
    this.row = handle.closest("[data-row]");
    this.target = undefined;
    this.block = this.list.block(this.row);
    for (const row of this.block) row.classList.add("dragged");
    handle.setPointerCapture(event.pointerId);
    const move = (moved) => this.move(moved);
    const end = (ended) => {
      handle.removeEventListener("pointermove", move);
      handle.removeEventListener("pointerup", end);
      handle.removeEventListener("pointercancel", end);
      document.removeEventListener("keydown", escape, true);
      this.drop(ended.type === "pointerup");
    };
    const escape = (pressed) => {
      if (pressed.key !== "Escape") return;
      pressed.preventDefault();
      end({ type: "pointercancel" });
    };
    handle.addEventListener("pointermove", move);
    handle.addEventListener("pointerup", end);
    handle.addEventListener("pointercancel", end);
    document.addEventListener("keydown", escape, true);
  }

  move(event) {
    if (event.clientY < EDGE) window.scrollBy(0, -12);
    else if (event.clientY > window.innerHeight - EDGE) window.scrollBy(0, 12);
    const rows = this.list.rows().filter((row) => row !== this.line);
    const below = rows.find((row) => {
      const box = row.getBoundingClientRect();
      return event.clientY < box.top + box.height / 2;
    });
    this.target = below ?? null;
    if (this.block.includes(this.target)) {
      this.target = undefined;
      this.line.remove();
    } else if (below) below.before(this.line);
    else this.list.list.append(this.line);
  }

  drop(done) {
    this.line.remove();
    for (const row of this.block) row.classList.remove("dragged");
    const { row, target } = this;
    this.row = null;
    if (done && target !== undefined) this.list.run("drag", row, target);
  }
}
