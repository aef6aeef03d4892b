// Files onto the page: each is sent as it is; what becomes of it is asked for until all are read.
"use strict";

const zone = $("[data-dropzone]");
const list = $("[data-handed]");
const names = Object.fromEntries($$("[data-status]", $("[data-statuses]").content).map((i) => [i.dataset.status, i.textContent]));
let asking = null;

async function handIn(files) {
  for (const file of files) {
    const response = await fetch(`/api/files?${new URLSearchParams({ name: file.name })}`, { method: "POST", body: file });
    if (!response.ok) tell(`${file.name} : ${(await response.json().catch(() => ({}))).detail || response.statusText}`, true);
    follow();
  }
}

function part(tag, text, cls = "") {
  const made = document.createElement(tag);
  made.textContent = text;
  made.className = cls;
  return made;
}

function show(file) {
  const row = part("li", "", file.status);
  row.append(part("b", file.name), " ");
  const page = file.status === "reading" && file.page ? `, page ${file.page}` : "";
  row.append(part("span", (names[file.status] || file.status) + page, "tag"));
  if (file.missions) row.append(` ${file.missions} mission${file.missions > 1 ? "s" : ""}`);
  if (file.edition_id) {
    const link = part("a", "ce qui a changé");
    link.href = `/editions/${file.edition_id}`;
    row.append(" · ", link);
  }
  if (file.look) {
    const link = part("a", `${file.look} mission${file.look > 1 ? "s" : ""} à vérifier`);
    link.href = `/review?edition=${file.edition_id}`;
    row.append(" · ", link);
  }
  if (file.reason) {
    row.append(document.createElement("br"), part("small", file.reason));
  }
  return row;
}

async function follow() {
  clearTimeout(asking);
  const { files } = await ask("/api/files");
  list.replaceChildren(...files.map(show));
  if (files.some((file) => ["waiting", "reading"].includes(file.status))) asking = setTimeout(follow, 700);
}

$("input[type=file]", zone).addEventListener("change", (event) => handIn([...event.target.files]));
for (const kind of ["dragover", "dragleave", "drop"])
  document.addEventListener(kind, (event) => { event.preventDefault(); zone.classList.toggle("over", kind === "dragover"); });
document.addEventListener("drop", (event) => handIn([...event.dataTransfer.files]));
follow();
