// The lists that `bench share` tries, as a person writes them: `100M,250M` and `lab,multicast`.

import { safeName } from '../core/safe-text.ts';
import { type ShareMode, shareModes } from '../core/share.ts';
import { usageFault } from './usage.ts';

const units: Record<string, number> = { '': 1, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30 };

/** Bytes, in powers of 1024 as the practice has them. Throws Fault `usage`. */
export function sizesOf(text: string): number[] {
  return each(text).map((word) => {
    const [, digits, unit = ''] = /^(\d{1,9}(?:\.\d{1,3})?)([KMG]?)(?:i?B)?$/i.exec(word) ?? [];
    const bytes = Math.round(Number(digits) * units[unit.toUpperCase()]!);
    if (digits === undefined || bytes < 1) throw usageFault('not-a-size', { value: safeName(word) });
    return bytes;
  });
}

/** Throws Fault `usage`. */
export function modesOf(text: string): ShareMode[] {
  return each(text).map((word) => {
    const mode = shareModes.find((one) => one === word);
    if (mode) return mode;
    throw usageFault('not-a-choice', {
      name: '--modes',
      value: safeName(word),
      choices: shareModes.join(', '),
    });
  });
}

/** Once each, in their order. */
const each = (text: string): string[] => [...new Set(text.split(',').map((word) => word.trim()))];
