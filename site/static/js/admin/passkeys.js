// Forms that make or show a passkey: the browser's answer goes into a hidden field, and the form is sent as any other.
// Such a form, or the part of it that does this, is hidden until this script knows that the browser can do it.

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

const part = document.querySelector("[data-passkey]");

if (part && window.PublicKeyCredential && window.isSecureContext) {
  part.hidden = false;
  document.querySelector("[data-passkey-missing]")?.remove();
  const said = part.querySelector("[data-passkey-said]");
  const field = part.querySelector("[data-passkey-answer]");
  field.value = ""; // one that the browser kept was for a former challenge
  part.querySelector("button").addEventListener("click", async (event) => {
    event.preventDefault();
    said.textContent = "";
    try {
      const options = JSON.parse(document.getElementById("passkey-options").textContent);
      field.value = answer(await ask(part.dataset.passkey, options));
    } catch {
      said.textContent = said.dataset.cancelled;
      return;
    }
    field.form.requestSubmit();
  });
}
