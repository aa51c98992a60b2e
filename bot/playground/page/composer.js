// Where the person writes: Enter sends, Shift+Enter begins a line, "/" offers the bot's commands.

import { part } from "./dom.js";

export class Composer {
  // acts: { say(text), key(label), commands() → [{command, description}], instead() }
  constructor(parts, acts) {
    Object.assign(this, parts);
    this.acts = acts;
    this.looks = "";
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.input.addEventListener("input", () => {
      this.grow();
      this.offer();
    });
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.commands.addEventListener("keydown", (event) => this.walk(event));
    this.instead.addEventListener("click", () => acts.instead());
  }

  submit() {
    const text = this.input.value.trim();
    if (!text) return;
    this.input.value = "";
    this.grow();
    this.offer();
    this.acts.say(text);
  }

  key(event) {
    // an Enter that picks a word in an input method (Japanese, Chinese …) is not meant for us
    if (event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.submit();
    } else if (event.key === "Escape" && !this.commands.hidden) {
      this.commands.hidden = true;
    } else if ((event.key === "ArrowUp" || event.key === "ArrowDown") && !this.commands.hidden) {
      event.preventDefault();
      const all = this.commands.querySelectorAll("button");
      all[event.key === "ArrowUp" ? all.length - 1 : 0].focus();
    }
  }

  walk(event) {
    const all = [...this.commands.querySelectorAll("button")];
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (step) {
      event.preventDefault();
      (all[all.indexOf(document.activeElement) + step] ?? this.input).focus();
    } else if (event.key === "Escape") {
      this.commands.hidden = true;
      this.input.focus();
    }
  }

  offer() {
    const typed = this.input.value.toLowerCase();
    const known = /^\/\w*$/.test(typed) ? this.acts.commands() : [];
    const found = known.filter((one) => `/${one.command}`.startsWith(typed));
    this.commands.replaceChildren(...found.map((one) => this.command(one)));
    this.commands.hidden = !found.length;
  }

  command(one) {
    const button = part("button", "");
    button.type = "button";
    button.append(part("b", "", `/${one.command}`), " ", part("span", "", one.description));
    button.addEventListener("click", () => {
      this.input.value = `/${one.command}`;
      this.submit();
      this.input.focus();
    });
    return button;
  }

  grow() {
    this.input.style.height = "auto";
    this.input.style.height = `${this.input.scrollHeight}px`;
  }

  // `instead`: the words of the one button that stands where the field is (Telegram's UNBLOCK), or null
  draw(keyboard, instead) {
    this.form.hidden = instead !== null;
    this.instead.hidden = instead === null;
    if (instead !== null) this.instead.textContent = instead;
    const looks = JSON.stringify([keyboard, instead]);
    if (looks === this.looks) return;
    this.looks = looks;
    const rows = instead === null ? keyboard : [];
    this.keyboard.hidden = !rows.length;
    this.keyboard.replaceChildren(
      ...rows.map((labels) => {
        const line = part("div", "line");
        line.append(
          ...labels.map((label) => {
            const key = part("button", "", label);
            key.type = "button";
            key.addEventListener("click", () => this.acts.key(label));
            return key;
          }),
        );
        return line;
      }),
    );
  }
}
