// What the figures were measured on: all processes of a bench share one machine, so they are figures of it too.
import { availableParallelism, cpus, release } from 'node:os';

export type Machine = { cores: number; processor: string; system: string; node: string };

export const machine = (): Machine => ({
  cores: availableParallelism(),
  processor: cpus()[0]?.model.trim() ?? '?',
  system: `${process.platform} ${release()}`,
  node: process.version,
});

export const machineText = ({ cores, processor, system, node }: Machine): string =>
  `${cores} × ${processor}, ${system}, Node ${node}`;
