// What the full-screen app says, by language.
import type { Lang } from './lang.ts';
import { en, type ScreenWords } from './screen-en.ts';
import { es } from './screen-es.ts';

export type { ScreenWords };

const words: Record<Lang, ScreenWords> = { en, es };

export const screenWords = (lang: Lang): ScreenWords => words[lang];
