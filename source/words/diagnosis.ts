// A diagnosis in words. Its code may come from a session of another version, or of anybody: what is not known stands
// as the English sentence that it was recorded with.
import type { Diagnosis } from '../core/event.ts';
import type { Facts } from '../core/fault.ts';
import { fill } from './cli.ts';
import { type DiagnosisWords, en } from './diagnosis-en.ts';
import { es } from './diagnosis-es.ts';
import { doctorWords } from './doctor.ts';
import { faultText, isFaultCode } from './faults.ts';
import type { Lang } from './lang.ts';

export type { DiagnosisWords };
export const diagnosisWords = (lang: Lang): DiagnosisWords => ({ en, es })[lang];

/** Facts of a finding that a check explains: the check, and its code; the check's own facts stand beside them. */
export type Explained = { check: string; because: string };
/** A fact of a check whose cause is the sentence of a fault. */
export const faultFact = 'fault';

type Said = Pick<Diagnosis, 'id' | 'code' | 'facts'> & { status?: Diagnosis['status'] };

/** The cause, a sentence. */
export function causeText(lang: Lang, { id, code, facts, status }: Said, english: string): string {
  const words = doctorWords(lang);
  if (status === 'unknown') return own(words.unseen, code) ?? english;
  const fault = facts.check === undefined ? facts[faultFact] : undefined;
  if (typeof fault === 'string' && isFaultCode(fault)) return faultText(lang, { code: fault, facts });
  const sentence = own(textsOf(lang, id)?.causes, code);
  return sentence === undefined
    ? english
    : fill(sentence, { ...facts, cause: explanation(lang, facts, english) });
}

/** What to do, mostly a command; empty where nothing is known. */
export function remedyText(lang: Lang, { id, code, facts, status }: Said, english = ''): string {
  if (status === 'unknown') return english;
  const sentence = own(textsOf(lang, id)?.remedies, code);
  if (sentence !== undefined) return fill(sentence, facts);
  const { check, because } = facts;
  if (typeof check !== 'string' || typeof because !== 'string') return english;
  return remedyText(lang, { id: check, code: because, facts: withoutCheck(facts) }, english);
}

/** A line for where there is no screen. */
export function diagnosisLine(lang: Lang, event: Diagnosis): string {
  const { line, lineRemedy } = diagnosisWords(lang);
  const text = causeText(lang, event, event.text);
  const remedy = event.status === 'ok' ? '' : remedyText(lang, event, event.remedy);
  return fill(remedy === '' ? line : lineRemedy, { text, remedy });
}

/** The sentence of a notice of what is watched, whose code is `live.drops too-slow`; undefined for any other code. */
export function liveText(lang: Lang, code: string, facts: Facts): string | undefined {
  const [id = '', how = ''] = code.split(' ');
  const known = own<Texts>(diagnosisWords(lang).live, id);
  return own(known?.causes, how) === undefined ? undefined : causeText(lang, { id, code: how, facts }, '');
}

/** A few words of what is found, for the status line. */
export const shortText = (lang: Lang, id: string): string => own(diagnosisWords(lang).live, id)?.short ?? id;

function explanation(lang: Lang, facts: Facts, english: string): string {
  const { check, because } = facts;
  if (typeof check !== 'string' || typeof because !== 'string') return '';
  return causeText(lang, { id: check, code: because, facts: withoutCheck(facts) }, english);
}

/** So that a hostile session cannot send it round in circles. */
const withoutCheck = ({ check: _, because: __, ...facts }: Facts): Facts => facts;

type Texts = { causes: Record<string, string>; remedies: Record<string, string> };

function textsOf(lang: Lang, id: string): Texts | undefined {
  const live: Record<string, Texts> = diagnosisWords(lang).live;
  const checks: Record<string, Texts> = doctorWords(lang).checks;
  return own(live, id) ?? own(checks, id);
}

function own<T>(table: Record<string, T> | undefined, key: string): T | undefined {
  return table !== undefined && Object.hasOwn(table, key) ? table[key] : undefined;
}
