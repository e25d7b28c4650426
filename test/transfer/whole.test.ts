// Whole transfers: whatever the network does, every receiver ends with the same bytes.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { begin, contentOf, loopbackNet, memoryNet, type Share } from './share.ts';

describe('over a network that loses, repeats and reorders', () => {
  test.each([
    { loss: 0, duplicates: 0, reordering: 0 },
    { loss: 0.01, duplicates: 0, reordering: 0 },
    { loss: 0.05, duplicates: 0.05, reordering: 0.05 },
    { loss: 0.2, duplicates: 0.1, reordering: 0.2 },
    { loss: 0.4, duplicates: 0.1, reordering: 0.1 },
  ])('$loss lost, $duplicates twice, $reordering late', async (conditions) => {
    const { send, receive, file, out } = bound(begin(memoryNet(conditions)));
    const path = file('data.bin', 2_500_123);
    const sender = await send([path], { clients: 3 });
    const receivers = ['ana', 'bob', 'eva'].map((name) => receive(sender, name));
    const done = await sender.ended();
    for (const receiver of receivers) expect(await receiver.ended()).toMatchObject({ phase: 'done' });
    expect(done).toMatchObject({ phase: 'done', total: 2_500_123 });
    for (const name of ['ana', 'bob', 'eva'])
      expect(contentOf(out(name))).toEqual({ 'data.bin': contentOf(path)[''] });
    // Each lost block is told of as lost, and as repaired once it has come.
    for (const { lost, repaired, state } of done.receivers) {
      expect(state).toBe('whole');
      expect(repaired).toBe(lost);
      if (conditions.loss > 0) expect(lost).toBeGreaterThan(0);
    }
    // Coded repair: about the loss of one receiver, not the sum of three.
    if (conditions.loss <= 0.05) expect(done.sent! / done.total).toBeLessThan(1.05 + conditions.loss * 1.5);
  });
});

describe('over the sockets of loopback', () => {
  test('two receivers on one host', async () => {
    const { send, receive, file, out } = bound(begin(loopbackNet));
    const path = file('data.bin', 8_000_001);
    const sender = await send([path], { clients: 2 });
    const receivers = [receive(sender, 'ana'), receive(sender, 'bob')];
    expect(await sender.ended()).toMatchObject({ phase: 'done' });
    for (const receiver of receivers) {
      const { phase, path: written, receivers: rows } = await receiver.ended();
      expect({ phase, bytes: rows[0]!.bytes }).toEqual({ phase: 'done', bytes: 8_000_001 });
      expect(contentOf(written!)).toEqual(contentOf(path));
    }
    expect(contentOf(out('ana'))).toEqual(contentOf(out('bob')));
  });

  test('by unicast, a stream for each', async () => {
    const { send, receive, file, out } = bound(begin(loopbackNet));
    const path = file('data.bin', 3_000_001);
    const sender = await send([path], { clients: 2, mode: 'unicast' });
    expect(sender.last.group).toBeUndefined();
    const receivers = [receive(sender, 'ana'), receive(sender, 'bob')];
    const { phase, sent } = await sender.ended();
    expect(phase).toBe('done');
    expect(sent!).toBeGreaterThan(6_000_002);
    for (const receiver of receivers) expect(await receiver.ended()).toMatchObject({ phase: 'done' });
    expect(contentOf(out('ana'))).toEqual(contentOf(out('bob')));
  });

  test('two shares at once do not disturb each other', async () => {
    const { send, receive, file } = bound(begin(loopbackNet));
    const paths = [file('one.bin', 4_000_000), file('two.bin', 5_000_000)];
    const ids = ['1'.repeat(16), '2'.repeat(16)];
    const runs = await Promise.all(
      ids.map(async (id, index) => {
        const sender = await send([paths[index]!], { share: id, clients: 1 });
        return receive(sender, `out${index}`, { share: id });
      }),
    );
    for (const [index, receiver] of runs.entries()) {
      const { phase, path } = await receiver.ended();
      expect(phase).toBe('done');
      expect(contentOf(path!)).toEqual(contentOf(paths[index]!));
    }
  });
});

describe('whatever is shared', () => {
  test.each([0, 1, 1407, 1408, 1409, 1_048_960])('a file of %i bytes', async (bytes) => {
    const { send, receive, file } = bound(begin(memoryNet({ loss: 0.05 })));
    const path = file('data.bin', bytes);
    const sender = await send([path]);
    const { phase, path: written } = await receive(sender, 'ana').ended();
    expect(phase).toBe('done');
    expect(contentOf(written!)).toEqual(contentOf(path));
    expect(await sender.ended()).toMatchObject({ phase: 'done' });
  });

  test('a folder with its tree, thousands of small files, empty ones and an empty folder', async () => {
    const share = begin(memoryNet({ loss: 0.02 }));
    const { send, receive } = bound(share);
    const top = join(share.folder, 'album');
    for (let folder = 0; folder < 20; folder++) {
      mkdirSync(join(top, `d${folder}`, 'inner'), { recursive: true });
      for (let file = 0; file < 100; file++)
        writeFileSync(join(top, `d${folder}`, 'inner', `f${file}`), `${folder} ${file}`.repeat(file));
    }
    mkdirSync(join(top, 'nothing'));
    const sender = await send([top], { clients: 2 });
    const receivers = [receive(sender, 'ana'), receive(sender, 'bob')];
    for (const receiver of receivers) {
      const { phase, path, files } = await receiver.ended();
      expect({ phase, files }).toEqual({ phase: 'done', files: 2000 });
      expect(contentOf(path!)).toEqual(contentOf(top));
    }
  });

  test('what has the name already stays; a number is added', async () => {
    const share = begin(memoryNet());
    const { send, receive, file } = bound(share);
    const path = file('data.bin', 5000);
    mkdirSync(share.out('ana'));
    writeFileSync(join(share.out('ana'), 'data.bin'), 'mine');
    const sender = await send([path]);
    const { path: written } = await receive(sender, 'ana').ended();
    expect(written).not.toBe(join(share.out('ana'), 'data.bin'));
    expect(contentOf(written!)).toEqual(contentOf(path));
    expect(contentOf(join(share.out('ana'), 'data.bin'))).not.toEqual(contentOf(path));
  });
});

function bound(of: Share) {
  return {
    send: of.send.bind(of),
    receive: of.receive.bind(of),
    file: of.file.bind(of),
    out: of.out.bind(of),
  };
}
