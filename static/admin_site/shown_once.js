// A secret shown once: copied by a button, and not made anew by loading the page again.

const button = document.querySelector("[data-copies]");
const field = document.getElementById(button.dataset.copies);
const said = button.parentElement.querySelector("[data-said]");

history.replaceState(null, "", button.dataset.page);
field.addEventListener("focus", () => field.select());

if (navigator.clipboard) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.focus();
    try {
      await navigator.clipboard.writeText(field.value);
      said.textContent = said.dataset.said;
    } catch {
      // Not permitted: the field is selected, to be copied by the keyboard.
    }
  });
}
