/* Type to choose. In [data-picker]: an input[role=combobox] whose matches htmx loads into its [role=listbox].
   An option is a link (it is followed), or carries data-value and data-text for the [data-picker-value] input. */

const parts = (picker) => ({
  input: picker.querySelector("[role=combobox]"),
  list: picker.querySelector("[role=listbox]"),
  value: picker.querySelector("[data-picker-value]"),
});

/* Where the chosen one is named beside the input; then the input is for searching only */
const shownBy = (picker) => picker.closest(".field")?.querySelector("[data-picker-shown]");
const optionsOf = (list) => [...list.querySelectorAll("[role=option]")];
let serial = 0;

function show(picker, open) {
  const { input, list } = parts(picker);
  const visible = open && list.childElementCount > 0;
  list.hidden = !visible;
  input.ariaExpanded = String(visible);
  if (!visible) point(picker, null);
}

function point(picker, option) {
  const { input, list } = parts(picker);
  for (const other of list.querySelectorAll(".is-active")) other.classList.remove("is-active");
  if (!option) {
    input.removeAttribute("aria-activedescendant");
    return;
  }
  option.id ||= `option-${(serial += 1)}`;
  option.classList.add("is-active");
  input.setAttribute("aria-activedescendant", option.id);
  option.scrollIntoView({ block: "nearest" });
}

function choose(picker, option) {
  const { input, value } = parts(picker);
  if (value && "value" in option.dataset) {
    const text = option.dataset.text ?? option.textContent.trim();
    const shown = shownBy(picker);
    value.value = option.dataset.value;
    input.value = shown ? "" : text;
    if (shown) {
      shown.textContent = text;
      shown.hidden = false;
    }
    show(picker, false);
    picker.dataset.chosen = ""; /* what still comes in for the letters typed before opens nothing */
    value.dispatchEvent(new Event("change", { bubbles: true }));
    input.focus();
  } else if (option.href) {
    option.click();
  }
}

document.addEventListener("keydown", (event) => {
  const picker = event.target.matches?.("[role=combobox]") && event.target.closest("[data-picker]");
  if (!picker) return;
  const { list } = parts(picker);
  const options = optionsOf(list);
  const here = options.findIndex((option) => option.classList.contains("is-active"));
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (!options.length) return;
    event.preventDefault();
    show(picker, true);
    const step = event.key === "ArrowDown" ? 1 : -1;
    point(picker, options[here < 0 ? (step > 0 ? 0 : options.length - 1) : (here + step + options.length) % options.length]);
  } else if (event.key === "Enter" && !list.hidden && here >= 0) {
    event.preventDefault();
    choose(picker, options[here]);
  } else if (event.key === "Enter" && !picker.matches("[role=search]")) {
    event.preventDefault(); /* what fits is still being looked for; this must not send the form */
  } else if (event.key === "Escape" && !list.hidden) {
    event.preventDefault();
    event.stopPropagation();
    show(picker, false);
  } else if (event.key === "Tab") {
    show(picker, false);
  }
});

document.addEventListener("click", (event) => {
  const option = event.target.closest("[data-picker] [role=option]");
  if (option && "value" in option.dataset) {
    event.preventDefault();
    choose(option.closest("[data-picker]"), option);
  }
  for (const picker of document.querySelectorAll("[data-picker]")) {
    if (!picker.contains(event.target)) show(picker, false);
  }
});

/* Pressing the mouse in the list must not take the focus out of the input */
document.addEventListener("mousedown", (event) => {
  if (event.target.closest("[data-picker] [role=option][data-value]")) event.preventDefault();
});

document.addEventListener("focusin", (event) => {
  const picker = event.target.closest("[data-picker]");
  if (picker && event.target.matches("[role=combobox]")) show(picker, !("chosen" in picker.dataset));
});

document.addEventListener("input", (event) => {
  const picker = event.target.matches("[role=combobox]") && event.target.closest("[data-picker]");
  if (!picker) return;
  const { input, list, value } = parts(picker);
  delete picker.dataset.chosen;
  point(picker, null); /* what is listed was found for other letters */
  if (value && !shownBy(picker)) value.value = "";
  if (!input.value.trim() && !input.getAttribute("hx-trigger")?.includes("focus")) {
    list.replaceChildren();
    show(picker, false);
  }
});

document.addEventListener("htmx:afterSwap", (event) => {
  const picker = event.target.matches("[role=listbox]") && event.target.closest("[data-picker]");
  if (!picker) return;
  const { input, list } = parts(picker);
  const isOpen = document.activeElement === input && !("chosen" in picker.dataset);
  const wanted = isOpen && (input.value.trim() || input.getAttribute("hx-trigger")?.includes("focus"));
  if (!wanted) list.hidden = true;
  show(picker, Boolean(wanted));
  if (wanted && input.value.trim() && input.closest("[role=search]") === null) point(picker, optionsOf(list)[0]);
});
