import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { connect } from "../database/connect.ts";
import { createTestDatabase } from "../../test-kit/postgres.ts";
import { requireKeys } from "./require-keys.ts";

test("keys that belong to another database are refused before anything is sealed under them", async () => {
  await using database = await createTestDatabase();
  await using owner = connect(database.ownerAddress, { name: "test-owner", max: 1 });
  const keys = { ledger: randomBytes(32), lookup: randomBytes(32) };
  await requireKeys(owner.db, keys);
  await requireKeys(owner.db, keys);
  await assert.rejects(requireKeys(owner.db, { ...keys, ledger: randomBytes(32) }), { code: "foreign-keys" });
});
