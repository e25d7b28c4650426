// What the live diagnosis says: causes and remedies, and a few words each for the status line.

export const en = {
  title: 'Diagnosis',
  now: 'Found by watching',
  nothing: 'Nothing is found wrong.',
  over: 'over',
  since: (time: string) => `since ${time}`,
  evidence: 'read',
  remedy: 'do',
  byHand: 'by hand',
  link: 'more',
  checks: (time: string, group: string) => `Checks of this host for ${group}, at ${time}`,
  notChecked: (key: string) => `This host was not checked yet: ${key}, or /doctor.`,
  checking: 'Checking this host; that takes some seconds…',
  noDoctorInReplay: 'A replay cannot check a host: it shows what was found then.',
  noDoctorInDemo: 'The demonstration cannot check a host: run mcast-tui doctor.',
  refreshing: (seconds: number) => `The membership is reported anew every ${seconds} s.`,
  refreshKey: (key: string) =>
    `${key} reports the membership anew, now and every minute (as --igmp-refresh 60).`,
  refreshed: (seconds: number) => `The membership was reported anew, and will be every ${seconds} s.`,
  badSeconds: (text: string) => `"${text}" is no number of seconds from 1 to 86400.`,
  noRefreshInReplay: 'A replay has no membership to report.',
  line: 'diagnosis: {text}',
  lineRemedy: 'diagnosis: {text} To do: {remedy}',
  /** `{keys}` opens the panel. */
  more: (keys: string) => `${keys} why`,
  live: {
    'live.silence': {
      causes: {
        silent: 'Nothing was heard of others for {seconds} s.',
        echo: 'Nothing was heard of others for {seconds} s; own messages come back.',
        deaf: 'Nothing was heard for {seconds} s, not even own messages: it is this host.',
        'cut-off': 'All {count} nodes fell silent at once: it is likely this node that is cut off.',
        explained: 'Nothing is heard of others. {cause}',
        unexplained:
          'Nothing is heard of others, and the checks found no cause on this host: nobody is there, or the network does not carry the group.',
        heard: 'Others are heard.',
        over: 'The group was left.',
      },
      remedies: {
        silent: 'mcast-tui doctor',
        echo: 'mcast-tui doctor',
        deaf: 'mcast-tui doctor',
        'cut-off': 'mcast-tui doctor',
        unexplained: 'mcast-tui doctor, on another node of the group too',
      },
      short: 'nothing heard',
    },
    'live.snooping': {
      causes: {
        forgotten:
          'All {count} nodes fell silent at once, {seconds} s after this host last reported its membership: a switch that watches memberships forgot it, because no querier asks.',
        explained: 'All nodes fell silent at once. {cause}',
        refreshed:
          'Reporting the membership anew brought the others back: a switch watches memberships, and no querier asks.',
        heard: 'Others are heard again.',
        over: 'The group was left.',
      },
      remedies: {
        forgotten:
          '--igmp-refresh 60, or turn on a querier in the router or switch: ip link set br0 type bridge mcast_querier 1',
        refreshed: '--igmp-refresh 60',
      },
      short: 'forgotten by a switch?',
    },
    'live.one-way': {
      causes: {
        unheard: 'Nobody who is heard hears this node ({name} and {count} of {of} in all).',
        'not-heard-by': '{name} is heard here and does not hear this node ({count} of {of} nodes).',
        between: '{name} hears {other}, and {other} does not hear {name}.',
        both: 'Whoever is heard hears too.',
        over: 'Those are not heard any more.',
      },
      remedies: {
        unheard: '--ttl 8 if a router is between; nft list ruleset, and look at the chains of output',
        'not-heard-by': 'mcast-tui doctor, on the host of {name} ({address})',
        between: 'mcast-tui doctor, on the host of {other}',
      },
      short: 'one way only',
    },
    'live.duplicates': {
      causes: {
        'two-addresses':
          'Each message of {name} comes twice, from {address} and {other}: its host sends on two interfaces.',
        twice:
          'Messages of {name} come twice: its host has two interfaces in this network, or a path has a loop.',
        'all-twice':
          'Messages of all {count} nodes come twice: this host has joined on two interfaces of one network, or a path has a loop.',
        once: 'Messages come once.',
      },
      remedies: {
        'two-addresses': 'On the host of {name}: join on one interface only, with --interface',
        twice: 'On the host of {name}: ip maddr, and join on one interface only, with --interface',
        'all-twice': 'ip maddr, and join on one interface only: --interface {interface}',
      },
      short: 'messages come twice',
    },
    'live.drops': {
      causes: {
        'small-buffer':
          'The kernel dropped {count} datagrams that had arrived: bursts do not fit the receive buffer of {granted} bytes ({asked} were asked for).',
        'too-slow': 'The kernel dropped {count} datagrams that had arrived: this host is too slow for them.',
        'kept-up': 'Nothing is dropped any more.',
      },
      remedies: {
        'small-buffer': 'sysctl -w net.core.rmem_max=8388608',
        'too-slow': 'End what else runs on this host, or let others send less.',
      },
      short: 'kernel drops',
    },
  },
};

export type DiagnosisWords = typeof en;
