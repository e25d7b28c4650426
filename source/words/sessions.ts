// What `sessions` says: the heads of its table, its facts about one session, and what it removed.
import type { Lang } from './lang.ts';

const en = {
  /** In the order of the table. */
  columns: {
    id: '#',
    started: 'STARTED',
    length: 'LENGTH',
    events: 'EVENTS',
    size: 'SIZE',
    name: 'NAME',
    groups: 'GROUPS',
    state: 'STATE',
  },
  states: {
    whole: 'whole',
    recording: 'recording now',
    interrupted: 'interrupted, {events} events recovered',
    damaged: 'damaged, cannot be read',
  },
  facts: {
    id: 'Number',
    name: 'Name',
    host: 'Host',
    started: 'Started',
    ended: 'Ended',
    groups: 'Groups',
    events: 'Events',
    bytes: 'Size',
    state: 'State',
    path: 'File',
  },
  none: 'There are no sessions yet. The monitor and listen record one each time they run.',
  noneMatch: 'No session mentions "{words}". See them all: mcast-tui sessions',
  removed: '{count} of {all} sessions removed, {bytes} freed.',
};

export type SessionWords = typeof en;

const es: SessionWords = {
  columns: {
    id: 'N.º',
    started: 'INICIO',
    length: 'DURACIÓN',
    events: 'SUCESOS',
    size: 'TAMAÑO',
    name: 'NOMBRE',
    groups: 'GRUPOS',
    state: 'ESTADO',
  },
  states: {
    whole: 'entera',
    recording: 'grabándose ahora',
    interrupted: 'interrumpida, {events} sucesos recuperados',
    damaged: 'dañada, no se puede leer',
  },
  facts: {
    id: 'Número',
    name: 'Nombre',
    host: 'Equipo',
    started: 'Inicio',
    ended: 'Fin',
    groups: 'Grupos',
    events: 'Sucesos',
    bytes: 'Tamaño',
    state: 'Estado',
    path: 'Fichero',
  },
  none: 'Todavía no hay sesiones. El monitor y listen graban una cada vez que funcionan.',
  noneMatch: 'Ninguna sesión menciona "{words}". Véalas todas: mcast-tui sessions',
  removed: '{count} de {all} sesiones borradas, {bytes} liberados.',
};

const words: Record<Lang, SessionWords> = { en, es };

export function sessionWords(lang: Lang): SessionWords {
  return words[lang];
}
