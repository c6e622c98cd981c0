// The window Connect to server.
import { Button, Spinner } from "@fluentui/react-components";
import type { Account } from "../../shared/ipc.ts";
import type { Side } from "../../shared/estate/estate.ts";
import { text } from "../text.ts";
import { AppDialog } from "../ui/app-dialog.tsx";
import { ProblemView } from "../ui/problem-view.tsx";
import { CertificateView } from "./certificate-view.tsx";
import { isWorking } from "./connect-state.ts";
import type { ConnectStage } from "./connect-state.ts";
import { LoginFields } from "./login-fields.tsx";
import { ServerFields } from "./server-fields.tsx";
import { useConnect } from "./use-connect.ts";
import type { Connecting } from "./use-connect.ts";
import "./connect.css";

export interface ConnectDialogProps {
  readonly side: Side;
  readonly isPractice: boolean;
  readonly account: Account | null;
  readonly onClose: () => void;
}

export function ConnectDialog(props: ConnectDialogProps) {
  const connecting = useConnect(props, props.onClose);
  const { state, connect } = connecting;
  const { stage } = state;
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
          <Button size="small" onClick={props.onClose}>
            {text.cancel}
          </Button>
        </>
      }
    >
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
        <LoginFields {...connecting} account={props.account} />
      </form>
      <StageView stage={stage} tell={connecting.tell} />
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
