// The menu of a unit: the ARIA pattern of a menu button, opened under the unit's line.
// It stands beside the tree, which may hold nothing but its items.

import { itemOf } from "./structure_tree.js";

export class UnitMenu {
  constructor(template, tree, choose) {
    this.template = template;
    this.tree = tree;
    this.choose = choose;
    tree.root.addEventListener("click", (event) => this.onClick(event));
    tree.root.addEventListener("keydown", (event) => this.onKey(event));
    tree.root.addEventListener("contextmenu", (event) => {
      // The key of the menu; a mouse keeps the browser's own.
      const item = itemOf(event.target);
      if (!item || event.button > 0) return;
      event.preventDefault();
      this.open(item);
    });
    this.outside = (event) => {
      if (!this.menu?.contains(event.target)) this.close();
    };
  }

  /** The actions that the person may take with the unit, each with its address. */
  actions(item) {
    const list = this.template.content.firstElementChild.cloneNode(true);
    for (const link of list.querySelectorAll("a")) {
      if (item.dataset.may.includes(link.dataset.takes)) {
        const address = link.getAttribute("href");
        link.setAttribute("href", address.replace("/0/", `/${item.dataset.unit}/`));
      } else {
        link.parentElement.remove();
      }
    }
    return list;
  }

  /** The address of one action on the unit; undefined if it may not be taken. */
  address(item, action) {
    return this.actions(item).querySelector(`[data-action=${action}]`)?.getAttribute("href");
  }

  open(item) {
    this.close();
    const menu = this.actions(item);
    if (!menu.children.length) return;
    this.item = item;
    this.menu = menu;
    menu.setAttribute("aria-label", item.code);
    menu.addEventListener("click", (event) => this.onChoice(event));
    menu.addEventListener("keydown", (event) => this.onMenuKey(event));
    menu.addEventListener("focusout", ({ relatedTarget }) => {
      if (this.menu && relatedTarget && !menu.contains(relatedTarget)) this.close();
    });
    const place = this.tree.root.parentElement;
    place.append(menu);
    const top = item.line.getBoundingClientRect().bottom - place.getBoundingClientRect().top;
    menu.style.top = `${top}px`;
    item.line.querySelector(".more")?.setAttribute("aria-expanded", "true");
    addEventListener("pointerdown", this.outside, true);
    menu.querySelector("a").focus({ preventScroll: true });
    menu.scrollIntoView({ block: "nearest" });
  }

  close() {
    if (!this.menu) return;
    const { menu, item } = this;
    this.menu = this.item = null;
    removeEventListener("pointerdown", this.outside, true);
    menu.remove();
    item.line.querySelector(".more")?.removeAttribute("aria-expanded");
  }

  onClick(event) {
    const more = event.target.closest(".more");
    if (!more || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.open(more.closest("li[data-unit]"));
  }

  onKey(event) {
    const item = itemOf(event.target);
    if (!item || event.altKey || event.ctrlKey || event.metaKey) return;
    const opens = event.key === "Enter" || event.key === " ";
    if (!opens && !(event.key === "F10" && event.shiftKey)) return;
    event.preventDefault();
    this.open(item);
  }

  onChoice(event) {
    const link = event.target.closest("[role=menuitem]");
    if (!link || link.dataset.action === "change" || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const { item } = this;
    this.tree.focus(item);
    this.close();
    this.choose(item, link.getAttribute("href"));
  }

  onMenuKey(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const links = [...this.menu.querySelectorAll("a")];
    const at = links.indexOf(event.target);
    const letter = event.key.length === 1 && event.key.toLowerCase();
    const turned = [...links.slice(at + 1), ...links.slice(0, at + 1)];
    if (event.key === "ArrowDown") links[(at + 1) % links.length].focus();
    else if (event.key === "ArrowUp") links.at(at - 1).focus();
    else if (event.key === "Home") links[0].focus();
    else if (event.key === "End") links.at(-1).focus();
    else if (event.key === " ") event.target.click();
    else if (event.key === "Escape" || event.key === "Tab") {
      this.tree.focus(this.item);
      this.close();
      if (event.key === "Tab") return;
    } else if (letter) {
      turned.find((one) => one.textContent.toLowerCase().startsWith(letter))?.focus();
    } else return;
    event.preventDefault();
  }
}
