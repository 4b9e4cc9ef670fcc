import assert from "node:assert/strict";
import { Hono } from "hono";
import { type Submission, submitEnquiry } from "../../enquiries/submit-enquiry.ts";
import { acceptInvitation } from "../../staff/accept-invitation.ts";
import { openConsoleSession } from "../../staff/console-session.ts";
import { inviteMember, type Role } from "../../staff/invitation.ts";
import { createTestContext, type TestContext } from "../../../test-kit/context.ts";
import { languages } from "../../language/language.ts";
import { consoleRoutes } from "./routes.ts";

/** A member of staff at the console, as a browser would be, without one. */
export interface Desk {
  readonly staffId: string;
  get(path: string): Promise<Response>;
  post(path: string, fields?: Readonly<Record<string, string>>): Promise<Response>;
  /** A form with a file. */
  postFiles(path: string, body: FormData): Promise<Response>;
}

/** The console over a database of its own, with whoever works there and people who send enquiries. */
export interface ConsoleScene extends TestContext {
  /** Any request at all, as it is. */
  ask(path: string, request: RequestInit): Promise<Response>;
  /** Nobody signed in. */
  readonly street: Omit<Desk, "staffId">;
  desk(role: Role, login?: string): Promise<Desk>;
  /** Sends an enquiry of Aibek Testov, or of somebody else, and returns its number. */
  enquire(changes?: Partial<Submission>): Promise<string>;
}

export const password = "зимой снег тёплый";

export const aibek = {
  surname: "Тестов",
  firstName: "Айбек",
  phone: "0555000101",
  email: "aibek.testov@example.kg",
};

type Options = Parameters<typeof createTestContext>[0];

export async function createConsoleScene(options: Options = {}): Promise<ConsoleScene> {
  const kit = await createTestContext(options);
  const app = new Hono();
  const routes = consoleRoutes(kit.ctx);
  for (const language of languages) app.route(`/${language}`, routes);
  return {
    ...kit,
    [Symbol.asyncDispose]: () => kit[Symbol.asyncDispose](),
    ask: async (path, request) => app.request(path, request),
    street: browser(app, undefined),
    async desk(role, login = role) {
      const link = await inviteMember(kit.ctx, role);
      const member = { login, name: `Бермет ${login}`, password };
      const accepted = await acceptInvitation(kit.ctx, link.slice(-43), member);
      assert.equal(accepted.kind, "accepted");
      const { staffId } = accepted;
      return { staffId, ...browser(app, await openConsoleSession(kit.ctx, staffId)) };
    },
    async enquire(changes = {}) {
      const outcome = await submitEnquiry(kit.ctx, {
        form: "consultation",
        language: "ru",
        fields: aibek,
        ticked: [],
        declared: true,
        ...changes,
      });
      assert.equal(outcome.kind, "accepted");
      return outcome.number;
    },
  };
}

function browser(app: Hono, secret: string | undefined): Omit<Desk, "staffId"> {
  const headers: Record<string, string> = secret === undefined ? {} : { cookie: `ubada-console=${secret}` };
  return {
    get: async (path) => app.request(path, { headers }),
    post: async (path, fields = {}) =>
      app.request(path, {
        method: "POST",
        headers: { ...headers, "content-type": "application/x-www-form-urlencoded" },
        body: new URLSearchParams(fields).toString(),
      }),
    postFiles: async (path, body) => app.request(path, { method: "POST", headers, body }),
  };
}
