// A mistake or a limit that a person can act on. Rooms below the words throw it with a code and facts; the
// sentence, in either language, is made where it is shown (words/faults.ts). It never shows a stack trace.

export type Facts = Record<string, string | number>;

export type FaultCode =
  // the command line
  | 'usage'
  | 'not-a-number'
  | 'not-a-group'
  | 'not-multicast'
  | 'bad-port'
  | 'bad-source'
  // the network of this host
  | 'no-such-interface'
  | 'no-multicast-interface'
  | 'interface-without-family'
  | 'port-busy'
  | 'no-route'
  | 'join-limit'
  | 'join-failed'
  | 'send-failed'
  | 'socket-failed'
  | 'too-long'
  // files
  | 'no-such-session'
  | 'session-damaged'
  | 'session-in-use'
  | 'catalogue-damaged'
  | 'not-writable'
  | 'disk-full'
  | 'file-failed'
  | 'file-not-written'
  | 'file-exists'
  | 'not-a-result'
  | 'sessions-alike'
  | 'pcap-stopped'
  | 'no-capture-tool'
  | 'capture-refused'
  // sharing files
  | 'nothing-to-share'
  | 'too-many-files'
  | 'share-too-large'
  | 'file-changed'
  | 'name-refused'
  | 'bad-manifest'
  | 'names-collide'
  | 'unsafe-path'
  | 'out-space'
  | 'out-full'
  | 'part-failed'
  | 'share-gone'
  | 'share-refused'
  | 'share-over-limit'
  | 'too-many-transfers'
  | 'no-such-offer'
  | 'nobody-came'
  | 'lab-one-file'
  | 'lab-failed'
  | 'lab-incomplete'
  | 'bench-space'
  | 'bench-silence'
  | 'bench-sender-died'
  // this program
  | 'engine-died'
  | 'doctor-failed'
  | 'worker-died'
  // things to know, not to stop for
  | 'small-receive-buffer'
  | 'kernel-drops'
  | 'membership-lost'
  | 'membership-regained'
  | 'interface-gone'
  | 'interface-back'
  | 'not-recording'
  | 'record-limit'
  | 'isolated';

export class Fault extends Error {
  constructor(
    readonly code: FaultCode,
    readonly facts: Facts = {},
    /** 2: wrong usage or this host cannot; 1: it ran and the answer is no. */
    readonly exitCode: 1 | 2 = 2,
  ) {
    super(code);
    this.name = 'Fault';
  }
}
