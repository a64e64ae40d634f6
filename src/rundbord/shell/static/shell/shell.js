// Small helps on top of pages that work without them.
(() => {
  "use strict";

  // Leave the page: no way back by the Back button, nothing left to see while the next page loads.
  const leave = document.querySelector("[data-leave]");
  const go = () => {
    document.documentElement.hidden = true;
    window.location.replace(leave.href);
  };
  if (leave) {
    leave.addEventListener("click", (event) => {
      event.preventDefault();
      go();
    });
    let presses = [];
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      presses = [...presses.filter((at) => event.timeStamp - at < 2000), event.timeStamp];
      if (presses.length >= 3) go();
    });
  }

  // The error summary is read first, and its links reach the field itself.
  const summary = document.querySelector("[data-error-summary]");
  if (summary) {
    summary.focus();
    summary.addEventListener("click", (event) => {
      const link = event.target.closest('a[href^="#"]');
      const field = link && document.getElementById(link.hash.slice(1));
      if (!field) return;
      event.preventDefault();
      field.focus();
      (field.closest(".rb-field") || field).scrollIntoView({ block: "start" });
    });
  }

  // Shortcuts over the week grid: pressing again takes the same times away.
  for (const grid of document.querySelectorAll("[data-week]")) {
    const boxes = [...grid.querySelectorAll("input[type=checkbox]")];
    const count = grid.querySelector("[data-week-count]");
    const tell = () => {
      count.querySelector("span").textContent = boxes.filter((box) => box.checked).length;
      count.hidden = false;
    };
    grid.querySelector("[data-week-helpers]").hidden = false;
    grid.addEventListener("change", tell);
    grid.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      const slots = (button.dataset.weekPick || "").split(" ");
      const chosen = boxes.filter((box) => slots.includes(box.value));
      const on = !chosen.every((box) => box.checked);
      if ("weekClear" in button.dataset) boxes.forEach((box) => (box.checked = false));
      else chosen.forEach((box) => (box.checked = on));
      tell();
    });
  }

  // A second press on the same button sends nothing twice; coming back by Back frees the form again.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (form.dataset.sent) event.preventDefault();
    else setTimeout(() => { if (!event.defaultPrevented) form.dataset.sent = "1"; });
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest && event.target.closest("form");
    if (form) delete form.dataset.sent;
  });

  // Copy a text, and say so.
  for (const button of document.querySelectorAll("[data-copy]")) {
    const source = document.querySelector(button.dataset.copy);
    if (!source || !navigator.clipboard) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText((source.value || source.textContent).trim());
      button.dataset.copied = "1";
      if (button.dataset.copiedWords) button.textContent = button.dataset.copiedWords;
    });
  }
})();
