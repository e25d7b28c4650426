// Hosts on a switch, made of network namespaces: no packet leaves the machine, and each host has its own
// interface, addresses, routes and loss. Needs root, iproute2 and nftables; see labAvailable().
//
//   sw: bridge br0, 10.77.0.254, IGMP/MLD querier, snooping on        host K: lan0, 10.77.0.K, fd77::K
//     p1 ─────────────────────────────────────────────────────────────── lan0 of host 1
//     p2 (loss toward host 2 is drawn here) ──────────────────────────── lan0 of host 2
import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { LabProcess } from './lab-process.ts';
import { killWithin, runQuietly, sweep, sweepAbandoned } from './teardown.ts';

export type LabOptions = {
  /** How many hosts, numbered from 1. */
  hosts: number;
  /** Share of UDP datagrams lost toward every host, drawn for each on its own, 0 to 1. */
  loss?: number;
};

/** Why there can be no lab here, for the reason of a skipped test; undefined when there can. */
export function labAvailable(): string | undefined {
  if (process.platform !== 'linux') return 'network namespaces need Linux';
  if (process.getuid?.() !== 0) return 'network namespaces need root';
  for (const [tool, args] of [
    ['ip', ['-V']],
    ['nft', ['-v']],
  ] as const) {
    if (!runQuietly(tool, args)) return `${tool} is not installed`;
  }
  const probe = `mt${process.pid}-probe`;
  const made = runQuietly('ip', ['netns', 'add', probe]);
  if (made) runQuietly('ip', ['netns', 'del', probe]);
  return made ? undefined : 'this kernel or container allows no network namespaces';
}

let labs = 0;

export class Lab {
  readonly hosts: number;
  readonly #prefix = `mt${process.pid}-${++labs}-`;
  readonly #processes = new Set<LabProcess>();
  /** The last resort: the test process ends without close(), by an exception or a signal. */
  readonly #atExit = () => sweep(this.#prefix);

  /** Builds and waits until the switch no longer floods multicast. Tears down what it built when it fails. */
  static async build(options: LabOptions): Promise<Lab> {
    sweepAbandoned();
    const lab = new Lab(options.hosts);
    try {
      lab.#buildSwitch();
      for (let host = 1; host <= options.hosts; host++) lab.plug(host);
      if (options.loss) lab.setLoss(options.loss);
      // The querier's first response interval: until then a bridge floods what it has seen no member of.
      await sleep(2200);
      return lab;
    } catch (error) {
      await lab.close();
      throw error;
    }
  }

  private constructor(hosts: number) {
    this.hosts = hosts;
    process.on('exit', this.#atExit);
  }

  static address(host: number, family: 4 | 6 = 4): string {
    return family === 4 ? `10.77.0.${host}` : `fd77::${host}`;
  }

  /** Runs a command in a host to its end; its standard output. Throws when it fails. */
  exec(host: number, ...argv: string[]): string {
    return inNamespace(this.#host(host), argv);
  }

  /** The same on the switch, as for `bridge mdb show`. */
  execOnSwitch(...argv: string[]): string {
    return inNamespace(this.#switch, argv);
  }

  /** Sets a kernel setting of a host, named as sysctl names it. */
  set(host: number, name: string, value: number): void {
    setKernel(this.#host(host), name, value);
  }

  /** Starts the built program in a host: `lab.run(1, ['listen', '--json'])`. */
  run(host: number, args: string[], env: NodeJS.ProcessEnv = {}): LabProcess {
    return this.spawn(host, [process.execPath, program, ...args], env);
  }

  /** The command line that runs a command in a host, for whoever starts it by other means. */
  inside(host: number, argv: string[]): string[] {
    return ['ip', 'netns', 'exec', this.#host(host), ...argv];
  }

  /** Starts a process in a host; close() ends what is still running then. */
  spawn(host: number, argv: string[], env: NodeJS.ProcessEnv = {}): LabProcess {
    return this.#keep(new LabProcess(this.inside(host, argv), env));
  }

  /** The same on the switch. */
  spawnOnSwitch(argv: string[]): LabProcess {
    return this.#keep(new LabProcess(['ip', 'netns', 'exec', this.#switch, ...argv]));
  }

  /**
   * Share of UDP packets, fragments too, lost toward each host from now on, 0 to 1: one figure for all, or one a host.
   * `everything`: TCP and the rest suffer as well.
   */
  setLoss(loss: number | Record<number, number>, everything = false): void {
    runQuietly('ip', ['netns', 'exec', this.#switch, 'nft', 'delete', 'table', 'netdev', 'loss']);
    const chains = this.#numbers()
      .map((host) => ({ host, share: typeof loss === 'number' ? loss : (loss[host] ?? 0) }))
      .filter(({ share }) => share !== 0)
      .map(
        ({ host, share }) => `chain p${host} {
          type filter hook egress device "p${host}" priority 0; policy accept;
          ${everything ? 'ether type { ip, ip6 }' : 'meta l4proto udp'} ${drawn(share)} counter drop
        }`,
      );
    if (chains.length === 0) return;
    const script = `table netdev loss {\n${chains.join('\n')}\n}\n`;
    execFileSync('ip', ['netns', 'exec', this.#switch, 'nft', '-f', '-'], { input: script, stdio: 'pipe' });
  }

  /** Datagrams that setLoss took away on their way to a host since it was last called. */
  lostToward(host: number): number {
    const listing = this.execOnSwitch('nft', 'list', 'chain', 'netdev', 'loss', `p${host}`);
    return Number(/counter packets (\d+)/.exec(listing)?.[1]);
  }

  /** Gives a host its interface anew, with addresses and routes as at the start. */
  replug(host: number): void {
    if (this.exec(host, 'ip', '-o', 'link').includes('lan0')) this.unplug(host);
    this.plug(host);
  }

  /** Connects a host (making it if need be) with a new interface; with another address if told. */
  plug(host: number, address = Lab.address(host)): void {
    const namespace = this.#host(host);
    if (!namespaces().includes(namespace)) {
      ip('netns', 'add', namespace);
      ip('-n', namespace, 'link', 'set', 'lo', 'up');
      // Addresses are ours alone here: checking them for duplicates would only cost seconds.
      this.set(host, 'net.ipv6.conf.default.accept_dad', 0);
      this.set(host, 'net.ipv4.conf.all.rp_filter', 0);
    }
    ip(
      '-n',
      this.#switch,
      'link',
      'add',
      `p${host}`,
      'type',
      'veth',
      'peer',
      'name',
      'lan0',
      'netns',
      namespace,
    );
    ip('-n', this.#switch, 'link', 'set', `p${host}`, 'master', 'br0', 'up');
    ip('-n', namespace, 'address', 'add', `${address}/24`, 'brd', '+', 'dev', 'lan0');
    ip('-n', namespace, 'link', 'set', 'lan0', 'up');
    ip('-n', namespace, 'address', 'add', `${Lab.address(host, 6)}/64`, 'dev', 'lan0', 'nodad');
    // For programs that leave the choice of interface to the kernel, as the plain scripts of a lab do.
    ip('-n', namespace, 'route', 'add', '224.0.0.0/4', 'dev', 'lan0');
  }

  /** Deletes a host's interface. */
  unplug(host: number): void {
    ip('-n', this.#host(host), 'link', 'delete', 'lan0');
  }

  /** Ends everything that runs in the hosts, as after a test that failed half-way. */
  async stopAll(): Promise<void> {
    killWithin(this.#prefix);
    await Promise.all([...this.#processes].map((each) => each.stop('SIGKILL')));
    this.#processes.clear();
  }

  /** Ends the processes and takes everything down. Safe to call twice. */
  async close(): Promise<void> {
    await this.stopAll();
    process.off('exit', this.#atExit);
    sweep(this.#prefix);
  }

  #keep(started: LabProcess): LabProcess {
    this.#processes.add(started);
    return started;
  }

  #buildSwitch(): void {
    ip('netns', 'add', this.#switch);
    ip('-n', this.#switch, 'link', 'set', 'lo', 'up');
    const bridge =
      'mcast_snooping 1 mcast_querier 0 mcast_igmp_version 3 mcast_mld_version 2 mcast_query_use_ifaddr 1 ' +
      'mcast_query_response_interval 100 mcast_startup_query_interval 100 forward_delay 0';
    ip('-n', this.#switch, 'link', 'add', 'br0', 'type', 'bridge', ...bridge.split(' '));
    // In a second step: the querier's timer is armed with the response interval that is valid when it is turned on.
    ip('-n', this.#switch, 'link', 'set', 'br0', 'type', 'bridge', 'mcast_querier', '1');
    setKernel(this.#switch, 'net.ipv6.conf.br0.accept_dad', 0);
    ip('-n', this.#switch, 'address', 'add', '10.77.0.254/24', 'brd', '+', 'dev', 'br0');
    ip('-n', this.#switch, 'link', 'set', 'br0', 'up');
  }

  #numbers(): number[] {
    return Array.from({ length: this.hosts }, (_, i) => i + 1);
  }

  get #switch(): string {
    return `${this.#prefix}sw`;
  }

  #host(host: number): string {
    return `${this.#prefix}h${host}`;
  }
}

/** The condition of a rule that holds for that share of packets. */
function drawn(share: number): string {
  if (!(share >= 0 && share <= 1)) throw new RangeError(`no share: ${share}`);
  const outOf = 100_000;
  return share === 1 ? '' : `numgen random mod ${outOf} < ${Math.min(Math.round(share * outOf), outOf - 1)}`;
}

const program = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const ip = (...argv: string[]) =>
  execFileSync('ip', argv, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
const inNamespace = (namespace: string, argv: string[]) => ip('netns', 'exec', namespace, ...argv);
const setKernel = (namespace: string, name: string, value: number) =>
  inNamespace(namespace, ['sh', '-c', `echo ${value} > /proc/sys/${name.replaceAll('.', '/')}`]);
const namespaces = () =>
  ip('netns', 'list')
    .split('\n')
    .map((line) => line.split(' ')[0]);
