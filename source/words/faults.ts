// What a fault says to a person, in the language of the program.
import type { Facts, FaultCode } from '../core/fault.ts';
import { safeText } from '../core/safe-text.ts';
import { cliWords } from './cli.ts';
import type { Fact, FaultSentences } from './fault-sentences.ts';
import { faultsEn } from './faults-en.ts';
import { faultsEs } from './faults-es.ts';
import type { Lang } from './lang.ts';

const sentences: Record<Lang, FaultSentences> = { en: faultsEn, es: faultsEs };

/** Graphemes of one fact: a path may be long, a page of it helps nobody. */
const factLimit = 300;

/** For a code that comes from a file, which may be of another version of the program. */
export function isFaultCode(code: string): code is FaultCode {
  return Object.hasOwn(faultsEn, code);
}

/** One or two sentences without a line break, safe to draw whatever the facts hold. */
export function faultText(lang: Lang, { code, facts }: { code: FaultCode; facts: Facts }): string {
  const fact: Fact = (name) => {
    const value = Object.hasOwn(facts, name) ? facts[name] : undefined;
    return value === undefined ? '?' : safeText(String(value), factLimit);
  };
  return code === 'usage' ? usageText(lang, fact) : sentences[lang][code](fact);
}

/** Mistakes in the command line have a list of their own, by their `problem`. */
function usageText(lang: Lang, fact: Fact): string {
  const problems: Record<string, string> = cliWords(lang).problems;
  const problem = fact('problem');
  const sentence = Object.hasOwn(problems, problem) ? problems[problem] : undefined;
  return sentence?.replace(/\{(\w+)\}/g, (_, name: string) => fact(name)) ?? sentences[lang].usage(fact);
}
