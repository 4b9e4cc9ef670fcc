import assert from "node:assert/strict";
import { test } from "node:test";
import { isOurs, type SenderHeaders } from "./same-origin.ts";

const ours = "https://lerna.example.kg";
const sent = (headers: Partial<SenderHeaders>): SenderHeaders => ({
  origin: undefined,
  fetchSite: undefined,
  referer: undefined,
  host: "lerna.example.kg",
  ...headers,
});

for (const headers of [
  { origin: ours },
  { origin: ours, fetchSite: "same-origin" },
  { origin: ours, fetchSite: "none" },
  { fetchSite: "same-origin" },
  { origin: "null", fetchSite: "same-origin" },
  { referer: `${ours}/ru/forms/enrol` },
]) {
  test(`a form of our own page is taken: ${JSON.stringify(headers)}`, () => {
    assert.ok(isOurs(ours, sent(headers)));
  });
}

for (const headers of [
  {},
  { origin: "https://evil.example" },
  { origin: "https://evil.example", fetchSite: "cross-site" },
  { origin: ours, fetchSite: "cross-site" },
  { origin: "https://sub.lerna.example.kg", fetchSite: "same-site" },
  { origin: "http://lerna.example.kg" },
  { origin: "https://lerna.example.kg:8443" },
  { origin: "https://lerna.example.kg.evil.example" },
  { origin: "null" },
  { origin: "null", referer: `${ours}/ru/` },
  { origin: "not an address" },
  { referer: "https://evil.example/?https://lerna.example.kg/" },
  { fetchSite: "none" },
  { origin: "http://127.0.0.1:8080", host: "127.0.0.1:8080" },
]) {
  test(`a form that no page of ours has sent is refused: ${JSON.stringify(headers)}`, () => {
    assert.ok(!isOurs(ours, sent(headers)));
  });
}

const local = "http://127.0.0.1:8080";
for (const [origin, host] of [
  ["http://localhost:8080", "localhost:8080"],
  ["http://[::1]:8080", "[::1]:8080"],
  ["http://192.168.1.5:8080", "192.168.1.5:8080"],
  ["http://localhost:9090", "localhost:9090"],
] as const) {
  test(`without a public address, the one in the browser's bar is ours: ${origin}`, () => {
    assert.ok(isOurs(local, sent({ origin, host })));
  });
}

for (const [origin, host] of [
  ["http://localhost:3000", "localhost:8080"],
  ["https://localhost:8080", "localhost:8080"],
  ["http://rebound.evil.example:8080", "rebound.evil.example:8080"],
  ["http://127.0.0.1.evil.example:8080", "127.0.0.1.evil.example:8080"],
] as const) {
  test(`another page on this machine, or a name made to point at it, is not ours: ${origin}`, () => {
    assert.ok(!isOurs(local, sent({ origin, host })));
  });
}
