// What every page does: light and dark, forms that send themselves, plans chosen for comparison.
"use strict";

const say = (text) => { const line = document.getElementById("said"); if (line) line.textContent = text; };
const vietnamese = document.documentElement.lang === "vi";
const say2 = (vi, en) => (vietnamese ? vi : en);

// Ask the API; answers carry their problem details on failure.
async function ask(address, options = {}) {
  const token = document.querySelector('meta[name="csrf"]');
  const headers = { accept: "application/json", ...(options.headers || {}) };
  if (options.method && options.method !== "GET") headers["x-csrf-token"] = token ? token.content : "";
  if (options.json !== undefined) {
    headers["content-type"] = "application/json";
    options = { ...options, body: JSON.stringify(options.json) };
  }
  const answer = await fetch(address, { ...options, headers, credentials: "same-origin" });
  const type = answer.headers.get("content-type") || "";
  const body = type.includes("json") ? await answer.json() : null;
  if (!answer.ok) throw Object.assign(new Error(body ? body.detail : answer.statusText), { problem: body });
  return body;
}

const themes = ["auto", "light", "dark"];
const themeButton = document.getElementById("theme");
if (themeButton) {
  themeButton.addEventListener("click", () => {
    const root = document.documentElement;
    const dark = matchMedia("(prefers-color-scheme: dark)").matches;
    // The first press always changes what is seen.
    const order = dark ? ["auto", "light", "dark"] : ["auto", "dark", "light"];
    const next = order[(order.indexOf(root.dataset.theme) + 1) % order.length];
    root.dataset.theme = themes.includes(next) ? next : "auto";
    document.cookie = `theme=${root.dataset.theme}; path=/; max-age=31536000; samesite=strict`;
    const names = { auto: say2("Theo máy", "As the device"), light: say2("Nền sáng", "Light"), dark: say2("Nền tối", "Dark") };
    say(names[root.dataset.theme]);
  });
}

for (const field of document.querySelectorAll("[data-submit]")) {
  field.addEventListener("change", () => field.form.requestSubmit());
}

// Menus close when one clicks elsewhere or presses Escape.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// Plans chosen on result pages, kept while the tab is open.
const chosen = {
  read() { try { return JSON.parse(sessionStorage.getItem("chosen") || "[]"); } catch { return []; } },
  write(ids) { sessionStorage.setItem("chosen", JSON.stringify(ids)); },
};
const chosenForm = document.getElementById("chosen");
function showChosen() {
  const ids = chosen.read();
  if (!chosenForm) return;
  chosenForm.hidden = ids.length === 0;
  document.getElementById("chosen-count").textContent = say2(`Đã chọn ${ids.length} văn bản`, `${ids.length} chosen`);
  for (const old of chosenForm.querySelectorAll("input")) old.remove();
  for (const id of ids) {
    const field = document.createElement("input");
    field.type = "hidden"; field.name = "plan"; field.value = id;
    chosenForm.append(field);
  }
  for (const box of document.querySelectorAll("[data-pick]")) box.checked = ids.includes(box.dataset.pick);
}
for (const box of document.querySelectorAll("[data-pick]")) {
  box.addEventListener("change", () => {
    const ids = chosen.read().filter((id) => id !== box.dataset.pick);
    if (box.checked) ids.push(box.dataset.pick);
    chosen.write(ids);
    showChosen();
  });
}
const none = document.getElementById("chosen-none");
if (none) none.addEventListener("click", () => { chosen.write([]); showChosen(); });
showChosen();
