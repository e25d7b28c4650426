// Memory of the threads of a transfer, and of those that hash its files.

/**
 * Room for what was made last, MiB. By default it grows to 48 a thread, and with it what it holds of datagrams that
 * nobody needs any more.
 */
export const threadLimits = { maxYoungGenerationSizeMb: 3 };
