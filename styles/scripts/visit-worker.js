// Keeps the report pages of visits that were looked at, and what they are made of, at hand for the field. The network's own answer comes first.
const KEPT = "visits";
const REPORT = /^\/kaynnit\/\d+\/raportti$/;
const OURS = /^\/static\//;

async function keep(path) {
  const answer = await fetch(path, { credentials: "same-origin" });
  if (answer.ok && !answer.redirected) await (await caches.open(KEPT)).put(path, answer);
}

async function answer(request) {
  const cache = await caches.open(KEPT);
  try {
    const fresh = await fetch(request);
    if (fresh.ok && !fresh.redirected) await cache.put(request, fresh.clone());
    if (fresh.status === 403 || fresh.status === 404 || fresh.redirected) await cache.delete(request);
    return fresh;
  } catch (lost) {
    const kept = await cache.match(request, { ignoreVary: true });
    if (kept) return kept;
    throw lost;
  }
}

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("message", (event) => event.waitUntil(Promise.allSettled((event.data.keep || []).map(keep))));
addEventListener("fetch", (event) => {
  const { pathname, origin } = new URL(event.request.url);
  if (event.request.method === "GET" && origin === location.origin && (REPORT.test(pathname) || OURS.test(pathname))) {
    event.respondWith(answer(event.request));
  }
});
