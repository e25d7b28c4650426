// The words of doctor's checks of the way of a message: firewall, filters, buffers, switch, network.

export const way = {
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
    looks: 'replies that other nodes sent to a port that never asked; as root also the rules of nftables',
    causes: {
      ok: 'Unicast replies are let in.',
      tried: 'Unicast replies of other nodes come in.',
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
      drops: 'Programs on port {port} were too slow: the kernel dropped {drops} datagrams that had arrived.',
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
    looks: '--ttl against the networks of those who are heard, and what they hear of this host',
    causes: {
      ok: 'The TTL is enough for those who are heard.',
      one: 'With a TTL of 1 messages stay on this network, where those who are heard are too.',
      zero: 'With a TTL of 0 messages do not leave this host.',
      short: '{sender} is on another network, and with a TTL of 1 own messages do not get there.',
      lost: '{sender} is on another network and hears nothing of this host: with a TTL of {ttl} own messages do not get there.',
    },
    remedies: { zero: '--ttl 1', short: '--ttl 8', lost: '--ttl 8' },
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
      docker: '{interface} is a container bridge: containers on it hear each other, and nobody outside does.',
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
};
