// Ask: the question is posted, its steps are shown as they are made and the answer comes below the last; without this
// script the same form answers with a whole page.
const form = document.querySelector("#ask-form");
const box = document.querySelector("#question");
const turns = document.querySelector("#turns");
const running = document.querySelector("#running");
const heading = document.querySelector("#running-h");
const steps = document.querySelector("#steps");
const fault = document.querySelector("#ask-fault");
const said = document.querySelector("#ask-said");
const retryLine = document.querySelector("#retry-line");
let asking = null;
let last = null;

function ready(root) {
  for (const button of root.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
  for (const button of root.querySelectorAll("[data-copy-answer]")) {
    if (!navigator.clipboard) continue;
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }
  for (const other of root.querySelectorAll(".next-form, .examples-form, .understood")) other.addEventListener("submit", take);
}

async function copy(button) {
  const turn = button.closest(".turn");
  const asked = turn.querySelector(".asked-q").textContent.trim();
  const kind = turn.querySelector(".kind-line").textContent.trim().replace(/\s+/g, " ");
  const answer = [...turn.querySelectorAll(".said > *")].map((one) => one.textContent.trim().replace(/\s+/g, " "));
  const lacks = [...turn.querySelectorAll(".plain-list li")].map((one) => `! ${one.textContent.trim()}`);
  const rows = [...turn.querySelectorAll(".cited-rows li")].map((one) => `[${one.value}] ${one.querySelector("span, a:only-child").textContent.trim()}`);
  await navigator.clipboard.writeText([asked, kind, "", ...answer, ...lacks, "", ...rows].join("\n"));
  button.textContent = "Copied";
}

function tell(text) {
  fault.textContent = text;
  fault.hidden = !text;
  retryLine.hidden = !text || !last;
}

function take(event) {
  event.preventDefault();
  const given = new FormData(event.target, event.submitter);
  if (event.target !== form && form.querySelector("[name=code]") && !given.has("code")) given.set("code", form.querySelector("[name=code]").value);
  ask(given);
}

async function ask(given) {
  if (asking) return;
  last = given;
  asking = new AbortController();
  tell("");
  heading.textContent = given.get("question");
  steps.replaceChildren();
  running.hidden = false;
  running.scrollIntoView({ block: "nearest" });
  let answered = false;
  try {
    const response = await fetch(form.dataset.steps, { method: "POST", body: new URLSearchParams(given), signal: asking.signal });
    if (!response.ok) return tell((await response.text()).slice(0, 400));
    for await (const [name, data] of events(response)) {
      if (name === "step") step(data);
      else if (name === "answer") answered = place(data);
      else if (name === "fault") tell(data);
      else word(name, data);
    }
    if (!answered && fault.hidden) tell("The answer broke off: the connection was lost.");
  } catch (error) {
    if (!answered) tell(error.name === "AbortError" ? "Stopped: nothing was answered." : "The site cannot be reached.");
  } finally {
    if (!turns.querySelector(".turn:last-child .worded")) turns.querySelector(".turn:last-child .worded-place")?.replaceChildren();
    asking = null;
    running.hidden = true;
    if (!answered) box.focus();
  }
}

// Server-sent events of a POST, so that no question stands in an address.
async function* events(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let held = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    held += value;
    for (let end = held.indexOf("\n\n"); end >= 0; end = held.indexOf("\n\n")) {
      const lines = held.slice(0, end).split("\n");
      held = held.slice(end + 2);
      const name = lines.find((line) => line.startsWith("event: "))?.slice(7);
      if (name) yield [name, lines.filter((line) => line.startsWith("data: ")).map((line) => line.slice(6)).join("\n")];
    }
  }
}

function step(text) {
  const item = document.createElement("li");
  item.textContent = text;
  steps.append(item);
}

function place(markup) {
  const piece = document.createElement("template");
  piece.innerHTML = markup;
  const turn = piece.content.querySelector(".turn");
  for (const older of turns.querySelectorAll(".sources-fold")) older.open = false;
  turns.append(turn);
  document.querySelector("label[for=question]").textContent = "Next question";
  form.elements.talk.value = turn.dataset.talk;
  form.elements.on.value = form.elements.on_was.value = turn.dataset.day;
  box.value = "";
  document.querySelector(".examples-form")?.remove();
  document.querySelector(".ask-room > .lede")?.remove();
  ready(turn);
  window.htmx?.process(turn);
  said.textContent = `${turn.querySelector(".kind-line").textContent.trim().replace(/\s+/g, " ")}: ${turn.querySelector(".verdict-line")?.textContent ?? ""}`;
  turn.scrollIntoView({ block: "start" });
  box.focus({ preventScroll: true });
  return true;
}

// A model's wording comes after the computed answer, and is taken back where it does not hold.
function word(name, data) {
  const held = turns.lastElementChild?.querySelector(".worded-place");
  if (!held) return;
  running.hidden = true;
  if (name === "piece") held.textContent += data;
  else if (name === "worded") held.innerHTML = data;
  else held.replaceChildren();
}

form.addEventListener("submit", take);
box.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  if (box.value.trim()) form.requestSubmit();
});
document.querySelector("#stop").addEventListener("click", () => asking?.abort());
document.querySelector("#retry").addEventListener("click", () => last && ask(last));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") asking?.abort();
});
ready(document);
if (!turns.children.length || fault.textContent) box.focus();
