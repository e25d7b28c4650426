// What the lab tests of doctor share: running it on a host, and reading what it found.
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { Lab } from './lab.ts';
import type { LabProcess } from './lab-process.ts';

export type Found = {
  id: string;
  status: string;
  evidence: string;
  cause: string;
  remedy: string;
  link: string;
};
export type Examination = { verdict: string; checks: Found[] };

export const program = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
export const group = '239.255.0.1:50000';
export const group6 = '[ff15::4d43]:50000';

/** A lab of three hosts for the tests of one file. */
export class DoctorStage {
  lab!: Lab;

  constructor() {
    beforeAll(async () => {
      this.lab = await Lab.build({ hosts: 3 });
    });
    afterEach(() => this.lab?.stopAll());
    afterAll(() => this.lab?.close());
  }

  examine(host: number, args: string[] = [], env: NodeJS.ProcessEnv = {}): Promise<Examination> {
    const argv = ['doctor', '--json', '--duration', '0.8', ...args];
    return read(this.lab.run(host, argv, { LANG: 'C.UTF-8', ...env }));
  }

  /** Somebody to be heard while doctor listens. */
  async speaker(host: number, ...more: string[]): Promise<LabProcess> {
    const node = this.lab.run(host, ['listen', '--json', '--no-record', '--heartbeat', '100', ...more]);
    await node.waitForJson({ type: 'joined' });
    return node;
  }

  nft(host: number, rules: string): string {
    return this.lab.exec(host, 'nft', rules);
  }

  /** Somebody that `--peer bob` looks for, on host 2. */
  bob(...more: string[]): Promise<LabProcess> {
    return this.speaker(2, '--name', 'bob', '--heartbeat', '300', ...more);
  }

  /** Doctor on host 1 looks for bob. */
  lookForBob(...more: string[]): Promise<Examination> {
    return this.examine(1, ['--peer', 'bob', ...more]);
  }

  /** Doctor on host 1 finds bob and has no complaint. */
  async content(...more: string[]): Promise<Examination> {
    const mended = await this.lookForBob(...more);
    expect(complaints(mended)).toEqual({});
    return mended;
  }

  /** A rule of the switch on what goes to a host. */
  towards(host: number, rule: string): string {
    const hook = `type filter hook egress device p${host} priority 0`;
    return this.lab.execOnSwitch('nft', `table netdev fault { chain c { ${hook}; ${rule}; }; }`);
  }

  mendSwitch(): string {
    return this.lab.execOnSwitch('nft', 'delete table netdev fault');
  }

  noRules(host: number): string {
    return this.lab.exec(host, 'nft', 'flush ruleset');
  }

  /** Gives an interface of host 1 another name. */
  rename(from: string, to: string): void {
    this.lab.exec(1, 'ip', 'link', 'set', from, 'down');
    this.lab.exec(1, 'ip', 'link', 'set', from, 'name', to, 'up');
    this.lab.exec(1, 'ip', 'route', 'replace', '224.0.0.0/4', 'dev', to);
  }
}

/** What a doctor that runs finds; its exit code must agree. */
export async function read(doctor: LabProcess): Promise<Examination> {
  const code = await doctor.ended;
  const result = JSON.parse(doctor.lines.join('\n') || 'null') as Examination | null;
  if (!result) throw new Error(doctor.stderr);
  expect(code).toBe(result.verdict === 'fail' ? 1 : 0);
  return result;
}

/** Those that are not well; what could not be looked at is no complaint. */
export function complaints({ checks }: Examination): Record<string, string> {
  const bad = checks.filter(({ status }) => status === 'warn' || status === 'fail');
  return Object.fromEntries(bad.map(({ id, status }) => [id, status]));
}

export function findingOf({ checks }: Examination, wanted: string): Found {
  return checks.find(({ id }) => id === wanted)!;
}

export function statusOf({ checks }: Examination, wanted: string): string | undefined {
  return checks.find(({ id }) => id === wanted)?.status;
}
