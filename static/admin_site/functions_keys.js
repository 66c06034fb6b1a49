// Every operation of the list by keyboard; the help on the page lists the same keys.

const atStart = (text) => text.selectionStart === 0 && text.selectionEnd === 0;
const atEnd = (text) =>
  text.selectionStart === text.value.length && text.selectionEnd === text.value.length;

const ALT = {
  ArrowUp: "up",
  ArrowDown: "down",
  ArrowLeft: "outdent",
  ArrowRight: "indent",
  Enter: "insert",
  Delete: "remove",
};

export const listenToKeys = (list, { toolbar, save }) => {
  const inText = (event, row, text) => {
    const { key } = event;
    if (key === "Enter" && event.ctrlKey && event.shiftKey) return () => list.run("join", row);
    if (key === "Enter" && event.ctrlKey) {
      return () => list.run("split", row, text.selectionStart, text.selectionEnd);
    }
    if (key === "Enter" && !event.shiftKey) {
      if (atEnd(text)) return () => list.run("insertInside", row);
      if (atStart(text)) return () => list.run("insertBefore", row);
      return () => list.run("split", row, text.selectionStart, text.selectionEnd);
    }
    if (event.ctrlKey || event.shiftKey || event.metaKey) return null;
    if (key === "Backspace" && atStart(text) && !event.repeat) return () => back(row);
    if (key === "Delete" && atEnd(text) && !event.repeat && row.nextElementSibling) {
      return () => list.run("join", row);
    }
    if (key === "ArrowUp" && atStart(text) && row.previousElementSibling) {
      return () => list.focus(row.previousElementSibling);
    }
    if (key === "ArrowDown" && atEnd(text) && row.nextElementSibling) {
      return () => list.focus(row.nextElementSibling, 0);
    }
    return null;
  };

  const back = (row) => {
    if (list.level(row) > 0) list.run("outdent", row);
    else if (row.previousElementSibling) list.run("join", row.previousElementSibling);
  };

  const anywhere = (event, row) => {
    const { key } = event;
    if (event.altKey && !event.ctrlKey && !event.metaKey) {
      if (key in ALT && row) return () => list.run(ALT[key], row);
      if (event.code === "KeyZ") return () => (event.shiftKey ? list.redo() : list.undo());
      if (key === "F10") return () => toolbar.enter();
    }
    if ((event.ctrlKey || event.metaKey) && !event.altKey && key.toLowerCase() === "z") {
      // The browser undoes typing by itself; what the list did, it cannot.
      if (!event.shiftKey && !list.lastIsTyping()) return () => list.undo();
    }
    return null;
  };

  // Saving is for the whole form: the reason stands outside of the list.
  list.form.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey || event.shiftKey) return;
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s") return;
    event.preventDefault();
    save();
  });

  list.section.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const row = event.target.closest("[data-row]");
    const live = row && list.list.contains(row) ? row : null;
    const text = live && event.target.matches("textarea") ? event.target : null;
    const act =
      anywhere(event, live) ?? (text && !event.altKey ? inText(event, live, text) : null);
    if (!act) return;
    event.preventDefault();
    act();
  });
};
