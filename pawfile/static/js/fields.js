/* The pages that arrange fields: narrowing the list, moving by pointer and keyboard, rows of names. */

const list = () => document.querySelector("#fields");
const rowOf = (element) => element.closest?.(".field-row");

/* Narrow as one types. Folded like the server does it: no accents, no capitals. */

const search = document.querySelector("[data-field-search]");
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

function narrow() {
  const wanted = fold(search?.value ?? "").split(/\s+/).filter(Boolean);
  let any = false;
  for (const section of document.querySelectorAll(".field-section")) {
    let here = false;
    for (const row of section.querySelectorAll(".field-row")) {
      row.hidden = !wanted.every((word) => fold(row.dataset.words).includes(word));
      here ||= !row.hidden;
    }
    if (wanted.length && here) section.open = true;
    section.hidden = wanted.length > 0 && !here;
    any ||= !section.hidden;
  }
  const none = document.querySelector("[data-none]");
  if (none) none.hidden = any;
}

if (search) {
  /* With ?q= the server sent only what fits; then the box asks the server again. */
  const isNarrowed = search.value !== "";
  search.addEventListener("input", () => (isNarrowed ? null : narrow()));
  search.form.addEventListener("submit", (event) => {
    if (isNarrowed) return;
    event.preventDefault();
    narrow();
  });
}

/* Moving. The server answers with the list as it is saved; folded sections stay folded, and the
   focus stays on the row that was moved. */

let after = null;

function move(row, place, { focus = "grip" } = {}) {
  const folded = [...document.querySelectorAll(".field-section:not([open])")].map((each) => each.id);
  after = { key: row.dataset.key, focus, folded };
  htmx.ajax("POST", row.dataset.moveUrl, { target: "#fields", swap: "outerHTML", values: { place } });
}

document.addEventListener("htmx:afterSettle", () => {
  if (!after) return;
  const { key, focus, folded } = after;
  after = null;
  for (const id of folded) document.getElementById(id)?.removeAttribute("open");
  narrow();
  const row = document.getElementById(`field-${key}`);
  if (!row) return;
  const grip = document.getElementById(`grip-${key}`);
  const again = document.getElementById(`${focus}-${key}`) ?? grip;
  if (again !== grip) grip.closest("details").open = true;
  again.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
  const rows = [...row.parentElement.querySelectorAll(".field-row")];
  const section = row.closest(".field-section").dataset.label;
  document.querySelector("[data-moved-note]").textContent = `${row.dataset.label}: ${section}, ${rows.indexOf(row) + 1} / ${rows.length}`;
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-move]");
  if (!button || !list()?.contains(button)) return;
  event.preventDefault();
  /* A key press leaves the menu open, so that pressing again moves on */
  move(rowOf(button), button.value, { focus: event.detail === 0 ? button.dataset.move : "grip" });
});

document.addEventListener("keydown", (event) => {
  if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
  const row = rowOf(event.target);
  const button = row?.querySelector(`[data-move=${event.key === "ArrowUp" ? "up" : "down"}]`);
  if (!button || event.target.matches("select")) return;
  event.preventDefault();
  move(row, button.value);
});

/* Dragging by the grip: the row goes along, and is saved where it is let go. Escape puts it back. */

const FAR = 6;
let drag = null;

document.addEventListener("pointerdown", (event) => {
  const grip = event.target.closest?.("[data-grip]");
  if (!grip || event.button !== 0) return;
  const row = rowOf(grip);
  drag = { grip, row, y: event.clientY, id: event.pointerId, home: row.nextElementSibling, from: row.parentElement, on: false };
});

document.addEventListener("pointermove", (event) => {
  if (!drag || event.pointerId !== drag.id) return;
  if (!drag.on) {
    if (Math.abs(event.clientY - drag.y) < FAR) return;
    drag.on = true;
    drag.grip.setPointerCapture(drag.id);
    drag.row.classList.add("is-dragged");
    document.documentElement.classList.add("is-dragging");
  }
  const edge = 70;
  if (event.clientY < edge + 56) window.scrollBy(0, -14);
  else if (event.clientY > window.innerHeight - edge) window.scrollBy(0, 14);
  goTo(drag.row, event.clientY);
});

/* Before the first row whose middle is below the pointer, in the section the pointer is in */
function goTo(row, y) {
  for (const section of document.querySelectorAll(".field-section:not([hidden])")) {
    const box = section.getBoundingClientRect();
    if (y < box.top || y > box.bottom) continue;
    if (!section.open) section.open = true;
    const rows = section.querySelector(".field-rows");
    const others = [...rows.querySelectorAll(".field-row:not([hidden])")].filter((each) => each !== row);
    const next = others.find((each) => {
      const place = each.getBoundingClientRect();
      return y < place.top + place.height / 2;
    });
    if (next) {
      if (row.nextElementSibling !== next) next.before(row);
    } else if (rows.lastElementChild !== row) {
      rows.append(row);
    }
    return;
  }
}

function letGo({ back = false } = {}) {
  if (!drag) return;
  const { row, from, home, on } = drag;
  drag = null;
  if (!on) return;
  row.classList.remove("is-dragged");
  document.documentElement.classList.remove("is-dragging");
  if (back) {
    from.insertBefore(row, home);
    return;
  }
  if (row.parentElement === from && row.nextElementSibling === home) return;
  let next = row.nextElementSibling;
  while (next && !next.matches(".field-row")) next = next.nextElementSibling;
  move(row, `${row.parentElement.dataset.rows}/${next?.dataset.key ?? ""}`);
}

document.addEventListener("pointerup", (event) => {
  if (!drag || event.pointerId !== drag.id) return;
  if (drag.on) {
    /* The press that ends a drag does not open the menu */
    document.addEventListener("click", (click) => click.preventDefault(), { capture: true, once: true });
    setTimeout(() => letGo());
  } else {
    drag = null;
  }
});
document.addEventListener("pointercancel", () => letGo({ back: true }));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && drag?.on) letGo({ back: true });
});

/* Rows of names: added, moved and named without asking the server. */

function numberRows(rows) {
  const name = rows.dataset.fieldRows;
  [...rows.querySelectorAll(".rows-row")].forEach((row, place) => {
    for (const button of row.querySelectorAll("[data-row]")) button.value = `${name}:${button.dataset.row}:${place}`;
  });
}

function touched(element) {
  element.dispatchEvent(new Event("input", { bubbles: true }));
}

function addRow(rows) {
  const fresh = rows.querySelector("template").content.firstElementChild.cloneNode(true);
  rows.querySelector(".rows-list").append(fresh);
  numberRows(rows);
  fresh.querySelector("input[type=text]").focus();
}

document.addEventListener("click", (event) => {
  const adder = event.target.closest("[data-row-add]");
  const mover = event.target.closest("[data-row]");
  const rows = event.target.closest("[data-field-rows]");
  if (!rows || !(adder || mover)) return;
  event.preventDefault();
  if (adder) {
    addRow(rows);
    return;
  }
  const row = mover.closest(".rows-row");
  const other = mover.dataset.row === "up" ? row.previousElementSibling : row.nextElementSibling;
  if (!other) return;
  if (mover.dataset.row === "up") other.before(row);
  else other.after(row);
  numberRows(rows);
  mover.focus();
  touched(row.querySelector("input[type=text]"));
});

/* Enter in a name goes to the next row; in the last one it makes another. */
document.addEventListener("keydown", (event) => {
  const row = event.key === "Enter" && event.target.matches("input") && event.target.closest(".rows-row");
  if (!row) return;
  event.preventDefault();
  const next = row.nextElementSibling?.querySelector("input[type=text]");
  if (next) next.focus();
  else if (event.target.value.trim()) addRow(row.closest("[data-field-rows]"));
});

/* The answers on offer are those of the chosen field: their values begin with its key. */

function followCondition(form) {
  const chosen = form.elements.condition?.value;
  const answer = form.elements.answer;
  if (!answer) return;
  const fits = (option) => option.value === "" || option.value.startsWith(`${chosen}=`);
  for (const group of answer.querySelectorAll("optgroup")) group.hidden = group.disabled = !fits(group.firstElementChild);
  if (!fits(answer.selectedOptions[0] ?? answer.options[0])) answer.value = "";
}

for (const form of document.querySelectorAll("[data-field-form]")) followCondition(form);
document.addEventListener("change", (event) => {
  if (event.target.name === "condition") followCondition(event.target.form);
});

/* On a phone the sections begin folded: eight lines to choose from, not sixty. */
if (!location.hash && !search?.value && matchMedia("(width < 40rem)").matches) {
  for (const section of document.querySelectorAll(".field-section:not(:first-of-type)")) section.open = false;
}

/* A link to something in a folded part opens it. */
const wanted = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
if (wanted) {
  const folded = wanted.matches("details") ? wanted : wanted.closest("details");
  if (folded) folded.open = true;
  wanted.scrollIntoView({ block: "center" });
}
