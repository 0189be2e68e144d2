// The page's address holds where the map looks, and a button copies it. The rest of it is written by the server.
// What it holds when the page is opened, before anything moves the map, and then each time the reader does.
window.datelineAt ??= new URLSearchParams(location.search).get("at");

function frame() {
  return document.querySelector('iframe[title*="folium"]')?.contentWindow;
}

function write(map) {
  const { lat, lng } = map.getCenter(), address = new URL(location.href);
  const at = `${lat.toFixed(3)},${(((lng + 540) % 360 + 360) % 360 - 180).toFixed(3)},${map.getZoom()}`;
  window.datelineAt = at;
  if (address.searchParams.get("at") === at) return;
  address.searchParams.set("at", at);
  history.replaceState(history.state, "", address.href.replaceAll("%2C", ","));
}

function look(map) {
  const at = window.datelineAt, [lat, lon, zoom] = (at ?? "").split(",").map(Number);
  if (at && Math.abs(lat) <= 85 && Math.abs(lon) <= 180 && zoom >= 0) map.setView([lat, lon], zoom, { animate: false });
}

// The map comes after the page, and another one when its frame is made anew.
function follow() {
  const map = frame()?.map;
  if (!map?._loaded || !map.getSize().y) return void setTimeout(follow, 100);
  if (!map.followed) {
    map.followed = true;
    look(map);
    let moved = false; // by the reader: where the map begins is no news
    map.on("dragstart zoomstart", () => { moved = true; });
    map.on("moveend", () => { if (moved) write(map); });
  } else if (new URLSearchParams(location.search).has("at") || map.told) {
    write(map); // the server has just written the rest without it
  }
  map.told = new URLSearchParams(location.search).has("at");
}

async function copy(button) {
  const map = frame()?.map;
  if (map?._loaded) write(map);
  const label = button.textContent;
  try {
    await navigator.clipboard.writeText(location.href);
    button.textContent = "Link copied";
  } catch { // where the browser keeps its clipboard to itself
    prompt("Copy this link:", location.href);
  }
  setTimeout(() => { button.textContent = label; }, 1500);
}

export default function ({ parentElement }) {
  const button = parentElement.querySelector("button");
  button.onclick = () => copy(button);
  follow();
}
