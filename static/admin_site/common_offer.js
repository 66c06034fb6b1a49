// What a save offers for other units, also beside the list where the person goes on:
// the messages are at the top of the page. See review/admin/common_offer.py.

const offer = document.querySelector(".messagelist a.offer")?.closest("li");
const bar = document.querySelector("[data-functions] [data-toolbar]");

const show = () => {
  if (offer.getBoundingClientRect().bottom > 0) return;
  const line = document.createElement("p");
  line.className = "desk-offer";
  line.append(...[...offer.childNodes].map((node) => node.cloneNode(true)));
  bar.append(line);
};

// Once the list has put the person back where they were.
if (offer && bar) window.addEventListener("load", () => requestAnimationFrame(show));
