// What `doctor` and `interfaces` say, by language.
import { type DoctorWords, en } from './doctor-en.ts';
import { es } from './doctor-es.ts';
import type { Lang } from './lang.ts';

export type { DoctorWords };

const words: Record<Lang, DoctorWords> = { en, es };

export const doctorWords = (lang: Lang): DoctorWords => words[lang];
