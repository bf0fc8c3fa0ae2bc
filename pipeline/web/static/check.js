// Check and correct with the keyboard: j and k move, a accepts, e edits, r rejects, u undoes, n adds.
"use strict";
(() => {
  const desk = document.getElementById("desk");
  if (!desk || !window.planValues) return;
  const plan = desk.dataset.plan;
  const may = Boolean(desk.dataset.may);
  const who = document.getElementById("by");
  const vi = document.documentElement.lang === "vi";
  const word = (a, b) => (vi ? a : b);
  const verdicts = { accepted: word("Đúng", "Right"), edited: word("Đã sửa", "Edited"), rejected: word("Không có", "Rejected"), added: word("Đã thêm", "Added") };
  const made = []; // entries of this sitting, for undo
  let forms = null;
  let item = null;
  let last = Promise.resolve();
  // Keys may come faster than answers: each waits for the one before.
  const queued = (work) => { last = last.then(work).catch((error) => fault(item || desk, error)); return last; };

  if (who) {
    who.value = localStorage.getItem("by") || "";
    who.addEventListener("change", () => localStorage.setItem("by", who.value.trim()));
  }
  document.addEventListener("chosen", (event) => { item = event.detail.closest(".item") || item; });
  const first = desk.querySelector(".item button.v");
  if (!item && first && !location.hash) planValues.choose(first, { scrollRecord: true, keepSide: true });

  const formOf = async (name) => { forms = forms || await ask("/api/v1/forms"); return forms[name] || []; };

  function named() {
    if (who.value.trim()) return who.value.trim();
    say(word("Ghi tên người kiểm tra trước.", "Give your name first."));
    who.focus();
    return null;
  }

  function fault(where, error) {
    const problem = error.problem || { detail: error.message };
    let line = where.querySelector(".fault");
    if (!line) { line = document.createElement("p"); line.className = "fault error"; line.setAttribute("role", "alert"); where.append(line); }
    line.textContent = `${problem.detail} ${problem.next_step && problem.code === "value-changed" ? problem.next_step : ""}`;
  }

  function refresh(where, answer) {
    const found = answer.item;
    for (const line of where.querySelectorAll(".fault, form")) line.remove();
    if (!found) { where.remove(); return; }
    where.dataset.seen = found.seen;
    where.dataset.entry = found.entry || "";
    where.dataset.verdict = found.verdict || "";
    where.dataset.fields = JSON.stringify(found.fields);
    where.querySelector(".meaning").textContent = answer.meaning;
    const badge = where.querySelector(".verdict");
    badge.hidden = !found.verdict;
    badge.textContent = verdicts[found.verdict] || "";
    badge.className = `badge verdict ${found.verdict === "rejected" ? "bad" : "good"}`;
    badge.title = found.by ? `${found.by}, ${found.at}` : "";
    advance(answer.progress);
  }

  function advance(progress) {
    const checked = progress.reduce((sum, each) => sum + each.checked, 0);
    const total = progress.reduce((sum, each) => sum + each.total, 0);
    const bar = document.getElementById("progress");
    bar.max = total || 1; bar.value = checked;
    document.getElementById("progress-text").textContent = `${checked} / ${total}`;
  }

  function onward(where) {
    const all = [...desk.querySelectorAll(".item")];
    const after = [...all.slice(all.indexOf(where) + 1), ...all.slice(0, all.indexOf(where))];
    const next = after.find((each) => !each.dataset.verdict);
    if (!next) { say(word("Đã xem hết.", "All checked.")); return; }
    const button = next.querySelector("button.v");
    planValues.choose(button, { scrollRecord: true, keepSide: true });
    button.focus({ preventScroll: true });
  }

  async function decide(verdict, extra = {}) {
    const where = item;
    if (!where) return;
    const by = named();
    if (!by) return;
    try {
      const answer = await ask(`/api/v1/plans/${plan}/decisions`, {
        method: "POST", json: { address: where.dataset.address, verdict, by, seen: where.dataset.seen, ...extra },
      });
      made.push({ entry: answer.entry.id, where });
      refresh(where, answer);
      say(`${verdicts[{ accept: "accepted", edit: "edited", reject: "rejected" }[verdict]]}: ${where.querySelector("button.v").textContent.slice(0, 60)}`);
      onward(where);
    } catch (error) {
      fault(where, error);
    }
  }

  async function undo() {
    const by = named();
    if (!by) return;
    const entry = made.pop() || (item && item.dataset.entry ? { entry: Number(item.dataset.entry), where: item } : null);
    if (!entry) { say(word("Không có gì để hoàn tác.", "Nothing to undo.")); return; }
    try {
      const answer = await ask(`/api/v1/plans/${plan}/undo`, { method: "POST", json: { entry: entry.entry, by } });
      refresh(entry.where, answer);
      if (entry.where.isConnected) {
        const button = entry.where.querySelector("button.v");
        planValues.choose(button, { scrollRecord: true, keepSide: true });
        button.focus({ preventScroll: true });
      }
      say(word("Đã hoàn tác.", "Undone."));
    } catch (error) { fault(entry.where, error); }
  }

  // ---- forms ----
  const plainValue = (value) => {
    if (value === null || value === undefined) return "";
    if (Array.isArray(value)) return value.join("\n");
    if (typeof value === "object") return value.name || "";
    return String(value);
  };

  function field(definition, value) {
    const line = document.createElement("label");
    line.append(document.createTextNode(definition.label));
    let input;
    if (definition.type === "choice") {
      input = document.createElement("select");
      if (!definition.required) input.append(new Option("–", ""));
      for (const choice of definition.choices) input.append(new Option(choice.label, choice.value));
    } else if (definition.type === "lines") {
      input = document.createElement("textarea"); input.rows = 4;
    } else {
      input = document.createElement("input"); input.type = "text";
      if (definition.type === "time") input.placeholder = "../2024-06-30, 2024-04/2024-06, R/P3M, P15D";
      if (definition.type === "date") input.placeholder = word("30/6/2024", "2024-06-30");
      if (definition.type === "number") input.inputMode = "decimal";
    }
    input.name = definition.name; input.required = definition.required;
    input.value = plainValue(value);
    line.append(input);
    return line;
  }

  function typed(form, before) {
    const changed = {};
    for (const input of form.querySelectorAll("[name]")) {
      if (input.name === "why") continue;
      if (!before || input.value !== plainValue(before[input.name])) changed[input.name] = input.value === "" ? null : input.value;
    }
    return changed;
  }

  async function edit() {
    const where = item;
    if (!where || where.querySelector("form") || !named()) return;
    const before = JSON.parse(where.dataset.fields);
    const form = document.createElement("form");
    for (const definition of await formOf(where.dataset.form)) form.append(field(definition, before[definition.name]));
    const why = field({ label: word("Vì sao (không bắt buộc)", "Why (optional)"), type: "text", name: "why", required: false }, "");
    const row = document.createElement("div"); row.className = "row";
    const save = document.createElement("button"); save.className = "button small"; save.textContent = word("Lưu", "Save");
    const cancel = document.createElement("button"); cancel.type = "button"; cancel.className = "quiet"; cancel.textContent = word("Thôi", "Cancel");
    row.append(save, cancel);
    form.append(why, row);
    const close = () => { form.remove(); where.querySelector("button.v").focus(); };
    cancel.addEventListener("click", close);
    form.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const changed = typed(form, before);
      if (!Object.keys(changed).length) { close(); return; }
      item = where;
      queued(() => decide("edit", { new: changed, why: form.elements.why.value }));
    });
    where.append(form);
    const input = form.querySelector("input, select, textarea");
    if (input) { input.focus(); if (input.select) input.select(); }
  }

  // ---- values that were not found: words chosen in the text ----
  const dialog = document.getElementById("adding");
  let span = null;
  function chosenWords() {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    const place = (node, unit) => {
      const line = (node.nodeType === 3 ? node.parentElement : node).closest("[data-at]");
      if (!line || node.nodeType !== 3) return null;
      return Number(line.dataset.at) + [...node.data.slice(0, unit)].length;
    };
    const start = place(range.startContainer, range.startOffset);
    const end = place(range.endContainer, range.endOffset);
    return start === null || end === null || end <= start ? null : { span: [start, end], words: String(selection) };
  }
  async function addForm() {
    const fields = document.getElementById("adding-fields");
    fields.textContent = "";
    for (const definition of await formOf(document.getElementById("adding-kind").value)) fields.append(field(definition, null));
  }
  async function add() {
    if (!named()) return;
    const found = chosenWords();
    if (!found) {
      const text = document.querySelector('[data-show="text"]');
      if (text) text.click();
      say(word("Chọn chữ trong văn bản trước, rồi bấm n.", "Select words of the text first, then press n."));
      return;
    }
    span = found.span;
    document.getElementById("adding-words").textContent = found.words.slice(0, 300);
    document.getElementById("adding-fault").textContent = "";
    await addForm();
    dialog.showModal();
  }
  document.getElementById("adding-kind").addEventListener("change", addForm);
  dialog.querySelector("form").addEventListener("submit", async (event) => {
    if (event.submitter && event.submitter.value === "cancel") return;
    event.preventDefault();
    const given = Object.fromEntries(Object.entries(typed(dialog.querySelector("#adding-fields"), null)).filter(([, value]) => value !== null));
    try {
      await ask(`/api/v1/plans/${plan}/additions`, { method: "POST", json: { kind: document.getElementById("adding-kind").value, span, new: given, by: who.value.trim() } });
      location.reload();
    } catch (error) { document.getElementById("adding-fault").textContent = (error.problem || error).detail || error.message; }
  });

  const rest = document.getElementById("rest");
  if (rest) rest.addEventListener("click", async () => {
    const by = named();
    if (!by) return;
    try {
      await ask(`/api/v1/plans/${plan}/rest`, { method: "POST", json: { category: rest.dataset.category, by } });
      location.reload();
    } catch (error) { fault(rest.parentElement, error); }
  });

  const actions = {
    accept: () => queued(() => decide("accept")), reject: () => queued(() => decide("reject")), undo: () => queued(undo),
    edit: () => queued(edit), add,
    next: () => planValues.step(1), back: () => planValues.step(-1),
  };
  const keys = { a: "accept", e: "edit", r: "reject", u: "undo", n: "add" };
  for (const button of document.querySelectorAll("[data-do]")) {
    // A click must not take the selection of words away.
    button.addEventListener("pointerdown", (event) => event.preventDefault());
    button.addEventListener("click", () => actions[button.dataset.do]());
  }
  if (may) document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || dialog.open || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
    const name = keys[event.key];
    if (!name) return;
    event.preventDefault();
    actions[name]();
  });
})();
