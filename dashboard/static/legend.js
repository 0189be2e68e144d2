// What the symbols on the map mean, folded in a corner of it: a row for each that is drawn.
(function () {
  "use strict";

  const SYMBOLS = [ // what draws the swatch, what it means, and whether any of the points or shapes is such
    [{ symbol: "dot" }, "town or village", (p) => p.symbol === "dot" && !p.hollow && !p.grey && !p.km],
    [{ symbol: "dot", hollow: true }, "hollow: earlier events only", (p) => p.hollow],
    [{ symbol: "dot", grey: true }, "grey: named only, no event there", (p) => p.grey],
    [{ symbol: "dot", approximate: true }, "dashed: position or choice of the place in doubt", (p) => p.km],
    [{ symbol: "square" }, "building", (p) => p.symbol === "square"],
    [{ symbol: "diamond" }, "area without a shape: sea, region, bloc", (p) => p.symbol === "diamond"],
    [{ symbol: "area", opacity: 0.25 }, "country or province that is named itself", (p) => p.symbol === "area"],
    [{ symbol: "line", status: "" }, "border or line", (p) => p.kind === "line" && !p.status],
    [{ symbol: "line", status: "existing" }, "corridor in use", (p) => p.status === "existing"],
    [{ symbol: "line", status: "blockaded" }, "corridor blockaded", (p) => p.status === "blockaded"],
    [{ symbol: "line", status: "proposed" }, "corridor proposed", (p) => p.status === "proposed"],
    [{ symbol: "extent", opacity: 0.25 }, "somewhere in here: the text says no more", (p) => p.symbol === "extent" && p.kind !== "line"],
  ];
  const LARGER = "Larger: more independent sources.";
  const GROUPS = "A number counts the places around it: click it, or come nearer.";

  let control = null;

  function row({ text, ...meaning }) {
    const { element } = dateline;
    const square = element("canvas", { width: 44, height: 28 });
    square.setAttribute("aria-hidden", "true");
    const ctx = square.getContext("2d");
    ctx.scale(2, 2);
    dateline.swatch(ctx, 0, 0, 22, 14, meaning);
    return element("li", {}, square, element("span", { textContent: dateline.plain(text) }));
  }

  // Return the rows of what is drawn: the symbols, then the tints as the page names them.
  dateline.meanings = (data) => [...data.legend, ...symbols(data)];

  function symbols({ points, shapes }) {
    const looks = new Map(points.map(([, , , , , , symbol, , km, tone]) => [`${symbol} ${km > 0} ${tone}`, { symbol, km, hollow: tone === 1, grey: tone === 2 }]));
    const drawn = [...looks.values(), ...shapes.map((f) => f.properties)];
    return SYMBOLS.filter(([, , is]) => drawn.some(is)).map(([look, text]) => ({ ...look, text }));
  }

  dateline.legend = function (data) {
    const { element, map } = dateline;
    const open = control ? control.getContainer().querySelector("details").open : false;
    control?.remove();
    const tints = map.getSize().x > 500 ? data.legend : []; // what they mean nobody guesses: it stands there at once
    const rows = [...(tints.length ? [] : data.legend), ...symbols(data)];
    const notes = [data.points.length ? LARGER : "", data.points.length > 150 ? GROUPS : ""].filter(Boolean).join(" ");
    control = dateline.placeControl(map, "bottomleft", "legend",
      element("ul", {}, ...tints.map(row)),
      element("details", { open }, element("summary", { textContent: "Legend" }),
        element("ul", {}, ...rows.map(row)), element("p", { textContent: notes })));
  };
})();
