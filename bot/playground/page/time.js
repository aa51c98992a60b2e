// Moments are UTC on the stand-in's clock; what is shown is a person's wall time. The zone is known to this page only.

const LOCALE = "en-GB";
const HERE = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
const DAY = 86_400_000;
// what CLDR still lists under its first name (https://www.unicode.org/reports/tr35/#Time_Zone_Identifiers)
const NOW_CALLED = {
  Calcutta: "Kolkata", Katmandu: "Kathmandu", Kiev: "Kyiv", Rangoon: "Yangon", Saigon: "Ho Chi Minh City", Faeroe: "Faroe",
  Godthab: "Nuuk", Truk: "Chuuk", Ponape: "Pohnpei",
};
const formats = new Map();

function format(zone, options) {
  const key = zone + JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(LOCALE, { ...options, timeZone: zone }));
  return formats.get(key);
}

const HM = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };

export const timeOfDay = (at, zone) => format(zone, HM).format(at);

export const day = (at, zone) => format(zone, { weekday: "long", day: "numeric", month: "long" }).format(at).replace(",", "");

// "Sun 1 Mar, 10:00"
export function moment(at, zone) {
  const parts = Object.fromEntries(
    format(zone, { weekday: "short", day: "numeric", month: "short", ...HM }).formatToParts(at).map((one) => [one.type, one.value]),
  );
  return `${parts.weekday} ${parts.day} ${parts.month}, ${parts.hour}:${parts.minute}`;
}

// How far ahead, in the largest unit that fits: "in 7 hours"
export function ahead(at, now) {
  const minutes = Math.round((at - now) / 60_000);
  if (minutes < 1) return "now";
  const [size, unit] = minutes < 60 ? [minutes, "minute"] : minutes < 2880 ? [Math.round(minutes / 60), "hour"] : [Math.round(minutes / 1440), "day"];
  return `in ${size} ${unit}${size === 1 ? "" : "s"}`;
}

// What a datetime-local field shows: "2026-03-01T10:00"
export function wall(at, zone) {
  const all = { year: "numeric", month: "2-digit", day: "2-digit", ...HM };
  const parts = Object.fromEntries(format(zone, all).formatToParts(at).map((one) => [one.type, one.value]));
  return `${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}`;
}

// The moment when the wall of a zone shows this: the first of two; what the clocks skip is shifted forward.
export function fromWall(text, zone) {
  const wanted = Date.parse(`${text}Z`);
  const [before, after] = [wanted - DAY, wanted + DAY].map((near) => new Date(wanted - offset(near, zone)));
  return wall(before, zone) !== text && wall(after, zone) === text ? after : before;
}

const offset = (at, zone) => Date.parse(`${wall(new Date(at), zone)}Z`) - at;

export function city(zone) {
  const name = zone.split("/").pop();
  return NOW_CALLED[name] ?? name.replaceAll("_", " ");
}

export const zones = () => [...new Set([HERE, "UTC", ...Intl.supportedValuesOf("timeZone")])];

const shelf = (person) => `zone of ${person}`;

export function zoneOf(person) {
  try {
    return localStorage.getItem(shelf(person)) ?? HERE;
  } catch {
    return HERE;
  }
}

export function keepZone(person, zone) {
  try {
    localStorage.setItem(shelf(person), zone);
  } catch {
    // a browser that keeps nothing shows the zone of this computer
  }
}
