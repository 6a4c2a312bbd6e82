"use strict";

// Checks the plan again whenever a unit is ticked; without this script the button does it.
const form = document.getElementById("check");
const verdict = document.getElementById("verdict");
const share = document.getElementById("share");
let asked = 0;
let waiting = 0;

function selection() {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value.trim()) fields.append(name, value.trim());
  return fields;
}

async function check() {
  const number = ++asked;
  const fields = selection();
  const address = `${form.action}?${fields}`;
  share.href = address;
  history.replaceState(null, "", address);
  try {
    const response = await fetch(address, { headers: { Accept: "application/json" } });
    const told = await response.json();
    if (number !== asked) return;
    if (!response.ok) return tell(`${told.title} ${told.hint || ""}`, "alert");
    for (const group of told.groups) {
      const count = form.querySelector(`[data-count="${CSS.escape(group.id)}"]`);
      if (count) count.value = group.ticked;
    }
    if (!told.verdict) tell("Nothing is ticked yet.", "status");
    else verdict.innerHTML = told.html; // a fragment that the server has escaped
    if (told.unreadable.length) {
      const line = document.createElement("p");
      line.setAttribute("role", "alert");
      line.textContent = `Not a code: ${told.unreadable.join(", ")}.`;
      verdict.prepend(line);
    }
  } catch (error) {
    if (number === asked) tell(`The server could not be reached (${error.message}).`, "alert");
  }
}

function tell(words, role) {
  const line = document.createElement("p");
  line.setAttribute("role", role);
  line.textContent = words;
  verdict.replaceChildren(line);
}

function soon() {
  clearTimeout(waiting);
  waiting = setTimeout(check, 150);
}

form.addEventListener("change", soon);
form.addEventListener("reset", (event) => {
  event.preventDefault();
  for (const box of form.querySelectorAll("input[type=checkbox]")) box.checked = false;
  document.getElementById("others").value = "";
  check();
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  check();
});
