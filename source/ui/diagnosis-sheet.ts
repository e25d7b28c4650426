// The overlay of the diagnosis: what is found by watching, then the checks of this host, the worst first; each with
// what was read and what to do, which stands on lines of its own so that a terminal can copy it.
import { byGravity, findingsOf, isLive } from '../core/diagnoses.ts';
import type { GroupName } from '../core/event.ts';
import type { Diagnosed, Snapshot } from '../core/snapshot.ts';
import { fitted, wrap } from './fit.ts';
import { clock } from './format.ts';
import { keyLabel } from './keymap.ts';
import type { Look } from './look.ts';
import type { Role } from './theme.ts';

export type DiagnosisContext = {
  latest: Pick<Snapshot, 'doctor' | 'refreshEvery' | 'groups'>;
  diagnoses: readonly Diagnosed[];
  /** The one group that shows. */
  only: GroupName | undefined;
  replay: boolean;
  look: Look;
};

const indent = '  ';

/** Rows of exactly `width` columns. */
export function diagnosisRows(context: DiagnosisContext, width: number): string[] {
  const { look, diagnoses, only, latest } = context;
  const { theme, diagnosis } = look;
  const shown = diagnoses.filter(({ group }) => only === undefined || group === undefined || group === only);
  const title = (text: string) => theme.title(fitted(text, width));
  const blank = ' '.repeat(width);
  const findings = findingsOf(shown);
  const over = shown.filter((each) => isLive(each) && each.status === 'ok');
  const several = latest.groups.length > 1 && only === undefined;
  return [
    title(diagnosis.now),
    ...(findings.length === 0 ? [theme.good(fitted(indent + diagnosis.nothing, width))] : []),
    ...findings.flatMap((each) => entry(each, several, width, look)),
    ...over.flatMap((each) => ended(each, several, width, look)),
    blank,
    ...membership(context, width),
    ...checks(shown, context, width),
  ];
}

/** Head and cause, then what was read, what to do, and where to read more. */
function entry(found: Diagnosed, several: boolean, width: number, look: Look): string[] {
  const { theme, diagnosis, statuses } = look;
  const { status, id, group, since, evidence, link } = found;
  const where = several && group !== undefined ? ` ${look.glyphs.dot} ${look.address(group)}` : '';
  const when = isLive(found) ? ` ${look.glyphs.dot} ${diagnosis.since(clock(since).slice(0, 8))}` : '';
  const known = status !== 'unknown';
  const remedy = look.remedy(found);
  const head = `${statuses[status]} ${id}`;
  return [
    theme[roles[status]](fitted(head, Math.max(0, width - lengthOf(where + when)))) +
      theme.dim(fitted(where + when, Math.min(width, lengthOf(where + when)))),
    ...hung('', look.cause(found), width),
    ...(known ? hung(diagnosis.evidence, look.address(evidence ?? ''), width).map(theme.dim) : []),
    ...(known && remedy !== ''
      ? [
          theme.dim(fitted(`${indent}${diagnosis.remedy}:`, width)),
          ...hung('', remedy, width).map(theme.accent),
        ]
      : hung(diagnosis.byHand, remedy, width).map(theme.dim)),
    ...(known ? hung(diagnosis.link, link ?? '', width).map(theme.dim) : []),
  ];
}

const roles: Record<Diagnosed['status'], Role> = { ok: 'good', warn: 'warn', fail: 'bad', unknown: 'dim' };

const lengthOf = (text: string): number => fitted(text, 10_000).trimEnd().length;

/** Indented lines, the first after its name; none where there is nothing to say. */
function hung(name: string, text: string, width: number): string[] {
  if (text === '') return [];
  const said = name === '' ? text : `${name}: ${text}`;
  const room = Math.max(1, width - indent.length * 2);
  return wrap(said, room).map((line, i) =>
    fitted(indent + (i > 0 || name === '' ? indent : '') + line, width),
  );
}

/** What was wrong and is not any more, or a check that is well: a line or two. */
function ended(found: Diagnosed, several: boolean, width: number, look: Look): string[] {
  const { theme, statuses, diagnosis } = look;
  const group = several && found.group !== undefined ? ` ${look.address(found.group)}` : '';
  const when = isLive(found) ? ` ${diagnosis.since(clock(found.since).slice(0, 8))}` : '';
  const text = `${statuses.ok} ${found.id}${group}${when} ${look.cause(found)}`;
  return wrap(text, width - indent.length).map((line, i) =>
    theme.dim(fitted(i === 0 ? line : indent + line, width)),
  );
}

/** How often it is reported, or the key that makes it so where that could help. */
function membership({ latest, look, replay, diagnoses }: DiagnosisContext, width: number): string[] {
  const { diagnosis, theme, keys } = look;
  const said =
    latest.refreshEvery !== undefined
      ? diagnosis.refreshing(Math.round(latest.refreshEvery / 1000))
      : !replay && findingsOf(diagnoses).some(({ id, code }) => id === 'live.snooping' || code === 'cut-off')
        ? diagnosis.refreshKey(keyLabel('r', keys))
        : undefined;
  if (said === undefined) return [];
  return [...wrap(said, width).map((line) => theme.match(fitted(line, width))), ' '.repeat(width)];
}

function checks(shown: readonly Diagnosed[], context: DiagnosisContext, width: number): string[] {
  const { latest, look, replay } = context;
  const { theme, diagnosis, keys } = look;
  const done = shown.filter((each) => !isLive(each));
  const groups = [...new Set(done.map(({ group }) => group))];
  const state =
    latest.doctor?.since !== undefined
      ? diagnosis.checking
      : replay
        ? diagnosis.noDoctorInReplay
        : latest.doctor === undefined
          ? diagnosis.noDoctorInDemo
          : done.length === 0
            ? diagnosis.notChecked(keyLabel('e', keys))
            : undefined;
  return [
    ...(state === undefined ? [] : wrap(state, width).map((line) => theme.match(fitted(line, width)))),
    ...groups.flatMap((group) => {
      const all = done.filter((each) => each.group === group);
      const at = clock(Math.max(...all.map((each) => each.at))).slice(0, 8);
      return [
        ...wrap(diagnosis.checks(at, look.address(group ?? '')), width).map((line) =>
          theme.title(fitted(line, width)),
        ),
        ...[...all]
          .sort(byGravity)
          .flatMap((each) =>
            each.status === 'ok' ? ended(each, false, width, look) : entry(each, false, width, look),
          ),
      ];
    }),
  ];
}
