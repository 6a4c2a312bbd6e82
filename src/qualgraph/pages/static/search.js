"use strict";

// Searches an index of codes and titles in small files; only those of the words typed are loaded.
const field = document.getElementById("q");
const list = document.getElementById("results");
const status = document.getElementById("found");
const MOST = 50;
const loaded = new Map();
let asked = 0;

const wordsOf = (text) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) || [];
const nameOf = (part) => [...part].map((letter) => letter.codePointAt(0).toString(16)).join("-");

function load(name) {
  if (!loaded.has(name)) {
    const found = fetch(`${field.dataset.index}/${name}.json`).then((response) => {
      if (!response.ok) throw new Error(`status ${response.status}`);
      return response.json();
    });
    loaded.set(name, found.catch((error) => { loaded.delete(name); throw error; }));
  }
  return loaded.get(name);
}

// What has a word that begins so: in the file of the longest prefix that the word has, or of all that go on from it.
async function withWord(word, parts) {
  const above = parts.filter((part) => word.startsWith(part));
  const below = parts.filter((part) => part.startsWith(word) && part !== word);
  const files = await Promise.all([...above, ...below].map((part) => load(nameOf(part))));
  return files.flat().filter((entry) => wordsOf(`${entry[0]} ${entry[1]}`).some((own) => own.startsWith(word)));
}

// What has all of the words, each as the beginning of one.
async function withAll(words) {
  const parts = await load("parts");
  const longest = [...words].sort((a, b) => b.length - a.length)[0];
  const found = new Map((await withWord(longest, parts)).map((entry) => [entry[4], entry]));
  return [...found.values()].filter((entry) => {
    const own = wordsOf(`${entry[0]} ${entry[1]}`);
    return words.every((word) => own.some((each) => each.startsWith(word)));
  });
}

async function search() {
  const number = ++asked;
  const words = wordsOf(field.value).slice(0, 12);
  const address = new URL(location.href);
  address.search = field.value.trim() ? `?q=${encodeURIComponent(field.value.trim())}` : "";
  if (location.protocol !== "file:") history.replaceState(null, "", address);
  if (!words.length || words.every((word) => word.length < 2)) return show([], "Type a code or the beginnings of words.");
  try {
    let hits = await withAll(words);
    if (!hits.length && words.length > 1) hits = await withAll([words.join("")]); // a code written with spaces
    if (number !== asked) return;
    const exact = field.value.trim().toLowerCase();
    const rank = (entry) => [entry[0].toLowerCase() === exact ? 0 : 1, entry[3] === "current" ? 0 : 1, entry[0]];
    hits.sort((a, b) => { const [x, y] = [rank(a), rank(b)]; return x[0] - y[0] || x[1] - y[1] || (x[2] < y[2] ? -1 : 1); });
    const more = hits.length > MOST ? `, the first ${MOST} of them here` : "";
    show(hits.slice(0, MOST), hits.length ? `${hits.length.toLocaleString("en")} found${more}` : "Nothing here has all of these words in its code or title. Try fewer or shorter words.");
  } catch (error) {
    if (number === asked) show([], "The index cannot be loaded here. See the list of all codes.");
  }
}

function show(hits, words) {
  status.textContent = words;
  list.replaceChildren(...hits.map(([code, title, kind, usage, address]) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    const name = document.createElement("strong");
    const quiet = document.createElement("span");
    link.href = field.dataset.root + address;
    name.textContent = code;
    link.append(name, ` ${title}`);
    quiet.className = "quiet";
    quiet.textContent = usage ? `${kind}, ${usage}` : kind;
    item.append(link, " ", quiet);
    return item;
  }));
}

field.value = new URLSearchParams(location.search).get("q") || "";
document.getElementById("site-search").value = field.value;
field.addEventListener("input", search);
field.form.addEventListener("submit", (event) => { event.preventDefault(); search(); });
if (field.value) search();
