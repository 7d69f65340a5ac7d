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
