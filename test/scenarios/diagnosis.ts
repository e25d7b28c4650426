// What is found wrong by watching a group, when it is told, and when it is over.

export type DiagnosisScenario = {
  name: string;
  story: string;
  /** Played to here, ms. */
  until: number;
  /** What is told: `time id status code`. All of it must be listed; times are rounded up to a second. */
  told: string;
  /** When the membership was reported anew, ms. */
  reported?: number[];
  heartbeat?: number;
  /** How long a switch remembers a member, ms. */
  membership?: number;
  /** Bytes of receive buffer that were asked for; the join told of 4096. */
  asked?: number;
};

export const diagnosisScenarios: DiagnosisScenario[] = [
  {
    name: 'nothing is heard for ten seconds, though own messages come back',
    story: '500+1000x20 me looped',
    until: 20_000,
    told: '10000 live.silence warn echo',
  },
  {
    name: 'nothing is heard, not even own messages',
    story: '',
    until: 15_000,
    told: '10000 live.silence fail deaf',
  },
  {
    name: 'own messages that come back late change what is told',
    story: '12500+1000x3 me looped',
    until: 20_000,
    told: `
      10000 live.silence fail deaf
      13000 live.silence warn echo`,
  },
  {
    name: 'who sends nothing cannot know whether it would come back',
    story: '',
    until: 15_000,
    heartbeat: 0,
    told: '10000 live.silence warn silent',
  },
  {
    name: 'the first datagram of anybody ends the silence, whatever it is',
    story: '14300 10.0.0.9 raw hola',
    until: 30_000,
    told: `
      10000 live.silence fail deaf
      15000 live.silence ok   heard`,
  },
  {
    name: 'a doctor that tests this host is nobody',
    story:
      '3000+100x7 127.0.0.1 raw {"mcast":1,"kind":"probe","id":"00000000000000d0","name":"doctor","seq":0,"at":1,"ttl":0}',
    until: 12_000,
    told: '10000 live.silence fail deaf',
  },
  {
    name: 'whoever was left alone by a bye is not cut off',
    story: `
      0+1000x5 ana beat 1 hears=me
      4500     ana bye 6`,
    until: 60_000,
    told: '',
  },
  {
    name: 'one node that dies is one node that died',
    story: '0+1000x20 ana beat 1 hears=me',
    until: 60_000,
    told: '',
  },
  {
    name: 'two nodes that fall silent together: it is this one, until they are heard again',
    story: `
      0+1000x20     ana beat 1 hears=ben,me
      300+1000x20   ben beat 1 hears=ana,me
      40000+1000x10 ana beat 41 hears=ben,me
      40300+1000x10 ben beat 41 hears=ana,me`,
    until: 50_000,
    told: `
      25000 live.silence fail cut-off
      40000 live.silence ok   heard`,
  },
  {
    name: 'two nodes that fall silent one after the other are two that died',
    story: `
      0+1000x20   ana beat 1 hears=ben,me
      300+1000x30 ben beat 1 hears=ana,me`,
    until: 60_000,
    told: '',
  },
  {
    name: 'an interface that is gone is told of elsewhere; the silence counts from when it is back',
    story: `
      5000  me left
      30000 me joined`,
    until: 41_000,
    told: '40000 live.silence fail deaf',
  },
  {
    name: 'the only other node falls silent 260 s after the join: a switch forgot this host',
    story: '0+1000x260 ana beat 1 hears=me',
    until: 280_000,
    told: '266000 live.snooping fail forgotten',
  },
  {
    name: 'reporting the membership anew brings it back, which proves it',
    story: `
      0+1000x260    ana beat 1 hears=me
      271000+1000x9 ana beat 272 hears=me`,
    until: 280_000,
    reported: [270_500],
    told: `
      266000 live.snooping fail forgotten
      278000 live.snooping ok   refreshed`,
  },
  {
    name: 'a node that comes back by itself proves nothing',
    story: `
      0+1000x260    ana beat 1 hears=me
      275000+1000x9 ana beat 276 hears=me`,
    until: 283_000,
    told: `
      266000 live.snooping fail forgotten
      282000 live.snooping ok   heard`,
  },
  {
    name: 'a single datagram that slips through ends nothing',
    story: `
      0+1000x260 ana beat 1 hears=me
      275000     ana beat 276 hears=me`,
    until: 290_000,
    told: '266000 live.snooping fail forgotten',
  },
  {
    name: 'a membership that was reported a minute ago was not forgotten',
    story: `
      0+1000x260   ana beat 1 hears=ben,me
      300+1000x260 ben beat 1 hears=ana,me`,
    until: 280_000,
    reported: [60_000, 120_000, 180_000, 240_000],
    told: '265000 live.silence fail cut-off',
  },
  {
    name: 'nodes on this host are heard whatever the switch does: the others count',
    story: `
      0+1000x280 me-too beat 1 hears=ana,me from=127.0.0.1
      0+1000x260 ana    beat 1 hears=me-too,me`,
    until: 280_000,
    told: '266000 live.snooping fail forgotten',
  },
  {
    name: 'a network of shorter timers forgets sooner',
    story: '0+1000x26 ana beat 1 hears=me',
    until: 40_000,
    membership: 26_000,
    told: '32000 live.snooping fail forgotten',
  },
  {
    name: 'a network that repeats now and then',
    story: `
      0+1000x60    ana beat 1 hears=me
      100+5000x12  ana beat 1 hears=me`,
    until: 60_000,
    told: '',
  },
  {
    name: 'all that a node says comes twice, until it does not',
    story: `
      0+1000x80    ana beat 1 hears=me
      100+1000x25  ana beat 1 hears=me`,
    until: 80_000,
    told: `
      10000 live.duplicates warn twice
      51000 live.duplicates ok   once`,
  },
  {
    name: 'copies from another address: its host has two',
    story: `
      0+1000x25    ana beat 1 hears=me
      100+1000x25  ana beat 1 hears=me from=10.0.0.9`,
    until: 25_000,
    told: '10000 live.duplicates warn two-addresses',
  },
  {
    name: 'what all say comes twice: it is this host, or the way',
    story: `
      200+1000x25  ana beat 1 hears=ben,me
      300+1000x25  ana beat 1 hears=ben,me
      400+1000x25  ben beat 1 hears=ana,me
      500+1000x25  ben beat 1 hears=ana,me`,
    until: 25_000,
    told: '20000 live.duplicates warn all-twice',
  },
  {
    name: 'a node is heard and does not hear this one, then it does',
    story: `
      0+1000x20     ana beat 1 hears=ben
      20000+1000x20 ana beat 21 hears=ben,me
      100+1000x40   ben beat 1 hears=ana,me`,
    until: 40_000,
    told: `
      9000 live.one-way warn not-heard-by
      22000 live.one-way ok both`,
  },
  {
    name: 'a node that does not hear this one, and falls silent',
    story: '0+1000x20 ana beat 1 hears=ben',
    until: 40_000,
    told: `
      9000 live.one-way warn unheard
      26000 live.one-way ok over`,
  },
  {
    name: 'nobody hears this node',
    story: `
      0+1000x20   ana beat 1 hears=ben
      100+1000x20 ben beat 1 hears=ana`,
    until: 20_000,
    told: '9000 live.one-way warn unheard',
  },
  {
    name: 'a node that goes on reporting what it has not heard for long does not hear this one',
    story: '0+1000x20 ana beat 1 me=1-5 echo=0 held=9000',
    until: 20_000,
    told: '9000 live.one-way warn unheard',
  },
  {
    name: 'who says nothing is not missed',
    story: '0+1000x20 ana beat 1 hears=ben',
    until: 20_000,
    heartbeat: 0,
    told: '',
  },
  {
    name: 'two others, one way only',
    story: `
      0+1000x20   ana beat 1 hears=ben,me
      100+1000x20 ben beat 1 hears=me`,
    until: 20_000,
    told: '9000 live.one-way warn between',
  },
  {
    name: 'a newcomer has not been heard by everybody yet',
    story: `
      0+1000x30     ana beat 1 hears=me
      20000+1000x5  ben beat 1
      25000+1000x5  ben beat 6 hears=ana,me
      25000+1000x5  ana beat 31 hears=ben,me`,
    until: 30_000,
    told: '',
  },
  {
    name: 'in a large group a node is reported on by turns',
    story: `
      0+1000x30    ana beat 1 hears=ben,carl,dora without=5,10,15,20,25,30
      4000         ana beat 5 hears=me
      9000         ana beat 10 hears=me
      14000        ana beat 15 hears=me
      19000        ana beat 20 hears=me
      24000        ana beat 25 hears=me
      100+1000x30  ben beat 1 hears=ana,carl,dora,me
      200+1000x30  carl beat 1 hears=ana,ben,dora,me
      300+1000x30  dora beat 1 hears=ana,ben,carl,me`,
    until: 30_000,
    told: '',
  },
  {
    name: 'a script that beats and does not say what it hears',
    story: '0+1000x20 ana beat 1 silent=yes',
    until: 20_000,
    told: '',
  },
  {
    name: 'the kernel drops while a burst lasts',
    story: `
      0+1000x60    ana beat 1 hears=me
      5000+1000x10 me dropped 40`,
    until: 60_000,
    told: `
      5000 live.drops warn too-slow
      34000 live.drops ok kept-up`,
  },
  {
    name: 'the kernel drops what a small buffer does not hold',
    story: `
      0+1000x30 ana beat 1 hears=me
      5500      me dropped 4`,
    until: 30_000,
    asked: 8192,
    told: `
      6000 live.drops warn small-buffer
      26000 live.drops ok kept-up`,
  },
];
