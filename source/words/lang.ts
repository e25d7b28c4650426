// Which language the program speaks.
export const langs = ['en', 'es'] as const;
export type Lang = (typeof langs)[number];

/** The flag wins; else the locale as the C library reads it (LC_ALL, LC_MESSAGES, LANG); else English. */
export function pickLang(flag: string | undefined, env: Record<string, string | undefined>): Lang {
  const wanted = flag ?? env.MCAST_LANG ?? env.LC_ALL ?? env.LC_MESSAGES ?? env.LANG ?? '';
  return wanted.toLowerCase().startsWith('es') ? 'es' : 'en';
}
