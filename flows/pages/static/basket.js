// The list of chosen missions: its order, and what leaves it. The address holds it, so that it can be shared.
"use strict";

const place = new URL(location.href);
const table = $("[data-basket]");

function goWith(ids) {
  keepBasket(ids);
  place.searchParams.delete("open");
  ids.length ? place.searchParams.set("pick", ids.join(",")) : place.searchParams.delete("pick");
  location.href = place;
}
if (!place.searchParams.get("pick") && basket().length) goWith(basket());
const shownIds = () => $$("tr[data-id]", table).map((row) => row.dataset.id);

if (table) {
  table.addEventListener("click", (event) => {
    const row = event.target.closest("tr[data-id]");
    const ids = shownIds();
    const at = row ? ids.indexOf(row.dataset.id) : -1;
    if (event.target.closest("[data-drop]")) goWith(ids.filter((id) => id !== row.dataset.id));
    const move = event.target.closest("[data-move]");
    if (move) {
      const to = at + Number(move.dataset.move);
      if (to < 0 || to >= ids.length) return;
      [ids[at], ids[to]] = [ids[to], ids[at]];
      goWith(ids);
    }
  });
  let dragged = null;
  table.addEventListener("dragstart", (event) => { dragged = event.target.closest("tr[data-id]"); });
  table.addEventListener("dragover", (event) => {
    const over = event.target.closest("tr[data-id]");
    if (!dragged || !over) return;
    event.preventDefault();
    const middle = over.getBoundingClientRect().top + over.offsetHeight / 2;
    over[event.clientY < middle ? "before" : "after"](dragged);
  });
  table.addEventListener("drop", (event) => { event.preventDefault(); goWith(shownIds()); });
  $("[data-basket-clear]").addEventListener("click", () => goWith([]));
  $("[data-basket-form]").addEventListener("change", (event) => event.target.form.requestSubmit());
}

const template = $("[data-template]");
if (template) template.addEventListener("submit", async (event) => {
  event.preventDefault();
  const file = $("input[type=file]", template).files[0];
  if (!file) return tell("Choisissez d’abord un document Word.", true);
  const form = event.submitter?.value || "docx";
  const buttons = $$("button", template);
  buttons.forEach((button) => { button.disabled = true; });
  tell(form === "pdf" ? "La liste est mise en page…" : "La liste est écrite…");
  const answer = await fetch(`/basket/references.${form}?${template.dataset.template}`, {
    method: "POST", body: file, headers: { Accept: "application/json" },
  }).catch(() => null);
  buttons.forEach((button) => { button.disabled = false; });
  if (!answer?.ok) return tell(answer ? (await answer.json()).detail : "Pas de réponse.", true);
  tell("La liste est prête.");
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await answer.blob());
  link.download = `references.${form}`;
  link.click();
});
