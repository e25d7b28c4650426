// The command with which a person looks at what a check could not, by system. They read the same in every language.
import type { DoctorWords } from './doctor-en.ts';

export type ByHand = { linux: string; darwin: string; win32: string };

const ufw = 'sudo nft list ruleset; sudo iptables-save; sudo ufw status';
const macFirewall = '/usr/libexec/ApplicationFirewall/socketfilterfw --getglobalstate; sudo pfctl -sr';
const winFirewall = 'Get-NetFirewallProfile; Get-NetFirewallRule -Enabled True -Direction Inbound';
const show = { linux: 'ip -d address', darwin: 'ifconfig', win32: 'Get-NetIPConfiguration' };
const members = { linux: 'ip maddr', darwin: 'netstat -g', win32: 'netsh interface ipv4 show joins' };
const counts = { linux: 'nstat -az', darwin: 'netstat -s -p ip', win32: 'netstat -s -p ip' };
const querier = {
  linux: 'tcpdump -ni INTERFACE igmp or icmp6',
  darwin: 'sudo tcpdump -ni INTERFACE igmp',
  win32: 'Wireshark, display filter: igmp.type == 0x11',
};

/** To be run on another host. */
const elsewhere = { linux: 'mcast-tui listen', darwin: 'mcast-tui listen', win32: 'mcast-tui listen' };

/** INTERFACE stands for the interface's name. */
export const byHand: Record<keyof DoctorWords['checks'], ByHand> = {
  'group.sane': show,
  'iface.flags': show,
  'iface.choice': show,
  'route.group': {
    linux: 'ip route get 239.255.0.1',
    darwin: 'route -n get 239.255.0.1',
    win32: 'Find-NetRoute -RemoteIPAddress 239.255.0.1',
  },
  'port.busy': { linux: 'ss -ulpn', darwin: 'lsof -nP -iUDP', win32: 'Get-NetUDPEndpoint' },
  'join.limit': {
    linux: 'sysctl net.ipv4.igmp_max_memberships',
    darwin: 'sysctl net.inet.ip.mcast',
    win32: 'netsh interface ipv4 show joins',
  },
  'join.registered': members,
  'bind.leak': members,
  'loop.self': counts,
  'firewall.in': { linux: ufw, darwin: macFirewall, win32: winFirewall },
  'firewall.ack': { linux: ufw, darwin: macFirewall, win32: winFirewall },
  rpfilter: { linux: 'sysctl -a --pattern rp_filter', darwin: 'netstat -s -p ip', win32: 'netstat -s -p ip' },
  rcvbuf: { linux: 'ss -uam', darwin: 'sysctl kern.ipc.maxsockbuf', win32: 'netstat -s -p udp' },
  'igmp.allowed': { linux: ufw, darwin: macFirewall, win32: winFirewall },
  'igmp.version': {
    linux: 'cat /proc/net/igmp',
    darwin: 'sysctl net.inet.igmp',
    win32: 'netsh interface ipv4 show global',
  },
  'igmp.querier': querier,
  ttl: show,
  mtu: {
    linux: 'ip link show INTERFACE',
    darwin: 'networksetup -getMTU INTERFACE',
    win32: 'netsh interface ipv4 show subinterfaces',
  },
  'dup.multihome': members,
  'env.overlay': show,
  'env.zerotier': {
    linux: 'sudo zerotier-cli -j listnetworks',
    darwin: 'sudo zerotier-cli -j listnetworks',
    win32: 'zerotier-cli.bat -j listnetworks',
  },
  'env.wifi': {
    linux: 'iw dev',
    darwin: 'networksetup -listallhardwareports',
    win32: 'netsh wlan show interfaces',
  },
  'peer.heard': elsewhere,
  'peer.reached': elsewhere,
  'peer.size': elsewhere,
  'peer.unicast': elsewhere,
  'peer.twice': elsewhere,
};
