// The tree of units: the WAI-ARIA tree pattern over links, each level drawn when opened.
//
// In a page's main content the nested lists of the page become the tree. Beside other
// content the page holds only its unit's branch; the whole tree comes from data-source.
// What a person opened or closed is remembered per edition for the session.

const WIDE = matchMedia("(min-width: 62rem)");
const PAUSE = 700; // ms after which typing begins a new word
const PATIENCE = 1000; // ms for which a busy page may put the tree off

/** Without accents and case; as long as the text, so that places in it stay right. */
const plain = (text) =>
  Array.from(text, (sign) => {
    const bare = sign.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    return bare.length === sign.length ? bare : sign;
  }).join("");

const make = (tag, attributes, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
};

class Tree {
  constructor(box, units) {
    this.box = box;
    this.key = box.dataset.edition && `arbol ${box.dataset.edition}`;
    this.units = units;
    this.plain = plain;
    this.link(box.dataset.base);
    this.restore();
    this.root = make("ul", { role: "tree", "aria-label": box.dataset.name });
    this.root.addEventListener("keydown", (event) => this.onKey(event));
    this.root.addEventListener("click", (event) => this.onClick(event));
    this.root.addEventListener("focusin", ({ target }) => {
      if (target.unit) this.stopAt(target.unit);
    });
    this.typed = "";
    this.draw();
  }

  /** Joins the units, which come in reading order with their depth. */
  link(base) {
    const path = [];
    for (const unit of this.units) {
      unit.code = unit.code.normalize("NFC");
      unit.name = unit.name.normalize("NFC");
      unit.href = `${base}${encodeURIComponent(unit.code)}/`;
      unit.children = [];
      unit.parent = path[unit.depth - 1];
      unit.parent?.children.push(unit);
      path.length = unit.depth;
      path.push(unit);
      if (unit.code === this.box.dataset.current) this.current = unit;
    }
  }

  restore() {
    this.kept = { open: {}, top: 0 };
    try {
      const kept = this.key && sessionStorage.getItem(this.key);
      if (kept) this.kept = JSON.parse(kept);
    } catch {
      // Storage is closed to this page: nothing is remembered.
    }
    for (const unit of this.units) {
      unit.isOpen = this.kept.open[unit.code] ?? unit.isOpen ?? unit.depth === 0;
    }
    for (let unit = this.current; unit; unit = unit.parent) unit.isOpen = true;
  }

  keep() {
    try {
      if (this.key) sessionStorage.setItem(this.key, JSON.stringify(this.kept));
    } catch {
      // As above.
    }
  }

  /** Draws all anew; with a filter only the units shown, all open, with marks. */
  draw(filter = null) {
    this.filter = filter;
    this.root.replaceChildren();
    for (const unit of this.units) unit.link = unit.group = null;
    this.fill(this.root, this.below(null));
    const stop = [this.stop, this.current, this.units[0]].find((one) => one?.link);
    this.stop = null;
    if (stop) this.stopAt(stop);
    this.root.hidden = !stop;
  }

  below(unit) {
    const children = unit ? unit.children : this.units.slice(0, 1);
    return this.filter ? children.filter((one) => this.filter.shown.has(one)) : children;
  }

  shows(unit) {
    return this.isWhole || (this.filter ? this.below(unit).length > 0 : unit.isOpen);
  }

  fill(list, units) {
    list.append(...units.map((unit) => this.item(unit)));
  }

  item(unit) {
    const mark = this.filter?.mark ?? ((text) => [text]);
    unit.link = make(
      "a",
      { role: "treeitem", class: "node", href: unit.href, tabindex: -1 },
      make("span", { class: "fold" }),
      make(
        "span",
        {},
        make("span", { class: "code" }, ...mark(unit.code)),
        " ",
        ...mark(unit.name),
      ),
      ...(unit.count ? [unit.count.cloneNode(true)] : []),
    );
    unit.link.unit = unit;
    if (unit === this.current) unit.link.setAttribute("aria-current", "page");
    const item = make("li", { role: "none" }, unit.link);
    if (this.below(unit).length) this.show(unit, this.shows(unit));
    return item;
  }

  show(unit, isOpen) {
    unit.link.setAttribute("aria-expanded", isOpen);
    if (isOpen && !unit.group) {
      unit.group = make("ul", { role: "group", id: `arbol-${unit.code}` });
      unit.link.setAttribute("aria-owns", unit.group.id);
      this.fill(unit.group, this.below(unit));
      unit.link.parentElement.append(unit.group);
    }
    if (unit.group) unit.group.hidden = !isOpen;
  }

  isExpanded(unit) {
    return unit.link.getAttribute("aria-expanded") === "true";
  }

  /** Opens or closes for a person; a filter shows what it found, whatever was open. */
  setOpen(unit, isOpen) {
    if (!this.below(unit).length) return;
    this.show(unit, isOpen);
    if (this.filter) return;
    unit.isOpen = this.kept.open[unit.code] = isOpen;
    this.keep();
  }

  /** The items in view, from top to bottom. */
  visible() {
    return [...this.root.querySelectorAll("[role=treeitem]")]
      .filter((link) => !link.closest("[hidden]"))
      .map((link) => link.unit);
  }

  stopAt(unit) {
    if (this.stop?.link) this.stop.link.tabIndex = -1;
    this.stop = unit;
    unit.link.tabIndex = 0;
  }

  focus(unit) {
    unit?.link.focus();
  }

  onClick(event) {
    const link = event.target.closest("[role=treeitem]");
    if (!link || !event.target.closest(".fold") || !this.below(link.unit).length) return;
    event.preventDefault();
    this.setOpen(link.unit, !this.isExpanded(link.unit));
    this.focus(link.unit);
  }

  onKey(event) {
    const unit = event.target.unit;
    if (!unit || event.ctrlKey || event.altKey || event.metaKey) return;
    const isTyping = this.typed && event.timeStamp - this.typedAt < PAUSE;
    if (event.key in this.keys && !event.shiftKey) this.keys[event.key](unit);
    else if (event.key === "*") this.openSiblings(unit);
    else if (event.key === " " && !isTyping) unit.link.click();
    else if (event.key.length === 1) this.type(unit, event, isTyping);
    else return;
    event.preventDefault();
  }

  keys = {
    ArrowDown: (unit) => this.step(unit, 1),
    ArrowUp: (unit) => this.step(unit, -1),
    ArrowRight: (unit) => {
      if (!this.below(unit).length) return;
      if (this.isExpanded(unit)) this.focus(this.below(unit)[0]);
      else this.setOpen(unit, true);
    },
    ArrowLeft: (unit) => {
      if (this.isExpanded(unit)) this.setOpen(unit, false);
      else this.focus(unit.parent);
    },
    Home: () => this.focus(this.stops()[0]),
    End: () => this.focus(this.stops().at(-1)),
  };

  /** Where the arrows lead: all that is in view, or what a filter found. */
  stops() {
    const found = this.filter?.found;
    return found ? this.visible().filter((unit) => found.has(unit)) : this.visible();
  }

  step(unit, by) {
    const all = this.visible();
    const stops = new Set(this.stops());
    let place = all.indexOf(unit) + by;
    while (all[place] && !stops.has(all[place])) place += by;
    if (all[place]) this.focus(all[place]);
    else if (by < 0 && this.filter) this.box.dispatchEvent(new Event("tree-top"));
  }

  openSiblings(unit) {
    for (const one of this.below(unit.parent ?? null)) this.setOpen(one, true);
  }

  /** To the next item that begins so, by code or name; else one with such a word. */
  type(unit, event, isTyping) {
    this.typed = (isTyping ? this.typed : "") + plain(event.key);
    this.typedAt = event.timeStamp;
    const all = this.visible();
    const place = all.indexOf(unit) + (isTyping ? 0 : 1);
    const turned = [...all.slice(place), ...all.slice(0, place)];
    const begins = (text) => plain(text).startsWith(this.typed);
    const has = (text) => ` ${plain(text)}`.includes(` ${this.typed}`);
    this.focus(
      turned.find((one) => begins(one.code) || begins(one.name)) ??
        turned.find((one) => has(one.name)),
    );
  }
}

/** The units of nested lists in the page, in reading order. */
const unitsOf = (list, depth = 0) =>
  [...list.children].flatMap((item) => {
    const code = item.querySelector(".code");
    const fold = item.querySelector(":scope > details");
    const unit = { depth, code: code.textContent, isOpen: Boolean(fold?.open) };
    unit.name = code.parentElement.textContent.slice(unit.code.length).trim();
    unit.count = item.querySelector(".count");
    return [unit, ...(fold ? unitsOf(fold.querySelector("ul"), depth + 1) : [])];
  });

/** Puts the tree in the place of the lists; who was on a link of them stays there. */
const replace = (box, units) => {
  const place = box.querySelector(".tree");
  const { scrollTop } = place;
  const focused = place.contains(document.activeElement) && document.activeElement.href;
  const tree = new Tree(box, units);
  place.replaceChildren(tree.root);
  place.scrollTop = tree.kept.top || scrollTop;
  if (focused) tree.focus(tree.visible().find((unit) => unit.link.href === focused));
  box.dispatchEvent(new CustomEvent("tree-ready", { bubbles: true, detail: tree }));
  return tree;
};

/** A tree in the main content; on paper nothing can be opened, so all of it is. */
const enhance = (box) => {
  const tree = replace(box, unitsOf(box.querySelector(".tree > ul")));
  const draw = (isWhole) => {
    tree.isWhole = isWhole;
    tree.draw();
  };
  addEventListener("beforeprint", () => draw(true));
  addEventListener("afterprint", () => draw(false));
};

/** A tree beside other content: fetched once it is in view, scrolled in its own box. */
const beside = (box) => {
  const place = box.querySelector(".tree");
  let tree, asked;

  const settle = () => {
    const link = place.querySelector("[aria-current]");
    if (!link) return;
    const [view, line] = [place.getBoundingClientRect(), link.getBoundingClientRect()];
    if (line.top < view.top || line.bottom > view.bottom) {
      place.scrollTop += line.top - view.top - (view.height - line.height) / 2;
    }
  };
  const load = async () => {
    if (asked) return;
    asked = true;
    try {
      // Whatever age the browser's copy has: the address names an edition's key, and
      // of drafts it may keep none.
      const answer = await fetch(box.dataset.source, { cache: "force-cache" });
      const { units } = await answer.json();
      tree = replace(
        box,
        units.map(([depth, code, name]) => ({ depth, code, name })),
      );
      settle();
    } catch (error) {
      if (!(error instanceof TypeError || error instanceof SyntaxError)) throw error;
      asked = false; // No connection, or no tree: the page's own links stay.
    }
  };
  const whenIdle = () => {
    settle();
    // Without a limit a machine that is never idle would never show it.
    if (window.requestIdleCallback) requestIdleCallback(load, { timeout: PATIENCE });
    else setTimeout(load);
  };

  if (WIDE.matches) whenIdle();
  WIDE.addEventListener("change", ({ matches }) => matches && whenIdle());
  addEventListener("pagehide", () => {
    if (!tree) return;
    tree.kept.top = place.scrollTop;
    tree.keep();
  });
  addButton(box.closest(".side"), load, settle);
};

/** In narrow windows a button opens what is beside the content, above it. */
const addButton = (side, load, settle) => {
  const link = side.querySelector(".side-open");
  const panel = side.querySelector(".side-box");
  const button = make(
    "button",
    { type: "button", class: "side-open", "aria-controls": panel.id },
    link.textContent,
  );
  const show = (isOpen) => {
    button.setAttribute("aria-expanded", isOpen);
    side.classList.toggle("is-open", isOpen);
  };
  show(false);
  button.addEventListener("pointerenter", load);
  button.addEventListener("focus", load);
  button.addEventListener("click", async () => {
    show(!side.classList.contains("is-open"));
    await load();
    settle();
  });
  side.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || WIDE.matches) return;
    show(false);
    button.focus();
  });
  link.replaceWith(button);
};

for (const box of document.querySelectorAll(".explorer")) {
  if (box.dataset.source) beside(box);
  else enhance(box);
}
for (const side of document.querySelectorAll(".side:not(:has(.explorer))")) {
  addButton(side, () => {}, () => {});
}
