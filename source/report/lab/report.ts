// The whole report, in the order in which a networks class asks for its parts.
import { fill } from '../../words/cli.ts';
import type { Lang } from '../../words/lang.ts';
import { reportWords } from '../../words/report.ts';
import { paragraph, place, type Report, type Section } from './document.ts';
import { formatOf } from './format.ts';
import type { LabRun } from './run.ts';
import { captures } from './sections/captures.ts';
import { connectivity, messages } from './sections/connectivity.ts';
import { type Context, codes } from './sections/context.ts';
import { development } from './sections/development.ts';
import { experiment } from './sections/experiment.ts';
import { problems } from './sections/problems.ts';
import { timing } from './sections/timing.ts';
import { transfers } from './sections/transfers.ts';
import { workers } from './sections/workers.ts';

export type ReportOptions = { lang: Lang; title?: string | undefined; version: string };

export function reportOf(run: LabRun, { lang, title, version }: ReportOptions): Report {
  const words = reportWords(lang);
  const context: Context = { run, words, format: formatOf(lang), lang };
  const { sessions } = run;
  const counted = (some: { one: string; more: string }, count: number) =>
    fill(count === 1 ? some.one : some.more, { count });
  return {
    title: title ?? words.title,
    head: head(context),
    foot: fill(words.generated, { version, sessions: counted(words.sessionsOf, sessions.length) }),
    sections: [
      { title: words.parts.introduction, blocks: [paragraph(words.intro), place(words.places.introduction)] },
      {
        title: words.parts.description,
        blocks: [
          paragraph(
            fill(words.description, {
              nodes: counted(words.countOfNodes, run.nodes.length + run.left),
              recorded: run.nodes.filter((node) => node.sessions.length > 0).length,
              from: context.format.dateTime(run.firstAt),
              length: context.format.length(run.lastAt - run.firstAt),
            }),
          ),
          place(words.places.description),
        ],
      },
      {
        title: words.parts.objectives,
        blocks: [{ kind: 'list', items: words.objectives }, place(words.places.objectives)],
      },
      development(context),
      {
        title: words.parts.tests,
        blocks: [],
        sections: [connectivity, messages, timing, workers, experiment, transfers, captures].map((section) =>
          section(context),
        ),
      },
      problems(context),
      { title: words.parts.discussion, blocks: [place(words.places.discussion)] },
      { title: words.parts.conclusions, blocks: [place(words.places.conclusions)] },
      bibliography(context),
    ],
  };
}

function head({ run, words, format }: Context): Report['head'] {
  const { head, headPlaces } = words;
  const times = { from: format.dateTime(run.firstAt), to: format.clock(run.lastAt).slice(0, 8) };
  return [
    { name: head.author, value: headPlaces.author, place: true },
    { name: head.course, value: headPlaces.course, place: true },
    { name: head.teacher, value: headPlaces.teacher, place: true },
    { name: head.run, value: fill(words.run, { ...times, length: format.length(run.lastAt - run.firstAt) }) },
    { name: head.nodes, value: run.nodes.map(({ label }) => label).join(', ') },
    { name: head.groups, value: codes(run.groups) },
  ];
}

function bibliography({ words }: Context): Section {
  const items = words.bibliography.map(([name = '', title = '', url = '']) => ({ name, title, url }));
  return {
    title: words.parts.bibliography,
    blocks: [{ kind: 'sources', items }, place(words.places.bibliography)],
  };
}
