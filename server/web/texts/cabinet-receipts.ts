import { defineTexts } from "../../language/language.ts";

/** «Квитанции»: a file for each thing the person did that binds the company. */
export const receiptsTexts = defineTexts({
  ru: {
    lede: "На каждое согласие, каждый отзыв и каждое обращение – файл с подписью. Он доказывает, что вы сделали и когда, даже после того, как мы уничтожим все данные о вас. Имени, телефона и почты в нём нет.",
    caption: "Ваши квитанции",
    columns: { what: "За что", when: "Когда", file: "Файл" },
    consent: (form: string) => `Форма «${form}»: на что вы согласились и на что нет`,
    withdrawal: (purpose: string) => `Отзыв согласия «${purpose}»`,
    request: (number: string, kind: string) => `Обращение № ${number}: ${kind}`,
    download: "Скачать",
    none: "Квитанций пока нет",
    check: "Как проверить",
    checkWhat: "Файл открывается в любом браузере. Тот, кому вы его покажете, проверит подпись и место записи в реестре без нас и без интернета; в файле написано, какой программой. Сохраните его: после уничтожения данных мы не сможем сделать его снова.",
  },
  ky: {
    lede: "Ар бир макулдукка, аны ар бир кайтарып алууга жана ар бир кайрылууга – колу коюлган файл. Ал эмнени качан жасаганыңызды далилдейт, биз Сиз жөнүндөгү бардык маалыматтарды жок кылгандан кийин да. Анда атыңыз, телефонуңуз жана почтаңыз жок.",
    caption: "Квитанцияларыңыз",
    columns: { what: "Эмне үчүн", when: "Качан", file: "Файл" },
    consent: (form) => `«${form}» формасы: эмнеге макул болдуңуз жана эмнеге болгон жоксуз`,
    withdrawal: (purpose) => `«${purpose}» макулдугун кайтарып алуу`,
    request: (number, kind) => `№ ${number} кайрылуу: ${kind}`,
    download: "Жүктөп алуу",
    none: "Азырынча квитанция жок",
    check: "Кантип текшерсе болот",
    checkWhat: "Файл каалаган браузерде ачылат. Аны кимге көрсөтсөңүз, ал колду жана жазуунун реестрдеги ордун бизсиз жана интернетсиз текшере алат; кайсы программа менен экени файлда жазылган. Аны сактап коюңуз: маалыматтар жок кылынгандан кийин биз аны кайра жасай албайбыз.",
  },
  en: {
    lede: "For every consent, every withdrawal and every request there is a signed file. It proves what you did and when, even after we have destroyed all data about you. It holds no name, phone number or e-mail address.",
    caption: "Your receipts",
    columns: { what: "For what", when: "When", file: "File" },
    consent: (form) => `The form “${form}”: what you agreed to and what you did not`,
    withdrawal: (purpose) => `Withdrawal of the consent “${purpose}”`,
    request: (number, kind) => `Request No. ${number}: ${kind}`,
    download: "Download",
    none: "No receipts yet",
    check: "How to check it",
    checkWhat: "The file opens in any browser. Whoever you show it to can check the signature and the place of the entry in the ledger without us and without the internet; the file says with which program. Keep it: once your data is destroyed, we cannot make it again.",
  },
});
