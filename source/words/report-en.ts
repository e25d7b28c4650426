// The words of the lab report in English. Its parts are those that a networks class asks for.

import { results } from './report-results-en.ts';

export const en = {
  title: 'Lab report: UDP multicast with heartbeats and a pool of workers',
  toc: 'Contents',
  place: 'To be written',
  generated:
    'Figures, tables and charts were made by mcast-tui {version} from {sessions}; framed passages are for the author.',
  sessionsOf: { one: 'one recorded session', more: '{count} recorded sessions' },
  table: 'Table {n}',
  figure: 'Figure {n}',
  written: 'The report is in {path}.',
  noChart: 'The chart is left out here: with --out it becomes a file beside this one.',
  head: {
    author: 'Author',
    course: 'Course and group',
    teacher: 'Teacher',
    run: 'Run',
    nodes: 'Nodes',
    groups: 'Multicast groups',
  },
  headPlaces: { author: 'name and number', course: 'course, group', teacher: 'name' },
  run: '{from} to {to}, {length}',
  parts: {
    introduction: 'Introduction',
    description: 'Description',
    objectives: 'Objectives',
    development: 'Development',
    implementation: 'Implementation',
    multicast: 'Multicast',
    concurrency: 'Concurrency',
    network: 'Network and nodes',
    tests: 'Tests and results',
    connectivity: 'Connectivity',
    messages: 'Messages sent, received and lost',
    timing: 'Round-trip time and jitter',
    workers: 'Concurrent processing',
    experiment: 'The effect of workers and bursts',
    transfers: 'File transfers',
    captures: 'Captures',
    problems: 'Problems and solutions',
    discussion: 'Discussion',
    conclusions: 'Conclusions',
    bibliography: 'Bibliography',
  },
  places: {
    introduction: 'Why one-to-many communication matters here, and what this practice is about.',
    description:
      'The set-up in your own words: where the nodes were, how they were connected (switch, ZeroTier, Hamachi…), what was run on each.',
    objectives: 'What was to be achieved and learned.',
    implementation: 'What you configured, changed or programmed yourself.',
    network: 'How the virtual network was set up: its name, who joined it and how, a picture of its members.',
    connectivity:
      'A picture of the screen of each node (mcast-tui replay SESSION shows a run again), and what it proves.',
    timing: 'What explains the highest values?',
    workers: 'What the timeline shows, in your own words.',
    experiment: 'What changes with more workers and with larger bursts, and why.',
    captureJoin: 'A picture of Wireshark with the IGMP or MLD join of the group (filter above).',
    captureUdp: 'A picture of Wireshark with the UDP datagrams to the group (filter above).',
    problems: 'What went wrong on the way (firewall, TTL, interface), and how it was solved.',
    discussion: 'Do the figures agree with what you expected? Where not, why?',
    conclusions: 'What was learned, and what you would do differently.',
    bibliography: 'Other sources that you used.',
  },
  intro:
    'Nodes of a network talk to each other over UDP multicast: what one sends to the address of a group reaches every node that has joined it, as a single datagram on each link. Each node announces itself with a heartbeat, and from the numbers and times in the messages follows who hears whom, what was lost, and how long it took.',
  description:
    '{nodes} took part, {recorded} of which recorded what they sent and received. The run began on {from} and lasted {length}.',
  countOfNodes: { one: 'One node', more: '{count} nodes' },
  objectives: [
    'Join a multicast group on several nodes and prove that each hears each other one.',
    'Count messages sent, received and lost, and measure round-trip time and jitter.',
    'Process what arrives with a pool of workers, and show that they work at the same time.',
    'See in a capture how a group is joined (IGMP or MLD), and the datagrams that go to it.',
  ],
  implementation: [
    'A message is one JSON object in one UDP datagram of at most 1,200 bytes. Each carries the identity of its sender’s start, a sequence number that counts every datagram of that sender to the group, and the sender’s clock. So a gap in the numbers is loss, a number that came before is a duplicate, and a new identity is a restart.',
    'A heartbeat also reports what its sender hears of every other node: the last number, how many came and were lost, the jitter, and the sender’s own time stamp with the time it was held back. This gives the round-trip time without a further packet (RFC 3550 §6.4.1).',
  ],
  multicast:
    'Each node joined the group on one interface and sends through the same one. The TTL limits how many networks a datagram may cross; 1 stays on the local one.',
  ...results,
  bibliography: [
    ['RFC 768', 'User Datagram Protocol', 'https://www.rfc-editor.org/rfc/rfc768'],
    ['RFC 1112', 'Host Extensions for IP Multicasting', 'https://www.rfc-editor.org/rfc/rfc1112'],
    ['RFC 2365', 'Administratively Scoped IP Multicast', 'https://www.rfc-editor.org/rfc/rfc2365'],
    ['RFC 3376', 'Internet Group Management Protocol, Version 3', 'https://www.rfc-editor.org/rfc/rfc3376'],
    [
      'RFC 3810',
      'Multicast Listener Discovery Version 2 (MLDv2) for IPv6',
      'https://www.rfc-editor.org/rfc/rfc3810',
    ],
    [
      'RFC 3550',
      'RTP: A Transport Protocol for Real-Time Applications',
      'https://www.rfc-editor.org/rfc/rfc3550',
    ],
    ['RFC 5905', 'Network Time Protocol Version 4', 'https://www.rfc-editor.org/rfc/rfc5905'],
  ],
};

export type ReportWords = typeof en;
