/* data-copy="#list": a button that puts the text of an element on the clipboard and says so. */
for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.querySelector(button.dataset.copy).innerText.trim());
    button.querySelector("[aria-live]").textContent = button.dataset.copied;
  });
}
