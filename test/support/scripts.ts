// The languages in which there are plain scripts that are not ours: Python where there is one, and Node.
import { has } from './cli.ts';

const python = ['python3', 'python'].find((name) => has(name));

export const languages = [
  { language: 'Python', program: python, extension: 'py' },
  { language: 'Node', program: process.execPath, extension: 'mjs' },
];
