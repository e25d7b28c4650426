// The form that the sentences of faults have in every language.
import type { FaultCode } from '../core/fault.ts';

/** Reads a fact as text that is safe to draw; `?` when it is missing. */
export type Fact = (name: string) => string;

/** One or two plain sentences for each code: what happened, and what to do. A missing code does not compile. */
export type FaultSentences = Record<FaultCode, (fact: Fact) => string>;

/** The sentence for a value, as `how({ down: '…', up: '…' }, fact('state'), otherwise)`. */
export function how(cases: Record<string, string>, value: string, otherwise: string): string {
  return Object.hasOwn(cases, value) ? (cases[value] ?? otherwise) : otherwise;
}

/** `, words with the fact` where the fact is known, else nothing. */
export function known(fact: string, words: string): string {
  return fact === '?' || fact === '' ? '' : words;
}

/** Bytes as a person says them: `208 KiB`, `4 MiB`. */
export function size(bytes: string): string {
  const count = Number(bytes);
  if (!Number.isFinite(count)) return bytes;
  for (const [unit, worth] of [
    ['GiB', 2 ** 30],
    ['MiB', 2 ** 20],
    ['KiB', 2 ** 10],
  ] as const) {
    if (count >= worth) return `${Math.round((count / worth) * 10) / 10} ${unit}`;
  }
  return `${count} B`;
}

/** `87.3 %` of a whole that is not zero; what lacks a little never reads 100. */
export function percent(part: string, whole: string): string {
  const share = Math.floor((Number(part) / Number(whole)) * 1000) / 10;
  return Number.isFinite(share) ? `${share} %` : '?';
}

/** The command that gives a host a way to send multicast. Loopback has none for IPv6 unless it is told. */
export function routeCommand(fact: Fact): string {
  const device = fact('interface');
  if (fact('family') !== 'IPv6') return `ip route add 224.0.0.0/4 dev ${device}`;
  return device === 'lo'
    ? 'ip -6 route add local ff00::/8 dev lo'
    : `ip -6 route add multicast ff00::/8 dev ${device} table local`;
}

/** The command that lets programs have a receive buffer of the size that was asked for. */
export const bufferCommand = (fact: Fact) =>
  `sysctl -w net.core.rmem_max=${Math.max(8_388_608, Number(fact('asked')) || 0)}`;
