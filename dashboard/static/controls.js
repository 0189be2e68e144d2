// The buttons of the map: fit all, the selection or the corpus, other backgrounds, picture, print.
// All are buttons and boxes of HTML: they are reached by keyboard, and none of them asks anything of the server.
(function () {
  "use strict";

  // Whoever ticks one sends requests to its host; nobody else does.
  const GROUNDS = [
    { name: "OpenStreetMap", host: "tile.openstreetmap.org", url: "https://tile.openstreetmap.org/{z}/{x}/{y}.png",
      maxZoom: 19, credit: "© OpenStreetMap contributors (ODbL)" },
    { name: "OpenTopoMap", host: "tile.opentopomap.org", url: "https://{s}.tile.opentopomap.org/{z}/{x}/{y}.png",
      maxZoom: 17, credit: "© OpenStreetMap contributors (ODbL), SRTM; map style © OpenTopoMap (CC BY-SA)" },
  ];
  const PRIVACY = "These pictures come from the internet. While a box is ticked, its server learns your address on the " +
    "net and which part of the world you look at. No word of the articles is sent. Our own map needs no one.";

  const ICONS = { // drawn in a square of 20
    all: "M3 7V3h4M13 3h4v4M17 13v4h-4M7 17H3v-4M8 10h4M10 8v4",
    selection: "M10 2v4M10 14v4M2 10h4M14 10h4M10 6a4 4 0 1 0 0 8a4 4 0 1 0 0-8",
    corpus: "M3 9.5L10 3l7 6.5M5 8v8.5h10V8",
    ground: "M10 3l8 4-8 4-8-4zM2 11l8 4 8-4",
    picture: "M10 3v9M6 9l4 4 4-4M3 16h14",
    print: "M6 7V3h8v4M6 14H3V8h14v6h-3M6 12h8v5H6z",
  };

  function element(tag, properties = {}, ...children) {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  }

  function button(icon, title, act) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 20 20");
    svg.setAttribute("aria-hidden", "true");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("d", ICONS[icon]);
    svg.append(path);
    const made = element("button", { type: "button", title, onclick: act }, svg);
    made.setAttribute("aria-label", title);
    return made;
  }

  function place(map, position, className, ...children) {
    const control = L.control({ position });
    control.onAdd = () => {
      const box = element("div", { className }, ...children);
      L.DomEvent.disableClickPropagation(box);
      L.DomEvent.disableScrollPropagation(box);
      return box;
    };
    return control.addTo(map);
  }

  function fit(map, bounds) {
    if (bounds) map.fitBounds(bounds.pad(0.1), { maxZoom: dateline.NEAR });
  }

  function grounds(map) {
    map.createPane("ground").style.zIndex = 250; // above our own background, below tints and symbols
    const boxes = [];
    const trouble = element("p", { className: "trouble" });
    trouble.setAttribute("role", "status");
    for (const ground of GROUNDS) {
      const layer = L.tileLayer(ground.url, { pane: "ground", maxNativeZoom: ground.maxZoom, attribution: ground.credit });
      layer.on("tileerror", () => { trouble.textContent = `${ground.host} does not answer; our own map stays below.`; });
      const box = element("input", { type: "checkbox", onchange: () => {
        trouble.textContent = "";
        for (const other of boxes) if (other.box !== box) { other.box.checked = false; other.layer.remove(); }
        const { all, ours } = dateline.names;
        for (const [each, on] of [[layer, box.checked], [ours, box.checked], [all, !box.checked]]) {
          if (on) each.addTo(map);
          else each.remove();
        }
      } });
      boxes.push({ box, layer });
    }
    const rows = boxes.map(({ box }, i) => element("label", {}, box, ` ${GROUNDS[i].name} (${GROUNDS[i].host})`));
    const panel = element("div", { className: "panel", hidden: true }, element("p", { textContent: PRIVACY }), ...rows, trouble);
    const opener = button("ground", "Other backgrounds, from the internet", () => {
      panel.hidden = !panel.hidden;
      opener.setAttribute("aria-expanded", String(!panel.hidden));
    });
    opener.setAttribute("aria-expanded", "false");
    panel.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      opener.click();
      opener.focus();
    });
    place(map, "topright", "grounds", element("div", { className: "leaflet-bar" }, opener), panel);
  }

  dateline.controls = function (map, bounds) {
    const corpus = L.latLngBounds(bounds);
    place(map, "topleft", "leaflet-bar fits",
      button("all", "Show everything that is drawn", () => fit(map, dateline.extent())),
      button("selection", "Show what is selected", () => fit(map, dateline.extent((id) => id === dateline.drawn?.selected))),
      button("corpus", "Show where most of the articles happen", () => map.fitBounds(corpus, { maxZoom: 10 })));
    grounds(map);
    place(map, "topright", "leaflet-bar outputs",
      button("picture", "Save the map as a picture (PNG)", () => dateline.picture(map)),
      button("print", "Print the page", () => parent.print()));
  };

  Object.assign(dateline, { element, placeControl: place });
})();
