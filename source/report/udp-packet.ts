// An IP packet around a payload, for a file that is read by tools which expect packets. The program saw only what a
// socket tells, so time to live, identification and checksums are made up here, and the file says so.
import { type Address, parseAddress } from '../core/address.ts';

export type Datagram = {
  /** Without a zone. */
  from: string;
  fromPort: number;
  to: string;
  toPort: number;
  ttl: number;
  /** Of the IPv4 header; nothing is ever fragmented here. */
  identification: number;
  /** As far as it was kept. */
  payload: Uint8Array;
  /** Bytes that the payload had. */
  bytes: number;
};

const udpBytes = 8;
const udpProtocol = 17;

/** IPv4 (RFC 791) or IPv6 (RFC 8200), and UDP (RFC 768); undefined where the addresses are no pair. */
export function udpPacket(datagram: Datagram): Buffer | undefined {
  const from = parseAddress(datagram.from);
  const to = parseAddress(datagram.to);
  if (!from || !to || from.family !== to.family) return undefined;
  const [source, destination] = [octets(from), octets(to)];
  const header =
    from.family === 4 ? ipv4(datagram, source, destination) : ipv6(datagram, source, destination);
  return Buffer.concat([header, udp(datagram, source, destination), datagram.payload]);
}

function ipv4({ bytes, ttl, identification }: Datagram, source: Buffer, destination: Buffer): Buffer {
  const header = Buffer.alloc(20);
  header[0] = 0x45;
  header.writeUInt16BE(20 + udpBytes + bytes, 2);
  header.writeUInt16BE(identification & 0xffff, 4);
  header[8] = ttl;
  header[9] = udpProtocol;
  source.copy(header, 12);
  destination.copy(header, 16);
  header.writeUInt16BE(checksum([header]), 10);
  return header;
}

function ipv6({ bytes, ttl }: Datagram, source: Buffer, destination: Buffer): Buffer {
  const header = Buffer.alloc(40);
  header[0] = 0x60;
  header.writeUInt16BE(udpBytes + bytes, 4);
  header[6] = udpProtocol;
  header[7] = ttl;
  source.copy(header, 8);
  destination.copy(header, 24);
  return header;
}

function udp({ fromPort, toPort, payload, bytes }: Datagram, source: Buffer, destination: Buffer): Buffer {
  const header = Buffer.alloc(udpBytes);
  const length = udpBytes + bytes;
  header.writeUInt16BE(fromPort, 0);
  header.writeUInt16BE(toPort, 2);
  header.writeUInt16BE(length, 4);
  const pseudo = Buffer.alloc(8);
  pseudo.writeUInt32BE(length, 0);
  pseudo.writeUInt32BE(udpProtocol, 4);
  // Of a payload that was not kept whole there is none; IPv4 has a value for that, and IPv6 allows no zero.
  const none = source.length === 4 ? 0 : 0xffff;
  const sum =
    payload.length === bytes ? checksum([source, destination, pseudo, header, payload]) || 0xffff : none;
  header.writeUInt16BE(sum, 6);
  return header;
}

/** The Internet checksum (RFC 1071). Each part but the last has an even length. */
function checksum(parts: readonly Uint8Array[]): number {
  let sum = 0;
  for (const part of parts) {
    for (let at = 0; at < part.length; at += 2) sum += (part[at]! << 8) | (part[at + 1] ?? 0);
  }
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x10000);
  return ~sum & 0xffff;
}

function octets({ family, words }: Address): Buffer {
  if (family === 4) return Buffer.from(words);
  const bytes = Buffer.alloc(16);
  for (const [index, word] of words.entries()) bytes.writeUInt16BE(word, index * 2);
  return bytes;
}
