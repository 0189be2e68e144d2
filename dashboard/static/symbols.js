// How what the articles name looks: towns as dots, buildings as squares, areas without a shape as diamonds, hollow where all
// is earlier, grey where no event is told of; counts by region as tints, statuses of districts as patterns, stretches and lines.
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
  function paint(ctx, { x, y }, { symbol, size: r, approximate, hollow, grey, selected, places }) {
    const c = colours();
    const fill = grey ? c.edge : symbol === "diamond" ? c.area : c.point;
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
    shape(approximate || hollow ? r - 1 : r);
    ctx.fillStyle = fill;
    if (approximate || hollow) {
      if (approximate) ctx.setLineDash([3, 2]);
      ctx.lineWidth = 2;
      ctx.strokeStyle = fill;
      ctx.stroke();
      ctx.globalAlpha = hollow ? 0 : 0.3;
    }
    ctx.fill();
    ctx.globalAlpha = 1;
    if (symbol === "group") {
      ctx.fillStyle = c.halo;
      ctx.font = `600 ${Math.min(13, r)}px system-ui, sans-serif`;
      ctx.textAlign = "center";
      ctx.textBaseline = "middle";
      ctx.fillText(places, x, y);
    }
    ctx.restore();
  }

  L.Canvas.include({
    _updateSymbol(marker) {
      if (this._drawing && !marker._empty()) paint(this._ctx, marker._point, marker.options);
    },
  });

  const SLACK = matchMedia("(pointer: coarse)").matches ? 12 : 4; // pixels around a symbol that a pointer or a finger may miss it by

  const Symbol = L.CircleMarker.extend({
    _updatePath() {
      this._renderer._updateSymbol(this);
    },
    _containsPoint(point) {
      return this.distanceTo(point) <= SLACK;
    },
    // Return how far a point of the map lies from the rim; inside it, 0 or less. The ring of the selected one counts for nothing.
    distanceTo(point) {
      return point.distanceTo(this._point) - this.options.size;
    },
  });

  function marker(feature, latlng) {
    const { id: _, name: __, label: ___, ...drawing } = feature.properties;
    // weight only widens what is redrawn: the ring around the selected one
    return new Symbol(latlng, { ...drawing, radius: drawing.size, weight: drawing.selected ? 16 : 6 });
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
    return { stroke: true, color: c.edge, weight: 1, opacity: 0.9, fillColor: ink(p), fillOpacity: TINT };
  };

  // What is seen above it and takes the clicks. Outlines without a line: the borders of the background are finer.
  function style({ properties: { symbol, kind, status, selected } }) {
    const c = colours();
    const line = { stroke: true, color: selected ? c.ring : c.area, lineJoin: "round", fillColor: c.area };
    if (symbol === "extent") {
      const along = kind === "line";
      return { ...line, color: selected ? c.ring : c.extent, fill: !along, fillColor: c.extent, fillOpacity: 0.07,
        weight: along ? (status === "blockaded" ? 5 : status ? 3.5 : 2) : 1, lineCap: status === "blockaded" ? "round" : "butt",
        opacity: status ? 0.95 : 0.6, dashArray: along ? DASHES[status] ?? null : "4 4" };
    }
    const plain = symbol === "area" ? (kind === "country" ? 0.06 : 0.1) : 0;
    return { ...line, weight: selected ? 2.5 : 1, opacity: selected ? 0.9 : 0,
      fillOpacity: selected && symbol === "area" ? 0.18 : plain };
  }

  function line(ctx, x, y, width, height, { status }) {
    const look = style({ properties: { symbol: "extent", kind: "line", status } });
    ctx.save();
    ctx.beginPath();
    ctx.setLineDash((look.dashArray ?? "").split(" ").filter(Boolean).map((dash) => dash * 0.6));
    Object.assign(ctx, { lineWidth: look.weight, strokeStyle: look.color, lineCap: look.lineCap });
    ctx.moveTo(x + 2, y + height / 2);
    ctx.lineTo(x + width - 2, y + height / 2);
    ctx.stroke();
    ctx.restore();
  }

  // Draw a swatch of the legend as it looks on land: a row has a symbol, a line, or a tint.
  function swatch(ctx, x, y, width, height, meaning) {
    ctx.fillStyle = dateline.colours.land;
    ctx.fillRect(x, y, width, height);
    if (meaning.symbol in PATHS) return paint(ctx, { x: x + width / 2, y: y + height / 2 }, { size: 4.5, ...meaning });
    if (meaning.symbol === "line") return line(ctx, x, y, width, height, meaning);
    ctx.globalAlpha = meaning.opacity ?? TINT;
    ctx.fillStyle = meaning.symbol === "area" ? colours().area : meaning.symbol === "extent" ? colours().extent : ink(meaning);
    ctx.fillRect(x, y, width, height);
    ctx.globalAlpha = 1;
  }

  Object.assign(dateline, { look: { colours, marker, style, tint, SLACK }, swatch });
})();
