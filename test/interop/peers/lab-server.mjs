// One file to many clients over UDP: a copy each, when all have come. Leaves out every Nth datagram if told.
import { createSocket } from 'node:dgram';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { basename } from 'node:path';

const [host, port, path, clients, lose = 0] = process.argv.slice(2);
const file = readFileSync(path);
const come = [];

function serve({ socket, number, port: theirs }) {
  const udp = createSocket('udp4');
  const send = (data) => new Promise((sent) => udp.send(data, theirs, socket.remoteAddress, sent));
  const all = async () => {
    await send(basename(path));
    await send(String(file.length));
    let sent = 0;
    for (let at = 0, index = 1; at < file.length; at += 1024, index++) {
      if (Number(lose) && index % Number(lose) === 0) continue;
      const data = file.subarray(at, at + 1024);
      await send(data);
      sent += data.length;
    }
    console.log(
      `client ${number} ${socket.remoteAddress}:${theirs} ${basename(path)} ${file.length} sent ${sent}`,
    );
    udp.close();
  };
  socket.on('close', () => --open === 0 && process.exit());
  all();
}

let open = Number(clients);
const server = createServer((socket) => {
  const number = come.push(socket);
  socket.write(String(number));
  socket.on('error', () => {});
  socket.once('data', (data) => {
    socket.write(clients);
    come[number - 1] = { socket, number, port: Number(data) };
    if (come.filter((each) => each.port).length === Number(clients)) come.forEach(serve);
  });
});
server.listen(Number(port), host, () => console.log('ready'));
