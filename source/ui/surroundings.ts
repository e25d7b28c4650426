// What the app can ask of the terminal around it. It knows the terminal by these alone, so component tests
// need none.
import type { Lang } from '../words/lang.ts';
import type { SizeSource } from './size.ts';

export type Surroundings = {
  size: SizeSource;
  lang: Lang;
  /** Ends the program. The summary, if any, is printed on the normal screen once the app's is gone. */
  onExit(code: number, summary?: string): void;
  /** Gives the terminal back to the shell until `fg` (Ctrl+Z). Does nothing where there is no job control. */
  onSuspend(): void;
  /** Draws every cell again (Ctrl+L). */
  onRepaint(): void;
  /** Shows the terminal's own cursor at a cell, from 0, for input methods; without arguments hides it. */
  setCursor(row?: number, column?: number): void;
};
