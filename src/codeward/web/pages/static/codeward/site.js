// Type-ahead keys, shortcuts and copy buttons; every page works without them.
const box = document.querySelector("#q");
const list = document.querySelector("#suggestions");
const spoken = document.querySelector("#suggestion-count");
let at = -1;

document.documentElement.classList.add("scripted");

const options = () => [...list.querySelectorAll("[role=option]")];

function close() {
  list.hidden = true;
  at = -1;
  box.setAttribute("aria-expanded", "false");
  box.removeAttribute("aria-activedescendant");
}

function open() {
  const count = options().length;
  at = -1;
  box.removeAttribute("aria-activedescendant");
  list.hidden = count === 0 || document.activeElement !== box;
  box.setAttribute("aria-expanded", String(!list.hidden));
  spoken.textContent = list.hidden ? "" : `${count} suggestion${count === 1 ? "" : "s"}`;
}

function choose(next) {
  const all = options();
  if (!all.length) return;
  at = (next + all.length) % all.length;
  all.forEach((option, place) => option.setAttribute("aria-selected", String(place === at)));
  box.setAttribute("aria-activedescendant", all[at].id);
  all[at].scrollIntoView({ block: "nearest" });
}

function onKey(event) {
  const moves = { ArrowDown: 1, ArrowUp: -1 };
  if (event.key in moves && options().length) {
    event.preventDefault();
    if (list.hidden) open();
    choose(at < 0 && event.key === "ArrowUp" ? -1 : at + moves[event.key]);
  } else if (event.key === "Enter" && at >= 0 && !list.hidden) {
    event.preventDefault();
    location.assign(options()[at].dataset.href);
  } else if (event.key === "Escape" && !list.hidden) {
    event.preventDefault();
    close();
  }
}

if (box && list) {
  box.addEventListener("keydown", onKey);
  box.addEventListener("blur", close);
  list.addEventListener("htmx:afterSwap", open);
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.href);
  });
}

// Keys of one letter can be turned off, for who speaks to the machine (WCAG 2.1.4); the page of a case asks.
function singleKeys() {
  try {
    return localStorage.getItem("codeward-keys") !== "off";
  } catch {
    return true;
  }
}

function stepHits(by) {
  const hits = [...document.querySelectorAll(".hits .hit")];
  const next = hits.indexOf(document.activeElement) + by;
  hits[Math.max(0, Math.min(next, hits.length - 1))]?.focus();
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, select, textarea");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || !singleKeys()) return;
  if (event.key === "j" || event.key === "k") stepHits(event.key === "j" ? 1 : -1);
  const wanted = { "/": box, d: document.querySelector("#on") }[event.key];
  if (!wanted) return;
  event.preventDefault();
  wanted.focus();
  wanted.select?.();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.target.closest(".case-form")?.requestSubmit();
});

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
    button.textContent = "Copied";
  });
}

// Starred codes are kept in this browser alone; they fill the form that asks what touches them.
const KEPT = "codeward-starred";

function starred() {
  try {
    return JSON.parse(localStorage.getItem(KEPT) || "[]");
  } catch {
    return [];
  }
}

for (const button of document.querySelectorAll("[data-star]")) {
  const code = button.dataset.star;
  const show = () => {
    const on = starred().includes(code);
    button.setAttribute("aria-pressed", String(on));
    button.textContent = on ? "★ Starred" : "☆ Star";
  };
  button.hidden = false;
  show();
  button.addEventListener("click", () => {
    const kept = starred();
    try {
      localStorage.setItem(KEPT, JSON.stringify(kept.includes(code) ? kept.filter((one) => one !== code) : [...kept, code]));
    } catch {
      button.hidden = true;
    }
    show();
  });
}

for (const place of document.querySelectorAll("[data-starred]")) {
  const kept = starred();
  if (!kept.length) continue;
  place.hidden = false;
  place.querySelector("[data-starred-list]").textContent = kept.join(", ");
  const button = place.querySelector("[data-fill]");
  button.addEventListener("click", () => {
    const field = document.getElementById(button.dataset.fill);
    field.value = [field.value.trim(), ...kept].filter(Boolean).join("\n");
    field.focus();
  });
}
