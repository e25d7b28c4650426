// Size of the screen as the app sees it. It comes from the terminal and not from Ink, so that a resize reaches
// the layout and the presenter in that order (Ink would draw the old tree at the new width first).
import { useSyncExternalStore } from 'react';

/** In character cells. */
export type Size = { readonly columns: number; readonly rows: number };

export type SizeSource = {
  /** The same object until the size changes. */
  get(): Size;
  /** Calls back after each change until the returned function is called. */
  subscribe(listener: () => void): () => void;
};

export function useSize(source: SizeSource): Size {
  return useSyncExternalStore(source.subscribe, source.get);
}
