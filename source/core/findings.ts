// The live diagnosis: asks each rule of each group once in a while, and tells what begins, changes and ends. A thing is
// told when it has lasted and is over when it stayed away, so that nothing flaps. Pure: time comes in as an argument.
import type { GroupName, Millis } from './event.ts';
import { drops } from './findings/drops.ts';
import { duplicates } from './findings/duplicates.ts';
import type { Around, Finding, Rule, Scene, Symptom } from './findings/finding.ts';
import { oneWay } from './findings/one-way.ts';
import { silence } from './findings/silence.ts';
import { snooping } from './findings/snooping.ts';
import type { State } from './state.ts';

export const rules: readonly Rule[] = [silence, snooping, oneWay, duplicates, drops];

/** Figures that change are told anew no more often than this, ms. */
const tellEvery = 60_000;

/** One rule in one group. */
type Case = {
  rule: Rule;
  look(scene: Scene): Symptom | undefined;
  /** Seen without a pause since, and last. */
  from: Millis | undefined;
  seenAt: Millis;
  told: { openedAt: Millis; at: Millis; said: string; code: string } | undefined;
  /** What was found to be behind it; it holds as long as the case lasts. */
  cause: Symptom | undefined;
};

export class Findings {
  readonly #cases = new Map<string, Case>();

  constructor(private readonly around: Around) {}

  /** What is to be told now. To be asked about once a second. */
  look(state: State, now: Millis): Finding[] {
    return [...state.groups.values()].flatMap((group) => {
      const scene = { state, group, now, around: this.around };
      return rules.flatMap((rule) => this.#judge(this.#caseOf(rule, group.settings.group), scene));
    });
  }

  /** The cause behind an open finding was found by other means; undefined when it is over by now. */
  explain(id: Rule['id'], name: GroupName, cause: Symptom, now: Millis): Finding | undefined {
    const one = this.#cases.get(keyOf(id, name));
    if (!one?.told) return undefined;
    one.cause = cause;
    return tell(one, cause, name, now);
  }

  #judge(one: Case, scene: Scene): Finding[] {
    const { rule } = one;
    const { now, group } = scene;
    const name = group.settings.group;
    const symptom = group.joined ? one.look(scene) : undefined;
    if (symptom) {
      one.from ??= now;
      one.seenAt = now;
      if (!one.told && now - one.from < rule.after) return [];
      return isNews(one, one.cause ?? symptom, now) ? [tell(one, one.cause ?? symptom, name, now)] : [];
    }
    if (!one.told) one.from = undefined;
    if (!one.told || now - one.seenAt < rule.mended) return [];
    const code = rule.ended(scene, one.told.openedAt);
    one.from = undefined;
    one.told = undefined;
    one.cause = undefined;
    return [{ type: 'diagnosis', at: now, group: name, id: rule.id, status: 'ok', code, facts: {} }];
  }

  #caseOf(rule: Rule, name: GroupName): Case {
    const key = keyOf(rule.id, name);
    let one = this.#cases.get(key);
    if (!one) {
      one = { rule, look: rule.watch(), from: undefined, seenAt: 0, told: undefined, cause: undefined };
      this.#cases.set(key, one);
    }
    return one;
  }
}

const keyOf = (id: Rule['id'], group: GroupName): string => `${id} ${group}`;

function isNews({ told }: Case, symptom: Symptom, now: Millis): boolean {
  if (!told || told.code !== symptom.code) return true;
  return told.said !== JSON.stringify(symptom) && now - told.at >= tellEvery;
}

function tell(one: Case, symptom: Symptom, group: GroupName, at: Millis): Finding {
  const { id, link } = one.rule;
  const openedAt = one.told?.openedAt ?? at;
  one.told = { openedAt, at, said: JSON.stringify(symptom), code: symptom.code };
  return { type: 'diagnosis', at, group, id, ...symptom, link };
}
