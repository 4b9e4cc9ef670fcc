/** A lock was not to be had within `lock_timeout`. */
export function isLockTimeout(error: unknown): boolean {
  return isDatabaseError(error, "55P03");
}

/** Two transactions waited for each other, and PostgreSQL ended this one. */
export function isDeadlock(error: unknown): boolean {
  return isDatabaseError(error, "40P01");
}

/** A row does not satisfy the CHECK constraint of this name. */
export function isRefusedBy(error: unknown, constraint: string): boolean {
  return isDatabaseError(error, "23514") && "constraint" in error && error.constraint === constraint;
}

function isDatabaseError(error: unknown, code: string): error is Error {
  return error instanceof Error && "code" in error && error.code === code;
}
