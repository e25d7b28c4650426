// The least that a sender in Node can be: datagrams of a given length to a group at a steady pace, one buffer for all.
// Run with ADDRESS LENGTH COUNT SECONDS; prints the processor time that it took.
import { createSocket } from 'node:dgram';

const [address, length, count, seconds] = process.argv.slice(2).map((word, at) => (at ? Number(word) : word));
const socket = createSocket('udp4');
const bytes = Buffer.alloc(length, 7);
let sent = 0;

socket.bind(0, address, () => {
  socket.setMulticastInterface(address);
  socket.connect(50_001, '239.255.0.9', () => {
    const began = performance.now();
    const before = process.cpuUsage();
    const turn = () => {
      const due = Math.min(count, ((performance.now() - began) / 1000 / seconds) * count);
      for (let burst = 0; sent < due && burst < 256 && socket.getSendQueueSize() < 2 ** 18; burst++, sent++) {
        socket.send(bytes);
      }
      if (sent < count) setTimeout(turn, 1);
      else finish(process.cpuUsage(before));
    };
    turn();
  });
});

function finish({ user, system }) {
  console.log(JSON.stringify({ datagrams: sent, cpu: (user + system) / 1e6 }));
  socket.close();
}
