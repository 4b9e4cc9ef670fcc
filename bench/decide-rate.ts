import assert from "node:assert/strict";
import { lernaKg } from "../policies/lerna-kg/policy.ts";
import { decideUse } from "../policy/rules/decide-use.ts";
import { makeQuestions } from "./decide-questions.ts";
import { casbinPeer } from "./peers/casbin.ts";
import { cedarPeer } from "./peers/cedar.ts";
import { installPeers } from "./peers/install-peers.ts";
import type { AnswerAll } from "./peers/peer.ts";

const questionCount = 4096;
const seed = 20261123;
const rounds = 5;
const roundMs = 500;

interface Decider {
  readonly name: string;
  readonly answerAll: AnswerAll;
}

export interface DecideRates {
  /** Decisions per second of processor time in each round. */
  readonly ours: readonly number[];
  /** None when they could not be installed. */
  readonly peers: readonly { readonly name: string; readonly perSecond: readonly number[] }[];
}

/**
 * `decideUse` and the peers on the same rules and the same questions, on this thread, in turn, so that a drifting
 * machine slows all alike. Before any of it is timed, every peer has to give the same answer to every question.
 */
export async function measureDecideRate(): Promise<DecideRates> {
  const questions = makeQuestions(lernaKg, questionCount, seed);
  // The decisions are kept, with reason and clause, so that the compiler cannot leave out making them.
  const answerAll = () => {
    const decisions = questions.map(({ request, facts }) => decideUse(lernaKg, request, facts));
    return decisions.map(({ kind }) => kind === "allowed");
  };
  const installed = await installPeers();
  if ("unavailable" in installed) console.error(`The peers could not be installed:\n${installed.unavailable}`);
  const peers: Decider[] = [];
  if ("load" in installed) {
    for (const peer of [cedarPeer(installed.load), casbinPeer(installed.load)]) {
      peers.push({ name: peer.name, answerAll: await peer.prepare(lernaKg, questions) });
    }
  }
  const expected = answerAll();
  const allowed = expected.filter(Boolean).length;
  assert.ok(allowed > questionCount / 4 && allowed < (questionCount * 3) / 4, `${allowed} of ${questionCount} allowed`);
  for (const peer of peers) requireSameAnswers(peer, expected);

  const deciders = [{ name: "decideUse", answerAll }, ...peers];
  for (const decider of deciders) rate(decider); // The compiler's round: not counted.
  const measured = deciders.map(({ name }) => ({ name, perSecond: [] as number[] }));
  for (let round = 0; round < rounds; round++) {
    for (const [index, decider] of deciders.entries()) measured[index]?.perSecond.push(rate(decider));
  }
  const [ours, ...others] = measured;
  return { ours: ours?.perSecond ?? [], peers: others };
}

function requireSameAnswers({ name, answerAll }: Decider, expected: readonly boolean[]): void {
  const wrong = answerAll().findIndex((answer, index) => answer !== expected[index]);
  assert.equal(wrong, -1, `${name} and decideUse disagree on question ${wrong} of seed ${seed}`);
}

/** Decisions per second of processor time: all questions, over and over, for half a second of it at least. */
function rate({ answerAll }: Decider): number {
  const started = processorMs();
  let done = 0;
  while (processorMs() - started < roundMs) done += answerAll().length;
  return (done * 1000) / (processorMs() - started);
}

/** What this process has used of a core, all its threads together: other work on the machine does not count. */
function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
