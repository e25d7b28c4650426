// All checks, in the order in which they are told: from the interface outwards.
import type { AnyCheck } from './check.ts';
import { bindLeak } from './checks/bind-leak.ts';
import { dupMultihome } from './checks/dup-multihome.ts';
import { envOverlay } from './checks/env-overlay.ts';
import { envWifi } from './checks/env-wifi.ts';
import { envZerotier } from './checks/env-zerotier.ts';
import { firewallAck } from './checks/firewall-ack.ts';
import { firewallIn } from './checks/firewall-in.ts';
import { groupSane } from './checks/group-sane.ts';
import { ifaceChoice } from './checks/iface-choice.ts';
import { ifaceFlags } from './checks/iface-flags.ts';
import { igmpAllowed } from './checks/igmp-allowed.ts';
import { igmpQuerier } from './checks/igmp-querier.ts';
import { igmpVersion } from './checks/igmp-version.ts';
import { joinLimit } from './checks/join-limit.ts';
import { joinRegistered } from './checks/join-registered.ts';
import { loopSelf } from './checks/loop-self.ts';
import { mtu } from './checks/mtu.ts';
import { peerHeard } from './checks/peer-heard.ts';
import { peerReached } from './checks/peer-reached.ts';
import { peerSize } from './checks/peer-size.ts';
import { peerTwice } from './checks/peer-twice.ts';
import { peerUnicast } from './checks/peer-unicast.ts';
import { portBusy } from './checks/port-busy.ts';
import { rcvbuf } from './checks/rcvbuf.ts';
import { routeGroup } from './checks/route-group.ts';
import { rpFilter } from './checks/rp-filter.ts';
import { ttl } from './checks/ttl.ts';

export const checks: readonly AnyCheck[] = [
  groupSane,
  ifaceFlags,
  ifaceChoice,
  routeGroup,
  portBusy,
  joinLimit,
  joinRegistered,
  bindLeak,
  loopSelf,
  firewallIn,
  firewallAck,
  rpFilter,
  rcvbuf,
  igmpAllowed,
  igmpVersion,
  igmpQuerier,
  ttl,
  mtu,
  dupMultihome,
  envOverlay,
  envZerotier,
  envWifi,
  peerHeard,
  peerReached,
  peerSize,
  peerUnicast,
  peerTwice,
];
