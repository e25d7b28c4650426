// Brings the README's tables up to date. Usage: npm run docs
import { readFileSync, writeFileSync } from 'node:fs';
import { fillIn } from './docs-tables.ts';

writeFileSync('README.md', fillIn(readFileSync('README.md', 'utf8')));
