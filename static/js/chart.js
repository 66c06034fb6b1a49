// Organisation charts: moving, zooming, and folding in place.
//
// Without this script the drawing scrolls in its frame and every fold is a link. Here
// the page behind such a link is fetched and its chart put in the place of this one, so
// that what is seen always has an address.

const LEAST = 0.2, MOST = 3, STEP = 1.25;
const READABLE = 0.8; // smaller letters are left to who asks for them

const home = document.querySelector("[data-chart]");
let view, drawing, natural, scale = 0;

function take() {
  view = home.querySelector(".chart-view");
  drawing = view.querySelector("svg.chart");
  const box = drawing.viewBox.baseVal;
  natural = { width: box.width, height: box.height };
  view.classList.add("is-ready");
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

// Put the chart of an address in the place of this one; the unit that was folded or
// unfolded stays where it is on the screen.
async function show(address, code) {
  home.setAttribute("aria-busy", "true");
  const response = await fetch(address);
  if (!response.ok) throw new Error(response.statusText);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const fresh = page.querySelector("[data-chart]");
  const before = code && toggleOf(code)?.getBoundingClientRect();
  const wasOpen = home.querySelector("details").open;
  const { scrollLeft, scrollTop } = view;
  home.replaceChildren(...fresh.childNodes);
  home.removeAttribute("aria-busy");
  home.querySelector("details").open = wasOpen;
  take();
  const toggle = code && toggleOf(code);
  if (toggle && before) {
    zoom(scale, 0, 0);
    view.scrollTo(scrollLeft, scrollTop);
    const after = toggle.getBoundingClientRect();
    view.scrollBy(after.left - before.left, after.top - before.top);
    toggle.focus({ preventScroll: true });
  } else {
    begin();
  }
  document.querySelector("[data-chart-status]").textContent =
    home.querySelector("[data-chart-count]").textContent;
}

function onClick(event) {
  const plain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  const button = event.target.closest("button");
  if (button?.dataset.zoom) zooms[button.dataset.zoom]();
  if (button && "print" in button.dataset) window.print();
  const link = event.target.closest(".chart-toggle, [data-chart-link]");
  if (!link || !plain) return;
  event.preventDefault();
  const address = new URL(link.getAttribute("href"), location.href).href;
  show(address, link.dataset.code).then(
    () => {
      history.pushState(null, "", address);
      if (!link.dataset.code) {
        home.querySelector("nav [aria-current]")?.focus({ preventScroll: true });
      }
    },
    () => location.assign(address),
  );
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
    addEventListener("click", stop, { capture: true, once: true });
    setTimeout(() => removeEventListener("click", stop, { capture: true }));
  };
  addEventListener("pointermove", move);
  addEventListener("pointerup", end, { once: true });
}

function onWheel(event) {
  if (!event.ctrlKey || !view.contains(event.target)) return;
  event.preventDefault();
  const frame = view.getBoundingClientRect();
  zoom(scale * Math.exp(-event.deltaY / 300), event.clientX - frame.left, event.clientY - frame.top);
}

let pinch = null;

function onTouch(event) {
  if (event.touches.length !== 2 || !view.contains(event.target)) {
    pinch = null;
    return;
  }
  event.preventDefault();
  const [one, two] = event.touches;
  const apart = Math.hypot(one.clientX - two.clientX, one.clientY - two.clientY);
  const frame = view.getBoundingClientRect();
  pinch ||= { apart, scale };
  zoom(
    pinch.scale * (apart / pinch.apart),
    (one.clientX + two.clientX) / 2 - frame.left,
    (one.clientY + two.clientY) / 2 - frame.top,
  );
}

if (home) {
  take();
  begin();
  home.addEventListener("click", onClick);
  home.addEventListener("keydown", onKey);
  home.addEventListener("pointerdown", onPress);
  home.addEventListener("dragstart", (event) => view.contains(event.target) && event.preventDefault());
  home.addEventListener("wheel", onWheel, { passive: false });
  home.addEventListener("touchstart", onTouch, { passive: false });
  home.addEventListener("touchmove", onTouch, { passive: false });
  home.addEventListener("touchend", onTouch);
  addEventListener("popstate", () => show(location.href).catch(() => location.reload()));
}
