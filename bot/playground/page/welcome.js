// An empty chat: what this is, and three things to say by one press, for whoever comes for the first time.

import { icon, part } from "./dom.js";

const EXAMPLES = [
  "My big toe has been twitching for three nights",
  "Can coffee cause this?",
  "Remind me to drink water",
];

// `own`: the bot's description of itself, if it told one.
export function welcome(name, own, say) {
  const box = part("div", "welcome");
  const face = part("img");
  face.src = "icon.svg";
  face.alt = "";
  const start = part("button", "strong", "Start");
  start.type = "button";
  start.addEventListener("click", () => say("/start"));
  box.append(
    face,
    part("h3", "", own ? "What can this bot do?" : `A chat with ${name}`),
    ...paragraphs(own ?? "Write to it as you would on your phone. The bot is the real one; only Telegram is pretended."),
    start,
    part("h4", "", "or try one of these"),
    examples(say),
    part("p", "fine", "Nothing you write here leaves this computer. Move the clock above, and reminders come."),
  );
  return box;
}

const paragraphs = (text) => text.split(/\n\s*\n/).map((one) => part("p", "", one));

function examples(say) {
  const all = part("div", "examples");
  for (const words of EXAMPLES) {
    const button = part("button");
    button.type = "button";
    button.append(part("span", "", words), icon("arrow"));
    button.addEventListener("click", () => say(words));
    all.append(button);
  }
  return all;
}
