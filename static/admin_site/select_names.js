// Names the fields that select2 puts in place of a list by the label of that list.

// Django's own fields of this kind are made by a function given to jQuery before.
globalThis.django.jQuery(() => {
  for (const select of document.querySelectorAll("select.admin-autocomplete")) {
    const label = select.labels[0];
    const field = select.nextElementSibling?.querySelector(".select2-selection");
    const shown = field?.querySelector(".select2-selection__rendered");
    if (!label || !shown) continue;
    label.id ||= `${select.id}_label`;
    field.setAttribute("aria-labelledby", `${label.id} ${shown.id}`);
    shown.setAttribute("aria-labelledby", label.id);
  }
});
