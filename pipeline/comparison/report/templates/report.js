"use strict";
(() => {
  const root = document.documentElement;
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const words = JSON.parse(root.querySelector("body").dataset.words);
  root.classList.add("js");

  // Opening a cell: its sentences, copied from the list of sentences into a dialog.
  const dialog = document.querySelector("dialog");
  const body = dialog.querySelector(".body");
  const ids = (link) =>
    (link.getAttribute("data-e") || link.getAttribute("href").slice(1)).split(" ");

  const heading = (link) => {
    const cell = link.closest("td, th");
    const row = cell && cell.closest("tr");
    if (!row) return words.sentences;
    const head = row.closest("table").tHead.rows[0].cells[cell.cellIndex];
    const first = row.cells[0].textContent.trim();
    const name = head.textContent.trim();
    return cell.cellIndex ? `${first} · ${name}` : first;
  };

  const copied = (id) => {
    const entry = document.getElementById(id);
    if (!entry) return null;
    const copy = entry.cloneNode(true);
    copy.removeAttribute("id");
    const plan = document.createElement("h3");
    plan.textContent = entry.closest("details").querySelector("summary b").textContent;
    const back = document.createElement("a");
    back.href = `#${id}`;
    back.className = "back";
    back.textContent = words.list;
    copy.prepend(plan);
    copy.append(back);
    return copy;
  };

  const open = (link) => {
    const entries = ids(link).map(copied).filter(Boolean);
    if (!entries.length) return false;
    dialog.querySelector("#dialog-title").textContent = heading(link);
    dialog.className = link.getAttribute("data-f") || "";
    body.replaceChildren(...entries);
    dialog.showModal();
    body.scrollTop = 0;
    return true;
  };

  const reveal = () => {
    const target = location.hash && document.getElementById(location.hash.slice(1));
    const fold = target && target.closest("details");
    if (fold) {
      fold.open = true;
      target.scrollIntoView();
    }
  };

  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = event.target.closest("a");
    if (!link) {
      if (event.target === dialog || event.target.closest("dialog .close")) dialog.close();
    } else if (link.closest("dialog")) {
      dialog.close();
    } else if (/^#[iq]\d+$/.test(link.getAttribute("href")) && open(link)) {
      event.preventDefault();
    }
  });
  addEventListener("hashchange", reveal);
  reveal();

  // Sorting: every head becomes a button.
  const collator = new Intl.Collator(root.lang, { numeric: true });
  const sorted = (table, column, down) => {
    const key = (row) => {
      const cell = row.cells[column];
      return cell.dataset.v === undefined ? cell.textContent.trim() : Number(cell.dataset.v);
    };
    const filled = (value) => value !== "";
    const rows = [...table.tBodies[0].rows].map((row) => [key(row), row]);
    rows.sort(([a], [b]) => {
      // What is empty stays below, whichever way the rest runs.
      if (!filled(a) || !filled(b)) return filled(b) - filled(a);
      const order =
        typeof a === "number" && typeof b === "number"
          ? a - b
          : collator.compare(String(a), String(b));
      return down ? -order : order;
    });
    table.tBodies[0].append(...rows.map(([, row]) => row));
  };

  // Rows that leave out what the row above says get it back when their order is no longer given.
  const apart = (table) =>
    all("tr.again", table).forEach((row) => row.classList.remove("again"));

  for (const table of all("table")) {
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.title = words.sort;
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const numbers = all(`tbody tr > :nth-child(${column + 1})[data-v]`, table).length > 0;
        const now = head.getAttribute("aria-sort");
        const down = now ? now === "ascending" : numbers;
        all("[aria-sort]", table).forEach((other) => other.removeAttribute("aria-sort"));
        apart(table);
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        sorted(table, column, down);
      });
    });
  }

  // In a matrix the arrow keys go from cell to cell.
  const steps = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
  document.addEventListener("keydown", (event) => {
    const cell = event.target.closest(".matrix tbody :is(td, th)");
    const step = steps[event.key];
    if (!cell || !step) return;
    let [row, column] = [cell.parentElement.sectionRowIndex, cell.cellIndex];
    const rows = cell.closest("tbody").rows;
    for (;;) {
      [row, column] = [row + step[0], column + step[1]];
      const next = rows[row]?.cells[column];
      if (!next) return;
      const link = next.querySelector("a");
      if (link?.getClientRects().length) {
        event.preventDefault();
        link.focus();
        return;
      }
    }
  });

  // Filtering, without marks: "ha noi" finds Hà Nội.
  const fold = (text) =>
    text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("đ", "d").trim();
  const later = (act) => {
    let timer = 0;
    return () => {
      clearTimeout(timer);
      timer = setTimeout(act, 120);
    };
  };

  // Which rows stay, by how many of the places that are shown have them.
  const stays = {
    all: () => true,
    some: (have, places) => have > 0 && have < places,
    every: (have, places) => have === places,
    one: (have) => have === 1,
  };

  for (const tools of all(".block > .tools")) {
    const table = tools.parentElement.querySelector("table");
    const [said, rows, columns, which] = ["output", ".rows", ".cols", ".which"].map((name) =>
      tools.querySelector(name),
    );
    const heads = [...table.tHead.rows[0].cells];
    const names = heads.map((head) => (head.classList.contains("p") ? fold(head.textContent) : ""));
    const texts = new Map(
      [...table.tBodies[0].rows].map((row) => [row, fold(row.textContent)]),
    );
    let shown = names.map(() => true);

    const pickColumns = () => {
      const wanted = columns.value.split(",").map(fold).filter(Boolean);
      const next = names.map(
        (name) => !name || !wanted.length || wanted.some((word) => name.includes(word)),
      );
      const changed = next.flatMap((each, at) => (each === shown[at] ? [] : [at]));
      for (const row of changed.length ? table.rows : [])
        for (const at of changed) row.cells[at].hidden = !next[at];
      shown = next;
    };

    const pickRows = () => {
      const wanted = fold(rows.value).split(/\s+/);
      const places = names.flatMap((name, at) => (name && shown[at] ? [at] : []));
      const stay = stays[which?.value ?? "all"];
      let left = 0;
      apart(table);
      for (const [row, text] of texts) {
        const have = places.filter((at) => row.cells[at].firstChild).length;
        row.hidden = !(wanted.every((word) => text.includes(word)) && stay(have, places.length));
        left += !row.hidden;
      }
      said.textContent = left ? `${left} / ${texts.size}` : words.none;
    };

    const pick = () => {
      if (columns) pickColumns();
      pickRows();
    };
    for (const field of [rows, columns, which]) field?.addEventListener("input", later(pick));
  }

  // Printing: what is folded is opened as far as a reader on paper needs it; all of it if asked.
  const paper = document.getElementById("on-paper");
  let opened = [];
  addEventListener("beforeprint", () => {
    const wanted = paper.checked ? "details" : "details.printed";
    opened = all(wanted).filter((each) => !each.open);
    opened.forEach((each) => (each.open = true));
  });
  addEventListener("afterprint", () => opened.forEach((each) => (each.open = false)));
  paper.addEventListener("change", () => root.classList.toggle("paper", paper.checked));
})();
