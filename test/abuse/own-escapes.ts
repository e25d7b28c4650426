/**
 * What the program itself writes on a terminal: cursor places, erasing, colours, its modes, and what ends a mode that
 * another program may have left on. No OSC, no DCS, no other CSI, no bell.
 */
export const own =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the program's own escapes
  /\x1b(?:7|\[(?:\d+(?:;\d+)?)?H|\[\d+G|\[[JK]|\[2J|\[[\d;]*m|\[\?(?:25|7|1000|1002|1003|1006|1049|2004|2026)[hl])/g;
