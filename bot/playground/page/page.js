// The playground's page: what the stand-in tells is drawn; what the person does goes back to it. Nothing is kept here.
//
// One loop waits for changes, one function draws. `data-bot` on <html> tells where things stand: loading, rest,
// thinking, running (the bot does not tell when it rests), off, lost (the playground itself is gone). "rest" is set
// only after everything that the bot said has been drawn.

import { get, post, Refusal } from "./api.js";
import { Bubbles, part } from "./bubbles.js";
import { Composer } from "./composer.js";
import { filled, prepare } from "./dialogs.js";
import { options, People } from "./people.js";
import { city, fromWall, moment, wall, zoneOf } from "./time.js";

const $ = (id) => document.getElementById(id);
const STATUS = {
  loading: "…", rest: "at rest", thinking: "thinking", running: "running", off: "not running", lost: "out of reach",
};
const STOPS = 60;
const CITIES = [
  ["52.52 13.405", "Berlin"], ["51.507 -0.128", "London"], ["40.713 -74.006", "New York"], ["34.052 -118.244", "Los Angeles"],
  ["-23.55 -46.633", "São Paulo"], ["6.524 3.379", "Lagos"], ["28.614 77.209", "Delhi"], ["27.717 85.324", "Kathmandu"],
  ["35.676 139.65", "Tokyo"], ["-33.869 151.209", "Sydney"], ["-36.85 174.764", "Auckland"],
];

const people = new People($("people"), () => changed());
const bubbles = new Bubbles($("log"), $("newest"), { tap, say, bot: () => bot?.name ?? "Bot" });
const composer = new Composer(
  { form: $("composer"), input: $("input"), commands: $("commands"), keyboard: $("keyboard"), instead: $("instead") },
  { say, key, commands, instead },
);

let bot = null;
let state = null;
let fetchedAt = 0;
let chat = { messages: [], toasts: [], keyboard: [] };
let drawnFor = null;
let busy = 0; // acts on their way
let acts = 0; // acts that have arrived
let moving = false;
let settling = false;
let last = Promise.resolve();
let next = null;
const toasted = new Map();

// ---- what stands there

function now() {
  if (!state) return new Date();
  const passed = state.standing ? 0 : performance.now() - fetchedAt;
  return new Date(Date.parse(state.now) + passed);
}

function standing(asOf) {
  if (busy || asOf !== acts) return "thinking";
  if (!bot.running) return "off";
  if (state.bot.boot === null) return "running";
  return state.at_rest && state.bot.connected ? "rest" : "thinking";
}

// Fetch all and draw it, in a round that begins after this call; calls that come meanwhile share the next one.
function refresh() {
  next ??= last.then(() => {
    next = null;
    return round();
  });
  last = next;
  return next;
}

async function round() {
  const asOf = acts;
  try {
    await people.fetch();
    const person = people.present;
    bot = await get("bot");
    state = await get("state"); // before the chat: at rest then means that the chat holds every answer
    fetchedAt = performance.now();
    const told = await get(`people/${person}/chat`);
    if (person !== people.present) return; // choosing somebody else has asked for a round of its own
    chat = told;
    draw();
    show(standing(asOf));
  } catch (error) {
    if (error instanceof Refusal) notice(error.message);
    else lost(error);
  }
}

function show(is) {
  document.documentElement.dataset.bot = is;
  $("status-text").textContent = STATUS[is];
  if (is === "thinking" && !busy && !settling) settle();
}

function lost(error) {
  show("lost");
  banner(error.message);
}

function draw() {
  const person = people.person;
  if (!person) return;
  const zone = zoneOf(person.id);
  if (drawnFor !== person.id) bubbles.clear();
  $("bot-name").textContent = bot.name;
  $("me").textContent = person.name;
  document.title = `${person.name} and ${bot.name}`;
  people.looked(chat.messages);
  people.draw(now());
  bubbles.draw(chat.messages, zone, person.name, welcome);
  composer.draw(chat.keyboard, person.blocked ? "Unblock the bot" : chat.messages.length ? null : "Send /start");
  $("toggle-block").textContent = person.blocked ? "Unblock the bot" : "Block the bot";
  toasts(person.id);
  drawClock(zone);
  drawBot();
  drawnFor = person.id;
}

function drawClock(zone = zoneOf(people.present)) {
  const at = now();
  $("now").textContent = moment(at, zone);
  $("now").dateTime = at.toISOString();
  $("now").title = at.toISOString();
  $("zone").textContent = city(zone);
  const due = state?.next_due && bot.running ? new Date(state.next_due) : null;
  $("due").textContent = due ? `Next thing planned: ${moment(due, zone)}` : "Nothing is planned.";
}

function drawBot() {
  const off = !bot.running;
  const focused = document.activeElement;
  $("kill").disabled = off;
  $("start").disabled = !off;
  if (focused?.disabled) (off ? $("start") : $("kill")).focus();
  const ended = bot.exit === -9 ? "Killed." : bot.exit > 0 ? `It ended by itself (exit code ${bot.exit}).` : "It has ended.";
  $("process").textContent = off ? ended : `Runs as process ${bot.pid}.`;
  if (!off) return banner(null);
  const why = bot.exit > 0 && bot.last_line ? ` It said: ${bot.last_line}` : "";
  const words = bot.exit === -9 ? "You killed the bot. What you write now waits for it, as in Telegram." : `The bot is not running. ${ended}${why}`;
  banner(words, "Start it again", startBot);
}

function welcome() {
  const box = part("div", "welcome");
  const own = pick(bot.description);
  const face = part("img");
  face.src = "icon.svg";
  face.alt = "";
  box.append(
    face,
    part("h3", "", own ? "What can this bot do?" : `A chat with ${bot.name}`),
    part("p", "", own ?? "This page is a pretend Telegram. The bot behind it is the real one."),
    part("p", "fine", "Nothing you write here leaves this computer."),
  );
  return box;
}

const pick = (byLanguage) => byLanguage[people.person?.language] ?? byLanguage[""];

function commands() {
  return pick(bot.commands) ?? [{ command: "start", description: "begin" }];
}

// ---- what is said for a moment

function banner(words, label, act) {
  const box = $("banner");
  const looks = words && words + (label ?? "");
  if (box.dataset.looks === String(looks)) return;
  box.dataset.looks = looks;
  box.hidden = !words;
  box.replaceChildren(part("span", "", words ?? ""));
  if (!label) return;
  const button = part("button", "strong", label);
  button.addEventListener("click", act);
  box.append(button);
}

let fading = 0;

function notice(words) {
  $("toast").textContent = words;
  clearTimeout(fading);
  fading = setTimeout(() => ($("toast").textContent = ""), 4000 + 40 * words.length);
}

function toasts(person) {
  const before = toasted.get(person) ?? chat.toasts.length;
  toasted.set(person, chat.toasts.length);
  for (const one of chat.toasts.slice(before)) {
    if (one.alert) {
      $("alert-text").textContent = one.text;
      if (!$("alert-dialog").open) filled($("alert-dialog"));
    } else notice(one.text);
  }
}

// ---- what the person does

// Do something, then draw what came of it; whatever is refused is said in one sentence.
async function act(doing) {
  busy += 1;
  show("thinking");
  let done;
  try {
    done = await doing();
  } catch (error) {
    notice(error.message);
  } finally {
    busy -= 1;
    acts += 1;
  }
  await refresh();
  return done;
}

const mine = (what, body = {}) => post(`people/${people.present}/${what}`, { ...body, wait: 0 });

function say(text) {
  return act(() => mine("say", { text }));
}

function tap(message, label, button) {
  button.setAttribute("aria-busy", "true");
  return act(() => mine("tap", { button: label, message_id: message.id })).finally(() => button.removeAttribute("aria-busy"));
}

// A key of the keyboard says its label. An inline button of the same label would be pressed instead, so then we say it.
async function key(label) {
  const twin = chat.messages.some((one) => one.buttons.flat().includes(label));
  if (twin) return say(label);
  return act(async () => {
    try {
      await mine("tap", { button: label });
    } catch (error) {
      if (!error.message.includes("request_location")) throw error;
      place();
    }
  });
}

async function place() {
  const dialog = $("place-dialog");
  const [city, latitude, longitude] = ["city", "latitude", "longitude"].map((name) => dialog.querySelector(`[name=${name}]`));
  const fill = () => ([latitude.value, longitude.value] = city.value.split(" "));
  options(city, CITIES);
  city.onchange = fill;
  fill();
  const given = await filled(dialog);
  if (given) await act(() => mine("location", { latitude: Number(given.latitude), longitude: Number(given.longitude) }));
}

const block = () => act(() => mine(people.person.blocked ? "unblock" : "block"));

function instead() {
  const done = people.person.blocked ? block() : say("/start");
  done.then(() => $("input").focus());
}

// ---- the clock

async function move(order) {
  if (moving) return undefined;
  moving = true;
  $("moves").setAttribute("aria-busy", "true");
  const done = await act(() => post("clock", order));
  $("moves").removeAttribute("aria-busy");
  moving = false;
  return done;
}

// Stops at everything that falls due until this person hears something.
async function nextMessage() {
  if (!bot.running) return notice("The bot is not running, so nothing comes. Start it again first.");
  if (!state.next_due) return notice("Nothing is planned: there is no next message.");
  const heard = () => chat.messages.findLast((one) => one.from === "bot")?.id;
  const before = [people.present, heard()];
  for (let stop = 0; stop < STOPS && state.next_due; stop += 1) {
    if (!(await move({ next: true }))) return undefined;
    if (people.present !== before[0] || heard() !== before[1]) return undefined;
  }
  return notice(state.next_due ? "No message came so far. Press once more to go on." : "No message came: nothing more is planned.");
}

async function goto() {
  const zone = zoneOf(people.present);
  const field = $("goto-dialog").querySelector("[name=at]");
  $("goto-zone").textContent = `Day and time in ${city(zone)}`;
  field.min = wall(now(), zone);
  field.value = wall(new Date(now().getTime() + 3_600_000), zone);
  const given = await filled($("goto-dialog"));
  if (given) await move({ to: fromWall(given.at, zone).toISOString() });
}

// ---- the bot's life

const startBot = () => act(() => post("bot/start"));

function more(open) {
  $("panel").classList.toggle("open", open);
  $("open-panel").setAttribute("aria-expanded", String(open));
  (open ? $("close-panel") : $("open-panel")).focus();
}

function changed() {
  if ($("panel").classList.contains("open")) more(false);
  return refresh();
}

// ---- what goes on by itself

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function watch() {
  let seen = -1;
  for (;;) {
    try {
      seen = (await get(`changes?since=${seen}&seconds=${seen < 0 ? 0 : 25}`)).version;
      await refresh();
    } catch (error) {
      lost(error);
      seen = -1;
      await pause(1500);
    }
  }
}

// A bot that comes to rest changes nothing in the chat, so it is asked for.
async function settle() {
  settling = true;
  const told = await get("state?wait=10").catch(() => null);
  if (!told?.at_rest || !told.bot.connected) await pause(300);
  settling = false;
  if (told) await refresh();
}

prepare();
$("kill").addEventListener("click", () => act(() => post("bot/kill")));
$("start").addEventListener("click", startBot);
$("add-person").addEventListener("click", () => people.add($("person-dialog")).catch((error) => notice(error.message)));
$("edit-zone").addEventListener("click", () => people.rezone($("zone-dialog")).then(draw));
$("toggle-block").addEventListener("click", block);
$("place").addEventListener("click", place);
$("goto").addEventListener("click", goto);
$("next").addEventListener("click", nextMessage);
$("open-panel").addEventListener("click", () => more(true));
$("close-panel").addEventListener("click", () => more(false));
$("panel").addEventListener("keydown", (event) => event.key === "Escape" && more(false));
for (const one of document.querySelectorAll("[data-advance]")) one.addEventListener("click", () => move({ advance: one.dataset.advance }));
for (const one of document.querySelectorAll("[data-kind]")) one.addEventListener("click", () => act(() => mine("send", { kind: one.dataset.kind })));
setInterval(() => state && drawClock(), 1000);
watch();
