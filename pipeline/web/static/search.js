// The search box: suggestions for provinces, bodies, documents and fields, by keyboard or pointer.
"use strict";
(() => {
  const box = document.getElementById("q");
  const list = document.getElementById("hints");
  if (!box || !list) return;
  let at = -1, found = [], timer = 0, asked = 0;

  const close = () => { list.hidden = true; at = -1; box.setAttribute("aria-expanded", "false"); box.removeAttribute("aria-activedescendant"); };

  function show(hints) {
    found = hints;
    list.textContent = "";
    hints.forEach((hint, index) => {
      const item = document.createElement("li");
      item.id = `hint-${index}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      const name = document.createElement("span");
      name.className = "name"; name.textContent = hint.text;
      const kind = document.createElement("span");
      kind.className = "muted small"; kind.textContent = hint.label;
      item.append(name, kind);
      item.addEventListener("pointerdown", (event) => { event.preventDefault(); take(index); });
      list.append(item);
    });
    list.hidden = hints.length === 0;
    box.setAttribute("aria-expanded", String(hints.length > 0));
    at = -1;
  }

  function mark(index) {
    at = (index + found.length) % found.length;
    [...list.children].forEach((item, each) => item.setAttribute("aria-selected", String(each === at)));
    box.setAttribute("aria-activedescendant", `hint-${at}`);
    list.children[at].scrollIntoView({ block: "nearest" });
  }

  function take(index) {
    const hint = found[index];
    box.value = hint.query + (hint.whole ? " " : "");
    box.focus();
    close();
    if (!hint.whole) return look();
  }

  async function look() {
    const mine = ++asked;
    const query = box.value.slice(0, box.selectionStart ?? box.value.length);
    if (query.trim().length < 2) return close();
    try {
      const answer = await ask(`/api/v1/suggest?q=${encodeURIComponent(query)}&lang=${document.documentElement.lang}`);
      if (mine === asked && document.activeElement === box) show(answer.suggestions);
    } catch { close(); }
  }

  box.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(look, 120); });
  box.addEventListener("blur", () => setTimeout(close, 100));
  box.addEventListener("keydown", (event) => {
    if (list.hidden || !found.length) return;
    if (event.key === "ArrowDown") { event.preventDefault(); mark(at + 1); }
    else if (event.key === "ArrowUp") { event.preventDefault(); mark(at < 0 ? found.length - 1 : at - 1); }
    else if (event.key === "Enter" && at >= 0) { event.preventDefault(); take(at); }
    else if (event.key === "Escape") { event.preventDefault(); close(); }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !/^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName)) { event.preventDefault(); box.focus(); box.select(); }
  });
  // On a phone the filters wait below a line.
  const facets = document.getElementById("facets");
  if (facets && matchMedia("(max-width: 760px)").matches) facets.open = false;
})();
