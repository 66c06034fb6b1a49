// Lists of rows: the same operations that the server offers, without its round trip.
// Without this file every button still works; see manuals/admin/rows.py.
"use strict";

(() => {
  const ROMAN = [[10, "x"], [9, "ix"], [5, "v"], [4, "iv"], [1, "i"]];

  const letters = (position) => {
    let label = "";
    while (position > 0) {
      position -= 1;
      label = String.fromCharCode(97 + (position % 26)) + label;
      position = Math.floor(position / 26);
    }
    return label;
  };

  const roman = (position) => {
    let label = "";
    for (const [value, numeral] of ROMAN) {
      while (position >= value) {
        label += numeral;
        position -= value;
      }
    }
    return label;
  };

  const printedLabel = (level, position) =>
    [`${position}.`, `${letters(position)})`, `${roman(position)})`][level];

  class RowList {
    constructor(section) {
      this.section = section;
      this.prefix = section.dataset.rows;
      this.list = section.querySelector("[data-list]");
      this.blank = section.querySelector("template[data-blank]");
      this.total = section.querySelector(`[name="${this.prefix}-TOTAL_FORMS"]`);
      section.addEventListener("click", (event) => this.clicked(event));
      section.addEventListener("input", () => this.relabel());
      this.relabel();
    }

    rows() {
      return [...this.list.children];
    }

    field(row, name) {
      return row.querySelector(`[name$="-${name}"]`);
    }

    level(row) {
      return Number(this.field(row, "level")?.value ?? 0);
    }

    isBlank(row) {
      const fields = row.querySelectorAll("textarea, input[type=text], input[type=date]");
      return !this.field(row, "key").value && ![...fields].some((one) => one.value.trim());
    }

    // The row and the deeper rows that follow it.
    block(row) {
      const rows = this.rows();
      const start = rows.indexOf(row);
      let end = start + 1;
      while (end < rows.length && this.level(rows[end]) > this.level(row)) end += 1;
      return rows.slice(start, end);
    }

    clicked(event) {
      const button = event.target.closest("button[data-op]");
      if (!button) return;
      event.preventDefault();
      const row = button.closest("[data-row]");
      const done = this[button.dataset.op](row);
      if (!done) return;
      this.renumber();
      this.relabel();
      this.section.dispatchEvent(new Event("change", { bubbles: true }));
      if (done === row) button.focus();
      else done.querySelector("textarea, input:not([type=hidden])").focus();
    }

    up(row) {
      const rows = this.rows();
      let above = rows.indexOf(row) - 1;
      while (above >= 0 && this.level(rows[above]) > this.level(row)) above -= 1;
      if (above < 0) return null;
      const before = above > 0 ? this.level(rows[above - 1]) : -1;
      if (this.level(row) > before + 1) return null;
      rows[above].before(...this.block(row));
      return row;
    }

    down(row) {
      const block = this.block(row);
      const next = block[block.length - 1].nextElementSibling;
      if (!next) return null;
      const level = this.level(row);
      if (this.level(next) === level) this.block(next).at(-1).after(...block);
      else if (this.level(next) === level - 1) next.after(...block);
      else return null;
      return row;
    }

    insert(row) {
      const added = this.blankRow();
      const level = this.field(added, "level");
      if (level) level.value = String(this.level(row));
      this.block(row).at(-1).after(added);
      return added;
    }

    add() {
      const added = this.blankRow();
      this.list.append(added);
      return added;
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

    relabel() {
      const counts = [0, 0, 0];
      let deletedLevel = null;
      for (const row of this.rows()) {
        const level = this.level(row);
        const below = deletedLevel !== null && level > deletedLevel;
        if (!below) deletedLevel = this.field(row, "delete").checked ? level : null;
        const deleted = deletedLevel !== null;
        row.classList.toggle("deleted", deleted);
        for (const one of [0, 1, 2]) row.classList.toggle(`level-${one}`, one === level);
        const shown = row.querySelector("[data-label]");
        if (!shown) continue;
        if (deleted || this.isBlank(row)) {
          shown.textContent = "";
          continue;
        }
        counts[level] += 1;
        counts.fill(0, level + 1);
        shown.textContent = printedLabel(level, counts[level]);
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
