// Takes one file over UDP: number, port and count over TCP, then name, size and data until silence.
import { createSocket } from 'node:dgram';
import { writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';

const [host, port, folder] = process.argv.slice(2);
const udp = createSocket('udp4');
const parts = [];
let number;
let timer;

function end() {
  const [name, size, ...data] = parts;
  const file = Buffer.concat(data);
  writeFileSync(join(folder, `${number}-${name}`), file);
  console.log(`${name} ${size} ${file.length} ${file.length === Number(size) ? 'equal' : 'different'}`);
  process.exit();
}

udp.on('message', (data) => {
  parts.push(data);
  clearTimeout(timer);
  timer = setTimeout(end, 1000);
});
udp.bind(0, host, () => {
  const server = createConnection(Number(port), host);
  server.once('data', (first) => {
    number = Number(first);
    server.write(String(udp.address().port));
    server.once('data', (expected) => console.log(`client ${number} of ${expected}`));
  });
});
