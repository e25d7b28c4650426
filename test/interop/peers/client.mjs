// A line typed is a datagram sent, until "salir": the client of the practice with one client and two servers.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const [group, port, from] = process.argv.slice(2);
const socket = createSocket('udp4').bind();
await once(socket, 'listening');
socket.setMulticastTTL(2);
socket.setMulticastInterface(from);
for await (const line of createInterface({ input: process.stdin })) {
  if (line === 'salir') break;
  await new Promise((sent) => socket.send(line, Number(port), group, sent));
}
socket.close();
