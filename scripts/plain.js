// Characters that every terminal draws one column wide and that never join a neighbour of their own kind: Latin,
// Greek, Cyrillic, general punctuation, arrows, box drawing, blocks, and the signs that this program draws.
// As the inside of a regular expression's class.
export const plain =
  ' -~\\u00a1-\\u00ac\\u00ae-\\u02ff\\u0370-\\u0377\\u037a-\\u037f\\u0384-\\u038a\\u038c\\u038e-\\u03a1\\u03a3-\\u0482' +
  '\\u048a-\\u052f\\u2010-\\u2027\\u2030-\\u205e\\u2160-\\u2188\\u2190-\\u2193\\u2225\\u2500-\\u259f\\u25b2\\u25b8' +
  '\\u25bc\\u25cb\\u25cf\\u25d0\\u276f\\u2713\\u2715';
