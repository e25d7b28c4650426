// Lines of a stream, as they come, with a bound on each: standard input may be a file without a single line end.
import { StringDecoder } from 'node:string_decoder';

/** Enough for the largest datagram; what is longer is cut here and refused as too long where it is sent. */
const maxLine = 70_000;

export async function* textLines(stream: AsyncIterable<unknown>): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for await (const chunk of stream) {
    const text = rest + (typeof chunk === 'string' ? chunk : decoder.write(chunk as Buffer));
    const lines = text.split('\n');
    rest = lines.pop()!.slice(0, maxLine);
    for (const line of lines) yield line.replace(/\r$/, '').slice(0, maxLine);
  }
  rest += decoder.end();
  if (rest !== '') yield rest.replace(/\r$/, '');
}
