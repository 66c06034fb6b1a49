// Find and replace: all or none at once, and counts that follow the choice.
// Without this file every check box still works; see functions/admin/replacing.py.

const form = document.querySelector("[data-hits]");

const boxes = (within) => [...within.querySelectorAll("input[name=hit]")];
const chosen = (within) => boxes(within).filter((box) => box.checked);

const show = (place, value) => {
  if (place && place.textContent !== String(value)) {
    place.textContent = value;
  }
};

const count = () => {
  let units = 0;
  for (const unit of form.querySelectorAll("[data-unit]")) {
    const number = chosen(unit).length;
    units += number > 0;
    show(unit.querySelector("[data-count]"), number);
  }
  const hits = chosen(form);
  const totals = {
    hits: hits.length,
    functions: new Set(hits.map((box) => box.dataset.function)).size,
    units,
  };
  for (const [name, value] of Object.entries(totals)) {
    show(form.querySelector(`[data-total=${name}]`), value);
  }
};

for (const tools of form.querySelectorAll("[data-all]")) {
  tools.hidden = false;
}

form.addEventListener("change", count);
form.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-set]");
  if (!button) {
    return;
  }
  for (const box of boxes(button.closest("[data-unit]") ?? form)) {
    box.checked = button.dataset.set !== "";
  }
  count();
});
// A browser that comes back to the page keeps its boxes as they were.
window.addEventListener("pageshow", count);
count();
