// Stands in for Intl.Segmenter in the bundle. The first one of a process loads ICU's rules, which takes 25 ms, and
// libraries make theirs while they load. Lines of plain characters need none, and are most of what is drawn.
import { plain } from './plain.js';

const { Segmenter } = Intl;
/** An escape character stands alone too: lines come with their styles. */
const allPlain = new RegExp(`^[${plain}\\u001b]*$`);

class PlainSegments {
  #text;

  constructor(text) {
    this.#text = text;
  }

  containing(index) {
    const segment = this.#text[index];
    return segment === undefined ? undefined : { segment, index, input: this.#text };
  }

  *[Symbol.iterator]() {
    for (let index = 0; index < this.#text.length; index++) yield this.containing(index);
  }
}

class LazySegmenter {
  #options;
  #real;

  constructor(...options) {
    this.#options = options;
  }

  /** By graphemes, which is all that the bundle ever asks for. */
  segment(text) {
    if (allPlain.test(text)) return new PlainSegments(text);
    this.#real ??= new Segmenter(...this.#options);
    return this.#real.segment(text);
  }
}

export { LazySegmenter as 'Intl.Segmenter' };
