// A printed page: its picture, shapes over it, frames that are drawn around its words.
"use strict";

const SVG = "http://www.w3.org/2000/svg";

function shape(name, given, parent) {
  const made = document.createElementNS(SVG, name);
  for (const [key, text] of Object.entries(given)) made.setAttribute(key, text);
  parent.append(made);
  return made;
}

const rect = (x0, top, x1, bottom, cls, parent, pad = 0) => shape("rect", {
  x: x0 - pad, y: top - pad, width: x1 - x0 + 2 * pad, height: bottom - top + 2 * pad, class: cls, rx: 1,
}, parent);

// Words of a page and a drawing over its picture; null, and the reason on the page, where there is none.
async function paperOf(sheet, edition, number, label) {
  try {
    const page = await ask(`/api/pages/${edition}/${number}`);
    $(".paper img", sheet).style.aspectRatio = `${page.width} / ${page.height}`; // its place, before it is there
    const svg = shape("svg", { viewBox: `0 0 ${page.width} ${page.height}`, role: "group", "aria-label": label }, $(".paper", sheet));
    return { page, svg };
  } catch (error) {
    const place = $(".none", sheet);
    place.textContent = error.message;
    place.hidden = false;
    $(".paper", sheet).hidden = true;
    return null;
  }
}

const wordsIn = (page, [fx0, ftop, fx1, fbottom]) => page.words.filter(([, x0, top, x1, bottom]) => {
  const x = (x0 + x1) / 2, y = (top + bottom) / 2;
  return x >= fx0 && x <= fx1 && y >= ftop && y <= fbottom;
});

// Words as printed lines from top to bottom, each with its text and frame.
function linesOf(words) {
  const lines = [];
  for (const word of words) {
    const line = lines.find((other) => Math.min(word[4], other.bottom) - Math.max(word[2], other.top) > 0.5 * (word[4] - word[2]));
    if (line) line.words.push(word);
    else lines.push({ top: word[2], bottom: word[4], words: [word] });
  }
  lines.sort((a, b) => a.top - b.top);
  for (const line of lines) {
    line.words.sort((a, b) => a[1] - b[1]);
    line.text = line.words.map((word) => word[0]).join(" ");
    line.box = [Math.min, Math.min, Math.max, Math.max].map((of, n) => of(...line.words.map((word) => word[n + 1])));
  }
  return lines;
}

// `done` is told the frame (null: a click), where it began, and the event.
function framing(svg, begin, done) {
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
    begin();
    frame = [Math.min(x, from[0]), Math.min(y, from[1]), Math.max(x, from[0]), Math.max(y, from[1])];
    rect(...frame, "box drawn", svg);
  });
  svg.addEventListener("pointerup", (event) => {
    if (!from) return;
    const begun = from;
    from = null;
    done(frame, begun, event);
  });
}
