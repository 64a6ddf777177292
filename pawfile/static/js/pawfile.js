/* What every page has: toasts, menus, the search key, opening table rows, ticked rows, the working line.
   One listener a kind, on the document, so that content loaded later behaves like content sent first. */

const by = (selector, root = document) => root.querySelector(selector);

/* Menus are <details>: opening one closes the others; Escape and a click elsewhere close it. */

function closeMenus(except) {
  for (const menu of document.querySelectorAll("[data-menu][open]")) {
    if (menu !== except) menu.open = false;
  }
}

document.addEventListener("click", (event) => {
  const inside = event.target.closest("[data-menu]");
  closeMenus(inside);
  if (inside && event.target.closest(".menu-item")) inside.open = false;
});

document.addEventListener("focusin", (event) => closeMenus(event.target.closest("[data-menu]")));

document.addEventListener("keydown", (event) => {
  const menu = event.target.closest?.("[data-menu][open]");
  if (!menu) return;
  const summary = by("summary", menu);
  if (event.key === "Escape") {
    menu.open = false;
    summary.focus();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    const items = [...menu.querySelectorAll("a.menu-item, button.menu-item")];
    const step = event.key === "ArrowDown" ? 1 : -1;
    const here = items.indexOf(document.activeElement);
    const next = here < 0 ? (step > 0 ? 0 : items.length - 1) : (here + step + items.length) % items.length;
    items[next]?.focus();
  }
});

/* Toasts: errors stay until dismissed, the rest leave after a while unless pointed at or focused. */

const PATIENCE = 8000;

function leaveLater(toast) {
  if (toast.matches(".toast-error, .toast-warning")) return;
  setTimeout(() => (toast.matches(":hover, :focus-within") ? leaveLater(toast) : toast.remove()), PATIENCE);
}

function showToast(text, kind = "success") {
  const room = by("#toasts");
  if (!room || !text) return;
  const toast = document.createElement("div");
  toast.className = `toast toast-${kind}`;
  const words = document.createElement("span");
  words.textContent = text;
  const close = document.createElement("button");
  close.className = "icon-button";
  close.type = "button";
  close.dataset.toastClose = "";
  close.ariaLabel = room.dataset.closeLabel;
  close.textContent = "×";
  toast.append(words, close);
  room.append(toast);
  leaveLater(toast);
}

document.addEventListener("click", (event) => {
  event.target.closest("[data-toast-close]")?.closest(".toast").remove();
});

/* The server says HX-Trigger: {"toast": {"text": "Saved.", "kind": "success"}} */
document.addEventListener("toast", (event) => showToast(event.detail.text ?? event.detail.value, event.detail.kind));

const leaveAllLater = () => document.querySelectorAll("#toasts .toast").forEach(leaveLater);
leaveAllLater();
document.addEventListener("htmx:oobAfterSwap", leaveAllLater);

/* "/" goes to the search box, unless somebody is typing. */

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest?.("input, textarea, select, [contenteditable], dialog[open]")) return;
  const box = by("[data-search]");
  if (!box || !box.checkVisibility()) return;
  event.preventDefault();
  box.focus();
  box.select();
});

/* A row's arrow opens it in place: <a href="/clients/3/" data-expand="/clients/3/?view=row">. */

document.addEventListener("click", async (event) => {
  const arrow = event.target.closest("[data-expand]");
  if (!arrow || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const row = arrow.closest("tr");
  const open = arrow.ariaExpanded === "true";
  let detail = row.nextElementSibling;
  if (!detail?.matches(".row-detail")) {
    detail = document.createElement("tr");
    detail.className = "row-detail";
    const cell = detail.insertCell();
    cell.colSpan = row.cells.length;
    const body = document.createElement("div");
    body.className = "row-detail-body";
    cell.append(body);
    const address = arrow.dataset.expand || arrow.href;
    try {
      await htmx.ajax("GET", address, { target: body, swap: "innerHTML", source: arrow });
    } catch {
      location.assign(arrow.href);
      return;
    }
    if (!body.childNodes.length) {
      location.assign(arrow.href);
      return;
    }
    row.after(detail);
    htmx.process(detail);
  }
  detail.hidden = open;
  arrow.ariaExpanded = String(!open);
});

/* It says it is a button, so Space presses it too. */
document.addEventListener("keydown", (event) => {
  if (event.key !== " " || !event.target.matches?.("[data-expand]")) return;
  event.preventDefault();
  event.target.click();
});

/* Ticked rows: the bar shows how many and what can be done with them. */

function countTicks(form) {
  const boxes = [...form.querySelectorAll("tbody input[type=checkbox]")];
  const ticked = boxes.filter((box) => box.checked);
  for (const box of boxes) box.closest("tr").ariaSelected = String(box.checked);
  for (const all of form.querySelectorAll("[data-tick-all]")) {
    all.checked = ticked.length > 0 && ticked.length === boxes.length;
    all.indeterminate = ticked.length > 0 && ticked.length < boxes.length;
  }
  const bar = by(".bulk-bar", form);
  if (bar) {
    bar.hidden = ticked.length === 0;
    bar.dataset.counted = "";
  }
  const count = by("[data-tick-count]", form);
  if (count) count.textContent = ticked.length;
}

document.addEventListener("change", (event) => {
  const form = event.target.closest("[data-ticks]");
  if (!form) return;
  if (event.target.matches("[data-tick-all]")) {
    for (const box of form.querySelectorAll("tbody input[type=checkbox]")) box.checked = event.target.checked;
  }
  countTicks(form);
});

/* Also when the browser goes back to a page and ticks what was ticked, and when a list comes anew. */
const countAllTicks = () => document.querySelectorAll("[data-ticks]").forEach(countTicks);
countAllTicks();
addEventListener("pageshow", countAllTicks);
document.addEventListener("htmx:afterSettle", countAllTicks);

/* Filters apply as they are changed; without script their form has a button. A box that searches while
   one types has done so when it is left: a page that loads anew then would take the click with it. */

document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-submit-on-change]");
  if (form && !event.target.matches("[hx-get]")) form.requestSubmit();
});

/* The demo company's sign-in page fills itself in. */

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-fill]");
  if (!button) return;
  const form = by(button.dataset.fill);
  form.elements.login.value = button.dataset.login;
  form.elements.password.value = button.dataset.password;
  by("[type=submit]", form).focus();
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});

/* Work over 300 ms shows a line on top; shorter work shows nothing. */

let waiting = 0;
let late;

document.addEventListener("htmx:beforeRequest", () => {
  waiting += 1;
  late ??= setTimeout(() => document.documentElement.classList.add("is-working"), 300);
});

document.addEventListener("htmx:afterRequest", () => {
  waiting = Math.max(0, waiting - 1);
  if (waiting) return;
  clearTimeout(late);
  late = undefined;
  document.documentElement.classList.remove("is-working");
});

document.addEventListener("htmx:sendError", () => showToast(by("#dialog")?.dataset.failed, "error"));
document.addEventListener("htmx:responseError", () => showToast(by("#dialog")?.dataset.failed, "error"));
