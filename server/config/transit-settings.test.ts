import assert from "node:assert/strict";
import { test } from "node:test";
import { readTransitSettings } from "./transit-settings.ts";

const good = { UBADA_TRANSIT_URL: "https://vault.example.kg:8200", UBADA_TRANSIT_TOKEN_FILE: "/run/ubada/token" };

test("an address and the file of a token are enough; the rest has the service's own defaults", () => {
  assert.deepEqual(readTransitSettings(good), {
    origin: "https://vault.example.kg:8200",
    tokenFile: "/run/ubada/token",
    mount: "transit",
    namespace: undefined,
    keyPrefix: "ubada",
  });
  const all = { UBADA_TRANSIT_MOUNT: "team/transit", UBADA_TRANSIT_NAMESPACE: "school", UBADA_TRANSIT_KEY: "lerna" };
  const { mount, namespace, keyPrefix } = readTransitSettings({ ...good, ...all }) ?? {};
  assert.deepEqual([mount, namespace, keyPrefix], ["team/transit", "school", "lerna"]);
});

test("where nothing is set there is no transit service; a variable that is set to nothing counts as not set", () => {
  assert.equal(readTransitSettings({}), undefined);
  assert.equal(readTransitSettings({ UBADA_TRANSIT_URL: "", UBADA_TRANSIT_TOKEN_FILE: "" }), undefined);
});

test("keys do not travel open: http is for this machine alone", () => {
  for (const url of ["http://localhost:8200", "http://127.0.0.1:8200", "http://[::1]:8200"]) {
    assert.equal(readTransitSettings({ ...good, UBADA_TRANSIT_URL: url })?.origin, url);
  }
  const open = ["http://vault.example.kg:8200", "http://127.0.0.1.example.kg", "http://10.0.0.5:8200", "ftp://localhost"];
  for (const url of open) {
    const refusal = { code: "config", message: /^UBADA_TRANSIT_URL/ };
    assert.throws(() => readTransitSettings({ ...good, UBADA_TRANSIT_URL: url }), refusal);
  }
});

test("settings that cannot be obeyed are refused by name, all at once, and nothing that may be a secret is repeated", () => {
  for (const [name, text] of [
    ["URL", "vault"],
    ["URL", "https://operator:hunter2@vault.example.kg"],
    ["URL", "https://vault.example.kg/v1"],
    ["MOUNT", "../sys"],
    ["MOUNT", "/transit/"],
    ["NAMESPACE", "a\nX-Vault-Token: hunter2"],
    ["KEY", "ubada/../root"],
    ["TOKEN_FILE", ""],
  ] as const) {
    assert.throws(
      () => readTransitSettings({ ...good, [`UBADA_TRANSIT_${name}`]: text }),
      (error: unknown) => {
        assert.ok(error instanceof Error && "code" in error && error.code === "config");
        assert.match(error.message, new RegExp(`^UBADA_TRANSIT_${name} [^\n]*$`));
        return !error.message.includes("hunter2");
      },
    );
  }
  assert.throws(() => readTransitSettings({ UBADA_TRANSIT_KEY: "-" }), { message: /_URL .*\n.*_TOKEN_FILE .*\n.*_KEY / });
});
