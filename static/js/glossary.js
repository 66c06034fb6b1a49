/* Shows what a term of the glossary means beside it.
 *
 * Each term is a link to its entry: without this module, or where the browser has no
 * popovers, it leads there. Escape or a click elsewhere closes the card, as with every
 * popover, and the focus returns to the term.
 */

const MARGIN = 16;

const pattern = document.querySelector("template.term-card-pattern");
const card = document.createElement("div");
let shown = null;
let pressed = null; // what the card belonged to when the pointer went down

function fill(term) {
  card.replaceChildren(pattern.content.cloneNode(true));
  card.querySelector("strong").textContent = term.textContent;
  card.querySelector("span").textContent = term.title;
  card.querySelector("a").href = term.href;
  card.setAttribute("aria-label", term.textContent);
}

function place(term) {
  // The line on which the term begins: it may be broken in two.
  const line = term.getClientRects()[0];
  const room = document.documentElement.clientWidth - card.offsetWidth - MARGIN;
  const below = line.bottom + 6;
  const above = line.top - 6 - card.offsetHeight;
  const fits = below + card.offsetHeight <= window.innerHeight || above < 0;
  card.style.left = `${Math.max(MARGIN, Math.min(line.left, room)) + window.scrollX}px`;
  card.style.top = `${(fits ? below : above) + window.scrollY}px`;
}

function show(term) {
  shown?.setAttribute("aria-expanded", "false");
  fill(term);
  shown = term;
  // Beside the term in the order of reading too.
  term.after(card);
  card.showPopover();
  place(term);
  term.setAttribute("aria-expanded", "true");
  card.focus({ preventScroll: true });
}

card.className = "term-card";
card.popover = "auto";
card.tabIndex = -1;
card.setAttribute("role", "dialog");
card.addEventListener("beforetoggle", (event) => {
  if (event.newState === "closed") shown?.setAttribute("aria-expanded", "false");
});
card.addEventListener("toggle", (event) => {
  if (event.newState === "closed") {
    shown = null;
    card.remove();
  }
});
card.addEventListener("focusout", (event) => {
  if (event.relatedTarget && !card.contains(event.relatedTarget)) card.hidePopover();
});

if (pattern && "showPopover" in card) {
  for (const term of document.querySelectorAll("a.term")) {
    term.setAttribute("aria-haspopup", "dialog");
    term.setAttribute("aria-expanded", "false");
  }
  // The pointer closes the card before it clicks: a second click must not open it anew.
  document.addEventListener("pointerdown", () => { pressed = shown; }, true);
  document.addEventListener("click", (event) => {
    const term = event.target.closest("a.term");
    const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (!term || !plain) return;
    event.preventDefault();
    if (event.detail === 0 || pressed !== term) show(term);
    pressed = null;
  });
}
