import type { Role } from "../../staff/invitation.ts";

/** The sections of the console in the order of its navigation, with their paths without the language. */
export const sectionPaths = {
  overview: "/console",
  enquiries: "/console/enquiries",
  requests: "/console/requests",
  letters: "/console/letters",
  journal: "/console/journal",
  evidence: "/console/evidence",
  staff: "/console/staff",
} as const;

export type Section = keyof typeof sectionPaths;

export const sections: readonly Section[] = ["overview", "enquiries", "requests", "letters", "journal", "evidence", "staff"];

/** Letters hold people's addresses and sign-in codes, invitations make new members: both are for administrators. */
const administratorsOnly: readonly Section[] = ["letters", "staff"];

export function mayOpen(role: Role, section: Section): boolean {
  return role === "administrator" || !administratorsOnly.includes(section);
}
