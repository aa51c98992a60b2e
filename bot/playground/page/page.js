// The playground's page: what the stand-in tells is drawn; what the person does goes back to it. Each part draws its
// own; here they are put together.

import { Bubbles } from "./bubbles.js";
import { Clock } from "./clock.js";
import { Composer } from "./composer.js";
import { prepare } from "./dialogs.js";
import { $ } from "./dom.js";
import { Drawer, ROOM } from "./drawers.js";
import { Kept } from "./kept.js";
import { Life } from "./life.js";
import { banner, notice, Toasts } from "./notes.js";
import { People } from "./people.js";
import { chosenPlace } from "./place.js";
import { zoneOf } from "./time.js";
import { World } from "./world.js";

const START = [{ command: "start", description: "begin" }];

const people = new People($("people"), chosen);
const world = new World(people, { drawn: draw, stands, refused: notice, lost: banner });
const life = new Life(world);
const clock = new Clock(world, people);
const kept = new Kept(world, people, zoneOf);
const list = new Drawer("panel");
const details = new Drawer("details", (open) => open && people.person && kept.look());
const toasts = new Toasts();
const bubbles = new Bubbles($("log"), $("newest"), { tap, say, begin, bot: () => world.bot.name });
const composer = new Composer(
  { form: $("composer"), input: $("input"), commands: $("commands"), keyboard: $("keyboard"), instead: $("instead") },
  { say, key, commands: () => inTheirs(world.bot.commands) ?? START, instead },
);
let drawnFor = null;
let ceasing = 0;

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
  composer.draw(chat.keyboard, person.blocked ? "Unblock the bot" : null);
  $("toggle-block").textContent = person.blocked ? "Unblock the bot" : "Block the bot";
  toasts.draw(person.id, chat.toasts);
  clock.draw();
  life.draw();
  if (details.open) kept.look();
  typing();
}

function stands(state) {
  life.stands(state);
  typing(state);
}

// The bot said so itself, or it is at work; what it said is over after some seconds, so then it is asked again.
function typing(state = document.documentElement.dataset.bot) {
  const said = world.chat.doing !== null && world.bot?.running === true;
  bubbles.typing(said || state === "thinking");
  clearTimeout(ceasing);
  if (said) ceasing = setTimeout(() => world.refresh(), 1000);
}

// ---- what the person does

function say(text) {
  return world.act(() => world.mine("say", { text }));
}

// The first words, by a press on an example. Where there is a keyboard anyway the field waits for the next ones.
function begin(text) {
  const said = say(text);
  if (matchMedia("(pointer: fine)").matches) $("input").focus();
  return said;
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
  block().then(() => $("input").focus());
}

function chosen() {
  list.turn(false);
  return world.refresh();
}

// Alt with a letter: one key alone would be in the way of those who speak to their computer (WCAG 2.2, 2.1.4).
function toField(event) {
  if (!event.altKey || event.ctrlKey || event.metaKey || event.code !== "KeyM" || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  list.turn(false);
  $("input").focus();
}

prepare();
$("add-person").addEventListener("click", () => people.add($("person-dialog")).catch((error) => notice(error.message)));
$("edit-zone").addEventListener("click", () => people.rezone($("zone-dialog")).then(draw));
$("toggle-block").addEventListener("click", block);
$("place").addEventListener("click", place);
addEventListener("keydown", toField);
details.turn(ROOM.matches, { focus: false });
for (const one of document.querySelectorAll("[data-kind]")) {
  one.addEventListener("click", () => world.act(() => world.mine("send", { kind: one.dataset.kind })));
}
world.watch();
