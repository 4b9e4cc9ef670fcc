import { kg } from "../../policy/calendars/kg.ts";
import { lernaKg } from "../../policies/lerna-kg/policy.ts";

/** The policy that this installation keeps. To run another one, write it under `policies/` and name it here. */
export const policy = lernaKg;
export type AppPolicy = typeof policy;
export type FormId = keyof AppPolicy["forms"];
export type PurposeId = keyof AppPolicy["purposes"];
export type CategoryId = keyof AppPolicy["categories"];

/** Where its texts lie: `text.<language>.md`. */
export const policyDirectory = new URL("../../policies/lerna-kg/", import.meta.url);

/** The working days that its clocks count. */
export const calendar = kg;
