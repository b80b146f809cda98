
"use strict";
(() => {
  const bar = document.getElementById("filters");
  const fields = [...bar.querySelectorAll("[data-filter]")];
  const events = [...document.querySelectorAll("details.event")];
  const shown = document.getElementById("shown");
  const unfold = document.getElementById("unfold");
  const fits = (event, field) => {
    const wanted = field.value;
    if (!wanted) return true;
    if (field.dataset.filter === "from") return event.dataset.date >= wanted;
    if (field.dataset.filter === "until") return event.dataset.date <= wanted;
    return event.dataset[field.dataset.filter] === wanted;
  };
  const apply = () => {
    for (const event of events) event.hidden = !fields.every((field) => fits(event, field));
    for (const tier of document.querySelectorAll(".tier-section")) {
      tier.hidden = !tier.querySelector("details.event:not([hidden])");
    }
    const count = events.filter((event) => !event.hidden).length;
    shown.textContent = shown.dataset.text.replace("##", events.length).replace("#", count);
  };
  const reveal = () => {
    const target = document.getElementById(location.hash.slice(1));
    if (target && target.matches("details.event")) { target.hidden = false; target.open = true; }
  };
  bar.addEventListener("input", apply);
  document.getElementById("reset").addEventListener("click", () => {
    for (const field of fields) field.value = "";
    apply();
  });
  unfold.addEventListener("click", () => {
    const open = events.some((event) => !event.hidden && !event.open);
    for (const event of events) if (!event.hidden) event.open = open;
  });
  addEventListener("hashchange", reveal);
  bar.hidden = false;
  apply();
  reveal();
})();
