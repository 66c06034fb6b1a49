// A unit's functions as a list that is rearranged in the page; saved with its form.
// The same operations as manuals/rows.py and functions/admin/rows.py offer without it.

import { printedLabel } from "./functions_labels.js";
import { IDENTITY, Remembering } from "./functions_past.js";

const DEEPEST = 2;
const FIELDS = ["key", "was", "at", "clash", "note", "level", "text", "delete"];

export class FunctionList extends Remembering {
  constructor(section) {
    super();
    this.section = section;
    this.prefix = section.dataset.functions;
    this.form = section.closest("form");
    this.list = section.querySelector("[data-list]");
    this.trash = section.querySelector("[data-trash]");
    this.trashBox = section.querySelector("[data-trash-box]");
    this.blank = section.querySelector("template[data-blank]");
    this.total = section.querySelector(`[name="${this.prefix}-TOTAL_FORMS"]`);
    this.said = section.querySelector("[data-said]");
    this.words = Object.fromEntries(
      [...section.querySelector("template[data-words]").content.children].map(
        (one) => [one.dataset.word, one.textContent],
      ),
    );
    this.known = new WeakMap();
    this.groups = new Map(); // deleted row -> {rows, after}: what goes and returns together
    this.made = 0;
    this.current = null;
    this.takeOver();
  }

  // Rows

  refs(row) {
    let found = this.known.get(row);
    if (!found) {
      found = {
        label: row.querySelector("[data-label]"),
        name: row.querySelector("[data-label-name]"),
        restore: row.querySelector("[data-restore]"),
      };
      for (const name of FIELDS) found[name] = row.querySelector(`[name$="-${name}"]`);
      this.known.set(row, found);
    }
    return found;
  }

  rows() {
    return [...this.list.children];
  }

  level(row) {
    return Number(this.refs(row).level.value);
  }

  text(row) {
    return this.refs(row).text.value;
  }

  label(row) {
    return this.refs(row).label.textContent;
  }

  isBlank(row) {
    return !this.refs(row).key.value && !this.text(row).trim();
  }

  // The row and the deeper rows that follow it.
  block(row) {
    const found = [row];
    let next = row.nextElementSibling;
    while (next && this.level(next) > this.level(row)) {
      found.push(next);
      next = next.nextElementSibling;
    }
    return found;
  }

  shift(rows, by) {
    for (const row of rows) this.refs(row).level.value = String(this.level(row) + by);
  }

  isTooDeep(rows, by) {
    return rows.some((row) => this.level(row) + by > DEEPEST);
  }

  newRow(level = 0, text = "", values = {}) {
    const row = this.blank.content.firstElementChild.cloneNode(true);
    this.made += 1;
    for (const element of row.querySelectorAll("[id], [for]")) {
      for (const name of ["id", "for"]) {
        const value = element.getAttribute(name);
        if (value) element.setAttribute(name, value.replace("__prefix__", `new${this.made}`));
      }
    }
    const refs = this.refs(row);
    refs.level.value = String(level);
    refs.text.value = text;
    for (const [name, value] of Object.entries(values)) refs[name].value = value;
    this.dispatchEvent(new CustomEvent("made", { detail: row }));
    return row;
  }

  byKey(key) {
    return key && this.rows().find((row) => this.refs(row).key.value === key);
  }

  // Taking the server's list over: blank rows go, deleted ones stand apart.
  takeOver() {
    let above = null;
    for (const row of this.rows()) {
      const refs = this.refs(row);
      if (above !== null && this.level(row) > above) refs.delete.checked = true;
      else above = refs.delete.checked ? this.level(row) : null;
    }
    for (const row of this.rows()) {
      const autofocused = this.refs(row).text.hasAttribute("autofocus");
      if (this.refs(row).delete.checked && !this.refs(row).clash.value) this.bin([row]);
      else if (this.isBlank(row) && !autofocused) row.remove();
    }
    if (!this.list.children.length) this.list.append(this.newRow());
    this.relabel();
    this.form.addEventListener("submit", () => this.number());
  }

  bin(rows, after = rows[0].previousElementSibling) {
    const group = { rows: rows.filter((row) => !this.isBlank(row)), after };
    for (const row of rows) {
      const refs = this.refs(row);
      if (!group.rows.includes(row)) {
        row.remove();
        continue;
      }
      refs.delete.checked = true;
      this.groups.set(row, group);
      this.trash.append(row);
    }
  }

  // Operations: each returns the row to go on in, or says why not.

  run(what, row, ...more) {
    if (!row || !this.list.contains(row)) {
      this.say("noRow");
      return false;
    }
    const before = this.snapshot();
    const done = this[what](row, ...more);
    if (!done) return false;
    this.remember(what, before);
    this.changed();
    this.focus(done.row, done.caret);
    this.say(what, done.row);
    return true;
  }

  refuse(why, row) {
    this.say(why, row);
    return null;
  }

  up(row) {
    let above = row.previousElementSibling;
    while (above && this.level(above) > this.level(row)) above = above.previousElementSibling;
    if (!above) return this.refuse("cannot", row);
    const before = above.previousElementSibling;
    if (this.level(row) > (before ? this.level(before) : -1) + 1) {
      return this.refuse("cannot", row);
    }
    above.before(...this.block(row));
    return { row };
  }

  down(row) {
    const block = this.block(row);
    const next = block.at(-1).nextElementSibling;
    if (!next) return this.refuse("cannot", row);
    if (this.level(next) === this.level(row)) this.block(next).at(-1).after(...block);
    else if (this.level(next) === this.level(row) - 1) next.after(...block);
    else return this.refuse("cannot", row);
    return { row };
  }

  indent(row) {
    const above = row.previousElementSibling;
    if (!above || this.level(above) < this.level(row)) return this.refuse("cannot", row);
    const block = this.block(row);
    if (this.isTooDeep(block, 1)) return this.refuse("tooDeep");
    this.shift(block, 1);
    return { row };
  }

  outdent(row) {
    if (this.level(row) === 0) return this.refuse("cannot", row);
    this.shift(this.block(row), -1);
    return { row };
  }

  insert(row) {
    const added = this.newRow(this.level(row));
    this.block(row).at(-1).after(added);
    return { row: added };
  }

  // Right below, before what depends on the row: that then goes on after the new row.
  insertInside(row) {
    const block = this.block(row);
    const added = this.newRow(this.level(row) + (block.length > 1 ? 1 : 0));
    row.after(added);
    return { row: added };
  }

  insertBefore(row) {
    row.before(this.newRow(this.level(row)));
    return { row: row.previousElementSibling };
  }

  append(row) {
    row.after(this.newRow());
    return { row: row.nextElementSibling };
  }

  split(row, start, end) {
    const { text } = this.refs(row);
    const first = text.value.slice(0, start).trimEnd();
    if (!first) return this.insertBefore(row);
    const added = this.newRow(this.level(row), text.value.slice(end).trimStart());
    text.value = first;
    row.after(added);
    return { row: added, caret: 0 };
  }

  join(row) {
    const next = row.nextElementSibling;
    if (!next) return this.refuse("last");
    const below = this.block(next).slice(1);
    const by = this.level(row) - this.level(next);
    if (this.isTooDeep(below, by)) return this.refuse("tooDeep");
    const mine = this.refs(row);
    const theirs = this.refs(next);
    const first = mine.text.value.trimEnd();
    mine.text.value = [first, theirs.text.value.trimStart()].filter(Boolean).join(" ");
    this.shift(below, by);
    if (!mine.key.value && theirs.key.value) {
      // What was just written joins a stored function: it stays that one.
      for (const name of IDENTITY) mine[name].value = theirs[name].value;
      for (const name of IDENTITY) theirs[name].value = "";
      next.remove();
    } else if (theirs.key.value) this.bin([next], row);
    else next.remove();
    return { row, caret: first.length };
  }

  remove(row) {
    const block = this.block(row);
    const go = block.at(-1).nextElementSibling ?? row.previousElementSibling;
    this.bin(block);
    this.settleLevels();
    if (!this.list.children.length) this.list.append(this.newRow());
    return { row: go ?? this.list.firstElementChild };
  }

  // Back from the trash, with what went together; the row is one of the trash.
  restore(row) {
    const before = this.snapshot();
    const group = this.groups.get(row);
    const after = group.after && this.list.contains(group.after) ? group.after : null;
    const rows = group.rows.filter((one) => this.trash.contains(one));
    for (const one of rows) this.refs(one).delete.checked = false;
    if (after) after.after(...rows);
    else this.list.prepend(...rows);
    this.remember("restore", before);
    this.changed();
    this.focus(rows[0]);
    this.say("restore", rows[0]);
  }

  // The row's block before another row (null: at the end). Among deeper rows it becomes
  // one of them, or goes after them where it would be too deep.
  drag(row, target) {
    const block = this.block(row);
    if (block.includes(target)) return null;
    const by = target ? this.level(target) - this.level(row) : 0;
    let place = target;
    if (by > 0 && !this.isTooDeep(block, by)) this.shift(block, by);
    else while (place && this.level(place) > this.level(row)) place = place.nextElementSibling;
    if (block.includes(place)) return null;
    if (place) place.before(...block);
    else this.list.append(...block);
    return { row };
  }

  // After an operation

  settleLevels() {
    let above = -1;
    for (const row of this.rows()) {
      if (this.level(row) > above + 1) this.refs(row).level.value = String(above + 1);
      above = this.level(row);
    }
  }

  changed() {
    this.settleLevels();
    this.relabel();
    this.dispatchEvent(new Event("changed"));
  }

  relabel() {
    const counts = [0, 0, 0];
    for (const row of this.list.children) {
      const level = this.level(row);
      counts[level] += 1;
      counts.fill(0, level + 1);
      this.show(row, printedLabel(level, counts[level]), level);
    }
    for (const row of this.trash.children) this.show(row, "", this.level(row), true);
    this.trashBox.hidden = !this.trash.children.length;
  }

  show(row, label, level, deleted = false) {
    const refs = this.refs(row);
    if (refs.label.textContent !== label) {
      refs.label.textContent = label;
      refs.name.textContent = label;
    }
    if (!row.classList.contains(`level-${level}`)) {
      row.classList.remove("level-0", "level-1", "level-2");
      row.classList.add(`level-${level}`);
    }
    if (row.classList.contains("deleted") !== deleted || refs.text.readOnly !== deleted) {
      row.classList.toggle("deleted", deleted);
      refs.text.readOnly = deleted;
      refs.restore.hidden = !deleted;
      refs.restore.lastElementChild.textContent = `: ${refs.text.value.slice(0, 60)}`;
    }
  }

  focus(row, caret) {
    if (!row) return;
    const { text } = this.refs(row);
    text.focus({ preventScroll: true });
    if (caret !== undefined) text.setSelectionRange(caret, caret);
    row.scrollIntoView({ block: "nearest" });
  }

  say(what, row = null) {
    const sentence = this.words[what] ?? "";
    this.said.textContent = "";
    this.said.textContent = sentence.replace("%s", row ? this.label(row) : "").trim();
  }

  // Saving

  number() {
    const rows = [...this.list.children, ...this.trash.children];
    // Radio buttons of two rows under one name, even for a moment, lose a choice.
    rows.forEach((row, number) => {
      for (const radio of row.querySelectorAll("[type=radio]")) radio.name = `was${number}-pick`;
    });
    rows.forEach((row, number) => {
      for (const element of row.querySelectorAll("[name]")) {
        const field = element.name.slice(element.name.lastIndexOf("-") + 1);
        element.name = `${this.prefix}-${number}-${field}`;
      }
    });
    this.total.value = String(rows.length);
  }

  // What would be saved, to know whether there is anything to save.
  signature() {
    const said = this.rows()
      .filter((row) => !this.isBlank(row))
      .map((row) => [
        this.refs(row).key.value,
        this.level(row),
        this.text(row).split(/\s+/).filter(Boolean).join(" "),
      ]);
    return JSON.stringify(said);
  }
}
