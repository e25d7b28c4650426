// What every key does, by language.

import { en, type KeyWords } from './keys-en.ts';
import { es } from './keys-es.ts';
import type { Lang } from './lang.ts';

export type { KeyWords };

const words: Record<Lang, KeyWords> = { en, es };

export const keyWords = (lang: Lang): KeyWords => words[lang];
