// The report of a visit: what is typed stays on the phone until the network has taken it, and is sent once. Its page is kept at hand for the field.
const DRAFT = "draft ";
const form = document.querySelector("form[data-keep]");
const RETRY_MS = 20_000;

function typed(of) {
  return [...new FormData(of)].filter(([, value]) => typeof value === "string");
}

function fill(of, pairs) {
  const boxes = of.querySelectorAll("input[type=checkbox]");
  boxes.forEach((box) => { box.checked = false; });
  for (const [name, value] of pairs) {
    const control = of.elements.namedItem(name);
    if (!control || control.type === "hidden") continue;
    if (control.type === "checkbox") control.checked = true;
    else control.value = value;
  }
}

const shown = (selector, is) => { const part = document.querySelector(selector); if (part) part.hidden = !is; };

function keepWriting() {
  const store = DRAFT + form.dataset.keep;
  const own = () => JSON.parse(localStorage.getItem(store) || "null");
  let sending = false;

  async function send() {
    const draft = own();
    if (sending || !draft?.waits) return;
    sending = true;
    try {
      const body = new URLSearchParams(draft.pairs);
      body.set("csrfmiddlewaretoken", form.elements.namedItem("csrfmiddlewaretoken").value);
      const sent = await fetch(draft.to, { method: "POST", body, headers: { "X-Requested-With": "kept" } });
      if (sent.status === 204) {
        localStorage.removeItem(store);
        await fetch(draft.to).catch(() => {}); // the page kept at hand knows the new words
        location.assign(form.dataset.done);
      } else if (sent.status === 401 || sent.status === 403 || sent.status === 409) {
        shown("[data-refused]", true);
      } else if (sent.status === 422) {
        localStorage.setItem(store, JSON.stringify({ ...draft, waits: false }));
        form.submit(); // the page says what is to be mended
      }
    } catch {
      shown("[data-offline]", true);
    } finally {
      sending = false;
    }
  }

  const draft = own();
  if (draft && form.dataset.failed === undefined) {
    fill(form, draft.pairs);
    const version = form.elements.namedItem("version");
    const was = new Map(draft.pairs).get("version");
    if (was !== undefined) version.value = was; // newer words of one's own are not written over unseen
    const key = new Map(draft.pairs).get("submit_key");
    if (key) form.elements.namedItem("submit_key").value = key;
  }
  const put = (waits) => localStorage.setItem(store, JSON.stringify({ to: location.pathname, pairs: typed(form), waits }));
  form.addEventListener("input", () => put(false));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    put(true);
    send();
  });
  addEventListener("online", send);
  addEventListener("offline", () => shown("[data-offline]", true));
  setInterval(send, RETRY_MS);
  send();
}

const worker = form?.dataset.worker || document.querySelector("[data-keep-page]")?.dataset.keepPage;
if (worker && navigator.serviceWorker) {
  navigator.serviceWorker
    .register(worker)
    .then(() => navigator.serviceWorker.ready)
    .then(({ active }) => {
      const links = [...document.querySelectorAll("[data-keep-page]")].map((link) => link.pathname);
      const parts = [...document.querySelectorAll("link[rel=stylesheet], script[src]")].map((part) => new URL(part.href || part.src).pathname);
      active.postMessage({ keep: [...(form ? [location.pathname] : links), ...parts] });
    })
    .catch(() => {});
}
if (form) keepWriting();
