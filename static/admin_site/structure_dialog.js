// The preview of a change in a dialog beside the tree: the step's own form, sent from
// here. It closes when the change is made, or when the person gives it up.

const HEADER = "X-Fragment";
const PAUSE = 400; // ms after the last key in a field that chooses a place

export class ChangeDialog {
  constructor(dialog) {
    this.dialog = dialog;
    dialog.addEventListener("submit", (event) => this.onSubmit(event));
    dialog.addEventListener("click", (event) => this.onClick(event));
    dialog.addEventListener("input", (event) => this.onInput(event));
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.close(null);
    });
  }

  /** Shows the step at the address; what was done ({unit}) or null if nothing was. */
  open(address) {
    this.dialog.replaceChildren();
    this.dialog.showModal();
    this.load(address);
    return new Promise((resolve) => {
      this.resolve = resolve;
    });
  }

  close(done) {
    clearTimeout(this.waiting);
    this.turn = null;
    this.dialog.close();
    this.dialog.replaceChildren();
    this.resolve(done);
  }

  onClick(event) {
    const isBeside =
      event.target === this.dialog &&
      event.clientX < this.dialog.getBoundingClientRect().left;
    if (!isBeside && !event.target.closest("[data-close]")) return;
    event.preventDefault();
    this.close(null);
  }

  onSubmit(event) {
    event.preventDefault();
    const form = event.target;
    this.send(form, new FormData(form, event.submitter));
  }

  /** Another place chosen is another preview; another name another address of the rest. */
  onInput({ target }) {
    const form = target.form;
    if (target.name === "name") {
      for (const link of form.querySelectorAll("[data-replace]")) {
        const address = new URL(link.href);
        address.searchParams.set("replace", target.value);
        link.href = address.href;
      }
    }
    if (!("chooses" in form.dataset) || !["target", "place"].includes(target.name)) return;
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => {
      const data = new FormData(form);
      data.set("_preview", "1");
      this.send(form, data, target.name);
    }, target.name === "place" ? PAUSE : 0);
  }

  send(form, body, focused) {
    this.load(form.action, { method: "POST", body }, focused);
  }

  async load(address, options = {}, focused = null) {
    clearTimeout(this.waiting);
    // An answer that comes after another question, or after closing, is not looked at.
    const turn = (this.turn = {});
    this.dialog.ariaBusy = "true";
    for (const button of this.dialog.querySelectorAll("[type=submit]")) {
      button.disabled = true;
    }
    let answer = null, text = "";
    try {
      answer = await fetch(address, { ...options, headers: { [HEADER]: "1" } });
      text = await answer.text();
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      answer = null; // No connection.
    }
    if (turn !== this.turn) return;
    this.dialog.ariaBusy = "false";
    if (!answer?.headers.has(HEADER)) {
      this.refuse(this.dialog.dataset[answer?.redirected ? "login" : "gone"]);
    } else if (answer.headers.get("Content-Type").startsWith("application/json")) {
      this.close(JSON.parse(text));
    } else {
      this.fill(text, focused);
    }
  }

  fill(html, focused) {
    const parsed = new DOMParser().parseFromString(html, "text/html");
    this.dialog.replaceChildren(...parsed.body.childNodes);
    this.dialog.scrollTop = 0;
    const field = this.firstField(focused);
    field.closest("details:not([open])")?.setAttribute("open", "");
    field.focus();
  }

  firstField(focused) {
    const find = (selector) => this.dialog.querySelector(selector);
    const reason = find("[name=reason]");
    return (
      (focused && find(`[name=${focused}]`)) ||
      find(".errors :is(input, select, textarea)") ||
      find("input[name=name]") ||
      (find("[name=_confirm]") ? null : find("[name=target]")) ||
      (reason?.value ? find("[name=_confirm]:not(.dangerous)") : null) ||
      reason ||
      find("h2")
    );
  }

  /** A sentence, with what the person wrote still there if there was something. */
  refuse(sentence) {
    const said = document.createElement("p");
    said.className = "errornote";
    said.setAttribute("role", "alert");
    said.textContent = sentence;
    this.dialog.querySelector(".errornote[role=alert]")?.remove();
    this.dialog.prepend(said);
    for (const button of this.dialog.querySelectorAll("[type=submit]")) {
      button.disabled = false;
    }
    if (this.dialog.querySelector("[data-close]")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    button.dataset.close = "";
    button.textContent = this.dialog.dataset.closing;
    this.dialog.append(button);
    button.focus();
  }
}
