// The page beside its fields: click a field, its words light up; click or frame words, they become the field's value.
"use strict";

const SVG = "http://www.w3.org/2000/svg";
const root = $("[data-review]");

async function act(path, given, sentence) {
  try {
    const done = await ask(path, given);
    sessionStorage.setItem("carnet.told", sentence);
    return done;
  } catch (error) {
    tell(error.message, true);
    return null;
  }
}
const told = sessionStorage.getItem("carnet.told");
if (told) { sessionStorage.removeItem("carnet.told"); tell(told); }

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-undo]");
  if (button && await act("/api/undo", { mission: button.dataset.mission, field: button.dataset.undo }, "Défait."))
    location.reload();
});

if (root) {
  const mission = root.dataset.review;
  const editor = $(".editor");
  const value = $("#value");
  const answer = $("#answer");
  let current = null, waiting, turn = 0;

  const boxesOf = (row) => row.dataset.boxes.split(";").filter(Boolean).map((text) => text.split(",").map(Number));

  function light(row, scroll = true) {
    current = row;
    for (const other of $$(".row")) {
      other.classList.toggle("on", other === row);
      $(".name", other).setAttribute("aria-expanded", other === row);
    }
    for (const box of $$(".box[data-for]")) box.classList.toggle("on", Boolean(row) && box.dataset.for === row.dataset.field);
    const first = $(".box.on");
    if (first && scroll) {
      const pane = $(".sheets");
      const gap = first.getBoundingClientRect().top - pane.getBoundingClientRect().top;
      if (gap < 20 || gap > pane.clientHeight - 80) pane.scrollBy({ top: gap - pane.clientHeight / 3 });
    }
  }

  function edit(row, text) {
    light(row);
    row.append(editor);
    editor.hidden = false;
    $("label", editor).textContent = `${$(".label", row).textContent} : nouvelle valeur`;
    value.value = text === undefined ? row.dataset.value : text;
    value.rows = Math.min(8, value.value.split("\n").length);
    answer.textContent = "";
    if (text !== undefined) lookAhead();
    value.focus({ preventScroll: true });
    editor.scrollIntoView({ block: "nearest" });
  }

  function close() { editor.hidden = true; light(null); clearWords(); }

  async function lookAhead() {
    const now = ++turn;
    if (value.value.trim() === current.dataset.value.trim()) { answer.textContent = ""; return; }
    try {
      const seen = await ask("/api/preview", { mission, field: current.dataset.field, value: value.value });
      if (now !== turn) return;
      const lines = [`Sera lu : ${seen.shown || "rien"}`];
      for (const a of seen.also) lines.push(`${a.field} : ${a.old || "rien"} → ${a.new || "rien"}`);
      if (seen.settled.length) lines.push(`Réglé : ${seen.settled.join(" ; ")}`);
      if (seen.asked.length) lines.push(`À vérifier alors : ${seen.asked.join(" ; ")}`);
      answer.textContent = lines.join("\n");
      answer.className = "answer good";
    } catch (error) {
      if (now !== turn) return;
      answer.textContent = error.message;
      answer.className = "answer bad";
    }
  }

  async function keep(row, text, why = "") {
    const given = { mission, field: row.dataset.field, value: text.trim() || "-", why };
    if (await act("/api/correct", given, `${$(".label", row).textContent} : gardé.`)) location.reload();
  }
  const right = (field) => {
    const row = $(`.row[data-field="${field}"]`);
    keep(row, row.dataset.value, "juste comme lu");
  };
  async function notAMission() {
    if (!confirm("Retirer cette mission ? « Défaire » la ramène.")) return;
    const next = $("[data-key=n]");
    if (await act("/api/correct", { mission, field: "mission", value: "-", why: "pas une mission" }, "Retirée ; à défaire sous « Corrigé »."))
      location.href = next ? next.href : "/review";
  }

  root.addEventListener("click", (event) => {
    const target = event.target;
    const row = target.closest(".row");
    if (target.closest("[data-cancel]")) close();
    else if (target.closest("[data-right]")) right(target.closest("[data-right]").dataset.right);
    else if (target.closest("[data-take]")) edit(row, target.closest("[data-take]").dataset.take);
    else if (target.closest("[data-not-a-mission]")) notAMission();
    else if (target.closest(".name")) row === current && !editor.hidden ? close() : edit(row);
  });
  value.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(lookAhead, 250); });
  value.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { const row = current; close(); $(".name", row).focus(); }
    const isLong = ["contacts", "partners", "context", "approach", "results"].includes(current.dataset.field);
    if (event.key === "Enter" && (!isLong || event.ctrlKey)) { event.preventDefault(); keep(current, value.value); }
  });
  editor.addEventListener("submit", (event) => { event.preventDefault(); keep(current, value.value); });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || /INPUT|TEXTAREA/.test(event.target.tagName)) return;
    const key = event.key.toLowerCase();
    const link = $(`[data-key="${key}"]`);
    if (link) location.href = link.href;
    else if (key === "v") $("[data-right]") && right($("[data-right]").dataset.right);
    else if (key === "c") { event.preventDefault(); edit(current || $(".row.asked") || $(".row")); }
    else if (key === "x") notAMission();
    else if (key === "u") $(".done [data-undo]")?.click();
  });

  // ---- the page: outlines of what was read, words that can be taken ----
  const shape = (name, given, parent) => {
    const made = document.createElementNS(SVG, name);
    for (const [key, text] of Object.entries(given)) made.setAttribute(key, text);
    parent.append(made);
    return made;
  };
  const rect = (x0, top, x1, bottom, cls, parent, pad = 0) => shape("rect", {
    x: x0 - pad, y: top - pad, width: x1 - x0 + 2 * pad, height: bottom - top + 2 * pad, class: cls, rx: 1,
  }, parent);
  const clearWords = () => $$(".box.word, .box.drawn").forEach((box) => box.remove());

  async function draw(sheet) {
    const number = Number(sheet.dataset.page);
    let page;
    try {
      page = await ask(`/api/pages/${root.dataset.edition}/${number}`);
    } catch (error) {
      const place = $(".none", sheet);
      place.textContent = error.message;
      place.hidden = false;
      $(".paper", sheet).hidden = true;
      return;
    }
    const svg = shape("svg", { viewBox: `0 0 ${page.width} ${page.height}`, role: "group", "aria-label": "Valeurs lues sur cette page" }, $(".paper", sheet));
    for (const row of $$(".row"))
      for (const [on, ...corners] of boxesOf(row)) {
        if (on !== number) continue;
        const box = rect(...corners, row.classList.contains("asked") ? "box asked" : "box", svg, 1.5);
        box.dataset.for = row.dataset.field;
        shape("title", {}, box).textContent = $(".label", row).textContent;
      }
    let from = null, frame = null;
    const at = (event) => {
      const place = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
      return [place.x, place.y];
    };
    svg.addEventListener("pointerdown", (event) => {
      if (event.pointerType === "mouse" && event.button) return;
      from = at(event);
      frame = null;
    });
    svg.addEventListener("pointermove", (event) => {
      if (!from || event.pointerType === "touch") return;
      const [x, y] = at(event);
      if (!frame && Math.hypot(x - from[0], y - from[1]) < 4) return;
      event.preventDefault();
      clearWords();
      frame = [Math.min(x, from[0]), Math.min(y, from[1]), Math.max(x, from[0]), Math.max(y, from[1])];
      rect(...frame, "box drawn", svg);
    });
    svg.addEventListener("pointerup", (event) => {
      if (!from) return;
      const [x, y] = from;
      from = null;
      const inside = frame
        ? page.words.filter(([, x0, top, x1, bottom]) => {
          const mx = (x0 + x1) / 2, my = (top + bottom) / 2;
          return mx >= frame[0] && mx <= frame[2] && my >= frame[1] && my <= frame[3];
        })
        : page.words.filter(([, x0, top, x1, bottom]) => x >= x0 && x <= x1 && y >= top && y <= bottom);
      clearWords();
      const box = event.target.closest("[data-for]");
      if (!frame && box && (!current || editor.hidden)) return edit($(`.row[data-field="${box.dataset.for}"]`));
      if (!inside.length) return;
      if (!current) return tell("Choisissez d’abord le champ auquel ces mots appartiennent.");
      inside.forEach(([, ...corners]) => rect(...corners, "box word", svg));
      const adding = !frame && event.shiftKey && value.value ? `${value.value} ` : "";
      edit(current, adding + inLines(inside));
      inside.forEach(([, ...corners]) => rect(...corners, "box word", svg));
    });
    if (current) light(current, false);
  }

  function inLines(inside) {
    const lines = [];
    for (const word of inside) {
      const line = lines.find((other) => Math.min(word[4], other.bottom) - Math.max(word[2], other.top) > 0.5 * (word[4] - word[2]));
      if (line) line.words.push(word);
      else lines.push({ top: word[2], bottom: word[4], words: [word] });
    }
    lines.sort((a, b) => a.top - b.top);
    return lines.map((line) => line.words.sort((a, b) => a[1] - b[1]).map((word) => word[0]).join(" ")).join(" ");
  }
  $$(".sheet").forEach(draw);
  const first = $(".row.asked");
  if (first) light(first);
}
