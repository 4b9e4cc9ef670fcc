import { defineTexts } from "../../language/language.ts";

/** What stands around the words of consent on a form, and what is said when it comes back. */
export const formTexts = defineTexts({
  ru: {
    hints: {
      phone: "Например, +996\u00A0555\u00A0123\u00A0456. Номер другой страны начните со знака +.",
      email: { required: "На него придёт подтверждение.", optional: "Если укажете, пришлём подтверждение." },
    },
    faults: {
      surname: { missing: "Напишите фамилию", "not-a-name": "В фамилии могут быть только буквы, пробел, дефис, апостроф и точка" },
      firstName: { missing: "Напишите имя", "not-a-name": "В имени могут быть только буквы, пробел, дефис, апостроф и точка" },
      phone: {
        missing: "Напишите номер телефона",
        "not-a-phone": "Такого номера телефона не бывает. Проверьте цифры: например, +996\u00A0555\u00A0123\u00A0456",
      },
      email: {
        missing: "Напишите адрес электронной почты",
        "not-an-email": "Это не похоже на адрес электронной почты. Он выглядит так: name@example.kg",
      },
      declared: "Подтвердите, что вам исполнилось 18 лет и вы дееспособны: без этого принять заявку нельзя",
      "too-long": (field: string) => `${field}: слишком длинно. Сократите, пожалуйста`,
    },
    beingErased:
      "С этим адресом или телефоном сейчас нельзя принять заявку. Если вы недавно просили прекратить обработку данных, " +
      "дождитесь письма о том, что они уничтожены, и отправьте заявку снова. Если нет, напишите нам: адрес внизу страницы.",
    received: {
      title: "Заявка принята",
      number: (number: string) => `Номер заявки: ${number}`,
      nextHeading: "Что дальше",
      call: "Мы свяжемся с вами по телефону, который вы указали.",
      letter: "Подтверждение придёт на вашу электронную почту.",
      letterIfGiven: "Если вы указали электронную почту, подтверждение придёт и туда.",
      end: "Когда заявка будет выполнена, мы уничтожим ваши данные, если вы не дали согласия на что-то ещё",
      endClause: "пункт 17.4 Политики",
      withdrawHeading: "Если передумаете",
      cabinet: "Отозвать согласие или удалить данные можно в личном кабинете:",
      letterTo: (address: string) => `Или напишите с адреса, который указали в заявке, на ${address}. Тема письма:`,
      openCabinet: "открыть кабинет",
    },
  },
  ky: {
    hints: {
      phone: "Мисалы, +996\u00A0555\u00A0123\u00A0456. Башка өлкөнүн номерин + белгисинен баштаңыз.",
      email: { required: "Ага ырастоо каты келет.", optional: "Көрсөтсөңүз, ырастоо катын жөнөтөбүз." },
    },
    faults: {
      surname: { missing: "Фамилияңызды жазыңыз", "not-a-name": "Фамилияда тамга, боштук, дефис, апостроф жана чекит гана боло алат" },
      firstName: { missing: "Атыңызды жазыңыз", "not-a-name": "Атта тамга, боштук, дефис, апостроф жана чекит гана боло алат" },
      phone: {
        missing: "Телефон номериңизди жазыңыз",
        "not-a-phone": "Мындай телефон номери болбойт. Сандарын текшериңиз: мисалы, +996\u00A0555\u00A0123\u00A0456",
      },
      email: {
        missing: "Электрондук почта дарегиңизди жазыңыз",
        "not-an-email": "Бул электрондук почта дарегине окшобойт. Дарек мындай болот: name@example.kg",
      },
      declared: "18 жашка толгонуңузду жана аракетке жөндөмдүү экениңизди ырастаңыз: ансыз өтүнмөнү кабыл ала албайбыз",
      "too-long": (field) => `${field}: өтө узун. Сураныч, кыскартыңыз`,
    },
    beingErased:
      "Бул дарек же телефон менен азыр өтүнмө кабыл алууга болбойт. Эгер жакында маалыматтарды иштетүүнү токтотууну " +
      "сурансаңыз, алар жок кылынганы жөнүндө катты күтүп, өтүнмөнү кайра жөнөтүңүз. Сурабасаңыз, бизге жазыңыз: дарек " +
      "барактын ылдый жагында.",
    received: {
      title: "Өтүнмөңүз кабыл алынды",
      number: (number) => `Өтүнмөнүн номери: ${number}`,
      nextHeading: "Эми эмне болот",
      call: "Көрсөткөн телефонуңуз аркылуу Сиз менен байланышабыз.",
      letter: "Ырастоо каты электрондук почтаңызга келет.",
      letterIfGiven: "Электрондук почтаңызды көрсөткөн болсоңуз, ырастоо каты ага да келет.",
      end: "Өтүнмөңүз аткарылгандан кийин, башка макулдук бербесеңиз, маалыматтарыңызды жок кылабыз",
      endClause: "Саясаттын 17.4-пункту",
      withdrawHeading: "Оюңузду өзгөртсөңүз",
      cabinet: "Макулдукту кайтарып алууга же маалыматтарды өчүрүүгө жеке кабинетте болот:",
      letterTo: (address) => `Же өтүнмөдө көрсөткөн дарегиңизден ${address} дарегине кат жазыңыз. Каттын темасы:`,
      openCabinet: "кабинетти ачуу",
    },
  },
  en: {
    hints: {
      phone: "For example, +996\u00A0555\u00A0123\u00A0456. Begin a number of another country with +.",
      email: { required: "The confirmation will come here.", optional: "If you give one, we will send a confirmation." },
    },
    faults: {
      surname: { missing: "Write your surname", "not-a-name": "A surname may have only letters, spaces, hyphens, apostrophes and dots" },
      firstName: { missing: "Write your first name", "not-a-name": "A name may have only letters, spaces, hyphens, apostrophes and dots" },
      phone: {
        missing: "Write your phone number",
        "not-a-phone": "There is no such phone number. Check the digits: for example, +996\u00A0555\u00A0123\u00A0456",
      },
      email: {
        missing: "Write your e-mail address",
        "not-an-email": "This does not look like an e-mail address. It looks like this: name@example.kg",
      },
      declared: "Confirm that you are 18 or older and legally capable: without that we cannot take an enquiry",
      "too-long": (field) => `${field}: too long. Please shorten it`,
    },
    beingErased:
      "An enquiry with this address or phone number cannot be taken at present. If you have recently asked us to stop " +
      "processing your data, wait for the letter that says they are destroyed, and send the form again. If you have not, " +
      "write to us: the address is at the foot of the page.",
    received: {
      title: "Your enquiry has been received",
      number: (number) => `Enquiry number: ${number}`,
      nextHeading: "What happens next",
      call: "We will contact you on the phone number you gave.",
      letter: "A confirmation will come to your e-mail address.",
      letterIfGiven: "If you gave an e-mail address, a confirmation will come there too.",
      end: "Once your enquiry has been carried out, your data will be destroyed, unless you consented to something else",
      endClause: "clause 17.4 of the Policy",
      withdrawHeading: "If you change your mind",
      cabinet: "You can withdraw your consent or delete your data in the personal cabinet:",
      letterTo: (address) => `Or write, from the address you gave in the enquiry, to ${address}. Subject line:`,
      openCabinet: "open the cabinet",
    },
  },
});
