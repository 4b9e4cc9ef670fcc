import type { Policy } from "../../policy/language/policy.ts";
import type { Company } from "./components/page.tsx";
import type { Language } from "../language/language.ts";

/** Who answers for every page: the controller of the policy, with its registrations and address. */
export function companyIn(language: Language, { controller }: Pick<Policy, "controller">): Company {
  const registrations = controller.registrations.map(({ label, value }) => `${label[language]} ${value}`);
  return {
    name: controller.name[language],
    requisites: [controller.name[language], ...registrations, controller.address[language]],
    email: controller.email,
  };
}
