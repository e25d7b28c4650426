// `capture`: what the groups' hosts put on the wire, IGMP and MLD too, by way of dumpcap or tcpdump.
import { open, rm, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Fault } from '../core/fault.ts';
import type { Group } from '../core/group.ts';
import { printable, printableJson } from '../core/printable.ts';
import { captureFilter, displayFilters, needsDissector } from '../core/wireshark.ts';
import { pickInterface } from '../net/interfaces.ts';
import { startCapture } from '../report/capture.ts';
import { codeOf } from '../session/disk.ts';
import { fill } from '../words/cli.ts';
import type { Lang } from '../words/lang.ts';
import { wiresharkWords } from '../words/wireshark.ts';
import type { Run } from './command.ts';
import { groupOptions } from './engine-options.ts';
import { refuseWords } from './input.ts';
import { firstSignal } from './signals.ts';

export const run: Run = async (input, flags, io) => {
  refuseWords('capture', input);
  const wanted = groupOptions(flags);
  const groups = wanted.map(({ group }) => group);
  const interfaces = [...new Set(wanted.map((each) => pickInterface(each.group, each.interface).name))];
  const filter = captureFilter(groups);
  const path = resolve(flags.out ?? `mcast-${stamp(new Date())}.pcapng`);
  const words = wiresharkWords(io.lang);

  const isNew = await makeSure(path);
  const { count } = flags;
  const signal = firstSignal();
  try {
    const capture = await startCapture({
      interfaces,
      filter,
      path,
      ...(count === undefined ? {} : { count }),
    });
    const { tool } = capture;
    const facts = { interface: interfaces.join(', '), tool, path, filter };
    io.stderr.write(printable(`${fill(words.capturing, facts)}\n${fill(words.filter, facts)}\n`));
    const timer =
      flags.duration === undefined ? undefined : setTimeout(() => capture.stop(), flags.duration * 1000);
    const by = await Promise.race([capture.ended.then(() => undefined), signal.came]);
    clearTimeout(timer);
    capture.stop();
    const packets = await capture.ended;
    const display = displayFilters(groups);
    const text = flags.json
      ? printableJson(
          `${JSON.stringify({ path, tool, interfaces, filter, packets: packets ?? null, display }, null, 2)}\n`,
        )
      : printable(told({ path, packets, groups }, io.lang));
    io.stdout.write(text);
    return by?.exitCode ?? 0;
  } catch (error) {
    if (isNew) await rm(path, { force: true });
    throw error;
  } finally {
    signal.ignore();
  }
};

/** The tools say less plainly that a file cannot be written. True when it was not there before. */
async function makeSure(path: string): Promise<boolean> {
  try {
    const isNew = await stat(path).then(
      () => false,
      () => true,
    );
    await (await open(path, 'a')).close();
    return isNew;
  } catch (error) {
    throw new Fault('file-not-written', { path, reason: codeOf(error) });
  }
}

type Outcome = { path: string; packets: number | undefined; groups: readonly Group[] };

function told({ path, packets, groups }: Outcome, lang: Lang): string {
  const words = wiresharkWords(lang);
  const result = packets === undefined ? words.capturedSome : words.captured;
  const filters = displayFilters(groups);
  const rows = (some: typeof filters) =>
    some.map(({ use, filter }) => `  ${filter.padEnd(58)}  ${words.uses[use]}`);
  return `${[
    fill(result, { path, count: packets ?? 0 }),
    words.filters,
    ...rows(filters.filter((each) => !needsDissector(each))),
    words.withDissector,
    ...rows(filters.filter(needsDissector)),
  ].join('\n')}\n`;
}

/** `20261121T052411Z` */
const stamp = (date: Date): string => date.toISOString().replace(/[-:]|\.\d+/g, '');
