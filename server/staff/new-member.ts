/** What a person types to become a member of staff. */
export interface NewMember {
  readonly login: string;
  readonly name: string;
  readonly password: string;
}

/** What is wrong with it, field by field; none is about the kinds of characters in a password. */
export type NewMemberFault =
  | "login-shape"
  | "name-missing"
  | "name-too-long"
  | "password-short"
  | "password-long"
  | "password-is-login"
  | "password-common";

export const shortestPassword = 12;
/** Enough for any sentence; a limit at all, so that nobody makes the server hash a book. */
export const longestPassword = 200;
export const longestName = 80;

const loginShape = /^[a-z0-9](?:[a-z0-9.-]{1,38})[a-z0-9]$/;

/** The commonest passwords of twelve characters and more, in the two layouts that staff type on. */
const commonest = new Set([
  "123456789012",
  "1234567890123",
  "12345678901234567890",
  "1234567890qwerty",
  "1q2w3e4r5t6y",
  "1q2w3e4r5t6y7u8i",
  "1qaz2wsx3edc",
  "1qaz2wsx3edc4rfv",
  "111111111111",
  "000000000000",
  "112233445566",
  "121212121212",
  "123123123123",
  "aaaaaaaaaaaa",
  "abcdefghijkl",
  "abcd1234abcd",
  "administrator",
  "iloveyou1234",
  "letmein12345",
  "password1234",
  "password12345",
  "password123456",
  "passwordpassword",
  "qazwsxedcrfv",
  "qwerty123456",
  "qwertyqwerty",
  "qwertyuiop123",
  "qwertyuiopasdfghjkl",
  "qwertyuiop[]",
  "welcome12345",
  "zxcvbnm12345",
  "администратор",
  "йцукенгшщзхъ",
  "йцукенйцукен",
  "пароль123456",
  "парольпароль",
]);

/** One spelling for one login: people do not tell its cases apart. */
export function normaliseLogin(login: string): string {
  return login.trim().toLowerCase();
}

/** The faults of what was typed; none where a member may be made of it. Length is counted in characters. */
export function findFaults({ login, name, password }: NewMember): readonly NewMemberFault[] {
  const faults: NewMemberFault[] = [];
  if (!loginShape.test(normaliseLogin(login))) faults.push("login-shape");
  if (name.trim() === "") faults.push("name-missing");
  if ([...name.trim()].length > longestName) faults.push("name-too-long");
  const passwordFault = findPasswordFault(password.normalize("NFKC"), normaliseLogin(login));
  if (passwordFault) faults.push(passwordFault);
  return faults;
}

function findPasswordFault(password: string, login: string): NewMemberFault | undefined {
  const length = [...password].length;
  if (length < shortestPassword) return "password-short";
  if (length > longestPassword) return "password-long";
  const plain = password.toLowerCase();
  if (plain === login) return "password-is-login";
  return commonest.has(plain) ? "password-common" : undefined;
}
