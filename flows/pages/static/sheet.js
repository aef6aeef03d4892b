// The missions of a page, and one that was lost: framed, shown as it will be read, kept.
"use strict";

const root = $("[data-sheet]");
const number = Number(root.dataset.sheet);
const edition = root.dataset.edition;
const sketch = $(".sketch");
let box = null, svg = null;

const clearFrame = () => $$(".box.drawn", svg || document).forEach((frame) => frame.remove());

function close() {
  clearFrame();
  sketch.hidden = true;
}

async function look(frame) {
  box = frame;
  clearFrame();
  rect(...frame, "box drawn", svg);
  const fields = $(".fields", sketch), answer = $(".answer", sketch);
  sketch.hidden = false;
  try {
    const seen = await ask("/api/sketch", { edition, page: number, box });
    fields.replaceChildren(...seen.fields.flatMap(({ field, value }) => {
      const name = document.createElement("dt"), told = document.createElement("dd");
      name.textContent = field[0].toUpperCase() + field.slice(1);
      told.textContent = value || "rien";
      told.className = value ? "" : "hint";
      return [name, told];
    }));
    answer.textContent = seen.asked.length ? `À vérifier ensuite : ${seen.asked.join(" ; ")}.` : "";
    answer.classList.remove("bad");
  } catch (error) {
    fields.replaceChildren();
    answer.textContent = error.message;
    answer.classList.add("bad");
  }
  $("[data-keep]", sketch).hidden = !fields.children.length;
  sketch.scrollIntoView({ block: "nearest" });
}

$("[data-keep]").addEventListener("click", async () => {
  try {
    const made = await ask("/api/draw", { edition, page: number, box });
    sessionStorage.setItem("carnet.told", "La mission est gardée.");
    location.href = `/review/${made.mission}`;
  } catch (error) {
    tell(error.message, true);
  }
});
$("[data-cancel]").addEventListener("click", close);

paperOf($(".sheet"), edition, number, "Missions lues sur cette page").then((drawn) => {
  if (!drawn) return;
  svg = drawn.svg;
  for (const mission of $$("[data-box]")) {
    if (!mission.dataset.box) continue;
    const frame = rect(...mission.dataset.box.split(",").map(Number), "box", svg, 4);
    shape("title", {}, frame).textContent = mission.dataset.told;
    for (const kind of ["mouseenter", "focusin"]) mission.addEventListener(kind, () => frame.classList.add("on"));
    for (const kind of ["mouseleave", "focusout"]) mission.addEventListener(kind, () => frame.classList.remove("on"));
  }
  framing(svg, clearFrame, (frame) => { if (frame) look(frame); });
  const lines = linesOf(drawn.page.words);
  const [first, last] = [$("[name=from]"), $("[name=to]")];
  for (const select of [first, last])
    select.replaceChildren(...lines.map((line, n) => new Option(`${n + 1}. ${line.text.slice(0, 60)}`, n)));
  last.value = lines.length - 1;
  $("[data-look]").addEventListener("click", () => {
    const some = lines.slice(Math.min(first.value, last.value), Math.max(first.value, last.value) + 1);
    if (!some.length) return;
    const of = (least, n) => least(...some.map((line) => line.box[n]));
    look([of(Math.min, 0) - 1, of(Math.min, 1) - 1, of(Math.max, 2) + 1, of(Math.max, 3) + 1]);
  });
});
