"use strict";

// Judges the plan in the page whenever a unit is ticked. The address holds the plan; nothing leaves the page.
const form = document.getElementById("check");
const verdict = document.getElementById("verdict");
const share = document.getElementById("share");
const others = document.getElementById("others");
const specialisation = document.getElementById("specialisation");
const rule = JSON.parse(document.getElementById("compiled").textContent);
const WORDS = { satisfied: "Satisfied: as far as a machine decides, these units earn it.", violated: "Not satisfied.", unknown: "UNKNOWN: not decided." };
const loaded = new Map();
let asked = 0;

const boxes = [...form.querySelectorAll("input[type=checkbox]")];

function typed() {
  return others.value.toUpperCase().split(/[\s,;]+/).filter(Boolean);
}

function load(name) {
  if (!loaded.has(name)) {
    const found = fetch(`${form.dataset.facts}/${name}.json`).then((response) => {
      if (!response.ok) throw new Error(`status ${response.status}`);
      return response.json();
    });
    loaded.set(name, found.catch((error) => { loaded.delete(name); throw error; }));
  }
  return loaded.get(name);
}

// What is known of units that the rule does not list; where that cannot be loaded, nothing is known of them.
async function factsOf(codes) {
  const known = new Map();
  let missing = false;
  try {
    const parts = codes.length ? await load("parts") : [];
    await Promise.all(codes.map(async (code) => {
      if (!parts.includes(code.slice(0, 3))) return;
      const part = await load(code.slice(0, 3));
      if (Object.hasOwn(part, code)) known.set(code, part[code]);
    }));
  } catch (error) {
    missing = true;
  }
  return { of: (code) => known.get(code) || [], missing };
}

async function check() {
  const number = ++asked;
  const units = [...new Set([...boxes.filter((box) => box.checked).map((box) => box.value), ...typed()])];
  const chosen = specialisation ? specialisation.value : "";
  const fields = new URLSearchParams();
  for (const unit of new Set(boxes.filter((box) => box.checked).map((box) => box.value))) fields.append("unit", unit);
  if (others.value.trim()) fields.append("others", others.value.trim());
  if (chosen) fields.append("specialisation", chosen);
  const address = location.href.split(/[?#]/)[0] + (String(fields) ? `?${fields}` : "");
  share.href = address;
  if (location.protocol !== "file:") history.replaceState(null, "", address);
  for (const [id, codes] of Object.entries(rule.groups)) {
    const count = form.querySelector(`[data-count="${CSS.escape(id)}"]`);
    if (count) count.value = codes.filter((code) => units.includes(code)).length;
  }
  if (!units.length) return verdict.replaceChildren(paragraph("Nothing is ticked yet.", "status"));
  const listed = new Set(Object.values(rule.groups).flat());
  const facts = await factsOf(units.filter((code) => !listed.has(code)));
  if (number !== asked) return;
  const bad = units.filter((code) => !/^(?=.*[A-Z])[A-Z0-9]{3,16}$/.test(code));
  const good = units.filter((code) => !bad.includes(code));
  if (!good.length) return verdict.replaceChildren(paragraph(`Not a code: ${bad.join(", ")}.`, "alert"));
  const told = QualgraphJudge.judge(rule, good, chosen, facts.of);
  show(told, bad, facts.missing);
}

function show(told, bad, missing) {
  const article = document.createElement("article");
  article.dataset.verdict = told.verdict;
  const heading = document.createElement("h2");
  heading.textContent = WORDS[told.verdict];
  article.append(heading);
  section(article, "Missing", told.shortfalls);
  section(article, "Not known", told.unknowns);
  section(article, "For a person to judge", told.conditions.map((text) => text || "A condition is stated; its words are not kept."));
  const parts = [article];
  if (missing) parts.unshift(paragraph("What is known of units from elsewhere could not be loaded, so nothing is taken to be known of them.", "alert"));
  if (bad.length) parts.unshift(paragraph(`Not a code: ${bad.join(", ")}.`, "alert"));
  verdict.replaceChildren(...parts);
}

function section(article, title, lines) {
  if (!lines.length) return;
  const heading = document.createElement("h3");
  const list = document.createElement("ul");
  heading.textContent = title;
  list.append(...lines.map((line) => Object.assign(document.createElement("li"), { textContent: line })));
  article.append(heading, list);
}

function paragraph(words, role) {
  const line = document.createElement("p");
  line.setAttribute("role", role);
  line.textContent = words;
  return line;
}

const fields = new URLSearchParams(location.search);
for (const box of boxes) box.checked = fields.getAll("unit").includes(box.value);
others.value = fields.get("others") || "";
if (specialisation) specialisation.value = [...specialisation.options].some((option) => option.value === fields.get("specialisation")) ? fields.get("specialisation") : "";
form.addEventListener("change", (event) => {
  for (const box of boxes) if (event.target.type === "checkbox" && box.value === event.target.value) box.checked = event.target.checked;
  check();
});
form.addEventListener("submit", (event) => { event.preventDefault(); check(); });
form.addEventListener("reset", (event) => {
  event.preventDefault();
  for (const box of boxes) box.checked = false;
  others.value = "";
  check();
});
check();
