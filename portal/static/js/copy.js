// A button that copies the text beside it; hidden where the browser cannot.
(() => {
  if (!navigator.clipboard) return;
  document.querySelectorAll("[data-component=copy]").forEach((box) => {
    const button = box.querySelector("button");
    const label = button.innerHTML;
    button.hidden = false;
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(box.querySelector("pre").textContent);
      button.textContent = button.dataset.done;
      setTimeout(() => { button.innerHTML = label; }, 2000);
    });
  });
})();
