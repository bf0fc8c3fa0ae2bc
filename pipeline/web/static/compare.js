// Choosing plans to compare, and waiting for the comparison.
"use strict";
(() => {
  const vi = document.documentElement.lang === "vi";
  const waiting = document.getElementById("waiting");
  if (waiting) {
    const names = { read: ["Đọc bản ghi", "Reading records"], items: ["Cắt thành việc", "Cutting into items"], pairs: ["Ghép việc giống nhau", "Matching"], views: ["Lập các bảng", "Making views"], write: ["Viết báo cáo", "Writing the report"] };
    const order = ["read", "items", "pairs", "views", "write"];
    const look = async () => {
      try {
        const job = await ask(`/api/v1/comparisons/${waiting.dataset.key}`);
        if (job.state === "done" || job.state === "failed") { location.reload(); return; }
        const at = order.indexOf(job.stage);
        document.getElementById("bar").value = at < 0 ? 0 : (at + job.share) / order.length;
        document.getElementById("stage").textContent = job.state === "waiting" ? (vi ? "Đang chờ" : "Waiting") : (names[job.stage] || ["", ""])[vi ? 0 : 1];
      } catch (error) { document.getElementById("stage").textContent = error.message; }
      setTimeout(look, 600);
    };
    look();
  }
  const form = document.getElementById("pick-form");
  if (form) {
    const boxes = [...form.querySelectorAll("input[type=checkbox]")];
    const fold = (text) => text.normalize("NFD").replace(/\p{Mn}/gu, "").replace(/đ/gi, "d").toLowerCase();
    const count = () => {
      const picked = boxes.filter((box) => box.checked).length;
      document.getElementById("picked").textContent = vi ? `Đã chọn ${picked}` : `${picked} chosen`;
      document.getElementById("go").disabled = picked < 2;
    };
    const wanted = new Set(chosen.read());
    for (const box of boxes) { if (wanted.has(box.value)) box.checked = true; box.addEventListener("change", count); }
    const rows = boxes.map((box) => [box.closest("tr"), fold(box.closest("tr").textContent)]);
    document.getElementById("narrow").addEventListener("input", (event) => {
      const words = fold(event.target.value).split(/\s+/).filter(Boolean);
      for (const [row, text] of rows) row.hidden = !words.every((word) => text.includes(word));
    });
    count();
  }
})();
