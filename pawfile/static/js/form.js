/* Forms: questions that depend on an answer, the guard of unsaved changes, errors, photos. */

const YES = new Set(["yes", "true", "1", "on", "y"]);
const NO = new Set(["no", "false", "0", "off", "n", ""]);

function answers(form, name) {
  const found = [];
  for (const control of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
    if (control.type === "radio" || control.type === "checkbox") {
      if (control.checked) found.push(control.value);
    } else if (control.multiple) {
      found.push(...[...control.selectedOptions].map((option) => option.value));
    } else {
      found.push(control.value);
    }
  }
  return found.length ? found : [""];
}

function agrees(given, wanted) {
  const [a, b] = [given.trim().toLowerCase(), wanted.trim().toLowerCase()];
  return a === b || (YES.has(a) && YES.has(b)) || (NO.has(a) && NO.has(b) && b !== "");
}

/* data-shows-when="has_alarm" data-shows-value="yes"; several values are parted by "|". Hidden answers
   are still sent: what was once answered is not lost by a "no". */
function showWhatApplies(form) {
  for (const part of form.querySelectorAll("[data-shows-when]")) {
    const wanted = (part.dataset.showsValue ?? "yes").split("|");
    const given = answers(form, part.dataset.showsWhen);
    const hasError = part.querySelector("[aria-invalid=true]");
    part.hidden = !hasError && !given.some((value) => wanted.some((one) => agrees(value, one)));
  }
}

function prepare(root) {
  const forms = new Set([...root.querySelectorAll("[data-shows-when]")].map((part) => part.closest("form")));
  if (root.closest?.("form")) forms.add(root.closest("form"));
  for (const form of forms) if (form) showWhatApplies(form);
  const box = root.querySelector("[data-form-errors]");
  if (box) {
    for (const field of box.closest("form")?.querySelectorAll("[aria-invalid=true]") ?? []) unfold(field);
    box.focus();
  }
}

function unfold(element) {
  for (let fold = element.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
}

/* A link to a field opens the section it is folded into and puts the cursor there. */
document.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#"]');
  const target = link && link.hash.length > 1 && document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!target) return;
  unfold(target);
  if (target.matches("details")) target.open = true;
  if (!link.closest("[data-form-errors]")) return;
  event.preventDefault();
  goTo(target);
});

function goTo(target) {
  const control = target.matches("input, select, textarea") ? target : target.querySelector("input, select, textarea") ?? target;
  target.scrollIntoView({ block: "center" });
  control.focus({ preventScroll: true });
}

/* So does an address that ends in one: /clients/1/edit/#id_city */
const asked = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
if (asked && asked.closest("form[data-guard]") && !asked.matches("details")) {
  unfold(asked);
  goTo(asked);
}

/* The guard: <form data-guard>; data-guard="dirty" when it comes back unsaved from the server. */

function markDirty(form, dirty) {
  form.classList.toggle("is-dirty", dirty);
  for (const note of form.querySelectorAll("[data-dirty-note]")) note.hidden = !dirty;
  for (const note of form.querySelectorAll("[data-clean-note]")) note.hidden = dirty;
}

document.querySelectorAll('form[data-guard="dirty"]').forEach((form) => markDirty(form, true));

for (const kind of ["input", "change"]) {
  document.addEventListener(kind, (event) => {
    const form = event.target.closest("form");
    if (!form) return;
    if (kind === "change" || event.target.matches("select")) showWhatApplies(form);
    if (form.matches("[data-guard]") && event.target.name) markDirty(form, true);
    if (event.target.matches("input[type=file]")) preview(event.target);
  });
}

/* After the other submit listeners: a submit they prevented does not lift the guard. */
window.addEventListener("submit", (event) => {
  if (!event.defaultPrevented) event.target.classList.remove("is-dirty");
});

document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest?.("form[data-guard]");
  if (form && event.detail.successful) markDirty(form, false);
});

window.addEventListener("beforeunload", (event) => {
  if (document.querySelector("form[data-guard].is-dirty")) event.preventDefault();
});

/* Ctrl+S or ⌘S saves the form one is in. */
document.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey) || event.altKey) return;
  const form = event.target.closest?.("form[data-guard]") ?? document.querySelector("form[data-guard]");
  if (!form) return;
  event.preventDefault();
  form.requestSubmit();
});

/* A photo is shown before it is sent: <input type="file" data-preview="#id"> or #<id of the input>_preview. */
function preview(input) {
  const place = document.querySelector(input.dataset.preview || `#${CSS.escape(input.id)}_preview`);
  const [file] = input.files;
  if (!place || !file?.type.startsWith("image/")) return;
  const image = document.createElement("img");
  image.className = "picture picture-xl";
  image.id = place.id;
  image.alt = "";
  image.addEventListener("load", () => URL.revokeObjectURL(image.src), { once: true });
  image.addEventListener("error", () => image.replaceWith(place), { once: true });
  image.src = URL.createObjectURL(file);
  place.replaceWith(image);
}

document.addEventListener("htmx:load", (event) => prepare(event.target));
prepare(document.body);
