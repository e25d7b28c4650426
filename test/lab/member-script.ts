// A process for lab tests: one transport, told what to do on standard input, telling what happens as JSON lines.
// Run with `node --import tsx member-script.ts OPTIONS`, where OPTIONS are TransportOptions as JSON.
import { createInterface } from 'node:readline';
import { Fault } from '../../source/core/fault.ts';
import { openTransport } from '../../source/net/multicast.ts';
import type { TransportOptions } from '../../source/net/transport.ts';

const tell = (what: string, facts: object = {}) => console.log(JSON.stringify({ what, ...facts }));
const told = (error: unknown) => {
  if (!(error instanceof Fault)) throw error;
  tell('fault', { code: error.code, facts: error.facts });
};

try {
  const options = JSON.parse(process.argv[2] ?? '') as TransportOptions;
  const transport = await openTransport(options, {
    datagram: (bytes, address, port, _at, unicast) =>
      tell('datagram', { text: Buffer.from(bytes).toString(), address, port, unicast }),
    notice: ({ code, facts }) => tell('notice', { code, facts }),
    dropped: (count) => tell('dropped', { count }),
  });
  tell('open', { ...transport.settings, replyPort: transport.replyPort });
  for await (const line of createInterface({ input: process.stdin })) {
    const [verb, text = '', address = '', port = ''] = line.split(' ');
    if (verb === 'send') await transport.send(Buffer.from(text)).then(() => tell('sent', { text }), told);
    else if (verb === 'many')
      for (let n = 0; n < Number(text); n++) await transport.send(Buffer.from(`m${n}`));
    else if (verb === 'reply') await transport.reply(Buffer.from(text), address, Number(port)).catch(told);
    else if (verb === 'joined') tell('joined', { joined: transport.joined });
  }
  await transport.close();
} catch (error) {
  told(error);
}
