// Connection strings to the new primary, each to be copied.
import type { Repoint } from "../../shared/report/repoint.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { text } from "../text.ts";
import { CopyButton } from "../ui/copy-button.tsx";
import { VisuallyHidden } from "../ui/visually-hidden.tsx";

const words = text.report.strings;
const { copy } = text.report;

export function ConnectionStrings({ repoint }: { readonly repoint: Repoint | undefined }) {
  if (repoint === undefined) return null;
  return (
    <section className="group" aria-label={words.title}>
      <h4>{words.title}</h4>
      <p>{visibleText(repoint.sentence)}</p>
      <table className="grid">
        <thead>
          <tr>
            <th scope="col">{words.driver}</th>
            <th scope="col">{words.database}</th>
            <th scope="col">{words.string}</th>
            <th scope="col">
              <VisuallyHidden>{copy}</VisuallyHidden>
            </th>
          </tr>
        </thead>
        <tbody>
          {repoint.strings.map(({ driver, database, text }) => (
            <tr key={`${driver} ${database}`}>
              <th scope="row">{driver}</th>
              <td>{visibleText(database)}</td>
              <td>
                <code className="code-lines">{visibleText(text)}</code>
              </td>
              <td>
                <CopyButton
                  word={copy}
                  label={words.copyOf(visibleText(database), driver)}
                  textOf={() => text}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
