import { Hono } from "hono";
import type { Context } from "../../context.ts";
import { demoClockRoutes } from "./demo-notice.tsx";
import { enquiriesRoutes } from "./enquiries.tsx";
import { enquiryRoutes } from "./enquiry.tsx";
import { evidenceRoutes } from "./evidence.tsx";
import { receiptRoutes } from "./receipt.tsx";
import { fulfilRoutes } from "./fulfil.tsx";
import { invitationRoutes } from "./invitation.tsx";
import { journalRoutes } from "./journal.tsx";
import { letterFileRoutes } from "./letter-file.tsx";
import { letterRoutes } from "./letter.tsx";
import { lettersRoutes } from "./letters.tsx";
import { overviewRoutes } from "./overview.tsx";
import { requestRoutes } from "./request.tsx";
import { requestsRoutes } from "./requests.tsx";
import { requireRoleFor } from "./require-role.tsx";
import { sectionPaths } from "./sections.ts";
import { signInRoutes } from "./sign-in.tsx";
import { staffRoutes } from "./staff.tsx";
import { type ConsoleEnv, requireMember } from "./visit.ts";

/** Everything under `/console` in each language. All but signing in and an invitation is for members who are signed in. */
export function consoleRoutes(ctx: Context): Hono {
  const forMembers = new Hono<ConsoleEnv>()
    .use("/console/*", requireMember(ctx))
    .use(`${sectionPaths.letters}/*`, requireRoleFor(ctx, "letters"))
    .use(`${sectionPaths.staff}/*`, requireRoleFor(ctx, "staff"))
    .route("/", overviewRoutes(ctx))
    .route("/", enquiriesRoutes(ctx))
    .route("/", enquiryRoutes(ctx))
    .route("/", fulfilRoutes(ctx))
    .route("/", requestsRoutes(ctx))
    .route("/", requestRoutes(ctx))
    .route("/", letterFileRoutes(ctx))
    .route("/", lettersRoutes(ctx))
    .route("/", letterRoutes(ctx))
    .route("/", journalRoutes(ctx))
    .route("/", evidenceRoutes(ctx))
    .route("/", receiptRoutes(ctx))
    .route("/", staffRoutes(ctx))
    .route("/", demoClockRoutes(ctx));
  return new Hono().route("/", signInRoutes(ctx)).route("/", invitationRoutes(ctx)).route("/", forMembers);
}
