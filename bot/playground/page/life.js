// The bot's life: whether it runs, why it ended, kill -9 and start. A bot that is down is never passed over in silence.

import { post } from "./api.js";
import { $ } from "./dom.js";
import { banner } from "./notes.js";

const STATUS = {
  loading: "…", rest: "ready", thinking: "typing…", running: "running", off: "not running", lost: "out of reach",
};

export class Life {
  constructor(world) {
    this.world = world;
    this.start = () => world.act(() => post("bot/start"));
    $("start").addEventListener("click", this.start);
    $("kill").addEventListener("click", () => world.act(() => post("bot/kill")));
  }

  // `data-bot` on <html> is what the style, and whoever tests the page, goes by
  stands(state) {
    document.documentElement.dataset.bot = state;
    $("status-text").textContent = STATUS[state];
  }

  draw() {
    const { running, pid } = this.world.bot;
    const [there, gone] = running ? [$("kill"), $("start")] : [$("start"), $("kill")];
    const focused = document.activeElement === gone;
    there.hidden = false;
    gone.hidden = true;
    if (focused) there.focus();
    $("process").textContent = running ? `Runs as process ${pid}.` : this.ended();
    if (running) banner(null);
    else banner(this.why(), "Start it again", this.start);
  }

  ended() {
    const { killed, exit } = this.world.bot;
    if (killed) return "Killed.";
    if (exit === null) return "It has not begun.";
    return exit < 0 ? `Signal ${-exit} ended it.` : `It ended by itself (exit code ${exit}).`;
  }

  why() {
    const { killed, last_line: said } = this.world.bot;
    if (killed) return "You killed the bot. What you write now waits for it, as in Telegram.";
    return `The bot is not running. ${this.ended()}${said ? ` Its last words: ${said}` : ""}`;
  }
}
