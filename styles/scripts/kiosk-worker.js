// Keeps the tablet's page and what it is made of at hand, for a start without network. The network's own answer comes first.
const KEPT = "kiosk";

async function answer(request) {
  const cache = await caches.open(KEPT);
  try {
    const fresh = await fetch(request);
    if (fresh.ok) await cache.put(request, fresh.clone());
    if (fresh.status === 404) await cache.delete(request);
    return fresh;
  } catch (lost) {
    const kept = await cache.match(request);
    if (kept) return kept;
    throw lost;
  }
}

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  if (event.request.method === "GET" && new URL(event.request.url).origin === location.origin) event.respondWith(answer(event.request));
});
