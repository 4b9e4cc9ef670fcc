import { Hono } from "hono";
import type { Context } from "../../context.ts";
import { inviteMember, isRole, listInvitations, roles } from "../../staff/invitation.ts";
import { listMembers } from "../../staff/list-members.ts";
import { Button, ButtonRow } from "../components/button.tsx";
import { ErrorSummary } from "../components/error-summary.tsx";
import { Form } from "../components/form.tsx";
import { Notice } from "../components/notice.tsx";
import { PageHeading } from "../components/page-heading.tsx";
import { RadioGroup } from "../components/radio-group.tsx";
import { Tag } from "../components/status.tsx";
import { Table } from "../components/table.tsx";
import { formatDateTime, formatShortDate } from "../../language/format-date.ts";
import { pathInLanguage } from "../../language/language.ts";
import { consoleTexts } from "../texts/console.ts";
import { consoleStaffTexts } from "../texts/console-staff.ts";
import { ConsolePage } from "./console-page.tsx";
import { readForm } from "../read-form.ts";
import type { ConsoleEnv, Visit } from "./visit.ts";

const path = "/console/staff";

type Answer = { readonly link: string } | { readonly error: string };

/** Who works here, and inviting others. A new link is shown in the answer to the form, once and in no address. */
export function staffRoutes(ctx: Context): Hono<ConsoleEnv> {
  return new Hono<ConsoleEnv>()
    .get(path, async (c) => c.html(await staffPage(ctx, c.get("visit"))))
    .post(path, async (c) => {
      const visit = c.get("visit");
      const form = await readForm(ctx, c);
      if (form.kind === "unreadable") return form.answer;
      const role = form.field("role");
      if (!isRole(role)) {
        const error = consoleStaffTexts[visit.language].invite.chooseRole;
        return c.html(await staffPage(ctx, visit, { error }), 422);
      }
      return c.html(await staffPage(ctx, visit, { link: await inviteMember(ctx, role) }));
    });
}

async function staffPage(ctx: Context, visit: Visit, answer?: Answer) {
  const members = await listMembers(ctx);
  const invitations = await listInvitations(ctx);
  return <StaffPage {...{ ctx, visit, members, invitations, answer }} />;
}

function StaffPage(props: {
  ctx: Context;
  visit: Visit;
  members: Awaited<ReturnType<typeof listMembers>>;
  invitations: Awaited<ReturnType<typeof listInvitations>>;
  answer: Answer | undefined;
}) {
  const { ctx, visit, invitations, answer } = props;
  const { language } = visit;
  const t = consoleStaffTexts[language];
  const error = answer !== undefined && "error" in answer ? answer.error : undefined;
  return (
    <ConsolePage {...{ ctx, visit }} title={t.heading} path={path} section="staff" hasErrors={error !== undefined}>
      <ErrorSummary language={language} errors={error === undefined ? [] : [{ field: "role", message: error }]} />
      <PageHeading heading={t.heading} />
      {answer !== undefined && "link" in answer ? (
        <Notice tone="success" heading={t.invite.made} announce>
          <p>{t.invite.once}</p>
          <p>
            <code class="one-time-link">{answer.link}</code>
          </p>
        </Notice>
      ) : null}
      <Members {...props} />
      {invitations.length === 0 ? null : <Waiting {...props} />}
      <h2>{t.invite.heading}</h2>
      <InviteForm visit={visit} error={error} />
    </ConsolePage>
  );
}

function Members(props: { visit: Visit; members: Awaited<ReturnType<typeof listMembers>> }) {
  const { language, member } = props.visit;
  const t = consoleStaffTexts[language];
  return (
    <Table
      caption={t.members}
      columns={[
        {
          header: t.columns.name,
          rowHeader: true,
          cell: ({ staffId, name }) => (
            <>
              {name} {staffId === member.staffId ? <Tag>{t.you}</Tag> : null}
            </>
          ),
        },
        { header: t.columns.login, cell: ({ login }) => login },
        { header: t.columns.role, cell: ({ role }) => consoleTexts[language].roles[role] },
        { header: t.columns.since, cell: ({ createdAt }) => formatShortDate(createdAt, language) },
      ]}
      rows={props.members}
    />
  );
}

function Waiting(props: { visit: Visit; invitations: Awaited<ReturnType<typeof listInvitations>> }) {
  const { language } = props.visit;
  const t = consoleStaffTexts[language].waiting;
  return (
    <>
      <h2>{t.heading}</h2>
      <ul>
        {props.invitations.map(({ role, expiresAt }) => (
          <li>{t.until(consoleTexts[language].roles[role], formatDateTime(expiresAt, language))}</li>
        ))}
      </ul>
    </>
  );
}

function InviteForm(props: { visit: Visit; error: string | undefined }) {
  const { language } = props.visit;
  const t = consoleStaffTexts[language].invite;
  return (
    <Form action={pathInLanguage(language, path)}>
      <RadioGroup
        language={language}
        name="role"
        label={t.role}
        error={props.error}
        choices={roles.map((role) => ({
          value: role,
          label: consoleTexts[language].roles[role],
          hint: t.hints[role],
        }))}
      />
      <ButtonRow>
        <Button>{t.button}</Button>
      </ButtonRow>
    </Form>
  );
}
