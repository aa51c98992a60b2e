// What the page says beside the chat: a banner that stays while it is true, words that fade, the bot's alerts.

import { $, part } from "./dom.js";
import { filled } from "./dialogs.js";

let fading = 0;

// `words` null: no banner. With `label` it has a button that does `act`.
export function banner(words, label, act) {
  const box = $("banner");
  const looks = JSON.stringify([words, label]);
  if (box.dataset.looks === looks) return;
  box.dataset.looks = looks;
  box.hidden = !words;
  box.replaceChildren(part("span", "", words ?? ""));
  if (!label) return;
  const button = part("button", "strong", label);
  button.addEventListener("click", act);
  box.append(button);
}

export function notice(words) {
  $("toast").textContent = words;
  clearTimeout(fading);
  fading = setTimeout(() => ($("toast").textContent = ""), 4000 + 40 * words.length);
}

// The bot's short answers to presses: each is shown once, and none of those that stood there before the page opened.
export class Toasts {
  #shown = new Map();

  draw(person, toasts) {
    const before = this.#shown.get(person) ?? toasts.length;
    this.#shown.set(person, toasts.length);
    for (const one of toasts.slice(before)) {
      if (!one.alert) notice(one.text);
      else alerted(one.text);
    }
  }
}

function alerted(words) {
  $("alert-text").textContent = words;
  if (!$("alert-dialog").open) filled($("alert-dialog"));
}
