import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import type { Hono } from "hono";
import type { Config } from "../config/read-config.ts";
import type { Context } from "../context.ts";
import { createApp } from "./app.ts";
import { securityHeaders } from "./security-headers.ts";

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

/** A server, not listening yet, that answers with this application, and with the security headers whatever it answers. */
export async function createWebServer(app: Hono, options: Pick<Config, "host" | "https">): Promise<Server> {
  const setSecurityHeaders = await securityHeaders(options);
  const answer = getRequestListener(app.fetch, { hostname: options.host });
  return createServer((incoming, outgoing) => {
    setSecurityHeaders(outgoing);
    void answer(incoming, outgoing);
  });
}

/** Serves the web until it is disposed: then it takes no new request, and lets those under way end. */
export async function serveWeb(ctx: Context): Promise<Web> {
  const { host, port } = ctx.config;
  const server = await createWebServer(createApp(ctx), ctx.config);
  const boundPort = await new Promise<number>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(error.code === "EADDRINUSE" ? new PortTaken(host, port, error) : error),
    );
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
  return {
    origin: port === 0 ? `http://${host}:${boundPort}` : ctx.config.origin,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
  };
}
