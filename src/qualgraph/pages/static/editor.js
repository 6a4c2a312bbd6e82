"use strict";

// Shows the answer to a query in the page; without this script the form is answered by the server itself.
const form = document.getElementById("sparql");
const query = document.getElementById("query");
const answer = document.getElementById("answer");

document.getElementById("example").addEventListener("change", (event) => {
  if (event.target.value) query.value = event.target.value;
});

query.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
});

form.addEventListener("submit", async (event) => {
  if (document.getElementById("format").value !== "json") return;
  event.preventDefault();
  tell("Asking\u2026");
  const began = performance.now();
  try {
    const response = await fetch(form.action, {
      method: "POST",
      headers: {
        "Content-Type": "application/sparql-query",
        Accept: "application/sparql-results+json, text/turtle;q=0.9, application/problem+json;q=0.1",
      },
      body: query.value,
    });
    const kind = response.headers.get("Content-Type") || "";
    const seconds = ((performance.now() - began) / 1000).toFixed(2);
    if (!response.ok) {
      const problem = await response.json();
      tell(`${problem.title} ${problem.hint || ""}`, "alert");
    } else if (kind.startsWith("text/turtle")) {
      show(`Answered in ${seconds} s`, element("pre", await response.text()));
    } else {
      table(await response.json(), seconds);
    }
  } catch (error) {
    tell(`The server could not be reached (${error.message}).`, "alert");
  }
});

function table(data, seconds) {
  if ("boolean" in data) return tell(data.boolean ? "yes" : "no");
  const columns = data.head.vars;
  const rows = data.results.bindings;
  const made = document.createElement("table");
  const head = made.createTHead().insertRow();
  for (const name of columns) {
    const cell = element("th", name);
    cell.scope = "col";
    head.append(cell);
  }
  const body = made.createTBody();
  for (const row of rows) {
    const line = body.insertRow();
    for (const name of columns) line.insertCell().append(...(row[name] ? [term(row[name])] : []));
  }
  const wide = document.createElement("div");
  wide.className = "wide";
  wide.tabIndex = 0;
  wide.append(made);
  show(`${rows.length} row${rows.length === 1 ? "" : "s"} in ${seconds} s`, wide);
}

function term(value) {
  if (value.type !== "uri" || !/^https?:/.test(value.value)) return document.createTextNode(value.value);
  const link = element("a", value.value);
  link.href = value.value;
  return link;
}

function tell(words, role) {
  const line = element("p", words);
  if (role) line.setAttribute("role", role);
  answer.replaceChildren(line);
}

function show(words, what) {
  answer.replaceChildren(element("p", words), what);
}

function element(name, words) {
  const made = document.createElement(name);
  made.textContent = words;
  return made;
}
