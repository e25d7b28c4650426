// How everything looks and reads, in one value that every part of the screen is given.
import type { Facts } from '../core/fault.ts';
import type { Diagnosed } from '../core/snapshot.ts';
import { fill } from '../words/cli.ts';
import {
  causeText,
  type DiagnosisWords,
  diagnosisWords,
  liveText,
  remedyText,
  shortText,
} from '../words/diagnosis.ts';
import { type DoctorWords, doctorWords } from '../words/doctor.ts';
import { faultText, isFaultCode } from '../words/faults.ts';
import { type KeyWords, keyWords } from '../words/keys.ts';
import type { Lang } from '../words/lang.ts';
import { type ScreenWords, screenWords } from '../words/screen.ts';
import { reasonText, type TransferWords, transferWords } from '../words/transfer.ts';
import { type WiresharkWords, wiresharkWords } from '../words/wireshark.ts';
import { maskAddresses } from './format.ts';
import { type Glyphs, glyphsOf } from './glyphs.ts';
import { type Palette, type Theme, themeOf } from './theme.ts';

export type Look = {
  theme: Theme;
  glyphs: Glyphs;
  words: ScreenWords;
  keys: KeyWords;
  transfers: TransferWords;
  wireshark: WiresharkWords;
  diagnosis: DiagnosisWords;
  /** How a check came out, in a word. */
  statuses: DoctorWords['statuses'];
  /** The cause of a diagnosis, what to do about it, and what it is in a few words. */
  cause(found: Diagnosed): string;
  remedy(found: Diagnosed): string;
  short(id: string): string;
  /** Why a transfer, or a receiver of it, failed. */
  reason(code: string, facts?: Facts): string;
  /** An address or a text with addresses, as it may be shown. */
  address(text: string): string;
  /** The sentence of a notice or warning. `english` is for codes of another version. */
  notice(code: string | undefined, facts: Facts, english: string): string;
};

export function lookOf(lang: Lang, palette: Palette, ascii: boolean, masked: boolean): Look {
  const words = screenWords(lang);
  const glyphs = glyphsOf(ascii);
  const address = masked ? (text: string) => maskAddresses(text, glyphs.masked) : (text: string) => text;
  const reason = (code: string, facts?: Facts) => address(reasonText(lang, code, facts));
  return {
    theme: themeOf(palette),
    glyphs,
    words,
    keys: keyWords(lang),
    transfers: transferWords(lang),
    wireshark: wiresharkWords(lang),
    diagnosis: diagnosisWords(lang),
    statuses: doctorWords(lang).statuses,
    cause: (found) => address(causeText(lang, found, found.text)),
    remedy: (found) => address(remedyText(lang, found, found.remedy)),
    short: (id) => shortText(lang, id),
    reason,
    address,
    notice(code, facts, english) {
      if (code === undefined) return address(english);
      const sentence = words.notices[code];
      if (sentence !== undefined) {
        const why = typeof facts.reason === 'string' ? reason(facts.reason, facts) : '';
        return address(fill(sentence, { ...facts, reason: why })).trimEnd();
      }
      const found = liveText(lang, code, facts);
      if (found !== undefined) return address(found);
      return address(isFaultCode(code) ? faultText(lang, { code, facts }) : english || code);
    },
  };
}
