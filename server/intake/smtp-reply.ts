/** What the other side is told; mail programs show it to the sender, so it is said in two languages. */
export const replies = {
  notOurs: {
    code: 550,
    text: "There is no such mailbox here. / Такого почтового ящика здесь нет.",
  },
  tooLarge: {
    code: 552,
    text:
      "The letter is larger than 25 MB; please send it with smaller attachments. / " +
      "Письмо больше 25 МБ: отправьте его, пожалуйста, с вложениями поменьше.",
  },
  busy: {
    code: 452,
    text: "Too many letters at once; please try again later. / Сейчас слишком много писем, повторите попытку позже.",
  },
  notStored: {
    code: 451,
    text: "The letter was not stored; please try again. / Письмо не сохранено, повторите отправку.",
  },
} as const satisfies Record<string, { readonly code: number; readonly text: string }>;

/** A refusal in the form that the server library sends. */
export class SmtpReply extends Error {
  readonly responseCode: number;
  constructor({ code, text }: { readonly code: number; readonly text: string }) {
    super(text);
    this.responseCode = code;
  }
}
