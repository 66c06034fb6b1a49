// The list of functions of a unit's page: writing as in a document, rows as in a list.
// Without this file every button of the list still works; see functions/admin/rows.py.

import { Changes } from "./functions_changes.js";
import { Dragging } from "./functions_drag.js";
import { listenToKeys } from "./functions_keys.js";
import { FunctionList } from "./functions_list.js";
import { Pasting } from "./functions_paste.js";
import { keepPlace } from "./functions_place.js";
import { Toolbar } from "./functions_toolbar.js";

const growing = CSS.supports("field-sizing", "content")
  ? () => {}
  : (text) => {
      text.style.height = "auto";
      text.style.height = `${text.scrollHeight + 2}px`;
    };

// A row that met somebody else's save: the text follows the choice, and typing is a choice.
const followChoices = (list) => {
  list.section.addEventListener("change", (event) => {
    const radio = event.target.closest("[data-clash] input[type=radio]");
    if (!radio) return;
    const clash = radio.closest("[data-clash]").dataset.clash;
    const row = radio.closest("[data-row]");
    if (clash !== "text") return;
    list.remember("choice", list.snapshot());
    list.refs(row).text.value = radio.dataset.text;
    list.changed();
  });
  list.list.addEventListener("input", (event) => {
    if (!event.target.matches("textarea")) return;
    const theirs = event.target.closest("[data-row]").querySelector("[value=theirs]:checked");
    if (theirs) theirs.closest("[data-clash]").querySelector("[value=mine]").checked = true;
  });
};

// A page left with changes that nobody saved asks first.
const guardChanges = (list) => {
  const { form } = list;
  const others = () =>
    [...new FormData(form)]
      .filter(([name]) => !name.startsWith(`${list.prefix}-`) && name !== "csrfmiddlewaretoken")
      .map(([name, value]) => `${name}=${value}`)
      .join("&");
  const state = () => `${list.signature()}${others()}`;
  const before = state();
  const unsaved = "unsaved" in list.section.dataset;
  let sent = false;
  form.addEventListener("submit", () => { sent = true; });
  window.addEventListener("pageshow", () => { sent = false; });
  window.addEventListener("beforeunload", (event) => {
    if (!sent && (unsaved || state() !== before)) event.preventDefault();
  });
  return () => unsaved || state() !== before;
};

const start = (section) => {
  section.classList.add("scripted");
  const list = new FunctionList(section);
  const toolbar = new Toolbar(list, guardChanges(list));
  new Dragging(list);
  new Pasting(list);
  new Changes(list);
  const save = () => {
    const { reason } = list.form.elements;
    if (!reason.value.trim()) {
      // Without it the server would refuse and the person would lose their place.
      list.say("reason");
      reason.focus();
    } else list.form.querySelector("input[name=_continue]").click();
  };
  listenToKeys(list, { toolbar, save });
  followChoices(list);
  section.querySelector("[data-help]").hidden = false;
  section.addEventListener("beforeinput", (event) => {
    const row = event.target.closest("[data-row]");
    if (row && event.target.matches("textarea")) list.noteTyping(row);
  });
  section.addEventListener("input", (event) => {
    if (event.target.matches("textarea")) growing(event.target);
  });
  list.addEventListener("changed", () => list.rows().forEach((row) => growing(list.refs(row).text)));
  list.rows().forEach((row) => growing(list.refs(row).text));

  section.addEventListener("click", (event) => {
    const restore = event.target.closest("[data-restore]");
    if (restore) list.restore(restore.closest("[data-row]"));
    const add = event.target.closest("button[data-op=add]");
    if (add) {
      event.preventDefault();
      list.run("append", list.rows().at(-1));
    }
  });
  // What is to be chosen comes first, the unit's own fields before its list.
  const choice = list.form.querySelector("fieldset.clash input[type=radio]");
  const asked = section.querySelector("[autofocus]")?.closest("[data-row]");
  if (choice) choice.focus();
  else if (asked && list.list.contains(asked)) list.focus(asked);
  keepPlace(list);
};

for (const section of document.querySelectorAll("[data-functions]")) start(section);
