import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { inspect } from "node:util";
import { parseDatabaseUrl } from "./address.ts";
import { DatabaseUnusable } from "./database-unusable.ts";

test("the usual address is read, with port 5432 when none is given", () => {
  const address = { host: "localhost", port: 5432, user: "ubada", password: "p@ss:wörd/", database: "ubada" };
  assert.deepEqual(parseDatabaseUrl("postgres://ubada:p%40ss%3Aw%C3%B6rd%2F@localhost/ubada"), address);
  const other = parseDatabaseUrl(" postgresql://ubada@127.0.0.1:6432/promises\n");
  assert.deepEqual(other, { host: "127.0.0.1", port: 6432, user: "ubada", database: "promises" });
  assert.equal(parseDatabaseUrl("postgres://ubada@[::1]/ubada").host, "::1");
});

test("a folder of a Unix socket is a host, in each way that libpq writes it", () => {
  const address = { host: "/run/postgresql", port: 5432, user: "ubada", database: "promises" };
  for (const url of [
    "postgres://ubada@%2Frun%2Fpostgresql/promises",
    "postgres://ubada@/promises?host=/run/postgresql",
    "postgres:///promises?host=/run/postgresql&user=ubada",
    "postgres://?host=/run/postgresql&user=ubada&dbname=promises",
  ]) {
    assert.deepEqual(parseDatabaseUrl(url), address, url);
  }
});

test("a database on another machine must show a valid certificate unless the operator says otherwise", () => {
  const ssl = (rest: string) => parseDatabaseUrl(`postgres://ubada@db.example.org/ubada${rest}`).ssl;
  assert.deepEqual(ssl(""), { rejectUnauthorized: true });
  assert.deepEqual(ssl("?sslmode=verify-full"), { rejectUnauthorized: true });
  assert.deepEqual(ssl("?sslmode=require"), { rejectUnauthorized: false });
  assert.equal(ssl("?sslmode=verify-ca")?.checkServerIdentity?.(), undefined);
  assert.equal(ssl("?sslmode=disable"), undefined);
  for (const mode of ["prefer", "allow", "no"]) {
    assert.throws(() => ssl(`?sslmode=${mode}`), { code: "database-url-invalid" });
  }
});

test("the operator's own certificate authority is read from its file", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "ubada-address-"));
  t.after(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "authority.pem"), "the authority");
  const url = (file: string) => `postgres://ubada@db.example.org/ubada?sslrootcert=${join(folder, file)}`;
  const { ssl } = parseDatabaseUrl(url("authority.pem"));
  assert.deepEqual(ssl, { rejectUnauthorized: true, ca: "the authority" });
  assert.throws(() => parseDatabaseUrl(url("missing.pem")), { code: "database-url-invalid" });
});

test("an address that cannot be read is explained, and no part of its password is printed anywhere", () => {
  const broken = [
    "",
    "marzipan",
    "http://ubada:marzipan@localhost/ubada",
    "postgres://ubada:marzi/pan@localhost/ubada",
    "postgres://ubada:12/marzipan@localhost/ubada",
    "postgres://ubada:12?marzipan=1@localhost/ubada",
    "postgres://ubada:marzi#pan@localhost/ubada",
    "postgres://ubada:12#marzipan@localhost/ubada",
    "postgres://ubada:marzipan%zz@localhost/ubada",
    "postgres://ubada:marzipan@localhost",
    "postgres://ubada:marzipan@localhost/",
    "postgres://:marzipan@localhost/ubada",
    "postgres://ubada:marzipan@/ubada",
    "postgres://ubada:marzipan@one,two/ubada",
    "postgres://ubada:marzipan@localhost:0/ubada",
    "postgres://ubada:marzipan@localhost:99999/ubada",
    "postgres://ubada:marzipan@localhost/ubada?sslmode=marzipan",
    "postgres://ubada:marzipan@localhost/ubada?options=-c%20marzipan",
  ];
  for (const url of broken) {
    assert.throws(() => parseDatabaseUrl(url), (error) => {
      assert.ok(error instanceof DatabaseUnusable, url);
      assert.equal(error.code, "database-url-invalid");
      assert.doesNotMatch(inspect(error, { depth: 9 }), /marzi|pan@|pan%/);
      return true;
    });
  }
});
