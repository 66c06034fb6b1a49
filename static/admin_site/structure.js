// The editor's desk for the tree: moving by drag, by keyboard and by menu, each shown in
// a dialog before it is made. Without this file the links of the page do the same.

import { ChangeDialog } from "./structure_dialog.js";
import { Dragging } from "./structure_drag.js";
import { UnitMenu } from "./structure_menu.js";
import { itemOf, plain, Tree } from "./structure_tree.js";

const PAUSE = 300; // ms after the last key, then what was found is said

class Desk {
  constructor(box) {
    this.box = box;
    this.place = box.querySelector("#desk-place");
    this.words = box.querySelector("#desk-words").dataset;
    this.dialog = new ChangeDialog(box.querySelector("#desk-dialog"));
    this.messages = box.querySelector("#desk-done");
    this.setUp();
    this.setUpTools();
    const asked = new URLSearchParams(location.search).get("unidad");
    const item = this.tree.byId.get(asked);
    if (item) {
      this.tree.reveal(item);
      this.tree.focus(item);
    }
  }

  setUp() {
    this.tree = new Tree(this.place.querySelector(".desk-tree"), {
      label: this.words.tree,
      kept: `estructura ${this.box.dataset.edition}`,
      actions: this.words.actions,
      grip: this.words.grip,
    });
    this.menu = new UnitMenu(
      this.box.querySelector("#desk-menu"),
      this.tree,
      (item, address) => this.change(item, address),
    );
    if (!("editable" in this.box.dataset)) return;
    this.tree.root.addEventListener("keydown", (event) => this.onKey(event), true);
    new Dragging(this.tree, {
      drop: (item, parent, place) => this.move(item, parent, place),
      say: (words) => this.say(words),
      words: this.words,
    });
  }

  setUpTools() {
    const tools = this.box.querySelector(".desk-tools");
    const said = tools.querySelector("#desk-found");
    this.filter = tools.querySelector("input");
    let waiting;
    this.applyFilter = () => {
      const words = plain(this.filter.value).split(/\s+/).filter(Boolean);
      const found = this.tree.apply(words);
      const { all, none, one, many } = said.dataset;
      const text = !words.length ? all : found > 1 ? many : found ? one : none;
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        said.textContent = text.replace("{count}", found.toLocaleString("es-MX"));
      }, PAUSE);
    };
    this.filter.addEventListener("input", this.applyFilter);
    this.filter.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown") this.tree.focus(this.tree.firstFound() ?? this.tree.stop);
      else if (event.key === "Escape" && this.filter.value) {
        this.filter.value = "";
        this.applyFilter();
      } else return;
      event.preventDefault();
    });
    tools.addEventListener("click", ({ target }) => {
      const { fold } = target.dataset;
      if (fold) this.tree.setAllOpen(fold === "open");
    });
    tools.hidden = false;
    // The bar stays on top: what the focus comes to must not lie under it.
    new ResizeObserver(() => {
      this.box.style.setProperty("--tools", `${tools.offsetHeight}px`);
    }).observe(tools);
    if (this.filter.value) this.applyFilter(); // Kept by the browser on the way back.
  }

  say(words) {
    const region = this.box.querySelector("#desk-says");
    region.textContent = "";
    // Said again though it is the same as before.
    setTimeout(() => {
      region.textContent = words;
    }, 50);
  }

  onKey(event) {
    const item = itemOf(event.target);
    if (!item || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const keys = event.altKey ? this.movingKeys : this.changingKeys;
    if (!(event.key in keys)) return;
    event.preventDefault();
    event.stopPropagation();
    keys[event.key](item);
  }

  changingKeys = {
    F2: (item) => this.act(item, "nombre"),
    // Beside the root there is no place.
    Insert: (item) => this.act(item, this.tree.parent(item) ? "agregar-despues" : "agregar"),
    Delete: (item) => this.act(item, "delete"),
  };

  movingKeys = {
    ArrowUp: (item) => this.moveBeside(item, -1),
    ArrowDown: (item) => this.moveBeside(item, 1),
    ArrowLeft: (item) => {
      const parent = this.tree.parent(item);
      const above = parent && this.tree.parent(parent);
      if (above) this.move(item, above, this.tree.position(parent) + 1);
      else this.say(this.words.nowhere);
    },
    ArrowRight: (item) => {
      const before = item.previousElementSibling;
      if (before) this.move(item, before, this.tree.children(before).length + 1);
      else this.say(this.words.nowhere);
    },
  };

  moveBeside(item, by) {
    const parent = this.tree.parent(item);
    const place = this.tree.position(item) + by;
    if (parent && place >= 1 && place <= this.tree.children(parent).length) {
      this.move(item, parent, place);
    } else {
      this.say(parent ? this.words.nowhere : this.words.root);
    }
  }

  act(item, action) {
    const address = this.menu.address(item, action);
    if (address) this.change(item, address);
    else this.say(this.words.forbidden);
  }

  move(item, parent, place) {
    const address = this.menu.address(item, "mover");
    if (!address) {
      this.say(this.tree.parent(item) ? this.words.forbidden : this.words.root);
    } else if (parent === this.tree.parent(item) && place === this.tree.position(item)) {
      this.say(this.words.kept);
    } else if (!parent.dataset.may.includes("e")) {
      this.say(this.words.denied);
    } else {
      this.change(item, `${address}&target=${parent.dataset.unit}&place=${place}`);
    }
  }

  /** Shows the change; once made, the tree as it is now, the focus where one goes on. */
  async change(item, address) {
    this.tree.stopAt(item);
    const beside = item.nextElementSibling ?? item.previousElementSibling;
    const next = (beside ?? this.tree.parent(item))?.dataset.unit;
    const done = await this.dialog.open(address);
    if (!done) {
      this.tree.focus(item);
      this.say(this.words.cancelled);
      return;
    }
    // Nothing is begun in a tree that is no longer so.
    this.place.inert = true;
    await this.refresh();
    this.place.inert = false;
    const there = this.tree.byId.get(String(done.unit));
    const goesOn = this.tree.byId.get(item.dataset.unit) ? there : this.tree.byId.get(next);
    if (goesOn ?? there) {
      this.tree.reveal(goesOn ?? there);
      this.tree.focus(goesOn ?? there);
    }
  }

  async refresh() {
    const headers = { "X-Fragment": "1" };
    const answer = await fetch(location.pathname, { headers }).catch(() => null);
    if (!answer?.headers.has("X-Fragment")) {
      location.reload();
      return;
    }
    const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
    const messages = parsed.querySelector(".messagelist");
    this.messages.replaceChildren(...(messages ? [messages] : []));
    this.place.replaceChildren(parsed.querySelector(".desk-tree"));
    this.setUp();
    if (this.filter.value) this.applyFilter();
    if (messages) {
      this.say([...messages.children].map((one) => one.textContent.trim()).join(" "));
    }
  }
}

const box = document.querySelector(".desk");
if (box?.querySelector(".desk-tree")) new Desk(box);
