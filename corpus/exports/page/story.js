// A story in one file. All texts come as data and become text nodes; nothing is loaded from anywhere.
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const at = (id) => document.getElementById(id);
  const SVG = "http://www.w3.org/2000/svg";
  const FIRST = 150; // passages that are drawn at first
  const MONTHS = "January February March April May June July August September October November December".split(" ");
  const SIGNS = { exact: "■", inferred: "▨", period: "□", undated: "∅" };

  function element(tag, className, ...children) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    made.append(...children);
    return made;
  }

  function shape(tag, attributes, ...children) {
    const made = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  }

  // ---- days in words

  const parts = (day) => day.split("-").map(Number);
  const spell = (day) => { const [year, month, date] = parts(day); return `${date} ${MONTHS[month - 1]} ${year}`; };

  function period(since, until) {
    if (!since) return "undated";
    if (since === until) return spell(since);
    const [a, b] = [parts(since), parts(until)];
    const ends = new Date(Date.UTC(b[0], b[1], 0)).getUTCDate() === b[2];
    if (a[2] === 1 && ends) {
      if (a[0] === b[0] && a[1] === b[1]) return `${MONTHS[a[1] - 1]} ${a[0]}`;
      if (a[1] === 1 && b[1] === 12) return a[0] === b[0] ? `${a[0]}` : `${a[0]} to ${b[0]}`;
    }
    return `${spell(since)} to ${spell(until)}`;
  }

  // ---- what is shown

  const chosen = () => ({
    from: at("from").value, to: at("to").value, undated: at("undated").checked,
    place: at("place").value === "" ? null : Number(at("place").value), words: at("words").value.trim().toLowerCase(),
  });
  const texts = data.passages.map((passage) => passage.parts.map(([words]) => words).join("").toLowerCase());

  function inside(mention, filter, days = true) {
    if (filter.words && !texts[mention.passage].includes(filter.words)) return false;
    if (!days) return true;
    if (!mention.days.length) return filter.undated;
    return mention.days.some(([since, until]) => (!filter.to || since <= filter.to) && (!filter.from || until >= filter.from));
  }

  // ---- the map

  const map = at("map"), view = {}, layers = shape("g", {}), symbols = shape("g", {});
  for (const [className, path] of data.shapes) layers.append(shape("path", { class: className, d: path }));
  map.append(layers, symbols);

  const zoomed = () => view.width / (map.clientWidth || 1); // units of the map a pixel

  // The view takes the form of the map's box, so that a pixel is as wide as it is high.
  function fit() {
    Object.assign(view, data.view);
    const { x, y, width, height } = data.view, wide = (map.clientWidth || 4) / (map.clientHeight || 3);
    if (width < height * wide) [view.width, view.x] = [height * wide, x - (height * wide - width) / 2];
    else [view.height, view.y] = [width / wide, y - (width / wide - height) / 2];
  }

  function look() {
    map.setAttribute("viewBox", `${view.x} ${view.y} ${view.width} ${view.height}`);
    drawPlaces();
  }

  function zoom(factor, x = view.x + view.width / 2, y = view.y + view.height / 2) {
    view.x = x - (x - view.x) * factor;
    view.y = y - (y - view.y) * factor;
    view.width *= factor;
    view.height *= factor;
    look();
  }

  function symbol(place, r, className) {
    const told = { class: className, tabindex: 0, role: "button", "stroke-width": r / 4 };
    if (place.symbol === "dot") return shape("circle", { ...told, cx: place.x, cy: place.y, r });
    const side = place.symbol === "square" ? r * 0.9 : r * 1.25;
    const points = place.symbol === "square"
      ? [[-side, -side], [side, -side], [side, side], [-side, side]] : [[0, -side], [side, 0], [0, side], [-side, 0]];
    return shape("polygon", { ...told, points: points.map(([x, y]) => `${place.x + x},${place.y + y}`).join(" ") });
  }

  let counts = [];
  function drawPlaces() {
    const unit = zoomed(), filter = chosen(), taken = [], drawn = [], names = [];
    const order = data.places.map((_, i) => i).filter((i) => counts[i]).sort((a, b) => counts[b].all - counts[a].all);
    for (const i of order) {
      const place = data.places[i], { all, earlier } = counts[i];
      const r = (5 + Math.min(9, 2 * Math.log2(all))) * unit;
      const className = ["dot", place.symbol === "diamond" ? "area" : "", earlier === all ? "earlier" : "", filter.place === i ? "chosen" : ""];
      const made = symbol(place, r, className.join(" ").trim());
      made.append(shape("title", {}, `${place.name}: ${all}`));
      const choose = () => { at("place").value = filter.place === i ? "" : String(i); draw(); };
      made.addEventListener("click", choose);
      made.addEventListener("keydown", (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); choose(); } });
      drawn.unshift(made); // the smaller lie above
      const box = { x: place.x + r * 1.3, y: place.y - 7 * unit, w: place.name.length * 7 * unit, h: 14 * unit };
      if (taken.some((other) => box.x < other.x + other.w && other.x < box.x + box.w && box.y < other.y + other.h && other.y < box.y + box.h)) continue;
      taken.push(box);
      names.push(shape("text", { class: "name", x: box.x, y: place.y + 4 * unit, "font-size": 12 * unit, "stroke-width": 3 * unit }, place.name));
    }
    symbols.replaceChildren(...names, ...drawn.reverse());
  }

  let held = null;
  map.addEventListener("pointerdown", (event) => { held = [event.clientX, event.clientY]; });
  window.addEventListener("pointerup", () => { held = null; });
  map.addEventListener("pointermove", (event) => {
    if (!held) return;
    view.x -= (event.clientX - held[0]) * zoomed();
    view.y -= (event.clientY - held[1]) * zoomed();
    held = [event.clientX, event.clientY];
    map.setAttribute("viewBox", `${view.x} ${view.y} ${view.width} ${view.height}`);
  });
  map.addEventListener("wheel", (event) => {
    event.preventDefault();
    const box = map.getBoundingClientRect();
    zoom(event.deltaY > 0 ? 1.25 : 0.8, view.x + (event.clientX - box.left) * zoomed(), view.y + (event.clientY - box.top) * zoomed());
  }, { passive: false });
  at("in").addEventListener("click", () => zoom(0.6));
  at("out").addEventListener("click", () => zoom(1 / 0.6));

  // ---- time

  function drawTime(filter) {
    const dated = data.mentions.filter((mention) => mention.days.length && inside(mention, filter, false));
    const firsts = dated.map((mention) => mention.days[0][0]);
    const days = new Set(firsts).size, months = new Set(firsts.map((day) => day.slice(0, 7))).size;
    const length = days <= 60 ? 10 : months <= 60 ? 7 : 4;
    const bins = new Map();
    for (const first of firsts.sort()) bins.set(first.slice(0, length), (bins.get(first.slice(0, length)) || 0) + 1);
    const most = Math.max(1, ...bins.values()), width = 1000 / Math.max(1, bins.size);
    const last = (bin) => (length === 10 ? bin : length === 7 ? `${bin}-${new Date(Date.UTC(+bin.slice(0, 4), +bin.slice(5), 0)).getUTCDate()}` : `${bin}-12-31`);
    const first = (bin) => (length === 10 ? bin : length === 7 ? `${bin}-01` : `${bin}-01-01`);
    const time = at("time"), step = Math.ceil(bins.size / 12);
    time.setAttribute("viewBox", "0 0 1000 90");
    time.setAttribute("preserveAspectRatio", "none");
    time.replaceChildren(...[...bins].flatMap(([bin, number], i) => {
      const height = (60 * number) / most, on = filter.from === first(bin) && filter.to === last(bin);
      const bar = shape("rect", { class: on ? "bar chosen" : "bar", x: i * width + 1, y: 68 - height, width: Math.max(1, width - 2), height });
      bar.append(shape("title", {}, `${period(first(bin), last(bin))}: ${number}`));
      bar.addEventListener("click", () => {
        at("from").value = on ? "" : first(bin);
        at("to").value = on ? "" : last(bin);
        at("undated").checked = on;
        draw();
      });
      return i % step ? [bar] : [bar, shape("text", { x: i * width + 1, y: 84 }, bin)];
    }));
  }

  // ---- passages

  function passage(number, mentions, filter) {
    const { parts: written, article: source, ref } = data.passages[number], article = data.articles[source];
    const text = element("p", "text", ...written.map(([words, place]) => {
      if (place < 0) return document.createTextNode(words);
      const made = element("button", filter.place === place ? "chosen" : "", words);
      made.type = "button";
      made.addEventListener("click", () => { at("place").value = String(place); draw(); });
      return made;
    }));
    const told = new Map(mentions.flatMap((mention) => (mention.days.length ? mention.days : [["", ""]])
      .map(([since, until]) => [since + until, `${SIGNS[mention.certainty]} ${period(since, until)}${mention.why ? ` — ${mention.why}` : ""}`])));
    const line = element("p", "source", article.source);
    if (article.url) {
      const link = element("a", "", "original ↗");
      Object.assign(link, { href: article.url, rel: "noopener noreferrer", target: "_blank" });
      line.append(" · ", link);
    }
    const cited = element("details", "", element("summary", "", "Cite"), element("p", "", ref));
    return element("article", "passage", text, ...[...told.values()].map((words) => element("p", "why", words)), line, cited);
  }

  let limit = FIRST;
  function draw() {
    const filter = chosen();
    const shown = data.mentions.filter((mention) => inside(mention, filter));
    counts = [];
    for (const { place, earlier } of shown) {
      counts[place] ??= { all: 0, earlier: 0 };
      counts[place].all += 1;
      counts[place].earlier += earlier;
    }
    const read = filter.place === null ? shown : shown.filter((mention) => mention.place === filter.place);
    const by = new Map();
    for (const mention of read) by.set(mention.passage, [...(by.get(mention.passage) || []), mention]);
    const rows = [...by].slice(0, limit).map(([number, mentions]) => passage(number, mentions, filter));
    if (by.size > limit) {
      const more = element("button", "", `Show all ${by.size} passages`);
      more.id = "more";
      more.addEventListener("click", () => { limit = Infinity; draw(); });
      rows.push(more);
    }
    at("passages").replaceChildren(...rows);
    const places = new Set(read.map((mention) => mention.place)).size;
    const count = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;
    at("count").textContent = `${count(read.length, "mention")} of ${count(places, "place")} in ${count(by.size, "passage")}`;
    drawPlaces();
    drawTime(filter);
  }

  at("place").append(new Option("all", ""), ...data.places.map((place, i) => [place, i])
    .sort(([a], [b]) => a.name.localeCompare(b.name)).map(([place, i]) => new Option(place.name, String(i))));
  at("shown").textContent = `Shown: ${data.about.shown}. Exported ${data.about.exported} (UTC).`;
  at("legend").textContent = "● town  ■ building  ◆ area; hollow where all is told of earlier. ■ a day that is stated, ▨ worked out, □ a period, ∅ undated.";
  at("about").append(...data.lines.map((line) => element("p", "", line)));
  for (const id of ["from", "to", "undated", "place", "words"]) at(id).addEventListener("input", draw);
  at("filters").addEventListener("submit", (event) => event.preventDefault());
  at("filters").addEventListener("reset", () => setTimeout(() => { fit(); look(); draw(); }));
  window.addEventListener("beforeprint", () => { limit = Infinity; draw(); });
  window.addEventListener("resize", () => { fit(); look(); });
  fit();
  look();
  draw();
})();
