// The least that a receiver in Node can be: it counts datagrams. Run with ADDRESS; prints the processor time since the
// first one after it is told on standard input that all were sent.
import { createSocket } from 'node:dgram';

const socket = createSocket({ type: 'udp4', reuseAddr: true });
let datagrams = 0;
let before;

socket.on('message', () => {
  before ??= process.cpuUsage();
  datagrams++;
});
socket.bind(50_001, '239.255.0.9', () => {
  socket.setRecvBufferSize(4 * 1024 * 1024);
  socket.addMembership('239.255.0.9', process.argv[2]);
  console.log('listening');
});
process.stdin.once('data', () => {
  const { user, system } = process.cpuUsage(before);
  console.log(JSON.stringify({ datagrams, cpu: (user + system) / 1e6 }));
  process.exit();
});
