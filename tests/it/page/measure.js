(function () {
  // What a reader would stumble on: text over text, text cut off, text too pale.
  const problems = [];
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > wide + 1) {
    problems.push("the page is wider than the window: " + document.documentElement.scrollWidth + " of " + wide);
  }
  const luminance = (rgb) => {
    const linear = rgb.map((it) => { const s = it / 255; return s <= 0.04045 ? s / 12.92 : Math.pow((s + 0.055) / 1.055, 2.4); });
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  };
  const parse = (text) => (text.match(/[\d.]+/g) || []).map(Number);
  const isClear = (rgb) => rgb.length === 4 && rgb[3] === 0;
  const ground = (element) => {
    for (let it = element; it; it = it.parentElement) {
      if (it instanceof SVGElement) { continue; }
      const rgb = parse(getComputedStyle(it).backgroundColor);
      if (rgb.length >= 3 && !isClear(rgb)) { return rgb.slice(0, 3); }
    }
    return [255, 255, 255];
  };
  const boxes = [];
  let texts = 0;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const inView = (element) => element.checkVisibility({ visibilityProperty: true });
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    const name = element.tagName.toLowerCase();
    const isOutside = ["script", "style", "title", "desc"].includes(name) || element.closest(".skip,#tip");
    if (!node.data.trim() || isOutside || !inView(element)) { continue; }
    texts += 1;
    const style = getComputedStyle(element);
    const isSvg = element instanceof SVGElement;
    const colour = parse(isSvg ? style.fill : style.color).slice(0, 3);
    const [one, other] = [luminance(colour), luminance(ground(element))];
    const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    if (contrast < 4.5) { problems.push("contrast " + contrast.toFixed(2) + ": " + node.data.trim().slice(0, 60)); }
    const range = document.createRange();
    if (!isSvg && element.closest("td,th") && !element.closest(".long,details")) {
      for (const word of node.data.matchAll(/[^\s-]+/g)) {
        range.setStart(node, word.index);
        range.setEnd(node, word.index + word[0].length);
        const lines = new Set(Array.from(range.getClientRects()).map((it) => Math.round(it.top)));
        if (lines.size > 1) { problems.push("broken inside: " + word[0]); }
      }
    }
    range.selectNodeContents(node);
    const sideways = element.closest(".sideways");
    for (const box of isSvg ? [element.getBoundingClientRect()] : range.getClientRects()) {
      if (box.width < 1 || box.height < 1) { continue; }
      const words = node.data.trim().slice(0, 60);
      if (!sideways) {
        if (box.right > wide + 1 || box.left < -1) { problems.push("cut off: " + words); }
      } else {
        const place = sideways.getBoundingClientRect();
        if (box.right > place.left + sideways.scrollWidth + 1) { problems.push("cut off in its region: " + words); }
      }
      const svg = isSvg ? element.closest("svg").getBoundingClientRect() : null;
      if (svg && (box.left < svg.left - 1 || box.right > svg.right + 1 || box.bottom > svg.bottom + 1)) {
        problems.push("outside its figure: " + words);
      }
      boxes.push({ box, words, element });
    }
  }
  boxes.sort((one, other) => one.box.top - other.box.top);
  for (let i = 0; i < boxes.length; i += 1) {
    const one = boxes[i].box;
    for (let j = i + 1; j < boxes.length && boxes[j].box.top < one.bottom; j += 1) {
      const other = boxes[j].box;
      // Boxes are those of lines: letters keep clear of their rims.
      const rim = 0.22 * Math.min(one.height, other.height);
      const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
      if (across > 1.5 && down > 2 * rim && boxes[i].element !== boxes[j].element) {
        problems.push("text over text: " + boxes[i].words + " | " + boxes[j].words);
      }
    }
  }
  // Cells that cut their own words.
  for (const cell of document.querySelectorAll("td,th,dd,dt,p,li,h1,h2,h3")) {
    if (inView(cell) && cell.scrollWidth > cell.clientWidth + 2 && cell.clientWidth > 0) {
      problems.push("too narrow for its words: " + cell.textContent.trim().slice(0, 60));
    }
  }
  return { problems: problems.slice(0, 20), texts };
})()
