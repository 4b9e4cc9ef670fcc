import type { PolicyLanguage } from "../../policy/language/localized.ts";

/** A sentence with one link in it. */
export interface LinkedSentence {
  readonly before: string;
  readonly link: string;
  readonly after: string;
}

interface ConsentWords {
  readonly optional: string;
  readonly declaration: string;
  readonly offers: string;
  readonly offersHint: string;
  /** What the button itself is for: no box is put to what the person asks for by pressing it. Links to the clause. */
  purpose(purpose: string, clause: string): LinkedSentence;
  clause(clause: string): string;
  /** Agreeing by pressing (clause 4; the Kyrgyz text of the clause forgets to say so). Links to the policy. */
  agreement(button: string): LinkedSentence;
  edition(version: string): string;
}

/**
 * The words around a consent that the policy's value does not hold; they are part of what people agree to. The
 * declaration follows clauses 1 and 9.1, in Kyrgyz with the law's «аракетке жөндөмдүү» and not the text's «ишке
 * жөндөмдүү», which says "able to work".
 */
export const consentWords: Readonly<Record<PolicyLanguage, ConsentWords>> = {
  ru: {
    optional: "необязательно",
    declaration: "Мне исполнилось 18 лет, и я дееспособен (дееспособна)",
    offers: "Дополнительно, если хотите",
    offersHint: "Каждое согласие отдельное. Заявку мы выполним и без них, а отозвать любое можно в любой момент.",
    purpose: (purpose, clause) => ({
      before: `Ваши данные нужны для цели «${purpose}» (`,
      link: `пункт ${clause} Политики`,
      after: ").",
    }),
    clause: (clause) => `пункт ${clause} Политики`,
    agreement: (button) => ({
      before: `Нажимая кнопку «${button}», вы соглашаетесь с `,
      link: "Политикой обработки персональных данных",
      after: " и с обработкой ваших данных для указанной цели и для целей, отмеченных выше.",
    }),
    edition: (version) => `Редакция ${version}`,
  },
  ky: {
    optional: "милдеттүү эмес",
    declaration: "Мен 18 жашка толгом жана аракетке жөндөмдүүмүн",
    offers: "Кошумча, эгер кааласаңыз",
    offersHint:
      "Ар бир макулдук өзүнчө берилет. Өтүнмөңүздү аларсыз да аткарабыз, " +
      "ал эми берген макулдугуңузду каалаган учурда кайтарып алсаңыз болот.",
    purpose: (purpose, clause) => ({
      before: `Маалыматтарыңыз «${purpose}» максаты үчүн керек (`,
      link: `Саясаттын ${clause}-пункту`,
      after: ").",
    }),
    clause: (clause) => `Саясаттын ${clause}-пункту`,
    agreement: (button) => ({
      before: `«${button}» баскычын басуу менен Сиз `,
      link: "Жеке маалыматтарды иштетүү саясатына",
      after:
        " жана маалыматтарыңызды көрсөтүлгөн максатта, ошондой эле жогоруда белгиленген максаттарда иштетүүгө " +
        "макулдук бересиз.",
    }),
    edition: (version) => `${version}-редакция`,
  },
  en: {
    optional: "optional",
    declaration: "I have reached the age of 18 and am legally capable",
    offers: "In addition, if you wish",
    offersHint:
      "Each consent stands alone. We carry out your enquiry without them too, and you can withdraw any of them at any time.",
    purpose: (purpose, clause) => ({
      before: `Your data are needed for the purpose “${purpose}” (`,
      link: `clause ${clause} of the Policy`,
      after: ").",
    }),
    clause: (clause) => `clause ${clause} of the Policy`,
    agreement: (button) => ({
      before: `By pressing “${button}” you agree to the `,
      link: "Personal data processing policy",
      after: " and to the processing of your data for the stated purpose and for those ticked above.",
    }),
    edition: (version) => `Edition ${version}`,
  },
};
