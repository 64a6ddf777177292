/* Files are uploaded as soon as they are chosen or dropped, one after the other, each with its
   progress. Without script the form sends them all at once. */

function lineFor(form, file) {
  const line = document.createElement("li");
  const words = document.createElement("div");
  words.className = "progress-words";
  const name = document.createElement("span");
  name.textContent = file.name;
  const state = document.createElement("span");
  state.textContent = form.dataset.waits;
  words.append(name, state);
  const bar = document.createElement("progress");
  bar.max = 100;
  bar.value = 0;
  bar.ariaLabel = file.name;
  line.className = "progress";
  line.append(words, bar);
  form.querySelector("[data-upload-lines]").append(line);
  return { line, state, bar };
}

function fail(shown, text) {
  shown.bar.remove();
  shown.line.firstChild.remove();
  const words = document.createElement("p");
  words.className = "field-error";
  words.textContent = text;
  shown.line.append(words);
  shown.line.dataset.refused = "";
}

/* Resolves with the new panel, or with nothing when the file was refused or got lost. */
function send(form, file, shown) {
  return new Promise((resolve) => {
    const body = new FormData(form);
    body.delete("new_files");
    body.append("new_files", file);
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("HX-Request", "true");
    request.responseType = "document";
    request.upload.addEventListener("progress", (event) => {
      if (!event.lengthComputable) return;
      const percent = Math.floor((100 * event.loaded) / event.total);
      shown.bar.value = percent;
      shown.state.textContent = `${percent} %`;
    });
    request.addEventListener("loadend", () => {
      const panel = request.response?.querySelector("[data-files]");
      if (request.status === 200 && panel) {
        shown.state.textContent = form.dataset.done;
        resolve(panel);
        return;
      }
      const errors = [...(panel?.querySelectorAll(".field-error") ?? [])].map((error) => error.textContent.trim());
      fail(shown, errors.join(" ") || `${file.name}: ${form.dataset.failed}`);
      resolve(undefined);
    });
    request.send(body);
  });
}

function replacePanel(form, fresh) {
  const chosen = form.querySelector("[name=sight]:checked")?.value;
  const refused = [...form.querySelectorAll("[data-refused]")];
  const old = form.closest("[data-files]");
  const panel = document.adoptNode(fresh);
  old.replaceWith(panel);
  htmx.process(panel);
  const again = panel.querySelector("[data-upload]");
  again?.querySelector("[data-upload-lines]").append(...refused);
  const radio = chosen && again?.querySelector(`[name=sight][value="${CSS.escape(chosen)}"]`);
  if (radio) radio.checked = true;
  again?.querySelector("[type=file]").focus({ preventScroll: true });
}

async function upload(form, files) {
  if (form.dataset.busy !== undefined || !files.length) return;
  form.dataset.busy = "";
  const input = form.querySelector("[type=file]");
  for (const line of form.querySelectorAll("[data-refused]")) line.remove();
  const shown = files.map((file) => lineFor(form, file));
  input.disabled = true;
  let fresh;
  for (const [place, file] of files.entries()) fresh = (await send(form, file, shown[place])) ?? fresh;
  input.disabled = false;
  input.value = "";
  delete form.dataset.busy;
  if (fresh) replacePanel(form, fresh);
}

document.addEventListener("change", (event) => {
  const form = event.target.closest("[data-upload]");
  if (form && event.target.matches("[type=file]")) upload(form, [...event.target.files]);
});

const zoneOf = (event) => event.target.closest?.(".file-drop");

document.addEventListener("dragover", (event) => {
  const zone = zoneOf(event);
  if (!zone) return;
  event.preventDefault();
  zone.classList.add("is-over");
});

document.addEventListener("dragleave", (event) => {
  const zone = zoneOf(event);
  if (zone && !zone.contains(event.relatedTarget)) zone.classList.remove("is-over");
});

document.addEventListener("drop", (event) => {
  const zone = zoneOf(event);
  if (!zone) return;
  event.preventDefault();
  zone.classList.remove("is-over");
  upload(zone.closest("[data-upload]"), [...event.dataTransfer.files]);
});
