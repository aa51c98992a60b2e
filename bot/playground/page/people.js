// Who chats: the list at the left, a new person, the zone their times are shown in.

import { get, post } from "./api.js";
import { filled, options } from "./dialogs.js";
import { part } from "./dom.js";
import { city, day, keepZone, timeOfDay, zoneOf, zones } from "./time.js";

const LANGUAGES = ["en", "de", "es", "fr", "it", "nl", "pl", "pt", "tr", "uk", "ru", "ar", "hi", "zh", "ja"];
const GLANCES = 20;
const own = new Intl.DisplayNames(["en"], { type: "language" });

export class People {
  // chosen(id): somebody else is chosen
  constructor(list, chosen) {
    this.list = list;
    this.chosen = chosen;
    this.all = [];
    this.last = new Map();
    this.seen = new Map();
    this.present = Number(location.hash.slice(1)) || null;
    addEventListener("hashchange", () => this.choose(Number(location.hash.slice(1))));
  }

  get person() {
    return this.all.find((one) => one.id === this.present);
  }

  async fetch() {
    this.all = (await get("people")).people;
    if (!this.all.length) {
      await this.join("Visitor", navigator.language.split("-")[0]);
      return;
    }
    if (!this.person) this.present = this.all.at(-1).id;
    const others = this.all.filter((one) => one.id !== this.present).slice(-GLANCES);
    await Promise.all(others.map((one) => this.glance(one.id)));
  }

  // The newest message of somebody who is not looked at.
  async glance(id) {
    const known = this.last.get(id);
    const { messages } = await get(`people/${id}/chat?after=${(known?.id ?? 0) - 1}`);
    if (messages.length) this.last.set(id, messages.at(-1));
    if (!this.seen.has(id)) this.seen.set(id, messages.at(-1)?.id ?? 0);
  }

  looked(messages) {
    const newest = messages.at(-1);
    if (newest) this.last.set(this.present, newest);
    this.seen.set(this.present, newest?.id ?? 0);
  }

  async join(name, language, zone) {
    const { id } = await post("people", { name, language: language || null });
    if (zone) keepZone(id, zone);
    this.all = (await get("people")).people;
    this.seen.set(id, 0);
    this.choose(id);
  }

  choose(id) {
    if (!this.all.some((one) => one.id === id) || id === this.present) return;
    this.present = id;
    history.replaceState(null, "", `#${id}`);
    this.chosen(id);
  }

  draw(now) {
    const focused = this.list.contains(document.activeElement) ? document.activeElement.dataset.id : null;
    this.list.replaceChildren(...this.all.map((one) => this.line(one, now)));
    if (this.drawn !== this.present) this.list.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
    this.drawn = this.present;
    if (focused) this.list.querySelector(`[data-id="${focused}"]`)?.focus();
  }

  line(person, now) {
    const button = part("button", "somebody");
    button.type = "button";
    button.dataset.id = person.id;
    if (person.id === this.present) button.setAttribute("aria-current", "true");
    const face = part("span", "face", [...person.name][0].toUpperCase());
    face.setAttribute("aria-hidden", "true");
    face.dataset.tint = person.id % 5;
    const last = this.last.get(person.id);
    const glance = part("span", "glance", person.blocked ? "has blocked the bot" : last ? preview(last) : "has not begun yet");
    button.append(face, part("span", "name", person.name), glance);
    if (last) {
      const zone = zoneOf(person.id);
      const at = new Date(last.at);
      const today = day(at, zone) === day(now, zone);
      button.append(part("time", "when", today ? timeOfDay(at, zone) : day(at, zone).split(" ")[0].slice(0, 3)));
    }
    if (person.id !== this.present && last?.from === "bot" && last.id > (this.seen.get(person.id) ?? 0)) {
      const dot = part("span", "unread");
      dot.append(part("span", "heard", "something new"));
      button.append(dot);
    }
    button.addEventListener("click", () => this.choose(person.id));
    const item = document.createElement("li");
    item.append(button);
    return item;
  }

  async add(dialog) {
    options(dialog.querySelector("[name=language]"), [...LANGUAGES.map((one) => [one, own.of(one)]), ["", "not told"]]);
    zoneOptions(dialog, zones()[0]);
    const given = await filled(dialog);
    if (given) await this.join(given.name.trim() || "Somebody", given.language, given.zone);
  }

  async rezone(dialog) {
    zoneOptions(dialog, zoneOf(this.present));
    const given = await filled(dialog);
    if (given) keepZone(this.present, given.zone);
  }
}

function preview(message) {
  const words = message.text.replace(/\s+/g, " ") || `(${message.media ?? "nothing"})`;
  return message.from === "person" ? `You: ${words}` : words;
}

const inList = (zone) => (zone.includes("/") ? `${city(zone)} (${zone.split("/")[0]})` : zone);

function zoneOptions(dialog, chosen) {
  options(dialog.querySelector("[name=zone]"), zones().map((one) => [one, inList(one)]), chosen);
}
