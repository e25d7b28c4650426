// The interfaces as people read them: a block for each, the chosen one marked.
import type { Survey, Surveyed } from '../doctor/survey.ts';
import { fill } from '../words/cli.ts';
import { doctorWords } from '../words/doctor.ts';
import type { Lang } from '../words/lang.ts';
import { wrap } from './wrap.ts';

export function surveyText(
  { chosen, reason, interfaces }: Survey,
  group: string,
  lang: Lang,
  columns: number,
): string {
  const words = doctorWords(lang).interfaces;
  const width = Math.max(40, Math.min(columns, 120));
  const blocks = interfaces.map((each) => {
    const mark = each.name === chosen ? '* ' : '  ';
    const details = rows(each, lang).flatMap(([name, text]) => wrap(text, width, `    ${name.padEnd(8)}`));
    return [...wrap(state(each, lang), width, `${mark}${each.name}  `), ...details].join('\n');
  });
  const verdict = reason === null ? words.none : words.reasons[reason];
  const last = wrap(fill(verdict, { interface: chosen ?? '', group }), width, reason === null ? '' : '* ');
  return [...blocks, '', ...last, ''].join('\n');
}

function state({ kind, up, carrier, multicast, mtu }: Surveyed, lang: Lang): string {
  const { states, kinds } = doctorWords(lang).interfaces;
  const able = multicast === null ? '' : multicast ? states.multicast : states.noMulticast;
  const way = up === false ? states.down : carrier === false ? states.noCarrier : up ? states.up : '';
  return [kinds[kind], way, able, mtu === null ? '' : `MTU ${mtu}`].filter((text) => text !== '').join(', ');
}

function rows({ addresses, memberships, igmp, mldQueries }: Surveyed, lang: Lang): [string, string][] {
  const words = doctorWords(lang).interfaces;
  const of = (list: string[], six: boolean) => list.filter((text) => text.includes(':') === six).join(', ');
  const groups = memberships ?? [];
  const heard = mldQueries === null ? '' : ` (${fill(words.queries, { count: mldQueries })})`;
  const all: [string, string][] = [
    ['IPv4', of(addresses, false)],
    ['IPv6', of(addresses, true)],
    [igmp === null ? 'IGMP' : `IGMP${igmp.toLowerCase()}`, of(groups, false)],
    ['MLD', of(groups, true) && `${of(groups, true)}${heard}`],
  ];
  return all.filter(([, text]) => text !== '');
}
