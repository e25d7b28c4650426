// `interfaces`: what this host could join on, and what it would choose.
import { groupName } from '../core/group.ts';
import { printable, printableJson } from '../core/printable.ts';
import { thisHost } from '../doctor/host.ts';
import { questionsOf } from '../doctor/question.ts';
import { survey } from '../doctor/survey.ts';
import { faultText } from '../words/faults.ts';
import type { Run } from './command.ts';
import { groupOptions } from './engine-options.ts';
import { refuseWords } from './input.ts';
import { surveyText } from './interfaces-text.ts';

export const run: Run = async (input, flags, io) => {
  refuseWords('interfaces', input);
  const [question] = questionsOf(groupOptions(flags), { watch: 0 });
  const host = thisHost(question!);
  const group = groupName(host.group);
  const found = await survey(host);
  io.stdout.write(
    flags.json
      ? printableJson(`${JSON.stringify({ group, ...found }, null, 2)}\n`)
      : printable(surveyText(found, group, io.lang, io.stdout.columns ?? 100)),
  );
  if (!host.refusal) return 0;
  io.stderr.write(`mcast-tui: ${faultText(io.lang, host.refusal)}\n`);
  return 1;
};
