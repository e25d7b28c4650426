// What the kernel tells of a process: processor time of its threads, memory, and drops at a socket (proc(5)).
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

const ticksPerSecond = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** Seconds of processor time since its start, of each thread. The main thread has the process's own number. */
export function threadTimes(pid: number): Map<number, number> {
  const times = new Map<number, number>();
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    try {
      times.set(Number(thread), cpuSeconds(`/proc/${pid}/task/${thread}/stat`));
    } catch {
      // It ended meanwhile.
    }
  }
  return times;
}

export const processTime = (pid: number): number => cpuSeconds(`/proc/${pid}/stat`);

/** Fields 14 and 15, user and system time; counted behind the name, which may hold anything. */
function cpuSeconds(path: string): number {
  const stat = readFileSync(path, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

/** Resident memory now, and the most there ever was, MiB. */
export function memory(pid: number): { now: number; peak: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const field = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1]) / 1024;
  return { now: field('VmRSS'), peak: field('VmHWM') };
}

/** Datagrams that the kernel dropped at all IPv4 sockets bound to this port, whoever owns them. */
export function kernelDrops(port: number): number {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  let drops = 0;
  for (const line of readFileSync('/proc/net/udp', 'utf8').split('\n').slice(1)) {
    const fields = line.trim().split(/\s+/);
    if (fields[1]?.endsWith(`:${hex}`)) drops += Number(fields.at(-1));
  }
  return drops;
}

/** Largest receive buffer that a program may ask for, bytes. */
export const largestBuffer = (): number => Number(readFileSync('/proc/sys/net/core/rmem_max', 'utf8'));
