// The words of doctor's checks of this host's own set-up: group, interface, routes, port, membership.

export const setup = {
  'group.sane': {
    looks: 'the group address and the Ethernet address it maps to',
    causes: {
      ok: '{group} is a good choice.',
      'needs-source': '{group} is source-specific (SSM): without a source nothing can be received.',
      'own-host': '{group} never leaves this host.',
      'link-local': '{group} never crosses a router, whatever the TTL, and switches send it to everybody.',
      flooded: '{group} shares its Ethernet address with 224.0.0.x, so switches send it to everybody.',
    },
    remedies: {
      'needs-source': '--source ADDRESS, or another group: --group 239.255.0.1:50000',
      'own-host': '--group [ff15::4d43]:50000',
      'link-local': '--group 239.255.0.1:50000',
      flooded: '--group 239.255.0.1:50000',
    },
  },
  'iface.flags': {
    looks: 'flags and carrier of the interface (/sys/class/net)',
    causes: {
      ok: '{interface} is up and carries multicast.',
      loopback: '{interface} is loopback: it works, within this host only.',
      none: 'There is no interface for this group.',
      down: '{interface} is down.',
      cable: '{interface} has no carrier: the cable or the radio is not connected.',
      tunnel: '{interface} is a tunnel without multicast, as WireGuard has it.',
      silent: '{interface} does not carry multicast: its MULTICAST flag is off.',
    },
    remedies: {
      none: 'mcast-tui interfaces',
      down: 'ip link set {interface} up',
      cable: 'ip link show {interface}',
      tunnel: 'Choose another interface (mcast-tui interfaces), or run VXLAN or a bridge over the tunnel.',
      silent: 'ip link set {interface} multicast on',
    },
  },
  'iface.choice': {
    looks: 'all interfaces, and the routes to the group',
    causes: {
      ok: '{interface} is the only one that comes into question.',
      asked: '{interface} was asked for.',
      routed: 'The routes of this host lead to {interface}.',
      overlay: '{interface} was chosen, but {other} is a virtual network where others may be waiting.',
      internal: '{interface} was chosen, which is a network inside of this host; {other} leads out of it.',
      loopback: 'Only loopback carries multicast here, so nobody else can be reached.',
    },
    remedies: {
      overlay: '--interface {other}',
      internal: '--interface {other}',
      loopback: 'mcast-tui interfaces',
    },
  },
  'route.group': {
    looks: 'which way the kernel would send the group by itself (connect without sending)',
    causes: {
      ok: 'There is a route to the group.',
      loopback: 'There is no route to the group; on loopback none is needed.',
      none: 'There is no route to the group. This program names its interface and does without; programs that leave it to the kernel cannot join or send.',
      none6: 'There is no route to the group for programs that leave the choice of interface to the kernel.',
      needed: 'The kernel has no way to the group on {interface}, so nothing can be sent to it.',
      needed6: 'The kernel has no way to the group on {interface}, so nothing can be sent to it.',
    },
    remedies: {
      none: 'ip route add {network} dev {interface}',
      none6: 'ip -6 route add multicast {network} dev {interface} table local',
      needed: 'ip route add {network} dev {interface}',
      needed6: 'ip -6 route add multicast {network} dev {interface} table local',
    },
  },
  'port.busy': {
    looks: 'opening the port as the program does (bind), and who holds it (/proc/net/udp)',
    causes: {
      ok: 'Port {port} can be shared.',
      busy: 'Another program holds port {port} and does not share it.',
    },
    remedies: {
      busy: 'ss -ulpn "sport = :{port}", then end that program or use another port with --group',
    },
  },
  'join.limit': {
    looks: 'net.ipv4.igmp_max_memberships against the groups asked for',
    causes: {
      ok: 'One socket may join {limit} groups.',
      'no-limit': 'IPv6 has no such limit.',
      reached: 'This host allows no further group: one socket may join {limit}.',
      near: 'One socket may join {limit} groups and {groups} are asked for. This program has a socket for each; one that joins them all on one gets ENOBUFS.',
    },
    remedies: {
      reached: 'sysctl -w net.ipv4.igmp_max_memberships=100',
      near: 'sysctl -w net.ipv4.igmp_max_memberships=100',
    },
  },
  'join.registered': {
    looks: 'the kernel’s list of memberships after the join (/proc/net/igmp, /proc/net/igmp6)',
    causes: {
      ok: 'The kernel lists this host as a member on {interface}.',
      refused: 'The group could not be joined.',
      missing: 'The join succeeded, but the kernel does not list it on {interface}.',
    },
    remedies: {
      refused: 'mcast-tui interfaces',
      missing: 'ip maddr show dev {interface}, and name the interface: --interface NAME',
    },
  },
  'bind.leak': {
    looks: 'datagrams of another group to a socket bound as the program binds (they stay on this host)',
    causes: {
      ok: 'Only the own group is received.',
      leaks: 'Messages of other groups on this port are received too ({count} of 3).',
    },
    remedies: { leaks: 'Use a port of its own for each group: --group 239.255.0.1:50001' },
  },
};
