// The two words that every part of the page needs.

export const $ = (id) => document.getElementById(id);

export function part(tag, name = "", text = "") {
  const made = document.createElement(tag);
  if (name) made.className = name;
  if (text) made.textContent = text;
  return made;
}
