"use strict";
// The page as a view of its data: figures and findings are selected by the anchor in the address, so that links,
// the back button and bookmarks work. Text enters the page as text only (textContent), never as markup.

(async () => {
  const STATES = { tied: "✓", rounding: "≈", broken: "✗", unverified: "○", incomplete: "…" };
  const LOUDNESS = { broken: 0, rounding: 1, tied: 2, incomplete: 3 };
  const PARTS = { "balance-sheet": "Balance sheet", "income-statement": "Income statement",
    "cash-flow": "Cash flow statement", other: "Other tables" };
  const SHOWN_CHECKS = 40;
  const byId = (id) => document.getElementById(id);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  // ---- data ----------------------------------------------------------------------------------------------------
  async function unpacked() {
    const bytes = Uint8Array.from(atob(byId("data").textContent), (one) => one.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return JSON.parse(await new Response(stream).text());
  }
  function rowsOf(table) {
    const columns = Object.entries(table);
    if (!columns.length) return [];
    return columns[0][1].rows.map((_, row) =>
      Object.fromEntries(columns.map(([name, column]) => [name, column.values[column.rows[row]]])));
  }
  const data = await unpacked();
  const [facts, checks, findings] = ["facts", "checks", "findings"].map((name) => rowsOf(data[name]));
  const checksOf = facts.map(() => []);
  checks.forEach((check, number) => {
    for (const fact of new Set([check.total, ...check.items])) checksOf[fact]?.push(number);
  });
  const findingsOf = facts.map(() => []);
  findings.forEach((finding, number) => finding.facts.forEach((fact) => findingsOf[fact].push(number)));

  // ---- figures in the document ---------------------------------------------------------------------------------
  const marks = all("#document a");
  const markOf = new Map();
  const factsOf = new Map();
  let next = 0;
  for (const mark of marks) {
    mark.id ||= `f${next}`;
    next = Number(mark.id.slice(1)) + 1;
    mark.href = `#${mark.id}`;
    const numbers = [mark.id.slice(1), ...(mark.dataset.also || "").split(" ")].filter(Boolean).map(Number);
    factsOf.set(mark, numbers);
    for (const number of numbers) markOf.set(number, mark);
  }
  // A line without a number follows the one above it, or is the same line of the file.
  const lines = all("#document > p, #document .lines > p, #document .table:not(.loose *) tr");
  lines.forEach((line, at) => { line.dataset.l ??= Number(lines[at - 1].dataset.l) + !("s" in line.dataset); });
  const articles = all("article.finding");
  const articleOf = new Map(articles.map((article) => [Number(article.dataset.n), article]));

  // ---- making elements -----------------------------------------------------------------------------------------
  function make(tag, properties = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(properties)) {
      if (name === "class") element.className = value;
      else if (name === "href") element.setAttribute("href", value);
      else element[name] = value;
    }
    element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
    return element;
  }
  function grouped(value) {
    if (value === null || value === undefined) return "";
    const [, sign, whole, rest] = /^(-?)(\d+)(.*)$/.exec(value) || [];
    return whole === undefined ? value : (sign && "−") + whole.replace(/\B(?=(\d{3})+$)/g, ",") + rest;
  }
  const shortUnit = (unit) => (unit || "").split("/").map((part) => part.split(":").pop()).join("/");
  const nameOf = (fact) => fact.label || fact.concept;
  const unbroken = (period) => period && period.replaceAll("-", "\u2011");
  const placeOf = (fact) => (fact.line ? `line ${fact.line}` : fact.pointer || "");
  const printedOf = (fact) => fact.printed || grouped(fact.value) || "nil";
  const linkTo = (number) => {
    const fact = facts[number];
    return make("a", { href: `#f${number}`, class: fact.state }, printedOf(fact));
  };
  function pairs(list) {
    const known = list.filter(([, value]) => value !== null && value !== undefined && value !== "" && value.length !== 0);
    return make("dl", {}, ...known.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)]));
  }

  // ---- evidence ------------------------------------------------------------------------------------------------
  function meaning(fact) {
    const value = fact.value === null ? "nil" : `${grouped(fact.value)} ${shortUnit(fact.unit)}`.trim();
    const precision = fact.decimals === null ? "exact" : `decimals ${fact.decimals}`;
    return pairs([
      ["read as", `${value} (${precision})`],
      ["period", unbroken(fact.period)],
      ["concept", fact.concept],
      ["part", fact.dimensions.map(([axis, member]) => `${axis} = ${member}`).join("; ")],
      ["section", fact.section],
      ["tick marks", fact.marks.join("; ")],
      ["damage", fact.damage.join("; ")],
      ["restored by", fact.evidence.join("; ")],
      ["confidence", `${Math.round(fact.confidence * 100)}%`],
    ]);
  }
  function operandRow(sign, number, className = "") {
    const fact = facts[number];
    return make("tr", { class: className },
      make("td", { class: "sign" }, sign),
      make("td", { class: "operand number" }, linkTo(number)),
      make("td", { class: "words" }, [nameOf(fact), unbroken(fact.period), placeOf(fact)].filter(Boolean).join(" · ")));
  }
  const isSum = (check) => check.rule.startsWith("FOOT");
  function signOf(check, at) {
    const weight = check.weights ? check.weights[at] : "1";
    if (!isSum(check) && weight === "1") return "";
    return weight === "1" ? "+" : weight === "-1" ? "−" : `${grouped(weight)} ×`;
  }
  function checkCard(check, proofs) {
    const [name, summary] = data.rules[check.rule];
    const items = check.items.map((item, at) => operandRow(signOf(check, at), item));
    const total = check.total === null ? null : operandRow(isSum(check) ? "=" : "", check.total, isSum(check) ? "sum" : "");
    const rows = isSum(check) ? [...items, total] : [total, ...items];
    const card = make("div", { class: `check ${check.outcome}` },
      make("p", { title: summary }, `${STATES[check.outcome]} ${check.rule} ${name}: ${check.outcome}`),
      make("table", {}, make("tbody", {}, ...rows.filter(Boolean))),
      pairs([
        ["expected", grouped(check.expected)],
        ["actual", grouped(check.actual)],
        ["residual", check.residual === null ? "" : `${grouped(check.residual)}` +
          (check.allowed === null ? "" : ` (rounding allows ±${grouped(check.allowed)})`)],
      ]));
    if (proofs.length) {
      const words = `The figures of this check in other checks (${proofs.length})`;
      card.append(make("details", { open: check.outcome === "broken" }, make("summary", {}, words),
        ...proofs.map((proof) => checkCard(checks[proof], []))));
    }
    return card;
  }
  // Sums that the other figures of a check stand in: they prove or accuse them.
  function proofsOf(number, check) {
    const others = [check.total, ...check.items].filter((fact) => fact !== null && fact !== number);
    const found = new Set(others.slice(0, 6).flatMap((fact) => checksOf[fact]));
    return [...found].filter((proof) => isSum(checks[proof]) && checks[proof] !== check).sort(louder).slice(0, 6);
  }
  function louder(one, other) {
    return LOUDNESS[checks[one].outcome] - LOUDNESS[checks[other].outcome] ||
      !isSum(checks[one]) - !isSum(checks[other]) || one - other;
  }
  function factEvidence(number) {
    const fact = facts[number];
    const mine = [...checksOf[number]].sort(louder);
    const repairs = findingsOf[number].flatMap((finding) => findings[finding].repairs)
      .filter((repair) => repair.edits.some(([edited]) => edited === number))
      .map((repair) => repair.edits.map(([, from, to]) => `${from} → ${to}`).join(", ") +
        (repair.cause ? ` (${repair.cause})` : ""));
    const parts = [
      make("h2", {}, `${printedOf(fact)} ${STATES[fact.state]} ${fact.state}`, fact.evidence.length ? ", restored" : ""),
      make("p", {}, [nameOf(fact), placeOf(fact)].filter(Boolean).join(" · ")),
      meaning(fact),
      repairs.length ? pairs(repairs.map((repair) => ["repair", repair])) : null,
      ...findingsOf[number].filter((one) => articleOf.has(one)).map((one) => make("p", {}, "Finding ",
        make("a", { href: `#${articleOf.get(one).id}` }, findings[one].rule), `: ${data.rules[findings[one].rule][0]}`)),
      make("h3", {}, mine.length ? `Checks that touched it: ${mine.length}` : "No check touched it: it ties to nothing here."),
      ...mine.slice(0, SHOWN_CHECKS).map((check) => checkCard(checks[check],
        LOUDNESS[checks[check].outcome] < 2 || !isSum(checks[check]) ? proofsOf(number, checks[check]) : [])),
      mine.length > SHOWN_CHECKS ? make("p", { class: "none" }, `and ${mine.length - SHOWN_CHECKS} more`) : null,
    ];
    return parts;
  }
  function show(...parts) {
    const panel = byId("evidence");
    const close = make("button", { type: "button", class: "close", onclick: clear }, "Close");
    panel.replaceChildren(close, ...parts.flat().filter(Boolean));
    panel.scrollTop = 0;
  }

  // ---- selecting -----------------------------------------------------------------------------------------------
  const hint = [...byId("evidence").childNodes];
  function unlight() {
    for (const one of all(".lit, .total, .selected, .pointed")) one.classList.remove("lit", "total", "selected", "pointed");
  }
  function clear() {
    unlight();
    byId("evidence").replaceChildren(...hint);
    if (location.hash) history.replaceState(null, "", location.pathname + location.search);
  }
  function lightContributors(number) {
    for (const order of checksOf[number]) {
      const check = checks[order];
      if (check.outcome === "incomplete") continue;
      if (check.total !== number) markOf.get(check.total)?.classList.add("total");
      if (check.total === number || !isSum(check)) for (const item of check.items) markOf.get(item)?.classList.add("lit");
    }
  }
  function bringIntoView(element) {
    for (let one = element?.closest("details"); one; one = one.parentElement.closest("details")) one.open = true;
    element?.closest(".gone")?.classList.remove("gone");
    element?.scrollIntoView({ block: "center", inline: "nearest" });
  }
  function selectFact(number) {
    unlight();
    lightContributors(number);
    const mark = markOf.get(number);
    mark?.classList.remove("lit", "total");
    mark?.classList.add("selected");
    const others = mark ? factsOf.get(mark).filter((one) => one !== number) : [];
    show(factEvidence(number), ...others.map((one) => [make("hr"), ...factEvidence(one)]));
    for (const finding of findingsOf[number].slice(0, 1)) articleOf.get(finding)?.classList.add("selected");
    bringIntoView(mark);
  }
  function selectFinding(article) {
    const finding = findings[Number(article.dataset.n)];
    const lead = finding.culprit ?? finding.facts[0];
    if (lead !== undefined && lead !== null && finding.facts.length && !article.closest(".damage")) selectFact(lead);
    else { unlight(); show(findingEvidence(article, finding)); pointAt(article); }
    for (const fact of finding.facts) if (fact !== lead) markOf.get(fact)?.classList.add("lit");
    for (const one of articles) one.classList.toggle("selected", one === article);
    bringIntoView(article);
  }
  function findingEvidence(article, finding) {
    const figures = finding.facts.slice(0, SHOWN_CHECKS).map((fact) => operandRow("", fact));
    return [make("h2", {}, `${finding.rule} ${data.rules[finding.rule][0]}`),
      make("p", {}, article.querySelector(".message").textContent),
      make("h3", {}, figures.length ? "Figures it is about" : "It is about this place, not about one figure."),
      make("div", { class: "check" }, make("table", {}, make("tbody", {}, ...figures)))];
  }
  function pointAt(article) {
    const target = article.querySelector(".places a")?.hash || "";
    const element = target.startsWith("#l") ? lineElement(Number(target.slice(2))) : byId(target.slice(1));
    element?.classList.add(element.tagName === "A" ? "selected" : "pointed");
    bringIntoView(element);
  }
  function lineElement(line) {
    return lines.filter((one) => Number(one.dataset.l) <= line).pop();
  }
  function follow() {
    const name = decodeURIComponent(location.hash.slice(1));
    const article = articles.find((one) => one.id === name);
    if (article) selectFinding(article);
    else if (/^f\d+$/.test(name) && facts[Number(name.slice(1))]) selectFact(Number(name.slice(1)));
    else if (/^l\d+$/.test(name)) { unlight(); const line = lineElement(Number(name.slice(1))); line?.classList.add("pointed"); bringIntoView(line); }
  }
  // Unlike a click on a link this leaves the focus where it is: in the search field, on the button.
  function goTo(name) {
    if (location.hash !== `#${name}`) history.pushState(null, "", `#${name}`);
    follow();
  }
  // Clicking the anchor that the address already holds fires no hashchange.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href^='#']");
    if (link && link.hash === location.hash) { event.preventDefault(); follow(); }
  });
  addEventListener("hashchange", follow);

  // ---- filters -------------------------------------------------------------------------------------------------
  const form = byId("filters");
  const partOf = (fact) => fact.kind === "narrative" ? "Text" : PARTS[fact.statement] || (fact.kind === "table" ? "Other tables" : "Supplied facts");
  const words = (fact) => [fact.label, fact.section, fact.concept, fact.printed, fact.value, grouped(fact.value), fact.period]
    .join(" ").toLowerCase();
  const wordsOf = [];
  function wanted() {
    const field = (name) => form.elements[name].value.trim().toLowerCase();
    return { states: new Set(all("[name=state]:checked", form).map((box) => box.value)), rule: form.elements.rule.value,
      restored: form.elements.restored.checked, part: form.elements.statement.value, concept: field("concept"), search: field("search") };
  }
  function fits(number, want) {
    const fact = facts[number];
    return want.states.has(fact.state) && (!want.restored || fact.evidence.length > 0) &&
      (!want.part || partOf(fact) === want.part) &&
      (!want.concept || fact.concept.toLowerCase().includes(want.concept)) &&
      (!want.search || (wordsOf[number] ??= words(fact)).includes(want.search)) &&
      (!want.rule || checksOf[number].some((check) => checks[check].rule === want.rule) ||
        findingsOf[number].some((finding) => findings[finding].rule === want.rule));
  }
  let matching = marks;
  function filter() {
    const want = wanted();
    const isOpen = want.states.size === 4 && !want.restored && !want.part && !want.concept && !want.search && !want.rule;
    matching = marks.filter((mark) => factsOf.get(mark).some((number) => fits(number, want)));
    const kept = new Set(matching);
    for (const mark of marks) mark.classList.toggle("dim", !kept.has(mark));
    for (const article of articles) article.hidden = !isOpen && !findingFits(article, want);
    byId("match-count").textContent = isOpen ? "" : `${matching.length} of ${marks.length} figures match; Enter goes to the next`;
    hidePassed(form.elements.hide.checked);
  }
  function findingFits(article, want) {
    const finding = findings[Number(article.dataset.n)];
    if (want.rule && finding.rule !== want.rule) return false;
    const inWords = want.search && article.textContent.toLowerCase().includes(want.search);
    return finding.facts.length ? inWords || finding.facts.some((fact) => fits(fact, { ...want, rule: "" }))
      : !want.part && !want.concept && (!want.search || inWords);
  }
  const hasPassed = (mark) => factsOf.get(mark).every((number) => ["tied", "rounding"].includes(facts[number].state));
  function hidePassed(isOn) {
    for (const one of all("#document .gone")) one.classList.remove("gone");
    if (!isOn) return;
    const open = new Set(marks.filter((mark) => !hasPassed(mark)).map((mark) => mark.closest("[data-l], tr")));
    for (const line of lines) if (!open.has(line) && line.querySelector("a[id]")) line.classList.add("gone");
    for (const table of all("#document .table, #document .lines")) {
      if (table.querySelector("a[id]") && !table.querySelector("a[id]:not(.gone *)")) table.classList.add("gone");
    }
  }
  let turn = -1;
  function nextMatch() {
    if (!matching.length) return;
    turn = (turn + 1) % matching.length;
    goTo(matching[turn].id);
  }
  form.addEventListener("input", () => { turn = -1; filter(); });
  form.addEventListener("reset", () => setTimeout(filter));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("input:not([type=checkbox])")) { event.preventDefault(); nextMatch(); }
  });

  // ---- findings by keyboard, copying ---------------------------------------------------------------------------
  function step(by) {
    const open = articles.filter((article) => !article.hidden);
    if (!open.length) return;
    const at = open.findIndex((article) => article.classList.contains("selected"));
    const next = at < 0 ? (by > 0 ? 0 : open.length - 1) : (at + by + open.length) % open.length;
    goTo(open[next].id);
  }
  byId("step-on").addEventListener("click", () => step(1));
  byId("step-back").addEventListener("click", () => step(-1));
  const KEYS = {
    n: () => step(1), p: () => step(-1), j: () => step(1), k: () => step(-1), Escape: clear,
    "/": () => form.elements.search.focus(),
    h: () => { form.elements.hide.checked = !form.elements.hide.checked; filter(); },
  };
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches?.("input:not([type=checkbox]), select, textarea");
    if (typing && event.key === "Escape") event.target.blur();
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !(event.key in KEYS)) return;
    event.preventDefault();
    KEYS[event.key]();
  });
  function textOf(article) {
    const pick = (selector) => article.querySelector(selector)?.textContent.replace(/\s+/g, " ").trim();
    const numbers = all("dt", article).map((term) => `${term.textContent}: ${term.nextElementSibling.textContent}`);
    return [document.querySelector("h1").title, pick("h3") || article.closest(".group")?.querySelector("h3").textContent, pick(".message"), pick(".places"), pick(".repairs"), ...numbers]
      .filter(Boolean).join("\n") + "\n";
  }
  async function copy(button) {
    const text = textOf(button.closest("article"));
    try { await navigator.clipboard.writeText(text); } catch { copyByHand(text); }
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy"; }, 1500);
  }
  // Browsers without a clipboard for local files still copy what is selected.
  function copyByHand(text) {
    const area = make("textarea", { value: text, className: "hidden" });
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  for (const article of articles) {
    const button = make("button", { type: "button", class: "copy", onclick: () => copy(button) }, "Copy");
    button.setAttribute("aria-label", "Copy this finding as text");
    article.append(button);
  }

  document.documentElement.dataset.ready = "true";
  if (location.hash) follow();
  else if (articles.length && !articles[0].closest(".damage") && innerWidth > 960) selectFinding(articles[0]);
})();
