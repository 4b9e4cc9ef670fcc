import type { AddressInfo } from "node:net";
import type { Hono } from "hono";
import { createWebServer } from "../server/web/serve.ts";

export interface Listening extends AsyncDisposable {
  /** Headers of the answer, as they come over a socket; the server adds some that the application does not. */
  headersOf(path: string): Promise<Headers>;
}

/** The application behind the web server of the product, on a port of its own. */
export async function listening(app: Hono, options: { readonly https: boolean }): Promise<Listening> {
  const server = await createWebServer(app, { host: "127.0.0.1", ...options });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    headersOf: async (path) => {
      const { headers, body } = await fetch(`http://127.0.0.1:${port}${path}`, { redirect: "manual" });
      await body?.cancel();
      return headers;
    },
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve()).closeAllConnections()),
  };
}
