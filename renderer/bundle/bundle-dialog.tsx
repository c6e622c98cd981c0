// The support bundle: which runs, whether names are replaced, every file as it will be written, and then the writing.
import { Button, Checkbox } from "@fluentui/react-components";
import { useEffect, useState } from "react";
import type { BundlePreview, BundleRun } from "../../shared/bundle/contract.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { useRequest } from "../api.ts";
import { text } from "../text.ts";
import { AppDialog } from "../ui/app-dialog.tsx";
import { ProblemView } from "../ui/problem-view.tsx";
import { toggled } from "../ui/toggled.ts";
import "./bundle.css";

export function BundleDialog({ onClose }: { readonly onClose: () => void }) {
  const words = text.bundle;
  const runs = useRequest("bundle.runs");
  const preview = useRequest("bundle.preview");
  const writing = useRequest("bundle.write");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [replaceNames, setReplaceNames] = useState(true);
  const listRuns = runs.send;
  useEffect(() => {
    void listRuns({});
  }, [listRuns]);
  /** What was shown is not what would be written any more. */
  const changed = () => {
    preview.reset();
    writing.reset();
  };
  const seen = preview.status.kind === "loaded" ? preview.status.value : undefined;
  return (
    <AppDialog
      title={words.title}
      size="wide"
      onClose={onClose}
      actions={
        <>
          <Button
            size="small"
            disabledFocusable={preview.isBusy}
            onClick={() => {
              writing.reset();
              void preview.send({ runIds: [...chosen], replaceNames });
            }}
          >
            {words.preview}
          </Button>
          <Button
            size="small"
            appearance="primary"
            disabledFocusable={seen === undefined || writing.isBusy}
            onClick={() => {
              if (seen !== undefined) void writing.send({ bundleId: seen.bundleId });
            }}
          >
            {words.write}
          </Button>
          <Button size="small" onClick={onClose}>
            {text.close}
          </Button>
        </>
      }
    >
      <p>{words.lead}</p>
      <Checkbox
        label={words.replaceNames}
        checked={replaceNames}
        onChange={(_event, { checked }) => {
          setReplaceNames(checked === true);
          changed();
        }}
      />
      {runs.status.kind === "loaded" ? (
        <Runs
          runs={runs.status.value}
          chosen={chosen}
          onToggle={(runId) => {
            setChosen(toggled(chosen, runId));
            changed();
          }}
        />
      ) : null}
      {[runs.status, preview.status, writing.status].map((status, index) =>
        status.kind === "error" ? <ProblemView key={index} problem={status.error} /> : null,
      )}
      {writing.status.kind === "loaded" ? (
        <p role="status">{words.written(visibleText(writing.status.value.folder))}</p>
      ) : null}
      {seen === undefined ? null : <Files preview={seen} isReplaced={replaceNames} />}
    </AppDialog>
  );
}

interface RunsProps {
  readonly runs: readonly BundleRun[];
  readonly chosen: ReadonlySet<string>;
  readonly onToggle: (runId: string) => void;
}

function Runs({ runs, chosen, onToggle }: RunsProps) {
  const words = text.bundle;
  if (runs.length === 0) return <p>{words.noRuns}</p>;
  return (
    <fieldset className="bundle-runs">
      <legend>{words.runs}</legend>
      {runs.map(({ runId, summary }) => (
        <Checkbox
          key={runId}
          label={visibleText(`${runId} ${summary}`)}
          checked={chosen.has(runId)}
          onChange={() => {
            onToggle(runId);
          }}
        />
      ))}
    </fieldset>
  );
}

interface FilesProps {
  readonly preview: BundlePreview;
  readonly isReplaced: boolean;
}

function Files({ preview, isReplaced }: FilesProps) {
  const words = text.bundle;
  return (
    <section aria-label={words.files}>
      <p role="status">
        {words.shown(preview.files.length)}{" "}
        {isReplaced ? words.replaced(preview.replaced) : words.notReplaced}
      </p>
      {preview.files.map(({ fileName, text: content }) => (
        <details key={fileName} className="bundle-file">
          <summary>{words.file(fileName, content.length)}</summary>
          <pre tabIndex={0} role="region" aria-label={fileName}>
            {content.split("\n").map(visibleText).join("\n")}
          </pre>
        </details>
      ))}
    </section>
  );
}
