// The messages of one chat. Only what changed is drawn again, so that focus, reading and scrolling stay where they are.

import { part } from "./dom.js";
import { welcome } from "./welcome.js";
import { media } from "./media.js";
import { day, timeOfDay } from "./time.js";
import { words } from "./words.js";

const BEGINS = 250; // milliseconds until the bot is seen to be typing
const NEAR = 120; // pixels from the end that still count as being there

export class Bubbles {
  // acts: { tap(message, label, button), say(text), begin(text), bot() }
  constructor(log, newest, acts) {
    this.log = log;
    this.newest = newest;
    this.acts = acts;
    this.shown = new Map();
    newest.addEventListener("click", () => this.toEnd());
    // Whoever is at the end stays there, until they scroll away themselves: a picture that arrives, a keyboard or a
    // banner that opens must not push the newest words out of sight.
    this.dots = dots();
    this.stuck = true;
    this.height = log.clientHeight;
    log.addEventListener("scroll", () => log.clientHeight === this.height && this.scrolled());
    new ResizeObserver(() => {
      this.height = log.clientHeight;
      if (this.stuck && !this.log.querySelector(".welcome")) this.toEnd();
    }).observe(log);
    log.addEventListener("load", ({ target }) => this.stuck && target.matches(".picture") && this.toEnd(), true);
  }

  // Another chat: nothing of it is news, so it is not read aloud.
  clear() {
    this.log.setAttribute("aria-live", "off");
    this.log.replaceChildren();
    this.typing(false);
    this.shown.clear();
    this.fresh = true;
    this.stuck = true;
    this.newest.hidden = true;
  }

  // `about`: the bot's name and description, for a chat where nobody has written yet
  draw(messages, zone, me, about) {
    const byKeyboard = this.log.querySelector(":focus-visible") !== null;
    const wanted = [];
    const fresh = messages.filter((one) => !this.shown.has(`message ${one.id}`)).length;
    if (!messages.length) wanted.push(this.keep("empty", JSON.stringify(about), () => welcome(...about, this.acts.begin)));
    let before = null;
    for (const message of messages) {
      const at = new Date(message.at);
      const today = day(at, zone);
      if (today !== before) wanted.push(this.keep(`day ${today} ${message.id}`, "", () => chip(today)));
      before = today;
      wanted.push(this.keep(`message ${message.id}`, JSON.stringify([message, zone, me]), () => this.bubble(message, zone, me)));
    }
    this.place(wanted);
    this.fresh = false;
    if (!messages.length) this.log.scrollTop = 0;
    else if (this.stuck || messages.at(-1).from === "person") this.toEnd();
    else if (fresh) this.newest.hidden = false;
    if (byKeyboard && document.activeElement === document.body) this.refocus();
    requestAnimationFrame(() => this.log.setAttribute("aria-live", "polite"));
  }

  keep(key, looks, make) {
    const old = this.shown.get(key);
    if (old?.looks === looks) return [key, old];
    const node = make();
    // what is new, or other than it was, may be seen to be so; not a whole chat that was just opened
    if (old) node.classList.add("changed");
    else if (!this.fresh) node.classList.add("arrived");
    return [key, { looks, node }];
  }

  place(wanted) {
    this.shown = new Map(wanted);
    const nodes = new Set(wanted.map(([, one]) => one.node));
    for (const node of Array.from(this.log.children)) if (!nodes.has(node) && node !== this.dots) node.remove();
    wanted.forEach(([, { node }], index) => {
      if (this.log.children[index] !== node) this.log.insertBefore(node, this.log.children[index] ?? null);
    });
  }

  bubble(message, zone, me) {
    const row = document.createElement("article");
    row.className = `message ${message.from}`;
    row.dataset.id = message.id;
    row.append(part("span", "heard", `${message.from === "bot" ? this.acts.bot() : me}: `));
    const box = part("div", "bubble");
    box.dir = "auto";
    if (message.media) box.append(media(message));
    if (message.html) {
      const body = part("div", "words");
      body.append(words(message.html, message.from === "bot" ? (command) => this.acts.say(command) : undefined));
      box.append(body);
    }
    const foot = part("span", "foot");
    if (message.edited_at) foot.append(part("span", "edited", "edited"), " ");
    const time = part("time", "", timeOfDay(new Date(message.at), zone));
    time.dateTime = message.at;
    foot.append(time);
    box.append(foot);
    row.append(box);
    if (message.buttons.length) row.append(this.buttons(message));
    return row;
  }

  buttons(message) {
    const all = part("div", "buttons");
    all.setAttribute("role", "group");
    all.setAttribute("aria-label", "Buttons of this message");
    for (const labels of message.buttons) {
      const line = part("div", "line");
      for (const label of labels) {
        const button = part("button", "", label);
        button.type = "button";
        button.addEventListener("click", () => this.acts.tap(message, label, button));
        line.append(button);
      }
      all.append(line);
    }
    return all;
  }

  // The pressed button is gone: whoever pressed it by keyboard goes on at the next ones.
  refocus() {
    (this.log.querySelector("article:last-of-type .buttons button") ?? this.log).focus({ preventScroll: true });
  }

  // That the bot is at it: only after a moment, for most answers are there before anybody could see it.
  typing(now) {
    clearTimeout(this.begins);
    if (!now) this.dots.remove();
    else if (!this.dots.isConnected) {
      this.begins = setTimeout(() => {
        this.log.append(this.dots);
        if (this.stuck) this.toEnd();
      }, BEGINS);
    }
  }

  scrolled() {
    this.stuck = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < NEAR;
    if (this.stuck) this.newest.hidden = true;
  }

  toEnd() {
    this.stuck = true;
    this.log.scrollTop = this.log.scrollHeight;
    this.newest.hidden = true;
  }
}

const chip = (text) => part("h3", "day", text);

function dots() {
  const made = part("p", "dots");
  made.setAttribute("aria-hidden", "true");
  made.append(part("i"), part("i"), part("i"));
  return made;
}
