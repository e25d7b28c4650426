// The one place where events become state. Live, replayed and demonstrated runs all pass here, so that screen,
// headless output and report cannot disagree.
import { foldTask } from './activity.ts';
import { notePeer, notice, showReceived, showSent } from './chat.ts';
import { acknowledge, readHearing } from './delivery.ts';
import { foldDiagnosis } from './diagnoses.ts';
import type { Event, PeerChanged, Received, Sent } from './event.ts';
import { foldOffer } from './offers.ts';
import { hear, newPeer, type OwnDatagram, peerKey } from './peer.ts';
import { makeRoom, retire, sweep } from './reap.ts';
import { settle, younger } from './restart.ts';
import type { State } from './state.ts';
import { tally } from './tally.ts';
import { foldTransfer } from './transfers.ts';

/** A session file can name what no engine would: more groups than any node joins, reasons that nobody gives. */
const maxGroups = 256;
const maxReasons = 64;

export function fold(state: State, event: Event): void {
  state.at = Math.max(state.at, event.at);
  switch (event.type) {
    case 'received':
      foldReceived(state, event);
      break;
    case 'sent':
      foldSent(state, event);
      break;
    case 'task':
      foldTask(state, event);
      break;
    case 'peer':
      foldPeer(state, event);
      break;
    case 'started':
      state.self = { id: event.id, name: event.name, version: event.version };
      state.startedAt = event.at;
      break;
    case 'joined': {
      const { type: _, at: __, receiveBuffer, replyPort: ___, ...settings } = event;
      const before = state.groups.get(event.group);
      if (state.groups.size >= maxGroups && !before) break;
      state.groups.set(event.group, {
        settings,
        joined: true,
        receiveBuffer,
        kernelDrops: before?.kernelDrops ?? 0,
        joinedAt: event.at,
        heardAt: before?.heardAt,
        heardFarAt: before?.heardFarAt,
      });
      break;
    }
    case 'left': {
      const group = state.groups.get(event.group);
      if (group) group.joined = false;
      break;
    }
    case 'dropped': {
      state.totals.kernelDrops += event.count;
      const group = state.groups.get(event.group);
      if (group) group.kernelDrops += event.count;
      break;
    }
    case 'shed':
      state.totals.shed[event.what] = (state.totals.shed[event.what] ?? 0) + event.count;
      break;
    case 'transfer':
      foldTransfer(state, event);
      break;
    case 'warning':
      notice(state, event.at, '', event.code, event.facts, event.text);
      break;
    case 'diagnosis':
      foldDiagnosis(state, event);
      break;
    case 'stopped':
      state.stopped = true;
  }
  sweep(state);
}

function foldReceived(state: State, event: Received): void {
  tally(state, event.at, event.bytes, 'received');
  state.totals.kinds[event.kind]++;
  const own = isOwnTest(event);
  if (!own) {
    state.heardAt = event.at;
    noteGroup(state, event);
  }
  if (event.kind === 'malformed') {
    countMalformed(state.totals.malformed, event.reason ?? 'json');
  } else if (event.kind === 'ack') {
    acknowledge(state, event);
  } else if (isOwnProtocol(event) && !event.unicast && !own) {
    foldPeerDatagram(state, event);
    if (event.kind === 'share') foldOffer(state, event);
  }
  showReceived(state, event);
}

/** Groups are few, and looked at for silence. */
function noteGroup(state: State, event: Received): void {
  const group = state.groups.get(event.group);
  if (!group) return;
  group.heardAt = event.at;
  if (event.address !== group.settings.address) group.heardFarAt = event.at;
}

/** A doctor's message to itself does not leave its host: it is nobody's. */
const isOwnTest = ({ unknown, ttl }: Received): boolean => unknown !== undefined && ttl === 0;

function countMalformed(malformed: Record<string, number>, reason: string): void {
  const known = Object.hasOwn(malformed, reason) || Object.keys(malformed).length < maxReasons;
  const key = known ? reason : 'other';
  // Every object has a `constructor`, which is no count.
  malformed[key] = (Object.hasOwn(malformed, key) ? malformed[key]! : 0) + 1;
}

const isOwnProtocol = (event: Received): event is OwnDatagram =>
  event.id !== undefined && event.seq !== undefined && event.name !== undefined;

function foldPeerDatagram(state: State, event: OwnDatagram): void {
  const key = peerKey(event.id, event.group);
  let peer = state.peers.get(key);
  const first = peer === undefined;
  if (!peer) {
    if (!makeRoom(state)) return;
    peer = newPeer(event);
    state.peers.set(key, peer);
    state.removed.delete(key);
  }
  const news = hear(peer, event, first, state.peers.size);
  settle(state, peer);
  if (news && event.kind === 'heartbeat') readHearing(state, peer, event);
  state.changed.add(key);
}

function foldSent(state: State, event: Sent): void {
  tally(state, event.at, event.bytes, 'sent');
  if (event.kind === 'chat' && event.to === undefined) showSent(state, event);
}

function foldPeer(state: State, event: PeerChanged): void {
  const peer = state.peers.get(peerKey(event.id, event.group));
  if (!peer) return;
  if (event.reason === 'restarted') {
    const heir = younger(state, peer);
    if (heir) {
      heir.restarts += peer.restarts + 1;
      state.changed.add(heir.key);
    }
    retire(state, peer);
  } else {
    peer.since = event.at;
    peer.state = event.state;
    peer.announced = true;
    // Deleted first, so that one that went again stands last.
    state.gone.delete(peer.key);
    if (peer.state === 'gone') state.gone.add(peer.key);
    state.changed.add(peer.key);
  }
  const code =
    event.reason !== 'heard' ? `${event.state}-${event.reason}` : event.was === undefined ? 'joined' : 'back';
  notePeer(state, event.at, event.group, `peer-${code}`, { name: event.name, address: event.address });
}
