// After a save the page goes on where the person was, and says in sight that it is saved.

const PLACE = "functions-place";

export const keepPlace = (list) => {
  const { form } = list;
  const here = () => {
    const row = document.activeElement.closest?.("[data-row]");
    return row && list.list.contains(row) ? list.rows().indexOf(row) : -1;
  };
  form.addEventListener("submit", (event) => {
    sessionStorage.removeItem(PLACE);
    if (event.submitter?.name !== "_continue") return;
    const { top } = list.section.getBoundingClientRect();
    const place = { page: location.pathname, row: list.lastRow ?? here(), top };
    sessionStorage.setItem(PLACE, JSON.stringify(place));
  });
  list.list.addEventListener("focusin", () => { list.lastRow = here(); });

  const kept = JSON.parse(sessionStorage.getItem(PLACE) ?? "null");
  sessionStorage.removeItem(PLACE);
  const saved = document.querySelector(".messagelist .success");
  if (!saved || kept?.page !== location.pathname) return;
  const row = list.rows()[kept.row];
  if (!row) return;
  list.focus(row);
  window.scrollBy(0, list.section.getBoundingClientRect().top - kept.top);
  row.scrollIntoView({ block: "nearest" });
  list.say("saved");
};
