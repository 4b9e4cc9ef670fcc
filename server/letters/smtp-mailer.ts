import { createTransport } from "nodemailer";
import type { Mailer, SendOutcome } from "./mailer.ts";

/**
 * Sends through the operator's SMTP server. `url`: smtp://user:password@host:port or smtps://…; where the server is on
 * another machine the connection must be encrypted (`?requireTLS=false` in the address lifts that). `from`: the
 * address that letters come from; Message-IDs end in its domain.
 */
export function createSmtpMailer(options: {
  readonly url: string;
  readonly from: string;
  readonly fromName: string;
}): Mailer {
  const { url, from, fromName } = options;
  const transport = createTransport({
    url,
    ...(isLoopback(url) ? {} : { requireTLS: true }),
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = from.slice(from.lastIndexOf("@") + 1);
  return {
    async send(letter, messageId) {
      try {
        await transport.sendMail({
          from: { name: fromName, address: from },
          to: { name: "", address: letter.to },
          subject: letter.line,
          text: letter.text,
          attachments: (letter.attachments ?? []).map(({ name, html }) => ({
            filename: name,
            content: html,
            contentType: "text/html; charset=utf-8",
          })),
          messageId: `<${messageId}@${domain}>`,
          // RFC 3834, 5: no robot answers it.
          headers: { "Auto-Submitted": "auto-generated" },
          // RFC 3461, 4.3: a failure notice must not carry the text back, with its secret link.
          dsn: { ret: "HDRS" },
        });
        return { kind: "sent" };
      } catch (error) {
        return outcomeOf(error);
      }
    },
  };
}

/**
 * Only the server's 5xx to this recipient or this text is final. A refused login, sender or connection is a fault of
 * the setting: the letter waits until it is mended. The error itself quotes the address, so it goes no further.
 */
function outcomeOf(error: unknown): SendOutcome {
  // Everything that the transport itself reports carries a code; anything else is a fault of ours.
  if (!(error instanceof Error && "code" in error)) throw error;
  const responseCode = "responseCode" in error && typeof error.responseCode === "number" ? error.responseCode : 0;
  const command = "command" in error && typeof error.command === "string" ? error.command : "";
  const final = responseCode >= 500 && (command === "RCPT TO" || command === "DATA");
  // An address that cannot be put into an envelope never reaches a server.
  const unsendable = error.code === "EENVELOPE" && command === "API";
  return { kind: final || unsendable ? "refused" : "unreachable" };
}

function isLoopback(url: string): boolean {
  const host = URL.parse(url)?.hostname ?? "";
  return host === "localhost" || host === "[::1]" || host.startsWith("127.");
}
