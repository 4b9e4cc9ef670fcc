import { BlockList, isIP } from "node:net";
import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context as Request } from "hono";

/** This machine, and the private networks in which a proxy in front of it may stand. */
const near = new BlockList();
near.addSubnet("127.0.0.0", 8, "ipv4");
near.addSubnet("10.0.0.0", 8, "ipv4");
near.addSubnet("172.16.0.0", 12, "ipv4");
near.addSubnet("192.168.0.0", 16, "ipv4");
near.addAddress("::1", "ipv6");
near.addSubnet("fc00::", 7, "ipv6");

/**
 * The network address of whoever sent the request, to count by and then forget; undefined for a request that never
 * travelled. A proxy's word (the last entry of X-Forwarded-For, which it wrote itself) counts only from nearby.
 */
export function clientOf(c: Request): string | undefined {
  const peer = hasConnection(c.env) ? getConnInfo(c).remote.address : undefined;
  if (peer === undefined || !near.check(peer, isIP(peer) === 6 ? "ipv6" : "ipv4")) return peer;
  const forwarded = c.req.header("x-forwarded-for")?.split(",").at(-1)?.trim() ?? "";
  return isIP(forwarded) === 0 ? peer : forwarded;
}

function hasConnection(env: unknown): boolean {
  return typeof env === "object" && env !== null && ("incoming" in env || "server" in env);
}
