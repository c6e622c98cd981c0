// A button's word whose letter is underlined while Alt is held.

export interface MnemonicWordProps {
  readonly word: string;
  /** Its first place in the word is marked. */
  readonly letter: string;
}

export function MnemonicWord({ word, letter }: MnemonicWordProps) {
  const at = word.indexOf(letter);
  return (
    <span>
      {word.slice(0, at)}
      <span className="mnemonic">{letter}</span>
      {word.slice(at + letter.length)}
    </span>
  );
}
