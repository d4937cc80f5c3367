// Filters apply as soon as they are changed; without this, the form's button applies them.
(() => {
  document.querySelectorAll("[data-component=filters]").forEach((form) => {
    form.addEventListener("change", (event) => {
      if (event.target.matches("input[type=checkbox], select")) form.requestSubmit();
    });
    document.querySelectorAll(`select[form="${form.id}"]`).forEach((select) => {
      select.addEventListener("change", () => form.requestSubmit());
    });
    // Leave empty fields out of the address.
    form.addEventListener("submit", () => {
      for (const field of form.elements) if (field.name && field.value === "") field.disabled = true;
    });
    window.addEventListener("pageshow", () => { for (const field of form.elements) field.disabled = false; });
  });
  // On a wide screen the filters always show.
  const wide = window.matchMedia("(min-width: 56rem)");
  const panel = document.querySelector("details.filters");
  if (panel) { const set = () => { panel.open = wide.matches; }; set(); wide.addEventListener("change", set); }
})();
