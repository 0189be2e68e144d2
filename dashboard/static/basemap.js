// Draws the background of the map from basemap.pmtiles, and from basemap_detail.pmtiles where that is finer: land, water
// and borders, in light or dark; the names on it are those of names.js.
// The layers and properties of the tiles are described in geodata/sources/basemap.py.
(function () {
  "use strict";

  // The page loads scripts one after another, this one first: ask for the others now.
  const OTHERS = ["vendor/leaflet/leaflet.js", "vendor/protomaps-leaflet/protomaps-leaflet.js", 
    "vendor/supercluster/supercluster.min.js", "names.js", "symbols.js", "places.js", "choosing.js", "controls.js",
    "legend.js", "pointing.js", "picture.js"];
  for (const file of OTHERS) {
    const href = new URL(file, document.currentScript.src);
    document.head.append(Object.assign(document.createElement("link"), { rel: "preload", as: "script", href }));
  }

  // A map that is taken off the page while it fetches its tiles has not failed.
  let leaving = false;
  for (const sign of ["beforeunload", "pagehide"]) window.addEventListener(sign, () => { leaving = true; });
  window.addEventListener("unhandledrejection", (event) => { if (leaving) event.preventDefault(); });

  const LIGHT = {
    water: "#cfe0ea", shore: "#b3cfdf", land: "#f7f5f0", river: "#a9c9dc",
    region: "#cfc8bd", border: "#8f8796", borderGlow: "#e6dfe6",
    country: "#3d3a45", regionName: "#625b52", town: "#35343a", village: "#5b5960", dot: "#6b6970",
    seaName: "#33607a", halo: "#fbfaf7", seaHalo: "#d9e7ef",
    place: "#1c1917", area: "#14537d", extent: "#7c2d12",
  };
  const DARK = {
    water: "#16222c", shore: "#21343f", land: "#272b31", river: "#2f4a5b",
    region: "#3e444c", border: "#7d7a88", borderGlow: "#30343b",
    country: "#dcdbe2", regionName: "#a5a8af", town: "#cfd0d6", village: "#a8abb3", dot: "#8a8d95",
    seaName: "#7fa9c2", halo: "#1f2328", seaHalo: "#16222c",
    place: "#ffffff", area: "#8ecbf4", extent: "#ffc49b",
  };

  const seen = (zoom, f) => zoom >= (f.props.z ?? 0) && zoom <= (f.props.x ?? 30);

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

  const COARSE = 10; // zoom beyond which the tiles of the world show an empty sheet

  // Come nearer than that only where the finer tiles are; who is there already, and moves out of them, may stay.
  function limit(map, covered) {
    const finest = map.getMaxZoom();
    const look = async () => {
      const zoom = map.getZoom();
      const { x, y } = map.project(map.getCenter().wrap(), finest).divideBy(256).floor();
      map.setMaxZoom((await covered)({ x, y, z: finest }) ? finest : Math.max(COARSE, zoom));
    };
    map.on("moveend", look);
    look();
  }

  // Draw from the finer tiles what they cover, from the zoom on that they begin with; return where that is.
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
    return covered;
  }

  // Tints lie in a canvas of their own between the background and the symbols, so that names show through.
  function tintsOn(map, dark) {
    const pane = map.createPane("tints");
    Object.assign(pane.style, { zIndex: 350, pointerEvents: "none", mixBlendMode: dark ? "screen" : "multiply" });
    return L.canvas({ pane: "tints", padding: 0.3 });
  }

  const CLOSEST = 10; // zoom of the first view, where a corpus names a single town
  const NAME = 60; // pixels: the least room for the name beside the easternmost dot

  // The frame has no height at first, and may get another later: fit the first view anew until anything moves the map.
  function firstView(map, bounds) {
    let fitting = false;
    const fit = () => {
      fitting = true;
      if (map.getSize().x && map.getSize().y) {
        map.fitBounds(bounds, { maxZoom: CLOSEST, animate: false, paddingBottomRight: [NAME, 0] });
      }
      fitting = false;
    };
    map.setView(L.latLngBounds(bounds).getCenter(), CLOSEST, { animate: false });
    fit();
    map.on("resize", fit);
    map.on("movestart", () => { if (!fitting) map.off("resize", fit); });
    new ResizeObserver(() => map.invalidateSize({ pan: false })).observe(map.getContainer());
  }

  window.dateline = {
    dark: false,
    plain: (escaped) => new DOMParser().parseFromString(escaped, "text/html").documentElement.textContent,
    seen,
    // Draw the background on `map`; options: url of the tiles and of finer ones, dark, attribution, bounds of the corpus.
    basemap(map, { url, detail, dark, attribution, bounds }) {
      const colours = dark ? DARK : LIGHT;
      map.getContainer().style.background = colours.water;
      map.getContainer().classList.toggle("dark", dark);
      map.attributionControl.setPrefix("Leaflet");
      map.options.renderer = L.canvas({ tolerance: 5 }); // a finger's breadth around a line
      const layer = protomapsL.leafletLayer({
        url, attribution, maxDataZoom: 6, backgroundColor: colours.water, lang: "en",
        paintRules: paintRules(colours), labelRules: [],
      });
      const covered = refine(layer, detail);
      Object.assign(dateline, { map, dark, attribution, colours, tints: tintsOn(map, dark) });
      firstView(map, bounds);
      limit(map, covered);
      layer.addTo(map);
      dateline.layNames(map, layer);
      dateline.controls(map, bounds);
    },
  };
})();
