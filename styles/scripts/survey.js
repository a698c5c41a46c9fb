// Quickens a survey: questions that do not apply are out of sight, and what is written stays in this browser until it is sent. It works without.
const form = document.querySelector("form.lu-survey");

function chosen(name) {
  return [...form.elements].filter((each) => each.name === name && (each.checked || each.tagName === "SELECT")).map((each) => each.value);
}

function show() {
  form.querySelectorAll("[data-shown-by]").forEach((block) => {
    const source = form.querySelector(`[name="${block.dataset.shownBy}"]`)?.closest(".lu-ask");
    const wanted = block.dataset.shownAt.split(" ");
    block.hidden = Boolean(source?.hidden) || !chosen(block.dataset.shownBy).some((code) => wanted.includes(code));
  });
  form.querySelectorAll("[data-without-script]").forEach((words) => (words.hidden = true));
}

function written() {
  return [...new FormData(form)].filter(([name]) => !["csrfmiddlewaretoken", "key", "step"].includes(name));
}

function giveBack(kept) {
  kept.forEach(([name, value]) => {
    [...form.elements].filter((each) => each.name === name).forEach((each) => {
      if (each.type === "radio" || each.type === "checkbox") each.checked ||= each.value === value;
      else if (!each.value) each.value = value;
    });
  });
}

if (form) {
  const place = form.dataset.keep;
  if (place && !form.hasAttribute("data-send-now")) {
    try {
      giveBack(JSON.parse(localStorage.getItem(place) || "[]"));
    } catch {
      localStorage.removeItem(place);
    }
    form.addEventListener("input", () => localStorage.setItem(place, JSON.stringify(written())));
  }
  form.addEventListener("change", show);
  show();
}

const done = document.querySelector("[data-forget]")?.dataset.forget;
if (done) localStorage.removeItem(done);
