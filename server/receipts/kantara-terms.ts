import type { CategoryId, PurposeId } from "../config/policy.ts";

// The policy's purposes and categories among those of the specification's work group, by their numbers and names as
// github.com/adaptant-labs/consent-receipt-go writes them; the specification leaves the choice of words free.

export const purposeCategories: Readonly<Record<PurposeId, readonly string[]>> = {
  "8.1": ["1 - Core Function"],
  "8.2": ["2 - Contracted Service", "4 - Contact Requested"],
  "8.3": ["10 - 3rd Party Sharing for Core Function"],
  "8.4": ["4 - Contact Requested"],
  "8.5": ["5 - Personalized Experience", "6 - Marketing"],
  "8.6": ["16 - Improve Performance"],
  "8.7": ["16 - Improve Performance"],
  "8.8": ["6 - Marketing"],
  "8.9": ["16 - Improve Performance", "8 - Sharing for Delivery"],
  "8.10": ["10 - 3rd Party Sharing for Core Function"],
};

export const piiCategories: Readonly<Record<CategoryId, string>> = {
  surname: "1 - Biographical",
  firstName: "1 - Biographical",
  email: "2 - Contact",
  phone: "2 - Contact",
  userId: "5 - Network/Service",
  letter: "4 - Communications/Social",
};
