// Draws what the articles name: towns as dots, buildings as squares, areas as outlines or, without a shape, diamonds;
// counts by region as tints, statuses of districts as patterns, stretches and lines. Data come from dashboard/map.
(function () {
  "use strict";

  // Vermilion and blue stay apart for every common kind of colour blindness; shape tells them apart as well.
  // The scale grows in lightness alone, away from the land: it reads in grey and in every kind of colour blindness.
  const LIGHT = {
    point: "#c2410c", area: "#1d6fa5", halo: "#ffffff", ring: "#1c1917", edge: "#78716c", extent: "#7c2d12",
    scale: ["#fdeeb8", "#fbd27a", "#f2ab45", "#dd7f22", "#b9560f"],
    held: ["#0f766e", "#7e22ce", "#1d4ed8", "#a16207"], divided: "#78716c",
  };
  const DARK = {
    point: "#ff9b5e", area: "#6cb8ea", halo: "#14171b", ring: "#ffffff", edge: "#a8a29e", extent: "#ffc49b",
    scale: ["#3f2f17", "#66431a", "#966023", "#cd8530", "#ffb54d"],
    held: ["#5eead4", "#d8b4fe", "#93c5fd", "#fde047"], divided: "#a8a29e",
  };
  const colours = () => (dateline.dark ? DARK : LIGHT);
  const TINT = 0.8; // opacity: names must stay legible on the deepest
  const DASHES = { proposed: "9 7", blockaded: "1 9", existing: null };

  const PATHS = {
    dot(ctx, x, y, r) {
      ctx.arc(x, y, r, 0, 2 * Math.PI);
    },
    square(ctx, x, y, r) {
      ctx.rect(x - r * 0.9, y - r * 0.9, r * 1.8, r * 1.8);
    },
    diamond(ctx, x, y, r) {
      const d = r * 1.25;
      ctx.moveTo(x, y - d);
      ctx.lineTo(x + d, y);
      ctx.lineTo(x, y + d);
      ctx.lineTo(x - d, y);
      ctx.closePath();
    },
  };
  PATHS.group = PATHS.dot;

  // One canvas path a symbol: a light rim keeps dots apart where they crowd, a dark ring marks the selected one.
  L.Canvas.include({
    _updateSymbol(marker) {
      if (!this._drawing || marker._empty()) return;
      const { symbol, approximate, selected, places } = marker.options;
      const { x, y } = marker._point;
      const r = marker.options.size;
      const c = colours();
      const fill = symbol === "diamond" ? c.area : c.point;
      const ctx = this._ctx;
      const shape = (radius) => {
        ctx.beginPath();
        PATHS[symbol](ctx, x, y, radius);
      };
      ctx.save();
      ctx.setLineDash([]); // a dashed line drawn before leaves its dashes
      ctx.globalAlpha = 1;
      if (selected) {
        shape(r + 6.5);
        ctx.fillStyle = c.halo;
        ctx.fill();
        shape(r + 4.5);
        ctx.lineWidth = 3;
        ctx.strokeStyle = c.ring;
        ctx.stroke();
      }
      shape(r + 1.5);
      ctx.fillStyle = c.halo;
      ctx.fill();
      shape(approximate ? r - 1 : r);
      if (approximate) {
        ctx.setLineDash([3, 2]);
        ctx.lineWidth = 2;
        ctx.strokeStyle = fill;
        ctx.stroke();
        ctx.globalAlpha = 0.3;
      }
      ctx.fillStyle = fill;
      ctx.fill();
      if (symbol === "group") {
        ctx.fillStyle = c.halo;
        ctx.font = `600 ${Math.min(13, r)}px system-ui, sans-serif`;
        ctx.textAlign = "center";
        ctx.textBaseline = "middle";
        ctx.fillText(places, x, y);
      }
      ctx.restore();
    },
  });

  const Symbol = L.CircleMarker.extend({
    _updatePath() {
      this._renderer._updateSymbol(this);
    },
  });

  function marker(feature, latlng) {
    const { symbol, size, approximate, selected, places } = feature.properties;
    // weight only widens the area that is redrawn and clicked: the ring, or a finger's breadth around a small dot
    return new Symbol(latlng, {
      symbol, size, approximate, selected, places, radius: size, weight: selected ? 16 : 6,
    });
  }

  // A pattern tells holders apart without colour: lines one way or the other, dots, a grid; divided: slanted, grey.
  function pattern(number, divided) {
    const c = colours();
    const tile = document.createElement("canvas");
    tile.width = tile.height = 8; // pixels
    const ctx = tile.getContext("2d");
    const line = (x1, y1, x2, y2) => { ctx.beginPath(); ctx.moveTo(x1, y1); ctx.lineTo(x2, y2); ctx.stroke(); };
    ctx.strokeStyle = ctx.fillStyle = divided ? c.divided : c.held[number % c.held.length];
    ctx.globalAlpha = divided ? 0 : 0.22;
    ctx.fillRect(0, 0, 8, 8);
    ctx.globalAlpha = 1;
    ctx.lineWidth = 1;
    if (divided) for (const x of [-8, 0, 8]) line(x - 1, 9, x + 9, -1);
    else if (number % 4 === 0) line(0, 4, 8, 4);
    else if (number % 4 === 1) { ctx.beginPath(); ctx.arc(4, 4, 1.6, 0, 7); ctx.fill(); }
    else if (number % 4 === 2) line(4, 0, 4, 8);
    else { line(0, 4, 8, 4); line(4, 0, 4, 8); }
    return tile;
  }
  const ink = (swatch) => {
    const c = colours();
    if (swatch.symbol === "shade") return c.scale[swatch.step];
    return document.createElement("canvas").getContext("2d").createPattern(pattern(swatch.holder, swatch.divided), "repeat");
  };

  // What lies under the names of the background, multiplied into it.
  const tint = ({ properties: p }) => {
    const c = colours();
    return { stroke: true, color: c.edge, weight: 1, opacity: 0.9,
      fillColor: ink(p), fillOpacity: TINT };
  };

  // What is seen above it and takes the clicks. Outlines without a line: the borders of the background are finer.
  function style({ properties: { symbol, kind, status, selected } }) {
    const c = colours();
    const line = { stroke: true, color: selected ? c.ring : c.area, lineJoin: "round", fillColor: c.area };
    if (symbol === "extent") {
      const along = kind === "line";
      return { ...line, color: selected ? c.ring : c.extent, fill: !along, fillColor: c.extent, fillOpacity: 0.1,
        weight: along ? (status === "blockaded" ? 5 : status ? 3.5 : 2.5) : 1.2, lineCap: status === "blockaded" ? "round" : "butt",
        opacity: status ? 0.95 : 0.7, dashArray: along ? DASHES[status] ?? null : "4 4" };
    }
    const plain = symbol === "area" ? (kind === "country" ? 0.06 : 0.1) : 0;
    return { ...line, weight: selected ? 2.5 : 1, opacity: selected ? 0.9 : 0,
      fillOpacity: selected && symbol === "area" ? 0.18 : plain };
  }

  function hover(feature, layer) {
    if (feature.properties.symbol === "extent" || feature.properties.selected) return;
    layer.on({
      mouseover: () => layer.setStyle({ weight: 2, opacity: 0.9 }),
      mouseout: () => layer.setStyle(style(feature)),
    });
  }

  const counted = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;

  function label({ feature: { properties: p } }) {
    const words = document.createElement("div");
    words.textContent = dateline.plain(p.label);
    return words;
  }

  function point([id, name, lon, lat, mentions, articles, symbol, size, km], selected) {
    const parts = [name, counted(mentions, "mention"), counted(articles, "article")];
    const text = `${parts[0]} · ${parts[1]}, ${parts[2]}` + (km ? ` · position known to ${km} km` : "");
    return { type: "Feature", geometry: { type: "Point", coordinates: [lon, lat] },
      properties: { id, name, label: text, symbol, size, approximate: km > 0, km, selected: id === selected } };
  }

  function cell([, lon, lat, places, mentions, size]) {
    const text = `${counted(places, "place")}, ${counted(mentions, "mention")} · click to come nearer`;
    return { type: "Feature", geometry: { type: "Point", coordinates: [lon, lat] },
      properties: { id: "", name: "", label: text, symbol: "group", size, places: String(places), selected: false } };
  }

  // The points: all of them, or, where groups are given, the groups of the zoom and from near on the points in view.
  // What is known to some kilometres only has a circle of so many around it.
  const WIDE = 5;

  function scatter(map, layer, radii, { points, groups, selected }) {
    const known = new Map(points.map((row) => [row[0], row]));
    const zooms = [...new Set(groups.map(([zoom]) => zoom))].sort((a, b) => a - b);
    const chosen = points.filter((row) => row[0] === selected);
    const rows = () => {
      const band = zooms.find((zoom) => map.getZoom() <= zoom);
      const view = map.getBounds().pad(0.3);
      if (band !== undefined) {
        const cells = groups.filter(([zoom]) => zoom === band);
        const single = ([, , , places, , , place]) => places === 1 && known.has(place) && place !== selected;
        return [...cells.filter((g) => !single(g) && g[3] > 1).map(cell),
          ...cells.filter(single).map((g) => point(known.get(g[6]), selected)), ...chosen.map((row) => point(row, selected))];
      }
      const near = zooms.length ? points.filter((row) => view.contains([row[3], row[2]])) : points;
      return near.map((row) => point(row, selected));
    };
    const draw = () => {
      const features = rows();
      radii.clearLayers();
      for (const { properties: { km }, geometry: { coordinates: [lon, lat] } } of features) {
        if (km >= WIDE) radii.addLayer(L.circle([lat, lon], { radius: km * 1000, interactive: false, weight: 1,
          color: colours().point, opacity: 0.8, dashArray: "2 5", fillOpacity: 0.04 }));
      }
      layer.clearLayers();
      layer.addData({ type: "FeatureCollection", features });
      dateline.namePlaces(layer.getLayers());
    };
    draw();
    if (zooms.length) map.on("moveend", draw);
    layer.on("remove", () => map.off("moveend", draw));
  }

  // Put the data on `group`: shapes (GeoJSON features), points and groups (rows), selected, words for the legend.
  dateline.draw = function (group, data) {
    const map = dateline.map;
    dateline.drawn = data;
    const tinted = data.shapes.filter((f) => f.properties.symbol === "shade" || f.properties.symbol === "held");
    if (tinted.length) {
      const under = { pane: "tints", renderer: dateline.tints, interactive: false };
      L.geoJSON(tinted, { ...under, style: tint, onEachFeature: (_, l) => { delete l.feature; } }).addTo(group);
    }
    const radii = L.layerGroup().addTo(group);
    const shapes = L.geoJSON(data.shapes, { style, onEachFeature: hover }).addTo(group);
    const points = L.geoJSON(null, { pointToLayer: marker, onEachFeature: (feature, l) => {
      if (feature.properties.symbol === "group") l.on("click", () => map.setView(l.getLatLng(), map.getZoom() + 2));
    } }).addTo(group);
    for (const layer of [shapes, points]) layer.bindTooltip(label, { className: "place", direction: "top", sticky: layer === shapes });
    scatter(map, points, radii, data);
    dateline.legend(data.legend);
  };

  // Tell the page of a click at once. streamlit-folium does so too, a quarter of a second later lest more follow; what
  // it remembers of the last message keeps it from sending the same again.
  dateline.tellOfClick = function () {
    const state = window.__GLOBAL_DATA__;
    if (!state?.returned_objects) return;
    const names = Object.keys(state.previous_data ?? {}).filter((name) => name in state);
    const told = Object.fromEntries(names.map((name) => [name, state[name]]));
    if (names.length !== state.returned_objects.length || JSON.stringify(told) === JSON.stringify(state.previous_data)) return;
    state.previous_data = told;
    window.Streamlit.setComponentValue(told);
  };

  // Draw a swatch of the legend as it looks on land.
  dateline.swatch = function (ctx, x, y, width, height, meaning) {
    for (const [fill, alpha] of [[dateline.colours.land, 1], [ink(meaning), TINT]]) {
      ctx.globalAlpha = alpha;
      ctx.fillStyle = fill;
      ctx.fillRect(x, y, width, height);
    }
    ctx.globalAlpha = 1;
  };
})();
