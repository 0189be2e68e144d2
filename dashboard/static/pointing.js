// Shows on the map what the pointer or the focus is on in the page around it: the place of a link, or those of a card.
(function () {
  "use strict";

  const MOST = 12; // places of a card; of a long article they would all be ringed
  const EDGE = 18; // pixels from the rim, for a place that is out of view
  const NAMES_PLACE = "a[href*='place=']";

  const named = (link) => new URL(link.href).searchParams.get("place");

  function pointedAt(path) {
    const elements = path.filter((each) => each.nodeType === Node.ELEMENT_NODE);
    const link = elements.find((each) => each.matches(NAMES_PLACE));
    if (link) return [named(link)];
    const card = elements.find((each) => each.matches("article"));
    const ids = card ? [...new Set([...card.querySelectorAll(NAMES_PLACE)].map(named))] : [];
    return ids.length <= MOST ? ids : [];
  }

  let rings = null;
  let shown = "";

  // A ring around each; a single place that is out of view is named at the rim that it lies behind.
  function show(ids) {
    const { map } = dateline;
    if (!map || ids.join() === shown) return;
    shown = ids.join();
    rings?.remove();
    rings = L.layerGroup().addTo(map);
    const { x, y } = map.getSize();
    for (const id of ids) {
      const bounds = dateline.extent((each) => each === id);
      if (!bounds) continue;
      const point = map.latLngToContainerPoint(bounds.getCenter());
      const inside = L.point(Math.min(Math.max(point.x, EDGE), x - EDGE), Math.min(Math.max(point.y, EDGE), y - EDGE));
      if (!inside.equals(point) && ids.length > 1) continue;
      const at = map.containerPointToLatLng(inside);
      L.circleMarker(at, { radius: 15, weight: 3, fill: false, interactive: false, color: dateline.look.colours().ring }).addTo(rings);
      if (ids.length > 1) continue;
      const box = document.createElement("b");
      box.textContent = dateline.nameOf(id);
      const direction = inside.x > x / 2 ? "left" : "right";
      L.tooltip({ className: "place", direction, offset: [direction === "left" ? -14 : 14, 0] }).setLatLng(at).setContent(box).addTo(rings);
    }
  }

  const follow = (event) => show(pointedAt(event.composedPath()));
  const events = ["mouseover", "focusin"];
  for (const event of events) parent.document.addEventListener(event, follow);
  addEventListener("pagehide", () => events.forEach((event) => parent.document.removeEventListener(event, follow)));
})();
