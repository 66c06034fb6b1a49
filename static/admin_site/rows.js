// Flat lists of rows, such as charts: what the server offers, without its round trip.
// Without this file every button still works; see manuals/admin/rows.py.
"use strict";

(() => {
  class RowList {
    constructor(section) {
      this.section = section;
      this.prefix = section.dataset.rows;
      this.list = section.querySelector("[data-list]");
      this.blank = section.querySelector("template[data-blank]");
      this.total = section.querySelector(`[name="${this.prefix}-TOTAL_FORMS"]`);
      section.addEventListener("click", (event) => this.clicked(event));
      section.addEventListener("input", () => this.strike());
      this.strike();
    }

    rows() {
      return [...this.list.children];
    }

    clicked(event) {
      const button = event.target.closest("button[data-op]");
      if (!button) return;
      event.preventDefault();
      const row = button.closest("[data-row]");
      const done = this[button.dataset.op](row);
      if (!done) return;
      this.renumber();
      this.strike();
      this.section.dispatchEvent(new Event("change", { bubbles: true }));
      if (done === row) button.focus();
      else done.querySelector("textarea, input:not([type=hidden])").focus();
    }

    up(row) {
      if (!row.previousElementSibling) return null;
      row.previousElementSibling.before(row);
      return row;
    }

    down(row) {
      if (!row.nextElementSibling) return null;
      row.nextElementSibling.after(row);
      return row;
    }

    insert(row) {
      row.after(this.blankRow());
      return row.nextElementSibling;
    }

    add() {
      this.list.append(this.blankRow());
      return this.list.lastElementChild;
    }

    blankRow() {
      return this.blank.content.firstElementChild.cloneNode(true);
    }

    renumber() {
      const old = new RegExp(`^((?:id_)?${this.prefix}-)(?:\\d+|__prefix__)-`);
      this.rows().forEach((row, number) => {
        for (const element of row.querySelectorAll("[name], [id], [for]")) {
          for (const attribute of ["name", "id", "for", "aria-describedby"]) {
            const value = element.getAttribute(attribute);
            if (value) element.setAttribute(attribute, value.replace(old, `$1${number}-`));
          }
        }
        for (const button of row.querySelectorAll("button[data-op]")) {
          button.value = `${button.dataset.op}-${number}`;
        }
      });
      this.total.value = String(this.rows().length);
    }

    // What is to be deleted is struck through.
    strike() {
      for (const row of this.rows()) {
        row.classList.toggle("deleted", row.querySelector('[name$="-delete"]').checked);
      }
    }
  }

  // A page left with changes that nobody saved asks first.
  const guardChanges = (form) => {
    let changed = document.querySelector(".errornote") !== null;
    let sent = false;
    form.addEventListener("input", () => { changed = true; });
    form.addEventListener("change", () => { changed = true; });
    form.addEventListener("submit", () => { sent = true; });
    window.addEventListener("beforeunload", (event) => {
      if (changed && !sent) event.preventDefault();
    });
  };

  document.addEventListener("DOMContentLoaded", () => {
    const sections = document.querySelectorAll("[data-rows]");
    for (const section of sections) new RowList(section);
    if (sections.length) guardChanges(sections[0].closest("form"));
  });
})();
