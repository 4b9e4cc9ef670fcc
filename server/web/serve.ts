import { serve } from "@hono/node-server";
import type { Context } from "../context.ts";
import { createApp } from "./app.ts";

/** The port is somebody else's. */
export class PortTaken extends Error {
  readonly code = "port-taken";
  constructor(host: string, port: number, cause: unknown) {
    super(`Port ${port} on ${host} is taken by another program; stop it, or choose another: PORT=8081 npm start`, { cause });
  }
}

export interface Web extends AsyncDisposable {
  /** Where it answers, with the real port when 0 was asked. */
  readonly origin: string;
}

/** Serves the web until it is disposed: then it takes no new request, and lets those under way end. */
export async function serveWeb(ctx: Context): Promise<Web> {
  const { host, port } = ctx.config;
  const app = createApp(ctx);
  const { server, boundPort } = await new Promise<{ server: ReturnType<typeof serve>; boundPort: number }>(
    (resolve, reject) => {
      const server = serve({ fetch: app.fetch, hostname: host, port }, (info) => resolve({ server, boundPort: info.port }));
      server.once("error", (error: NodeJS.ErrnoException) =>
        reject(error.code === "EADDRINUSE" ? new PortTaken(host, port, error) : error),
      );
    },
  );
  return {
    origin: port === 0 ? `http://${host}:${boundPort}` : ctx.config.origin,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        if ("closeIdleConnections" in server) server.closeIdleConnections();
      }),
  };
}
