// Words as Telegram shows them: only its own tags, built node by node; whatever else stands in the HTML is read as text.

const TAGS = {
  B: "b", STRONG: "b", I: "i", EM: "i", U: "u", INS: "u", S: "s", STRIKE: "s", DEL: "s",
  CODE: "code", PRE: "pre", BLOCKQUOTE: "blockquote",
};
const BLOCKS = ["PRE", "BLOCKQUOTE"];
const LINK = /^(https?|tg|mailto|tel):/i;
// Parsed apart from the page, where nothing runs; the one policy that the page's Content-Security-Policy allows.
const policy = globalThis.trustedTypes?.createPolicy("words", { createHTML: (html) => html });
const COMMAND = /(^|[\s(])(\/[a-z][a-z0-9_]{0,31})(?![\w/])/gi;

// `html` → a fragment. `onCommand`: what a press on a /command in the text does; without it commands are plain text.
export function words(html, onCommand) {
  const inert = new DOMParser().parseFromString(policy ? policy.createHTML(html) : html, "text/html");
  const shown = document.createDocumentFragment();
  copy(inert.body, shown, onCommand);
  return shown;
}

function copy(from, to, onCommand) {
  for (const node of from.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) to.append(...text(afterBlock(node), onCommand));
    else if (node.nodeType === Node.ELEMENT_NODE) to.append(element(node, onCommand));
  }
}

// The line break after a block is the end of the block, as in Telegram, and no empty line below it.
function afterBlock(node) {
  return BLOCKS.includes(node.previousSibling?.nodeName) ? node.data.replace(/^\n/, "") : node.data;
}

function element(node, onCommand) {
  if (["SCRIPT", "STYLE", "TEMPLATE", "IFRAME", "NOSCRIPT"].includes(node.tagName)) return document.createTextNode("");
  const made = known(node);
  copy(node, made, made.nodeName === "A" || made.nodeName === "CODE" || made.nodeName === "PRE" ? undefined : onCommand);
  return made;
}

function known(node) {
  if (node.tagName === "A" && LINK.test(node.getAttribute("href") ?? "")) {
    const link = document.createElement("a");
    link.href = node.getAttribute("href");
    link.target = "_blank";
    link.rel = "noopener noreferrer";
    return link;
  }
  if (node.tagName === "TG-SPOILER" || (node.tagName === "SPAN" && node.classList.contains("tg-spoiler"))) return spoiler();
  return TAGS[node.tagName] ? document.createElement(TAGS[node.tagName]) : document.createDocumentFragment();
}

function spoiler() {
  const hidden = document.createElement("span");
  hidden.className = "spoiler";
  hidden.tabIndex = 0;
  hidden.setAttribute("role", "button");
  hidden.setAttribute("aria-label", "Hidden words, press to show");
  const show = () => {
    hidden.classList.add("shown");
    for (const name of ["role", "aria-label", "tabindex"]) hidden.removeAttribute(name);
  };
  hidden.addEventListener("click", show, { once: true });
  hidden.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      show();
    }
  });
  return hidden;
}

function text(data, onCommand) {
  if (!onCommand) return [data];
  const parts = [];
  let last = 0;
  for (const found of data.matchAll(COMMAND)) {
    const start = found.index + found[1].length;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "command";
    button.textContent = found[2];
    button.addEventListener("click", () => onCommand(found[2]));
    parts.push(data.slice(last, start), button);
    last = start + found[2].length;
  }
  parts.push(data.slice(last));
  return parts;
}
