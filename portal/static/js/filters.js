// Filters apply as soon as they are changed; without this, the form's buttons apply them.
(() => {
  const CHANGED = "filter-changed";
  document.querySelectorAll("[data-without-scripts]").forEach((button) => { button.hidden = true; });
  document.querySelectorAll("[data-with-scripts]").forEach((hint) => { hint.hidden = false; });

  const form = document.querySelector("[data-component=filters]");
  if (form) {
    form.addEventListener("change", (event) => {
      const field = event.target;
      if (!field.matches("input[type=checkbox]")) return;
      sessionStorage.setItem(CHANGED, JSON.stringify([field.name, field.value]));
      form.requestSubmit();
    });
    // Leave empty fields out of the address.
    form.addEventListener("submit", () => {
      for (const field of form.elements) if (field.name && field.value === "") field.disabled = true;
    });
    window.addEventListener("pageshow", () => { for (const field of form.elements) field.disabled = false; });
  }
  // On a narrow screen the filters stay folded until they are asked for.
  const panel = document.querySelector("details.filters");
  if (panel) {
    const wide = window.matchMedia("(min-width: 56rem)");
    const fold = () => { panel.open = wide.matches; };
    fold();
    wide.addEventListener("change", fold);
  }
  // Who works the filters with the keyboard goes on where they were.
  const changed = JSON.parse(sessionStorage.getItem(CHANGED) || "null");
  sessionStorage.removeItem(CHANGED);
  if (form && changed) {
    const field = [...form.elements].find(({ name, value }) => name === changed[0] && value === changed[1]);
    if (field) {
      if (panel && panel.contains(field)) panel.open = true;
      if (field.closest("details")) field.closest("details").open = true;
      field.focus({ focusVisible: false });
    }
  }
})();
