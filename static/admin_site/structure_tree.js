// The nested lists of the page as a tree: the WAI-ARIA pattern, with the keys of the
// readers' tree (static/js/tree.js). Items stay where the page has them; what a person
// opened is remembered per edition for the session.

const PAUSE = 700; // ms after which typing begins a new word

/** Without accents and case. */
export const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** The list item whose line this is; undefined for anything else. */
export const itemOf = (element) =>
  element.role === "treeitem" ? element.parentElement : undefined;

export class Tree {
  constructor(list, { label, kept, actions, grip }) {
    this.root = list;
    this.key = kept;
    this.typed = "";
    this.filter = null;
    this.items = [...list.querySelectorAll("li[data-unit]")];
    this.byId = new Map(this.items.map((item) => [item.dataset.unit, item]));
    this.open = this.remembered();
    list.setAttribute("role", "tree");
    list.setAttribute("aria-label", label);
    for (const item of this.items) this.enhance(item, actions, grip);
    this.stopAt(this.items[0]);
    list.addEventListener("keydown", (event) => this.onKey(event));
    list.addEventListener("click", (event) => this.onClick(event));
    list.addEventListener("focusin", ({ target }) => {
      if (itemOf(target)) this.stopAt(itemOf(target));
    });
  }

  enhance(item, actions, grip) {
    const line = item.querySelector(":scope > .line");
    const name = line.querySelector(".name");
    const [code, kind, count] = [".code", ".kind", ".count"].map((one) =>
      line.querySelector(one).textContent.trim(),
    );
    item.line = line;
    item.code = code;
    item.words = plain(name.textContent);
    item.role = "none";
    line.role = "treeitem";
    line.tabIndex = -1;
    line.ariaLabel = `${name.textContent} ${kind} ${count}`;
    name.tabIndex = -1;
    name.draggable = false;
    const more = line.querySelector(".more");
    if (more) {
      more.setAttribute("role", "button");
      more.setAttribute("aria-haspopup", "menu");
      more.tabIndex = -1;
    }
    if (item.dataset.may.includes("p")) {
      const handle = document.createElement("span");
      handle.className = "grip";
      handle.title = grip;
      line.prepend(handle);
    }
    item.querySelector(":scope > .desk-actions")?.remove();
    const fold = item.querySelector(":scope > details");
    if (!fold) return;
    item.group = fold.querySelector(":scope > ul");
    item.group.role = "group";
    item.group.id = `g${item.dataset.unit}`;
    line.setAttribute("aria-owns", item.group.id);
    const sign = document.createElement("span");
    sign.className = "fold";
    line.prepend(sign);
    item.isOpenAtFirst = fold.open;
    this.show(item, this.open[item.dataset.unit] ?? fold.open);
    fold.replaceWith(item.group);
  }

  remembered() {
    try {
      return JSON.parse(sessionStorage.getItem(this.key)) ?? {};
    } catch {
      return {}; // Storage is closed to this page: nothing is remembered.
    }
  }

  keep() {
    try {
      sessionStorage.setItem(this.key, JSON.stringify(this.open));
    } catch {
      // As above.
    }
  }

  // Where things stand

  parent(item) {
    return item.parentElement.closest("li[data-unit]");
  }

  children(item) {
    return item.group ? [...item.group.children] : [];
  }

  siblings(item) {
    return [...item.parentElement.children];
  }

  /** From 1, as the server counts. */
  position(item) {
    return this.siblings(item).indexOf(item) + 1;
  }

  contains(item, other) {
    return item === other || item.contains(other);
  }

  // Folding

  isOpen(item) {
    return item.line.ariaExpanded === "true";
  }

  show(item, isOpen) {
    item.line.ariaExpanded = isOpen;
    item.group.hidden = !isOpen;
  }

  /** Opens or closes for a person; a filter shows what it found, whatever was open. */
  setOpen(item, isOpen) {
    if (!item.group) return;
    this.show(item, isOpen);
    if (this.filter) return;
    this.open[item.dataset.unit] = isOpen;
    this.keep();
  }

  setAllOpen(isOpen) {
    for (const item of this.items) {
      if (!item.group) continue;
      this.show(item, isOpen || item === this.items[0]);
      this.open[item.dataset.unit] = this.isOpen(item);
    }
    this.keep();
    if (this.stop?.closest("ul[hidden]")) this.stopAt(this.items[0]);
  }

  reveal(item) {
    for (let above = this.parent(item); above; above = this.parent(above)) {
      this.setOpen(above, true);
    }
  }

  /** Shows the items whose words are all there, and what is above them. */
  apply(words) {
    this.filter = words.length ? words : null;
    let found = 0;
    const shown = new Set();
    for (const item of this.items) {
      const is = !this.filter || words.every((word) => item.words.includes(word));
      item.classList.toggle("found", Boolean(this.filter && is));
      if (!is) continue;
      found += 1;
      for (let one = item; one && !shown.has(one); one = this.parent(one)) shown.add(one);
    }
    for (const item of this.items) {
      item.hidden = !shown.has(item);
      if (item.group) {
        const kept = this.open[item.dataset.unit] ?? item.isOpenAtFirst;
        this.show(item, this.filter ? true : kept);
      }
    }
    const first = this.items.find((item) => !item.hidden);
    if (first && (this.stop.hidden || this.stop.closest("[hidden]"))) this.stopAt(first);
    return found;
  }

  firstFound() {
    return this.items.find((item) => item.classList.contains("found"));
  }

  // Going about

  stopAt(item) {
    if (!item) return;
    if (this.stop) this.stop.line.tabIndex = -1;
    this.stop = item;
    item.line.tabIndex = 0;
  }

  focus(item) {
    if (!item) return;
    item.line.focus({ preventScroll: true });
    item.line.scrollIntoView({ block: "nearest" });
  }

  next(item) {
    if (item.group && this.isOpen(item)) {
      const first = this.children(item).find((one) => !one.hidden);
      if (first) return first;
    }
    for (let one = item; one; one = this.parent(one)) {
      for (let at = one.nextElementSibling; at; at = at.nextElementSibling) {
        if (!at.hidden) return at;
      }
    }
    return null;
  }

  previous(item) {
    let at = item.previousElementSibling;
    while (at?.hidden) at = at.previousElementSibling;
    return at ? this.deepest(at) : this.parent(item);
  }

  deepest(item) {
    while (item.group && this.isOpen(item)) {
      const last = this.children(item).findLast((one) => !one.hidden);
      if (!last) break;
      item = last;
    }
    return item;
  }

  onClick(event) {
    const item = event.target.closest("li[data-unit]");
    if (!item) return;
    if (event.target.closest(".fold")) this.setOpen(item, !this.isOpen(item));
    else if (event.target.closest("a")) return;
    item.line.focus({ preventScroll: true });
  }

  onKey(event) {
    const item = itemOf(event.target);
    if (!item || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.defaultPrevented) return;
    if (event.key in this.keys && !event.shiftKey) this.keys[event.key](item);
    else if (event.key === "*") this.siblings(item).forEach((one) => this.setOpen(one, true));
    else if (event.key.length === 1 && event.key !== " ") this.type(item, event);
    else return;
    event.preventDefault();
  }

  keys = {
    ArrowDown: (item) => this.focus(this.next(item)),
    ArrowUp: (item) => this.focus(this.previous(item)),
    ArrowRight: (item) => {
      if (!item.group) return;
      if (this.isOpen(item)) this.focus(this.children(item).find((one) => !one.hidden));
      else this.setOpen(item, true);
    },
    ArrowLeft: (item) => {
      if (item.group && this.isOpen(item)) this.setOpen(item, false);
      else this.focus(this.parent(item));
    },
    Home: () => this.focus(this.items[0]),
    End: () => this.focus(this.deepest(this.items[0])),
  };

  /** To the next item in view whose code or name begins so. */
  type(item, event) {
    const isTyping = this.typed && event.timeStamp - this.typedAt < PAUSE;
    this.typed = (isTyping ? this.typed : "") + plain(event.key);
    this.typedAt = event.timeStamp;
    const fits = (one) =>
      one.words.startsWith(this.typed) || one.words.includes(` ${this.typed}`);
    let at = isTyping ? item : (this.next(item) ?? this.items[0]);
    for (let turns = 0; turns < this.items.length; turns += 1) {
      if (fits(at)) {
        this.focus(at);
        return;
      }
      at = this.next(at) ?? this.items[0];
    }
  }
}
