import assert from "node:assert/strict";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { buildLog, exampleVerifier, someEntries } from "./log-scene.ts";
import { urlReader } from "./url-reader.ts";
import { verifyLog } from "./verify-log.ts";

/** A real server for as long as the work takes. */
async function serving<T>(listener: RequestListener, work: (url: string) => Promise<T>): Promise<T> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    return await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}/ledger`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

test("a log at an address is read, compressed or not, with or without a slash at its end", async () => {
  const files = buildLog(someEntries(3000));
  const listener: RequestListener = ({ url = "" }, response) => {
    const bytes = files.get(url.replace("/ledger/", ""));
    if (bytes === undefined) response.writeHead(404).end();
    else if (url.includes("entries")) response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(bytes));
    else response.end(bytes);
  };
  await serving(listener, async (url) => {
    for (const address of [url, `${url}/`]) {
      const { checkpoint } = await verifyLog(urlReader(address), exampleVerifier);
      assert.equal(checkpoint.size, 3000);
    }
    assert.equal(await urlReader(url).read("tile/0/999"), undefined);
  });
});

test("nothing but the files of a log is asked for", async () => {
  const asked: (string | undefined)[] = [];
  const listener: RequestListener = ({ url }, response) => {
    asked.push(url);
    response.end();
  };
  await serving(listener, async (url) => {
    for (const path of ["", "..", "../secret", "tile/0/0", "http://example.org/"]) {
      assert.equal(await urlReader(url).read(path), undefined);
    }
  });
  assert.deepEqual(asked, []);
});

test("an answer without end is cut off, compressed or not", async () => {
  const endless: RequestListener = (_, response) => {
    const more = (error?: Error | null) => error ?? response.write(Buffer.alloc(100_000), more);
    more();
  };
  const bomb: RequestListener = (_, response) => {
    response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(Buffer.alloc(10_000_000)));
  };
  for (const listener of [endless, bomb]) {
    await serving(listener, async (url) => {
      const tooLong = { code: "malformed", message: /tile\/0\/000 .* 8192 bytes/ };
      await assert.rejects(urlReader(url).read("tile/0/000"), tooLong);
    });
  }
});

test("a server that fails, sends elsewhere, breaks off or keeps silent says nothing about the log", async () => {
  const listeners: readonly RequestListener[] = [
    (_, response) => response.writeHead(500).end(),
    (_, response) => response.writeHead(302, { location: "http://127.0.0.1:1/" }).end(),
    (_, response) => response.writeHead(200, { "content-length": "100" }).write("x", () => response.destroy()),
    () => undefined,
  ];
  for (const listener of listeners) {
    await serving(listener, async (url) => {
      await assert.rejects(urlReader(url, 300).read("checkpoint"), { code: "log-unreadable", message: /checkpoint/ });
    });
  }
});

test("an address that is none is refused", () => {
  const wrong = ["", "example.org", "ftp://example.org/", "file:///etc"];
  for (const url of wrong) assert.throws(() => urlReader(url), RangeError);
});
