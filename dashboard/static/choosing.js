// What a pointer means on the map, and what the page around it points to: names, symbols, several of them in one place.
(function () {
  "use strict";

  const { style, SLACK } = dateline.look;
  const NEAR = 9; // zoom that a single place is shown at

  const about = (layer) => layer.feature.properties;

  function symbolsAt(point, slack) {
    return dateline.points.getLayers().filter((layer) => layer.distanceTo(point) <= slack)
      .sort((a, b) => a.distanceTo(point) - b.distanceTo(point));
  }

  // The symbols that a click may mean: those it is on; else the nearest one.
  function meant(point) {
    const on = symbolsAt(point, SLACK > 4 ? SLACK : 1);
    return on.length ? on : symbolsAt(point, SLACK).slice(0, 1);
  }

  // The id of what the name under a click belongs to.
  function namedAt(latlng) {
    const { all, ours } = dateline.names;
    const layer = dateline.map.hasLayer(all) ? all : ours;
    const zoom = dateline.map.getZoom();
    const { x, y } = dateline.map.project(latlng.wrap(), zoom);
    const found = layer.labelers.getIndex(zoom)?.tree.search({ minX: x, minY: y, maxX: x, maxY: y }) ?? [];
    return found.map((entry) => entry.indexedLabel.draw.names).find(Boolean);
  }

  // What streamlit-folium believes the page to know. It tells what differs from that, and then the page runs: at first
  // too, for the page begins with no number of clicks and the map with 0.
  function known() {
    const state = window.__GLOBAL_DATA__;
    const names = Object.keys(state.previous_data).filter((name) => name in state);
    return Object.assign(state.previous_data, Object.fromEntries(names.map((name) => [name, state[name]])));
  }
  known();

  // Tell the page what was chosen, at once: streamlit-folium would a quarter of a second later, lest more follow.
  function choose(id) {
    const state = window.__GLOBAL_DATA__;
    dateline.chosen = id; // it is in view already
    state.last_active_drawing = { properties: { id } };
    state.last_object_clicked_count += 1;
    window.Streamlit.setComponentValue(known());
  }

  // Several symbols in one place: a list to choose from.
  function offer(layers, latlng) {
    const list = document.createElement("ul");
    for (const properties of layers.map(about)) {
      const { name, id } = properties;
      const button = Object.assign(document.createElement("button"), { type: "button", onclick: () => {
        dateline.map.closePopup();
        choose(id);
      } });
      const told = Object.assign(document.createElement("small"), { textContent: dateline.plain(dateline.told(properties)).split("\n").at(-1) });
      button.append(dateline.plain(name), told);
      const row = document.createElement("li");
      row.append(button);
      list.append(row);
    }
    const title = Object.assign(document.createElement("p"), { textContent: `${layers.length} places here` });
    const box = document.createElement("div");
    box.append(title, list);
    L.popup({ className: "chooser", minWidth: 180, maxWidth: 260, maxHeight: 240 }).setLatLng(latlng).setContent(box)
      .openOn(dateline.map);
    dateline.points.closeTooltip();
    list.querySelector("button").focus({ preventScroll: true });
  }

  const onClick = L.Canvas.prototype._onClick;
  L.Canvas.include({
    _onClick(event) {
      const { map } = dateline;
      if (event.type !== "click" || !dateline.points) return onClick.call(this, event);
      if (map.dragging?.moved()) return undefined;
      const point = map.mouseEventToLayerPoint(event);
      const latlng = map.layerPointToLatLng(point);
      const symbols = meant(point);
      const named = symbols.length ? null : namedAt(latlng);
      if (symbols.length > 1 && symbols.every((layer) => about(layer).id)) offer(symbols, latlng);
      else if (symbols.length && about(symbols[0]).symbol === "group") dateline.expand(symbols[0].feature);
      else if (symbols.length) choose(about(symbols[0]).id);
      else if (named) choose(named);
      else {
        const shape = this._hoveredShape(point);
        if (!shape) return onClick.call(this, event); // which closes what is open
        choose(about(shape).id);
      }
      return undefined;
    },
    _hoveredShape(point) {
      let found = null;
      for (let order = this._drawFirst; order; order = order.next) {
        const { layer } = order;
        if (layer.options.interactive && layer.feature && layer._containsPoint(point)) found = layer;
      }
      return found;
    },
  });

  // What is said of what the pointer is on: its name, and a line.
  dateline.label = function (layer) {
    const box = document.createElement("div");
    const on = layer.distanceTo ? symbolsAt(layer._point, 0) : [];
    const [first, ...rest] = on.length > 1
      ? [on.map((each) => dateline.plain(dateline.told(about(each)).split("\n")[0])).join(" · "),
        `${on.length} places here: click to choose one`]
      : dateline.plain(dateline.told(about(layer))).split("\n");
    box.append(Object.assign(document.createElement("b"), { textContent: first }), rest.join(" "));
    return box;
  };

  dateline.hover = function (feature, layer) {
    if (feature.properties.symbol === "extent" || feature.properties.selected) return;
    layer.on({
      mouseover: () => layer.setStyle({ weight: 2, opacity: 0.9 }),
      mouseout: () => layer.setStyle(style(feature)),
    });
  };

  // Move the view to what was chosen elsewhere, unless it is in it: the selection, or the places of a passage.
  let shown = "";
  dateline.show = function ({ selected, focus }) {
    const asked = JSON.stringify([selected, focus]);
    const own = selected === dateline.chosen;
    dateline.chosen = null;
    if (asked === shown) return;
    shown = asked;
    if (own) return;
    const ids = new Set(focus.length ? focus : [selected]);
    bring(dateline.extent((id) => ids.has(id)));
  };

  function bring(bounds) {
    const { map } = dateline;
    const { x, y } = map.getSize();
    if (!bounds || !x || !y) return;
    const inset = L.bounds([40, 30], [x - 40, y - 30]);
    const corners = [bounds.getNorthWest(), bounds.getSouthEast()].map((at) => map.latLngToContainerPoint(at));
    if (corners.every((corner) => inset.contains(corner))) return;
    if (bounds.getNorthWest().equals(bounds.getSouthEast())) map.setView(bounds.getCenter(), map.getZoom());
    else map.fitBounds(bounds, { maxZoom: Math.max(map.getZoom(), NEAR), padding: [30, 30] });
  }
  dateline.NEAR = NEAR;
})();
