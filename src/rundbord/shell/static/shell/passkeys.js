// Passkeys: joins the buttons of the sign-in pages to allauth's own script. Without it the buttons stay hidden.
(() => {
  "use strict";

  const forms = window.allauth && window.allauth.webauthn && window.allauth.webauthn.forms;
  if (!forms || !window.PublicKeyCredential) return;

  const join = (id, how, ids) => {
    const button = document.getElementById(id);
    if (!button) return;
    button.hidden = false;
    how({ ids: { credential: "passkey_credential", data: "js_data", ...ids } });
  };
  join("passkey_login", forms.loginForm, { login: "passkey_login" });
  join("passkey_add", forms.addForm, { add: "passkey_add", passwordless: "passkey_only" });
  join("passkey_use", forms.authenticateForm, { authenticate: "passkey_use" });

  // Said on the page, for whoever pressed "cancel" or has no passkey here.
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    const trouble = document.querySelector("[data-passkey-trouble]");
    if (!trouble) return;
    trouble.hidden = false;
    trouble.focus();
  });
})();
