import type { MiddlewareHandler } from "hono";
import type { Context } from "../../context.ts";
import { ConsoleMessage } from "./console-message.tsx";
import { mayOpen, type Section } from "./sections.ts";
import type { ConsoleEnv } from "./visit.ts";

/** Keeps a section to the roles it is for. After `requireMember`. */
export function requireRoleFor(ctx: Context, section: Section): MiddlewareHandler<ConsoleEnv> {
  return async (c, next) => {
    const visit = c.get("visit");
    if (mayOpen(visit.member.role, section)) return next();
    return c.html(<ConsoleMessage ctx={ctx} visit={visit} message="administratorsOnly" />, 403);
  };
}
