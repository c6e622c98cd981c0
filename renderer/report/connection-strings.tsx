// Connection strings to the new primary, each to be copied.
import { Button } from "@fluentui/react-components";
import type { Repoint } from "../../shared/report/repoint.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { copyText } from "../ui/copy-text.ts";
import { VisuallyHidden } from "../ui/visually-hidden.tsx";

export function ConnectionStrings({ repoint }: { readonly repoint: Repoint | undefined }) {
  if (repoint === undefined) return null;
  return (
    <section className="group" aria-label="Connection strings">
      <h4>Connection strings</h4>
      <p>{visibleText(repoint.sentence)}</p>
      <table className="grid">
        <thead>
          <tr>
            <th scope="col">Driver</th>
            <th scope="col">Database</th>
            <th scope="col">Connection string</th>
            <th scope="col">
              <VisuallyHidden>Copy</VisuallyHidden>
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
                <Button
                  size="small"
                  aria-label={`Copy the connection string of ${visibleText(database)} for ${driver}`}
                  onClick={() => {
                    copyText(text);
                  }}
                >
                  Copy
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
