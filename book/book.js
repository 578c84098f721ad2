"use strict";
// Tables of the class "sortable": a heading sorts, a menu above a column marked data-filter and a field above the table filter.
(function () {
  function text(row, column) {
    return row.cells[column].textContent.trim();
  }

  function sort(table, column, descending) {
    const rows = [...table.tBodies[0].rows];
    const numbers = rows.every((row) => text(row, column) === "" || !isNaN(Number(text(row, column))));
    rows.sort((a, b) => {
      const [left, right] = [text(a, column), text(b, column)];
      const order = numbers ? Number(left) - Number(right) : left.localeCompare(right, "en", { numeric: true });
      return descending ? -order : order;
    });
    table.tBodies[0].append(...rows);
  }

  function sortable(table, heading, column) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => {
      const descending = heading.getAttribute("aria-sort") === "ascending";
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      heading.setAttribute("aria-sort", descending ? "descending" : "ascending");
      sort(table, column, descending);
    });
  }

  function labelled(parent, words, control) {
    const label = document.createElement("label");
    label.append(words + " ", control);
    parent.append(label, " ");
    return control;
  }

  function filters(table) {
    const bar = document.createElement("div");
    bar.className = "filters";
    table.closest(".wide").before(bar);
    const rows = [...table.tBodies[0].rows];
    const field = labelled(bar, "Contains", document.createElement("input"));
    field.type = "search";
    const menus = [];
    [...table.tHead.rows[0].cells].forEach((heading, column) => {
      if (!heading.hasAttribute("data-filter")) return;
      const menu = labelled(bar, heading.textContent, document.createElement("select"));
      menu.append(new Option("all", ""));
      for (const value of new Set(rows.map((row) => text(row, column)))) menu.append(new Option(value, value));
      menus.push([column, menu]);
    });
    const count = document.createElement("span");
    count.setAttribute("role", "status");
    bar.append(count);
    function apply() {
      const words = field.value.toLowerCase();
      let shown = 0;
      for (const row of rows) {
        const kept = row.textContent.toLowerCase().includes(words) && menus.every(([column, menu]) => menu.value === "" || text(row, column) === menu.value);
        row.hidden = !kept;
        shown += kept ? 1 : 0;
      }
      count.textContent = shown + " of " + rows.length;
    }
    field.addEventListener("input", apply);
    for (const [, menu] of menus) menu.addEventListener("change", apply);
    apply();
  }

  for (const table of document.querySelectorAll("table.sortable")) {
    filters(table);
    [...table.tHead.rows[0].cells].forEach((heading, column) => sortable(table, heading, column));
  }
})();
