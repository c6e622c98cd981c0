// What both sides show, whether the database can come back at all, and where its backup and its files go, under which name.
import { Field, Radio, RadioGroup } from "@fluentui/react-components";
import type { Finding } from "../../shared/checks/finding.ts";
import type { Estate, Side } from "../../shared/estate/estate.ts";
import { oldCopyWords } from "../../shared/offline/copy-facts.ts";
import { offlineVersion } from "../../shared/offline/version.ts";
import { FindingsList } from "../tasks/findings-list.tsx";
import { text } from "../text.ts";
import { Choice } from "../ui/choice.tsx";
import { SideTable } from "../ui/side-table.tsx";
import { TextField } from "../ui/text-field.tsx";
import type { OfflineAnswers } from "./offline-answers.ts";
import { newName, noAnswers } from "./offline-answers.ts";
import { offlineRows } from "./offline-facts.ts";
import type { OfflineTarget } from "./offline-target.ts";

const words = text.offline;

export interface ChoicesPageProps {
  readonly target: OfflineTarget;
  readonly estate: Estate;
  readonly names: Readonly<Record<Side, string>>;
  readonly answers: OfflineAnswers;
  /** Why no plan was made of them. */
  readonly refused: readonly Finding[];
  readonly isLocked: boolean;
  readonly onAnswer: (changed: Partial<OfflineAnswers>) => void;
}

export function ChoicesPage(props: ChoicesPageProps) {
  const { target, estate, names, answers, refused } = props;
  const version = offlineVersion({ estate });
  const isPossible = !version.some(({ blocks }) => blocks);
  return (
    <>
      {isPossible ? <p>{words.lead(answers.database, names.box, names.instance)}</p> : null}
      <section className="group" aria-label={words.sides}>
        <h4>{words.sides}</h4>
        <SideTable names={names} rows={offlineRows(estate, target.linkName, answers.database)} />
      </section>
      <FindingsList title={isPossible ? words.possible : words.notPossible} findings={version} />
      {isPossible ? (
        <>
          <Backup {...props} />
          <Restored {...props} />
          <Writers {...props} />
          {refused.length === 0 ? null : (
            <div ref={intoView}>
              <FindingsList title={words.refused} findings={refused} />
            </div>
          )}
        </>
      ) : null}
    </>
  );
}

/** Once, when it is there: the fields above may fill the page. */
function intoView(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: "nearest" });
}

function Backup({ target: { databases }, answers, isLocked, onAnswer }: ChoicesPageProps) {
  return (
    <section className="group" aria-label={words.backup}>
      <h4>{words.backup}</h4>
      {databases.length > 1 ? (
        <Choice
          label={words.database}
          value={answers.database}
          options={databases}
          words={Object.fromEntries(databases.map((name) => [name, name]))}
          isLocked={isLocked}
          onChange={(database) => {
            const { restoreAs, typedName } = noAnswers(database);
            onAnswer({ database, restoreAs, typedName });
          }}
        />
      ) : null}
      <TextField
        label={words.container}
        value={answers.backupTo}
        maxLength={200}
        hint={words.containerHint}
        isLocked={isLocked}
        onChange={(backupTo) => {
          onAnswer({ backupTo });
        }}
      />
    </section>
  );
}

function Restored(props: ChoicesPageProps) {
  const { names, answers, isLocked, onAnswer } = props;
  const { under, restoreTo, database } = answers;
  return (
    <section className="group" aria-label={words.restored}>
      <h4>{words.restored}</h4>
      <TextField
        label={words.folder(names.box)}
        value={restoreTo}
        maxLength={200}
        hint={words.folderHint}
        isLocked={isLocked}
        onChange={(folder) => {
          onAnswer({ restoreTo: folder });
        }}
      />
      <Field label={words.under} size="small" orientation="horizontal">
        <RadioGroup
          value={under}
          disabled={isLocked}
          onChange={(_event, { value }) => {
            onAnswer({ under: value === "old" ? "old" : "new", typedName: "" });
          }}
        >
          <Radio value="new" label={words.newName} />
          <Radio value="old" label={words.oldName(database)} />
        </RadioGroup>
      </Field>
      {under === "new" ? <NewName {...props} /> : <OldName {...props} />}
    </section>
  );
}

function NewName({ answers, isLocked, onAnswer }: ChoicesPageProps) {
  return (
    <TextField
      label={words.name}
      value={newName(answers)}
      maxLength={128}
      isLocked={isLocked}
      onChange={(restoreAs) => {
        onAnswer({ restoreAs });
      }}
    />
  );
}

/** What is known of the old copy stands above the field that asks for its name. */
function OldName({ estate, answers, isLocked, onAnswer }: ChoicesPageProps) {
  const { database, typedName } = answers;
  return (
    <>
      <p className="old-copy">{oldCopyWords({ estate, database })}</p>
      <p>{words.oldNameFree}</p>
      <TextField
        label={words.typeName(database)}
        value={typedName}
        maxLength={128}
        hint={text.ui.byHand.caseCounts}
        isLocked={isLocked}
        onChange={(typed) => {
          onAnswer({ typedName: typed });
        }}
      />
    </>
  );
}

function Writers({ target: { linkName }, names, answers, isLocked, onAnswer }: ChoicesPageProps) {
  const hasLink = linkName !== undefined;
  return (
    <section className="group" aria-label={words.writers}>
      <h4>{words.writers}</h4>
      <TextField
        label={words.writersStopped(names.instance, hasLink)}
        value={answers.writersStopped}
        maxLength={900}
        hint={hasLink ? words.writersHint.withLink : words.writersHint.withoutLink}
        isLocked={isLocked}
        onChange={(writersStopped) => {
          onAnswer({ writersStopped });
        }}
      />
    </section>
  );
}
