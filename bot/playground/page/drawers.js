// What stands beside the chat where there is room, and opens over it where there is none. Escape closes what lies over
// the chat, and the focus goes back to where it was opened.

import { $ } from "./dom.js";

const PHONE = matchMedia("(max-width: 760px)");
export const ROOM = matchMedia("(min-width: 1180px)"); // for all three side by side

export class Drawer {
  // changed(open): it was opened or closed
  constructor(name, changed = () => {}) {
    this.panel = $(name);
    this.opener = $(`open-${name}`);
    this.closer = $(`close-${name}`);
    this.changed = changed;
    this.opener.addEventListener("click", () => this.turn(!this.open));
    this.closer.addEventListener("click", () => this.turn(false));
    this.panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && getComputedStyle(this.panel).position === "fixed") this.turn(false);
    });
    // what stood beside the chat is not to fall over it
    for (const one of [PHONE, ROOM]) one.addEventListener("change", () => (ROOM.matches ? this.cover() : this.turn(false, { focus: false })));
  }

  get open() {
    return this.panel.classList.contains("open");
  }

  turn(open, { focus = true } = {}) {
    if (this.open === open) return;
    this.panel.classList.toggle("open", open);
    this.opener.setAttribute("aria-expanded", String(open));
    this.cover();
    if (focus) (open ? this.closer : this.opener).focus();
    this.changed(open);
  }

  // On a phone it covers all: what lies below is out of reach for keys and readers too.
  cover() {
    document.querySelector("main").inert = PHONE.matches && document.querySelector(".panel.open") !== null;
  }
}
