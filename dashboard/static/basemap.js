// Draws the background of the map from basemap.pmtiles, and from basemap_detail.pmtiles where that is finer: land, water, borders and names, in light or dark, and sets the
// names of the places on it, so that all names make way for one another.
// The layers and properties of the tiles are described in geodata/sources/basemap.py.
(function () {
  "use strict";

  // The page loads scripts one after another, this one first: ask for the others now.
  const OTHERS = ["vendor/leaflet/leaflet.js", "vendor/protomaps-leaflet/protomaps-leaflet.js", "places.js", "controls.js",
    "picture.js"];
  for (const file of OTHERS) {
    const href = new URL(file, document.currentScript.src);
    document.head.append(Object.assign(document.createElement("link"), { rel: "preload", as: "script", href }));
  }

  // A map that is taken off the page while it fetches its tiles has not failed.
  let leaving = false;
  for (const sign of ["beforeunload", "pagehide"]) window.addEventListener(sign, () => { leaving = true; });
  window.addEventListener("unhandledrejection", (event) => { if (leaving) event.preventDefault(); });

  const FONT = '"Source Sans", system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';

  const LIGHT = {
    water: "#cfe0ea", shore: "#b3cfdf", land: "#f7f5f0", river: "#a9c9dc",
    region: "#cfc8bd", border: "#8f8796", borderGlow: "#e6dfe6",
    country: "#3d3a45", regionName: "#625b52", town: "#35343a", village: "#5b5960", dot: "#6b6970",
    seaName: "#33607a", halo: "#fbfaf7", seaHalo: "#d9e7ef",
    place: "#1c1917", area: "#14537d",
  };
  const DARK = {
    water: "#16222c", shore: "#21343f", land: "#272b31", river: "#2f4a5b",
    region: "#3e444c", border: "#7d7a88", borderGlow: "#30343b",
    country: "#dcdbe2", regionName: "#a5a8af", town: "#cfd0d6", village: "#a8abb3", dot: "#8a8d95",
    seaName: "#7fa9c2", halo: "#1f2328", seaHalo: "#16222c",
    place: "#ffffff", area: "#8ecbf4",
  };

  const PLACES_TILE = "0:0:0:places"; // the one tile of the places, by the name protomaps-leaflet gives it
  const bySize = (a, b) => a.z - b.z || a.r - b.r;
  const seen = (zoom, f) => zoom >= (f.props.z ?? 0) && zoom <= (f.props.x ?? 30);
  const kind = (name, ahead = 0) => (zoom, f) => f.props.k === name && seen(zoom - ahead, f);

  function paintRules(c) {
    const { PolygonSymbolizer, LineSymbolizer, linear } = protomapsL;
    const contested = (zoom, f) => f.props.d === 1;
    const settled = (zoom, f) => f.props.d !== 1;
    const width = linear([[2, 0.7], [6, 1.1], [10, 1.8]]);
    return [
      // a soft stroke under the land reads as shallow water along the coast
      { dataLayer: "land", symbolizer: new PolygonSymbolizer({ fill: c.land, stroke: c.shore, width: 3 }) },
      { dataLayer: "land", symbolizer: new PolygonSymbolizer({ fill: c.land }) },
      { dataLayer: "rivers", filter: seen, symbolizer: new LineSymbolizer({
          color: c.river, width: linear([[3, 0.5], [7, 1.1], [10, 2]]), lineJoin: "round", lineCap: "round" }) },
      { dataLayer: "water", filter: seen, symbolizer: new PolygonSymbolizer({ fill: c.water, stroke: c.shore, width: 1 }) },
      { dataLayer: "regions", minzoom: 5, filter: seen, symbolizer: new LineSymbolizer({
          color: c.region, width: linear([[5, 0.7], [9, 1.1]]), dash: [4, 2.5] }) },
      { dataLayer: "borders", minzoom: 4, filter: settled, symbolizer: new LineSymbolizer({
          color: c.borderGlow, width: linear([[4, 3], [10, 7]]), lineJoin: "round" }) },
      { dataLayer: "borders", filter: settled, symbolizer: new LineSymbolizer({
          color: c.border, width, lineJoin: "round" }) },
      // dashed: Natural Earth calls the line disputed, indefinite or a line of control
      { dataLayer: "borders", filter: contested, symbolizer: new LineSymbolizer({ color: c.border, width, dash: [5, 4] }) },
    ];
  }

  // A name beside its dot, on the first side where it meets no other: right, left, above, below.
  class Beside {
    constructor(options, clearance) {
      const { OffsetTextSymbolizer, TextPlacements: { E, W, N, S } } = protomapsL;
      const side = (placement, x, y) => new OffsetTextSymbolizer({
        ...options, placements: [placement],
        ddValues: (zoom, f) => ({ offsetX: x * clearance(f), offsetY: y * clearance(f) }),
      });
      this.sides = [side(E, 1, 0), side(W, -1, 0), side(N, 0, -1), side(S, 0, 1)];
    }
    place(layout, geom, feature) {
      for (const side of this.sides) {
        const labels = side.place(layout, geom, feature);
        if (labels) return labels;
      }
      return undefined;
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

  // In order of precedence: where two names collide, the one of the earlier rule stays.
  function labelRules(c) {
    const { CenteredTextSymbolizer, GroupSymbolizer, CircleSymbolizer, LineLabelSymbolizer, Padding, linear } = protomapsL;
    const font = (weight, size, style = "") => (zoom, f) => `${style}${weight} ${size(zoom, f)}px ${FONT}`;
    const text = (options) => ({ labelProps: ["n"], width: 1.6, stroke: c.halo, lineHeight: 1.4, ...options });
    const area = (name, options) => ({
      dataLayer: "labels", filter: kind(name), sort: bySize,
      symbolizer: new Padding(3, new CenteredTextSymbolizer(text(options))),
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
      { dataSource: "places", dataLayer: "places", symbolizer: new Padding(1, new Beside(text({
          labelProps: ["name"], font: font(600, linear([[3, 13], [9, 15]])), width: 2, maxLineChars: 24,
          fill: (zoom, f) => (f.props.symbol === "diamond" ? c.area : c.place) }), (f) => f.props.size + (f.props.selected ? 10 : 4))) },
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
    add(p) { return new Pixel(this.x + p.x, this.y + p.y); }
  }

  const plain = (escaped) => new DOMParser().parseFromString(escaped, "text/html").documentElement.textContent;
  const shorten = (name) => (name.length > 32 ? `${name.slice(0, 31)}…` : name);

  const MOST_NAMES = 300; // of places; at any zoom far fewer find room

  // Hand the points on the map to the tile layers as one more source, in the pixels of zoom 0, the most important first.
  function nameOn(map, layers) {
    let places = [];
    let due = null;
    const view = { getDisplayTile: async ({ z }) => ({
      // looked up when names are set, not when the tile was asked for: the places may have changed in between
      z, data: { get: () => places }, origin: new Pixel(0, 0), scale: 2 ** z, dim: 256 * 2 ** z,
      dataTile: { z: 0, x: 0, y: 0 },
    }) };
    for (const layer of layers) layer.views.set("places", view);
    return (points) => {
      const by = (key) => (a, b) => b.feature.properties[key] - a.feature.properties[key];
      const first = [...points].sort((a, b) => by("selected")(a, b) || by("size")(a, b)).slice(0, MOST_NAMES);
      places = first.map((point) => {
        const { x, y } = map.project(point.getLatLng(), 0);
        const { name, size, symbol, selected } = point.feature.properties;
        return { geom: [[new Pixel(x, y)]], geomType: 1, bbox: { minX: x, minY: y, maxX: x, maxY: y },
          props: { name: shorten(plain(name)), size, symbol, selected } };
      });
      clearTimeout(due); // the old layer goes and the new one comes in one breath: set the names once
      due = setTimeout(() => {
        for (const layer of layers.filter((each) => map.hasLayer(each))) { layer.clearLayout(); layer.rerenderTiles(); }
      });
    };
  }

  // Draw from the finer tiles what they cover, from the zoom on that they begin with.
  function refine(layer, url) {
    const world = layer.views.get("");
    const finer = protomapsL.sourcesToViews({ url, maxDataZoom: 9 }).get("");
    const [header] = [finer, world].map(({ tileCache: { source: { p: file } } }) => {
      // Parts of one file asked for side by side wait for one another in Chrome's cache, and now and then fail there;
      // pmtiles goes round it on Windows alone.
      file.source.chromeWindowsNoCache = true;
      return file.getHeader(); // both are asked for at once
    });
    const covered = header.then(({ minZoom, minLon, minLat, maxLon, maxLat }) => ({ x, y, z }) => {
      const { lat, lng } = L.CRS.EPSG3857.pointToLatLng(L.point(x + 0.5, y + 0.5).multiplyBy(256), z);
      return z >= minZoom + finer.levelDiff && minLon < lng && lng < maxLon && minLat < lat && lat < maxLat;
    }).catch((error) => {
      console.error(`${url} cannot be read, so the map is coarser than it could be:`, error);
      return () => false;
    });
    layer.views.set("", {
      getDisplayTile: async (tile) => ((await covered)(tile) ? finer : world).getDisplayTile(tile),
    });
  }

  // Tints lie in a canvas of their own between the background and the symbols, so that names show through.
  function tintsOn(map, dark) {
    const pane = map.createPane("tints");
    Object.assign(pane.style, { zIndex: 350, pointerEvents: "none", mixBlendMode: dark ? "screen" : "multiply" });
    return L.canvas({ pane: "tints", padding: 0.3 });
  }

  window.dateline = {
    dark: false,
    plain,
    // Draw the background on `map`; options: url of the tiles and of finer ones, dark, attribution, bounds of the corpus.
    basemap(map, { url, detail, dark, attribution, bounds }) {
      const colours = dark ? DARK : LIGHT;
      map.getContainer().style.background = colours.water;
      map.getContainer().classList.toggle("dark", dark);
      map.attributionControl.setPrefix("Leaflet");
      map.options.renderer = L.canvas({ tolerance: 5 }); // a finger's breadth around a line
      const layer = protomapsL.leafletLayer({
        url, attribution, maxDataZoom: 6, backgroundColor: colours.water, lang: "en", tasks: [borrowFont()],
        paintRules: paintRules(colours), labelRules: labelRules(colours),
      });
      refine(layer, detail);
      // the names of the places alone, for above a background that hides those of ours
      const names = protomapsL.leafletLayer({
        sources: {}, attribution: "", pane: "ground", zIndex: 2, paintRules: [],
        labelRules: labelRules(colours).filter((rule) => rule.dataSource === "places"),
      });
      const namePlaces = nameOn(map, [layer, names]);
      Object.assign(dateline, { map, dark, attribution, colours, names, namePlaces, tints: tintsOn(map, dark) });
      layer.addTo(map);
      dateline.controls(map, bounds);
      map.on("click", dateline.tellOfClick);
    },
  };
})();
