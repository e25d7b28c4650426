// One message to the group, then every acknowledgement until 0.2 s pass without one.
import { createSocket } from 'node:dgram';

const [group, port, from, message] = process.argv.slice(2);
const socket = createSocket('udp4');
let timer;
function wait() {
  clearTimeout(timer);
  timer = setTimeout(() => {
    console.log('timed out, no more responses\nclosing socket');
    socket.close();
  }, 200);
}
socket.on('message', (data, { address, port: theirs }) => {
  console.log(`received "${data}" from ('${address}', ${theirs})`);
  wait();
});
socket.bind(() => {
  socket.setMulticastTTL(1);
  socket.setMulticastInterface(from);
  console.log(`sending "${message}"`);
  socket.send(message, Number(port), group, wait);
});
