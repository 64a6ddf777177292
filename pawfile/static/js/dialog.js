/* Pop-ups: a link with data-dialog-url opens its target in the one <dialog>; without script it is a link.
   The server answers htmx requests for that address with components/dialog_frame.html.
   HX-Trigger: "dialog-close" closes it. */

const dialog = document.querySelector("#dialog");
const content = document.querySelector("#dialog-content");
let opener = null;
let openerKey = "";

function open(link) {
  const address = link.dataset.dialogUrl || link.href;
  opener = link;
  openerKey = link.href;
  htmx
    .ajax("GET", address, { target: content, swap: "innerHTML", source: link })
    .then(() => {
      if (content.childElementCount) show();
      else location.assign(link.href);
    })
    .catch(() => location.assign(link.href));
}

function show() {
  if (!dialog.open) dialog.showModal();
  dialog.scrollTop = 0;
  const first = content.querySelector("[autofocus]") ?? content.querySelector(".field input, .field textarea, .field select") ?? content.querySelector("[data-dialog-close]");
  first?.focus({ preventScroll: true });
}

document.addEventListener("click", (event) => {
  if (event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const link = event.target.closest("[data-dialog-url]");
  if (link && dialog) {
    event.preventDefault();
    open(link);
  } else if (event.target.closest("[data-dialog-close]")) {
    dialog.close();
  }
});

/* The same mark may have been drawn anew while the pop-up was open: focus goes to where the person was. */
function backToOpener() {
  content.replaceChildren();
  if (opener && !opener.isConnected) {
    opener = [...document.querySelectorAll("[data-dialog-url]")].find((link) => link.href === openerKey);
  }
  opener?.focus({ preventScroll: true });
}

if (dialog) {
  dialog.addEventListener("close", backToOpener);
  /* A press that starts and ends on the backdrop closes; one that starts in a text does not */
  let pressed = null;
  dialog.addEventListener("pointerdown", (event) => (pressed = event.target));
  dialog.addEventListener("click", (event) => {
    if (event.target !== dialog || pressed !== dialog || dialog.querySelector("[data-guard].is-dirty")) return;
    dialog.close();
  });
  document.addEventListener("dialog-close", () => dialog.close());
  /* A mark that has been looked at is outlined from now on */
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.target === content && opener?.matches(".change-mark.unseen")) opener.classList.remove("unseen");
  });
}
