import type { UseRefusal } from "../../../policy/rules/decide-use.ts";
import type { Language } from "../../language/language.ts";

/** Why the gate did not open, in the words of whoever reads it; the clause is shown beside. */
export const refusalTexts: { readonly [L in Language]: Readonly<Record<UseRefusal, string>> } = {
  ru: {
    "unknown-purpose": "В Политике нет такой цели.",
    "category-not-listed": "Для этой цели Политика не разрешает использовать такой вид данных.",
    "operation-not-listed": "Для этой цели Политика не разрешает такое действие с данными.",
    "unknown-subject": "Таких данных у Компании нет.",
    erased: "Данные уничтожены: открывать больше нечего.",
    stopped: "Обработка прекращена: данные заблокированы до уничтожения.",
    "no-consent": "Для этой цели нет действующего согласия.",
    "not-owed": "Сейчас нет открытого запроса, ради которого эти данные можно было бы открыть.",
  },
  ky: {
    "unknown-purpose": "Саясатта мындай максат жок.",
    "category-not-listed": "Саясат бул максат үчүн маалыматтын мындай түрүн пайдаланууга уруксат бербейт.",
    "operation-not-listed": "Саясат бул максат үчүн маалыматтар менен мындай аракетке уруксат бербейт.",
    "unknown-subject": "Компанияда мындай маалыматтар жок.",
    erased: "Маалыматтар жок кылынган: ача турган эч нерсе калган жок.",
    stopped: "Иштетүү токтотулган: маалыматтар жок кылынганга чейин бөгөттөлгөн.",
    "no-consent": "Бул максат үчүн күчүндө болгон макулдук жок.",
    "not-owed": "Азыр бул маалыматтарды ачууга негиз болгон ачык суроо-талап жок.",
  },
  en: {
    "unknown-purpose": "The Policy has no such purpose.",
    "category-not-listed": "For this purpose the Policy does not allow this kind of data to be used.",
    "operation-not-listed": "For this purpose the Policy does not allow this to be done with the data.",
    "unknown-subject": "The Company holds no such data.",
    erased: "The data have been destroyed: there is nothing left to open.",
    stopped: "Processing has been stopped: the data are blocked until they are destroyed.",
    "no-consent": "There is no consent in force for this purpose.",
    "not-owed": "No request is open at present for which these data could be opened.",
  },
};
