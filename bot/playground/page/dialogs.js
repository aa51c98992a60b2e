// Native dialogs: the browser keeps the focus inside, Escape closes, and the focus returns to where it was.

// Show a dialog with a form; resolves to its fields, or to null when it was closed without a yes.
export function filled(dialog) {
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener(
      "close",
      () => {
        const form = dialog.querySelector("form");
        const fields = dialog.returnValue ? Object.fromEntries(new FormData(form)) : null;
        form.reset();
        resolve(fields);
      },
      { once: true },
    );
  });
}

// `pairs`: [value, label]
export function options(select, pairs, chosen = pairs[0][0]) {
  select.replaceChildren(...pairs.map(([value, label]) => new Option(label, value, value === chosen, value === chosen)));
}

export function prepare() {
  for (const dialog of document.querySelectorAll("dialog")) {
    dialog.querySelector("[data-close]")?.addEventListener("click", () => dialog.close(""));
    // a press beside the box closes it, as everywhere
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog) dialog.close("");
    });
  }
  for (const menu of document.querySelectorAll(".menu")) {
    menu.addEventListener("click", () => menu.hidePopover());
    menu.addEventListener("beforetoggle", (event) => event.newState === "open" && putBeside(menu));
  }
}

// Above or below the button that opens it, inside the window. It is not drawn yet, so its size is the style's.
function putBeside(menu) {
  const at = document.querySelector(`[popovertarget="${menu.id}"]`).getBoundingClientRect();
  const above = at.top > innerHeight / 2;
  menu.style.top = above ? "auto" : `${at.bottom + 8}px`;
  menu.style.bottom = above ? `${innerHeight - at.top + 8}px` : "auto";
  menu.style.left = `min(${at.left}px, 100vw - var(--menu) - 8px)`;
}
