// Joins a group beside others on the same host and prints every datagram: a server of the same practice.
import { createSocket } from 'node:dgram';

const [group, port, on] = process.argv.slice(2);
const socket = createSocket({ type: 'udp4', reuseAddr: true });
socket.on('message', (data) => console.log(data.toString()));
socket.bind(Number(port), () => {
  socket.addMembership(group, on);
  console.log('ready');
});
