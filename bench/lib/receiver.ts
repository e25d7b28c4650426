// Whatever takes the datagrams of a rate benchmark: this program in its several forms, and its peers.
import { spawnSync } from 'node:child_process';
import { sleep } from './children.ts';
import { largestBuffer } from './proc.ts';
import { loopback, mcast, Program, type Target } from './program.ts';

export type Receiver = {
  what: string;
  /** Joins, and resolves when it has. */
  start(target: Target): Promise<Program>;
  /** Of a program that has ended: datagrams that it took and told of, and those it took and had no room for. */
  told(program: Program): Promise<{ taken: number; shed: number }>;
};

const wanted = 4 * 1024 * 1024;
/** Why the figures of this machine are not those of the table. */
export const bufferNote =
  largestBuffer() < wanted ? `the kernel grants ${largestBuffer()} bytes of buffer, not 4 MiB` : undefined;

export function ours(what: string, screen: boolean, command: string[]): Receiver {
  const [name, ...flags] = command as [string, ...string[]];
  return {
    what,
    async start(target) {
      // The session of a probe is as long as the probe, and removed after it.
      const line = mcast(name, target, '--record-limit', '8192', '--heartbeat', '0', ...flags);
      const program = screen ? Program.onScreen(line) : Program.headless(line);
      await program.joined();
      return program;
    },
    async told(program) {
      const stopped = program.lastEvent();
      if (stopped?.type !== 'stopped') return { taken: 0, shed: 0 };
      const { received, shed } = stopped.totals;
      return { taken: received, shed: shed.queue + shed.screen + shed.record };
    },
  };
}

/** mcjoin with its defaults, as a person would run it; undefined where it is not installed. */
export function mcjoin(): Receiver | undefined {
  if (spawnSync('mcjoin', ['-v']).status !== 0) return undefined;
  return {
    what: 'mcjoin',
    async start({ group, port }) {
      const [address = ''] = group.split(':');
      const program = Program.headless(['mcjoin', '-o', '-i', 'lo', '-p', String(port), address]);
      await sleep(1000);
      return program;
    },
    async told(program) {
      return { taken: Number(/Total: (\d+) packets/.exec(program.read('out'))?.[1] ?? 0), shed: 0 };
    },
  };
}

/** A plain loop in Python with the same 4 MiB of buffer; undefined where there is no Python. */
export function python(): Receiver | undefined {
  if (spawnSync('python3', ['--version']).status !== 0) return undefined;
  return {
    what: 'python3 loop',
    async start({ group, port }) {
      const [address = ''] = group.split(':');
      const program = Program.headless(['python3', '-c', loop, address, String(port), loopback]);
      await sleep(1000);
      return program;
    },
    async told(program) {
      return { taken: Number(program.read('out')), shed: 0 };
    },
  };
}

const loop = `
import signal, socket, sys
group, port, local = sys.argv[1], int(sys.argv[2]), sys.argv[3]
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, ${wanted})
s.bind((group, port))
s.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, socket.inet_aton(group) + socket.inet_aton(local))
count = 0
try:
    while True:
        s.recvfrom(65536)
        count += 1
except KeyboardInterrupt:
    print(count)
`;
