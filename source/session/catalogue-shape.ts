// What those who read the catalogue quickly and those who change it agree on.
import type { Fault } from '../core/fault.ts';

export const catalogueVersion = 1;

/** Values of flags by their long names; whoever uses one judges it. */
export type Settings = Record<string, unknown>;

/** Told of a catalogue that was damaged: Fault('catalogue-damaged') {path, kept}. */
export type Tell = (fault: Fault) => void;
