// What was done to the list, to undo it before it is saved: typing and operations alike.

const REMEMBERED = 100;
export const IDENTITY = ["key", "was", "at"];

export class Remembering extends EventTarget {
  past = [];
  future = [];
  typing = null; // the row whose typing is remembered as one step

  snapshot() {
    const keep = (row) => {
      const refs = this.refs(row);
      const kept = { row, level: refs.level.value, text: refs.text.value };
      for (const name of IDENTITY) kept[name] = refs[name].value;
      return kept;
    };
    const active = document.activeElement?.closest?.("[data-row]");
    return {
      rows: this.rows().map(keep),
      trash: [...this.trash.children].map(keep),
      focus: active && this.list.contains(active) ? active : this.current,
    };
  }

  restoreSnapshot(state) {
    const put = (list, kept, deleted) => {
      list.replaceChildren(...kept.map((one) => one.row));
      for (const one of kept) {
        const refs = this.refs(one.row);
        refs.level.value = one.level;
        if (refs.text.value !== one.text) refs.text.value = one.text;
        for (const name of IDENTITY) refs[name].value = one[name];
        refs.delete.checked = deleted;
      }
    };
    put(this.trash, state.trash, true);
    put(this.list, state.rows, false);
  }

  remember(what, state) {
    this.past.push({ what, state });
    if (this.past.length > REMEMBERED) this.past.shift();
    this.future = [];
    this.typing = null;
  }

  // Called before the person's own typing changes a row.
  noteTyping(row) {
    if (this.typing === row) return;
    this.remember("typing", this.snapshot());
    this.typing = row;
  }

  undo() {
    this.travel(this.past, this.future, "undo");
  }

  redo() {
    this.travel(this.future, this.past, "redo");
  }

  travel(from, to, what) {
    const step = from.pop();
    if (!step) {
      this.say("nothing");
      return;
    }
    const now = this.snapshot();
    to.push({ what: step.what, state: now });
    this.restoreSnapshot(step.state);
    this.typing = null;
    this.changed();
    this.focus(step.state.focus?.isConnected ? step.state.focus : this.list.firstElementChild);
    this.say(what);
  }

  lastIsTyping() {
    return !this.past.length || this.past.at(-1).what === "typing";
  }
}
