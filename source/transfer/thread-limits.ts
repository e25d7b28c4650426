// Memory of the threads of a transfer, and of those that hash its files.

/** Room for what was made last, MiB. By default it grows to 48 a thread, and so does what it holds of old datagrams. */
export const threadLimits = { maxYoungGenerationSizeMb: 8 };
