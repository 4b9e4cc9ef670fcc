import { startTestCluster } from "./cluster.ts";

let cluster: Awaited<ReturnType<typeof startTestCluster>> | undefined;

/** Node's test runner calls this once before all files; they inherit the environment. */
export async function globalSetup(): Promise<void> {
  cluster = await startTestCluster();
  const { address, appPassword } = cluster;
  process.env["UBADA_TEST_CLUSTER"] = JSON.stringify({ address, appPassword });
}

export async function globalTeardown(): Promise<void> {
  await cluster?.[Symbol.asyncDispose]();
}
