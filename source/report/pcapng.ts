// The blocks of a pcapng file (draft-ietf-opsawg-pcapng): a section header, a description of each interface, and a
// block a packet. Each is whole in itself, so that a file is valid after every one. Little endian throughout.

/** Raw IP, version 4 or 6 by its first nibble (LINKTYPE_RAW). */
const linkTypeRaw = 101;
const sectionBlock = 0x0a0d0d0a;
const interfaceBlock = 1;
const packetBlock = 6;
/** Wireshark takes no comment longer than a 16-bit length says; nor would anybody read it. */
const longestText = 4096;

export type PacketBlock = {
  /** By its place among the interface blocks, from 0. */
  interface: number;
  /** Milliseconds since 1970; written to the microsecond. */
  at: number;
  /** The packet from its IP header on, as far as it was kept. */
  bytes: Uint8Array;
  /** How long it was on the wire. */
  length: number;
  outbound: boolean;
  multicast: boolean;
  comment: string;
};

/** The first block. `application` made the file, `comment` says what it is. */
export function section(application: string, comment: string): Buffer {
  const body = Buffer.alloc(16);
  body.writeUInt32LE(0x1a2b3c4d, 0);
  body.writeUInt16LE(1, 4);
  // The length of the section is not known while it is written.
  body.writeBigInt64LE(-1n, 8);
  return block(sectionBlock, [body], [text(1, comment), text(4, application)]);
}

/** Times of its packets count microseconds. */
export function interfaceOf(name: string): Buffer {
  const body = Buffer.alloc(8);
  body.writeUInt16LE(linkTypeRaw, 0);
  return block(interfaceBlock, [body], [text(2, name), option(9, Buffer.from([6]))]);
}

export function packet({
  interface: index,
  at,
  bytes,
  length,
  outbound,
  multicast,
  comment,
}: PacketBlock): Buffer {
  const body = Buffer.alloc(20);
  const micros = Math.max(0, Math.round(at * 1000));
  body.writeUInt32LE(index, 0);
  body.writeUInt32LE(Math.floor(micros / 2 ** 32), 4);
  body.writeUInt32LE(micros % 2 ** 32, 8);
  body.writeUInt32LE(bytes.length, 12);
  body.writeUInt32LE(length, 16);
  const flags = Buffer.alloc(4);
  flags.writeUInt32LE((outbound ? 2 : 1) | ((multicast ? 2 : 1) << 2));
  return block(packetBlock, [body, bytes, padding(bytes.length)], [text(1, comment), option(2, flags)]);
}

/** Type and length before, the length again behind, so that a file can be walked in both directions. */
function block(type: number, body: readonly Uint8Array[], options: readonly Buffer[]): Buffer {
  const inside = [...body, ...options, Buffer.alloc(4)];
  const length = inside.reduce((sum, part) => sum + part.length, 12);
  const head = Buffer.alloc(8);
  head.writeUInt32LE(type, 0);
  head.writeUInt32LE(length, 4);
  return Buffer.concat([head, ...inside, head.subarray(4)], length);
}

function text(code: number, value: string): Buffer {
  return option(code, Buffer.from(value.slice(0, longestText)));
}

function option(code: number, value: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16LE(code, 0);
  head.writeUInt16LE(value.length, 2);
  return Buffer.concat([head, value, padding(value.length)]);
}

const padding = (length: number): Buffer => Buffer.alloc(-length & 3);
