// Whatever is not text: a picture is shown, a file can be saved, all else is told by its kind.

import { $, part } from "./dom.js";

const MEDIA = {
  photo: ["🖼", "Picture"], document: ["📄", "Document"], sticker: ["👣", "Sticker"], voice: ["🎙", "Voice message"],
  video: ["🎬", "Video"], animation: ["🎞", "Animation"], audio: ["🎵", "Audio"], location: ["📍", "Place"],
  contact: ["👤", "Contact"],
};

export function media(message) {
  const [sign, kind] = MEDIA[message.media] ?? ["📎", message.media];
  if (message.file && message.media === "photo") {
    const picture = part("img", "picture");
    const view = part("button", "view");
    view.type = "button";
    picture.src = message.file;
    picture.alt = told(message.text);
    view.append(picture);
    view.addEventListener("click", () => whole(picture));
    picture.addEventListener("error", () => view.replaceWith(placeholder(sign, `${kind}, no longer here`)), { once: true });
    return view;
  }
  const shown = placeholder(sign, kind);
  if (!message.file) return shown;
  const link = part("a", "file");
  link.href = message.file;
  link.download = "";
  link.append(shown);
  return link;
}

// A picture's caption is what is known of it: its first line stands for it where it cannot be seen.
function told(caption) {
  const line = caption.split("\n").find((one) => one.trim()) ?? "";
  return line ? `Picture: ${line.trim()}` : "Picture without words";
}

function whole(picture) {
  $("whole").src = picture.src;
  $("whole").alt = picture.alt;
  $("picture-dialog").showModal();
}

function placeholder(sign, kind) {
  const shown = part("div", "media");
  const mark = part("span", "sign", sign);
  mark.setAttribute("aria-hidden", "true");
  shown.append(mark, part("span", "", kind));
  return shown;
}
