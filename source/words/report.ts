// What the lab report says, by language.
import type { Lang } from './lang.ts';
import { en, type ReportWords } from './report-en.ts';
import { es } from './report-es.ts';

export type { ReportWords };

const words: Record<Lang, ReportWords> = { en, es };

export const reportWords = (lang: Lang): ReportWords => words[lang];
