// Search in the references that references.js lists; without script the page shows them all the same.
"use strict";

const box = document.querySelector(".search");
const field = document.querySelector("#q");
const found = document.querySelector("#found");
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/œ/g, "oe").replace(/[^a-z0-9]+/g, " ").trim();

function search() {
  const words = fold(field.value).split(" ").filter(Boolean);
  found.replaceChildren();
  document.body.classList.toggle("searching", words.length > 0);
  if (!words.length) return;
  const hits = window.references.filter((row) => words.every((word) => row[4].includes(word)));
  const count = document.createElement("p");
  count.textContent = hits.length ? `${hits.length} référence${hits.length > 1 ? "s" : ""}` : "Aucune référence n’a ces mots.";
  const list = document.createElement("ul");
  for (const [id, title, client, period] of hits.slice(0, 100)) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = `missions/${id}.html`;
    link.textContent = [client, title].filter(Boolean).join(" : ") || "Mission sans titre";
    item.append(link, period ? ` – ${period}` : "");
    list.append(item);
  }
  found.append(count, list);
}
box.hidden = false;
field.addEventListener("input", search);
