// The plan of a task as it will run: its sentence and its steps, with their statements.
import { useState } from "react";
import type { Plan } from "../../shared/plan/plan.ts";
import { visibleText } from "../../shared/visible-text.ts";
import { text } from "../text.ts";
import { EnvironmentLine } from "../ui/environment-line.tsx";
import { withShortNames } from "../ui/short-names.ts";
import { toggled } from "../ui/toggled.ts";
import { PlanGrid } from "../wizard/plan-grid.tsx";

export function TaskPlan({ plan }: { readonly plan: Plan }) {
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  return (
    <section className="group" aria-labelledby="plan-title">
      <h4 id="plan-title">{text.tasks.plan}</h4>
      <EnvironmentLine plan={plan} />
      <p>{withShortNames(visibleText(plan.summary), plan.instance.serverName)}</p>
      <PlanGrid
        plan={plan}
        opened={opened}
        onToggle={(id) => {
          setOpened((before) => toggled(before, id));
        }}
      />
    </section>
  );
}
