// How a verdict is meant: `ready` proved, `attention` somebody has to act, `loss` data can be lost, `neutral` none of these.

export type VerdictTone = "ready" | "attention" | "loss" | "neutral";
