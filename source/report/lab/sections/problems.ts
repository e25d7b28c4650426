// What was wrong: what the doctor found, the warnings of the run, and what the author has to say of them.

import { fill } from '../../../words/cli.ts';
import { causeText, remedyText } from '../../../words/diagnosis.ts';
import { faultText, isFaultCode } from '../../../words/faults.ts';
import { doctorCommand } from '../doctor-file.ts';
import { type Block, type Cell, paragraph, place, type Section, table, type Words } from '../document.ts';
import { type Context, withCode } from './context.ts';

type Status = 'ok' | 'warn' | 'fail' | 'unknown';
type Found = { node: string; at: string; status: Status; id: string; cause: string; remedy: string };

export function problems(context: Context): Section {
  const { words } = context;
  return {
    title: words.parts.problems,
    blocks: [...doctor(context), ...warnings(context), place(words.places.problems)],
  };
}

function doctor(context: Context): Block[] {
  const { run, words } = context;
  const heads = words.doctor;
  const checks = run.doctor?.checks ?? [];
  const found = [...live(context), ...checks.map((check) => ({ ...check, node: '—', at: '—' }))];
  const shown = found.filter(({ status }) => status === 'warn' || status === 'fail');
  const counts = {
    ok: checks.filter(({ status }) => status === 'ok').length,
    unknown: checks.filter(({ status }) => status === 'unknown').length,
  };
  const blocks: Block[] = [];
  if (shown.length > 0) blocks.push(foundTable(context, shown));
  if (run.doctor) {
    const well = counts.ok === checks.length;
    blocks.push(paragraph(well ? fill(heads.ok, { count: counts.ok }) : fill(heads.rest, counts)));
  } else {
    const facts = { command: `${doctorCommand} > doctor.json`, flag: '--doctor doctor.json' };
    blocks.push(paragraph(withCode(heads.none, facts)));
  }
  return blocks;
}

/** What was found while it ran, and how it stood at the end. */
function live({ run, format, lang }: Context): Found[] {
  return run.sessions.flatMap((session) =>
    [...session.diagnoses.values()].map((diagnosis) => ({
      node: run.node(session).label,
      at: format.clock(run.aligned(session, diagnosis.at)),
      status: diagnosis.status,
      id: diagnosis.id,
      cause: causeText(lang, diagnosis, diagnosis.text),
      remedy: diagnosis.status === 'ok' ? '' : remedyText(lang, diagnosis, diagnosis.remedy),
    })),
  );
}

function foundTable({ words }: Context, found: readonly Found[]): Block {
  const heads = words.doctor;
  const columns = [heads.check, heads.status, heads.node, heads.at, heads.cause, heads.remedy].map(
    (head) => ({ head }),
  );
  const rows = found.map(({ node, at, status, id, cause, remedy }): (Words | Cell)[] => [
    [{ code: id }],
    {
      words: heads.statuses[status],
      ...(status === 'fail' ? { tone: 'bad' as const } : { tone: 'poor' as const }),
    },
    node,
    at,
    cause,
    remedy,
  ]);
  return table(heads.caption, columns, rows);
}

function warnings({ run, words, format, lang }: Context): Block[] {
  const heads = words.warnings;
  const rows = run.sessions.flatMap((session) =>
    [...session.warnings.values()].map(({ warning, count }) => [
      run.node(session).label,
      format.clock(run.aligned(session, warning.at)),
      format.number(count),
      isFaultCode(warning.code)
        ? faultText(lang, { code: warning.code, facts: warning.facts })
        : warning.text,
    ]),
  );
  if (rows.length === 0) return [paragraph(heads.none)];
  const columns = [
    { head: heads.node },
    { head: heads.at },
    { head: heads.times, figures: true },
    { head: heads.text },
  ];
  return [table(heads.caption, columns, rows)];
}
