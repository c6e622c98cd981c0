// The window Connect to server.
import { Button, Spinner } from "@fluentui/react-components";
import type { Account } from "../../shared/azure/contract.ts";
import type { Side } from "../../shared/estate/estate.ts";
import { text } from "../text.ts";
import { AppDialog } from "../ui/app-dialog.tsx";
import { ProblemView } from "../ui/problem-view.tsx";
import { CertificateView } from "./certificate-view.tsx";
import { isWorking, loginOf, missingFields, trustedFingerprint } from "./connect-state.ts";
import type { ConnectStage, Prefill } from "./connect-state.ts";
import { LoginFields } from "./login-fields.tsx";
import { PairList } from "./pair-list.tsx";
import { ServerFields } from "./server-fields.tsx";
import { useConnectionTest } from "./use-connection-test.tsx";
import { useConnect } from "./use-connect.ts";
import type { Connecting } from "./use-connect.ts";
import { usePairs } from "./use-pairs.ts";
import "./connect.css";

export interface ConnectDialogProps {
  readonly side: Side;
  readonly isPractice: boolean;
  readonly account: Account | null;
  /** Of a remembered server, to be changed. */
  readonly prefill?: Prefill | undefined;
  /** Opens a remembered pair; absent where only one server is wanted. */
  readonly onOpenPair?: (pairId: string) => void;
  readonly onClose: () => void;
}

export function ConnectDialog(props: ConnectDialogProps) {
  const connecting = useConnect(props, props.onClose);
  const pairs = usePairs();
  const { state, connect } = connecting;
  const { stage } = state;
  const test = useConnectionTest(props.account, () => {
    connecting.tell({ kind: "tried" });
    const isFilled = missingFields(state.fields, props.account).length === 0;
    return isFilled && !isWorking(state)
      ? loginOf(state.fields, trustedFingerprint(state))
      : undefined;
  });
  const isClosed = isWorking(state) || (stage.kind === "certificate" && !stage.isTicked);
  return (
    <AppDialog
      title={text.connect.title}
      onClose={props.onClose}
      actions={
        <>
          <Button
            size="small"
            appearance="primary"
            type="submit"
            form="connect-form"
            disabledFocusable={isClosed}
          >
            {text.connect.connect}
          </Button>
          {test.button}
          <Button size="small" onClick={props.onClose}>
            {text.cancel}
          </Button>
        </>
      }
    >
      {props.onOpenPair === undefined ? null : <PairList pairs={pairs} onOpen={props.onOpenPair} />}
      <form
        id="connect-form"
        className="connect-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!isClosed) connect();
        }}
      >
        <ServerFields {...connecting} isPractice={props.isPractice} />
        <LoginFields
          {...connecting}
          account={props.account}
          canRemember={pairs.saved?.canRememberPasswords}
        />
      </form>
      <StageView stage={stage} tell={connecting.tell} />
      {test.view}
    </AppDialog>
  );
}

function StageView({ stage, tell }: { stage: ConnectStage; tell: Connecting["tell"] }) {
  switch (stage.kind) {
    case "form":
      return stage.problem === undefined ? null : <ProblemView problem={stage.problem} />;
    case "certificate":
      return (
        <CertificateView
          certificate={stage.certificate}
          isTicked={stage.isTicked}
          onTick={(isTicked) => {
            tell({ kind: "ticked", isTicked });
          }}
        />
      );
    case "probing":
    case "opening":
      return <Spinner size="extra-tiny" label={text.connect.working[stage.kind]} />;
  }
}
