// The words of `doctor` and `interfaces`: for each check what it looks at, what can be the cause, and the remedy.

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
  checks: {
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
        none6:
          'There is no route to the group for programs that leave the choice of interface to the kernel.',
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
    'loop.self': {
      looks: 'own datagrams to the group that do not leave this host (TTL 0)',
      causes: {
        ok: 'Own messages come back.',
        counted: 'Own messages come back as far as to the kernel, which is what counts here.',
        refused: 'Own messages could not be sent.',
        lost: 'Of {sent} own messages {heard} came back, and the kernel did not count the rest: they were dropped on the way out or before they were counted.',
      },
      remedies: {
        refused: 'nft list ruleset, and look at the chains of output',
        lost: 'nft list ruleset, and look at the chains of output and prerouting',
      },
    },
    'firewall.in': {
      looks: 'own datagrams: counted by the kernel against received; as root also the rules of nftables',
      causes: {
        ok: 'Own messages are let in, and no rule is against the group.',
        own: 'Own messages are let in. Rules for the messages of others may be read by root only.',
        rule: 'A rule of the local firewall drops the group: {by}.',
        drops:
          'The kernel counted own messages that never reached the program, which is consistent with a local firewall.',
      },
      remedies: {
        rule: 'ufw allow in proto udp to {group} port {port}, firewall-cmd --add-port={port}/udp, or: nft insert rule {by} ip daddr {group} udp dport {port} accept',
        drops: 'ufw allow in proto udp to {group} port {port}, or firewall-cmd --add-port={port}/udp',
      },
    },
    'firewall.ack': {
      looks: 'the rules of nftables for unicast replies to the port they come to (root only)',
      causes: {
        ok: 'Unicast replies are let in.',
        any: 'The local firewall drops unicast replies ({by}): it does not know them for replies, because the request went to the group.',
        fixed: 'The local firewall drops unicast replies to port {port} ({by}).',
      },
      remedies: {
        any: '--reply-port 50001, and open it: ufw allow 50001/udp, or firewall-cmd --add-port=50001/udp',
        fixed: 'ufw allow {port}/udp, or firewall-cmd --add-port={port}/udp',
      },
    },
    rpfilter: {
      looks: 'rp_filter (the larger of all and the interface), and IPReversePathFilter while listening',
      causes: {
        ok: 'The reverse-path filter is on, and dropped nothing while listening.',
        off: 'The reverse-path filter is off on {interface}.',
        'no-filter': 'IPv6 has no such setting.',
        drops:
          'The reverse-path filter dropped {count} packets while listening: senders whose addresses are not routed over {interface}.',
      },
      remedies: {
        drops:
          'ip route add SENDERS-NETWORK dev {interface}, or: sysctl -w net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.{interface}.rp_filter=0',
      },
    },
    rcvbuf: {
      looks: 'the receive buffer granted against asked for; drops of sockets on the port (/proc/net/udp)',
      causes: {
        ok: 'The receive buffer is granted whole, and nothing was dropped.',
        small: 'The kernel granted {granted} of {asked} bytes, so bursts may be lost.',
        drops:
          'Programs on port {port} were too slow: the kernel dropped {drops} datagrams that had arrived.',
      },
      remedies: {
        small: 'sysctl -w net.core.rmem_max=8388608',
        drops:
          'sysctl -w net.core.rmem_max=8388608, start them again, and see which one it is: ss -uampn "sport = :{port}"',
      },
    },
    'igmp.allowed': {
      looks: 'the rules of nftables for queries of IGMP and MLD (root only)',
      causes: {
        ok: 'No rule is against {protocol}.',
        drops:
          'The local firewall drops {protocol} ({by}), so this host does not answer queries and is forgotten after some minutes.',
      },
      remedies: {
        drops:
          'ufw allow in proto igmp to 224.0.0.0/4, firewall-cmd --add-protocol={protocol}, or: nft insert rule {by} meta l4proto {protocol} accept',
      },
    },
    'igmp.version': {
      looks: 'force_igmp_version, force_mld_version, and the querier’s version (/proc/net/igmp)',
      causes: {
        ok: '{protocol} speaks its newest version, or the one of the querier.',
        forced:
          '{protocol} is held at version {version} on {interface}; with others on another version groups can be lost.',
        ancient: 'A querier of IGMPv1 was heard on {interface}, which knows no leaving.',
        'no-sources':
          'A querier of IGMPv{version} was heard on {interface}: sources cannot be asked for (--source).',
      },
      remedies: {
        forced: 'sysctl -w {setting}=0',
        ancient: 'Turn IGMPv1 off in the router or switch.',
        'no-sources': 'Turn IGMPv3 on in the router or switch, or leave out --source.',
      },
    },
    'igmp.querier': {
      looks: 'multicast_snooping and multicast_querier of a bridge on this host (/sys/class/net)',
      causes: {
        ok: '{bridge} asks for members by itself.',
        off: '{bridge} does not watch memberships: it sends multicast to everybody.',
        nobody:
          '{bridge} watches memberships and does not ask for them: without another querier, members are forgotten after {seconds} s.',
      },
      remedies: { nobody: 'ip link set {bridge} type bridge mcast_querier 1' },
    },
    ttl: {
      looks: '--ttl against the networks of those who are heard while listening',
      causes: {
        ok: 'The TTL is enough for those who are heard.',
        one: 'With a TTL of 1 messages stay on this network, where those who are heard are too.',
        zero: 'With a TTL of 0 messages do not leave this host.',
        short: '{sender} is on another network, and with a TTL of 1 own messages do not get there.',
      },
      remedies: { zero: '--ttl 1', short: '--ttl 8' },
    },
    mtu: {
      looks: 'the MTU of the interface against the largest message',
      causes: {
        ok: 'Every message passes {interface} in one piece.',
        small:
          '{interface} carries {mtu} bytes, and the largest message needs {needed}: it goes in fragments, or is lost.',
      },
      remedies: { small: 'ip link set {interface} mtu 1500' },
    },
    'dup.multihome': {
      looks: 'other interfaces in the same network, and datagrams that came twice within 50 ms',
      causes: {
        ok: 'Nothing came twice.',
        twice:
          '{count} of {received} datagrams came twice: two interfaces are in one network, or a network path has a loop.',
        likely:
          '{other} is in the same network as {interface}: if programs join on both, each message comes twice.',
      },
      remedies: {
        twice: 'ip maddr, and join on one interface only: --interface {interface}',
        likely: 'ip link set {other} down, or give it another network',
      },
    },
    'env.overlay': {
      looks: 'kind of interface, container, WSL, maker of the machine (/sys, /proc/version)',
      causes: {
        ok: 'No network that is known to carry no multicast.',
        docker:
          '{interface} is a container bridge: containers on it hear each other, and nobody outside does.',
        kubernetes: 'The network of a Kubernetes pod promises no multicast; most kinds carry none.',
        wsl: 'WSL 2 sits behind NAT: nothing of the network outside comes in.',
        nat: '10.0.2.15 is the NAT of VirtualBox: each machine is alone on it.',
        cloud: 'Networks of clouds ({machine}) carry no multicast.',
        tailscale: 'Tailscale carries no multicast.',
      },
      remedies: {
        docker: 'docker run --network host …, or a macvlan network',
        kubernetes: 'hostNetwork: true, or a second network with Multus',
        wsl: 'Run it on Windows itself, or set networkingMode=mirrored in .wslconfig',
        nat: 'Choose a bridged or an internal network for the virtual machine.',
        cloud: 'Put a VXLAN or ZeroTier network over it, and name its interface with --interface',
        tailscale: 'Use ZeroTier, or a VXLAN over it, and name its interface with --interface',
      },
    },
    'env.zerotier': {
      looks: 'status and broadcast of the ZeroTier network (zerotier-cli)',
      causes: {
        ok: 'The ZeroTier network is joined and carries broadcast; its controller sets how many members a multicast reaches (32 at first).',
        none: '{interface} is not of ZeroTier.',
        'not-joined': 'The ZeroTier network is not usable: {state}.',
        'no-broadcast': 'The ZeroTier network does not carry broadcast, nor multicast.',
      },
      remedies: {
        'not-joined': 'zerotier-cli listnetworks, and authorize this member at the controller',
        'no-broadcast': 'Turn on "Enable Broadcast" for the network at its controller.',
      },
    },
    'env.wifi': {
      looks: 'whether the interface is wireless (/sys/class/net)',
      causes: {
        ok: '{interface} is not wireless.',
        wifi: '{interface} is wireless: access points send multicast slowly and unacknowledged, so a part is lost.',
      },
      remedies: { wifi: 'Use a cable, or turn on multicast-to-unicast conversion in the access point.' },
    },
    'peer.heard': {
      looks: 'messages of other nodes, and the numbers that are missing among them',
      causes: {
        ok: '{count} other nodes are heard.',
        silent:
          '{peer} is not heard: it is not running, its messages do not leave it, or the network does not deliver them here.',
        lossy: 'Of {sent} messages of {peer} {missed} did not come.',
      },
      remedies: {
        silent:
          'mcast-tui doctor, on the host of {peer} too; and the switch between them: IGMP snooping needs a querier',
        lossy: 'Look at rcvbuf and env.wifi; then at the switch or the access point.',
      },
    },
    'peer.reached': {
      looks: 'what other nodes report to hear of this host, in their heartbeats, of 10 messages',
      causes: {
        ok: '{count} other nodes hear this host.',
        'one-way':
          '{peer} is heard and does not hear this host: the way there is cut, by the firewall of its host, the TTL, or a switch that does not know it as a member.',
        lossy: '{peer} has {got} of {sent} messages of this host.',
      },
      remedies: {
        'one-way': 'mcast-tui doctor, on the host of {peer}; and --ttl 8 if a router is between',
        lossy: 'mcast-tui doctor, on the host of {peer}: rcvbuf and env.wifi',
      },
    },
    'peer.size': {
      looks: 'the same with messages of 1,200 bytes',
      causes: {
        ok: 'Messages of {bytes} bytes arrive as small ones do.',
        large: 'Small messages reach {peer}, those of {bytes} bytes do not: a part of the path carries less.',
      },
      remedies: {
        large: 'ip link set INTERFACE mtu 1280 on both ends, or a larger MTU on the tunnel between them',
      },
    },
  },
};

export type DoctorWords = typeof en;
