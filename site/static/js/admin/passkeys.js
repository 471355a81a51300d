// Forms that make or show a passkey: the browser's answer goes into a hidden field, and the form is sent as any other.
// Such a form is hidden until this script knows that the browser can do it.

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));

const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");

const named = (list) => (list ?? []).map((each) => ({ ...each, id: bytes(each.id) }));

// What the server says in JSON holds bytes as text; so does what it wants back (WebAuthn Level 3, section 5.1.8 to 5.1.10).
async function ask(kind, options) {
  const publicKey = { ...options, challenge: bytes(options.challenge) };
  if (kind === "create") {
    publicKey.user = { ...options.user, id: bytes(options.user.id) };
    publicKey.excludeCredentials = named(options.excludeCredentials);
    return navigator.credentials.create({ publicKey });
  }
  publicKey.allowCredentials = named(options.allowCredentials);
  return navigator.credentials.get({ publicKey });
}

function answer(credential) {
  const response = { clientDataJSON: text(credential.response.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = text(credential.response[name]);
  }
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    clientExtensionResults: {},
    response,
  });
}

const form = document.querySelector("form[data-passkey]");

if (form && window.PublicKeyCredential && window.isSecureContext) {
  form.hidden = false;
  document.querySelector("[data-passkey-missing]")?.remove();
  const said = form.querySelector("[data-passkey-said]");
  form.addEventListener("submit", async (event) => {
    if (form.elements.passkey.value) return;
    event.preventDefault();
    said.textContent = "";
    try {
      const options = JSON.parse(document.getElementById("passkey-options").textContent);
      form.elements.passkey.value = answer(await ask(form.dataset.passkey, options));
      form.requestSubmit();
    } catch {
      said.textContent = said.dataset.cancelled;
    }
  });
}
