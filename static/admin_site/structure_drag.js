// Units dragged to another place, with mouse, pen or finger. A line shows between which
// units the place is, a frame below which unit. Pointer events: HTML's own dragging has
// none for fingers.

const FAR = 6; // pixels after which a press is a drag
const EDGE = 56; // pixels from the edge of the window where it scrolls
const HOVER = 650; // ms over a closed unit, then it opens
const MARKS = ["drop-before", "drop-after", "drop-first", "drop-inside"];

export class Dragging {
  /** ``drop(item, parent, place)`` is called with a place; ``say`` with words. */
  constructor(tree, { drop, say, words }) {
    Object.assign(this, { tree, drop, say, words });
    this.ghost = document.createElement("div");
    this.ghost.className = "desk-ghost";
    this.ghost.setAttribute("aria-hidden", "true");
    tree.root.addEventListener("pointerdown", (event) => this.press(event));
    tree.root.addEventListener("dragstart", (event) => event.preventDefault());
    // The click that ends a drag over a link opens nothing.
    tree.root.addEventListener(
      "click",
      (event) => {
        if (!this.ended || event.timeStamp - this.ended > 300) return;
        event.preventDefault();
        event.stopPropagation();
      },
      true,
    );
  }

  press(event) {
    const line = event.target.closest(".line");
    if (event.button !== 0 || !event.isPrimary || !line || this.item) return;
    if (event.target.closest(".fold, .more")) return;
    // A finger elsewhere scrolls.
    if (event.pointerType !== "mouse" && !event.target.closest(".grip")) return;
    const item = line.parentElement;
    if (!item.dataset.may.includes("p")) return;
    const begin = { x: event.clientX, y: event.clientY };
    const stop = new AbortController();
    const { signal } = stop;
    this.pressed = stop;
    addEventListener(
      "pointermove",
      (move) => {
        if (!this.item && Math.hypot(move.clientX - begin.x, move.clientY - begin.y) < FAR) {
          return;
        }
        if (!this.item) this.lift(item);
        this.at = { x: move.clientX, y: move.clientY };
        this.follow();
      },
      { signal },
    );
    addEventListener("pointerup", (up) => this.end(up, true), { signal });
    addEventListener("pointercancel", (up) => this.end(up, false), { signal });
    addEventListener(
      "keydown",
      (key) => {
        if (key.key !== "Escape" || !this.item) return;
        key.preventDefault();
        key.stopPropagation();
        this.end(key, false);
        this.say(this.words.cancelled);
      },
      { signal, capture: true },
    );
  }

  lift(item) {
    this.item = item;
    item.classList.add("lifted");
    document.body.classList.add("desk-dragging");
    getSelection()?.removeAllRanges();
    this.ghost.textContent = item.querySelector(".name").textContent;
    document.body.append(this.ghost);
    const scroll = () => {
      if (!this.item) return;
      const below = innerHeight - this.at.y;
      const by = this.at.y < EDGE ? this.at.y - EDGE : below < EDGE ? EDGE - below : 0;
      if (by) {
        scrollBy(0, by / 4);
        this.follow();
      }
      requestAnimationFrame(scroll);
    };
    requestAnimationFrame(scroll);
  }

  follow() {
    const { x, y } = this.at;
    this.ghost.style.transform = `translate(${x + 14}px, ${y + 10}px)`;
    const line = document.elementFromPoint(x, y)?.closest(".desk-tree .line");
    const place = line ? this.placeAt(line, y) : null;
    if (this.marked && this.marked !== line) this.unmark();
    this.place = place;
    this.ghost.classList.toggle("denied", Boolean(line) && !place);
    if (!line) return;
    if (this.marked !== line) this.hover(line.parentElement);
    this.marked = line;
    for (const mark of MARKS) line.classList.toggle(mark, place?.mark === mark);
  }

  unmark() {
    clearTimeout(this.opening);
    this.marked?.classList.remove(...MARKS);
    this.marked = null;
  }

  hover(item) {
    clearTimeout(this.opening);
    if (!item.group || this.tree.isOpen(item)) return;
    this.opening = setTimeout(() => this.tree.setOpen(item, true), HOVER);
  }

  /** Where a unit dropped there would stand; null where it may not. */
  placeAt(line, y) {
    const { tree, item } = this;
    const over = line.parentElement;
    if (tree.contains(item, over)) return null;
    const box = line.getBoundingClientRect();
    const part = (y - box.top) / box.height;
    const parent = tree.parent(over);
    if (parent && part < 0.3) return this.beside(parent, over, 0, "drop-before");
    if (part > 0.7) {
      if (over.group && tree.isOpen(over)) return this.below(over, 1, "drop-first");
      if (parent) return this.beside(parent, over, 1, "drop-after");
    }
    return this.below(over, null, "drop-inside");
  }

  beside(parent, over, after, mark) {
    const others = this.tree.children(parent).filter((one) => one !== this.item);
    return this.below(parent, others.indexOf(over) + 1 + after, mark);
  }

  below(parent, place, mark) {
    if (!parent.dataset.may.includes("e")) return null;
    const last = this.tree.children(parent).filter((one) => one !== this.item).length + 1;
    return { parent, place: place ?? last, mark };
  }

  end(event, isDrop) {
    this.pressed.abort();
    if (!this.item) return;
    const { item, place, marked } = this;
    this.ended = event.timeStamp;
    this.unmark();
    this.ghost.remove();
    item.classList.remove("lifted");
    document.body.classList.remove("desk-dragging");
    this.item = this.place = null;
    this.tree.focus(item);
    if (!isDrop || !marked) return;
    if (place) this.drop(item, place.parent, place.place);
    else if (!item.contains(marked)) this.say(this.words.denied);
  }
}
