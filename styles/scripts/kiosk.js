// A tablet's page: an answer is kept here until the network has taken it, and thanks are said at once.
const page = document.querySelector("[data-kiosk]");
const address = page.dataset.kiosk;
const store = `answers ${address}`;
const ask = page.querySelector("[data-ask]");
const thanks = page.querySelector("[data-thanks]");
const waiting = document.querySelector("[data-waiting]");
const THANKS_MS = 3500;
const RETRY_MS = 20_000;

const kept = () => JSON.parse(localStorage.getItem(store) || "[]");
const keep = (answers) => localStorage.setItem(store, JSON.stringify(answers));

// Works also where the page is not served over https and crypto.randomUUID is missing.
function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

let sending = false;
async function send() {
  if (sending) return;
  sending = true;
  try {
    for (const answer of kept()) {
      const sent = await fetch(address, { method: "POST", body: new URLSearchParams(answer), headers: { "X-Requested-With": "kiosk" } });
      if (sent.status === 429 || sent.status >= 500) break; // later
      if (sent.status === 410) {
        location.reload(); // out of use: the page says so
        break;
      }
      keep(kept().filter((each) => each.key !== answer.key));
    }
  } catch {
    // no network: they wait
  } finally {
    sending = false;
    waiting.hidden = !kept().length;
  }
}

function turn(toThanks) {
  ask.hidden = toThanks;
  thanks.hidden = !toThanks;
}

page.querySelector("form").addEventListener("submit", (event) => {
  event.preventDefault();
  const face = event.submitter?.value;
  if (!face || !thanks.hidden) return;
  keep([...kept(), { key: newKey(), face, given_at: new Date().toISOString() }]);
  turn(true);
  setTimeout(() => turn(false), THANKS_MS);
  send();
});
thanks.querySelector("a").addEventListener("click", (event) => {
  event.preventDefault();
  turn(false);
});

addEventListener("online", send);
setInterval(send, RETRY_MS);
send();
navigator.serviceWorker?.register(page.dataset.worker).catch(() => {});
