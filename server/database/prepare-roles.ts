import pg from "pg";
import { MigrationError } from "./migration-error.ts";
import { scramVerifier } from "./scram-verifier.ts";

const roles = [
  ["ubada_owner", "NOLOGIN"],
  ["ubada_keys", "NOLOGIN"],
  ["ubada_app", "LOGIN"],
  ["ubada_visits", "NOLOGIN"],
  ["ubada_statistics", "NOLOGIN"],
] as const;

/**
 * Makes the roles that are missing and gives them what they need in this database. ubada_owner owns the
 * schema, ubada_keys the keys and the functions that open them, ubada_app is what the server runs as; ubada_visits may see
 * nothing of the vault, and ubada_statistics nothing but counts. Roles belong to the whole PostgreSQL server, not to one
 * database of it.
 *
 * @throws MigrationError "migration-rights", "app-role-too-strong", "database-too-old"
 */
export async function prepareRoles(client: pg.Client, appPassword: string): Promise<void> {
  const version = await readVersion(client);
  try {
    for (const [role, attribute] of roles) {
      if (!(await isTrue(client, "EXISTS (SELECT FROM pg_roles WHERE rolname = $1)", [role]))) {
        await client.query(`CREATE ROLE ${role} ${attribute}`);
      }
    }
    await client.query(`ALTER ROLE ubada_app PASSWORD ${client.escapeLiteral(scramVerifier(appPassword))}`);
    for (const right of rightsFor(version)) {
      if (await isTrue(client, right.held)) continue;
      await client.query(await fillIn(client, right.grant));
      // PostgreSQL only warns a user who may not grant a thing.
      if (!(await isTrue(client, right.held))) throw await explainRights(client);
    }
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === "42501") throw await explainRights(client);
    throw error;
  }
  await refuseStrongRoles(client);
}

async function readVersion(client: pg.Client): Promise<number> {
  const sql = "SELECT current_setting('server_version_num')::int AS version";
  const { rows } = await client.query<{ version: number }>(sql);
  const version = rows[0]?.version ?? 0;
  if (version >= 150_000) return version;
  const sentence = "This PostgreSQL is older than 15: upgrade it, or use the built-in one.";
  throw new MigrationError("database-too-old", sentence);
}

interface Right {
  /** An SQL condition. */
  readonly held: string;
  /** `%s` stands for the database. */
  readonly grant: string;
}

function rightsFor(version: number): readonly Right[] {
  // Since 16, whoever creates a role may administer it but takes it on only after granting it to themselves.
  const setting = version >= 160_000 ? "SET" : "MEMBER";
  return [
    {
      held: `pg_has_role('ubada_owner', 'USAGE') AND pg_has_role('ubada_owner', '${setting}')`,
      grant: "GRANT ubada_owner TO CURRENT_USER",
    },
    { held: "pg_has_role('ubada_owner', 'ubada_keys', 'USAGE')", grant: "GRANT ubada_keys TO ubada_owner" },
    {
      held: "has_database_privilege('ubada_owner', current_database(), 'CREATE')",
      grant: "GRANT CREATE ON DATABASE %s TO ubada_owner",
    },
    ...["ubada_app", "ubada_visits", "ubada_statistics"].map((role) => ({
      held: `has_database_privilege('${role}', current_database(), 'CONNECT')`,
      grant: `GRANT CONNECT ON DATABASE %s TO ${role}`,
    })),
    {
      held: `has_schema_privilege('ubada_owner', 'public', 'CREATE')
        AND has_schema_privilege('ubada_owner', 'public', 'USAGE')`,
      grant: "GRANT CREATE, USAGE ON SCHEMA public TO ubada_owner",
    },
  ];
}

/** PostgreSQL's own roles that go round every right to a table. */
const strongRoles = [
  ...["pg_read_all_data", "pg_write_all_data", "pg_maintain", "pg_read_server_files", "pg_write_server_files"],
  "pg_execute_server_program",
];

/** What the server runs as must not be able to go round the gate, and who may only count must not get to what it counts. */
async function refuseStrongRoles(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ role: string }>(
    `SELECT r.rolname AS role FROM pg_roles r
      WHERE r.rolname IN ('ubada_app', 'ubada_visits', 'ubada_statistics') AND (
        r.rolsuper OR r.rolcreaterole OR r.rolbypassrls OR EXISTS (SELECT FROM pg_roles more
          WHERE (more.rolname ~ '^ubada_' OR more.rolname = ANY ($1)) AND more.oid <> r.oid
            AND pg_has_role(r.oid, more.oid, 'MEMBER')))`,
    [strongRoles],
  );
  const [strong] = rows;
  if (strong === undefined) return;
  const sentence =
    `The role ${strong.role} can do more than it is for (superuser, CREATEROLE, BYPASSRLS, or a member of ubada_owner, ` +
    "ubada_keys or a role that reads everything), so it could read keys without a reason: take that from it.";
  throw new MigrationError("app-role-too-strong", sentence);
}

async function explainRights(client: pg.Client): Promise<MigrationError> {
  const [user, database] = [await fillIn(client, "%u"), await fillIn(client, "%s")];
  return new MigrationError(
    "migration-rights",
    "The user of DATABASE_URL may not prepare the database: " +
      `as a superuser run ALTER ROLE ${user} CREATEROLE; ` +
      `ALTER DATABASE ${database} OWNER TO ${user}; and, if they exist, ` +
      `GRANT ubada_owner, ubada_keys, ubada_app TO ${user} WITH ADMIN OPTION;`,
  );
}

async function fillIn(client: pg.Client, statement: string): Promise<string> {
  const names = "SELECT quote_ident(current_user) AS user, quote_ident(current_database()) AS database";
  const { rows } = await client.query<{ user: string; database: string }>(names);
  return statement.replace("%s", rows[0]?.database ?? "").replace("%u", rows[0]?.user ?? "");
}

async function isTrue(
  client: pg.Client,
  condition: string,
  values: readonly string[] = [],
): Promise<boolean> {
  const { rows } = await client.query<{ held: boolean }>(`SELECT ${condition} AS held`, [...values]);
  return rows[0]?.held === true;
}
