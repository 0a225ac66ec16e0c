"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const { texts, rules, clauses, findings } = data;
  const LEVELS = ["error", "warning", "note"];
  // Findings in the document at a time: more would make a page of 20,000 slow.
  const PER_PAGE = 50;
  // Tiles of the map; the smallest are one together.
  const TILES = 40;
  const $ = (id) => document.getElementById(id);
  const number = (count) => count.toLocaleString("en");
  const plural = (count, word) => `${number(count)} ${word}${count === 1 ? "" : "s"}`;

  // An element; texts go in as text and never as markup.
  const el = (name, properties = {}, ...children) => {
    const node = Object.assign(document.createElement(name), properties);
    node.append(...children.filter((child) => child !== null && child !== undefined));
    return node;
  };
  const link = (url, text) =>
    url && /^https?:/.test(url) ? el("a", { href: url, rel: "noopener noreferrer" }, text) : text;
  const button = (text, act, properties = {}) => {
    const node = el("button", { type: "button", ...properties }, text);
    node.addEventListener("click", act);
    return node;
  };

  const pathOf = (finding) => (finding.path === undefined ? "" : texts[finding.path]);
  const count = (list) => {
    const counts = { error: 0, warning: 0, note: 0, all: 0 };
    for (const finding of list) {
      counts[finding.level] += 1;
      counts.all += 1;
    }
    return counts;
  };
  const gravest = (counts) => LEVELS.find((level) => counts[level] > 0);
  const levels = (counts) =>
    LEVELS.filter((level) => counts[level]).map((level) => plural(counts[level], level)).join(", ");
  // In the order of `keys`' first mention; the gravest and most first.
  const grouped = (key) => {
    const groups = new Map();
    for (const finding of findings) {
      const name = key(finding);
      if (!groups.has(name)) groups.set(name, []);
      groups.get(name).push(finding);
    }
    const list = [...groups].map(([name, group]) => ({ name, counts: count(group) }));
    return list.sort((a, b) =>
      b.counts.error - a.counts.error || b.counts.warning - a.counts.warning || b.counts.note - a.counts.note);
  };

  // What is shown.
  const filter = { query: "", levels: new Set(LEVELS), rule: "", family: null, clause: null, path: "" };
  let order = "level";
  let found = findings;
  let page = 0;

  const haystacks = [];
  const haystack = (index) => {
    if (haystacks[index] === undefined) {
      const finding = findings[index];
      const parts = [pathOf(finding), rules[finding.rule].id, texts[finding.message], texts[finding.help]];
      for (const line of finding.lines || []) parts.push(line.join(""));
      haystacks[index] = parts.join("\n").toLowerCase();
    }
    return haystacks[index];
  };
  const isBelow = (path, folder) =>
    folder === "" || path === folder || (folder.endsWith("/") && path.startsWith(folder));
  const apply = () => {
    const words = filter.query.toLowerCase().split(/\s+/).filter(Boolean);
    found = findings.filter((finding, index) => {
      const rule = rules[finding.rule];
      return filter.levels.has(finding.level)
        && (filter.rule === "" || finding.rule === Number(filter.rule))
        && (filter.family === null || rule.family === filter.family)
        && (filter.clause === null || rule.clause === filter.clause)
        && isBelow(pathOf(finding), filter.path)
        && words.every((word) => haystack(index).includes(word));
    });
    const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
    if (order === "path") {
      found.sort((a, b) => compare(pathOf(a), pathOf(b)) || (a.at || [0])[0] - (b.at || [0])[0]);
    } else if (order === "rule") {
      found.sort((a, b) => compare(rules[a.rule].id, rules[b.rule].id));
    }
    page = 0;
    chips();
    list();
  };
  // Shows what a part of the overview stands for, and goes there.
  const choose = (change) => {
    Object.assign(filter, change);
    apply();
    $("findings").focus();
  };

  const chips = () => {
    const chip = (text, change) =>
      button(`${text} ✕`, () => { Object.assign(filter, change); apply(); $("findings").focus(); },
        { ariaLabel: `Remove the filter: ${text}` });
    const all = [];
    if (filter.family !== null) all.push(chip(`family ${filter.family}`, { family: null }));
    if (filter.clause !== null) all.push(chip(`clause: ${clauses[filter.clause].section}`, { clause: null }));
    if (filter.path !== "") all.push(chip(`in ${filter.path}`, { path: "" }));
    $("chips").replaceChildren(...all);
  };

  const list = () => {
    const pages = Math.max(1, Math.ceil(found.length / PER_PAGE));
    const from = page * PER_PAGE;
    const shown = found.slice(from, from + PER_PAGE);
    $("list").start = from + 1;
    $("list").replaceChildren(...shown.map(item));
    $("count").textContent = findings.length === 0
      ? "Nothing was found."
      : `${number(found.length)} of ${plural(findings.length, "finding")}`
        + (pages > 1 ? `, ${number(from + 1)} to ${number(from + shown.length)} shown` : "");
    $("pages").hidden = pages === 1;
    $("page").textContent = `Page ${number(page + 1)} of ${number(pages)}`;
    $("previous").disabled = page === 0;
    $("next").disabled = page + 1 >= pages;
  };
  const turn = (by) => {
    page += by;
    list();
    $("findings").focus();
  };

  const item = (finding) => {
    const rule = rules[finding.rule];
    const clause = clauses[rule.clause];
    const [line, column] = finding.at || [];
    const place = finding.path === undefined
      ? "the repository as a whole"
      : pathOf(finding) + (line ? `:${line}:${column}` : "");
    const snippet = (finding.lines || []).flatMap(([before, words, after], index) => [
      index > 0 ? "\n" : "",
      el("i", {}, `${String(line + index).padStart(String(line + finding.lines.length - 1).length)} | `),
      before, words ? el("mark", {}, words) : "", after,
    ]);
    const related = (finding.related || []).map(([path, at, message]) =>
      el("li", {}, el("code", {}, `${texts[path]}:${at}`), message ? ` ${texts[message]}` : ""));
    if (finding.more) related.push(el("li", {}, `and ${plural(finding.more, "more place")}`));
    return el("li", {}, el("article", { className: finding.level },
      el("h3", { dir: "auto" }, el("span", { className: finding.level }, finding.level), texts[finding.message]),
      el("p", { className: "where" }, el("code", {}, place), el("span", {}, rule.id)),
      snippet.length ? el("pre", { tabIndex: 0, role: "group", ariaLabel: `Text at ${place}` }, ...snippet) : null,
      el("p", { className: "help", dir: "auto" }, ...spans(texts[finding.help])),
      related.length
        ? el("details", {}, el("summary", {}, `${plural(finding.related.length + (finding.more || 0), "further place")}`), el("ul", {}, ...related))
        : null,
      finding.sentence
        ? el("blockquote", { dir: "auto" }, texts[finding.sentence[0]], " ", link(finding.sentence[1], "source"))
        : null,
      el("p", {}, el("span", { title: rule.meaning }, `${rule.force}: `), link(clause.url, `${clause.document}, ${clause.section}`)),
      el("details", {}, el("summary", {}, "In the page’s words"), el("blockquote", { dir: "auto" }, clause.quote), el("p", {}, `Here: ${rule.meaning}.`)),
    ));
  };
  // Words between backticks are to be typed.
  const spans = (text) =>
    text.split(/`([^`\n]+)`/).map((part, index) => (index % 2 ? el("code", {}, part) : part));

  const totals = () => {
    const counts = count(findings);
    const card = (name, value, level = "") =>
      el("div", {}, el("dt", {}, name), el("dd", { className: value ? level : "" }, number(value)));
    $("totals").append(
      card("errors", counts.error, "error"), card("warnings", counts.warning, "warning"),
      card("notes", counts.note, "note"), card("accepted or ignored", data.suppressed),
      card("files checked", data.checked), card("passed over", data.skipped));
    if (data.notices.length) {
      $("unchecked").hidden = false;
      $("unchecked").querySelector("ul").append(...data.notices.map(({ text }) => el("li", {}, text)));
    }
  };

  const families = () => {
    $("families").append(...grouped((finding) => rules[finding.rule].family).map(({ name, counts }) =>
      el("tr", {},
        el("th", { scope: "row" }, button(name, () => choose({ family: name, clause: null, rule: (($("rule").value = ""), "") }), {
          className: "plain", ariaLabel: `${name}: show ${plural(counts.all, "finding")}`,
        })),
        ...LEVELS.map((level) => el("td", { className: counts[level] ? level : "" }, number(counts[level]))))));
  };

  const terms = () => {
    $("clauses").append(...grouped((finding) => rules[finding.rule].clause).map(({ name, counts }) => {
      const clause = clauses[name];
      const show = () => choose({ clause: name, family: null, rule: (($("rule").value = ""), "") });
      return el("li", {},
        el("figure", {},
          el("blockquote", { dir: "auto" }, clause.quote),
          el("figcaption", {}, el("cite", {}, link(clause.url, `${clause.document}, ${clause.section}`)))),
        button(`Show ${levels(counts)}`, show, {
          className: "plain", ariaLabel: `Show ${levels(counts)}: ${clause.document}, ${clause.section}`,
        }));
    }));
  };

  // The folders as a tree of counts.
  const tree = { name: "", path: "", counts: { error: 0, warning: 0, note: 0, all: 0 }, children: new Map() };
  for (const finding of findings) {
    const parts = pathOf(finding).split("/").filter(Boolean);
    let node = tree;
    const add = () => { node.counts[finding.level] += 1; node.counts.all += 1; };
    add();
    parts.forEach((name, depth) => {
      const last = depth + 1 === parts.length;
      const key = last ? name : `${name}/`;
      if (!node.children.has(key)) {
        const path = node.path + key;
        node.children.set(key, { name: key, path, counts: { error: 0, warning: 0, note: 0, all: 0 }, children: new Map() });
      }
      node = node.children.get(key);
      add();
    });
  }
  let folder = [tree];

  // Rectangles of some areas, as square as can be (Bruls, Huizing, van Wijk: squarified treemaps).
  const squares = (areas, box) => {
    const out = [];
    let rest = { ...box };
    let at = 0;
    while (at < areas.length) {
      const side = Math.min(rest.width, rest.height) || 1;
      const worst = (sum, most, least) =>
        Math.max((side * side * most) / (sum * sum), (sum * sum) / (side * side * least));
      let end = at + 1;
      let sum = areas[at];
      while (end < areas.length
        && worst(sum + areas[end], areas[at], areas[end]) <= worst(sum, areas[at], areas[end - 1])) {
        sum += areas[end];
        end += 1;
      }
      const thick = sum / side;
      let along = 0;
      for (; at < end; at += 1) {
        const long = areas[at] / thick;
        out.push(rest.width >= rest.height
          ? { x: rest.x, y: rest.y + along, width: thick, height: long }
          : { x: rest.x + along, y: rest.y, width: long, height: thick });
        along += long;
      }
      rest = rest.width >= rest.height
        ? { x: rest.x + thick, y: rest.y, width: rest.width - thick, height: rest.height }
        : { x: rest.x, y: rest.y + thick, width: rest.width, height: rest.height - thick };
    }
    return out;
  };

  const map = () => {
    const here = folder[folder.length - 1];
    let tiles = [...here.children.values()].sort((a, b) => b.counts.all - a.counts.all || (a.name < b.name ? -1 : 1));
    const inside = tiles.reduce((sum, tile) => sum + tile.counts.all, 0);
    if (tiles.length > TILES) {
      const others = tiles.slice(TILES - 1);
      const counts = { error: 0, warning: 0, note: 0, all: 0 };
      for (const other of others) for (const key in counts) counts[key] += other.counts[key];
      tiles = [...tiles.slice(0, TILES - 1), { name: `${number(others.length)} others`, path: here.path, counts, children: new Map() }];
    }
    if (here.counts.all > inside) {
      const counts = { ...here.counts };
      for (const tile of here.children.values()) for (const key in counts) counts[key] -= tile.counts[key];
      if (counts.all > 0 && here === tree) tiles.push({ name: "the repository as a whole", path: null, counts, children: new Map() });
    }
    tiles.sort((a, b) => b.counts.all - a.counts.all);
    const { width, height } = { width: $("map").clientWidth || 600, height: $("map").clientHeight || 320 };
    const all = tiles.reduce((sum, tile) => sum + tile.counts.all, 0) || 1;
    const areas = tiles.map((tile) => (tile.counts.all / all) * width * height);
    const boxes = squares(areas, { x: 0, y: 0, width, height });
    $("map").replaceChildren(...tiles.map((tile, index) => {
      const isFolder = tile.children.size > 0;
      const words = `${tile.name}: ${levels(tile.counts)}`;
      const open = () => {
        if (!isFolder) {
          if (tile.path !== null) choose({ path: tile.path });
          return;
        }
        go([...folder, tile]);
      };
      const node = el("li", {}, button("", open, { className: gravest(tile.counts), title: words }));
      node.firstChild.append(tile.name, el("span", {}, ` ${levels(tile.counts)}`));
      const box = boxes[index];
      // No word fits; the name is in the label.
      if (box.width < 56 || box.height < 24) node.firstChild.classList.add("small");
      node.style.left = `${(box.x / width) * 100}%`;
      node.style.top = `${(box.y / height) * 100}%`;
      node.style.width = `${(box.width / width) * 100}%`;
      node.style.height = `${(box.height / height) * 100}%`;
      return node;
    }));
    $("crumbs").replaceChildren(...folder.map((step, index) => {
      const name = index === 0 ? "all folders" : step.name.replace(/\/$/, "");
      const isLast = index + 1 === folder.length;
      const node = button(name, () => (isLast ? choose({ path: step.path }) : go(folder.slice(0, index + 1))), { className: "plain" });
      if (isLast) node.ariaCurrent = "location";
      node.ariaLabel = isLast && index > 0 ? `${step.path}: show ${plural(step.counts.all, "finding")}` : name;
      return el("li", {}, node);
    }));
  };
  // Opens a folder in the map; the findings follow, and the focus stays in the map.
  const go = (way) => {
    folder = way;
    filter.path = way[way.length - 1].path;
    apply();
    map();
    const crumbs = $("crumbs").querySelectorAll("button");
    crumbs[crumbs.length - 1].focus();
  };

  const controls = () => {
    rules.map((rule, index) => [rule.id, index]).sort().forEach(([id, index]) =>
      $("rule").append(el("option", { value: String(index) }, id)));
    let waiting;
    $("query").addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => { filter.query = $("query").value; apply(); }, 150);
    });
    $("filters").addEventListener("submit", (event) => event.preventDefault());
    $("filters").addEventListener("change", (event) => {
      if (event.target === $("query")) return;
      filter.levels = new Set([...document.querySelectorAll("[name=level]:checked")].map((box) => box.value));
      filter.rule = $("rule").value;
      order = $("order").value;
      apply();
    });
    $("previous").addEventListener("click", () => turn(-1));
    $("next").addEventListener("click", () => turn(1));
    $("theme").addEventListener("change", () => {
      const theme = $("theme").value;
      if (theme) document.documentElement.dataset.theme = theme;
      else delete document.documentElement.dataset.theme;
    });
    addEventListener("resize", map);
  };

  totals();
  if (findings.length === 0) {
    for (const id of ["overview", "terms", "filters"]) $(id).hidden = true;
  }
  families();
  terms();
  controls();
  map();
  list();
})();
