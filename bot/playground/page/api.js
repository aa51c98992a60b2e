// The stand-in's JSON API, and nothing else: every no arrives as an Error whose message is one sentence.

export class Refusal extends Error {}

async function ask(path, options) {
  let answer;
  try {
    answer = await fetch(`/api/${path}`, options);
  } catch {
    throw new Error("The playground does not answer. Start it again where you started it.");
  }
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refusal(body.error ?? `The playground answered ${answer.status}.`);
  return body;
}

export const get = (path) => ask(path, { cache: "no-store" });

export const post = (path, body = {}) =>
  ask(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
