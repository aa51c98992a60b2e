// The playground's page: what the stand-in tells is drawn; what the person does goes back to it. Each part draws its
// own; here they are put together.

import { Bubbles } from "./bubbles.js";
import { Clock } from "./clock.js";
import { Composer } from "./composer.js";
import { prepare } from "./dialogs.js";
import { $ } from "./dom.js";
import { Life } from "./life.js";
import { banner, notice, Toasts } from "./notes.js";
import { People } from "./people.js";
import { chosenPlace } from "./place.js";
import { zoneOf } from "./time.js";
import { World } from "./world.js";

const START = [{ command: "start", description: "begin" }];

const people = new People($("people"), chosen);
const world = new World(people, { drawn: draw, stands: (state) => life.stands(state), refused: notice, lost: banner });
const life = new Life(world);
const clock = new Clock(world, people);
const toasts = new Toasts();
const bubbles = new Bubbles($("log"), $("newest"), { tap, say, bot: () => world.bot.name });
const composer = new Composer(
  { form: $("composer"), input: $("input"), commands: $("commands"), keyboard: $("keyboard"), instead: $("instead") },
  { say, key, commands: () => inTheirs(world.bot.commands) ?? START, instead },
);
let drawnFor = null;

// what the bot told Telegram in this language, else what it told for all others
const inTheirs = (byLanguage) => byLanguage[people.person?.language] ?? byLanguage[""];

function draw() {
  const { person } = people;
  const { bot, chat } = world;
  if (!person) return;
  if (drawnFor !== person.id) bubbles.clear();
  drawnFor = person.id;
  $("bot-name").textContent = bot.name;
  $("me").textContent = person.name;
  document.title = `${person.name} and ${bot.name}`;
  people.looked(chat.messages);
  people.draw(world.now);
  bubbles.draw(chat.messages, zoneOf(person.id), person.name, [bot.name, inTheirs(bot.description)]);
  composer.draw(chat.keyboard, person.blocked ? "Unblock the bot" : chat.messages.length ? null : "Start");
  $("toggle-block").textContent = person.blocked ? "Unblock the bot" : "Block the bot";
  toasts.draw(person.id, chat.toasts);
  clock.draw();
  life.draw();
}

// ---- what the person does

function say(text) {
  return world.act(() => world.mine("say", { text }));
}

function tap(message, label, button) {
  button.setAttribute("aria-busy", "true");
  return world
    .act(() => world.mine("tap", { button: label, message_id: message.id }))
    .finally(() => button.removeAttribute("aria-busy"));
}

// A key of the keyboard says its label. An inline button of the same label would be pressed instead, so then we say it.
async function key(label) {
  const twin = world.chat.messages.some((one) => one.buttons.flat().includes(label));
  if (twin) return say(label);
  let asks = false;
  await world.act(async () => {
    try {
      await world.mine("tap", { button: label });
    } catch (error) {
      asks = error.message.includes("request_location");
      if (!asks) throw error;
    }
  });
  return asks ? place() : undefined;
}

async function place() {
  const where = await chosenPlace();
  if (where) await world.act(() => world.mine("location", where));
}

const block = () => world.act(() => world.mine(people.person.blocked ? "unblock" : "block"));

function instead() {
  const done = people.person.blocked ? block() : say("/start");
  done.then(() => $("input").focus());
}

// ---- the panel, which a narrow window hides

function panel(open) {
  if ($("panel").classList.contains("open") === open) return;
  $("panel").classList.toggle("open", open);
  $("open-panel").setAttribute("aria-expanded", String(open));
  (open ? $("close-panel") : $("open-panel")).focus();
}

function chosen() {
  panel(false);
  return world.refresh();
}

prepare();
$("add-person").addEventListener("click", () => people.add($("person-dialog")).catch((error) => notice(error.message)));
$("edit-zone").addEventListener("click", () => people.rezone($("zone-dialog")).then(draw));
$("toggle-block").addEventListener("click", block);
$("place").addEventListener("click", place);
$("open-panel").addEventListener("click", () => panel(true));
$("close-panel").addEventListener("click", () => panel(false));
$("panel").addEventListener("keydown", (event) => event.key === "Escape" && panel(false));
for (const one of document.querySelectorAll("[data-kind]")) {
  one.addEventListener("click", () => world.act(() => world.mine("send", { kind: one.dataset.kind })));
}
world.watch();
