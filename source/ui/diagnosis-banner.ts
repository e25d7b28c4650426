// The line in the header of what is found wrong: as much of it as fits, the way to the panel before the details.
import { findingsOf } from '../core/diagnoses.ts';
import type { Diagnosed } from '../core/snapshot.ts';
import { widthOf } from './fit.ts';
import type { Look } from './look.ts';
import { type Segment, segment } from './segments.ts';

/** `writing`: keys are text now, so it names the command. Undefined where nothing is wrong. */
export function diagnosisBanner(
  diagnoses: readonly Diagnosed[],
  writing: boolean,
  width: number,
  look: Look,
): Segment[] | undefined {
  const findings = findingsOf(diagnoses);
  const [worst] = findings;
  if (!worst) return undefined;
  const { diagnosis, glyphs } = look;
  const means = writing ? '/doctor' : 'D';
  const more = findings.length > 1 ? ` +${findings.length - 1}` : '';
  const end = ` ${glyphs.dot} ${diagnosis.more(means)}${more}`;
  const { check } = worst.facts;
  const short = look.short(worst.id);
  const told = [
    look.cause(worst) + end,
    ...(typeof check === 'string' ? [`${short}: ${check}${end}`] : []),
    short + end,
    `${short} ${glyphs.dot} ${means}`,
    short,
  ];
  const text = told.find((each) => widthOf(each) + 2 <= width) ?? `! ${means}`;
  return [segment(` ${text} `, worst.status === 'fail' ? 'alarm' : 'warn')];
}
