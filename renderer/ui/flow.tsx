// The arrow between the two sides: which way data flows, or that none does.
import type { FlowWords } from "./flow-words.ts";
import "./flow.css";

export interface FlowProps extends FlowWords {
  readonly width: number;
}

export function Flow({ direction, width, label, above, below }: FlowProps) {
  return (
    <span className={`flow flow-${direction}`}>
      {above === undefined ? null : <span className="flow-above">{above}</span>}
      <svg
        width={width}
        height="14"
        viewBox={`0 0 ${String(width)} 14`}
        role="img"
        aria-label={label}
      >
        {direction === "none" ? broken(width) : arrow(width, direction)}
      </svg>
      {below === undefined ? null : <span className="flow-below">{below}</span>}
    </span>
  );
}

function arrow(width: number, direction: "right" | "left") {
  const turned = direction === "left" ? `translate(${String(width)} 0) scale(-1 1)` : undefined;
  const [end, tip] = [String(width - 8), String(width - 1)];
  return (
    <g transform={turned}>
      <path className="flow-line" d={`M0 7 H${end}`} />
      <path
        className="flow-head"
        d={`M${String(width - 9)} 2 L${tip} 7 L${String(width - 9)} 12 Z`}
      />
    </g>
  );
}

function broken(width: number) {
  const middle = width / 2;
  const at = (offset: number) => String(middle + offset);
  return (
    <g>
      <path className="flow-line" d={`M0 7 H${at(-11)} M${at(11)} 7 H${String(width)}`} />
      <path className="flow-cross" d={`M${at(-6)} 1 L${at(6)} 13 M${at(6)} 1 L${at(-6)} 13`} />
    </g>
  );
}
