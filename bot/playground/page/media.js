// Whatever is not text: a picture is shown, a file can be saved, all else is told by its kind.

import { part } from "./dom.js";

const MEDIA = {
  photo: ["🖼", "Picture"], document: ["📄", "Document"], sticker: ["👣", "Sticker"], voice: ["🎙", "Voice message"],
  video: ["🎬", "Video"], animation: ["🎞", "Animation"], audio: ["🎵", "Audio"], location: ["📍", "Place"],
  contact: ["👤", "Contact"],
};

export function media(message) {
  const [sign, kind] = MEDIA[message.media] ?? ["📎", message.media];
  if (message.file && message.media === "photo") {
    const picture = part("img", "picture");
    picture.src = message.file;
    picture.alt = message.text ? "Picture to the words below" : "Picture without words";
    picture.addEventListener("error", () => picture.replaceWith(placeholder(sign, `${kind}, no longer here`)), { once: true });
    return picture;
  }
  const shown = placeholder(sign, kind);
  if (!message.file) return shown;
  const link = part("a", "file");
  link.href = message.file;
  link.download = "";
  link.append(shown);
  return link;
}

function placeholder(sign, kind) {
  const shown = part("div", "media");
  const mark = part("span", "sign", sign);
  mark.setAttribute("aria-hidden", "true");
  shown.append(mark, part("span", "", kind));
  return shown;
}
