// The words of doctor's checks between this host and other nodes.

export const peers = {
  'peer.heard': {
    looks:
      'messages of other nodes, the numbers that are missing among them, and what the kernel here counted',
    causes: {
      ok: '{count} other nodes are heard.',
      silent:
        '{peer} is not heard, and answers nothing by unicast: it is not running, it is cut off, or the network delivers nothing here.',
      refused:
        '{peer} is there and reached by unicast, but no program answers probes at that port: it is not running, or it has another port.',
      unsaid: '{peer} answers by unicast and says nothing to the group (its heartbeats may be off).',
      network:
        '{peer} answers by unicast, and the kernel here counted none of its multicast: the network does not deliver it.',
      routing:
        '{peer} is behind a router and answers by unicast, and its multicast does not come: the router does not forward it.',
      ttl: '{peer} is behind a router and sends with a TTL of {ttl}: its messages end there.',
      firewall:
        'The kernel here counted the multicast of {peer} and the program did not get it, which is consistent with a local firewall.',
      filter: 'The reverse-path filter here drops the multicast of {peer}: its address is routed elsewhere.',
      buffer: 'The multicast of {peer} comes and finds the receive buffer here full.',
      lossy: 'Of {sent} messages of {peer} {missed} did not come.',
    },
    remedies: {
      silent:
        'mcast-tui doctor, on the host of {peer} too; and the switch between them: IGMP snooping needs a querier',
      refused: 'mcast-tui listen, on the host of {peer}; and its port, as in --peer ADDRESS:PORT',
      unsaid: 'mcast-tui listen --heartbeat 1000, on the host of {peer}',
      network:
        'mcast-tui listen --igmp-refresh 60 here, as a try; then a querier in the switch between, or no IGMP snooping',
      routing: 'Multicast routing in the router between: smcroute, pimd, or its settings',
      ttl: 'mcast-tui listen --ttl 8, on the host of {peer}',
      firewall: 'nft list ruleset, and let in what {peer} sends to the group',
      filter: 'ip route add NETWORK-OF-THE-PEER dev INTERFACE, or sysctl -w net.ipv4.conf.all.rp_filter=0',
      buffer: 'sysctl -w net.core.rmem_max=8388608',
      lossy: 'Look at rcvbuf and env.wifi; then at the switch or the access point.',
    },
  },
  'peer.reached': {
    looks:
      'what other nodes answer or report to have of 10 multicast probes, and what their kernels counted meanwhile',
    causes: {
      ok: '{count} other nodes hear this host.',
      'one-way':
        '{peer} does not hear this host, and does not tell why: the way there is cut, by the firewall of its host, the TTL, or a switch that does not know it as a member.',
      network:
        '{peer} answers by unicast, and its kernel counted none of the multicast of this host: the network does not deliver it.',
      routing:
        '{peer} is behind a router and answers by unicast, and multicast of this host does not get there: the router does not forward it.',
      firewall:
        'The kernel of {peer} counted the multicast of this host and its program did not get it, which is consistent with a firewall there.',
      filter:
        'The reverse-path filter of {peer} drops the multicast of this host: this address is routed elsewhere there.',
      buffer: 'The multicast of this host reaches {peer} and finds its receive buffer full.',
      nobody: 'The multicast of this host reaches {peer}, where nobody is bound to the port.',
      lossy: '{peer} has {got} of {sent} messages of this host.',
    },
    remedies: {
      'one-way': 'mcast-tui doctor, on the host of {peer}; and --ttl 8 if a router is between',
      network:
        'mcast-tui listen --igmp-refresh 60, on the host of {peer}, as a try; then a querier in the switch between, or no IGMP snooping',
      routing: 'Multicast routing in the router between: smcroute, pimd, or its settings',
      firewall:
        'On the host of {peer}: ufw allow in proto udp, or firewall-cmd --add-port, for the group and its port',
      filter:
        'On the host of {peer}: ip route add the network of this host, or sysctl -w net.ipv4.conf.all.rp_filter=0',
      buffer: 'On the host of {peer}: sysctl -w net.core.rmem_max=8388608, and less load',
      nobody: 'mcast-tui listen, on the host of {peer}, in the same group and port',
      lossy: 'mcast-tui doctor, on the host of {peer}: rcvbuf and env.wifi',
    },
  },
  'peer.size': {
    looks:
      'the same with up to 1,200 bytes; by unicast also with a whole frame and with fragments, there and back',
    causes: {
      ok: 'Large messages arrive as small ones do.',
      large: 'Small messages reach {peer}, those of {bytes} bytes do not: a part of the path carries less.',
      'large-back':
        'Small messages of {peer} come, those of {bytes} bytes do not: a part of the path here carries less.',
      frame:
        'Messages arrive, and datagrams of {bytes} bytes, which the interface carries, are lost on the way from or to {peer}: a part of the path carries less and does not tell.',
      fragments:
        'Datagrams that need fragments ({bytes} bytes) are lost on the way from or to {peer}. No message of this program does.',
    },
    remedies: {
      large: 'ip link set INTERFACE mtu 1280 on both ends, or a larger MTU on the tunnel between them',
      'large-back': 'ip link set INTERFACE mtu 1280 on both ends, or a larger MTU on the tunnel between them',
      frame: 'ip link set INTERFACE mtu with the MTU of the path, and let ICMP "fragmentation needed" pass',
      fragments: 'Let fragments pass in the firewalls between, or keep datagrams below the MTU.',
    },
  },
  'peer.unicast': {
    looks: 'probes by unicast, there and back, between fixed ports and ephemeral ones',
    causes: {
      ok: '{count} other nodes are reached by unicast, and answer.',
      there:
        'Unicast of this host does not get to {peer} at any port, though multicast does: acknowledgements and files will not. A firewall there, no route there, or an access point that keeps its clients apart.',
      source: 'Unicast from the fixed port of this host gets to {peer}, and from other ports it does not.',
      door: 'Unicast gets to {peer} at the port that it speaks from, and not at its fixed port for probes.',
      replies:
        'Unicast gets to {peer} at its fixed port, and not at the port that it speaks from: the firewall there drops acknowledgements.',
      back: '{peer} got the unicast of this host, and its answers do not come back.',
    },
    remedies: {
      there:
        'ip route get ADDRESS here; on the host of {peer}: ufw allow from the network of this host, or firewall-cmd --add-port',
      source:
        '--reply-port with that port, or a rule on the host of {peer} that does not ask for the source port',
      door: 'Only probes need that port: nothing is lost.',
      replies: '--reply-port 50001 on the host of {peer}, and open it: ufw allow 50001/udp',
      back: 'nft list ruleset, here and on the host of {peer}; and the routes between them: ip route get',
    },
  },
  'peer.twice': {
    looks: 'copies of this host’s multicast that other nodes got',
    causes: {
      ok: 'Other nodes get each message once.',
      twice: '{peer} got {count} of {sent} messages of this host more than once: there are two paths to it.',
    },
    remedies: {
      twice:
        'On the host of {peer}: ip maddr, and join on one interface only; then look for a loop in the network, or two routers that forward the group',
    },
  },
};
