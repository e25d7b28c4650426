// What every section is made from.
import type { Lang } from '../../../words/lang.ts';
import type { ReportWords } from '../../../words/report.ts';
import type { Words } from '../document.ts';
import type { Format } from '../format.ts';
import type { LabRun } from '../run.ts';

export type Context = { run: LabRun; words: ReportWords; format: Format; lang: Lang };

/** Facts in the {places} of a sentence, each of them as code: commands, addresses, filters. */
export function withCode(sentence: string, facts: Record<string, string>): Words {
  return sentence
    .split(/\{(\w+)\}/)
    .map((part, index) => (index % 2 === 0 ? part : { code: facts[part] ?? part }))
    .filter((part) => part !== '');
}

/** Several as code, with commas between. */
export const codes = (texts: readonly string[]): Words =>
  texts.flatMap((text, index) => (index === 0 ? [{ code: text }] : [', ', { code: text }]));
