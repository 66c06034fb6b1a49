// A numbered list pasted into the page: read by the server as the importer reads it,
// looked at, then put into the list on the screen as one step that can be undone.

import { askServer } from "./functions_asking.js";

const SEVERAL = /\r\n|[\n\r\v\f\u2028\u2029]/;

export class Pasting {
  constructor(list) {
    this.list = list;
    this.details = list.section.querySelector("[data-paste]");
    this.body = this.details.querySelector(".paste-body");
    this.text = this.body.querySelector("textarea");
    this.preview = this.body.querySelector("[data-preview]");
    this.go = this.body.querySelector("[data-paste-go]");
    this.plain = this.body.querySelector("[data-paste-plain]");
    this.appendWord = this.body.querySelector("[data-append-word]");
    this.asked = 0;
    this.dialog = document.createElement("dialog");
    this.dialog.className = "paste-dialog";
    const title = document.createElement("h3");
    title.id = "paste-title";
    title.textContent = this.details.querySelector("summary").textContent;
    this.dialog.setAttribute("aria-labelledby", title.id);
    this.dialog.append(title, this.body);
    this.details.replaceWith(this.dialog);
    for (const button of this.body.querySelectorAll("[hidden]")) button.hidden = false;
    this.listen();
  }

  listen() {
    const { list } = this;
    list.section.addEventListener("paste", (event) => this.pasted(event));
    list.section.querySelector("[data-do=paste]").addEventListener("click", () => this.open(""));
    this.text.addEventListener("input", () => {
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => this.read(), 400);
    });
    for (const radio of this.hows()) radio.addEventListener("change", () => this.show());
    this.go.addEventListener("click", (event) => {
      event.preventDefault();
      this.putIn();
    });
    this.plain.addEventListener("click", () => this.putAsText());
    this.body.querySelector("[data-paste-cancel]").addEventListener("click", () => this.dialog.close());
    this.dialog.addEventListener("close", () => list.focus(list.current));
    // The fields of the dialog are no part of what is saved, nor Enter in it a way to save.
    this.dialog.addEventListener("keydown", (event) => event.stopPropagation());
  }

  hows() {
    return [...this.body.querySelectorAll("[type=radio]")];
  }

  how() {
    return this.hows().find((one) => one.checked).value;
  }

  // Several lines pasted into a text are offered as a list; one line is just pasted.
  pasted(event) {
    if (!event.target.matches("[data-list] textarea")) return;
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (text.split(SEVERAL).filter((line) => line.trim()).length < 2) return;
    event.preventDefault();
    this.into = event.target;
    this.open(text);
  }

  open(text) {
    if (!text) this.into = null;
    this.plain.hidden = !this.into;
    this.text.value = text;
    this.result = null;
    this.preview.replaceChildren();
    const { current } = this.list;
    const live = current && this.list.list.contains(current);
    this.after = live ? this.list.block(current).at(-1) : this.list.list.lastElementChild;
    this.appendWord.textContent = this.list.words.after.replace(
      "%s",
      this.list.label(live ? current : this.after),
    );
    this.hows()[0].checked = true;
    this.dialog.showModal();
    if (text) {
      this.hows()[0].focus();
      this.read();
    } else this.text.focus();
  }

  async read() {
    const { list } = this;
    this.asked += 1;
    const mine = this.asked;
    this.result = null;
    this.sent = list.rows().filter((row) => !list.isBlank(row));
    if (!this.text.value.trim()) {
      this.preview.replaceChildren();
      return;
    }
    this.say(list.words.reading);
    const answer = await askServer(list, list.section.dataset.pasteUrl, {
      text: this.text.value,
      rows: this.sent.map((row, id) => ({ id, level: list.level(row), text: list.text(row) })),
    });
    if (mine !== this.asked) return;
    if (!answer || answer.refused) {
      this.say(answer?.refused ?? list.words.failed);
      return;
    }
    this.result = answer;
    // Mostly known already: it is rather the list itself, worked on elsewhere.
    const known = answer.rows.filter((row) => row.id !== null).length;
    if (known * 2 > answer.rows.length) {
      this.hows()[1].checked = true;
      if (document.activeElement === this.hows()[0]) this.hows()[1].focus();
    }
    this.show();
  }

  say(text) {
    const said = document.createElement("p");
    said.textContent = text;
    this.preview.replaceChildren(said);
  }

  show() {
    const { result } = this;
    if (!result) return;
    this.say(result.summary);
    const replaces = this.how() === "replace";
    const shown = document.createElement("ol");
    shown.className = "plain-list";
    for (const row of result.rows) {
      const item = document.createElement("li");
      item.className = `level-${row.level}`;
      const label = document.createElement("span");
      label.className = "row-label";
      label.textContent = row.label;
      const text = document.createElement("span");
      // Escaped by the server, which wrote the marks.
      if (replaces && row.difference) text.innerHTML = row.difference;
      else text.textContent = row.text;
      if (replaces) item.dataset.known = String(row.id !== null);
      item.append(label, " ", text);
      if (replaces && row.id === null) item.append(" ", this.tag("new"));
      shown.append(item);
    }
    this.preview.append(shown);
    this.showNotes(replaces);
  }

  tag(word) {
    const tag = document.createElement("span");
    tag.className = "tag";
    tag.textContent = this.list.words[word];
    return tag;
  }

  showNotes(replaces) {
    const notes = (title, lines) => {
      if (!lines.length) return;
      const heading = document.createElement("p");
      heading.textContent = title;
      const list = document.createElement("ul");
      for (const line of lines) {
        const item = document.createElement("li");
        item.textContent = line;
        list.append(item);
      }
      this.preview.append(heading, list);
    };
    if (replaces) notes(this.list.words.lacking, this.result.lacking);
    notes(this.list.words.remarks, this.result.remarks);
  }

  putAsText() {
    const text = this.text.value.split(SEVERAL).map((line) => line.trim()).filter(Boolean).join(" ");
    const { into } = this;
    this.dialog.close();
    into.focus();
    this.list.noteTyping(into.closest("[data-row]"));
    into.setRangeText(text, into.selectionStart, into.selectionEnd, "end");
    this.list.changed();
  }

  async putIn() {
    if (!this.result) await this.read();
    if (!this.result) return;
    const { list, result } = this;
    const replaces = this.how() === "replace";
    const before = list.snapshot();
    let last = this.after?.isConnected ? this.after : null;
    const put = (row) => {
      if (replaces && last === null) list.list.prepend(row);
      else if (last) last.after(row);
      else list.list.append(row);
      last = row;
    };
    if (replaces) {
      const used = new Set(result.rows.filter((row) => row.id !== null).map((row) => Number(row.id)));
      const gone = list.rows().filter((row) => !used.has(this.sent.indexOf(row)));
      for (const row of gone) list.bin([row]);
      last = null;
    }
    let first = null;
    for (const row of result.rows) {
      const known = replaces && row.id !== null ? this.sent[Number(row.id)] : null;
      const target = known ?? list.newRow();
      list.refs(target).level.value = String(row.level);
      list.refs(target).text.value = row.text;
      put(target);
      first ??= target;
    }
    // A blank row that waited for the paste is of no use any more.
    if (this.into && list.isBlank(this.into.closest("[data-row]"))) {
      this.into.closest("[data-row]").remove();
    }
    list.remember("paste", before);
    list.changed();
    list.current = first;
    this.dialog.close();
    list.focus(first);
    list.say("paste");
  }
}
