// Draws what the articles name: towns as dots, buildings as squares, areas as outlines or, without a shape, diamonds.
// Features come from dashboard/map.py with the properties id, name, label, symbol, size, approximate, selected.
(function () {
  "use strict";

  // Vermilion and blue stay apart for every common kind of colour blindness; shape tells them apart as well.
  const LIGHT = { point: "#c2410c", area: "#1d6fa5", halo: "#ffffff", ring: "#1c1917" };
  const DARK = { point: "#ff9b5e", area: "#6cb8ea", halo: "#14171b", ring: "#ffffff" };
  const colours = () => (window.dateline.dark ? DARK : LIGHT);

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

  // One canvas path a symbol: a light rim keeps dots apart where they crowd, a dark ring marks the selected one.
  L.Canvas.include({
    _updateSymbol(marker) {
      if (!this._drawing || marker._empty()) return;
      const { symbol, approximate, selected } = marker.options;
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
      ctx.restore();
    },
  });

  const Symbol = L.CircleMarker.extend({
    _updatePath() {
      this._renderer._updateSymbol(this);
    },
  });

  window.dateline.symbol = function (feature, latlng) {
    const { symbol, size, approximate, selected } = feature.properties;
    // weight only widens the area that is redrawn and clicked: the ring, or a finger's breadth around a small dot
    return new Symbol(latlng, {
      symbol, size, approximate, selected, radius: size, weight: selected ? 16 : 6,
    });
  };

  // Tinted, without a line: the borders in the background are finer than the shapes of the places.
  window.dateline.style = function ({ properties: { symbol, kind, selected } }) {
    if (symbol !== "area") return {};
    const c = colours();
    return {
      stroke: true, color: selected ? c.ring : c.area, lineJoin: "round", fillColor: c.area,
      weight: selected ? 2.5 : 1, opacity: selected ? 0.9 : 0,
      fillOpacity: selected ? 0.18 : kind === "country" ? 0.06 : 0.1,
    };
  };

  window.dateline.hover = function (feature, layer) {
    if (feature.properties.symbol !== "area" || feature.properties.selected) return;
    layer.on({
      mouseover: () => layer.setStyle({ weight: 2, opacity: 0.9 }),
      mouseout: () => layer.setStyle(window.dateline.style(feature)),
    });
  };
})();
