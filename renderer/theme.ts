// Sizes and colours: Fluent's themes, made dense, with the few colours of our own. The one place for both.
import { teamsHighContrastTheme, webDarkTheme, webLightTheme } from "@fluentui/react-components";
import type { Theme } from "@fluentui/react-components";

export type ThemeName = "light" | "dark" | "highContrast";

const dense = {
  fontFamilyBase: "'Segoe UI Variable Text','Segoe UI','Open Sans',system-ui,sans-serif",
  fontFamilyMonospace: "'Cascadia Mono',Consolas,'Liberation Mono','DejaVu Sans Mono',monospace",
  fontSizeBase100: "11px",
  lineHeightBase100: "14px",
  fontSizeBase200: "12px",
  lineHeightBase200: "16px",
  fontSizeBase300: "12px",
  lineHeightBase300: "16px",
  fontSizeBase400: "13px",
  lineHeightBase400: "18px",
  fontSizeBase500: "16px",
  lineHeightBase500: "22px",
  borderRadiusMedium: "3px",
} satisfies Partial<Theme>;

/** Each becomes a CSS variable of its name beside Fluent's own. */
interface OwnColours {
  readonly attentionText: string;
  readonly attentionBar: string;
  readonly attentionGround: string;
  readonly lossGround: string;
  readonly readyGround: string;
  readonly readyText: string;
  readonly lossText: string;
  readonly environmentGround: string;
  readonly environmentText: string;
  /** Test: quieter than production, and another colour than practice, which has none. */
  readonly testGround: string;
  readonly testText: string;
}

const light: OwnColours = {
  attentionText: "#8a4b00",
  attentionBar: "#c47a00",
  attentionGround: "#fff9f0",
  lossGround: "#fdf3f4",
  readyGround: "#f1faf1",
  readyText: webLightTheme.colorPaletteGreenForeground1,
  lossText: webLightTheme.colorPaletteRedForeground1,
  environmentGround: "#7a1557",
  environmentText: "#ffffff",
  testGround: "#cfe4f7",
  testText: "#0b3a5e",
};

const dark: OwnColours = {
  attentionText: "#f2b661",
  attentionBar: "#e0a030",
  attentionGround: "#2b2110",
  lossGround: "#33161a",
  readyGround: "#132413",
  readyText: "#7fc47f",
  lossText: "#f1707b",
  environmentGround: "#6b1a4f",
  environmentText: "#ffffff",
  testGround: "#12324a",
  testText: "#cfe4f7",
};

const contrastText = teamsHighContrastTheme.colorNeutralForeground1;
const contrastGround = teamsHighContrastTheme.colorNeutralBackground1;

/** Text and ground alone: shapes and words tell the rest. Under forced colours the system puts its own two in their place. */
const highContrast: OwnColours = {
  attentionText: contrastText,
  attentionBar: contrastText,
  attentionGround: contrastGround,
  lossGround: contrastGround,
  readyGround: contrastGround,
  readyText: contrastText,
  lossText: contrastText,
  environmentGround: contrastGround,
  environmentText: contrastText,
  testGround: contrastGround,
  testText: contrastText,
};

export const themes: Readonly<Record<ThemeName, Theme & OwnColours>> = {
  light: { ...webLightTheme, ...dense, ...light },
  dark: { ...webDarkTheme, ...dense, ...dark },
  highContrast: { ...teamsHighContrastTheme, ...dense, ...highContrast },
};

/** What the system asks for: forced colours, or more contrast without them, before light or dark. */
export function themeName(system: {
  readonly forcedColors: boolean;
  readonly moreContrast: boolean;
  readonly dark: boolean;
}): ThemeName {
  if (system.forcedColors || system.moreContrast) return "highContrast";
  return system.dark ? "dark" : "light";
}
