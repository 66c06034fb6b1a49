// Numbered items: beside its number each offers to copy its citation and its link.
//
// One set of tools serves all items. It shows at the item under the mouse and at the one
// whose number has the focus. Activating a number goes there (address, highlight) and
// opens the tools: only then are they stops of the keyboard, right after the number.
// Citations come from the page, in two parts: what all of a list begin with, an item's
// own words. Without this module the numbers are plain links.

const LIST = ".items:is([data-cite], [data-refusal])";
const BESIDE = matchMedia("(min-width: 72rem)"); // as in items.css
const SHOWN = 2500; // ms for which a button says that it has copied

const pattern = document.querySelector("template.item-tools-pattern");
const itemOf = (element) => element.closest(`${LIST} li`);
const numberOf = (item) => item.querySelector(":scope > .n");

class Tools {
  constructor() {
    this.box = pattern.content.firstElementChild.cloneNode(true);
    this.labels = new Map();
    for (const button of this.box.querySelectorAll("button")) {
      this.labels.set(button, button.textContent);
    }
    this.refusal = this.box.querySelector(".refusal");
    this.failure = this.box.querySelector(".failure");
    this.status = document.createElement("p");
    this.status.className = "visually-hidden";
    this.status.setAttribute("role", "status");
    document.querySelector("main").append(this.status);
    this.item = null;
    this.isOpen = false;
  }

  /** At an item: offered, or open to the keyboard too. */
  show(item, open = false) {
    if (item !== this.item) {
      this.hide();
      this.item = item;
      numberOf(item).after(this.box);
    }
    this.isOpen = open;
    const { refusal } = item.closest(LIST).dataset;
    this.refusal.textContent = refusal ?? "";
    this.refusal.hidden = !open || !refusal;
    for (const button of this.labels.keys()) {
      button.hidden = !this.text(button.dataset.copies);
      button.tabIndex = open ? 0 : -1;
    }
    numberOf(item).setAttribute("aria-expanded", open);
  }

  hide() {
    const { item } = this;
    if (!item) return;
    this.item = null; // first: taking away what has the focus tells of it
    this.isOpen = false;
    numberOf(item).setAttribute("aria-expanded", "false");
    this.box.remove();
    this.failure.hidden = true;
    this.restore();
  }

  /** What an item gives to copy; "": nothing. */
  text(what) {
    if (what === "cite") {
      const { cite } = this.item.dataset;
      return cite ? this.item.closest(LIST).dataset.cite + cite : "";
    }
    const url = new URL(numberOf(this.item).href);
    url.search = "";
    return url.href;
  }

  async copy(button) {
    const { item } = this;
    const text = this.text(button.dataset.copies);
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // No permission, or no secure connection: the person can still copy it.
      if (this.item === item) this.fail(text);
      return;
    }
    this.failure.hidden = true;
    this.restore();
    this.status.textContent = button.dataset.done;
    if (this.item === item) {
      button.textContent = button.dataset.done;
      button.classList.add("is-done");
    }
    this.timer = setTimeout(() => this.restore(), SHOWN);
  }

  fail(text) {
    const field = this.failure.querySelector("textarea");
    this.show(this.item, true);
    this.failure.hidden = false;
    field.value = text;
    field.focus({ preventScroll: true });
    field.select();
    this.bringIntoView();
  }

  bringIntoView() {
    this.box.firstElementChild.scrollIntoView({ block: "nearest" });
  }

  restore() {
    clearTimeout(this.timer);
    this.status.textContent = "";
    for (const [button, label] of this.labels) {
      button.textContent = label;
      button.classList.remove("is-done");
    }
  }
}

/** Makes an item in view the target; the text stays under the eyes and the mouse. */
function goTo(item, hash) {
  const padding = parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop);
  // Browsers scroll to a target in their own time: what they would do must be nothing.
  item.style.scrollMarginTop = `${item.getBoundingClientRect().top - (padding || 0)}px`;
  location.hash = hash;
  requestAnimationFrame(() =>
    requestAnimationFrame(() => item.style.removeProperty("scroll-margin-top")),
  );
}

function begin() {
  const tools = new Tools();
  for (const number of document.querySelectorAll(`${LIST} .n`)) {
    number.setAttribute("aria-expanded", "false");
  }

  /** The item whose tools a mouse there asks for: in narrow windows its number does. */
  const wanted = (element) => {
    if (tools.box.contains(element)) return tools.item;
    return BESIDE.matches || element.closest(".n") ? itemOf(element) : null;
  };

  document.addEventListener("pointerover", ({ target, pointerType }) => {
    if (pointerType === "touch") return;
    // Who uses the keyboard may have the mouse lie anywhere.
    if (document.querySelector(`${LIST} :is(.n, .item-tools *):focus-visible`)) return;
    const item = wanted(target);
    if (item) {
      if (item !== tools.item) tools.show(item);
    } else if (!tools.isOpen) {
      tools.hide();
    }
  });

  document.addEventListener("focusin", ({ target }) => {
    if (tools.box.contains(target)) return;
    const item = target.matches(".n") && itemOf(target);
    if (!item) tools.hide();
    else if (item !== tools.item) tools.show(item);
  });

  document.addEventListener("pointerdown", ({ target }) => {
    if (tools.item && !tools.item.contains(target)) tools.hide();
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest(".item-tools button");
    if (button) {
      tools.copy(button);
      return;
    }
    const number = event.target.closest(".n");
    const item = number && itemOf(number);
    const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (!item || !plain || number.pathname !== location.pathname) return;
    event.preventDefault();
    const opened = tools.item === item && tools.isOpen;
    const isTarget = location.hash === number.hash;
    if (!isTarget) goTo(item, number.hash);
    number.focus({ preventScroll: true });
    tools.show(item, !(opened && isTarget));
    if (tools.isOpen) tools.bringIntoView();
  });

  document.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !tools.item) return;
    if (tools.box.contains(document.activeElement)) {
      numberOf(tools.item).focus({ preventScroll: true });
    }
    tools.hide();
  });

  addEventListener("hashchange", () => {
    const target = document.getElementById(location.hash.slice(1));
    if (tools.item && tools.item !== target) tools.hide();
    if (!target?.matches(`${LIST} li`)) return;
    // Who opened it here may have gone on to its tools.
    if (target.contains(document.activeElement)) return;
    numberOf(target).focus({ preventScroll: true });
  });
}

if (pattern && document.querySelector(LIST)) begin();
