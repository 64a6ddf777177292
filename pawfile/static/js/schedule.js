/* The Master Schedule: a box is dragged onto a lane of its day and given to whom the lane belongs. The server
   answers with what changed. The same without dragging: "Assign" on each box, which dialog.js opens. */

let dragged = null;

const laneUnder = (event) => {
  const lane = dragged && event.target.closest?.("[data-lane]");
  const home = dragged?.closest("[data-lane]");
  return lane && home && lane !== home && lane.dataset.day === home.dataset.day ? lane : null;
};

const mark = (lane) => {
  for (const other of document.querySelectorAll(".is-over")) if (other !== lane) other.classList.remove("is-over");
  lane?.classList.add("is-over");
};

document.addEventListener("dragstart", (event) => {
  const box = event.target.closest?.("[data-visit][draggable=true]");
  if (!box) return;
  dragged = box;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", box.textContent.trim());
  /* Else the picture that follows the pointer is faded too */
  requestAnimationFrame(() => box.classList.add("is-dragged"));
  document.querySelector("#board")?.classList.add("is-dragging");
});

document.addEventListener("dragover", (event) => {
  const lane = laneUnder(event);
  if (dragged) mark(lane);
  if (lane) event.preventDefault();
});

document.addEventListener("drop", (event) => {
  const lane = laneUnder(event);
  if (!lane) return;
  event.preventDefault();
  const { lane: key } = lane.dataset;
  const isOpen = key === "nobody" || key === "anyone";
  htmx.ajax("POST", (dragged.href ? dragged : dragged.querySelector(".visit-assign")).href, {
    source: dragged,
    target: "#board",
    swap: "none",
    values: { to: isOpen ? key : "sitter", sitter: isOpen ? "" : key, version: dragged.dataset.version },
  });
});

document.addEventListener("dragend", () => {
  dragged?.classList.remove("is-dragged");
  dragged = null;
  mark(null);
  document.querySelector("#board")?.classList.remove("is-dragging");
});
