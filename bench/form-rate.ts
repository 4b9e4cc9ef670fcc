import { randomBytes } from "node:crypto";
import { type FormClient, openFormClient } from "./form-client.ts";
import type { Measured } from "./start-measured.ts";
import { rate } from "./rate.ts";
import { openSuperuser } from "./superuser.ts";

const connections = 16;
const seconds = 4;
const rounds = 5;

/** Bare durable INSERTs and form submissions in turn, so that a drifting machine slows both alike. */
export async function measureFormRate(running: Measured) {
  const insertsPerSecond: number[] = [];
  const formsPerSecond: number[] = [];
  await using floor = await openFloor(running);
  await formRate(running.origin, 1);
  for (let round = 0; round < rounds; round++) {
    insertsPerSecond.push(await rate(Array.from({ length: connections }, () => floor.insert), seconds));
    formsPerSecond.push(await formRate(running.origin, seconds));
  }
  return { insertsPerSecond, formsPerSecond, connections };
}

async function formRate(origin: string, forSeconds: number): Promise<number> {
  const clients = await Promise.all(Array.from({ length: connections }, () => openFormClient(origin)));
  const perSecond = await rate(clients.map((client) => () => postForm(client)), forSeconds);
  for (const client of clients) client.close();
  return perSecond;
}

async function openFloor(running: Measured) {
  const superuser = await openSuperuser(running, connections);
  const { pool } = superuser;
  await pool.query("create table if not exists public.bench_floor (id uuid primary key, payload bytea not null)");
  return {
    insert: async () => {
      const values = [crypto.randomUUID(), randomBytes(1024)];
      await pool.query("insert into public.bench_floor (id, payload) values ($1, $2)", values);
    },
    async [Symbol.asyncDispose]() {
      await pool.query("drop table public.bench_floor");
      await superuser[Symbol.asyncDispose]();
    },
  };
}

let person = 0;

/** A new person each time: the costliest case, with a key to make and nothing to find. */
function postForm(client: FormClient): Promise<void> {
  const number = person++;
  const body = new URLSearchParams({
    surname: "Тестова",
    firstName: "Айгүл",
    phone: `+996555${String(number % 1_000_000).padStart(6, "0")}`,
    email: `bench-${number}-${randomBytes(4).toString("hex")}@example.org`,
    declared: "yes",
    "purpose-8.4": "yes",
  });
  return client.post("/ru/forms/enrol", body.toString());
}
