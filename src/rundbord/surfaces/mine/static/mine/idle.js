// Signed out after a quarter of an hour: said two minutes before, put off with one tap, and nothing left to read.
(() => {
  "use strict";

  const form = document.querySelector("[data-idle]");
  if (!form) return;
  const [quiet, soon] = ["quiet", "soon"].map((name) => form.querySelector(`[data-idle-${name}]`));
  let since = Date.now();

  const show = (near) => {
    form.toggleAttribute("data-soon", near);
    quiet.hidden = near;
    soon.hidden = !near;
  };
  const out = () => {
    document.documentElement.hidden = true;
    window.location.replace(form.dataset.out);
  };
  const look = () => {
    const idle = (Date.now() - since) / 1000;
    if (idle >= form.dataset.idle) out();
    else show(idle >= form.dataset.warn);
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const asked = Date.now();
    const headers = { "X-Requested-With": "fetch" };
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers }).catch(() => null);
    if (!answer) return;
    if (!answer.ok) return out();
    since = asked;
    look();
  });
  setInterval(look, 5000);
  // A phone that slept counts no seconds: look at the clock the moment somebody looks at the page.
  document.addEventListener("visibilitychange", look);
})();
