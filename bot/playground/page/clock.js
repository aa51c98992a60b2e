// The clock: what time it is for the person who is looked at, what is planned, and the ways to move on.

import { post } from "./api.js";
import { filled } from "./dialogs.js";
import { $ } from "./dom.js";
import { notice } from "./notes.js";
import { city, fromWall, moment, wall, zoneOf } from "./time.js";

const STOPS = 60; // what falls due for others on the way to this person's next message, at most
const HOUR = 3_600_000;

export class Clock {
  #moving = false;

  constructor(world, people) {
    this.world = world;
    this.people = people;
    $("next").addEventListener("click", () => this.nextMessage());
    $("goto").addEventListener("click", () => this.goto());
    for (const one of document.querySelectorAll("[data-advance]")) {
      one.addEventListener("click", () => this.move({ advance: one.dataset.advance }));
    }
    setInterval(() => world.state && this.draw(), 1000);
  }

  get zone() {
    return zoneOf(this.people.present);
  }

  draw() {
    const { now, state, bot } = this.world;
    $("now").textContent = moment(now, this.zone);
    $("now").dateTime = $("now").title = now.toISOString();
    $("zone").textContent = city(this.zone);
    const due = state.next_due && bot.running ? new Date(state.next_due) : null;
    $("due").textContent = due ? `Next: ${moment(due, this.zone)}` : "Nothing is planned";
  }

  // One move at a time; answers what the stand-in said, or nothing when it refused.
  async move(order) {
    if (this.#moving) return undefined;
    this.#moving = true;
    $("moves").setAttribute("aria-busy", "true");
    try {
      return await this.world.act(() => post("clock", order));
    } finally {
      $("moves").removeAttribute("aria-busy");
      this.#moving = false;
    }
  }

  // Stops at everything that falls due until this person hears something.
  async nextMessage() {
    if (!this.world.bot.running) return notice("The bot is not running, so nothing comes. Start it again first.");
    const heard = () => [this.people.present, this.world.chat.messages.findLast((one) => one.from === "bot")?.id].join();
    const before = heard();
    for (let stop = 0; stop < STOPS && this.world.state.next_due; stop += 1) {
      if (!(await this.move({ next: true })) || heard() !== before) return undefined;
    }
    return notice(this.world.state.next_due ? "No message came so far. Press once more to go on." : "No message comes: nothing is planned.");
  }

  async goto() {
    const { zone } = this;
    const field = $("goto-dialog").querySelector("[name=at]");
    $("goto-zone").textContent = `Day and time in ${city(zone)}`;
    field.min = wall(this.world.now, zone);
    field.value = wall(new Date(this.world.now.getTime() + HOUR), zone);
    const given = await filled($("goto-dialog"));
    if (given) await this.move({ to: fromWall(given.at, zone).toISOString() });
  }
}
