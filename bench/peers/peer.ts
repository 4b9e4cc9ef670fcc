import type { Grounds } from "../../policy/language/grounds.ts";
import type { Question } from "../decide-questions.ts";

/** Answers, for each question in its order, whether the use is allowed. */
export type AnswerAll = () => readonly boolean[];

/** Another policy engine that was taught the rules of `decideUse`. */
export interface Peer {
  /** With its version, as the report names it. */
  readonly name: string;
  /** Takes in the policy and turns the questions into its own form, so that only the deciding is timed. */
  prepare(policy: Grounds, questions: readonly Question[]): Promise<AnswerAll>;
}
