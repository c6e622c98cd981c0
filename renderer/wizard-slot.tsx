// The one place where the failover wizard hangs in the shell.
export { Wizard as WizardSlot } from "./wizard/wizard.tsx";
export type { WizardProps } from "./wizard/wizard.tsx";
