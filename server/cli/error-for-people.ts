/**
 * Whether an error was written for the person at the terminal: ours carry a stable code in lower case and a sentence
 * that says what to do. Anything else is a fault of ours and is shown whole.
 */
export function isErrorForPeople(error: unknown): error is Error & { readonly code: string } {
  return error instanceof Error && "code" in error && typeof error.code === "string" && /^[a-z][a-z-]*$/.test(error.code);
}
