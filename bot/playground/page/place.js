// Sharing a place, as a phone does: one from the list, or any two numbers. The last of the list are hard to read.

import { filled, options } from "./dialogs.js";
import { $ } from "./dom.js";

const CITIES = [
  ["52.52 13.405", "Berlin"], ["51.507 -0.128", "London"], ["40.713 -74.006", "New York"], ["34.052 -118.244", "Los Angeles"],
  ["-23.55 -46.633", "São Paulo"], ["6.524 3.379", "Lagos"], ["28.614 77.209", "Delhi"], ["27.717 85.324", "Kathmandu"],
  ["35.676 139.65", "Tokyo"], ["-33.869 151.209", "Sydney"], ["-36.85 174.764", "Auckland"],
  ["43.82 87.61", "Ürümqi, with two clocks"], ["31.759 -106.487", "El Paso, beside Mexico"], ["30 -40", "The open sea"],
];

const dialog = $("place-dialog");
const [city, latitude, longitude] = ["city", "latitude", "longitude"].map((name) => dialog.querySelector(`[name=${name}]`));
city.addEventListener("change", fill);

function fill() {
  [latitude.value, longitude.value] = city.value.split(" ");
}

// Resolves to { latitude, longitude }, or to null.
export async function chosenPlace() {
  options(city, CITIES);
  fill();
  const given = await filled(dialog);
  return given && { latitude: Number(given.latitude), longitude: Number(given.longitude) };
}
