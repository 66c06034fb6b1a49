// Results while one types in a search box (form[data-live]). On the search page they
// take the place of those below the form; elsewhere they drop from the box. Arrows walk
// through them, Escape goes back to the box. Without this the form is an ordinary one.

const PAUSE = 250; // ms after the last key
const LEAST = 2; // characters

const setUp = (form) => {
  const input = form.elements.q;
  const own = document.getElementById(form.dataset.live);
  const panel = own ?? document.createElement("div");
  const status = document.createElement("p");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  form.append(status);
  if (!own) {
    panel.className = "find-panel";
    panel.hidden = true;
    form.append(panel);
  }
  let waiting, asking;
  let shown = own ? input.value.trim() : "";

  const hits = () => [...panel.querySelectorAll("a[data-hit]")];
  const query = () => {
    const fields = new URLSearchParams(new FormData(form));
    fields.set("q", input.value.trim());
    return fields;
  };
  const close = () => {
    clearTimeout(waiting);
    asking?.abort();
    if (own) return;
    panel.hidden = true;
    panel.replaceChildren();
    status.textContent = "";
    shown = "";
  };

  const ask = async () => {
    const fields = query();
    const text = fields.get("q");
    if (text === shown) return;
    asking?.abort();
    asking = new AbortController();
    const { signal } = asking;
    if (!own) fields.set("breve", "1");
    try {
      const answer = await fetch(`${form.action}resultados/?${fields}`, { signal });
      if (!answer.ok) throw new Error(answer.status);
      const html = await answer.text();
      if (signal.aborted) return;
      panel.innerHTML = html;
    } catch {
      if (!signal.aborted) status.textContent = form.dataset.failed;
      return;
    }
    shown = text;
    panel.hidden = false;
    status.textContent = panel.querySelector("[data-said]")?.dataset.said ?? "";
    if (own) history.replaceState(history.state, "", `${form.action}?${fields}`);
  };

  input.addEventListener("input", () => {
    clearTimeout(waiting);
    const length = input.value.trim().length;
    if (length >= LEAST || (own && !length)) waiting = setTimeout(ask, PAUSE);
    else close();
  });

  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" && hits().length) hits()[0].focus();
    else if (event.key === "Escape" && !own && !panel.hidden) close();
    else return;
    event.preventDefault();
  });

  panel.addEventListener("keydown", (event) => {
    const links = hits();
    const at = links.indexOf(document.activeElement);
    if (event.key === "Escape") {
      input.focus();
      close();
    } else if (at >= 0 && event.key === "ArrowDown") links[at + 1]?.focus();
    else if (at >= 0 && event.key === "ArrowUp") (links[at - 1] ?? input).focus();
    else return;
    event.preventDefault();
  });

  // Answers that come after the form was sent would only flash.
  form.addEventListener("submit", close);
  if (own) return;
  form.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && !form.contains(relatedTarget)) close();
  });
  document.addEventListener("click", ({ target }) => {
    if (!form.contains(target)) close();
  });
};

for (const form of document.querySelectorAll("form[data-live]")) setUp(form);
