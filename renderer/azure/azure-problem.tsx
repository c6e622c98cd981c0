// What Azure refused, with what helps: to ask once more, or to sign in once more.
import { Button } from "@fluentui/react-components";
import type { Problem } from "../../shared/errors/app-error.ts";
import { text } from "../text.ts";
import { ProblemView } from "../ui/problem-view.tsx";
import { SignInWays } from "./sign-in-ways.tsx";
import type { Azure } from "./use-azure.ts";

export interface AzureProblemProps {
  readonly problem: Problem;
  readonly azure: Azure;
  readonly tenantId: string;
  readonly onReadAgain: () => void;
}

export function AzureProblem({ problem, azure, tenantId, onReadAgain }: AzureProblemProps) {
  return (
    <>
      <ProblemView problem={problem} />
      {problem.class === "retry" ? (
        <Button size="small" className="azure-alone" onClick={onReadAgain}>
          {text.azure.readAgain}
        </Button>
      ) : (
        <SignInWays azure={azure} tenant={tenantId} />
      )}
    </>
  );
}
