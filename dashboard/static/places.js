// Draws what the articles name: points, groups of points where there are many, shapes. Data come from dashboard/map.
(function () {
  "use strict";

  const { colours, marker, style, tint } = dateline.look;
  const GROUPED = 150; // points; more are shown in groups until the map is near
  const GROUPS = { radius: 55, maxZoom: 9, minPoints: 3 }; // of supercluster
  const WIDE = 5; // km: what is known no better has a circle around it

  const figures = new Intl.NumberFormat("en");
  const counted = (number, noun) => `${figures.format(number)} ${noun}${number === 1 ? "" : "s"}`;

  function point([id, name, lon, lat, mentions, articles, symbol, size, km, tone], selected) {
    return { type: "Feature", geometry: { type: "Point", coordinates: [lon, lat] }, properties: {
      id, name, symbol, size, mentions, articles, approximate: km > 0, km, hollow: tone === 1, grey: tone === 2, selected: id === selected } };
  }

  // What is said of a feature, its name in the first line; of a point only when it is asked for, as there are thousands.
  dateline.told = function ({ label, name, mentions, articles, km, hollow, grey }) {
    if (label !== undefined) return label;
    const told = [`${counted(mentions, "mention")} in ${counted(articles, "article")}`];
    if (hollow) told.push("of earlier events");
    if (grey) told.push("none of an event");
    if (km) told.push(`position known to ${km} km`);
    return `${name}\n${told.join(", ")}`;
  };

  function cell({ id, geometry, properties: { point_count: places, mentions } }) {
    const label = `${counted(places, "place")} here\n${counted(mentions, "mention")}: click to come nearer`;
    return { type: "Feature", geometry, properties: { id: "", cluster: id, name: "", label, symbol: "group",
      size: Math.min(18, 8.5 + 1.6 * Math.log2(places)), places: figures.format(places), selected: false } };
  }

  // The earth is drawn many times side by side: return the longitude nearest to the middle of the view.
  function near(lon) {
    return lon + 360 * Math.round((dateline.map.getCenter().lng - lon) / 360);
  }
  const pointNear = ([lon, lat]) => L.latLng(lat, near(lon));

  // Each part of a shape as a whole goes to where it is nearest: Fiji has some on both sides of 180 degrees.
  function shapeNear(feature) {
    const { type, coordinates } = feature.geometry;
    const depth = { LineString: 1, MultiLineString: 2, Polygon: 2, MultiPolygon: 3 }[type];
    const moved = (part) => {
      const lons = (part.length && typeof part[0][0] === "number" ? part : part[0]).map(([lon]) => lon);
      const middle = (Math.min(...lons) + Math.max(...lons)) / 2;
      const by = near(middle) - middle;
      const shift = (each) => (typeof each[0] === "number" ? [each[0] + by, each[1]] : each.map(shift));
      return by ? shift(part) : part;
    };
    const many = type.startsWith("Multi");
    return { ...feature, geometry: { type, coordinates: depth ? (many ? coordinates.map(moved) : moved(coordinates)) : coordinates } };
  }

  function groupsOf(features) {
    const index = new Supercluster({ ...GROUPS, map: ({ mentions }) => ({ mentions }),
      reduce: (all, { mentions }) => { all.mentions += mentions; } });
    return index.load(features);
  }

  // The points: all of them, or, where they are many, those in view, in groups until the map is near.
  function scatter(map, layer, radii, { points, selected }) {
    const features = points.map((row) => point(row, selected));
    const groups = features.length > GROUPED ? groupsOf(features.filter((f) => !f.properties.selected)) : null;
    const rows = () => {
      if (!groups) return features;
      const view = map.getBounds().pad(0.3);
      const found = groups.getClusters([view.getWest(), view.getSouth(), view.getEast(), view.getNorth()], map.getZoom());
      return [...found.map((f) => (f.properties.cluster ? cell(f) : f)), ...features.filter((f) => f.properties.selected)];
    };
    dateline.expand = (cluster) => map.setView(pointNear(cluster.geometry.coordinates),
      Math.min(groups.getClusterExpansionZoom(cluster.properties.cluster), map.getMaxZoom()));
    let middle = null;
    const draw = () => {
      if (!groups && middle !== null && Math.abs(map.getCenter().lng - middle) < 60) return;
      middle = map.getCenter().lng;
      const drawn = rows();
      radii.clearLayers();
      for (const { properties: { km }, geometry: { coordinates } } of drawn) {
        if (km >= WIDE) radii.addLayer(L.circle(pointNear(coordinates), { radius: km * 1000, interactive: false, weight: 1,
          color: colours().point, opacity: 0.8, dashArray: "2 5", fillOpacity: 0.04 }));
      }
      layer.clearLayers();
      layer.addData({ type: "FeatureCollection", features: drawn });
      dateline.namePlaces(layer.getLayers(), dateline.drawn.shapes);
    };
    draw();
    map.on("moveend", draw);
    layer.on("remove", () => map.off("moveend", draw));
  }

  function lay(group, shapes) {
    const placed = shapes.map(shapeNear);
    const tinted = placed.filter((f) => f.properties.symbol === "shade" || f.properties.symbol === "held");
    if (tinted.length) {
      const under = { pane: "tints", renderer: dateline.tints, interactive: false };
      L.geoJSON(tinted, { ...under, style: tint, onEachFeature: (_, l) => { delete l.feature; } }).addTo(group);
    }
    return L.geoJSON(placed, { style, onEachFeature: dateline.hover }).addTo(group);
  }

  // Put the data on `group`: shapes (GeoJSON features), points (rows), selected, focus, legend and words for the picture.
  dateline.draw = function (group, data) {
    const { map } = dateline;
    dateline.drawn = data;
    map.closePopup();
    const shapes = L.layerGroup().addTo(group);
    let middle = null;
    const place = () => { // again where the middle of the view has come to another side of the earth
      if (middle !== null && Math.abs(map.getCenter().lng - middle) < 60) return;
      middle = map.getCenter().lng;
      shapes.clearLayers();
      lay(shapes, data.shapes).bindTooltip(dateline.label, { className: "place", direction: "top", sticky: true });
    };
    place();
    map.on("moveend", place);
    shapes.on("remove", () => map.off("moveend", place));
    const radii = L.layerGroup().addTo(group);
    const points = L.geoJSON(null, { coordsToLatLng: pointNear, pointToLayer: marker }).addTo(group);
    points.bindTooltip(dateline.label, { className: "place", direction: "top" });
    dateline.points = points;
    scatter(map, points, radii, data);
    dateline.legend(data);
    dateline.show(data);
  };

  dateline.nameOf = function (id) {
    const { points, shapes } = dateline.drawn;
    const row = points.find((point) => point[0] === id);
    return dateline.plain(row ? row[1] : shapes.find((f) => f.properties.id === id)?.properties.name ?? "");
  };

  // Where everything lies that is drawn, or that `keep` holds of; null where nothing is.
  dateline.extent = function (keep = () => true) {
    const { points, shapes } = dateline.drawn ?? { points: [], shapes: [] };
    const bounds = L.latLngBounds([]);
    for (const [id, , lon, lat] of points) if (keep(id)) bounds.extend(pointNear([lon, lat]));
    for (const f of shapes) {
      if (f.properties.symbol !== "held" && keep(f.properties.id)) bounds.extend(L.geoJSON(shapeNear(f)).getBounds());
    }
    return bounds.isValid() ? bounds : null;
  };
})();
