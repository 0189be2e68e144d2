// Passages as cards, or one article whole. Every text arrives as data and becomes a text node, never markup.
// A name or a date is a link into the page; the page is told what was chosen and nothing is loaded anew.

function element(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

function link(className, text, query, title, act) {
  const made = element("a", className, text);
  made.href = "?" + new URLSearchParams(query);
  made.title = title;
  made.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return; // another window, as with any link
    event.preventDefault();
    act();
  });
  return made;
}

function button(text, act, label) {
  const made = element("button", "dl-act", text);
  made.type = "button";
  if (label) made.setAttribute("aria-label", label);
  made.addEventListener("click", act);
  return made;
}

// Ring on the map what a card or a name stands for, while the pointer or the focus is on it.
function point(places) {
  const frame = document.querySelector('iframe[title*="folium"]')?.contentWindow;
  if (frame?.map?._loaded) frame.dateline?.point?.(places);
}

const DAYS = (target) => { const [from, to] = target.split("/"); return { from, to }; };

// A text in parts: [words, what they are, what they lead to, the same in words].
function written(parts, choose) {
  return parts.map(([text, kind, target, about]) => {
    if (kind === "date") return link("dl-date", text, DAYS(target), `Show only ${about}`, () => choose("days", target));
    if (kind === "place" || kind === "actor" || kind === "selected") {
      const made = link(`dl-${kind}`, kind === "selected" ? element("strong", "", text) : text, { place: target },
        kind === "actor" ? "Who acts here: show all that is said of it" : "Show this place on the map", () => choose("place", target));
      for (const sign of ["pointerenter", "focus"]) made.addEventListener(sign, () => point([target]));
      return made;
    }
    return kind ? element(kind === "word" ? "mark" : "span", `dl-${kind}`, text) : document.createTextNode(text);
  });
}

async function copy(event, text) {
  const pressed = event.currentTarget, before = pressed.textContent;
  try {
    await navigator.clipboard.writeText(text);
    pressed.textContent = "Copied";
  } catch { // where the browser keeps its clipboard to itself
    const box = element("textarea", "", text);
    pressed.after(box);
    box.select();
    pressed.textContent = document.execCommand("copy") ? "Copied" : "Press Ctrl+C";
    box.remove();
  }
  setTimeout(() => { pressed.textContent = before; }, 1500);
}

// Words on one click, what citation managers read behind one more.
function cite(citations) {
  const styles = Object.entries(citations).map(([style, text], first) =>
    button(first ? style : "Copy citation", (event) => copy(event, cited(text)), first ? `Copy as ${style}` : ""));
  const others = element("details", "dl-styles", element("summary", "dl-act", "as …"), ...styles.slice(1));
  others.firstChild.setAttribute("aria-label", "Copy the citation for a citation manager");
  return [styles[0], others];
}

function cited(text) {
  const address = new URL(location.href);
  return text.replace("{address}", address.origin + address.pathname);
}

function source(card) {
  const line = element("p", "dl-source", card.source);
  if (card.url) {
    const out = element("a", "", "original ↗");
    Object.assign(out, { href: card.url, target: "_blank", rel: "noopener noreferrer", title: card.url });
    line.append(" · ", out);
  }
  return line;
}

function dates(card, choose) {
  return card.dates.map(({ sign, when, days, why }) => {
    const shown = days ? link("dl-when", `${sign} ${when}`, DAYS(days), `Show only ${when}`, () => choose("days", days))
      : element("span", "dl-when", `${sign} ${when}`);
    return element("p", "dl-dated", shown, why ? element("span", "dl-why", ` ${why}`) : "");
  });
}

function reasons(card, choose) {
  const list = element("dl", "", ...card.reasons.flatMap(([term, words]) => [element("dt", "", term), element("dd", "", words)]));
  const box = element("details", "dl-reasons", element("summary", "dl-act", "Why?"), list);
  if (card.weighed) box.append(button("What was weighed", () => choose("weigh", card.ref)));
  return box;
}

function others(said, words, choose) {
  const told = said.map(({ said, source, ref }) => element("div", "", element("p", "", said),
    element("p", "dl-source", source), button("Open in article", () => choose("open", ref))));
  const where = `${said.length} other article${said.length === 1 ? "" : "s"}`;
  return element("details", "dl-also", element("summary", "dl-act", words.replace("{}", where)), ...told);
}

function drawCard(card, choose) {
  const text = element("p", "dl-text");
  const rest = (parts, sign) => {
    if (!parts.length) return [];
    const hidden = element("span", "", ...written(parts, choose));
    hidden.hidden = true;
    const more = button(sign, () => { hidden.hidden = false; more.remove(); }, "Show the whole passage");
    more.classList.add("dl-more");
    return [more, hidden];
  };
  text.append(...rest(card.before, "… "), ...written(card.sentence, choose), ...rest(card.after, " …"));
  const acts = element("div", "dl-acts");
  if (card.ref) acts.append(button("Open in article", () => choose("open", card.ref)));
  if (card.citations) acts.append(...cite(card.citations));
  if (card.ref) acts.append(button("Correct", () => choose("mend", card.ref)));
  if (card.reasons.length) acts.append(reasons(card, choose));
  if (card.also?.length) acts.append(others(card.also, "Also in {}", choose));
  if (card.against?.length) acts.append(others(card.against, "Another number, with its sentence", choose));
  const made = element("article", "dl-card", text, ...(card.note ? [element("p", "dl-note", card.note)] : []),
    ...dates(card, choose), source(card), ...card.cautions.map((words) => element("p", "dl-caution", words)), acts);
  made.addEventListener("pointerenter", () => point(card.places));
  made.addEventListener("pointerleave", () => point([]));
  return made;
}

function drawArticle(article, choose) {
  const paragraphs = article.paragraphs.map(({ parts, furniture, here }) => {
    const made = element("p", here ? "dl-here" : furniture ? "dl-furniture" : "", ...written(parts, choose));
    if (furniture) made.title = furniture;
    return made;
  });
  return element("article", "dl-article", element("div", "dl-acts", ...cite(article.citations)), ...paragraphs);
}

// What was asked for comes into view, in the box that scrolls around it; paragraphs may still be on their way.
function bring(here) {
  let box = here.parentElement;
  while (box && !/auto|scroll/.test(getComputedStyle(box).overflowY)) box = box.parentElement;
  let frames = 20;
  const settle = () => {
    if (!box) return here.scrollIntoView({ block: "center" });
    box.scrollTop += here.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 4;
    if (--frames) requestAnimationFrame(settle);
  };
  settle();
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".dl-texts");
  const print = JSON.stringify(data);
  if (root.drawn === print) return; // the same once more: what the reader opened stays open
  root.drawn = print;
  const choose = (what, id) => setTriggerValue("chosen", { what, id });
  if (data.article) root.replaceChildren(drawArticle(data.article, choose));
  else root.replaceChildren(...data.cards.map((card) => drawCard(card, choose)));
  const here = root.querySelector(".dl-here");
  if (here) bring(here);
}
