// What is said on the normal screen once the app's own is gone.
import type { Lang } from './lang.ts';

const en = {
  closeTimedOut: (seconds: number) =>
    `The session was not closed within ${seconds} s. All that was written until then is in its file.`,
};

const es: typeof en = {
  closeTimedOut: (seconds) =>
    `La sesión no se cerró en ${seconds} s. Todo lo escrito hasta entonces está en su archivo.`,
};

export const terminalWords: Record<Lang, typeof en> = { en, es };
