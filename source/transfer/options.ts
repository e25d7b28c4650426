// What a transfer is told to do, as plain data: it travels to a thread of its own.

import type { Group } from '../core/group.ts';
import type { ShareMode } from '../core/share.ts';

export type SenderOptions = {
  role: 'sender';
  /** 16 hexadecimal digits, random per share. */
  share: string;
  paths: string[];
  /** Name or address; chosen by the way to the group when absent. */
  interface?: string;
  /** The group of the conversation, by which that of the data is chosen. */
  group: Group;
  /** Of this node. */
  name: string;
  /** Receivers to wait for, and for how long at most, ms; without either the first one starts it. */
  clients?: number;
  wait?: number;
  mode: ShareMode;
  /** Most payload bytes per second. */
  rate?: number;
  controlPort?: number;
  /** A receiver that holds others back and takes fewer bytes per second is served apart, and then dropped. */
  minRate?: number;
  ttl: number;
};

export type ReceiverOptions = {
  role: 'receiver';
  share: string;
  /** Of the sender's control port. */
  address: string;
  port: number;
  /** Folder to write to; made when it is missing. */
  out: string;
  name: string;
  interface?: string;
  /** Bytes: a larger share is refused. */
  maxSize?: number;
  /** The sender speaks the plain protocol of a class, as it announced or as a person says; see lab-protocol.ts. */
  lab?: { title: string; bytes: number; from: string };
};

export type TransferOptions = SenderOptions | ReceiverOptions;
