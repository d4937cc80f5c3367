"use strict";

/* Keeps the facts of a crawl fresh while somebody looks at them. When the crawl begins or ends the whole page is read
   anew, so that buttons and history agree; until then no button is taken from under the reader's hands. */
const facts = document.querySelector("[data-crawl-facts]");
const SECONDS = 2;

async function refresh() {
    if (document.hidden) {
        return;
    }
    const answer = await fetch(facts.dataset.url, { credentials: "same-origin", headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected) {
        return;
    }
    const text = await answer.text();
    const fresh = new DOMParser().parseFromString(text, "text/html").querySelector("[data-state]");
    if (fresh === null) {
        return;
    }
    if (fresh.dataset.state !== facts.dataset.state) {
        window.location.reload();
        return;
    }
    facts.replaceChildren(document.adoptNode(fresh));
}

if (facts !== null) {
    window.setInterval(() => refresh().catch(() => undefined), SECONDS * 1000);
}
