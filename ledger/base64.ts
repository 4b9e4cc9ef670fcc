/** The bytes of standard Base64 (RFC 4648, 4), or undefined when it is not spelled in the one way that encoders do. */
export function decodeBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, "base64");
  return bytes.toString("base64") === text ? bytes : undefined;
}
