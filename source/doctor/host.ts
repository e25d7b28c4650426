// This host as the checks look at it. Everything that can fail to be read comes back as undefined.
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { Fault } from '../core/fault.ts';
import { type Interface, type LocalInterface, listInterfaces, pickInterface } from '../net/interfaces.ts';
import { type Probed, probe } from './probe.ts';
import type { Question } from './question.ts';
import { runSelfTest, type SelfTest } from './self-test.ts';

export type Host = Question & {
  platform: NodeJS.Platform;
  interfaces: Interface[];
  /** The interface that the group would be joined on; undefined when there is none, and then `refusal` says why. */
  local: LocalInterface | undefined;
  refusal: Fault | undefined;
  env: NodeJS.ProcessEnv;
  read(path: string): Promise<string | undefined>;
  list(path: string): Promise<string[] | undefined>;
  /** Standard output of a program; undefined when it is not there, fails, or takes more than 3 s. */
  run(program: string, ...args: string[]): Promise<string | undefined>;
  /** Sockets opened as the program opens them, once for all checks; undefined without an interface. */
  selfTest(): Promise<SelfTest | undefined>;
  /** What other nodes hear of this host, once for all checks; undefined where the group cannot be joined. */
  probe(): Promise<Probed | undefined>;
};

export function thisHost(question: Question): Host {
  const { local, refusal } = choose(question);
  let test: Promise<SelfTest> | undefined;
  let asked: Promise<Probed | undefined> | undefined;
  const selfTest = async () => {
    if (!local) return undefined;
    test ??= runSelfTest(question);
    return test;
  };
  const host: Host = {
    ...question,
    platform: process.platform,
    interfaces: listInterfaces(),
    local,
    refusal,
    env: process.env,
    read: (path) => readFile(path, 'utf8').catch(() => undefined),
    list: (path) => readdir(path).catch(() => undefined),
    run: (program, ...args) =>
      new Promise((resolve) => {
        const options = { timeout: 3_000, maxBuffer: 16 * 1024 * 1024, windowsHide: true };
        execFile(program, args, options, (error, stdout) => resolve(error ? undefined : stdout));
      }),
    selfTest,
    probe() {
      asked ??= selfTest().then((tested) => (tested ? askOthers(host, tested) : undefined));
      return asked;
    },
  };
  return host;
}

/** Nobody is spoken to unless somebody is there, or should be. */
async function askOthers(host: Host, { refused, others }: SelfTest): Promise<Probed | undefined> {
  if (refused) return undefined;
  if (!others.nodes && host.peer === undefined) return { nodes: [], refused: false };
  const mtu = Number(await host.read(`/sys/class/net/${host.local?.name}/mtu`));
  return probe(host, mtu > 0 ? mtu : undefined).catch(orNothing);
}

function orNothing(error: unknown): undefined {
  if (!(error instanceof Fault)) throw error;
}

function choose({ group, interface: wanted }: Question): Pick<Host, 'local' | 'refusal'> {
  try {
    return { local: pickInterface(group, wanted), refusal: undefined };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { local: undefined, refusal: error };
  }
}
