// A plan: click a value and its line lights up on the page; click the page and the value shows.
"use strict";
(() => {
  const SVG = "http://www.w3.org/2000/svg";
  const panes = document.querySelector(".panes");
  const pictures = document.getElementById("pictures");
  const text = document.getElementById("text");
  const record = document.getElementById("record");
  const all = [...document.querySelectorAll("[data-s]")];
  const sheets = new Map([...document.querySelectorAll(".sheet")].map((each) => [Number(each.dataset.page), each]));
  const narrow = matchMedia("(max-width: 900px)");
  let current = null;

  // Boxes are [x0, top, x1, bottom] in points of the page that the value stands on.
  const boxes = (value) => (value.dataset.b || "").split(";").filter(Boolean).map((box) => box.split(" ").map(Number));
  const kind = (value) => (value.className.match(/\bv-(\w+)/) || [])[1] || "value";

  function draw(layer, value, name) {
    for (const [x0, top, x1, bottom] of boxes(value)) {
      const rect = document.createElementNS(SVG, "rect");
      rect.setAttribute("x", x0 - 1.5); rect.setAttribute("y", top - 1);
      rect.setAttribute("width", Math.max(x1 - x0, 1) + 3); rect.setAttribute("height", Math.max(bottom - top, 1) + 2);
      rect.setAttribute("rx", 2);
      rect.setAttribute("class", `${name} k-${kind(value)}`);
      rect.dataset.v = value.dataset.v;
      layer.append(rect);
    }
  }

  function clear(name) { for (const rect of document.querySelectorAll(`.layer .${name}`)) rect.remove(); }

  // ---- the text: ranges of code points as highlights, no element of the text is touched ----
  const paragraphs = text ? [...text.querySelectorAll("[data-at]")] : [];
  const starts = paragraphs.map((each) => Number(each.dataset.at));
  // Offsets count code points; the browser counts UTF-16 units.
  const units = (string, points) => (/[\ud800-\udfff]/.test(string) ? [...string].slice(0, points).join("").length : points);

  function ranges(start, end) {
    const found = [];
    let low = 0, high = starts.length;
    while (low < high) { const middle = (low + high) >> 1; if (starts[middle] <= start) low = middle + 1; else high = middle; }
    for (let at = Math.max(low - 1, 0); at < paragraphs.length && starts[at] < end; at++) {
      const node = paragraphs[at].firstChild;
      if (!node) continue;
      const from = Math.min(units(node.data, Math.max(start - starts[at], 0)), node.length);
      const to = Math.min(units(node.data, end - starts[at]), node.length);
      if (to > from) { const range = document.createRange(); range.setStart(node, from); range.setEnd(node, to); found.push(range); }
    }
    return found;
  }

  function light(value) {
    const found = ranges(Number(value.dataset.s), Number(value.dataset.e));
    if (window.Highlight && CSS.highlights) CSS.highlights.set("chosen", new Highlight(...found));
    return found;
  }

  // ---- choosing ----
  function scrollTo(element, block) {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    element.scrollIntoView({ block, behavior: calm ? "auto" : "smooth" });
  }

  function choose(value, { scrollRecord = false, keepSide = false } = {}) {
    if (current) for (const each of document.querySelectorAll('[aria-current="true"]')) each.removeAttribute("aria-current");
    current = value;
    clear("chosen");
    for (const each of all) if (each.dataset.v === value.dataset.v) each.setAttribute("aria-current", "true");
    if (scrollRecord) {
      for (let part = value.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
      scrollTo(value, "center");
    }
    if (narrow.matches && !keepSide) side("page");
    const sheet = sheets.get(Number(value.dataset.p));
    const found = light(value);
    if (sheet) draw(sheet.querySelector(".layer"), value, "chosen");
    if (sheet && pictures && !pictures.hidden) {
      const first = sheet.querySelector(".chosen");
      scrollTo(first || sheet, first ? "center" : "start");
    } else if (found.length) {
      scrollTo(found[0].startContainer.parentElement, "center");
    }
    // While the page loads the browser would scroll to the new address by itself.
    if (value.id && document.readyState === "complete") history.replaceState(null, "", `#${value.id}`);
    document.dispatchEvent(new CustomEvent("chosen", { detail: value }));
  }

  for (const value of all) value.addEventListener("click", () => choose(value));

  const size = (value) => Number(value.dataset.e) - Number(value.dataset.s) || Infinity;
  const main = (value) => document.getElementById(`v-${value.dataset.v}`) || value;
  function smallest(values) {
    const best = values.sort((a, b) => size(a) - size(b))[0];
    if (best) choose(main(best), { scrollRecord: true, keepSide: true });
  }

  for (const [number, sheet] of sheets) {
    const layer = sheet.querySelector(".layer");
    sheet.addEventListener("click", (event) => {
      const matrix = layer.getScreenCTM();
      if (!matrix) return;
      const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
      smallest(all.filter((value) => Number(value.dataset.p) === number &&
        boxes(value).some(([x0, top, x1, bottom]) => x0 - 2 <= x && x <= x1 + 2 && top - 2 <= y && y <= bottom + 2)));
    });
  }
  if (text) text.addEventListener("click", (event) => {
    if (String(getSelection())) return;
    let node, unit;
    if (document.caretPositionFromPoint) {
      const place = document.caretPositionFromPoint(event.clientX, event.clientY);
      if (place) { node = place.offsetNode; unit = place.offset; }
    } else if (document.caretRangeFromPoint) {
      const range = document.caretRangeFromPoint(event.clientX, event.clientY);
      if (range) { node = range.startContainer; unit = range.startOffset; }
    }
    const line = node && node.parentElement && node.parentElement.closest("[data-at]");
    if (!line) return;
    const at = Number(line.dataset.at) + [...node.data.slice(0, unit)].length;
    smallest(all.filter((value) => Number(value.dataset.s) <= at && at < Number(value.dataset.e)));
  });

  // ---- switches ----
  function side(name) {
    panes.dataset.side = name;
    for (const button of document.querySelectorAll("[data-side][aria-pressed]")) button.setAttribute("aria-pressed", String(button.dataset.side === name));
  }
  for (const button of document.querySelectorAll("button[data-side]")) button.addEventListener("click", () => side(button.dataset.side));

  for (const button of document.querySelectorAll("[data-show]")) {
    button.addEventListener("click", () => {
      for (const each of document.querySelectorAll("[data-show]")) each.setAttribute("aria-pressed", String(each === button));
      pictures.hidden = button.dataset.show !== "pictures";
      text.hidden = !pictures.hidden;
      if (current) choose(current, { keepSide: true });
    });
  }
  const outlines = document.getElementById("all-boxes");
  if (outlines) outlines.addEventListener("change", () => {
    clear("faint");
    if (!outlines.checked) return;
    for (const value of all) {
      const sheet = sheets.get(Number(value.dataset.p));
      if (value.id && sheet && !/task|section|annex|passage/.test(kind(value))) draw(sheet.querySelector(".layer"), value, "faint");
    }
  });
  for (const link of document.querySelectorAll(".jump a")) {
    link.addEventListener("click", (event) => {
      const part = document.querySelector(link.getAttribute("href"));
      if (!part) return;
      event.preventDefault();
      part.open = true;
      scrollTo(part, "start");
      part.querySelector("summary").focus({ preventScroll: true });
    });
  }

  // ---- j and k: the next and the previous value, what is to check first ----
  const order = [...(record ? record.querySelectorAll("button.v") : [])].filter((each) => !/v-(section|task|annex)\b/.test(each.className));
  function step(by) {
    const at = order.indexOf(current);
    const next = order[Math.min(Math.max(at + by, 0), order.length - 1)];
    if (!next) return;
    choose(next, { scrollRecord: true, keepSide: true });
    next.focus({ preventScroll: true });
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
    if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else return;
    event.preventDefault();
  });

  window.planValues = { all, choose, current: () => current, step, order, main };
  const at = new URLSearchParams(location.search).get("at");
  const asked = at && all.find((value) => `${value.dataset.s}-${value.dataset.e}` === at);
  const first = asked || (location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)))) || document.querySelector("[data-first]");
  if (first && first.dataset.s !== undefined) {
    choose(first, { scrollRecord: true });
    // Pictures that load later move the page: find the place again.
    if (document.readyState !== "complete") addEventListener("load", () => { if (current === first) choose(first, { scrollRecord: true }); }, { once: true });
  }
})();
