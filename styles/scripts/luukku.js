// Quickens pages that work without it. No state of its own.
const typing = (target) => target.closest("input, textarea, select, [contenteditable]");

// A form that makes something is sent once, however often its button is pressed.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  setTimeout(() => delete form.dataset.sent, 8000);
});
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));

// Pages that were kept at hand for the field go with whoever signs out.
document.addEventListener("submit", ({ target }) => target.action.endsWith("/logout/") && self.caches?.delete("visits"));

// Errors are read first.
document.querySelector(".govuk-error-summary")?.focus();

// On a phone the row of links scrolls sideways: the one we are at is in sight.
const here = document.querySelector(".lu-nav--staff li:not(.lu-nav__do) [aria-current]");
const row = here?.closest(".govuk-width-container");
if (row) row.scrollLeft = here.offsetLeft - row.clientWidth / 3;

// One tap in the mail: the face is chosen by the link, and sent here by POST, since a link may not change anything.
document.querySelector("form[data-send-now]")?.requestSubmit();

function rows() {
  return [...document.querySelectorAll("[data-row]")];
}

function step(by) {
  const all = rows();
  if (!all.length) return;
  const now = all.findIndex((row) => row.contains(document.activeElement));
  const next = all[Math.min(all.length - 1, Math.max(0, now + by))];
  next.querySelector("a")?.focus();
}

const keys = {
  "/": () => document.querySelector("[data-search]")?.focus(),
  j: () => step(1),
  k: () => step(-1),
  o: () => rows().find((row) => row.contains(document.activeElement))?.querySelector("button[data-take]")?.click(),
};

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.form) event.target.form.requestSubmit();
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const act = keys[event.key];
  if (act) {
    event.preventDefault();
    act();
  }
});

// A choice in a filter takes effect at once where it says so.
document.addEventListener("change", (event) => event.target.closest("form[data-auto]")?.requestSubmit());

// What is written into one box stands in the other too, until that one is touched.
document.addEventListener("input", (event) => {
  const { mirror } = event.target.dataset;
  if (!mirror) {
    event.target.dataset.own = "1";
    return;
  }
  const other = document.querySelector(mirror);
  if (other && !other.dataset.own) other.value = event.target.value;
});
