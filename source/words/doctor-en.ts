// The words of `doctor` and `interfaces`; those of the checks are in files of their own.
import { peers } from './doctor-peers-en.ts';
import { setup } from './doctor-setup-en.ts';
import { way } from './doctor-way-en.ts';

export const en = {
  statuses: { ok: 'ok', warn: 'WARN', fail: 'FAIL', unknown: '?' },
  evidence: 'read',
  cause: 'cause',
  remedy: 'remedy',
  byHand: 'by hand',
  link: 'more',
  looking: 'Checking {group} on {interface}; listening for {seconds} s…',
  noInterface: 'Checking {group}…',
  counts: '{ok} ok, {warn} to look at, {fail} failed, {unknown} that could not be looked at.',
  verdicts: {
    ok: 'Nothing on this host keeps multicast from working.',
    warn: 'Nothing fails on this host, but something deserves a look.',
    fail: 'Something on this host keeps multicast from working.',
  },
  unseen: {
    'not-told': 'This system does not tell.',
    'no-interface': 'There is no interface to look at.',
    'not-opened': 'The group could not be joined here, so this could not be tried.',
    'not-tried': 'This could not be tried here.',
    'needs-root': 'Only root may read this.',
    firewalled: 'The local firewall drops them first: see firewall.in.',
    nobody: 'No other node was heard. Run mcast-tui on another host in the same group, and look again.',
    'no-report': 'No other node told in time what it hears.',
    elsewhere: 'The switch or router is another device, which cannot be looked into from here.',
    'told-elsewhere': 'Another check tells why.',
    'old-node': 'The other nodes are of a version that answers no probes.',
    depends: 'It depends on things that the rules ask and this check does not know.',
  },
  interfaces: {
    states: {
      up: 'up',
      down: 'down',
      noCarrier: 'no carrier',
      multicast: 'multicast',
      noMulticast: 'no multicast',
    },
    queries: '{count} queries heard',
    kinds: {
      loopback: 'loopback',
      zerotier: 'ZeroTier',
      hamachi: 'Hamachi',
      tailscale: 'Tailscale',
      wireguard: 'WireGuard',
      tunnel: 'tunnel',
      docker: 'containers',
      'virtual-machines': 'virtual machines',
      kubernetes: 'Kubernetes',
      bridge: 'bridge',
      wifi: 'Wi-Fi',
      veth: 'virtual Ethernet',
      ethernet: 'Ethernet',
    },
    reasons: {
      asked: '{interface} is used for {group}: it was asked for.',
      routed: '{interface} is used for {group}: the routes of this host lead there.',
      first: '{interface} is used for {group}: it is the first that can, for no route leads to the group.',
      loopback: '{interface} is used for {group}: no other interface carries multicast.',
    },
    none: 'No interface can be used for {group}.',
  },
  checks: { ...setup, ...way, ...peers },
};

export type DoctorWords = typeof en;
