// The names on the map: those of the background and of what is drawn, which make way for one another by precedence.
(function () {
  "use strict";

  const FONT = '"Source Sans", system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
  const PLACES_TILE = "0:0:0:places"; // the one tile of what is drawn, by the name protomaps-leaflet gives it
  const { plain, seen } = dateline;
  const bySize = (a, b) => a.z - b.z || a.r - b.r;
  const kind = (name, ahead = 0) => (zoom, f) => f.props.k === name && seen(zoom - ahead, f);

  // A name beside its dot, on the first side where it meets no other: right, left, aslant, above, below.
  class Beside {
    constructor(options, clearance, room = 0) {
      const { OffsetTextSymbolizer, Padding, TextPlacements: { E, W, N, S, Ne, Se, Nw, Sw } } = protomapsL;
      const side = (placement, x, y) => new Padding(room, new OffsetTextSymbolizer({
        ...options, placements: [placement],
        ddValues: (zoom, f) => ({ offsetX: x * clearance(f, zoom), offsetY: y * clearance(f, zoom) }),
      }));
      this.sides = [side(E, 1, 0), side(W, -1, 0), side(Se, 0.7, 0.7), side(Ne, 0.7, -0.7), side(Sw, -0.7, 0.7),
        side(Nw, -0.7, -0.7), side(N, 0, -1), side(S, 0, 1)];
    }
    place(layout, geom, feature) {
      for (const side of this.sides) {
        const labels = side.place(layout, geom, feature);
        if (labels?.every((label) => !layout.index.labelCollides(label, layout.order))) return labels;
      }
      return undefined;
    }
  }

  const APART = 600; // pixels between two names of one shape: it has several points that may bear one

  // A name that knows what it names, so that it can be clicked as well.
  class Named {
    constructor(symbolizer) { this.symbolizer = symbolizer; }
    place(layout, geom, feature) {
      const labels = this.symbolizer.place(layout, geom, feature);
      for (const label of labels ?? []) {
        label.draw.names = feature.props.id;
        Object.assign(label, { deduplicationKey: feature.props.id, deduplicationDistance: APART });
      }
      return labels;
    }
  }

  // The room a symbol of places.js takes: no name is set there, even where symbols overlap.
  const occupied = {
    place(layout, [[{ x, y }]], { props: { size } }) {
      const r = size + 1;
      const room = { anchor: { x, y }, bboxes: [{ minX: x - r, minY: y - r, maxX: x + r, maxY: y + r }], draw() {} };
      layout.index.insert(room, layout.order, PLACES_TILE);
      return undefined;
    },
  };

  // Where symbols lie on one another, the name of each stands beside the widest.
  const ONE = 6; // pixels
  const rim = ({ size, stack }, zoom) => Math.max(size, ...stack.filter(([away]) => away * 2 ** zoom < ONE)
    .map(([away, other]) => away * 2 ** zoom + other));

  function stacked(names) {
    for (const { geom: [[at]], props } of names) {
      props.stack = names.map(({ geom: [[other]], props: { size } }) => [Math.hypot(at.x - other.x, at.y - other.y), size])
        .filter(([away]) => away < ONE / 2 ** 5);
    }
    return names;
  }

  // In order of precedence: where two names collide, the one of the earlier rule stays.
  function labelRules(c) {
    const { CenteredTextSymbolizer, GroupSymbolizer, CircleSymbolizer, LineLabelSymbolizer, Padding, linear } = protomapsL;
    const font = (weight, size, style = "") => (zoom, f) => `${style}${weight} ${size(zoom, f)}px ${FONT}`;
    const text = (options) => ({ labelProps: ["n"], width: 1.6, stroke: c.halo, lineHeight: 1.4, ...options });
    const area = (name, options) => ({
      dataLayer: "labels", filter: kind(name), sort: bySize,
      symbolizer: new Padding(3, new CenteredTextSymbolizer(text(options))),
    });
    const ours = (dataLayer, options, clearance) => ({
      dataSource: "places", dataLayer, filter: (zoom, f) => zoom >= (f.props.from ?? 0),
      symbolizer: new Named(new Beside(text({ labelProps: ["name"], width: 2, ...options }), clearance, 1)),
    });
    const town = (name, { ahead, weight, size, fill, radius }) => ({
      dataLayer: "labels", filter: kind(name, ahead), sort: bySize,
      symbolizer: new Padding(2, new GroupSymbolizer([
        new CircleSymbolizer({ radius, fill: c.dot, stroke: c.halo, width: 1 }),
        new Beside(text({ font: font(weight, size), fill, maxLineChars: 24 }), () => radius + 4),
      ])),
    });
    const water = { fill: c.seaName, stroke: c.seaHalo, width: 1 };
    const countrySize = (zoom, f) => Math.min(18, 12 + (zoom - f.props.z) * 1.5);
    const countrySpacing = (zoom, f) => Math.min(5, 1 + (zoom - f.props.z) * 0.8);
    return [
      { dataSource: "places", dataLayer: "places", symbolizer: occupied },
      ours("places", { font: font(600, linear([[3, 13], [9, 15]])), maxLineChars: 24,
        fill: (zoom, f) => (f.props.symbol === "diamond" ? c.area : c.place) },
      (f, zoom) => rim(f.props, zoom) + (f.props.selected ? 10 : 4)),
      { dataSource: "places", dataLayer: "areas", filter: (zoom, f) => zoom >= f.props.from, symbolizer: new Named(new Padding(3, new CenteredTextSymbolizer(text({
          labelProps: ["name"], font: font(600, linear([[3, 12], [9, 14]])), width: 2, fill: c.area, maxLineChars: 14 })))) },
      ours("lines", { font: font(600, linear([[3, 11], [9, 13]]), "italic "), fill: c.extent, maxLineChars: 28 }, () => 5),
      area("country", { font: font(600, countrySize), fill: c.country, textTransform: "uppercase",
        letterSpacing: countrySpacing, maxLineChars: 14 }),
      town("capital", { weight: 600, size: linear([[4, 13], [9, 16]]), fill: c.town, radius: 3 }),
      area("sea", { ...water, font: font(400, linear([[2, 12], [8, 17]]), "italic "), letterSpacing: 1, maxLineChars: 12 }),
      town("town", { ahead: 2, weight: 400, size: linear([[4, 13], [9, 15.5]]), fill: c.town, radius: 2.4 }),
      area("lake", { ...water, font: font(400, linear([[5, 12], [9, 15]]), "italic "), maxLineChars: 10 }),
      town("town", { ahead: 0, weight: 400, size: linear([[4, 12], [9, 13.5]]), fill: c.village, radius: 1.9 }),
      area("region", { font: font(400, linear([[5, 11], [9, 13]])), fill: c.regionName, textTransform: "uppercase",
        letterSpacing: 1.2, maxLineChars: 14 }),
      { dataLayer: "rivers", minzoom: 6, filter: seen, symbolizer: new LineLabelSymbolizer(text({
          font: font(400, () => 12, "italic "), fill: c.seaName, width: 2, repeatDistance: 500 })) },
    ];
  }

  // Set the map in the type of the page around it, which the browser has loaded already; else in the system's.
  async function borrowFont() {
    for (const sheet of parent.document.styleSheets) {
      for (const rule of sheet.href && !sheet.href.startsWith(location.origin) ? [] : sheet.cssRules) {
        const family = rule.style?.fontFamily?.replaceAll('"', "");
        const source = /url\("?([^")]+)/.exec(rule.style?.src);
        if (family === "Source Sans" && source) {
          const url = new URL(source[1], sheet.href ?? parent.location.href);
          const face = new FontFace(family, `url(${url})`, { weight: "200 900", style: rule.style.fontStyle || "normal" });
          document.fonts.add(await face.load());
        }
      }
    }
  }

  // The part of a point that protomaps-leaflet asks of its own.
  class Pixel {
    constructor(x, y) { Object.assign(this, { x, y }); }
    clone() { return new Pixel(this.x, this.y); }
    mult(k) { return new Pixel(this.x * k, this.y * k); }
    dist(p) { return Math.hypot(this.x - p.x, this.y - p.y); }
    add(p) { return new Pixel(this.x + p.x, this.y + p.y); }
  }

  const shorten = (name) => (name.length > 36 ? `${name.slice(0, 35)}…` : name);

  const MOST_NAMES = 300; // of places; at any zoom far fewer find room

  const bare = (feature, at, more) => {
    const { x, y } = dateline.map.project(at, 0);
    const { id, name, size, symbol, selected } = feature.properties;
    return { geom: [[new Pixel(x, y)]], geomType: 1, bbox: { minX: x, minY: y, maxX: x, maxY: y },
      props: { id, name: shorten(plain(name)), size, symbol, selected, ...more } };
  };

  // A shape has points for its name, each with the zoom from which on it is used; they are tried in turn.
  const along = (feature) => feature.properties.at.map(([lon, lat, from]) => bare(feature, [lat, lon], { from }));

  // Hand what is drawn to the tile layers as one more source, in the pixels of zoom 0, the most important first.
  function nameOn(layers) {
    let names = new Map();
    let due = null;
    const view = { getDisplayTile: async ({ z }) => ({
      // looked up when names are set, not when the tile was asked for: the places may have changed in between
      z, data: { get: (kind) => names.get(kind) }, origin: new Pixel(0, 0), scale: 2 ** z, dim: 256 * 2 ** z,
      dataTile: { z: 0, x: 0, y: 0 },
    }) };
    for (const layer of layers) layer.views.set("places", view);
    return (points, shapes) => {
      const by = (key) => (a, b) => b.feature.properties[key] - a.feature.properties[key];
      const town = ({ feature: { properties: { symbol } } }) => symbol !== "diamond";
      const first = [...points].sort((a, b) => by("selected")(a, b) || town(b) - town(a) || by("size")(a, b));
      const named = shapes.filter((shape) => shape.properties.at);
      const lines = named.filter((shape) => shape.properties.symbol === "extent");
      names = new Map([
        ["places", stacked(first.slice(0, MOST_NAMES).map((point) => bare(point.feature, point.getLatLng())))],
        ["areas", named.filter((shape) => !lines.includes(shape)).flatMap(along)],
        ["lines", lines.flatMap(along)],
      ]);
      clearTimeout(due); // the old layer goes and the new one comes in one breath: set the names once
      due = setTimeout(() => {
        for (const layer of layers.filter((each) => dateline.map.hasLayer(each))) { layer.clearLayout(); layer.rerenderTiles(); }
      });
    };
  }

  // Return layers with all names, and with those of the places alone for above a background that has its own.
  dateline.layNames = function (map, background) {
    Object.assign(map.createPane("names").style, { zIndex: 450, pointerEvents: "none" }); // above the symbols
    const [all, ours] = [() => true, (rule) => rule.dataSource === "places"].map((kept) => protomapsL.leafletLayer({
      sources: {}, attribution: "", pane: "names", lang: "en", tasks: [borrowFont()], paintRules: [],
      labelRules: labelRules(dateline.colours).filter(kept),
    }));
    all.views.set("", background.views.get("")); // read once for both
    dateline.names = { all, ours };
    dateline.namePlaces = nameOn([all, ours]);
    all.addTo(map);
  };
})();
