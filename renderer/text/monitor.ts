// The words of the document of one link. Its verdict, its rows and its values in words stand where the facts are known.

export const monitorText = {
  body: "Both sides, the last hour, and who writes",
  readEvery: (seconds: number) => `Read every ${String(seconds)} s, both sides at once`,
  neitherAnswers: "neither server answers.",
  bothSides: (link: string) => `Both sides of ${link}`,
  wasRead: (seconds: number) => `${String(seconds)} s ago`,
  was: (role: string, time: string) => `was ${role} at ${time} UTC`,
  verdicts: { level: "level", behind: "behind", notKnown: "not known" },
  history: {
    title: "Lag and queues, last hour",
    table: "Lag and queues in numbers",
    columns: { value: "Value", now: "Now", minute: "Highest, 1 min", hour: "Highest, 1 h" },
  },
  writing: {
    title: (server: string) => `Still writing on ${server}`,
    side: "Sessions on",
    notKnown: (because: string) => `Who writes there is not known: ${because}`,
    none: "No session has an open transaction that writes.",
  },
} as const;
