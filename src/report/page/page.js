
"use strict";
(function () {
  const tip = document.createElement("div");
  tip.id = "tip";
  tip.hidden = true;
  tip.setAttribute("role", "status");
  document.body.append(tip);

  function show(text, left, top) {
    if (tip.textContent !== text) { tip.textContent = text; }
    tip.hidden = false;
    const most = document.documentElement.clientWidth + scrollX - tip.offsetWidth - 8;
    tip.style.left = Math.max(scrollX + 4, Math.min(left, most)) + "px";
    tip.style.top = top + "px";
  }

  function hide() {
    tip.hidden = true;
    for (const old of document.querySelectorAll(".at")) { old.classList.remove("at"); }
    for (const old of document.querySelectorAll(".guide")) { old.remove(); }
  }

  const exact = (cell) => cell.dataset.v || cell.dataset.i || cell.textContent;

  function sayCell(cell) {
    let text = "Exactly " + exact(cell);
    if (cell.dataset.l) { text += "\ninterval " + cell.dataset.l + " to " + cell.dataset.h; }
    const box = cell.getBoundingClientRect();
    show(text, box.left + scrollX, box.bottom + scrollY + 4);
  }

  // Tables: exact values, and order.

  const rowsOf = (table) => Array.from(table.tBodies[0].rows);
  const numbers = "td[data-v],td[data-i]";

  // Moves alone count: a page that scrolls under a resting pointer is not pointed at.
  let pointed = null;
  document.addEventListener("pointermove", function (event) {
    const cell = event.target.closest(numbers + ",dd[data-v]");
    if (cell === pointed) { return; }
    pointed = cell;
    hide();
    if (cell) { sayCell(cell); }
  });

  function value(row, column) {
    const cell = row.cells[column];
    const number = cell.dataset.v || cell.dataset.i;
    return number === undefined ? cell.textContent.trim() : Number(number);
  }

  function compare(one, other) {
    const numeric = typeof one === "number";
    if (numeric !== (typeof other === "number")) { return numeric ? -1 : 1; }
    return numeric ? one - other : one.localeCompare(other, "en-GB", { numeric: true });
  }

  function sort(heading, column) {
    const table = heading.closest("table");
    const up = heading.getAttribute("aria-sort") !== "ascending";
    for (const other of table.tHead.rows[0].cells) { other.removeAttribute("aria-sort"); }
    heading.setAttribute("aria-sort", up ? "ascending" : "descending");
    const rows = rowsOf(table).map((row, at) => [value(row, column), at, row]);
    const missing = (it) => it === "\u2013";
    rows.sort(function (one, other) {
      if (missing(one[0]) !== missing(other[0])) { return missing(one[0]) ? 1 : -1; }
      return (up ? 1 : -1) * compare(one[0], other[0]) || one[1] - other[1];
    });
    table.tBodies[0].append(...rows.map((it) => it[2]));
  }

  for (const table of document.querySelectorAll("table")) {
    if (table.tBodies[0].rows.length < 3 || table.closest("figcaption")) { continue; }
    Array.from(table.tHead.rows[0].cells).forEach(function (heading, column) {
      if (!heading.textContent.trim()) { return; }
      const button = document.createElement("button");
      button.type = "button";
      button.append(...heading.childNodes);
      button.title = "Sort by this column";
      heading.append(button);
      button.addEventListener("click", () => sort(heading, column));
    });
  }

  // With the keyboard: arrows go from number to number of the table that has the focus.

  function step(table, key) {
    const rows = rowsOf(table).map((row) => Array.from(row.querySelectorAll(numbers)));
    const filled = rows.filter((row) => row.length > 0);
    if (filled.length === 0) { return false; }
    const old = table.querySelector(".at");
    let y = filled.findIndex((row) => row.includes(old));
    let x = y < 0 ? 0 : filled[y].indexOf(old);
    if (y < 0) { y = 0; } else if (key === "ArrowDown") { y += 1; } else if (key === "ArrowUp") { y -= 1; }
    if (old) { x += key === "ArrowRight" ? 1 : key === "ArrowLeft" ? -1 : 0; }
    y = Math.max(0, Math.min(y, filled.length - 1));
    x = Math.max(0, Math.min(x, filled[y].length - 1));
    hide();
    const cell = filled[y][x];
    cell.classList.add("at");
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
    sayCell(cell);
    return true;
  }

  // Figures: the numbers behind the place that is pointed at.

  const panelsOf = (svg) => Array.from(svg.querySelectorAll("[data-panel]"));
  const area = (panel) => panel.dataset.panel.split(" ").map(Number);

  function guide(svg, x, y, height) {
    for (const old of document.querySelectorAll(".guide")) { old.remove(); }
    const line = document.createElementNS(svg.namespaceURI, "line");
    const set = { x1: x, x2: x, y1: y, y2: y + height, "class": "guide" };
    for (const name of Object.keys(set)) { line.setAttribute(name, set[name]); }
    svg.append(line);
  }

  function sayPlace(figure, panel, across, down) {
    const table = document.getElementById(figure.dataset.numbers);
    const svg = figure.querySelector("svg");
    const [x, y, width, height] = area(panelsOf(svg)[panel]);
    const rows = rowsOf(table);
    const columns = Array.from(table.tHead.rows[0].cells).map((it) => it.textContent);
    const kind = figure.dataset.hover;
    const last = rows.length - 1;
    const at = kind === "grid" ? Math.floor(down * rows.length) : Math.round(across * last);
    const row = rows[Math.max(0, Math.min(at, last))];
    let cells = Array.from(row.cells).slice(1);
    let from = 0;
    if (kind === "panels") { from = panel; cells = cells.slice(panel, panel + 1); }
    if (kind === "grid") {
      from = Math.max(0, Math.min(Math.floor(across * cells.length), cells.length - 1));
      cells = cells.slice(from, from + 1);
    } else {
      guide(svg, x + width * row.sectionRowIndex / Math.max(1, last), y, height);
    }
    // Isolates keep names that run from right to left from turning the numbers beside them.
    const said = cells.map((cell, nth) => "\u2068" + columns[from + nth + 1] + "\u2069: " + exact(cell)
      + (cell.dataset.l ? " (" + cell.dataset.l + " to " + cell.dataset.h + ")" : ""));
    const box = svg.getBoundingClientRect();
    const scale = box.width / svg.viewBox.baseVal.width;
    show(row.cells[0].textContent + "\n" + said.join("\n"),
      box.left + scrollX + (x + width * across) * scale + 12,
      box.top + scrollY + (y + height * down) * scale);
  }

  // The figure whose tip the pointer asked for; a tip asked for by key stays when the page scrolls.
  let hovered = null;
  for (const figure of document.querySelectorAll(".figure[data-hover]")) {
    const svg = figure.querySelector("svg");
    const place = { panel: 0, across: 0, down: 0.5 };
    svg.addEventListener("pointermove", function (event) {
      const box = svg.getBoundingClientRect();
      const scale = box.width / svg.viewBox.baseVal.width;
      const px = (event.clientX - box.left) / scale;
      const py = (event.clientY - box.top) / scale;
      const found = panelsOf(svg).findIndex(function (panel) {
        const [x, y, width, height] = area(panel);
        return px >= x - 4 && px <= x + width + 4 && py >= y && py <= y + height;
      });
      if (found < 0) { hide(); return; }
      hovered = svg;
      const [x, y, width, height] = area(panelsOf(svg)[found]);
      const share = (it) => Math.max(0, Math.min(1, it));
      sayPlace(figure, found, share((px - x) / width), share((py - y) / height));
    });
    svg.addEventListener("pointerleave", function () {
      if (hovered === svg) { hide(); }
    });
    figure.querySelector(".sideways").addEventListener("keydown", function (event) {
      const table = document.getElementById(figure.dataset.numbers);
      const grid = figure.dataset.hover === "grid";
      const rows = table.tBodies[0].rows.length;
      const across = 1 / (grid ? table.tHead.rows[0].cells.length - 1 : Math.max(1, rows - 1));
      const panels = panelsOf(svg).length;
      const moves = {
        ArrowRight: [across, 0], ArrowLeft: [-across, 0], ArrowDown: [0, 1], ArrowUp: [0, -1],
      };
      const move = moves[event.key];
      if (!move) { return; }
      event.preventDefault();
      hovered = null;
      place.across = Math.max(grid ? across / 2 : 0, Math.min(1, place.across + move[0]));
      if (grid) {
        place.down = Math.max(0.5 / rows, Math.min(1 - 0.5 / rows, place.down + move[1] / rows));
      } else {
        place.panel = Math.max(0, Math.min(panels - 1, place.panel + move[1]));
      }
      sayPlace(figure, place.panel, Math.min(place.across, 1 - (grid ? across / 2 : 0)), place.down);
    });
  }

  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") { hide(); return; }
    const region = document.activeElement;
    const table = region ? region.querySelector(":scope > table") : null;
    if (table ? event.key.startsWith("Arrow") : false) {
      if (step(table, event.key)) { event.preventDefault(); }
    }
  });
  document.addEventListener("focusout", hide);
})();
