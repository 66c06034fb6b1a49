// Organisation charts: moving, zooming, folding in place. Every fold is a link: its page
// is fetched and its chart put in the place of this one. What is seen has an address.

const LEAST = 0.2, MOST = 3, STEP = 1.25;
const READABLE = 0.8; // smaller letters only for who asks for them

const home = document.querySelector("[data-chart]");
let view, drawing, natural, shown, scale = 0, turns = 0;

function take() {
  view = home.querySelector(".chart-view");
  drawing = view.querySelector("svg.chart");
  const box = drawing.viewBox.baseVal;
  natural = { width: box.width, height: box.height };
  view.classList.add("is-ready");
  shown = location.search;
  for (const tool of home.querySelectorAll(".chart-zoom, .chart-help, .links [hidden]")) {
    tool.hidden = false;
  }
}

function fitting() {
  return Math.min(1, (view.clientWidth - 1) / natural.width);
}

// Draw at a scale; the given point of the frame stays where it is.
function zoom(wanted, x = view.clientWidth / 2, y = view.clientHeight / 2) {
  const before = scale || 1;
  scale = Math.min(MOST, Math.max(LEAST, wanted));
  const left = (view.scrollLeft + x) * (scale / before) - x;
  const top = (view.scrollTop + y) * (scale / before) - y;
  drawing.setAttribute("width", natural.width * scale);
  drawing.setAttribute("height", natural.height * scale);
  view.scrollTo(left, top);
}

function begin() {
  zoom(Math.max(READABLE, fitting()), 0, 0);
  view.scrollTo((view.scrollWidth - view.clientWidth) / 2, 0);
}

const zooms = {
  in: () => zoom(scale * STEP),
  out: () => zoom(scale / STEP),
  fit: () => zoom(fitting(), 0, 0),
  full: () => zoom(1),
};
const keys = { "+": "in", "=": "in", "-": "out", "0": "fit" };

function toggleOf(code) {
  return [...view.querySelectorAll(".chart-toggle")].find(
    (one) => one.dataset.code === code,
  );
}

// Show the chart of an address; the unit of the link stays where it is on the screen.
async function show(address, link) {
  const turn = ++turns;
  const response = await fetch(address);
  if (!response.ok) throw new Error(response.statusText);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  if (turn !== turns) return; // asked for another one meanwhile
  const code = link?.dataset.code;
  const before = code && toggleOf(code).getBoundingClientRect();
  const wasOpen = home.querySelector("details").open;
  const { scrollLeft, scrollTop } = view;
  home.replaceChildren(...page.querySelector("[data-chart]").childNodes);
  home.querySelector("details").open = wasOpen;
  if (link) history.pushState(null, "", address);
  take();
  const toggle = code && toggleOf(code);
  if (toggle) {
    zoom(scale, 0, 0);
    view.scrollTo(scrollLeft, scrollTop);
    const after = toggle.getBoundingClientRect();
    view.scrollBy(after.left - before.left, after.top - before.top);
  } else {
    begin();
  }
  if (link) (toggle || home.querySelector("nav [aria-current]"))?.focus({ preventScroll: true });
  document.querySelector("[data-chart-status]").textContent =
    home.querySelector("[data-chart-count]").textContent;
}

function onClick(event) {
  const { zoom: zoomed, print } = event.target.closest("button")?.dataset ?? {};
  if (zoomed) zooms[zoomed]();
  if (print !== undefined) window.print();
  const link = event.target.closest(".chart-toggle, [data-chart-link]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const address = new URL(link.getAttribute("href"), location.href).href;
  show(address, link).catch(() => location.assign(address));
}

function onKey(event) {
  const name = keys[event.key];
  if (!name || event.ctrlKey || event.metaKey || event.altKey) return;
  if (!view.contains(event.target)) return;
  event.preventDefault();
  zooms[name]();
}

// The mouse takes the drawing along; fingers scroll the frame by themselves.
function onPress(event) {
  if (event.pointerType !== "mouse" || event.button || !view.contains(event.target)) return;
  const from = { x: event.clientX, y: event.clientY };
  const { scrollLeft, scrollTop } = view;
  let moved = false;
  const move = (at) => {
    const x = at.clientX - from.x, y = at.clientY - from.y;
    moved ||= Math.hypot(x, y) > 4;
    if (!moved) return;
    view.classList.add("is-dragged");
    view.scrollTo(scrollLeft - x, scrollTop - y);
  };
  const end = () => {
    removeEventListener("pointermove", move);
    view.classList.remove("is-dragged");
    if (!moved) return;
    // The click that ends a drag opens nothing.
    const stop = (click) => { click.preventDefault(); click.stopPropagation(); };
    addEventListener("click", stop, true);
    setTimeout(() => removeEventListener("click", stop, true));
  };
  addEventListener("pointermove", move);
  addEventListener("pointerup", end, { once: true });
}

// Zoom around a point of the screen.
function zoomAt(wanted, x, y) {
  const frame = view.getBoundingClientRect();
  zoom(wanted, x - frame.left, y - frame.top);
}

function onWheel(event) {
  if (!event.ctrlKey || !view.contains(event.target)) return;
  event.preventDefault();
  zoomAt(scale * Math.exp(-event.deltaY / 300), event.clientX, event.clientY);
}

let pinch = null;

function onTouch(event) {
  const [one, two] = event.touches;
  if (!two || !view.contains(event.target)) {
    pinch = null;
    return;
  }
  event.preventDefault();
  const apart = Math.hypot(one.clientX - two.clientX, one.clientY - two.clientY);
  pinch ||= { apart, scale };
  zoomAt(
    pinch.scale * (apart / pinch.apart),
    (one.clientX + two.clientX) / 2,
    (one.clientY + two.clientY) / 2,
  );
}

if (home) {
  take();
  begin();
  home.addEventListener("click", onClick);
  home.addEventListener("keydown", onKey);
  home.addEventListener("pointerdown", onPress);
  home.addEventListener("dragstart", (event) => event.preventDefault());
  home.addEventListener("wheel", onWheel, { passive: false });
  for (const touch of ["touchstart", "touchmove", "touchend"]) {
    home.addEventListener(touch, onTouch, { passive: false });
  }
  addEventListener("popstate", () => { // also of links within the page
    if (location.search !== shown) show(location.href).catch(() => location.reload());
  });
}
