// Suggestions while typing: an ARIA combobox on every form with data-component="suggest". Without it the form just searches.
(() => {
  const DELAY = 150;

  function bind(form, number) {
    const input = form.querySelector("input[name=q]");
    const list = document.createElement("ul");
    list.id = `suggestions-${number}`;
    list.className = "suggestions";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", form.querySelector("label").textContent.trim());
    list.hidden = true;
    const count = document.createElement("span");
    count.className = "visually-hidden";
    count.setAttribute("role", "status");
    form.append(list, count);
    for (const [name, value] of [["role", "combobox"], ["aria-expanded", "false"], ["aria-controls", list.id], ["aria-autocomplete", "list"]]) {
      input.setAttribute(name, value);
    }
    let timer = 0;
    let request = null;
    let selected = -1;
    let typed = input.value;

    const options = () => [...list.children];
    function close() {
      clearTimeout(timer);
      if (request) request.abort();
      list.hidden = true;
      count.textContent = "";
      selected = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }
    function select(index) {
      const all = options();
      selected = (index + 1 + all.length + 1) % (all.length + 1) - 1;
      all.forEach((option, at) => option.setAttribute("aria-selected", String(at === selected)));
      if (selected < 0) {
        input.removeAttribute("aria-activedescendant");
        input.value = typed;
      } else {
        input.setAttribute("aria-activedescendant", all[selected].id);
        input.value = all[selected].dataset.value;
        all[selected].scrollIntoView({ block: "nearest" });
      }
    }
    function go(option) {
      if (option.dataset.url) window.location.assign(option.dataset.url);
      else { input.value = option.dataset.value; form.submit(); }
    }
    function show(suggestions) {
      list.replaceChildren(...suggestions.map((suggestion, at) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${at}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.dataset.value = suggestion.text;
        option.dataset.url = suggestion.url || "";
        const text = document.createElement("span");
        const designation = document.createElement("span");
        designation.className = "designation";
        designation.textContent = suggestion.text;
        text.append(designation, ` ${suggestion.title}`);
        const note = document.createElement("span");
        note.className = "meta";
        note.textContent = suggestion.note || "";
        option.append(text, note);
        option.addEventListener("mousedown", (event) => { event.preventDefault(); go(option); });
        return option;
      }));
      selected = -1;
      list.hidden = suggestions.length === 0;
      input.setAttribute("aria-expanded", String(!list.hidden));
      input.removeAttribute("aria-activedescendant");
      count.textContent = list.hidden ? "" : form.dataset.found.replace("0", suggestions.length);
    }
    async function fetchSuggestions() {
      if (request) request.abort();
      request = new AbortController();
      try {
        const answer = await fetch(`${form.dataset.url}?q=${encodeURIComponent(typed)}`, { signal: request.signal, headers: { Accept: "application/json" } });
        show(answer.ok ? (await answer.json()).suggestions : []);
      } catch (error) {
        if (error.name !== "AbortError") close();
      }
    }
    input.addEventListener("input", () => {
      typed = input.value;
      clearTimeout(timer);
      // One Chinese character is a word; one Latin letter says nothing.
      if (typed.trim().length < (/^[\x00-\x7f]*$/.test(typed) ? 2 : 1)) close();
      else timer = setTimeout(fetchSuggestions, DELAY);
    });
    input.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key === "ArrowDown" && list.hidden && typed.trim()) { event.preventDefault(); fetchSuggestions(); }
      else if (event.key === "ArrowDown" && !list.hidden) { event.preventDefault(); select(selected + 1); }
      else if (event.key === "ArrowUp" && !list.hidden) { event.preventDefault(); select(selected - 1); }
      else if (event.key === "Enter" && selected >= 0) { event.preventDefault(); go(options()[selected]); }
      else if (event.key === "Escape" && !list.hidden) { event.preventDefault(); input.value = typed; close(); }
    });
    input.addEventListener("blur", close);
  }
  document.querySelectorAll("[data-component=suggest]").forEach(bind);
})();
