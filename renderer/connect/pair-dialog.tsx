// The window that connects a remembered pair: both sides filled in, only passwords are asked for.
import { Button, Spinner } from "@fluentui/react-components";
import type { Side } from "../../shared/estate/estate.ts";
import type { SavedPairFacts } from "../../shared/connect/contract.ts";
import { hasPassword } from "../../shared/connect/saved-pair.ts";
import type { Account } from "../../shared/azure/contract.ts";
import type { ConnectionFacts } from "../../shared/ipc.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { text } from "../text.ts";
import { AppDialog } from "../ui/app-dialog.tsx";
import { EnvironmentMark } from "../ui/environment-mark.tsx";
import { ProblemView } from "../ui/problem-view.tsx";
import { ResultMark } from "../ui/result-mark.tsx";
import { TextField } from "../ui/text-field.tsx";
import type { Prefill } from "./connect-state.ts";
import { loginName, pairName } from "./pair-name.ts";
import { pairWords as words } from "./pair-words.ts";
import { RememberPassword } from "./remember-password.tsx";
import type { PairSide } from "./use-pair-side.ts";
import { usePairSide } from "./use-pair-side.ts";
import { useConnectionTest } from "./use-connection-test.tsx";
import { usePairs } from "./use-pairs.ts";
import "./pairs.css";

export interface PairDialogProps {
  readonly pairId: string;
  readonly connections: readonly ConnectionFacts[];
  readonly account: Account | null;
  /** Opens the window of one server with what is remembered of it. */
  readonly onEdit: (side: Side, prefill: Prefill) => void;
  readonly onClose: () => void;
}

export function PairDialog(props: PairDialogProps) {
  const { saved } = usePairs();
  const pair = saved?.pairs.find(({ pairId }) => pairId === props.pairId);
  if (saved === undefined || pair === undefined) {
    return (
      <AppDialog
        title={text.connect.title}
        onClose={props.onClose}
        actions={<CloseButton {...props} />}
      >
        {saved === undefined ? <Spinner size="extra-tiny" /> : <p>{words.gone}</p>}
      </AppDialog>
    );
  }
  return <PairForm {...props} pair={pair} canRemember={saved.canRememberPasswords} />;
}

function CloseButton({ onClose }: Pick<PairDialogProps, "onClose">) {
  return (
    <Button size="small" onClick={onClose}>
      {text.cancel}
    </Button>
  );
}

interface PairFormProps extends PairDialogProps {
  readonly pair: SavedPairFacts;
  readonly canRemember: boolean;
}

function PairForm(props: PairFormProps) {
  const { pair, onClose } = props;
  const box = usePairSide("box", props);
  const instance = usePairSide("instance", props);
  const sides = [box, instance];
  const isWorking = sides.some(({ stage }) => stage.kind === "opening");
  const connect = async () => {
    // Both say what is missing, not only the first.
    const areFilled = sides.map((side) => side.isFilled());
    if (isWorking || areFilled.includes(false)) return;
    const done = await Promise.all(sides.map((side) => side.connect()));
    if (!done.includes(false)) onClose();
  };
  return (
    <AppDialog
      title={words.title(pairName(pair))}
      onClose={onClose}
      actions={
        <>
          <Button
            size="small"
            appearance="primary"
            type="submit"
            form="pair-form"
            disabledFocusable={isWorking}
          >
            {text.connect.connect}
          </Button>
          <CloseButton onClose={onClose} />
        </>
      }
    >
      <form
        id="pair-form"
        className="connect-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void connect();
        }}
      >
        {sides.map((one) => (
          <PairSideView key={one.side} {...props} one={one} />
        ))}
      </form>
    </AppDialog>
  );
}

function PairSideView(props: PairFormProps & { readonly one: PairSide }) {
  const { one, pair, onEdit } = props;
  const { side, stage } = one;
  const { server, serverName, authentication } = pair[side];
  const kind = text.connect.sides[side];
  const test = useConnectionTest(props.account, () => (one.isFilled() ? one.login : undefined));
  return (
    <section className="pair-side" aria-label={kind}>
      <h3>
        {kind} <EnvironmentMark environment={pair.environment} />
      </h3>
      <p>
        {visibleText(serverName)} ({visibleText(server)}), {loginName(authentication)}
      </p>
      {stage.kind === "connected" ? (
        <ResultMark level="passed">{words.isConnected}</ResultMark>
      ) : (
        <>
          {hasPassword(authentication) ? <PasswordOf {...props} /> : null}
          {authentication.kind === "entra" && stage.kind === "idle" && stage.missing ? (
            <p role="alert">{stage.missing}</p>
          ) : null}
          <div className="pair-does">
            {test.button}
            <Button
              size="small"
              onClick={() => {
                const { environment, isPasswordKept } = pair;
                const prefill = { environment, isPasswordKept: isPasswordKept[side] };
                onEdit(side, { ...pair[side], ...prefill });
              }}
            >
              {words.edit(kind)}
            </Button>
          </div>
          {test.view}
        </>
      )}
      {stage.kind === "opening" ? <Spinner size="extra-tiny" label={words.opening} /> : null}
      {stage.kind === "idle" && stage.problem !== undefined ? (
        <ProblemView problem={stage.problem} />
      ) : null}
    </section>
  );
}

function PasswordOf({ one, pair, canRemember }: PairFormProps & { readonly one: PairSide }) {
  const { stage, password, isRemembered } = one;
  return (
    <>
      <TextField
        label={text.connect.password}
        type="password"
        value={password}
        missing={stage.kind === "idle" ? stage.missing : undefined}
        maxLength={4096}
        isLocked={stage.kind === "opening"}
        {...(pair.isPasswordKept[one.side] ? { hint: words.passwordRemembered } : {})}
        onChange={one.setPassword}
      />
      <RememberPassword
        canRemember={canRemember}
        isTicked={isRemembered}
        onTick={one.setRemembered}
      />
    </>
  );
}
