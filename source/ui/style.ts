// Styles as the terminal keeps them (SGR, ECMA-48 §8.3.117): a frame tells them as switches along a line, but
// to draw a cell alone one must know all that is switched on there.

/** The SGR parameters that switch a style on from nothing, `1;31`; empty for plain text. */
export type Style = string;

type Slot =
  | 'bold'
  | 'dim'
  | 'italic'
  | 'underline'
  | 'blink'
  | 'inverse'
  | 'hidden'
  | 'strike'
  | 'overline'
  | 'foreground'
  | 'background';

/** What a space shows of its style. */
const shownBySpace: ReadonlySet<Slot> = new Set(['underline', 'inverse', 'strike', 'overline', 'background']);

const switchOn: Record<number, Slot> = {
  1: 'bold',
  2: 'dim',
  3: 'italic',
  4: 'underline',
  5: 'blink',
  7: 'inverse',
  8: 'hidden',
  9: 'strike',
  53: 'overline',
};
const switchOff: Record<number, Slot[]> = {
  22: ['bold', 'dim'],
  23: ['italic'],
  24: ['underline'],
  25: ['blink'],
  27: ['inverse'],
  28: ['hidden'],
  29: ['strike'],
  39: ['foreground'],
  49: ['background'],
  55: ['overline'],
};

/** Follows the switches along a line. */
export class Pen {
  readonly #on = new Map<Slot, string>();
  /** Style of the cells written now. */
  style: Style = '';
  /** The same for a space, on which neither colour nor weight shows: so that equal blanks compare equal. */
  spaceStyle: Style = '';

  /** @param parameters of one SGR sequence, between `ESC [` and `m` */
  switch(parameters: string): void {
    const codes = parameters.split(';');
    for (let at = 0; at < codes.length; at++) {
      const code = Number.parseInt(codes[at] || '0', 10);
      if (code === 38 || code === 48) {
        // 38;5;N or 38;2;R;G;B
        const length = codes[at + 1] === '5' ? 3 : 5;
        this.#on.set(code === 38 ? 'foreground' : 'background', codes.slice(at, at + length).join(';'));
        at += length - 1;
      } else this.#apply(code, codes[at] ?? '');
    }
    this.style = [...this.#on.values()].join(';');
    this.spaceStyle = [...this.#on].flatMap(([slot, on]) => (shownBySpace.has(slot) ? [on] : [])).join(';');
  }

  #apply(code: number, written: string): void {
    const slot = switchOn[code];
    if (code === 0) this.#on.clear();
    else if (slot) this.#on.set(slot, written);
    else if ((code >= 30 && code <= 37) || (code >= 90 && code <= 97)) this.#on.set('foreground', written);
    else if ((code >= 40 && code <= 47) || (code >= 100 && code <= 107)) this.#on.set('background', written);
    else for (const off of switchOff[code] ?? []) this.#on.delete(off);
  }
}
