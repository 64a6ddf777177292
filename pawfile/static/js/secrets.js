/* A code that was opened hides itself: after its seconds, when the window loses the focus, before
   printing, and before the page is left or kept in the browser's memory. */

const OPEN = "[data-secret][data-open]";

/* Where the dots stood they stand again; the page of its own leads back to them. */
function hide(secret) {
  const page = secret.closest("[data-secret-page]");
  const closed = secret.querySelector("template")?.content.firstElementChild;
  secret.querySelector("[data-secret-value]").replaceChildren();
  if (page) {
    secret.remove();
    location.replace(page.dataset.secretPage);
    return;
  }
  const hadFocus = secret.contains(document.activeElement);
  secret.replaceWith(closed);
  htmx.process(closed);
  if (hadFocus) closed.querySelector("button")?.focus({ preventScroll: true });
}

function hideAll() {
  for (const secret of document.querySelectorAll(OPEN)) hide(secret);
}

/* Counted by the clock: timers stand still while a computer sleeps. */
function watch(secret) {
  const ends = Date.now() + Number(secret.dataset.open) * 1000;
  const left = secret.querySelector("[data-secret-left]");
  const timer = setInterval(() => {
    const seconds = Math.ceil((ends - Date.now()) / 1000);
    if (!secret.isConnected) clearInterval(timer);
    else if (seconds > 0) left.textContent = seconds;
    else hide(secret);
  }, 250);
  secret.querySelector("[data-secret-hide]").hidden = false;
  const copy = secret.querySelector("[data-secret-copy]");
  copy.hidden = !navigator.clipboard;
  (copy.hidden ? secret.querySelector("[data-secret-hide]") : copy).focus({ preventScroll: true });
}

function watchNew() {
  for (const secret of document.querySelectorAll(`${OPEN}:not([data-watched])`)) {
    secret.dataset.watched = "";
    watch(secret);
  }
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-secret-hide], [data-secret-copy]");
  const secret = button?.closest(OPEN);
  if (!secret) return;
  if (button.matches("[data-secret-hide]")) {
    hide(secret);
    return;
  }
  await navigator.clipboard.writeText(secret.querySelector("[data-secret-value]").textContent);
  button.querySelector("[aria-live]").textContent = button.dataset.copied;
});

/* Said in place of the dots: too many for now, or the vault's key is missing. */
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, target } = event.detail;
  if (![429, 503].includes(xhr.status) || !target.matches("[data-secret]")) return;
  if (!xhr.responseText.includes("data-secret")) return;
  event.detail.shouldSwap = true;
  event.detail.isError = false;
});
document.addEventListener("htmx:afterSettle", watchNew);
window.addEventListener("blur", hideAll);
window.addEventListener("pagehide", hideAll);
window.addEventListener("beforeprint", hideAll);
document.addEventListener("visibilitychange", () => document.hidden && hideAll());
watchNew();
