"use strict";

// The page of views: columns and saved views, by fixed ids, into what the Temporal UI keeps in this browser.
const kept = (key) => JSON.parse(localStorage.getItem(key) || "{}");
const keep = (key, value) => localStorage.setItem(key, JSON.stringify(value));

async function setUp(staff, said) {
  const answer = await fetch(`/views/browser.json?as=${encodeURIComponent(staff)}`);
  if (!answer.ok) throw new Error(await answer.text());
  const ours = await answer.json();

  const columns = kept("namespace-workflow-table-columns");
  keep("namespace-workflow-table-columns", { ...columns, [ours.namespace]: ours.columns });

  const saved = kept("saved-workflow-queries");
  const others = (saved[ours.namespace] || []).filter((one) => !one.id.startsWith(ours.prefix));
  keep("saved-workflow-queries", { ...saved, [ours.namespace]: [...others, ...ours.views] });

  said.value = `Done: ${ours.columns.length} columns and ${ours.views.length} views.`;
}

const button = document.getElementById("set-up");
if (button) {
  const staff = document.getElementById("as");
  const said = document.getElementById("said");
  button.addEventListener("click", () => setUp(staff.value, said).catch((error) => { said.value = error.message; }));
  staff.addEventListener("change", () => staff.form.submit());
}

// The page of the board: its numbers are asked for again every five seconds, as long as somebody looks.
const board = document.getElementById("board");
if (board) {
  const asOf = document.getElementById("as-of");
  const tell = (words) => { asOf.textContent = words; };
  let tag = "";

  const again = async () => {
    if (document.visibilityState !== "visible") return;
    try {
      const answer = await fetch(board.dataset.from, { cache: "no-store", headers: tag ? { "If-None-Match": tag } : {} });
      if (answer.status !== 304) {
        tag = answer.headers.get("ETag") || "";
        const held = document.activeElement && board.contains(document.activeElement) && document.activeElement.getAttribute("href");
        board.innerHTML = await answer.text();
        if (held) board.querySelector(`[href="${CSS.escape(held)}"]`)?.focus();
      }
      tell(`as of ${new Date().toLocaleTimeString()}`);
    } catch {
      tell("Plazo does not answer; trying again.");
    }
  };
  setInterval(again, 5000);
  document.addEventListener("visibilitychange", again);
  again();
}
