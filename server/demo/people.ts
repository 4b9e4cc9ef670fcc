import type { FormId } from "../config/policy.ts";

/** Somebody who does not exist, and what they typed. */
export interface DemoPerson {
  readonly form: FormId;
  readonly language: "ru" | "ky" | "en";
  readonly surname: string;
  readonly firstName: string;
  readonly phone: string;
  readonly email?: string;
  readonly ticked: readonly string[];
}

/** Invented people; the addresses are under a domain reserved for examples (RFC 2606). */
export const demoPeople: readonly DemoPerson[] = [
  { form: "consultation", language: "ru", surname: "Примерова", firstName: "Алина", phone: "0555000101", ticked: ["8.4"] },
  {
    form: "enrol",
    language: "ky",
    surname: "Үлгүбаева",
    firstName: "Айгерим",
    phone: "0555000102",
    email: "aigerim@example.org",
    ticked: ["8.4", "8.8"],
  },
  {
    form: "order",
    language: "ru",
    surname: "Образцов",
    firstName: "Тимур",
    phone: "0555000103",
    email: "timur@example.org",
    ticked: [],
  },
  {
    form: "enrol",
    language: "ru",
    surname: "Тестова",
    firstName: "Мария",
    phone: "0555000104",
    email: "maria@example.org",
    ticked: ["8.3", "8.4", "8.5", "8.8", "8.9"],
  },
  { form: "consultation", language: "ky", surname: "Мисалов", firstName: "Бакыт", phone: "0555000105", ticked: [] },
  {
    form: "order",
    language: "ky",
    surname: "Үлгүбеков",
    firstName: "Нурлан",
    phone: "0555000106",
    email: "nurlan@example.org",
    ticked: ["8.8"],
  },
  {
    form: "consultation",
    language: "en",
    surname: "Sample",
    firstName: "Jane",
    phone: "+996 555 000 107",
    email: "jane@example.org",
    ticked: ["8.9"],
  },
  {
    form: "enrol",
    language: "ru",
    surname: "Пробная",
    firstName: "Ирина",
    phone: "0555000108",
    email: "irina@example.org",
    ticked: ["8.4"],
  },
];

export interface DemoLetter {
  readonly from: string;
  readonly subject: string;
  readonly text: string;
}

/** Letters to the company: the policy's two demands in both languages, and one that fits nothing. */
export const demoLetters: readonly DemoLetter[] = [
  {
    from: "timur@example.org",
    subject: "Прекратить обработку персональных данных",
    text: "Прошу прекратить обработку моих данных. Мой адрес: timur@example.org",
  },
  {
    from: "nurlan@example.org",
    subject: "Re: «Жеке маалыматтарды иштетүүнү токтотуу»",
    text: "Маалыматтарымды иштетүүнү токтотуңуздар. Менин дарегим: nurlan@example.org",
  },
  {
    from: "maria@example.org",
    subject: "Уточнить персональные данные",
    text: "В моей фамилии ошибка, правильно: Тестовая. Мой адрес: maria@example.org",
  },
  { from: "stranger@example.org", subject: "Когда начинается курс?", text: "Здравствуйте! Когда начинается новый курс?" },
];
