// What the bot keeps about the person, and what it has planned for them: read from the bot's own file, row by row. The
// words for tables and columns are for those known today; whatever is new is shown under its own name.

import { get } from "./api.js";
import { $, part } from "./dom.js";
import { ahead, day, moment } from "./time.js";

const TITLES = {
  people: "Who", episodes: "The twitching", checkins: "Check-ins", waters: "Water", exercises: "Exercises",
  reminders: "Reminders", firings: "Reminders that came", timers: "Timers", dead_letters: "What went wrong",
};
const INNER = new Set(["conversations", "outbox"]); // bookkeeping: told as one line, and in full as it lies in the file
const QUIET = new Set(["id", "person", "version", "nonce", "lane", "rank", "data", "seen_at", "next_date", "next_slot"]);
const NAMES = { at: "when", onset: "since", consented_at: "said yes", next_at: "comes next", ended_on: "over on", due_at: "due" };
const SILENCE = "silence:"; // a question that is asked again, or let go, when nothing comes
const NEWEST = 5;
const DATE = /^\d{4}-\d\d-\d\d$/;
const MOMENT = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

export class Kept {
  #looks = "";
  #asked = 0;

  constructor(world, people, zoneOf) {
    Object.assign(this, { world, people, zoneOf });
    this.box = $("kept");
  }

  // Ask and draw; an answer that comes after a later question is of no use.
  async look() {
    const asked = (this.#asked += 1);
    const { person } = this.people;
    const told = await get(`people/${person.id}/kept`).catch((error) => ({ coming: [], tables: {}, why: error.message }));
    if (asked !== this.#asked || person !== this.people.person) return;
    const looks = JSON.stringify([person.id, person.name, told, this.zoneOf(person.id), this.world.now.toISOString().slice(0, 16)]);
    if (looks === this.#looks) return;
    this.#looks = looks;
    const unfolded = this.box.querySelector(".raw")?.open ?? false;
    this.zone = this.zoneOf(person.id);
    this.box.replaceChildren(...this.sections(person, told));
    const inFull = this.box.querySelector(".raw");
    if (inFull) inFull.open = unfolded;
  }

  sections(person, { coming, tables, why }) {
    if (why) return [part("p", "fine", why)];
    const rows = Object.entries(tables).filter(([table]) => !INNER.has(table));
    const told = tables.people?.some((row) => row.consented_at);
    return [
      section("What comes", coming.length ? this.coming(coming) : part("p", "fine", "Nothing is planned.")),
      section(
        `About ${person.name}`,
        part("p", "fine", told ? "They said yes to a diary. All of this goes with /erase." : "They have not agreed to a diary, so there is none: only the place in the talk, for a day."),
        ...rows.map(([table, all]) => this.table(table, all)),
      ),
      ...(Object.keys(tables).length ? [raw(tables)] : []),
    ];
  }

  coming(all) {
    const list = part("ul", "coming");
    for (const one of all) {
      const item = part("li");
      const at = new Date(one.at);
      const when = part("time", "fine", `${moment(at, this.zone)} · ${ahead(at, this.world.now)}`);
      when.dateTime = one.at;
      item.append(part("strong", "", due(one.what)), when);
      list.append(item);
    }
    return list;
  }

  table(table, rows) {
    const box = part("div", "record");
    box.append(part("h4", "", TITLES[table] ?? plain(table)));
    for (const row of rows.slice(-NEWEST).toReversed()) {
      const list = part("dl");
      for (const [name, value] of Object.entries(row)) {
        const words = QUIET.has(name) ? "" : this.words(value);
        if (words) list.append(part("dt", "", plain(NAMES[name] ?? name)), part("dd", "", words));
      }
      if (list.children.length) box.append(list);
    }
    if (rows.length > NEWEST) box.append(part("p", "fine", `and ${rows.length - NEWEST} before`));
    return box;
  }

  words(value) {
    if (value === null || value === "") return "";
    if (Array.isArray(value)) return value.map((one) => this.words(one)).join(", ");
    if (typeof value === "object") return Object.entries(value).map(([name, one]) => `${plain(name)}: ${this.words(one)}`).join("; ");
    if (MOMENT.test(value)) return moment(new Date(value), this.zone);
    if (DATE.test(value)) return day(new Date(value), "UTC"); // a day of theirs, whatever the zone
    return String(value).replace(/^(\d\d:\d\d):00(\.0+)?$/, "$1");
  }
}

function section(title, ...inside) {
  const made = part("section");
  made.append(part("h3", "", title), ...inside);
  return made;
}

const due = (name) => (name.startsWith(SILENCE) ? `Silence after a question (${plain(name.slice(SILENCE.length))})` : plain(name));

function raw(tables) {
  const made = part("details", "raw");
  made.append(part("summary", "", "All of it, as it lies in the file"), part("pre", "", JSON.stringify(tables, null, 2)));
  return made;
}

const plain = (name) => name.charAt(0).toUpperCase() + name.slice(1).replaceAll("_", " ");
