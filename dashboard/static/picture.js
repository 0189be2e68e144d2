// The map as a PNG, put together in the browser: background, tints and symbols, and below them what they show, in words.
(function () {
  "use strict";

  const SCALE = 2; // pixels of the picture per pixel of the page
  const MARGIN = 14;
  const FAMILY = '"Source Sans", system-ui, sans-serif';

  function lines(ctx, text, width) {
    const found = [""];
    for (const word of text.split(/\s+/)) {
      const longer = `${found.at(-1)} ${word}`.trim();
      if (ctx.measureText(longer).width <= width) found[found.length - 1] = longer;
      else found.push(word);
    }
    return found;
  }

  // The canvases of the map from the lowest up. Pictures from the internet are left out: they have rights of their own.
  function layers(map) {
    const order = ["tilePane", "tints", "overlayPane", "names"];
    return order.flatMap((name) => [...map.getPane(name).querySelectorAll("canvas")].map((canvas) => ({
      canvas, blend: name === "tints" ? map.getPane(name).style.mixBlendMode : "source-over",
    })));
  }

  // What stands below the map: rows of words, each with its size and the swatch before it.
  function caption(ctx, width) {
    const { words } = dateline.drawn;
    const rows = [];
    const add = (text, font, swatch) => {
      ctx.font = font;
      for (const [i, line] of lines(ctx, dateline.plain(text), width - 2 * MARGIN - (swatch ? 32 : 0)).entries()) {
        rows.push({ line, font, swatch: i ? null : swatch, indent: swatch ? 32 : 0 });
      }
    };
    add(words, `600 15px ${FAMILY}`);
    for (const { text, ...swatch } of dateline.meanings(dateline.drawn)) add(text, `400 13px ${FAMILY}`, swatch);
    add(`Dateline · ${dateline.attribution}`, `400 12px ${FAMILY}`);
    return rows;
  }

  function bar(ctx, map, height) {
    const line = map.getContainer().querySelector(".leaflet-control-scale-line");
    const length = line.offsetWidth;
    ctx.strokeStyle = ctx.fillStyle = dateline.colours.country;
    ctx.lineWidth = 1.5;
    ctx.beginPath();
    ctx.moveTo(MARGIN, height - 18);
    ctx.lineTo(MARGIN, height - 12);
    ctx.lineTo(MARGIN + length, height - 12);
    ctx.lineTo(MARGIN + length, height - 18);
    ctx.stroke();
    ctx.font = `400 12px ${FAMILY}`;
    ctx.fillText(line.textContent, MARGIN + 5, height - 18);
  }

  function compose(map) {
    const { x: width, y: height } = map.getSize();
    const canvas = document.createElement("canvas");
    const ctx = canvas.getContext("2d");
    const rows = caption(ctx, width);
    canvas.width = width * SCALE;
    canvas.height = (height + rows.length * 20 + 2 * MARGIN) * SCALE;
    ctx.scale(SCALE, SCALE);
    ctx.fillStyle = dateline.dark ? "#1f2328" : "#ffffff";
    ctx.fillRect(0, 0, width, canvas.height);
    ctx.save();
    ctx.beginPath();
    ctx.rect(0, 0, width, height);
    ctx.clip();
    ctx.fillStyle = dateline.colours.water;
    ctx.fillRect(0, 0, width, height);
    const corner = map.getContainer().getBoundingClientRect();
    for (const { canvas: part, blend } of layers(map)) {
      const box = part.getBoundingClientRect();
      ctx.globalCompositeOperation = blend;
      ctx.drawImage(part, box.x - corner.x, box.y - corner.y, box.width, box.height);
    }
    ctx.restore();
    bar(ctx, map, height);
    ctx.textBaseline = "middle";
    rows.forEach(({ line, font, swatch, indent }, i) => {
      const y = height + MARGIN + 20 * i + 10;
      if (swatch) dateline.swatch(ctx, MARGIN, y - 7, 22, 14, swatch);
      ctx.fillStyle = dateline.dark ? "#f1f0f4" : "#1c1917";
      ctx.font = font;
      ctx.fillText(line, MARGIN + indent, y);
    });
    return canvas;
  }

  dateline.picture = async function (map) {
    const blob = await new Promise((done) => compose(map).toBlob(done, "image/png"));
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = "dateline-map.png";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  };
})();
