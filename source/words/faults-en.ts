// The sentences of faults in English.
import {
  bufferCommand,
  type FaultSentences,
  how,
  known,
  percent,
  routeCommand,
  size,
} from './fault-sentences.ts';

export const faultsEn: FaultSentences = {
  usage: () => 'The command line is not right. See: mcast-tui --help',
  'not-a-number': (f) =>
    `${f('name')} is "${f('value')}", but it must be a ${f('whole') === '1' ? 'whole number' : 'number'} from ${f('min')} to ${f('max')}.`,
  'not-a-group': (f) =>
    `"${f('group')}" is not a group. Write ADDRESS:PORT, such as 239.255.0.1:50000 or [ff15::4d43]:50000.`,
  'not-multicast': (f) =>
    `${f('address')} is not a multicast address. Groups are 224.0.0.0 to 239.255.255.255, or begin with ff in IPv6; 239.255.0.1 is a good one for a lab.`,
  'bad-port': (f) => `"${f('port')}" is not a port. It must be a whole number from 1 to 65535.`,
  'bad-source': (f) =>
    `"${f('source')}" cannot be the source of ${f('group')}. It must be the address of one sender, of the same family (IPv4 or IPv6) as the group.`,

  'no-such-interface': (f) =>
    `This host has no interface or address ${f('interface')}. It has: ${f('available')}. Choose one with --interface.`,
  'no-multicast-interface': (f) =>
    `No interface of this host is up with an ${f('family')} address. Look at them with: ip address; then ip link set NAME up`,
  'interface-without-family': (f) =>
    how(
      {
        down: `The interface ${f('interface')} is down. Bring it up with: ip link set ${f('interface')} up`,
        'no-carrier': `The interface ${f('interface')} has no link: no cable, no wireless network, or nothing at the other end. Connect it, or choose another with --interface.`,
      },
      f('state'),
      `The interface ${f('interface')} has no ${f('family')} address that can be used. Give it one with ip address add, or choose another with --interface.`,
    ),
  'port-busy': (f) =>
    `Port ${f('port')} is held by ${f('pid') === '?' ? 'another program' : `${f('program')} (process ${f('pid')})`} that does not share it. Stop that program, or use another port.`,
  'no-route': (f) =>
    `This host does not know where to send ${f('group')} (${f('code')}). Give it a route: ${routeCommand(f)}`,
  'join-limit': (f) =>
    `The kernel lets no more groups be joined${known(f('limit'), ` (the limit of a socket is ${f('limit')})`)}. Raise it: sysctl -w net.ipv4.igmp_max_memberships=100`,
  'join-failed': (f) =>
    `Joining ${f('group')} on ${f('interface')} failed (${f('code')}). Try another interface with --interface, or another group.`,
  'send-failed': (f) =>
    how(
      {
        EPERM: `This host's own firewall did not let a datagram to ${f('to')} out. See its rules with: nft list ruleset`,
        EACCES: `This host does not allow sending to ${f('to')}. See its firewall and routes: nft list ruleset; ip route`,
        ENOBUFS: `A datagram to ${f('to')} was not sent: the queue of ${f('interface')} is full. Send more slowly.`,
        closed: `A datagram to ${f('group')} was not sent: the group is left already.`,
      },
      f('code'),
      `A datagram to ${f('to')} was not sent (${f('code')}). Check that the address can be reached: ip route get ADDRESS`,
    ),
  'socket-failed': (f) =>
    how(
      {
        EACCES: `This user may not open port ${f('port')}. Use a port above 1023.`,
        EMFILE: 'This program has as many files and sockets open as it may. Raise the limit: ulimit -n 4096',
      },
      f('code'),
      `A socket failed (${f('code')})${known(f('group'), ` for ${f('group')}`)}. Check the interface with: ip address`,
    ),
  'too-long': (f) =>
    `The message has ${f('bytes')} bytes, and ${f('limit')} are the most that fit into a datagram. Make it shorter.`,

  'no-such-session': (f) =>
    f('session') === ''
      ? 'There is no session yet. The monitor records one: mcast-tui'
      : `There is no session ${f('session')}. List them with: mcast-tui sessions`,
  'session-damaged': (f) =>
    how(
      {
        'not-a-file': `${f('path')} is not a file. Give the path of a session file, or a number from: mcast-tui sessions`,
        'no-header': `${f('path')} is not a session of mcast-tui. List yours with: mcast-tui sessions`,
      },
      f('reason'),
      `The beginning of the session ${f('path')} is damaged, so it cannot be replayed. The file was left as it is.`,
    ),
  'session-in-use': (f) =>
    `Session ${f('session')} is being recorded. End the program that records it first.`,
  'catalogue-damaged': (f) =>
    `The list of sessions in ${f('path')} was damaged and has been rebuilt from the session files.${known(f('kept'), ` The damaged one is kept as ${f('kept')}.`)}`,
  'not-writable': (f) =>
    `${f('path')} cannot be written (${f('reason')}). Choose another place with --data-dir, or go on without recording: --no-record`,
  'disk-full': (f) =>
    `The disk is full: ${f('path')} could not be written. Free some space, for instance with mcast-tui sessions prune, or choose another place with --data-dir.`,
  'file-failed': (f) =>
    how(
      {
        EACCES: `This user may not read ${f('path')}. See its permissions with: ls -l`,
        ENOENT: `There is no file ${f('path')}. Check the path.`,
        'not-a-file': `${f('path')} is neither a file nor a folder, so it cannot be shared.`,
      },
      f('reason'),
      `${f('path')} could not be used (${f('reason')}). Check the path and the disk.`,
    ),

  'file-not-written': (f) =>
    `${f('path')} could not be written (${f('reason')}). Check the path and the disk, or choose another place.`,
  'file-exists': (f) =>
    `${f('path')} is there already. Add --force to write over it, or choose another --out.`,
  'not-a-result': (f) => `${f('path')} is not what this prints: ${f('command')}. Make it anew with that.`,
  'sessions-alike': (f) =>
    `${f('one')} and ${f('other')} are sessions of the same start of one node, so all of it would count twice. Name each once.`,
  'pcap-stopped': (f) =>
    how(
      {
        limit: `${f('path')} has reached its limit of ${size(f('limit'))} and gets no more packets. Raise --record-limit.`,
      },
      f('reason'),
      `${f('path')} could not be written (${f('reason')}) and gets no more packets. Check the disk; the rest goes on.`,
    ),
  'no-capture-tool': (f) =>
    `Neither dumpcap nor tcpdump is installed here. Install one (apt install tcpdump, or Wireshark), or run on a host that has it: ${f('command')}`,
  'capture-refused': (f) =>
    how(
      {
        'no-privilege': `This user may not capture packets (${f('tool')} said so). Run this instead, before the group is joined: ${f('command')}`,
      },
      f('reason'),
      `${f('tool')} could not capture: ${f('reason')} Try it by itself: ${f('command')}`,
    ),

  'nothing-to-share': () => 'There is nothing to share. Name a file or a folder: mcast-tui share FILE',
  'too-many-files': (f) =>
    `There are more than ${f('limit')} files to share. Pack them into one archive first, for instance with tar.`,
  'share-too-large': (f) =>
    `A share of ${size(f('bytes'))} is too large: ${size(f('limit'))} are the most. Share it in parts.`,
  'file-changed': (f) =>
    `${f('path')} was changed while it was shared, so nobody can have it whole. Share it again when it is finished.`,
  'name-refused': (f) =>
    how(
      {
        empty: 'A name in the share is empty, so the share was refused. The sender must give it a name.',
        dots: `"${f('name')}" leads out of its folder, so the share was refused. Be careful with this sender.`,
        absolute: `"${f('name')}" is a path from the root of the disk, so the share was refused. Be careful with this sender.`,
        drive: `"${f('name')}" names a drive of Windows, so the share was refused. Be careful with this sender.`,
        separator: `"${f('name')}" has a / or \\ where none may be, so the share was refused. The sender must rename it.`,
        control: `"${f('name')}" has control or invisible characters, so the share was refused. The sender must rename it.`,
        colon: `"${f('name')}" has a colon, which Windows does not allow, so the share was refused. The sender must rename it.`,
        reserved: `"${f('name')}" is a device of Windows, so the share was refused. The sender must rename it.`,
        trailing: `"${f('name')}" ends with a dot or a space, which Windows drops, so the share was refused. The sender must rename it.`,
        'not-nfc': `"${f('name')}" is not in the usual Unicode form (NFC), so the share was refused. The sender must rename it.`,
        'too-long': `"${f('name')}" is too long: a name may have 255 bytes, a path 1024. Rename it.`,
        'too-deep': `"${f('name')}" lies in more than 64 folders. Move it up.`,
        'not-utf8': `"${f('name')}" is a name that is not UTF-8, so it cannot be shared. Rename it.`,
      },
      f('reason'),
      `The name "${f('name')}" was refused (${f('reason')}). The sender must rename it.`,
    ),
  'bad-manifest': (f) =>
    how(
      {
        'too-many': 'The list of files that the sender announced is too long, so the share was refused.',
        size: `The size that the sender announced for "${f('name')}" is not a size, so the share was refused.`,
        total: 'The sizes that the sender announced do not add up, so the share was refused.',
        twice: `Two files of the share are called "${f('name')}". Rename one of them.`,
        'file-and-folder': `"${f('name')}" is both a file and a folder in the share. Rename one of them.`,
        digests:
          'The sender told wrong hashes of its files, so the share was not finished. Ask for it again.',
      },
      f('reason'),
      'The sender announced a list of files that cannot be read, so the share was refused. Its version may be another.',
    ),
  'names-collide': (f) =>
    `The disk here cannot tell "${f('path')}" from "${f('other')}", so one would replace the other. Receive it on a disk that tells upper from lower case.`,
  'unsafe-path': (f) =>
    `${f('path')} is a link, or not what belongs there, and could lead out of the output folder. Nothing was written to it; remove it and receive again.`,
  'out-space': (f) =>
    `The share needs ${size(f('needed'))}, and ${f('path')} has ${size(f('free'))} free. Free some space, or choose another place with --out.`,
  'out-full': (f) =>
    `The disk is full: ${f('path')} could not be written any further. What arrived is kept; free some space and receive again to go on.`,
  'part-failed': (f) =>
    how(
      {
        EACCES: `This user may not write ${f('path')}. Choose another place with --out.`,
        EROFS: `${f('path')} lies on a disk that cannot be written. Choose another place with --out.`,
        ENOTDIR: `${f('path')} is not a folder. Choose another place with --out.`,
      },
      f('reason'),
      `${f('path')} could not be written (${f('reason')}). Check the disk, or choose another place with --out.`,
    ),
  'share-gone': (f) =>
    `The sender at ${f('address')}:${f('port')} does not answer any more. What arrived is kept; receive the share again to go on.`,
  'share-refused': (f) =>
    how(
      {
        over: 'The share is over. Ask for it again.',
        full: 'The share has as many receivers as it can have (64). Try again when it is over.',
        'not-here': 'The sender does not have this share. Wait for its next announcement.',
        changed:
          'The sender was started again with other content, so what arrived cannot be continued. Receive the new share.',
        hashes:
          'The files do not have the hashes that the sender told, time after time: they changed, or somebody forges data. What arrived is kept.',
        'too-slow':
          'This host took the data too slowly and was left behind. What arrived is kept; receive the share again to go on.',
        'bad-report': 'The sender did not understand this program. Use the same version on both.',
        'file-changed': 'A file changed while it was sent, so the sender gave up. Ask for it again.',
        'file-failed': 'The sender could not read its files any more. Ask for the share again.',
        'connection-lost':
          'The connection to the sender was cut for too long. Receive the share again to go on.',
      },
      f('reason'),
      `The sender ended the transfer (${f('reason')}). What arrived is kept.`,
    ),
  'share-over-limit': (f) =>
    `The share has ${size(f('bytes'))}, more than the ${size(f('limit'))} allowed with --max-size.`,

  'too-many-transfers': (f) =>
    `No more than ${f('limit')} transfers run at once. Wait until one ends, or cancel one.`,
  'no-such-offer': () => 'Nobody offers this any more. Ask the sender to share it again.',
  'nobody-came': (f) =>
    `No receiver came within ${f('seconds')} s, so nothing was sent. Is mcast-tui receive running on the same group? Raise --wait, or leave it out to wait for the first one.`,

  'lab-one-file': () =>
    'The lab protocol sends one file and no folders. Name one file, or leave out --mode lab: the other modes take all.',
  'lab-failed': (f) =>
    how(
      {
        unreachable: `No server answers at ${f('address')}, port ${f('port')} (${f('code')}). Is it running, and are address and port those where it listens?`,
        protocol: `What answers at ${f('address')}, port ${f('port')} does not speak the lab protocol: number, port, expected count. Check address and port.`,
        'nothing-came': `The server at ${f('address')}, port ${f('port')} fell silent before it sent anything. Is UDP to this host let through by the firewall?`,
        'head-lost': `The datagram with the name or the size of the file was lost, so nobody can tell what the other ${size(f('bytes'))} are: nothing was written. The lab protocol repairs nothing; the other modes do.`,
      },
      f('reason'),
      `The transfer in lab mode failed (${f('reason')}).`,
    ),
  'lab-incomplete': (f) =>
    `${f('bytes')} of ${f('size')} bytes arrived (${percent(f('bytes'), f('size'))}), so the file is not whole; this host's kernel dropped ${f('drops')} of the datagrams. The lab protocol repairs nothing; what arrived is kept as ${f('path')}.`,
  'bench-space': (f) =>
    `The largest of these runs needs ${size(f('needed'))}, and ${f('path')} has ${size(f('free'))} free. Choose smaller sizes or fewer clients, or another place with the variable TMPDIR.`,
  'bench-silence': (f) =>
    `Nothing of what was sent to the group on ${f('interface')} came back, so there is nothing to measure. Ask why: mcast-tui doctor -i ${f('interface')}`,
  'bench-sender-died': () =>
    'The process that sends the bursts ended before its time. Was it ended from outside, or is there too little memory? Please start again.',

  'engine-died': () =>
    'The part of the program that talks to the network stopped by mistake. What was recorded is safe; please start again, and report it with MCAST_DEBUG=1.',
  'doctor-failed': (f) =>
    `The checks of this host did not come to an end (${f('reason')}). What they would say: mcast-tui doctor`,
  'worker-died': (f) =>
    `Worker ${f('worker')} stopped and was replaced${known(f('items'), `; ${f('items')} datagrams were lost with it`)}. Nothing needs to be done.`,

  'small-receive-buffer': (f) =>
    `The kernel granted a receive buffer of ${size(f('granted'))} of the ${size(f('asked'))} asked for, so bursts may be lost. Allow more: ${bufferCommand(f)}`,
  'kernel-drops': (f) =>
    `This host was too slow: the kernel dropped ${f('count')} datagrams${known(f('group'), ` of ${f('group')}`)} that the network did deliver. Allow a larger receive buffer: ${bufferCommand(f)}`,
  'membership-lost': (f) =>
    `This host is no longer a member of ${f('group')} on ${f('interface')}. Joining again.`,
  'membership-regained': (f) => `This host is a member of ${f('group')} on ${f('interface')} again.`,
  'interface-gone': (f) =>
    `The interface ${f('interface')} is down or gone, so nothing of ${f('group')} can come or go. It is joined again as soon as the interface is back: ip link set ${f('interface')} up`,
  'interface-back': (f) =>
    `The interface ${f('interface')} is back${known(f('address'), ` with ${f('address')}`)}, and ${f('group')} is joined again.`,
  'not-recording': (f) =>
    `Recording stopped: ${f('path')} could not be written (${f('reason')}). The monitor goes on; to record, start again with another --data-dir.`,
  'record-limit': (f) =>
    `Recording stopped: the session reached its limit of ${size(f('limit'))}. The monitor goes on; start again to record a new session.`,
  isolated: (f) =>
    `Every peer fell silent at once${known(f('seconds'), ` ${f('seconds')} s ago`)}: this node seems to be cut off from the group. Check its cable, interface and firewall.`,
};
