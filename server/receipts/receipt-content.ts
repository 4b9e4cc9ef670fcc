/** What the person did, as the ledger committed to it: strings and lists of strings only, no personal data. */
export type ReceiptContent =
  | {
      readonly kind: "consent";
      /** Of the consent act: a UUID. */
      readonly id: string;
      /** RFC 3339, in UTC. */
      readonly at: string;
      readonly language: string;
      /** The version of the policy. */
      readonly policy: string;
      readonly form: string;
      /** The words on the button that was pressed. */
      readonly button: string;
      /** SHA-256 of the text shown, hex. */
      readonly shown: string;
      readonly offered: readonly string[];
      readonly given: readonly string[];
      readonly refused: readonly string[];
    }
  | {
      readonly kind: "withdrawal";
      readonly id: string;
      readonly at: string;
      readonly policy: string;
      readonly purpose: string;
    }
  | {
      readonly kind: "request";
      readonly id: string;
      readonly at: string;
      readonly policy: string;
      readonly language: string;
      /** The kind, as the policy's requests name it. */
      readonly request: string;
      readonly clause: string;
      readonly channel: string;
      /** In the register. */
      readonly number: string;
      /** The last day of its time limit: a date. */
      readonly due: string;
    };

export type ContentOf<Kind extends ReceiptContent["kind"]> = Extract<ReceiptContent, { readonly kind: Kind }>;
