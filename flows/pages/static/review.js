// The page beside its fields: click a field, its words light up; click or frame words, they become the field's value.
"use strict";

const root = $("[data-review]");

let isBusy = false;
async function act(path, given, sentence) {
  if (isBusy) return null;
  isBusy = true;
  try {
    const done = await ask(path, given);
    sessionStorage.setItem("carnet.told", sentence);
    return done;
  } catch (error) {
    tell(error.message, true);
    return null;
  } finally { isBusy = false; }
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-undo]");
  if (!button || !await act("/api/undo", { mission: button.dataset.mission, field: button.dataset.undo }, "Défait.")) return;
  if (root && button.dataset.undo === "mission") location.href = root.dataset.queue; // it may be a mission no more
  else location.reload();
});

if (root) {
  const mission = root.dataset.review;
  const editor = $(".editor");
  const value = $("#value");
  const choice = $("#choice");
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
    if (scroll) show($(".box.on"));
  }

  function show(box) {
    if (!box) return;
    const pane = $(".sheets");
    const gap = box.getBoundingClientRect().top - pane.getBoundingClientRect().top;
    if (gap < 20 || gap > pane.clientHeight - 80) pane.scrollBy({ top: gap - pane.clientHeight / 3 });
  }

  function edit(row, text) {
    light(row);
    row.append(editor);
    editor.hidden = false;
    $("label", editor).textContent = `${$(".label", row).textContent} : nouvelle valeur`;
    value.value = text === undefined ? row.dataset.typed : text;
    const isChoice = text === undefined && offer(row);
    value.hidden = isChoice;
    choice.hidden = !isChoice;
    $("label", editor).htmlFor = isChoice ? "choice" : "value";
    value.rows = Math.min(8, value.value.split("\n").length);
    answer.textContent = "";
    if (text !== undefined) lookAhead();
    (isChoice ? choice : value).focus({ preventScroll: true });
    editor.scrollIntoView({ block: "nearest" });
  }

  // What a field of a closed list may be, by its names; false where it is none, or has another value.
  function offer(row) {
    const list = $(`template[data-choices="${row.dataset.field}"]`);
    if (!list) return false;
    choice.replaceChildren(new Option("rien", "-"), list.content.cloneNode(true));
    choice.value = row.dataset.value || "-";
    return choice.selectedIndex >= 0;
  }

  function close() { editor.hidden = true; light(null); clearWords(); }

  async function lookAhead() {
    const now = ++turn;
    if ([current.dataset.value, current.dataset.typed].some((text) => value.value.trim() === text.trim())) { answer.textContent = ""; return; }
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

  const wish = (row, text, why) => ({ mission, field: row.dataset.field, value: text.trim() || "-", why });
  const isLast = (row) => sessionStorage.setItem("carnet.last", JSON.stringify({ mission, field: row.dataset.field }));

  async function keep(row, text) {
    if (!await act("/api/correct", wish(row, text, ""), `${$(".label", row).textContent} : gardé. U défait.`)) return;
    isLast(row);
    location.reload();
  }

  // Right as it is: seen at once, kept behind it; the last one leads on.
  const keeping = new Set();
  function right(field) {
    const row = $(`.row[data-field="${field}"]`);
    const button = $("[data-right]", row);
    row.classList.replace("asked", "seen");
    button.hidden = true;
    delete button.dataset.key;
    for (const other of $$("[data-key=u]")) delete other.dataset.key; // U takes back this one now
    for (const box of $$(`.box[data-for="${field}"]`)) box.classList.remove("asked");
    isLast(row);
    tell(`${$(".label", row).textContent} : vu. U défait.`);
    const kept = ask("/api/correct", wish(row, row.dataset.value, "juste comme lu"), true).then(() => true, (error) => {
      row.classList.replace("seen", "asked");
      button.hidden = false;
      button.dataset.key = "v";
      tell(error.message, true);
      return false;
    });
    keeping.add(kept);
    const next = $(".row.asked");
    if (next) { light(next); next.scrollIntoView({ block: "nearest" }); } else leave();
  }
  async function leave() {
    if ((await Promise.all(keeping)).includes(false) || $(".row.asked")) return keeping.clear();
    location.href = $("[data-key=n]")?.href || root.dataset.queue; // all of it was looked at
  }
  async function notAMission() {
    if (!confirm("Retirer cette mission ? « Défaire » la ramène.")) return;
    const next = $("[data-key=n]");
    if (await act("/api/correct", { mission, field: "mission", value: "-", why: "pas une mission" }, "Retirée ; à défaire sous « Vu et corrigé »."))
      location.href = next ? next.href : root.dataset.queue;
  }

  async function pairWith(button) {
    const { pair: kind, other } = button.dataset;
    const sentence = kind === "same" ? "C’est la même mission." : "Ce sont deux missions.";
    const done = await act("/api/pair", { kind, mission, other }, sentence);
    if (done) location.href = `/review/${done.mission}${location.search}`;
  }

  root.addEventListener("click", (event) => {
    const target = event.target;
    const row = target.closest(".row");
    if (target.closest("[data-cancel]")) close();
    else if (target.closest("[data-right]")) right(target.closest("[data-right]").dataset.right);
    else if (target.closest("[data-take]")) edit(row, target.closest("[data-take]").dataset.take);
    else if (target.closest("[data-not-a-mission]")) notAMission();
    else if (target.closest("[data-pair]")) pairWith(target.closest("[data-pair]"));
    else if (target.closest(".name")) row === current && !editor.hidden ? close() : edit(row);
  });
  value.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(lookAhead, 250); });
  choice.addEventListener("change", () => { value.value = choice.value; lookAhead(); });
  editor.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { const row = current; close(); $(".name", row).focus(); }
    if (event.key === "Enter" && event.target === choice) { event.preventDefault(); keep(current, value.value); }
  });
  value.addEventListener("keydown", (event) => {
    const isLong = ["contacts", "partners", "context", "approach", "results"].includes(current.dataset.field);
    if (event.key === "Enter" && (!isLong || event.ctrlKey)) { event.preventDefault(); keep(current, value.value); }
  });
  editor.addEventListener("submit", (event) => { event.preventDefault(); keep(current, value.value); });

  function takeOther() {
    const row = current && $("[data-take]", current) ? current : $(".row.asked [data-take], .row [data-take]")?.closest(".row");
    if (!row) return tell("Aucune autre lecture.");
    const others = $$("[data-take]", row).map((button) => button.dataset.take);
    edit(row, others[(others.indexOf(value.value) + 1) % others.length]);
  }
  onKey("c", () => edit(current || $(".row.asked") || $(".row")));
  onKey("t", takeOther);
  onKey("u", async () => { // of the mission before, when its last doubt led here
    const last = JSON.parse(sessionStorage.getItem("carnet.last") || "null");
    if (!last) return tell("Rien à défaire.");
    sessionStorage.removeItem("carnet.last");
    await Promise.all(keeping);
    if (await act("/api/undo", last, "Défait.")) location.href = `/review/${last.mission}${location.search}`;
  });

  // ---- the page: outlines of what was read, words that can be taken ----
  const clearWords = () => $$(".box.word, .box.drawn").forEach((box) => box.remove());

  async function draw(sheet) {
    const number = Number(sheet.dataset.page);
    const drawn = await paperOf(sheet, root.dataset.edition, number, "Valeurs lues sur cette page");
    if (!drawn) return;
    const { page, svg } = drawn;
    for (const row of $$(".row"))
      for (const [on, ...corners] of boxesOf(row)) {
        if (on !== number) continue;
        const box = rect(...corners, row.classList.contains("asked") ? "box asked" : "box", svg, 1.5);
        box.dataset.for = row.dataset.field;
        shape("title", {}, box).textContent = $(".label", row).textContent;
      }
    framing(svg, clearWords, (frame, [x, y], event) => {
      const inside = frame ? wordsIn(page, frame)
        : page.words.filter(([, x0, top, x1, bottom]) => x >= x0 && x <= x1 && y >= top && y <= bottom);
      clearWords();
      const box = event.target.closest("[data-for]");
      if (!frame && box && (!current || editor.hidden)) return edit($(`.row[data-field="${box.dataset.for}"]`));
      if (!inside.length) return;
      if (!current) return tell("Choisissez d’abord le champ auquel ces mots appartiennent.");
      const adding = !frame && event.shiftKey && value.value ? `${value.value} ` : "";
      edit(current, adding + linesOf(inside).map((line) => line.text).join(" "));
      inside.forEach(([, ...corners]) => rect(...corners.slice(0, 4), "box word", svg));
    });
    if (current) light(current, false);
  }
  const first = $(".row.asked");
  if (first) light(first);
  Promise.all($$(".sheet").map(draw)).then(() => show($(".box.on") || $(".box[data-for]")));
}
