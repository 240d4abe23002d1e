import { describe, expect, it } from 'vitest'
import type { CapturedProcess } from '../../../src/capture/estimate/captured-process.ts'
import type { Grouping } from '../../../src/capture/estimate/grouping.ts'
import { classesOf } from '../../../src/capture/estimate/process-classes.ts'

interface Parts {
  readonly pid: number
  readonly parent?: number
  readonly uid?: number
  readonly program?: string
  readonly title?: string
  /** Spans touched of each region. */
  readonly maps?: Readonly<Record<string, number>>
}

function processOf({ pid, parent = 1, uid = 26, program = 'postgres', title, maps = {} }: Parts) {
  const parts = Object.entries(maps).map(([name, count]) => ({
    region: { name, pages: 1000 },
    start: 0,
    pages: 1000,
    offset: 0,
    writable: true,
    reach: 512,
    spans: 2,
    touch: { kind: 'exact', spans: { count, runs: [0, count] }, pages: count },
  }))
  const seen = { pid, program, title, status: { parent, uid, comm: program }, space: {} }
  return { seen, parts } as unknown as CapturedProcess
}

const groups = (processes: readonly CapturedProcess[], grouping?: Grouping): readonly string[] =>
  classesOf(processes, grouping, () => undefined).map(
    ({ name, processes: all }) => `${name} × ${all.length}`,
  )

const server = (
  first: number,
  buffers: string,
  touched: readonly number[],
): readonly CapturedProcess[] => [
  processOf({ pid: first, title: `/usr/bin/postgres -D /srv/${buffers}`, maps: { [buffers]: 2 } }),
  processOf({
    pid: first + 1,
    parent: first,
    title: 'postgres: checkpointer',
    maps: { [buffers]: 0 },
  }),
  processOf({
    pid: first + 2,
    parent: first,
    title: 'postgres: io worker 0',
    maps: { [buffers]: 1 },
  }),
  processOf({
    pid: first + 3,
    parent: first,
    title: 'postgres: io worker 1',
    maps: { [buffers]: 2 },
  }),
  ...touched.map((spans, index) =>
    processOf({
      pid: first + 10 + index,
      parent: first,
      title: `postgres: user${index} db [local] idle`,
      maps: { [buffers]: spans },
    }),
  ),
]

describe('processes of a server', () => {
  it('are in the same groups before it is warm and after', () => {
    const cold = groups(server(100, 'a', [0, 0, 0, 0, 0, 0, 0, 0, 0, 0]))
    const mixed = groups(server(900, 'a', [0, 1, 2, 2, 1, 0, 2, 1, 0, 1]))
    expect(cold).toEqual([
      'postgres × 1',
      'postgres: backends × 10',
      'postgres: checkpointer × 1',
      'postgres: io worker × 2',
    ])
    expect(mixed).toEqual(cold)
  })

  it('are in one group where some map more than others: parallel queries', () => {
    const [first, ...others] = server(100, 'a', [1, 1, 1])
    const parallel = [200, 201, 202].map((pid) =>
      processOf({
        pid,
        parent: 100,
        title: 'postgres: app db [local] SELECT',
        maps: { a: 2, [`dsm ${pid}`]: 1 },
      }),
    )
    const all = [first, ...others, ...parallel].filter((one) => one !== undefined)
    expect(groups(all)).toContain('postgres: backends × 6')
  })

  it('are apart from those of another server, which its directory tells', () => {
    expect(groups([...server(100, 'a', [1, 2]), ...server(500, 'b', [0])])).toEqual([
      'postgres /srv/a × 1',
      'postgres /srv/a: backends × 2',
      'postgres /srv/a: checkpointer × 1',
      'postgres /srv/a: io worker × 2',
      'postgres /srv/b × 1',
      'postgres /srv/b: backends × 1',
      'postgres /srv/b: checkpointer × 1',
      'postgres /srv/b: io worker × 2',
    ])
  })

  it('belong to its parent where that was not captured', () => {
    const [, ...children] = server(100, 'a', [1, 2])
    const [, ...others] = server(500, 'b', [0])
    const names = groups([...children, ...others])
    expect(names).toContain('postgres: backends × 2')
    expect(names).toContain('postgres 2: backends × 1')
    expect(groups(children)).toContain('postgres: backends × 2')
  })

  it('are backends before they have set their title', () => {
    const early = processOf({
      pid: 300,
      parent: 100,
      title: '/usr/bin/postgres -D /srv/a',
      maps: { a: 1 },
    })
    expect(groups([...server(100, 'a', [1]), early])).toContain('postgres: backends × 2')
  })

  it('of Oracle are sessions or work in the background, instance by instance', () => {
    const of = (pid: number, title: string) =>
      processOf({
        pid,
        title,
        program: 'oracle',
        maps: { [title.includes('TEST') ? 't' : 'o']: 1 },
      })
    expect(
      groups([
        of(10, 'ora_pmon_ORCL'),
        of(11, 'ora_dbw0_ORCL'),
        of(12, 'oracleORCL (LOCAL=NO)'),
        of(13, 'oracleORCL (LOCAL=NO)'),
        of(14, 'ora_pmon_TEST'),
        of(15, 'oracleTEST (LOCAL=NO)'),
      ]),
    ).toEqual([
      'oracle ORCL: sessions × 2',
      'oracle ORCL: background processes × 2',
      'oracle TEST: sessions × 1',
      'oracle TEST: background processes × 1',
    ])
  })

  it('of a web server are its master, which is root, and its workers', () => {
    const apache = (pid: number, parent: number, uid: number) =>
      processOf({ pid, parent, uid, program: 'apache2', title: '/usr/sbin/apache2 -k start' })
    expect(groups([apache(10, 1, 0), apache(11, 10, 33), apache(12, 10, 33)])).toEqual([
      'apache2, user 0 × 1',
      'apache2, user 33 × 2',
    ])
  })
})

describe('processes that no title tells apart', () => {
  it('are told apart by what they map, not by what they have touched', () => {
    const of = (pid: number, maps: Parts['maps'] = {}) =>
      processOf({ pid, maps, program: 'worker', title: `worker ${pid}` })
    expect(groups([of(1, { a: 0 }), of(2, { a: 2 }), of(3, { b: 1 }), of(4)])).toEqual([
      'worker × 2',
      'worker 2 × 1',
      'worker 3 × 1',
    ])
  })

  it('are told apart by their largest region, where nearly each maps something else', () => {
    const processes = Array.from({ length: 20 }, (_, index) =>
      processOf({ pid: index + 1, program: 'worker', maps: { a: 1, [`own ${index}`]: 1 } }),
    )
    expect(groups(processes)).toEqual(['worker × 20'])
  })

  it('are put together otherwise where that is asked for', () => {
    const processes = server(100, 'a', [1, 2])
    expect(groups(processes, 'executable')).toEqual(['postgres × 6'])
    expect(groups(processes, 'user')).toEqual(['user 26 × 6'])
  })
})
