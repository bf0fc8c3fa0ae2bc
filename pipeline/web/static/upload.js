// Files go in one by one; how far each one is comes back until it is done.
"use strict";
(() => {
  const list = document.getElementById("uploads");
  const drop = document.getElementById("drop");
  const input = document.getElementById("files");
  const overall = document.getElementById("overall");
  const vi = document.documentElement.lang === "vi";
  const names = {
    sending: ["Đang gửi", "Sending"], waiting: ["Đang chờ", "Waiting"], reading: ["Đang đọc", "Reading"], done: ["Đã đọc", "Read"],
    partial: ["Đã đọc, thiếu trang", "Read, pages missing"], failed: ["Không đọc được", "Failed"], quarantined: ["Cách ly", "Quarantined"],
  };
  const ended = ["done", "partial", "failed", "quarantined"];
  const rows = new Map();
  const tasks = [];
  let sending = false, timer = 0;

  function row(key) {
    if (rows.has(key)) return rows.get(key);
    const item = document.createElement("li");
    const name = document.createElement("span"); name.className = "name";
    const state = document.createElement("span"); state.className = "badge";
    const note = document.createElement("span"); note.className = "muted small";
    item.append(name, state, note);
    list.prepend(item);
    const made = { item, name, state, note, now: "" };
    rows.set(key, made);
    return made;
  }

  function show(key, upload) {
    const each = row(key);
    each.now = upload.state;
    const good = upload.state === "done" || upload.state === "partial";
    each.name.textContent = "";
    if (good) {
      const link = document.createElement("a");
      link.href = `/plans/${upload.id}`; link.textContent = upload.name;
      each.name.append(link);
    } else each.name.textContent = upload.name;
    each.state.textContent = (names[upload.state] || [upload.state, upload.state])[vi ? 0 : 1];
    each.state.className = `badge ${good ? "good" : ended.includes(upload.state) ? "bad" : "warn"}`;
    const parts = [];
    if (good && upload.pages) parts.push(`${upload.pages} ${vi ? "trang" : "pages"}`);
    if (upload.seconds) parts.push(`${Math.round(upload.seconds)} s`);
    if (upload.code) parts.push(upload.code);
    if (upload.note) parts.push(upload.note);
    if (upload.next_step) parts.push(upload.next_step);
    each.note.textContent = parts.join(" · ");
  }

  function sum() {
    const all = [...rows.values()];
    const done = all.filter((each) => ended.includes(each.now)).length;
    overall.hidden = all.length === 0;
    document.getElementById("bar").value = all.length ? done / all.length : 0;
    document.getElementById("overall-text").textContent = `${done} / ${all.length}`;
    return done === all.length && tasks.length === 0;
  }

  async function watch() {
    clearTimeout(timer);
    let wait = 800;
    try {
      const { uploads } = await ask("/api/v1/uploads");
      for (const upload of uploads.slice().reverse()) {
        const before = rows.get(upload.id);
        const fresh = before && !ended.includes(before.now) && ended.includes(upload.state);
        show(upload.id, upload);
        if (fresh) say(`${upload.name}: ${names[upload.state][vi ? 0 : 1]}`);
      }
    } catch (error) { wait = 4000; }
    if (!sum()) { timer = setTimeout(watch, wait); return; }
    timer = 0;
    // Whoever sends in one file wants to see it.
    const [only] = mine;
    if (mine.size === 1 && ["done", "partial"].includes(rows.get(only).now)) location.assign(`/plans/${only}`);
  }
  const mine = new Set(); // what was sent in from this page

  async function send() {
    if (sending) return;
    sending = true;
    while (tasks.length) {
      const { file, key } = tasks.shift();
      const body = new FormData();
      body.append("file", file, file.name);
      try {
        const upload = await ask("/api/v1/uploads", { method: "POST", body });
        const old = rows.get(key); if (old) old.item.remove(); rows.delete(key);
        show(upload.id, upload);
        mine.add(upload.id);
      } catch (error) {
        const problem = error.problem || { detail: String(error.message), code: "", next_step: "" };
        mine.add(key);
        show(key, { id: key, name: file.name, state: "failed", note: problem.detail, code: problem.code, next_step: problem.next_step });
      }
      sum();
      if (!timer) timer = setTimeout(watch, 300);
    }
    sending = false;
    watch();
  }

  function take(files) {
    for (const file of files) {
      const key = `${file.name}-${file.size}-${Math.random()}`;
      show(key, { id: key, name: file.name, state: "sending" });
      tasks.push({ file, key });
    }
    sum();
    send();
  }

  input.addEventListener("change", () => { take([...input.files]); input.value = ""; });
  for (const kind of ["dragover", "dragenter"]) drop.addEventListener(kind, (event) => { event.preventDefault(); drop.classList.add("over"); });
  for (const kind of ["dragleave", "drop"]) drop.addEventListener(kind, () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => { event.preventDefault(); take([...event.dataTransfer.files]); });
  watch();
})();
