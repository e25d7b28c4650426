// Where multicast of one direction was lost, by what one host sent, and what the kernel and the program of the other
// counted. Counters are of a whole host, and others speak too: what follows is "consistent with", never proof.
import type { Counters } from './counters.ts';

export type Flow = {
  /** Short ones, which no MTU stops: sent, and come to the program. */
  sent: number;
  got: number;
  /** Of any size, that did not come. */
  missing: number;
  /** What the kernel of the receiving host counted meanwhile; undefined where it does not tell. */
  counted: Counters | undefined;
  /** Datagrams of anybody that came to the program by the group meanwhile. */
  heard: number;
};

/**
 * `arrived`, or what took them away: the reverse-path filter, a full receive buffer, a port that nobody is bound to,
 * the firewall of the receiving host, the network (all of them, or a part); `unknown` without counters.
 */
export type Fate = 'arrived' | 'filter' | 'buffer' | 'nobody' | 'firewall' | 'network' | 'lossy' | 'unknown';

/** One in ten may get lost in any network. */
const tolerable = 0.1;
/** A cause explains a loss when the kernel counted at least so much of it. */
const explains = 0.8;

export function whereLost({ sent, got, missing, counted, heard }: Flow): Fate {
  if (sent === 0) return 'unknown';
  if (sent - got <= Math.max(1, sent * tolerable)) return 'arrived';
  if (!counted) return got > 0 ? 'lossy' : 'unknown';
  const most = Math.max(1, missing * explains);
  const { inMulticast, reversePath, ignored, bufferErrors } = counted;
  if (reversePath >= most) return 'filter';
  if (bufferErrors >= most) return 'buffer';
  if (ignored >= most) return 'nobody';
  if (inMulticast - heard - ignored - bufferErrors >= most) return 'firewall';
  return got > 0 ? 'lossy' : 'network';
}

/** For the evidence. */
export function flowText({ sent, got, counted, heard }: Flow): string {
  if (!counted) return `${got} of ${sent}`;
  const { inMulticast, reversePath, ignored, bufferErrors, inErrors } = counted;
  const kernel = `InMcastPkts +${inMulticast}, IPReversePathFilter +${reversePath}, IgnoredMulti +${ignored}`;
  return `${got} of ${sent} (${kernel}, RcvbufErrors +${bufferErrors}, InErrors +${inErrors}, received ${heard})`;
}
