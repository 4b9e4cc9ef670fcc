import { type Language, pathInLanguage } from "../../language/language.ts";
import { shellTexts } from "../texts/shell.ts";
import type { Area, Company } from "./page.tsx";
import { Mark } from "./mark.tsx";

/** The console's footer is one line: staff know where they work. */
export function SiteFooter(props: { language: Language; area: Area; company: Company }) {
  const t = shellTexts[props.language];
  return (
    <footer class="site-footer">
      <div class="site-footer__row">
        {props.area === "console" ? null : <Particulars language={props.language} company={props.company} />}
        <p class="site-footer__kept">
          <Mark size={22} />
          <span>{t.keptBy}</span>
        </p>
      </div>
    </footer>
  );
}

function Particulars(props: { language: Language; company: Company }) {
  const t = shellTexts[props.language];
  return (
    <>
      <section aria-labelledby="footer-documents">
        <h2 id="footer-documents">{t.documents}</h2>
        <ul>
          <li>
            <a href={pathInLanguage(props.language, "/policy")}>{t.policy}</a>
          </li>
          <li>
            <a href={pathInLanguage(props.language, "/cabinet")}>{t.cabinet}</a>
          </li>
        </ul>
      </section>
      <section aria-labelledby="footer-requisites">
        <h2 id="footer-requisites">{t.requisites}</h2>
        <address>
          {props.company.requisites.map((line) => (
            <span>{line}</span>
          ))}
          {props.company.email === undefined ? null : (
            <a href={`mailto:${props.company.email}`}>{props.company.email}</a>
          )}
        </address>
      </section>
    </>
  );
}
