// What sender and receiver say to each other over the control connection, and how it looks in bytes. Each message is
// a frame; all but reports, lists and hashes are JSON. Nothing of it is believed before it was checked here.
import { isCount, isRecord } from '../core/fields.ts';
import type { Group } from '../core/group.ts';
import { safeName } from '../core/safe-text.ts';

/** Of a receiver, below 16; of the sender, from 16 on. */
export const kinds = {
  hello: 1,
  ready: 2,
  report: 3,
  complete: 4,
  askHashes: 5,
  askSections: 6,
  result: 7,
  ping: 8,
  welcome: 16,
  manifest: 17,
  start: 18,
  told: 19,
  digests: 20,
  sections: 21,
  apart: 22,
  end: 23,
} as const;

/** Bytes of a frame that is sent in parts, as manifest and hashes are; and of what these may come to in all. */
export const partBytes = 65_536;
export const mostManifestBytes = 256 * 2 ** 20;
export const mostSections = 1024;
/** A side that has said nothing for so long is gone, ms; each says something at least every third of that. */
export const silence = 10_000;

/** The first message of a receiver. */
export type Hello = {
  share: string;
  /** 16 hexadecimal digits, the same when it comes again after its connection was cut. */
  id: string;
  name: string;
  /** SHA-256 of the content that it has begun with, hex: then it needs no manifest, and a new share of it will do. */
  key?: string;
};

export type Welcome = {
  /** In order of arrival, from 1; and how many are expected, 0 when that is open. */
  number: number;
  expected: number;
  token: number;
  blockSize: number;
  key: string;
  /** Name of the sender. */
  from: string;
  /** Of the manifest that follows; 0 when the receiver has it. */
  manifestBytes: number;
  mode: 'multicast' | 'unicast';
  /** Absent when the data come to a port of the receiver's. */
  group?: { address: string; port: number };
};

/** The receiver listens, and its first reports tell what it has. `port`: where it listens, if not in the group. */
export type Ready = { receiveBuffer: number; port?: number; token: number };

export type Told = { number: number; front: number };
export type Sections = { section: number; hash: string }[];
export type Result = { whole: true } | { whole: false; reason: string };
/** What follows comes under another token, to a port of the receiver's own. */
export type Apart = { token: number };
/** Why the sender wants no more of a receiver; without a reason all is done. */
export type End = { reason?: string };

const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
export const encode = json;

export function decodeHello(body: Buffer): Hello | undefined {
  const value = record(body);
  if (!value || !isHex(value.share, 16) || !isHex(value.id, 16) || typeof value.name !== 'string') return;
  if (value.key !== undefined && !isHex(value.key, 64)) return;
  const { share, id, key } = value as Hello;
  return { share, id, name: safeName(value.name), ...(key === undefined ? {} : { key }) };
}

export function decodeWelcome(body: Buffer): Welcome | undefined {
  const value = record(body);
  if (!value) return;
  const { number, expected, token, blockSize, key, from, manifestBytes, mode, group } = value;
  const counts = [number, expected, token, manifestBytes].every((it) => isCount(it));
  if (!counts || (token as number) > 0xffff_ffff || (manifestBytes as number) > mostManifestBytes) return;
  if (!isCount(blockSize) || blockSize < 64 || blockSize > 65_000 || blockSize % 8 !== 0) return;
  if (!isHex(key, 64) || typeof from !== 'string' || (mode !== 'multicast' && mode !== 'unicast')) return;
  if (group !== undefined && !isGroup(group)) return;
  return { ...(value as Welcome), from: safeName(from) };
}

export function decodeReady(body: Buffer): Ready | undefined {
  const value = record(body);
  if (!value || !isCount(value.receiveBuffer) || !isCount(value.token)) return;
  if (value.port !== undefined && !isPort(value.port)) return;
  return value as Ready;
}

export function decodeTold(body: Buffer): Told | undefined {
  const value = record(body);
  return value && isCount(value.number) && isCount(value.front) ? (value as Told) : undefined;
}

export function decodeApart(body: Buffer): Apart | undefined {
  const value = record(body);
  return value && isCount(value.token) && value.token <= 0xffff_ffff ? (value as Apart) : undefined;
}

export function decodeResult(body: Buffer): Result | undefined {
  const value = record(body);
  if (value?.whole === true) return { whole: true };
  return value?.whole === false && isCode(value.reason) ? { whole: false, reason: value.reason } : undefined;
}

export function decodeEnd(body: Buffer): End | undefined {
  const value = record(body);
  if (!value) return;
  if (value.reason === undefined) return {};
  return isCode(value.reason) ? { reason: value.reason } : undefined;
}

export function decodeAskSections(body: Buffer): number[] | undefined {
  const value = parse(body);
  return Array.isArray(value) && value.length <= mostSections && value.every((it) => isCount(it))
    ? (value as number[])
    : undefined;
}

export function decodeSections(body: Buffer): Sections | undefined {
  const value = parse(body);
  const isEach = (it: unknown) => isRecord(it) && isCount(it.section) && isHex(it.hash, 64);
  return Array.isArray(value) && value.length <= mostSections && value.every(isEach)
    ? (value as Sections)
    : undefined;
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}

function record(body: Buffer): Record<string, unknown> | undefined {
  const value = parse(body);
  return isRecord(value) ? value : undefined;
}

const isPort = (value: unknown): value is number => isCount(value) && value > 0 && value < 65_536;
const isHex = (value: unknown, digits: number): value is string =>
  typeof value === 'string' && value.length === digits && /^[0-9a-f]+$/.test(value);
/** A fault code, or one of the reasons why a receiver was dropped. */
const isCode = (value: unknown): value is string => typeof value === 'string' && /^[a-z-]{1,40}$/.test(value);
const isGroup = (value: unknown): boolean =>
  isRecord(value) && typeof value.address === 'string' && value.address.length < 64 && isPort(value.port);

/** Where the data of a welcome come to; undefined for a port of the receiver's own. */
export function groupOf({ group }: Welcome): Group | undefined {
  return group && { ...group, family: group.address.includes(':') ? 6 : 4 };
}
