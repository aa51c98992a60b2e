// What a page owes to everybody, as far as a program can tell: every fault as one sentence. The rules are WCAG 2.2's.
() => {
  const faults = [];
  const name = (one) => `<${one.tagName.toLowerCase()}${one.id ? ` #${one.id}` : ""}${one.className?.baseVal === undefined && one.className ? ` .${one.className}` : ""}> «${one.textContent.trim().slice(0, 30)}»`;
  const seen = (one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !one.closest(".heard");
  const all = (selector) => [...document.querySelectorAll(selector)].filter(seen);

  // 1.4.3: words against what is painted behind them, layer by layer
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const painted = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
    return [red, green, blue, alpha / 255];
  };
  const over = ([r, g, b, a], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a)];
  const ground = (one) => {
    const layers = [];
    for (let at = one; at; at = at.parentElement) {
      layers.push(painted(getComputedStyle(at).backgroundColor));
      if (layers.at(-1)[3] === 1 || at.matches("dialog, [popover]")) break;
    }
    return layers.reduceRight((below, layer) => over(layer, below), [255, 255, 255]);
  };
  const light = (rgb) => rgb.map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  const luminance = (rgb) => light(rgb).reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
  const ratio = (one, other) => {
    const [low, high] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let read = 0;
  while (words.nextNode()) {
    const one = words.currentNode.parentElement;
    if (!words.currentNode.data.trim() || !seen(one) || one.closest(":disabled, .spoiler, .skip")) continue;
    const style = getComputedStyle(one);
    const size = parseFloat(style.fontSize);
    const enough = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
    const behind = ground(one);
    const found = ratio(over(painted(style.color), behind), behind);
    read += 1;
    if (found < enough) faults.push(`1.4.3: ${name(one)} has ${found.toFixed(2)} to 1`);
  }
  if (read < 10) faults.push("hardly a word was found");

  // 4.1.2 and 1.1.1: names
  const label = (one) =>
    one.getAttribute("aria-label") ||
    (one.getAttribute("aria-labelledby") ?? "").split(" ").map((id) => document.getElementById(id)?.textContent ?? "").join("") ||
    [...(one.labels ?? [])].map((each) => each.textContent).join("") ||
    one.textContent.trim() ||
    one.querySelector("img")?.alt ||
    "";
  const pressed = "a[href], button, input, select, textarea, summary, dialog[open], [role=log], [role=group], [role=button]";
  for (const one of all(pressed)) if (!label(one)) faults.push(`4.1.2: ${name(one)} has no name`);
  for (const one of all("img")) if (!one.hasAttribute("alt")) faults.push(`1.1.1: ${name(one)} has no alt`);
  for (const one of all("button, summary, .skip")) {
    const { width, height } = one.getBoundingClientRect();
    if (!one.matches(".words *, .skip") && (width < 24 || height < 24)) faults.push(`2.5.8: ${name(one)} is ${width} by ${height}`);
  }
  for (const one of all("svg")) if (one.getAttribute("aria-hidden") !== "true") faults.push(`1.1.1: ${name(one)} is read as a drawing`);

  // 1.3.1, 2.4.1, 2.4.6, 4.1.1: structure
  const count = (selector) => all(selector).length;
  if (!document.querySelector("dialog[open]") && !document.querySelector("main").inert && (count("main") !== 1 || count("h1") !== 1)) faults.push("one main, one h1");
  if (!document.documentElement.lang || !document.title) faults.push("3.1.1: language and title");
  let before = 2;
  for (const one of document.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
    if (!one.checkVisibility()) continue; // what is there for readers alone counts
    const level = Number(one.tagName[1]);
    if (level > before + 1) faults.push(`1.3.1: ${name(one)} comes after h${before}`);
    before = level;
  }
  const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
  if (new Set(ids).size !== ids.length) faults.push("4.1.1: an id stands twice");
  for (const one of document.querySelectorAll("[aria-controls], [aria-labelledby], [aria-describedby]")) {
    for (const which of ["aria-controls", "aria-labelledby", "aria-describedby"]) {
      for (const id of (one.getAttribute(which) ?? "").split(" ").filter(Boolean)) {
        if (!document.getElementById(id)) faults.push(`4.1.2: ${name(one)} points to no #${id}`);
      }
    }
  }
  for (const one of document.querySelectorAll("button button, a button, button a, [aria-hidden=true] :is(a, button, input, [tabindex])")) faults.push(`4.1.2: ${name(one)} lies in another`);
  for (const one of document.querySelectorAll("[tabindex]")) if (one.tabIndex > 0) faults.push(`2.4.3: ${name(one)} jumps the queue`);

  // 1.4.10: nothing runs out at the side
  if (document.documentElement.scrollWidth > innerWidth) faults.push(`1.4.10: ${document.documentElement.scrollWidth} of ${innerWidth} pixels`);
  for (const one of all("button, input, select, textarea, h1, h2, h3, h4, time")) {
    const { left, right } = one.getBoundingClientRect();
    if ((left < -1 || right > innerWidth + 1) && !one.matches(".skip")) faults.push(`1.4.10: ${name(one)} ends at ${Math.round(right)}`);
  }
  return faults;
}
