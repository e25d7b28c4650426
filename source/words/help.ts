// What --help says, by language.
import { en, type HelpWords } from './help-en.ts';
import { es } from './help-es.ts';
import type { Lang } from './lang.ts';

export type { HelpWords };

const words: Record<Lang, HelpWords> = { en, es };

export const helpWords = (lang: Lang): HelpWords => words[lang];
