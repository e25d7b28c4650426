// What the doctor found, as people read it: a line a check, and under what is not well its evidence and remedy.

import type { Status } from '../doctor/check.ts';
import type { Examination, Finding } from '../doctor/examine.ts';
import { fill } from '../words/cli.ts';
import { doctorWords } from '../words/doctor.ts';
import type { Lang } from '../words/lang.ts';
import { wrap } from './wrap.ts';

export function examinationText({ verdict, checks }: Examination, lang: Lang, columns: number): string {
  const words = doctorWords(lang);
  const wide = Math.max(...checks.map(({ id }) => id.length));
  const mark = Math.max(...Object.values(words.statuses).map((status) => status.length));
  const width = Math.max(40, Math.min(columns, 120));
  const lines = checks.flatMap((finding) => {
    const head = `${words.statuses[finding.status].padEnd(mark)}  ${finding.id.padEnd(wide)}  `;
    return [...wrap(finding.cause, width, head), ...details(finding, lang, width, mark + 2)];
  });
  const count = (of: Status) => checks.filter(({ status }) => status === of).length;
  const counts = { ok: count('ok'), warn: count('warn'), fail: count('fail'), unknown: count('unknown') };
  return [...lines, '', words.verdicts[verdict], fill(words.counts, counts), ''].join('\n');
}

/** What is well needs no proof; --json has it. */
function details(
  { status, evidence, remedy, link }: Finding,
  lang: Lang,
  width: number,
  indent: number,
): string[] {
  if (status === 'ok') return [];
  const words = doctorWords(lang);
  const rows: [string, string][] =
    status === 'unknown'
      ? [[words.byHand, remedy]]
      : [
          [words.evidence, evidence],
          [words.remedy, remedy],
          [words.link, link],
        ];
  return rows
    .filter(([, text]) => text !== '')
    .flatMap(([name, text]) => wrap(text, width, `${' '.repeat(indent)}${name}: `));
}
