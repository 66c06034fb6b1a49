// What changed since the base edition, beside each text: asked anew when one pauses.

import { askServer } from "./functions_asking.js";

const PAUSE = 700;

export class Changes {
  constructor(list) {
    this.list = list;
    this.button = list.section.querySelector("[data-changes]");
    if (!this.button) return;
    this.gone = list.section.querySelector("[data-suppressed]");
    this.asked = 0;
    this.button.addEventListener("click", (event) => {
      event.preventDefault();
      this.show(!this.shown());
    });
    list.addEventListener("changed", () => this.later());
    list.list.addEventListener("input", () => this.later());
  }

  shown() {
    return this.button.getAttribute("aria-pressed") === "true";
  }

  show(shows) {
    this.button.setAttribute("aria-pressed", String(shows));
    this.list.section.classList.toggle("with-changes", shows);
    this.ask(shows);
  }

  later() {
    if (!this.shown()) return;
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.ask(true), PAUSE);
  }

  async ask(show) {
    const { list } = this;
    this.asked += 1;
    const mine = this.asked;
    const rows = show ? list.rows().filter((row) => !list.isBlank(row)) : [];
    const answer = await askServer(list, list.section.dataset.changesUrl, {
      show,
      rows: rows.map((row) => ({
        id: list.refs(row).key.value,
        level: list.level(row),
        text: list.text(row),
      })),
    });
    if (mine !== this.asked) return;
    if (!answer || answer.refused) {
      list.said.textContent = list.words.failed;
      return;
    }
    const places = new Map(rows.map((row, at) => [row, answer.rows[at] ?? ""]));
    // Escaped by the server, which wrote the marks.
    for (const row of list.list.children) {
      const place = row.querySelector("[data-change]");
      const html = places.get(row) ?? "";
      if (place.innerHTML.trim() !== html.trim()) place.innerHTML = html;
    }
    this.gone.innerHTML = answer.suppressed;
  }
}
