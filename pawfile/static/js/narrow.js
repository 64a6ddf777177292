/* Narrows a list while one types: <input type="search" data-narrow="#options"> hides in there every [data-words]
   that lacks a word of it, every [data-narrow-part] left empty, and shows [data-narrow-none] when nothing is left.
   Without script its form asks the server for the same. What has an error never hides. */

const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

function narrow(box) {
  const room = document.querySelector(box.dataset.narrow);
  const wanted = plain(box.value).split(/\s+/).filter(Boolean);
  for (const item of room.querySelectorAll("[data-words]")) {
    const fits = wanted.every((word) => item.dataset.words.includes(word));
    item.hidden = !fits && !item.querySelector("[aria-invalid=true]");
  }
  for (const part of room.querySelectorAll("[data-narrow-part]")) {
    part.hidden = !part.querySelector("[data-words]:not([hidden])");
  }
  for (const none of room.querySelectorAll("[data-narrow-none]")) {
    none.hidden = Boolean(room.querySelector("[data-words]:not([hidden])"));
  }
  const query = box.value.trim();
  history.replaceState(history.state, "", query ? `?${new URLSearchParams({ q: query })}` : location.pathname);
}

document.addEventListener("input", (event) => {
  if (event.target.matches("[data-narrow]")) narrow(event.target);
});

/* Enter has nothing left to ask for, and must not leave a half-filled page. */
document.addEventListener("submit", (event) => {
  if (event.target.querySelector("[data-narrow]")) event.preventDefault();
});
