// Links that still have to be repaired: asked for at the start, after every reading of both sides, and after a run.
import { useEffect, useState } from "react";
import type { Estate } from "../../shared/estate/estate.ts";
import type { RepairToDo } from "../../shared/repair/to-do.ts";
import { ask } from "../api.ts";

export function useRepairToDos(estate: Estate | undefined): readonly RepairToDo[] {
  const [toDos, setToDos] = useState<readonly RepairToDo[]>([]);
  useEffect(() => {
    void ask("repair.toDos", {}).then((answer) => {
      if (answer.ok) setToDos(answer.value);
    });
  }, [estate]);
  return toDos;
}
