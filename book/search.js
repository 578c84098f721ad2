"use strict";
// Offline search: lunr's index over window.touchstonePages, built when the page opens.
(function () {
  const pages = window.touchstonePages;
  const index = lunr(function () {
    this.ref("place");
    this.field("title", { boost: 10 });
    this.field("text");
    pages.forEach((page, place) => this.add({ place, title: page.title, text: page.text }));
  });
  const field = document.getElementById("q");
  const found = document.getElementById("found");
  const results = document.getElementById("results");

  function hits(words) {
    try {
      return index.search(words);
    } catch (error) {
      // Signs that lunr reads as its own syntax are taken as they stand.
      return index.query((query) => query.term(lunr.tokenizer(words)));
    }
  }

  function excerpt(text, words) {
    const first = words.split(/\s+/)[0].replace(/\*$/, "").toLowerCase();
    const at = Math.max(0, text.toLowerCase().indexOf(first) - 60);
    return (at > 0 ? "… " : "") + text.slice(at, at + 200) + " …";
  }

  function show(words) {
    results.replaceChildren();
    const all = words.trim() === "" ? [] : hits(words);
    found.textContent = words.trim() === "" ? "" : all.length + (all.length === 1 ? " page" : " pages");
    for (const hit of all.slice(0, 50)) {
      const page = pages[hit.ref];
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = page.path;
      link.textContent = page.title;
      const kind = document.createElement("span");
      kind.className = "kind";
      kind.textContent = " " + page.kind;
      const text = document.createElement("p");
      text.textContent = excerpt(page.text, words);
      item.append(link, kind, text);
      results.append(item);
    }
  }

  field.value = new URLSearchParams(location.search).get("q") || "";
  field.addEventListener("input", () => show(field.value));
  document.getElementById("search").addEventListener("submit", (event) => {
    event.preventDefault();
    show(field.value);
  });
  show(field.value);
})();
