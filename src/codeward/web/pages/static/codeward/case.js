// A case: keys that move among candidates, accept and reject; a candidate marks its places in the note, and the reverse.
const form = document.querySelector("#case");
const note = document.querySelector("#case-text");
const keys = document.querySelector("#case-keys");
const keysOn = document.querySelector("#keys-on");
const line = document.querySelector("#codes-line");
const copy = document.querySelector("#copy-codes");
const count = document.querySelector("#case-count");
const KEPT = "codeward-keys";
const candidates = [...form.querySelectorAll(".candidate")];
let current = null;

const chosen = (candidate) => candidate.querySelector("input[name^=code-]:checked, input[name^=code-][type=hidden]");
const decision = (candidate) => candidate.querySelector("input[name^=decision-]:checked")?.value;
const marksOf = (candidate) => [...note.querySelectorAll("mark[data-codes]")].filter((mark) => numbers(mark).includes(candidate.dataset.number));
const numbers = (mark) => mark.dataset.codes.split(" ");

function mark(candidate) {
  if (current === candidate) return;
  for (const one of candidates) one.classList.toggle("on", one === candidate);
  for (const one of note.querySelectorAll("mark.on")) one.classList.remove("on");
  current = candidate;
  const marks = marksOf(candidate);
  for (const one of marks) one.classList.add("on");
  if (marks.length) bring(marks[0]);
}

// The note's own pane scrolls, not the page.
function bring(target) {
  const [box, pane] = [target.getBoundingClientRect(), note.getBoundingClientRect()];
  if (box.top < pane.top || box.bottom > pane.bottom) note.scrollTop += box.top - pane.top - pane.height / 3;
}

function go(candidate) {
  if (!candidate) return;
  candidate.focus({ preventScroll: true });
  candidate.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const at = candidates.indexOf(current);
  go(candidates[at < 0 ? 0 : Math.max(0, Math.min(at + by, candidates.length - 1))]);
}

function decide(value) {
  if (!current) return step(1);
  current.querySelector(`input[name^=decision-][value=${value}]`).checked = true;
  told();
  step(1);
}

function instead(at) {
  const choice = current?.querySelectorAll("input[name^=code-][type=radio]")[at];
  if (!choice) return;
  choice.checked = true;
  told();
}

function told() {
  const accepted = candidates.filter((one) => decision(one) === "accept");
  const rejected = candidates.filter((one) => decision(one) === "reject").length;
  const left = candidates.length - accepted.length - rejected;
  for (const one of candidates) {
    one.classList.toggle("accepted", decision(one) === "accept");
    one.classList.toggle("rejected", decision(one) === "reject");
  }
  count.textContent = `${accepted.length} accepted, ${rejected} rejected, ${left} to decide`;
  if (line) line.textContent = [...new Set(accepted.map((one) => chosen(one).dataset.shown))].join(", ") || "none yet";
  if (copy) {
    copy.textContent = "Copy";
    copy.disabled = !accepted.length;
  }
}

function toExport() {
  const first = copy && !copy.hidden && !copy.disabled ? copy : form.querySelector("button[name=form]");
  first?.scrollIntoView({ block: "nearest" });
  first?.focus();
}

function onKey(event) {
  const { target, key } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || keys.open || !keysOn.checked) return;
  const typing = target.closest("textarea, select, input:not([type=radio], [type=checkbox])");
  if (typing) return;
  const arrows = key === "ArrowDown" || key === "ArrowUp";
  // A group of radio buttons and a pane that scrolls keep their own arrows.
  if (arrows && !(target === document.body || target.matches(".candidate"))) return;
  const does = {
    j: () => step(1),
    ArrowDown: () => step(1),
    k: () => step(-1),
    ArrowUp: () => step(-1),
    a: () => decide("accept"),
    r: () => decide("reject"),
    e: toExport,
    "?": () => keys.showModal(),
  }[key];
  if (!does && !/^[0-9]$/.test(key)) return;
  event.preventDefault();
  if (does) does();
  else instead(Number(key));
}

function onNoteClick(event) {
  const link = event.target.closest(".m-ref");
  const place = event.target.closest("mark[data-codes]");
  if (!link && !place) return;
  event.preventDefault();
  const all = link ? [link.hash.slice(2)] : numbers(place);
  const next = all[(all.indexOf(current?.dataset.number) + 1) % all.length];
  go(candidates.find((one) => one.dataset.number === next));
}

document.addEventListener("keydown", onKey);
note.addEventListener("click", onNoteClick);
form.addEventListener("focusin", (event) => {
  const candidate = event.target.closest(".candidate");
  if (candidate) mark(candidate);
});
form.addEventListener("click", (event) => {
  const place = event.target.closest(".cand-places a");
  if (!place) return;
  event.preventDefault();
  bring(document.getElementById(place.hash.slice(1)).nextElementSibling);
});
form.addEventListener("change", told);
form.addEventListener("submit", (event) => {
  if (candidates.some((one) => decision(one) === "accept")) return;
  event.preventDefault();
  count.textContent = "Accept a code first: nothing is exported yet";
});
document.querySelector("#keys-open").addEventListener("click", () => keys.showModal());
try {
  keysOn.checked = localStorage.getItem(KEPT) !== "off";
} catch {
  keysOn.checked = true;
}
keysOn.addEventListener("change", () => {
  try {
    localStorage.setItem(KEPT, keysOn.checked ? "on" : "off");
  } catch {
    /* The choice then holds for this page. */
  }
});
told();
go(candidates[0]);
