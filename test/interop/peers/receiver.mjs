// Prints each datagram with its size and sender, and answers the sender by unicast with the three bytes ack.
import { createSocket } from 'node:dgram';

const [group, port, on] = process.argv.slice(2);
const socket = createSocket({ type: 'udp4', reuseAddr: true });
socket.on('message', (data, { address, port: theirs }) => {
  const from = `('${address}', ${theirs})`;
  console.log(`received ${data.length} bytes from ${from}\n${data}`);
  socket.send('ack', theirs, address, () => console.log(`sent acknowledgement to ${from}`));
});
socket.bind(Number(port), () => {
  socket.addMembership(group, on);
  console.log('ready');
});
