/* Passkeys: the sign-in library's script asks the browser; here is which button does it, and what
   to say when it did not work. A button is dead until then: without a script there is no passkey. */

const FORMS = { add: "addForm", authenticate: "authenticateForm", login: "loginForm" };
const TROUBLE = { InvalidStateError: "known", NotAllowedError: "refused", AbortError: "refused", SecurityError: "address" };
let last = null;

for (const button of document.querySelectorAll("[data-passkey]")) {
  const asked = button.dataset.passkey;
  const ids = { [asked]: button.id, credential: button.form.elements.credential.id };
  if (asked !== "login") ids.data = "passkey-options";
  if (button.form.elements.passwordless) ids.passwordless = button.form.elements.passwordless.id;
  button.addEventListener("click", () => {
    last = button.form;
    last.querySelector("[data-passkey-trouble]").hidden = true;
  });
  window.allauth.webauthn.forms[FORMS[asked]]({ ids });
  if (!window.PublicKeyCredential) continue;
  button.disabled = false;
  button.hidden = false;
}

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const said = last.querySelector("[data-passkey-trouble]");
  said.textContent = said.dataset[TROUBLE[event.detail.exception.name] ?? "other"];
  said.hidden = false;
});
