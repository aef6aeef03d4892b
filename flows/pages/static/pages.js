// What all pages do: search as one types, the list of chosen missions (kept by this browser), words to the user.
"use strict";

const KEPT = "carnet.basket";
const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

function tell(sentence, isBad = false) {
  const place = $("#told");
  place.textContent = sentence;
  place.classList.toggle("bad", isBad);
  clearTimeout(tell.timer);
  tell.timer = setTimeout(() => { place.textContent = ""; }, isBad ? 9000 : 4000);
}

const told = sessionStorage.getItem("carnet.told");
if (told) { sessionStorage.removeItem("carnet.told"); tell(told); }

// `staying`: it is sent even when the page is left meanwhile.
async function ask(address, given, staying = false) {
  const response = await fetch(address, given === undefined ? {} : {
    method: "POST", keepalive: staying, headers: { "Content-Type": "application/json" }, body: JSON.stringify(given),
  });
  const type = response.headers.get("content-type") || "";
  const answer = type.includes("json") ? await response.json() : { detail: await response.text() };
  if (!response.ok) throw new Error(answer.detail || response.statusText);
  return answer;
}

// ---- the list of chosen missions ----
const basket = () => JSON.parse(localStorage.getItem(KEPT) || "[]");
function keepBasket(ids) {
  localStorage.setItem(KEPT, JSON.stringify(ids));
  showBasket();
}
function showBasket() {
  const ids = basket();
  for (const badge of $$("[data-basket-count]")) {
    badge.textContent = ids.length;
    badge.hidden = !ids.length;
  }
  for (const button of $$("[data-pick]")) button.setAttribute("aria-pressed", ids.includes(button.dataset.pick));
}
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-pick]");
  if (!button) return;
  const id = button.dataset.pick;
  const ids = basket();
  keepBasket(ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id]);
});
window.addEventListener("storage", showBasket);

// ---- search as one types: the server draws the results, the address stays one that can be shared ----
const form = $("[data-search]");
if (form) {
  let waiting, latest = 0;
  const search = async (address, isNew) => {
    const turn = ++latest;
    const url = new URL(address, location.href);
    const asked = new URL(url);
    asked.searchParams.set("part", "1");
    const response = await fetch(asked);
    if (turn !== latest) return;
    if (!response.ok) return tell(await response.text(), true);
    $("#results").innerHTML = await response.text();
    history[isNew ? "pushState" : "replaceState"](null, "", url);
    settle();
  };
  const typed = () => {
    const url = new URL(location.href);
    const text = $("input[name=text]", form).value.trim();
    url.searchParams.delete("offset");
    text ? url.searchParams.set("text", text) : url.searchParams.delete("text");
    search(url, false);
  };
  form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(typed, 150); });
  form.addEventListener("submit", (event) => { event.preventDefault(); clearTimeout(waiting); typed(); });
  $("#results").addEventListener("click", (event) => {
    const link = event.target.closest(".facets a, .timeline a, .chips a, .looks a, .pager a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const address = link.getAttribute("href");
    search(address, true).then(() => {
      const text = new URL(address, location.href).searchParams.get("text") || "";
      $("input[name=text]", form).value = text;
      if (link.closest(".pager")) window.scrollTo(0, 0);
      $("#results .count").focus?.();
    });
  });
  window.addEventListener("popstate", () => location.reload());
}

function settle() {
  showBasket();
  if (matchMedia("(max-width: 860px)").matches) for (const part of $$("[data-narrow-closed]")) part.open = false;
}
settle();

// ---- keys: what bears one is clicked; others say what theirs does ----
const keys = {};
function onKey(key, work) { keys[key] = work; }
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || /INPUT|TEXTAREA|SELECT/.test(event.target.tagName)) return;
  const key = event.key.toLowerCase();
  const marked = $(`[data-key="${CSS.escape(key)}"]`);
  if (!marked && !keys[key]) return;
  event.preventDefault();
  if (marked) marked.click();
  else keys[key]();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !/INPUT|TEXTAREA|SELECT/.test(event.target.tagName)) {
    const field = $("[data-search] input[name=text]");
    if (field) { event.preventDefault(); field.select(); }
  }
});

// ---- the theme of a mission, told by who knows it ----
document.addEventListener("submit", async (event) => {
  const form = event.target.closest("[data-theme]");
  if (!form) return;
  event.preventDefault();
  try {
    await ask("/api/correct", { mission: form.dataset.theme, field: "theme", value: form.elements.value.value });
    sessionStorage.setItem("carnet.told", "Thème gardé.");
    location.reload();
  } catch (error) { tell(error.message, true); }
});
