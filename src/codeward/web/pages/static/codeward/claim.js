// The claim grid: keys that move like a spreadsheet's, paste from one, and codes while a cell is typed.
const form = document.querySelector("#claim");
const list = document.querySelector("#cell-options");
const spoken = document.querySelector("#cell-count");
const MOST = 50;
let asked = 0;
let waiting = 0;
let at = -1;
let owner = null;

const rows = (table) => [...table.querySelectorAll("tr.line")];
const cells = (row) => [...row.querySelectorAll("input")];
const options = () => [...list.querySelectorAll("[role=option]")];
const isOpen = () => !list.hidden;

function place(input) {
  const row = input.closest("tr.line");
  return row && { table: row.closest("table"), row, column: cells(row).indexOf(input) };
}

function go(input) {
  if (!input) return false;
  input.focus();
  input.select();
  return true;
}

// A new row is the last one emptied: its names and labels carry the next number.
function addRow(table) {
  const all = rows(table);
  if (all.length >= MOST) return null;
  const last = all[all.length - 1];
  const row = last.cloneNode(true);
  const [before, after] = [String(all.length), String(all.length + 1)];
  row.className = "line blank";
  row.querySelector("th").textContent = after;
  for (const input of cells(row)) {
    input.value = "";
    input.id = input.name = input.name.replace(/^([lh])\d+-/, `$1${after}-`);
    input.setAttribute("aria-label", input.getAttribute("aria-label").replace(` ${before},`, ` ${after},`));
    for (const name of ["aria-invalid", "aria-describedby", "role", "aria-expanded", "aria-controls"]) input.removeAttribute(name);
  }
  const behind = last.nextElementSibling;
  (behind && behind.classList.contains("beside-line") ? behind : last).after(row);
  return row;
}

function rowAt(table, index) {
  let row = rows(table)[index];
  while (!row) {
    row = addRow(table);
    if (!row) return null;
    row = rows(table)[index];
  }
  return row;
}

function move(input, down, across) {
  const here = place(input);
  if (!here) return false;
  const next = rows(here.table).indexOf(here.row) + down;
  if (next < 0) return false;
  const row = down > 0 ? rowAt(here.table, next) : rows(here.table)[next];
  return go(row && cells(row)[here.column + across]);
}

function close() {
  list.hidden = true;
  list.replaceChildren();
  at = -1;
  if (owner) {
    owner.setAttribute("aria-expanded", "false");
    owner.removeAttribute("aria-activedescendant");
  }
  owner = null;
}

function show(input, found) {
  if (document.activeElement !== input) return;
  close();
  owner = input;
  list.replaceChildren(
    ...found.map((option, index) => {
      const item = document.createElement("li");
      item.id = `cell-option-${index}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      item.dataset.code = option.code;
      for (const [name, text] of [["code", option.code], ["option-title", option.title], ["option-system", option.note]]) {
        const part = document.createElement("span");
        part.className = name;
        part.textContent = text;
        item.append(part);
      }
      return item;
    }),
  );
  list.hidden = !found.length;
  const [box, frame] = [input.getBoundingClientRect(), form.getBoundingClientRect()];
  list.style.insetBlockStart = `${box.bottom - frame.top + 2}px`;
  list.style.insetInlineStart = `${Math.max(0, Math.min(box.left - frame.left, frame.width - list.offsetWidth))}px`;
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", String(isOpen()));
  spoken.textContent = found.length ? `${found.length} code${found.length === 1 ? "" : "s"}` : "";
}

function choose(next) {
  const all = options();
  at = (next + all.length) % all.length;
  all.forEach((option, index) => option.setAttribute("aria-selected", String(index === at)));
  owner.setAttribute("aria-activedescendant", all[at].id);
  all[at].scrollIntoView({ block: "nearest" });
}

function take(option) {
  const input = owner;
  input.value = option.dataset.code;
  input.closest("tr.line")?.classList.remove("blank");
  close();
  input.focus();
}

function dayOf(input) {
  const here = place(input);
  const every = here ? rows(here.table).slice(0, rows(here.table).indexOf(here.row) + 1).reverse() : rows(document.querySelector("#lines"));
  const text = every.map((row) => cells(row)[0].value.trim()).find(Boolean) || "";
  return /^\d{4}-\d\d-\d\d$/.test(text) ? text : "";
}

async function complete(input) {
  const mine = ++asked;
  const text = input.value.trim();
  if (!text) return close();
  const query = new URLSearchParams({ kind: input.dataset.complete, q: text });
  const day = dayOf(input);
  if (day) query.set("on", day);
  try {
    const answer = await fetch(`/check/suggest?${query}`, { headers: { Accept: "application/json" } });
    const found = answer.ok ? (await answer.json()).options : [];
    const same = found.length === 1 && found[0].code.replace(".", "") === text.toUpperCase().replace(".", "");
    if (mine === asked) show(input, same ? [] : found);
  } catch {
    close();
  }
}

function onListKey(event) {
  if (event.key === "Escape") close();
  else if (event.key === "ArrowDown") choose(at + 1);
  else if (event.key === "ArrowUp") choose(at < 0 ? -1 : at - 1);
  else if (event.key === "Enter" && at >= 0) take(options()[at]);
  else return false;
  return true;
}

function onMoveKey(event) {
  const input = event.target;
  const { selectionStart: start, selectionEnd: end, value } = input;
  const all = start === 0 && end === value.length;
  if (event.key === "Enter" || event.key === "ArrowDown" || event.key === "ArrowUp") {
    const up = event.key === "ArrowUp" || (event.key === "Enter" && event.shiftKey);
    return move(input, up ? -1 : 1, 0) || event.key === "Enter";
  }
  if (event.key === "ArrowLeft" && (all || (start === 0 && end === 0))) return move(input, 0, -1);
  if (event.key === "ArrowRight" && (all || (start === value.length && end === start))) return move(input, 0, 1);
  return false;
}

function onKey(event) {
  if (!(event.target instanceof HTMLInputElement) || event.isComposing) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    close();
    form.requestSubmit(form.querySelector("button[value=check]"));
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const done = (isOpen() && onListKey(event)) || (place(event.target) && onMoveKey(event));
  if (done) event.preventDefault();
}

// A claim in JSON fills the whole form; rows of a spreadsheet fill cells from the one that has the cursor.
function onPaste(event) {
  const text = event.clipboardData.getData("text").replace(/\r\n?/g, "\n");
  if (/^\s*[[{]/.test(text)) {
    event.preventDefault();
    document.querySelector("#json").value = text;
    document.querySelector("button[value=fill]").click();
    return;
  }
  const here = place(event.target);
  const down = !here && event.target.id.startsWith("dx");
  if (!/[\t\n]/.test(text.trimEnd()) || !(here || down)) return;
  event.preventDefault();
  close();
  if (down) fillDiagnoses(event.target, text);
  else fillRows(here, text);
}

function fillDiagnoses(input, text) {
  const boxes = [...document.querySelectorAll("input[id^=dx]")];
  text.split(/[\t\n]+/).filter(Boolean).forEach((code, index) => {
    const box = boxes[boxes.indexOf(input) + index];
    if (box) box.value = code.trim();
  });
}

function fillRows({ table, row, column }, text) {
  const first = rows(table).indexOf(row);
  const given = text.replace(/\n+$/, "").split("\n");
  const left = given.filter((line, down) => {
    const into = rowAt(table, first + down);
    if (!into) return true;
    into.classList.remove("blank");
    line.split("\t").forEach((value, across) => {
      const box = cells(into)[column + across];
      if (box) box.value = value.trim();
    });
    return false;
  });
  spoken.textContent = left.length ? `${left.length} rows did not fit: a claim has at most ${MOST} lines` : `${given.length} rows pasted`;
}

if (form && list) {
  form.addEventListener("keydown", onKey);
  form.addEventListener("paste", onPaste);
  form.addEventListener("input", (event) => {
    event.target.closest("tr.line")?.classList.remove("blank");
    clearTimeout(waiting);
    if (event.target.dataset.complete) waiting = setTimeout(complete, 90, event.target);
  });
  form.addEventListener("focusout", () => {
    asked += 1;
    clearTimeout(waiting);
    close();
  });
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) take(option);
  });
  for (const button of form.querySelectorAll("[data-add]")) {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      const row = addRow(document.getElementById(button.dataset.add));
      if (row) go(cells(row)[0]);
    });
  }
  document.querySelector("[data-print]")?.addEventListener("click", () => print());
}
