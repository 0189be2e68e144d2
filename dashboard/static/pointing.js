// Shows on the map what the page around it points at: the page calls `dateline.point` with the ids of places.
(function () {
  "use strict";

  const EDGE = 18; // pixels from the rim, for a place that is out of view

  let rings = null;

  function ringed(bounds) {
    const { map } = dateline;
    const { x, y } = map.getSize();
    const at = map.latLngToContainerPoint(bounds.getCenter());
    return { at, inside: L.point(Math.min(Math.max(at.x, EDGE), x - EDGE), Math.min(Math.max(at.y, EDGE), y - EDGE)) };
  }

  // Put a ring around each; a single place that is out of view is named at the rim that it lies behind.
  dateline.point = function (ids) {
    const { map } = dateline;
    rings?.remove();
    rings = L.layerGroup().addTo(map);
    for (const id of ids) {
      const bounds = dateline.drawn && dateline.extent((each) => each === id);
      if (!bounds) continue;
      const { at, inside } = ringed(bounds);
      if (!inside.equals(at) && ids.length > 1) continue;
      const place = map.containerPointToLatLng(inside);
      const { ring } = dateline.look.colours();
      L.circleMarker(place, { radius: 15, weight: 3, fill: false, interactive: false, color: ring }).addTo(rings);
      if (ids.length > 1) continue;
      const box = Object.assign(document.createElement("b"), { textContent: dateline.nameOf(id) });
      const direction = inside.x > map.getSize().x / 2 ? "left" : "right";
      L.tooltip({ className: "place", direction, offset: [direction === "left" ? -14 : 14, 0] })
        .setLatLng(place).setContent(box).addTo(rings);
    }
  };
})();
