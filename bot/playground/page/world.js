// What the stand-in tells, fetched whole, round by round; nothing is kept. Where things stand is one of: loading, rest,
// thinking, running (the bot does not tell when it rests), off, lost (the playground itself is gone). "rest" is told
// only after everything that the bot said has been drawn.

import { get, post, Refusal } from "./api.js";

const HELD = 25; // seconds that a question for changes may hang
const AGAIN = 1500; // milliseconds until a playground that was lost is asked again

export class World {
  bot = null;
  state = null;
  chat = { messages: [], toasts: [], keyboard: [], doing: null };
  #fetchedAt = 0;
  #busy = 0; // acts on their way
  #acts = 0; // acts that have arrived
  #settling = false;
  #last = Promise.resolve();
  #next = null;

  // tell: { drawn(), stands(state), refused(sentence), lost(sentence) }
  constructor(people, tell) {
    this.people = people;
    this.tell = tell;
  }

  get now() {
    if (!this.state) return new Date();
    const passed = this.state.standing ? 0 : performance.now() - this.#fetchedAt;
    return new Date(Date.parse(this.state.now) + passed);
  }

  // Fetch all and draw it, in a round that begins after this call; calls that come meanwhile share the next one.
  refresh() {
    this.#next ??= this.#last.then(() => {
      this.#next = null;
      return this.#round();
    });
    this.#last = this.#next;
    return this.#next;
  }

  // Do something, then draw what came of it; whatever is refused is said in one sentence.
  async act(doing) {
    this.#busy += 1;
    this.#stands("thinking");
    let done;
    try {
      done = await doing();
    } catch (error) {
      this.tell.refused(error.message);
    } finally {
      this.#busy -= 1;
      this.#acts += 1;
    }
    await this.refresh();
    return done;
  }

  // What the present person does; the answer is drawn when it is there, so nobody waits for it here.
  mine(what, body = {}) {
    return post(`people/${this.people.present}/${what}`, { ...body, wait: 0 });
  }

  async watch() {
    for (let seen = -1; ; ) {
      try {
        seen = (await get(`changes?since=${seen}&seconds=${seen < 0 ? 0 : HELD}`)).version;
        await this.refresh();
      } catch (error) {
        this.#lost(error);
        seen = -1;
        await pause(AGAIN);
      }
    }
  }

  async #round() {
    const asOf = this.#acts;
    try {
      await this.people.fetch();
      const person = this.people.present;
      this.bot = await get("bot");
      this.state = await get("state"); // before the chat: at rest then means that the chat holds every answer
      this.#fetchedAt = performance.now();
      const told = await get(`people/${person}/chat`);
      if (person !== this.people.present) return; // choosing somebody else has asked for a round of its own
      this.chat = told;
      this.tell.drawn();
      this.#stands(this.#place(asOf));
    } catch (error) {
      if (error instanceof Refusal) this.tell.refused(error.message);
      else this.#lost(error);
    }
  }

  #place(asOf) {
    if (this.#busy || asOf !== this.#acts) return "thinking";
    if (!this.bot.running) return "off";
    if (this.state.bot.boot === null) return "running";
    return this.state.at_rest && this.state.bot.connected ? "rest" : "thinking";
  }

  #stands(state) {
    this.tell.stands(state);
    if (state === "thinking" && !this.#busy && !this.#settling) this.#settle();
  }

  #lost(error) {
    this.#stands("lost");
    this.tell.lost(error.message);
  }

  // A bot that comes to rest changes nothing in the chat, so it is asked for.
  async #settle() {
    this.#settling = true;
    const told = await get("state?wait=10").catch(() => null);
    if (!told?.at_rest || !told.bot.connected) await pause(300);
    this.#settling = false;
    if (told) await this.refresh();
  }
}

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
