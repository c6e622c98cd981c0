// Links that still have to be repaired: asked for at the start, after every reading of both sides, and after a run.
import { useEffect, useState } from "react";
import type { ServersRead } from "../../shared/estate/servers.ts";
import type { RepairToDo } from "../../shared/repair/to-do.ts";
import { ask } from "../api.ts";

export function useRepairToDos(read: ServersRead | undefined): readonly RepairToDo[] {
  const [toDos, setToDos] = useState<readonly RepairToDo[]>([]);
  useEffect(() => {
    void ask("repair.toDos", {}).then((answer) => {
      if (answer.ok) setToDos(answer.value);
    });
  }, [read]);
  return toDos;
}
