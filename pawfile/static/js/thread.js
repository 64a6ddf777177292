/* A conversation: the newest message in sight, Ctrl + Enter, no news while nobody looks. */
const thread = document.querySelector("[data-thread]");
const reply = document.querySelector("[data-reply]");

function isAtEnd() {
  const page = document.documentElement;
  return page.scrollHeight - page.clientHeight - page.scrollTop < 200;
}

function showEnd() {
  window.scrollTo({ top: document.documentElement.scrollHeight });
}

reply?.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    reply.requestSubmit();
  }
});

/* Twice pressed is sent once. */
reply?.addEventListener("submit", (event) => {
  if (reply.dataset.sent) event.preventDefault();
  reply.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => reply && delete reply.dataset.sent);

if (thread) {
  let wasAtEnd = true;
  document.body.addEventListener("htmx:beforeRequest", (event) => {
    if (event.target.matches("[data-ask]") && document.hidden) event.preventDefault();
  });
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    if (event.target.matches("[data-ask]")) wasAtEnd = isAtEnd();
  });
  document.body.addEventListener("htmx:afterSettle", () => wasAtEnd && showEnd());
  const first = document.querySelector(".thread-new");
  if (first) first.scrollIntoView({ block: "center" });
  else if (!new URLSearchParams(location.search).has("before")) showEnd();
}
