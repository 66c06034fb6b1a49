// Filters a tree of units as one types: every word must occur in the code or the name,
// whatever its accents and case. What is above a unit found stays in view.

const MOST = 200; // units found that are drawn; more is not read but narrowed down
const PAUSE = 300; // ms after the last key, then the number is said

/** The text in pieces, what matches a word in <mark>. */
const marker = (words, plain) => (text) => {
  const searched = plain(text);
  const hit = new Array(text.length).fill(false);
  for (const word of words) {
    for (let at = searched.indexOf(word); at >= 0; at = searched.indexOf(word, at + 1)) {
      hit.fill(true, at, at + word.length);
    }
  }
  const pieces = [];
  for (let from = 0, to; from < text.length; from = to) {
    to = hit.indexOf(!hit[from], from);
    if (to < 0) to = text.length;
    let piece = text.slice(from, to);
    if (hit[from]) {
      const mark = document.createElement("mark");
      mark.textContent = piece;
      piece = mark;
    }
    pieces.push(piece);
  }
  return pieces;
};

const setUp = (box, tree) => {
  const { plain } = tree;
  const part = box.querySelector(".tree-filter");
  const input = part.querySelector("input");
  const status = part.querySelector("[role=status]");
  const texts = tree.units.map((unit) => plain(`${unit.code} ${unit.name}`));
  let first, waiting;

  const say = (count) => {
    const { none, one, many, most } = status.dataset;
    const said = count > MOST ? most : count > 1 ? many : count ? one : none;
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      status.textContent = said
        .replace("{count}", count.toLocaleString("es-MX"))
        .replace("{most}", MOST);
    }, PAUSE);
  };

  const apply = () => {
    const words = plain(input.value.normalize("NFC")).split(/\s+/).filter(Boolean);
    if (!words.length) {
      first = undefined;
      clearTimeout(waiting);
      status.textContent = "";
      if (tree.filter) tree.draw();
      return;
    }
    const all = tree.units.filter((_, i) => words.every((one) => texts[i].includes(one)));
    const found = all.slice(0, MOST);
    const shown = new Set();
    for (let unit of found) {
      for (; unit && !shown.has(unit); unit = unit.parent) shown.add(unit);
    }
    first = found[0];
    tree.draw({ found: new Set(found), shown, mark: marker(words, plain) });
    say(all.length);
  };

  const clear = () => {
    input.value = "";
    apply();
    input.focus();
  };

  input.addEventListener("input", apply);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") tree.focus(first ?? tree.stop);
    else if (event.key === "Enter" && first) first.link.click();
    else if (event.key === "Escape" && input.value) clear();
    else return;
    event.preventDefault();
  });
  tree.root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !tree.filter) return;
    clear();
    event.preventDefault();
  });
  box.addEventListener("tree-top", () => input.focus());
  part.hidden = false;
  if (input.value) apply(); // Kept by the browser on the way back.
};

document.addEventListener("tree-ready", ({ target, detail }) => setUp(target, detail));
