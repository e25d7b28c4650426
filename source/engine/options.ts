// All that a live engine is told at its start. Plain data: it crosses into the engine's thread.
import type { GroupName, Millis } from '../core/event.ts';
import type { TransportOptions } from '../net/transport.ts';
import type { PcapFileOptions } from '../report/pcap-file.ts';

/** A group under the one spelling by which it is known everywhere. */
export type GroupOptions = TransportOptions & { name: GroupName };

export type EngineOptions = {
  version: string;
  groups: GroupOptions[];
  /** This start's random identity, 16 hexadecimal digits. */
  id: string;
  name: string;
  /** Threads of the processing pool. */
  workers: number;
  /** Synthetic load, ms of computing per datagram, for showing what `--workers` does; 0 is none. */
  work: number;
  /** Heartbeat interval, ms; 0 sends none. */
  heartbeat: number;
  /** Bandwidth of the session, bits a second; heartbeats together stay under 5 % of it (RFC 3550 §6.2). */
  bandwidth: number;
  /** Acknowledge chat and foreign datagrams by unicast. */
  ack: boolean;
  /** The session keeps the bytes of datagrams too. */
  payloads?: boolean;
  /** A file for Wireshark that is written as it happens. */
  pcap?: PcapFileOptions;
  /** A doctor may be called: the sockets are those of this host. */
  doctor?: boolean;
  /** How long switches remember a member that reports nothing, ms; as the standards have it unless told. */
  membership?: Millis;
  /** Where to write the session; undefined records nothing. */
  record: { dataDir: string; limitBytes: number } | undefined;
  /** Where files that are accepted go, and how large they may be; where each transfer leaves its log. */
  files?: { out: string; maxSize?: number; logs?: string } | undefined;
  /** Also hand every event's line to the main thread (headless output). */
  lines: boolean;
  /** End by itself after so many datagrams or milliseconds. */
  count: number | undefined;
  duration: number | undefined;
};

/** Nobody else needs them: a session without them, or none at all, costs nothing more. */
export const wantsPayloads = ({ payloads, record, pcap }: EngineOptions): boolean =>
  pcap !== undefined || (payloads === true && record !== undefined);
