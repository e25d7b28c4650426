// What a transfer's thread and whoever started it say to each other.
import type { Transfer } from '../core/event.ts';
import type { Fault } from '../core/fault.ts';
import type { Announced } from './sender.ts';

export type FromTransfer = {
  event?: Transfer;
  /** A sender's: what to announce. A receiver has nothing to tell. */
  ready?: Announced | undefined;
  fault?: Pick<Fault, 'code' | 'facts' | 'exitCode'>;
};

export type ToTransfer = { cancel: true } | { moved: { address: string; port: number } };

/** The built file of a thread: beside the bundle, or in dist/ when the sources run as they are. */
export function threadFile(name: 'transfer-thread' | 'hash-thread'): URL {
  const folder = import.meta.url.endsWith('.ts') ? '../../dist/' : './';
  return new URL(`${folder}${name}.js`, import.meta.url);
}
